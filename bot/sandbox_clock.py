"""Following a sandbox's movable clock, so that a year can be seen in minutes.

The sandbox moves time from one announced thing to the next; Suivi does what is due, tells what is planned and what
became of it, and announces when it has something to do again. All of this is plain HTTP: see sandbox/README.md, "The
clock" and "The calendar".
"""

import asyncio
import logging
from datetime import datetime
from typing import Self

import aiohttp

from bot.app import App
from bot.clock import ShiftedClock
from bot.sandbox_calendar import Json, SandboxCalendar
from bot.settings import ConfigError
from bot.storage_thread import StorageUnavailable
from storage import plans

log = logging.getLogger(__name__)

_LONGEST_POLL = 30
_PAUSE = 1.0
_STALE_AFTER = 0.5
_REFUSALS_OF_THE_GONE = 5


class SandboxClock(ShiftedClock):
    """The sandbox's clock; use as an async context manager, then run `follow` beside the bot."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._version = -1
        self._seen: int | None = None
        self._announced: tuple[int, datetime | None] | None = None
        self._announcing = asyncio.Lock()
        self._calendar = SandboxCalendar(self._tell)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_LONGEST_POLL))
        await self._read(None)
        return self

    async def __aexit__(self, *exc: object) -> None:
        assert self._session is not None  # noqa: S101 # made on entering
        await self._session.close()

    async def follow(self, app: App) -> None:
        """Whenever the sandbox's clock moves, do what is due and say so. Runs until cancelled.

        Raises ConfigError when the sandbox has gone.
        """
        keeping = asyncio.create_task(self._keep_announcing(app))
        refused = 0
        try:
            while True:
                try:
                    await self._settle(app)
                    await self._read(self._version)
                    refused = 0
                except aiohttp.ClientConnectorError:
                    refused += 1
                    if refused == _REFUSALS_OF_THE_GONE:
                        raise ConfigError(f"nothing listens at {self._url} any more: the sandbox has ended") from None
                    await self.sleep(_PAUSE)
                except (aiohttp.ClientError, TimeoutError, StorageUnavailable) as error:
                    log.warning("the sandbox's clock cannot be followed (%s)", type(error).__name__)
                    await self.sleep(_PAUSE)
        finally:
            keeping.cancel()

    async def _keep_announcing(self, app: App) -> None:
        """New plans come from people too, without the clock having moved."""
        while True:
            await self.sleep(_STALE_AFTER)
            try:
                await self._announce(app)
            except (aiohttp.ClientError, TimeoutError, StorageUnavailable):
                continue  # `follow` says what is wrong, and says it once a second

    async def _settle(self, app: App) -> None:
        version = self._version
        await app.scheduler.tick()
        await app.delivery.idle()
        self._seen = version
        await self._announce(app)

    async def _announce(self, app: App) -> None:
        # One at a time: an older announcement that overtook a newer one would leave the sandbox waiting for this bot.
        async with self._announcing:
            seen = self._seen
            if seen is None:
                return
            # Before the announcement: who waits for that finds the calendar up to date.
            await self._calendar.update(app, self.now())
            upcoming = await app.thread.run(plans.next_due)
            if (seen, upcoming) == self._announced:
                return
            await self._post("/sandbox/agenda", {"next": upcoming.isoformat() if upcoming else None, "seen": seen})
            self._announced = (seen, upcoming)

    async def _read(self, after: int | None) -> None:
        query = "" if after is None else f"?after={after}"
        assert self._session is not None  # noqa: S101 # made on entering
        async with self._session.get(f"{self._url}/sandbox/clock{query}") as response:
            state: Json = await response.json()
        self._version = int(state["version"])
        self.show(datetime.fromisoformat(state["now"]), stopped=bool(state["frozen"]))

    async def _tell(self, entries: list[Json]) -> None:
        await self._post("/sandbox/calendar", {"entries": entries})

    async def _post(self, path: str, body: Json) -> None:
        assert self._session is not None  # noqa: S101 # made on entering
        async with self._session.post(f"{self._url}{path}", json=body) as response:
            await response.read()

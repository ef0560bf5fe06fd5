"""Delivery of updates to a bot's own URL until each was taken (https://core.telegram.org/bots/api#setwebhook).

As with Telegram, several updates are on their way at once, yet the messages of a chat one after another, and so the
taps of a person.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from sandbox.chats import Json
from sandbox.faults import chat_of
from sandbox.strict_json import from_json
from sandbox.updates import UpdateQueue

LONGEST_DELAY = 60.0
ANSWER_WITHIN = 30.0
MOST_CONNECTIONS = 100
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header
# What a bot cannot ask for in its answer: nobody would learn the result, or the answer would end its own delivery.
_NOT_IN_ANSWERS = frozenset({"setwebhook", "deletewebhook", "close", "logout"})

Lane = tuple[str, int | None]
"""Updates in the same lane are delivered one after another."""


@dataclass(slots=True)
class Webhook:
    """Where a bot takes its updates, and what went wrong last."""

    url: str
    secret: str | None = None
    max_connections: int = 40
    last_error: str | None = None
    last_error_date: int | None = None


class Delivery:
    """A task that hands over the updates of one bot, and one more for each update on its way.

    `on_reply` receives what the bot answers in the body; `unix` gives the date of an error; `first_delay` is the
    number of real seconds before the first retry, doubled for each further one.
    """

    def __init__(
        self,
        webhook: Webhook,
        queue: UpdateQueue,
        on_reply: Callable[[Json], Awaitable[None]],
        unix: Callable[[], int],
        first_delay: float,
    ) -> None:
        self._webhook = webhook
        self._queue = queue
        self._on_reply = on_reply
        self._unix = unix
        self._first_delay = first_delay
        self._under_way: dict[Lane, asyncio.Task[None]] = {}
        self._task = asyncio.get_running_loop().create_task(self._deliver())

    async def stop(self) -> None:
        """End the delivery; updates that are on their way may arrive once more later."""
        tasks = [self._task, *self._under_way.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver(self) -> None:
        timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN)
        async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0)) as session:
            while True:
                await self._queue.arrived.until(lambda: bool(self._next()), 3600)
                if self._next():
                    await self._queue.faults.gather()
                updates = self._next()
                self._queue.faults.mix(updates)
                for update in updates[: self._free]:
                    lane = lane_of(update)
                    self._under_way[lane] = asyncio.create_task(self._hand_over(session, lane, update))

    @property
    def _free(self) -> int:
        return self._webhook.max_connections - len(self._under_way)

    def _next(self) -> list[Json]:
        """What could be handed over now, if there is a connection left: the first of each free lane."""
        firsts: dict[Lane, Json] = {}
        for update in self._queue.pending if self._free else ():
            lane = lane_of(update)
            if lane not in self._under_way:
                firsts.setdefault(lane, update)
        return list(firsts.values())

    async def _hand_over(self, session: aiohttp.ClientSession, lane: Lane, update: Json) -> None:
        """Deliver one update, again and again until it is taken or nobody waits for it any more."""
        delay = self._first_delay
        try:
            while self._queue.holds(update):
                problem, body = await self._post(session, update)
                if problem is None:
                    self._queue.taken(update)
                    await self._execute(body)
                    break
                self._webhook.last_error = problem
                self._webhook.last_error_date = self._unix()
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_DELAY)
        finally:
            del self._under_way[lane]
            self._queue.arrived.notify()

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> tuple[str | None, bytes]:
        """Hand over one update; returns what went wrong, or None, and the body of the answer."""
        headers = {_SECRET_HEADER: self._webhook.secret} if self._webhook.secret else {}
        try:
            async with session.post(self._webhook.url, json=update, headers=headers, allow_redirects=False) as answer:
                body = await answer.read()
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return f"Connection failed: {str(error) or type(error).__name__}", b""
        if answer.status // 100 == 2:  # noqa: PLR2004 - the class of success
            return None, body
        return f"Wrong response from the webhook: {answer.status} {answer.reason}", b""

    async def _execute(self, body: bytes) -> None:
        """A bot may answer with a method to call; nobody learns how that went."""
        try:
            call: Any = from_json(body)
        except ValueError:
            return
        name = call.get("method") if isinstance(call, dict) else None
        if isinstance(name, str) and name.lower() not in _NOT_IN_ANSWERS and not name.lower().startswith("get"):
            await self._on_reply(call)


def lane_of(update: Json) -> Lane:
    """The lane of an update: the taps of a person are one, all else of a chat is another."""
    if "callback_query" in update:
        return "taps", update["callback_query"]["from"]["id"]
    return "chat", chat_of(update)

"""The one clock. Everybody asks it, and nobody else asks the machine."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Wall time, elapsed time, and waiting."""

    def now(self) -> datetime:
        """This moment, UTC."""
        ...

    def elapsed(self) -> float:
        """Seconds since some fixed moment; never runs backwards."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait that long, as `elapsed` counts."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This moment, UTC."""
        return datetime.now(UTC)  # noqa: TID251 # the one place

    def elapsed(self) -> float:
        """Seconds since some fixed moment."""
        return time.monotonic()  # noqa: TID251 # the one place

    async def sleep(self, seconds: float) -> None:
        """Wait that long."""
        await asyncio.sleep(seconds)


class ShiftedClock(SystemClock):
    """The machine's clock, set off by as much as somebody else says: a sandbox that moves time on."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._furthest = timedelta()
        self._stopped: datetime | None = None

    def now(self) -> datetime:
        """This moment in the shifted time, UTC."""
        return self._stopped or super().now() + self._ahead

    def elapsed(self) -> float:
        """Seconds since some fixed moment; a jump ahead counts as time gone by, one back does not count."""
        return super().elapsed() + self._furthest.total_seconds()

    def show(self, now: datetime, *, stopped: bool) -> None:
        """From now on it is `now` (UTC); a stopped clock stays there."""
        self._stopped = now if stopped else None
        self._ahead = now - super().now()
        self._furthest = max(self._furthest, self._ahead)

"""Time that goes by only when everybody sleeps: a simulation of many who wait side by side, in no real time."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from tests.rig import MONDAY

_ROUNDS = 12
"""Turns of the event loop after which whoever is not asleep has had their chance to go to sleep."""


class VirtualClock:
    """A bot.clock.Clock whose sleepers wake in the order of their times."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._number = count()

    def now(self) -> datetime:
        return MONDAY + timedelta(seconds=self.seconds)

    def elapsed(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        awake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self._sleepers, (self.seconds + seconds, next(self._number), awake))
        await awake

    async def run(self, *awaited: Awaitable[None]) -> None:
        """Let time go by until all of these are over."""
        tasks = [asyncio.ensure_future(each) for each in awaited]
        while not all(task.done() for task in tasks):
            for _ in range(_ROUNDS):
                await asyncio.sleep(0)
            if self._sleepers:
                self.seconds, _, awake = heappop(self._sleepers)
                awake.set_result(None)
        for task in tasks:
            task.result()

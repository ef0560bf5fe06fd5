"""Waiting, inside one event loop, for a condition that another task brings about."""

import asyncio
from collections.abc import Callable


class Signal:
    """Wakes everyone who waits, each time something may have changed."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Let every waiter look at its condition again."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, condition: Callable[[], bool], within: float) -> bool:
        """Wait at most `within` real seconds; tells whether the condition holds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while not condition():
            remaining = deadline - loop.time()
            if remaining <= 0:
                return False
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.add(future)
            await asyncio.wait([future], timeout=remaining)
            self._waiting.discard(future)
        return True

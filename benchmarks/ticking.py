"""``python -m benchmarks.ticking FOLDER``: one process that ticks over a filled database and prints what it took."""

import asyncio
import json
import os
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from time import process_time
from typing import cast

from benchmarks.crowd import CHANNEL, NOW, WAVE, WAVES, settings_in
from bot.app import open_store
from bot.clock import SystemClock
from bot.delivery import Delivery
from bot.jobs import Jobs
from bot.scheduler import Scheduler
from bot.storage_thread import StorageThread
from bot.turns import Turns
from storage.outbox import Outgoing

IDLE_TICKS = 1000
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one process measured.

    Args:
        idle: seconds of a tick with nothing due, the median of IDLE_TICKS.
        due: seconds of a tick with WAVE things due, all of them sent.
        cpu: seconds of processor time of that tick, user and system, which is steadier.
        memory: bytes of the process at its end, resident.
        growth: bytes by which it had grown since its databases were opened.
    """

    idle: float
    due: float
    cpu: float
    memory: int
    growth: int


class StandingClock(SystemClock):
    """The machine's clock, but for the wall time: that stands until it is set."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        """The time that was set."""
        return self.time


class Taking:
    """Stands in for delivery: takes what is to be sent, counts it, and lets it go."""

    def __init__(self) -> None:
        self.taken = 0

    def submit(self, outgoing: Sequence[Outgoing]) -> None:
        """Count them."""
        self.taken += len(outgoing)


async def tick_over(folder: Path) -> Ticked:
    """The ticks of one process. RuntimeError when they sent anything but the waves."""
    store = open_store(settings_in(folder))
    before = _resident()
    clock, delivery = StandingClock(), Taking()
    async with StorageThread(store.engine) as thread:
        turns = Turns(thread, store.vault, store.contents, clock, CHANNEL)
        scheduler = Scheduler(turns, thread, cast("Delivery", delivery), clock, cast("Jobs", None))

        async def timed() -> float:
            began = clock.elapsed()
            await scheduler.tick()
            return clock.elapsed() - began

        idle = statistics.median([await timed() for _ in range(IDLE_TICKS)])
        due = cpu = 0.0
        for number, wave in enumerate(WAVES, start=1):
            clock.time, spent = wave, process_time()
            due = await timed()  # the last counts: the first wave finds every statement new
            cpu = process_time() - spent
            if delivery.taken != number * WAVE:
                raise RuntimeError(f"{delivery.taken} sent after {number} waves of {WAVE}")
    memory = _resident()
    store.engine.dispose()
    return Ticked(idle, due, cpu, memory, memory - before)


def _resident() -> int:
    """Bytes of this process in memory (proc(5))."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(tick_over(Path(sys.argv[1]))))))

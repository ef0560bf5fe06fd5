"""The ticking clock. What is due stands in rows; a tick finds the rows that are due and gives each its turn.

APScheduler does the ticking and nothing else: no job of its is a nudge, so nothing is lost when the process is.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.clock import Clock
from bot.delivery import Delivery
from bot.doing import Done
from bot.faults import told
from bot.jobs import Jobs
from bot.progress import LOOK_SECONDS, Progress
from bot.replanner import Replanner
from bot.storage_thread import StorageThread, StorageUnavailable, Work
from bot.turns import Turns
from storage import help_requests, inbox, plans, stories
from storage import jobs as stored_jobs
from storage.plans import Due

log = logging.getLogger(__name__)

TICK_SECONDS = 1
ADOPT_SECONDS = 5
SLICE = 100
"""Rows in one go: between slices everybody else gets their turn."""

UPDATES_KEPT = timedelta(days=3)
"""Telegram repeats an update for at most 24 hours, so older ones need not be remembered."""


class Scheduler:
    """Gives everything that is due its turn, once a second."""

    def __init__(  # the parts of the running bot
        self,
        turns: Turns,
        thread: StorageThread,
        delivery: Delivery,
        clock: Clock,
        jobs: Jobs,
        replanner: Replanner,
    ) -> None:
        self._turns = turns
        self._thread = thread
        self._delivery = delivery
        self._clock = clock
        self._jobs = jobs
        self._replanner = replanner
        self.progress = Progress(thread, turns.vault, turns.contents, delivery, clock)
        self._ticking = asyncio.Lock()
        self._ticker = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Begin to tick."""
        works = (
            (self.tick, TICK_SECONDS),
            (self._jobs.work, 1),
            (self._replanner.work, 1),
            (self.progress.look, LOOK_SECONDS),
            (self._adopt, ADOPT_SECONDS),
            (self._tidy, 3600),
        )
        for job, seconds in works:
            # However late it comes, one tick does all that is due: nothing may be dropped as "misfired".
            trigger = IntervalTrigger(seconds=seconds)
            self._ticker.add_job(job, trigger, coalesce=True, max_instances=1, misfire_grace_time=None)
        logging.getLogger(_TICKERS_LOGGER).addFilter(_is_no_stop)
        self._ticker.start()

    def stop(self) -> None:
        """Tick no more."""
        if self._ticker.running:
            self._ticker.shutdown(wait=False)

    async def tick(self) -> None:
        """Give all that is due by now its turn, in slices."""
        async with self._ticking:
            try:
                await self._strike_all()
                await self._attend_all()
                await self._bring_news()
            except StorageUnavailable as error:
                log.warning("nothing can be saved (%s): what is due waits for the next tick", error)

    async def _strike_all(self) -> None:
        now = self._clock.now()
        due = await self._thread.run(lambda connection: plans.due(connection, now, SLICE, None))
        while due:
            await self._strike(due)
            due = await self._thread.run(_due_after(now, due[-1]))

    async def _strike(self, slice_: list[Due]) -> None:
        """Give these their turns. One that fails keeps nothing of the others from being said."""
        ends = await asyncio.gather(*(self._turns.strike(each) for each in slice_), return_exceptions=True)
        for each, end in zip(slice_, ends, strict=True):
            if isinstance(end, Done):
                self._delivery.submit(end.outgoing)
            elif not isinstance(end, StorageUnavailable):
                log.error("planned thing %d failed and waits for the next tick: %s", each.id, told(end))
        for end in ends:
            if isinstance(end, StorageUnavailable):
                raise end

    async def _attend_all(self) -> None:
        """The requests for contact that have waited too long: there are few."""
        now = self._clock.now()
        for overdue in await self._thread.run(lambda connection: help_requests.overdue(connection, now, SLICE)):
            done = await self._turns.attend(overdue)
            self._delivery.submit(done.outgoing)

    async def _bring_news(self) -> None:
        """To those whose story the team has done something with."""
        now = self._clock.now()
        for news in await self._thread.run(lambda connection: stories.news_due(connection, now, SLICE)):
            done = await self._turns.bring_news(news)
            self._delivery.submit(done.outgoing)

    async def _adopt(self) -> None:
        try:
            await self._delivery.adopt()
        except StorageUnavailable as error:
            log.warning("nothing can be read (%s): what others left to be sent waits", error)

    async def _tidy(self) -> None:
        now = self._clock.now()
        before = now - UPDATES_KEPT
        await self._thread.run(lambda connection: inbox.forget_before(connection, before))
        await self._thread.run(lambda connection: stored_jobs.forget_before(connection, before))
        await self._thread.run(lambda connection: help_requests.forget(connection, now))
        await self._thread.run(lambda connection: stories.forget(connection, now))


_TICKERS_LOGGER = "apscheduler.executors.default"


def _is_no_stop(record: logging.LogRecord) -> bool:
    """Whether a line of the ticker is worth a reader: it calls a tick that was cut short by the stop a failure."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


def _due_after(now: datetime, last: Due) -> Work[list[Due]]:
    return lambda connection: plans.due(connection, now, SLICE, (last.due, last.id))

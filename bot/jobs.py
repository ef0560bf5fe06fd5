"""Files that coordinators sent are fetched and read beside the conversation; how that ended is a turn of its own."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection

from bot.channels import Channel, DeliveryError
from bot.delivery import Delivery
from bot.faults import told
from bot.reader import Unreadable, read
from bot.storage_thread import StorageThread, StorageUnavailable
from bot.turns import Turns
from conversations.desk import Trouble
from conversations.roles import Act
from storage import jobs
from storage.jobs import Job, Waiting
from storage.vault import Vault

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
"""A file during which the bot died, or that the platform does not give for now, is tried so often.

One that could not be read is not tried again: it would take as long and as much room once more, while others wait.
"""

ReadFile = Callable[[Act, str, bytes], Awaitable[str]]
"""Reads a file: the act it is for, its ending, its content. Raises Unreadable."""


class Jobs:
    """Reads what waits, one file after the other, by turns of one chat and another."""

    def __init__(
        self,
        channel: Channel,
        thread: StorageThread,
        vault: Vault,
        turns: Turns,
        delivery: Delivery,
        read_file: ReadFile = read,
    ) -> None:
        self._channel = channel
        self._thread = thread
        self._vault = vault
        self._turns = turns
        self._delivery = delivery
        self._read = read_file
        self._working = asyncio.Lock()
        self._last_chat = 0

    async def work(self) -> None:
        """Try all that waits once, and what comes meanwhile; at once back when another call is at it."""
        if self._working.locked():
            return
        async with self._working:
            tried: set[int] = set()
            try:
                while (job := await self._next(tried)) is not None:
                    tried.add(job.id)
                    self._last_chat = job.chat_id
                    await self._one(job.id)
            except StorageUnavailable as error:
                log.warning("nothing can be saved (%s): files that were sent wait", error)

    async def _next(self, tried: Collection[int]) -> Waiting | None:
        """The oldest of the chat whose turn it is. However many somebody sends, one of them comes before another's."""
        waits = [each for each in await self._thread.run(jobs.waiting) if each.id not in tried]
        return min(waits, key=lambda each: (each.chat_id <= self._last_chat, each.chat_id, each.id), default=None)

    async def _one(self, job_id: int) -> None:
        job = None
        try:
            job = await self._thread.run(lambda connection: jobs.attempt(connection, self._vault, job_id))
            if job is None:
                return
            result, trouble = await self._result(job)
            if trouble is not Trouble.GONE or job.attempts >= MOST_ATTEMPTS:
                done = await self._turns.file_read(job_id, result, trouble)
                self._delivery.submit(done.outgoing)
        except StorageUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 # the boundary: one file must not keep the others from being read
            log.error("file %d could not be taken in: %s", job_id, told(error))
            # What cannot even be looked at will not be better the next time.
            if job is None or job.attempts > MOST_ATTEMPTS:
                await self._thread.run(lambda connection: jobs.give_up(connection, job_id))

    async def _result(self, job: Job) -> tuple[str, Trouble | None]:
        if job.attempts > MOST_ATTEMPTS:
            return "", Trouble.UNREADABLE
        try:
            content = await self._channel.fetch(job.file.reference)
            if content is None:
                return "", Trouble.GONE
            return await self._read(job.act, job.file.ending, content), None
        except DeliveryError as error:
            log.warning("file %d cannot be had now: %s", job.id, error)
            return "", Trouble.GONE
        except Unreadable as error:
            log.warning("file %d cannot be read: %s", job.id, error)
            return "", Trouble.UNREADABLE

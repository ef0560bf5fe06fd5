"""Sending, honestly: in order within a chat, side by side between chats, and never twice what must not come twice.

A platform like Telegram gives no way to ask whether a message whose answer was lost did arrive. So what may be said
again is (replies, receipts), and what may not is committed as `sending` right before the call and left `in_doubt` when
its answer is lost: better a missed nudge than two. What certainly never left is `pending` again.
"""

import asyncio
import logging
import random
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.channels import (
    Channel,
    DeliveryError,
    Faltered,
    InDoubt,
    MovedTo,
    NotSent,
    Rejected,
    Rendered,
    TooMany,
    Unreachable,
)
from bot.clock import Clock
from bot.faults import told
from bot.limits import Limits
from bot.rendering import loads
from bot.storage_thread import StorageThread, StorageUnavailable, Work
from conversations.effects import SayKind
from storage import chats, outbox
from storage.outbox import Operation, Outgoing, Result, State
from storage.vault import Vault

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Chats that are served side by side."""

REPEATS_IN_DOUBT = 1
"""How often a reply whose answer was lost is said again."""

LONGEST_PAUSE = 60.0
_MOST_TRIES = 30
"""Tries of a reply while the platform says that it fails: some twenty minutes, after which nobody waits for it."""

_LAST_WORDS_SECONDS = 5.0
_PAGE = 500
_REMEMBERED = 20_000
UNREACHABLE = "unreachable"
_ONCE = frozenset({SayKind.NUDGE, SayKind.DIGEST, SayKind.BROADCAST})


@dataclass(slots=True)
class _ChatQueue:
    waiting: deque[Outgoing]
    address: str


class Delivery:
    """Sends what turns leave behind. `start` takes up what an earlier process left."""

    def __init__(self, channel: Channel, thread: StorageThread, vault: Vault, clock: Clock, limits: Limits) -> None:
        self._channel = channel
        self._thread = thread
        self._vault = vault
        self._clock = clock
        self._limits = limits
        self._queues: dict[int, _ChatQueue] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._results: list[Result] = []
        self._taken: dict[int, int] = {}
        self._done: OrderedDict[tuple[int, int], None] = OrderedDict()
        self._flusher: asyncio.Task[None] | None = None
        self._carriers: dict[tuple[int, int], str] = {}
        self._idle = asyncio.Event()
        self._idle.set()

    async def start(self) -> None:
        """Send what was saved and not sent; what was on its way when the process died stays in doubt."""
        doubtful = await self._thread.run(outbox.recover)
        if doubtful:
            log.warning("%d messages were on their way at the last stop: in doubt, not sent again", doubtful)
        after = 0
        while page := await self._thread.run(self._waiting_after(after)):
            self.submit(page)
            after = page[-1].id

    def _waiting_after(self, after: int, most: int = _PAGE) -> Work[list[Outgoing]]:
        return lambda connection: outbox.waiting(connection, self._vault, most, after)

    def submit(self, outgoing: Iterable[Outgoing]) -> None:
        """Send these, each after what is already waiting for its chat. They are saved already."""
        for each in outgoing:
            # It may have been adopted before the turn that said it came to hand it over, and even be sent by now.
            if each.id in self._taken or (each.id, each.chat_id) in self._done:
                continue
            self._taken[each.id] = each.chat_id
            queue = self._queues.get(each.chat_id)
            if queue is not None:
                queue.waiting.append(each)
                continue
            self._queues[each.chat_id] = _ChatQueue(deque([each]), each.address)
            self._idle.clear()
            worker = asyncio.create_task(self._serve(each.chat_id))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    async def adopt(self) -> None:
        """Send what other processes left, such as the operator's commands; what is taken already stays as it is."""
        waiting = await self._thread.run(outbox.open_ids)
        for row_id in waiting:
            if row_id not in self._taken:
                self.submit(await self._thread.run(self._waiting_after(row_id - 1, 1)))

    async def idle(self) -> None:
        """Wait until nothing is left to send and every result is saved."""
        while self._queues or self._flusher is not None:
            await self._idle.wait()
            if self._flusher is not None:
                await asyncio.shield(self._flusher)

    async def stop(self) -> None:
        """Stop sending. What has not gone out is still saved, and goes out at the next start."""
        for worker in list(self._workers):
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        if self._flusher is not None:
            # What cannot be noted now is said again, or in doubt, at the next start.
            flusher = self._flusher
            await asyncio.wait({flusher}, timeout=_LAST_WORDS_SECONDS)
            flusher.cancel()

    async def toast(self, tap: str, text: str | None) -> None:
        """Answer a tap; if that fails nothing is lost."""
        try:
            await self._channel.toast(tap, text)
        except DeliveryError as error:
            log.info("a tap could not be answered (%s)", type(error).__name__)

    async def _serve(self, chat: int) -> None:
        queue, tries = self._queues[chat], 0
        try:
            while queue.waiting:
                try:
                    await self._send_one(chat, queue)
                except StorageUnavailable as error:
                    # What may go out only once is not sent before that is written down.
                    log.warning("chat %d waits: nothing can be saved (%s)", chat, error)
                    await self._clock.sleep(_pause(tries))
                    tries += 1
                except Exception as error:  # noqa: BLE001
                    # The boundary: one message that fails by a fault of ours must not hold up those behind it.
                    message = queue.waiting.popleft()
                    log.error("message %d is set aside: %s", message.id, told(error))
                    self._note(Result(message.id, State.FAILED, None, "fault"))
                else:
                    tries = 0
        finally:
            del self._queues[chat]
            if not self._queues:
                self._idle.set()

    async def _send_one(self, chat: int, queue: _ChatQueue) -> None:
        outgoing = queue.waiting[0]
        result = await self._try(chat, queue, outgoing, loads(outgoing.body))
        queue.waiting.popleft()
        if result is None:
            self._taken.pop(outgoing.id, None)
            return
        self._note(result)
        if result.state is State.FAILED and result.error == UNREACHABLE:
            await self._give_up(chat, queue)

    async def _try(self, chat: int, queue: _ChatQueue, outgoing: Outgoing, message: Rendered) -> Result | None:
        """What became of it; None when it is not this delivery's to send, or not worth sending any more."""
        once = outgoing.kind in _ONCE
        edit = outgoing.operation is Operation.EDIT
        group = self._channel.is_group(queue.address)
        doubts = tries = 0
        while True:
            await self._limits.clear(chat, group=group, edit=edit, bulk=once)
            try:
                async with self._slots:
                    if once and not await self._thread.run(self._claiming(outgoing)):
                        return None
                    message_id = await self._perform(queue.address, outgoing, message)
            except (TooMany, MovedTo, NotSent) as error:
                await self._put_back(chat, queue, outgoing, error, tries)
            except Unreachable:
                return Result(outgoing.id, State.FAILED, None, UNREACHABLE)
            except Rejected as error:
                log.error("message %d was refused: %s", outgoing.id, error)  # the reason is the line
                return Result(outgoing.id, State.FAILED, None, "rejected")
            except (InDoubt, Faltered) as error:
                doubts += isinstance(error, InDoubt) and not edit  # the same edit twice is still one
                if once or doubts > REPEATS_IN_DOUBT or tries >= _MOST_TRIES:
                    return Result(outgoing.id, State.IN_DOUBT, None, "answer lost")
                await self._clock.sleep(_pause(tries))
            else:
                if outgoing.serial is not None and message_id is not None:
                    self._remember(chat, outgoing.serial, message_id)
                return Result(outgoing.id, State.SENT, message_id, None)
            tries += 1

    async def _put_back(
        self, chat: int, queue: _ChatQueue, outgoing: Outgoing, error: DeliveryError, tries: int
    ) -> None:
        """Nothing was said: it waits again, however long it takes, and a stop in between loses nothing."""
        if outgoing.kind in _ONCE:
            await self._thread.run(lambda connection: outbox.put_back(connection, outgoing.id))
        match error:
            case TooMany():
                self._limits.pause(chat, error.seconds)
            case MovedTo():
                await self._move(chat, error.address)
                queue.address = error.address
            case _:
                await self._clock.sleep(_pause(tries))

    def _claiming(self, outgoing: Outgoing) -> Work[bool]:
        return lambda connection: outbox.claim(connection, outgoing, self._clock.now())

    async def _perform(self, address: str, outgoing: Outgoing, message: Rendered) -> str | None:
        if outgoing.operation is Operation.SAY:
            return await self._channel.say(address, message)
        target = outgoing.target or await self._carrier(outgoing)
        if target is not None:
            await self._channel.edit(address, target, message)
        return target

    async def _carrier(self, outgoing: Outgoing) -> str | None:
        serial = outgoing.carrying
        if serial is None:
            return None
        known = self._carriers.get((outgoing.chat_id, serial))
        if known is not None:
            return known
        return await self._thread.run(lambda connection: outbox.carrier(connection, outgoing.chat_id, serial))

    def _remember(self, chat: int, serial: int, message_id: str) -> None:
        if len(self._carriers) >= _REMEMBERED:
            self._carriers.clear()  # the outbox knows them all
        self._carriers[chat, serial] = message_id

    async def _move(self, chat: int, address: str) -> None:
        def move(connection: Connection) -> None:
            chats.move(connection, self._vault, chats.by_id(connection, self._vault, chat), address)

        await self._thread.run(move)

    async def _give_up(self, chat: int, queue: _ChatQueue) -> None:
        """Nothing more can reach this chat until the person returns."""
        await self._thread.run(lambda connection: chats.set_reachable(connection, chat, False))
        while queue.waiting:
            self._note(Result(queue.waiting.popleft().id, State.FAILED, None, UNREACHABLE))

    def _note(self, result: Result) -> None:
        """Results are saved in batches: all that gather while one batch is being saved make up the next."""
        self._results.append(result)
        if self._flusher is None:
            self._flusher = asyncio.create_task(self._flush())

    def _marking(self, batch: list[Result]) -> Work[None]:
        return lambda connection: outbox.mark(connection, batch, self._clock.now())

    def _over(self, batch: list[Result]) -> None:
        for each in batch:
            # With its chat: should that go, its messages go as well, and a database may give their numbers anew.
            self._done[each.id, self._taken.pop(each.id)] = None
        while len(self._done) > _REMEMBERED:
            self._done.popitem(last=False)

    async def _flush(self) -> None:
        tries = 0
        try:
            while self._results:
                batch, self._results = self._results, []
                try:
                    await self._thread.run(self._marking(batch))
                    self._over(batch)
                except StorageUnavailable as error:
                    log.warning("what was sent cannot be noted yet (%s)", error)
                    self._results = batch + self._results
                    await self._clock.sleep(_pause(tries))
                    tries += 1
        finally:
            self._flusher = None


def _pause(attempt: int) -> float:
    """Seconds to wait before the next try: longer each time, and not all chats at once."""
    return min(LONGEST_PAUSE, 2.0**attempt) * random.uniform(0.5, 1.0)  # noqa: S311 # only spreads load

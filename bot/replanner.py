"""Planning everybody of an event anew beside the conversations: in slices, so that others get their turn in between.

How far it has come is kept with every slice. Should the process die, it goes on from there at the next start.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot import planning
from bot.clock import Clock
from bot.delivery import Delivery
from bot.doing import tell
from bot.faults import told
from bot.storage_thread import StorageThread, StorageUnavailable
from conversations.messages import message, phrase
from storage import events, lives, plans, replannings
from storage.events import Contents
from storage.outbox import Outgoing
from storage.replannings import Replanning
from storage.vault import Vault

log = logging.getLogger(__name__)

SLICE = 50
"""Chats in one transaction: some tens of milliseconds, which a turn can wait."""


FIRST_REST, LONGEST_REST = timedelta(minutes=1), timedelta(hours=1)
"""How long one that failed is left alone: twice as long each time."""


class Replanner:
    """Makes what is planned agree with the event as it is now: planned anew while it is live, held back otherwise."""

    def __init__(
        self, thread: StorageThread, vault: Vault, contents: Contents, clock: Clock, delivery: Delivery
    ) -> None:
        self._thread = thread
        self._vault = vault
        self._contents = contents
        self._clock = clock
        self._delivery = delivery
        self._working = asyncio.Lock()
        self._at = 0
        self._resting: dict[int, tuple[datetime, timedelta]] = {}

    async def work(self) -> None:
        """Plan all that waits now; at once back when another call is at it."""
        if self._working.locked():
            return
        async with self._working:
            while await self._one():
                pass

    async def _one(self) -> bool:
        """One slice; False when there is nothing to do now."""
        try:
            outgoing = await self._thread.run(self._step)
        except StorageUnavailable as error:
            log.warning("nothing can be saved (%s): planning anew waits", error)
            return False
        except Exception as error:  # noqa: BLE001 # the boundary: one event must not keep the others waiting
            if not self._at:
                log.error("what is to be planned anew cannot be told: %s", told(error))
                return False  # it is nobody's in particular: the next tick tries again
            _, before = self._resting.get(self._at, (None, FIRST_REST / 2))
            rest = min(2 * before, LONGEST_REST)
            self._resting[self._at] = self._clock.now() + rest, rest
            log.error("planning anew %d failed, and rests for %s: %s", self._at, rest, told(error))
            return True
        if outgoing is None:
            return False
        self._resting.pop(self._at, None)
        self._delivery.submit(outgoing)
        return True

    def _step(self, connection: Connection) -> list[Outgoing] | None:
        """One slice of the oldest one that does not rest, and what is to be said then; None when there is none."""
        self._at, now = 0, self._clock.now()
        waiting = (each for each in replannings.under_way(connection) if self._rested(each, now))
        replanning = next(waiting, None)
        if replanning is None:
            return None
        self._at = replanning.id
        among = replannings.next_slice(connection, replanning, SLICE)
        if among:
            self._agree(connection, replanning, among)
            replannings.move_on(connection, replanning, among[-1], len(among))
        elif replannings.finish(connection, replanning, self._clock.now()):
            return self._told(connection, replanning)
        return []

    def _rested(self, replanning: Replanning, now: datetime) -> bool:
        until, _ = self._resting.get(replanning.id, (now, FIRST_REST))
        return until <= now

    def _agree(self, connection: Connection, replanning: Replanning, among: Sequence[int]) -> None:
        # With the event locked, it is not closed while it is planned, nor published anew.
        lives.locked(connection, replanning.event_id)
        now = self._clock.now()
        revision = events.latest_live(connection, replanning.event)
        if revision is None:
            plans.hold_all(connection, replanning.event_id, among, now)
            return
        event = self._contents.content(connection, revision)
        planning.replan_people(connection, event, now, among, revision)
        plans.revive_reminders(connection, replanning.event_id, among, now)

    def _told(self, connection: Connection, replanning: Replanning) -> list[Outgoing]:
        """Whoever began it hears that it is done; of a closed event they know already."""
        revision = events.latest_live(connection, replanning.event)
        if revision is None or replanning.chat_id is None or not replanning.total:
            return []
        title = self._contents.content(connection, revision).title
        done = message(phrase("✓ {event}: what is still to come is planned for everybody.", event=title))
        told = tell(done, replanning.chat_id, connection, self._vault, self._contents, self._clock.now())
        return [told] if told is not None else []

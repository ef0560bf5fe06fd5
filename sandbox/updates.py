"""Updates that wait for a bot, and their collection by getUpdates (https://core.telegram.org/bots/api#getupdates)."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.chats import Json
from sandbox.clock import real_now
from sandbox.errors import conflict
from sandbox.faults import Faults
from sandbox.signals import Signal

LONGEST_POLL = 50
MOST_UPDATES = 100
FIRST_UPDATE_ID = 500_000_001
KEPT_FOR = timedelta(hours=24)
"""Updates "will not be kept longer than 24 hours": https://core.telegram.org/bots/api#getting-updates."""

_OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
# Sent only to bots that ask for them by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
# The fields of an update (https://core.telegram.org/bots/api#update); other names may be asked for, and mean nothing.
KINDS = ON_REQUEST | {
    *("message", "edited_message", "channel_post", "edited_channel_post", "guest_message", "callback_query"),
    *("business_connection", "business_message", "edited_business_message", "deleted_business_messages"),
    *("inline_query", "chosen_inline_result", "shipping_query", "pre_checkout_query", "purchased_paid_media"),
    *("poll", "poll_answer", "my_chat_member", "chat_join_request", "chat_boost", "removed_chat_boost", "managed_bot"),
}


@dataclass(slots=True)
class UpdateQueue:
    """The updates of one bot, oldest first, each kept until it is acknowledged or too old.

    `now` is the sandbox's clock. `grace` is for how many real seconds an update is kept in any case: a clock that is
    moved by a month must not take from a bot what it is just about to collect.
    """

    now: Callable[[], datetime] = real_now
    grace: float = 0.0
    faults: Faults = field(default_factory=Faults)
    allowed: tuple[str, ...] = ()
    next_id: int = FIRST_UPDATE_ID
    arrived: Signal = field(default_factory=Signal)
    on_acknowledged: Callable[[], None] | None = None
    closed: bool = False
    _waiting: deque[Json] = field(default_factory=deque)
    _since: dict[int, tuple[datetime, datetime]] = field(default_factory=dict)
    _repeated: set[int] = field(default_factory=set)
    _poll: int = 0
    _taken_by: str = ""

    @property
    def pending(self) -> deque[Json]:
        """What waits, oldest first. What has waited too long is forgotten before anybody looks."""
        if self._waiting and self._is_too_old(self._waiting[0]):
            while self._waiting and self._is_too_old(self._waiting[0]):
                self._forget(self._waiting.popleft())
            self._shrunk()
        return self._waiting

    def _is_too_old(self, update: Json) -> bool:
        arrived, really = self._since[update["update_id"]]
        return self.now() - arrived > KEPT_FOR and (real_now() - really).total_seconds() >= self.grace

    def add(self, kind: str, content: Json) -> Json | None:
        """Queue an update, unless the bot does not want this kind; returns it as it will be delivered."""
        if kind not in self.allowed if self.allowed else kind in ON_REQUEST:
            return None
        update: Json = {"update_id": self.next_id, kind: content}
        self.next_id += 1
        self._since[update["update_id"]] = (self.now(), real_now())
        self._waiting.append(update)
        self.arrived.notify()
        return update

    def allow(self, kinds: list[str] | None) -> None:
        """Choose the kinds of updates to come; None keeps the choice, a list without a known one takes it back."""
        if kinds is not None:
            self.allowed = tuple(kind for kind in kinds if kind in KINDS)

    def acknowledge(self, offset: int) -> None:
        """Forget all updates before `offset`; a negative one keeps only that many of the last."""
        waiting = self.pending
        while offset < 0 and len(waiting) > -offset:
            self._forget(waiting.popleft())
        again = []
        while waiting and 0 < offset > waiting[0]["update_id"]:
            update = waiting.popleft()
            if not self._is_done(update):
                again.append(update)
        waiting.extendleft(reversed(again))
        self._shrunk()

    def taken(self, update: Json) -> None:
        """The bot has received this one, in whatever order; it may be one that nobody waits for any more."""
        if self.holds(update) and self._is_done(update):
            self._waiting.remove(update)
        self._shrunk()

    def holds(self, update: Json) -> bool:
        """Whether this update still waits."""
        return bool(self.pending) and update["update_id"] in self._since

    def _is_done(self, update: Json) -> bool:
        """Whether an acknowledged update is to go; a fault may bring it once more."""
        number = update["update_id"]
        if number not in self._repeated and self.faults.comes_again(update):
            self._repeated.add(number)
            return False
        self._forget(update)
        return True

    def _forget(self, update: Json) -> None:
        self._since.pop(update["update_id"], None)
        self._repeated.discard(update["update_id"])

    def drop(self) -> None:
        """Forget everything that waits."""
        self._waiting.clear()
        self._since.clear()
        self._repeated.clear()
        self._shrunk()

    def _shrunk(self) -> None:
        self.arrived.notify()
        if self.on_acknowledged is not None:
            self.on_acknowledged()

    def close(self) -> None:
        """Send every poller home: the server stops."""
        self.closed = True
        self.arrived.notify()

    def interrupt(self, reason: str) -> None:
        """Let a poll that waits fail: something else takes its place."""
        self._poll += 1
        self._taken_by = reason
        self.arrived.notify()

    async def poll(self, offset: int, limit: int, seconds: int) -> list[Json]:
        """One getUpdates call: acknowledges, then waits at most `seconds` real seconds for something to give.

        Raises:
            BotApiError: 409, when a later poll has taken the place of this one.
        """
        self.interrupt(_OTHER_POLL)
        mine = self._poll
        self.acknowledge(offset)
        await self.arrived.until(
            lambda: bool(self.pending) or self._poll != mine or self.closed, min(max(seconds, 0), LONGEST_POLL)
        )
        if self.pending:
            await self.faults.gather()
        if self._poll != mine:
            raise conflict(self._taken_by)
        count = limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES
        given = list(self.pending)[:count]
        self.faults.mix(given)
        return given

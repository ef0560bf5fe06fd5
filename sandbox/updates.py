"""Updates that wait for a bot, and their collection by getUpdates (https://core.telegram.org/bots/api#getupdates)."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.chats import Json
from sandbox.errors import conflict
from sandbox.signals import Signal

LONGEST_POLL = 50
MOST_UPDATES = 100
FIRST_UPDATE_ID = 500_000_001
_OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
# Sent only to bots that ask for them by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True)
class UpdateQueue:
    """The updates of one bot, oldest first, each kept until it is acknowledged."""

    pending: deque[Json] = field(default_factory=deque)
    allowed: tuple[str, ...] = ()
    next_id: int = FIRST_UPDATE_ID
    arrived: Signal = field(default_factory=Signal)
    on_acknowledged: Callable[[], None] | None = None
    closed: bool = False
    _poll: int = 0
    _taken_by: str = ""

    def add(self, kind: str, content: Json) -> Json | None:
        """Queue an update, unless the bot does not want this kind; returns it as it will be delivered."""
        if kind not in self.allowed if self.allowed else kind in ON_REQUEST:
            return None
        update = {"update_id": self.next_id, kind: content}
        self.next_id += 1
        self.pending.append(update)
        self.arrived.notify()
        return update

    def allow(self, kinds: list[str] | None) -> None:
        """Choose the kinds of updates to come; None keeps the choice, an empty list takes it back."""
        if kinds is not None:
            self.allowed = tuple(kinds)

    def acknowledge(self, offset: int) -> None:
        """Forget all updates before `offset`; a negative one keeps only that many of the last."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        while self.pending and 0 < offset > self.pending[0]["update_id"]:
            self.pending.popleft()
        self._shrunk()

    def drop(self) -> None:
        """Forget everything that waits."""
        self.pending.clear()
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
        if self._poll != mine:
            raise conflict(self._taken_by)
        count = limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES
        return list(self.pending)[:count]

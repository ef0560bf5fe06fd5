"""What is stopped in an emergency, by whom, and what waits behind it."""

from dataclasses import dataclass
from datetime import datetime

from conversations.timing import TouchpointKind


@dataclass(frozen=True, slots=True)
class Stopped:
    """What nothing is sent for at the moment: the events with these codes, or `everything` that the bot looks after."""

    everything: bool = False
    events: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.everything or bool(self.events)

    def covers(self, event: str) -> bool:
        """Whether the event with that code is stopped."""
        return self.everything or event in self.events


NOTHING_STOPPED = Stopped()


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop that is in force, since then (UTC); `by` is the sign of whoever stopped it, empty for the operator."""

    id: int
    since: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Backlog:
    """What would be sent now if nothing were stopped: how many of each kind, and how many of all are over by now.

    `on_its_way` were handed to the platform already: nobody can call them back.
    """

    waiting: tuple[tuple[TouchpointKind, int], ...] = ()
    over: int = 0
    on_its_way: int = 0


@dataclass(frozen=True, slots=True)
class Emergency:
    """What somebody who stops or resumes has in front of them.

    `signs` are the four letters that they go by in each of their events, by its number. `zone` is the event's.
    """

    backlog: Backlog
    signs: tuple[tuple[int, str], ...]
    zone: str

    def sign(self, event_id: int) -> str:
        """Their sign in that event; KeyError when it is none of theirs."""
        return dict(self.signs)[event_id]

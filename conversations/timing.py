"""When things are sent, as an event pack says it: the rows of its schedule, and what it asks of every delivery."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Final, Protocol

TimeOfDay = time
"""A local time of day; the name is free for fields that are called `time`."""

DAY_BEGINS: Final = time(8)
DAY_ENDS: Final = time(20)
LADDER: Final = (2, 7, 21, 60, 120, 180)
"""Days from one recall of a key message to the next, from rung to rung."""
LADDER_NAME: Final = ""
"""The name of a refresher that asks whichever key messages are due on the participant's ladder."""
ASKED_DIGEST: Final = "asked"
"""The name of a digest that a coordinator asked for; those of the schedule have another one, or none."""
RECALL_CHECK: Final = "recall_check"
"""The name of the micro-survey that asks the main question of each measured key message, as it is, at every wave."""


class TouchpointKind(StrEnum):
    """What is sent unasked. Three are no rows of the schedule.

    A reminder belongs to a survey that was sent, a summary to somebody of the team who asked for it, and a broadcast is
    what a coordinator wrote.
    """

    REFRESHER = "refresher"
    SURVEY = "survey"
    REMINDER = "reminder"
    DIGEST = "digest"
    SUMMARY = "summary"
    BROADCAST = "broadcast"


class _Named(Protocol):
    """Whatever has the kind and the name of a row of the schedule: the row itself, or what is planned from it."""

    @property
    def kind(self) -> TouchpointKind:
        """What it sends."""

    @property
    def name(self) -> str:
        """Which of that kind."""


def is_ladder(thing: _Named) -> bool:
    """Whether it asks whichever key messages are due."""
    return thing.kind is TouchpointKind.REFRESHER and thing.name == LADDER_NAME


class Unit(StrEnum):
    """Units of an offset. Months are calendar months; the others are exact on the local calendar."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance in time as people write it: 2 weeks, 1 month."""

    amount: int
    unit: Unit


REMINDERS: Final = (Offset(2, Unit.DAYS), Offset(5, Unit.DAYS))
"""How long after a survey its reminders come, when the pack does not say."""


class Anchor(StrEnum):
    """What an offset counts from.

    A date of its own stands in `Touchpoint.on`; the survey or key message whose answer is waited for in
    `Touchpoint.after`.
    """

    ENROLMENT = "enrolment"
    EVENT_START = "event_start"
    EVENT_END = "event_end"
    DATE = "date"
    COMPLETION = "completion"


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """One row of the schedule.

    `time` is local to whoever receives it; None keeps the anchor's own time. With `time_until` everybody has a time of
    their own between the two. `weekdays` (0 is Monday; empty for all) are those it may come on: it is moved on to the
    next one. `every` and `until` (counted from the anchor) repeat it; `window` says how long after its time it is still
    worth sending, None for always; `closes` how long after its time a survey takes answers and changes, None for ever.
    `audience` is an XLSForm expression over the profile and ${language}, empty for everybody. `reminders` say how long
    after a survey was sent those who have not answered are reminded. A refresher called LADDER_NAME follows the ladder.
    """

    kind: TouchpointKind
    name: str
    anchor: Anchor
    offset: Offset
    on: date | None = None
    time: TimeOfDay | None = None
    every: Offset | None = None
    until: Offset | None = None
    window: Offset | None = None
    closes: Offset | None = None
    after: str = ""
    time_until: TimeOfDay | None = None
    weekdays: tuple[int, ...] = ()
    audience: str = ""
    reminders: tuple[Offset, ...] = ()


class CatchUp(StrEnum):
    """What becomes of what was due, by the event's own dates, before somebody joined."""

    SKIP = "skip"
    """It is over."""
    COMPRESS = "compress"
    """It comes all the same, in its order, as fast as the weekly cap allows."""
    AS_PLANNED = "as_planned"
    """It comes at its planned distances, counted from when they joined."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Days on which nothing is sent, or (with `begins` and `ends`) only between these local times.

    `countries` are ISO 3166 codes in capitals; empty for everywhere.
    """

    first: date
    last: date
    begins: TimeOfDay | None = None
    ends: TimeOfDay | None = None
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """What a pack asks of everything that is sent unasked, and of its refreshers.

    Nothing is sent outside the local times from `day_begins` to `day_ends`, nor on other `weekdays` (0 is Monday), nor
    on public holidays of the person's country when `public_holidays` is true, nor on days of `rest`. At most
    `weekly_cap` messages come in any seven days, at least `gap_hours` apart. `ladder` holds the days from rung to rung,
    `horizon` how long after its beginning the ladder goes on. Of a hundred participants, `hold_back` get no refreshers
    before the last recall check, so that the effect of refreshers can be told.
    """

    day_begins: TimeOfDay = DAY_BEGINS
    day_ends: TimeOfDay = DAY_ENDS
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    public_holidays: bool = True
    rest: tuple[Rest, ...] = ()
    weekly_cap: int = 2
    gap_hours: int = 20
    catch_up: CatchUp = CatchUp.SKIP
    ladder: tuple[int, ...] = LADDER
    horizon: Offset = Offset(12, Unit.MONTHS)
    hold_back: int = 0

"""One simulated learner's year: nudges planned by a ladder or a list, let go by the real policy, answered or not."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Protocol
from zoneinfo import ZoneInfo

from benchmarks.learners import MESSAGES, Mind
from conversations.days import in_utc
from conversations.model import Bilingual, Choice, Event, KeyMessage, RecallQuestion
from conversations.policy import MEMORY, Circumstances, Reason, decide
from conversations.refreshers import Grade, Memory, asked, due_items, learnt, recalled
from conversations.schedule import Who, plan
from conversations.timing import LADDER_NAME, Anchor, Offset, Policy, Touchpoint, TouchpointKind, Unit

ZONE = "Africa/Nairobi"
TEN = time(10)
START = datetime(2026, 11, 13, 13, tzinfo=UTC)
"""The event ends, and everybody has joined and met every message."""
END = START + timedelta(days=365)
WEEKS = tuple(range(7, 365, 7))
DAYS = (30, 90, 365, 545)
"""When recall is looked at, days after the event: the last is half a year after the nudges end."""
GUESSED = 0.25
"""The chance of whoever does not know to tap the right choice; they say that they are not sure."""


@dataclass(frozen=True, slots=True)
class Lived:
    """What a year came to.

    Args:
        recall: the probability of recall, the mean over the messages, at each of DAYS.
        mean: the same, the mean of WEEKS.
        sizes: how many questions each nudge asked that was sent.
    """

    recall: tuple[float, ...]
    mean: float
    sizes: tuple[int, ...]


class Spacing(Protocol):
    """When to ask for which messages."""

    def due(self, now: datetime) -> datetime | None:
        """When the next nudge is due, seen now; None when there is none."""
        ...

    def ask(self, now: datetime) -> tuple[int, ...]:
        """The messages that the nudge asks for, which is sent now."""
        ...

    def answered(self, message: int, grade: Grade, now: datetime) -> None:
        """How it was answered."""
        ...


def event_with(ladder: tuple[int, ...]) -> Event:
    """An event of eight key messages with that ladder and else the policy as shipped."""
    nothing = Bilingual("", "")
    question = RecallQuestion(nothing, (Choice("right", nothing), Choice("wrong", nothing)), "right", nothing)
    names = [str(number) for number in range(MESSAGES)]
    row = Touchpoint(TouchpointKind.REFRESHER, LADDER_NAME, Anchor.ENROLMENT, Offset(0, Unit.DAYS), time=TEN)
    return Event(
        code="spacing",
        title=nothing,
        start=date(2026, 11, 10),
        end=date(2026, 11, 13),
        timezone=ZONE,
        welcome=nothing,
        consent=nothing,
        consent_lines={},
        contact=nothing,
        profile=(),
        surveys=(),
        messages=tuple(KeyMessage(name, nothing, (question,), nothing) for name in names),
        schedule=(row,),
        policy=Policy(ladder=ladder),
    )


class Laddered:
    """The ladder as the bot keeps it."""

    def __init__(self, event: Event) -> None:
        self._event = event
        self._memories = {each.name: learnt(event, each, START) for each in event.messages}
        self._nudges = 0
        self._last: datetime | None = None

    def due(self, now: datetime) -> datetime | None:
        """As `schedule.plan` says."""
        who = Who(memories=self._known(), laddered=self._nudges, last_laddered=self._last)
        planned = plan(self._event, frozenset({TouchpointKind.REFRESHER}), START, ZONE, now, who)
        return planned[0].due if planned else None

    def ask(self, now: datetime) -> tuple[int, ...]:
        """The two that are least likely to be recalled, of those that are due."""
        items = due_items(self._event, self._known(), START, now)
        for item in items:
            self._memories[item.message] = asked(self._event, self._memories[item.message], item, now)
        self._nudges += 1
        self._last = now
        return tuple(int(item.message) for item in items)

    def answered(self, message: int, grade: Grade, now: datetime) -> None:
        """It climbs, or steps back."""
        name = str(message)
        self._memories[name] = recalled(self._event, self._memories[name], grade, now)

    def _known(self) -> tuple[Memory, ...]:
        return tuple(self._memories.values())


class Listed:
    """Nudges at given times, of given sizes; the messages take turns."""

    def __init__(self, dues: Sequence[datetime], sizes: Sequence[int]) -> None:
        self._left = list(zip(dues, sizes, strict=True))
        self._next = 0

    def due(self, now: datetime) -> datetime | None:
        """The next of the list."""
        return max(self._left[0][0], now) if self._left else None

    def ask(self, now: datetime) -> tuple[int, ...]:
        """Those whose turn it is."""
        _, size = self._left.pop(0)
        turn = range(self._next, self._next + size)
        self._next += size
        return tuple(number % MESSAGES for number in turn)

    def answered(self, message: int, grade: Grade, now: datetime) -> None:
        """The list stays what it is."""


def equally(sizes: Sequence[int]) -> Listed:
    """As many nudges of these sizes, spread over the year at equal distances."""
    apart = (END - START) / (len(sizes) + 1)
    return Listed([_at_ten(START + number * apart) for number in range(1, len(sizes) + 1)], sizes)


def massed(sizes: Sequence[int]) -> Listed:
    """As many nudges of these sizes, each as soon as the policy lets it go."""
    return Listed([_at_ten(START + timedelta(days=1))] * len(sizes), sizes)


def live(mind: Mind, spacing: Spacing, policy: Policy, answering: float, chance: Random) -> Lived:
    """The year of a learner who answers that share of the nudges, each at once."""
    looks = _Looks(mind)
    sent: list[datetime] = []
    sizes: list[int] = []
    unheeded, now = 0, START
    while (due := spacing.due(now)) is not None and (gone := _goes(due, policy, sent, unheeded)) is not None:
        now = gone
        day = (now - START) / timedelta(days=1)
        looks.until(day)
        messages = spacing.ask(now)
        if not messages:
            continue
        sent.append(now)
        sizes.append(len(messages))
        heeded = chance.random() < answering
        unheeded = 0 if heeded else unheeded + 1
        for message in messages:
            # Drawn whether or not they are needed, so that two ways to space meet the same chance.
            knows, guesses = chance.random() < mind.recall(message, day), chance.random() < GUESSED
            if heeded:
                spacing.answered(message, _grade(knows=knows, guesses=guesses), now)
                mind.strengthen(message, day, recalled=knows)
    looks.until(DAYS[-1] + 1)
    return Lived(looks.at(DAYS), statistics.fmean(looks.at(WEEKS)), tuple(sizes))


class _Looks:
    """Looks at what is recalled, on the days that matter, as they go by."""

    def __init__(self, mind: Mind) -> None:
        self._mind = mind
        self._days = sorted({*DAYS, *WEEKS}, reverse=True)
        self._seen: dict[int, float] = {}

    def until(self, day: float) -> None:
        """Look on every day before that one that was not looked at."""
        while self._days and self._days[-1] < day:
            at = self._days.pop()
            self._seen[at] = sum([self._mind.recall(message, at) for message in range(MESSAGES)]) / MESSAGES

    def at(self, days: Sequence[int]) -> tuple[float, ...]:
        """What was seen on these."""
        return tuple(self._seen[each] for each in days)


def _goes(due: datetime, policy: Policy, sent: Sequence[datetime], unheeded: int) -> datetime | None:
    """When the policy lets a nudge go that is due then; None when it never does within the year."""
    at = due.astimezone(ZoneInfo(ZONE)).time()
    now: datetime | None = due
    while now is not None:
        decision = decide(
            Circumstances(
                now=now,
                zone=ZONE,
                policy=policy,
                expires=END,
                at=at,
                sent=tuple(each for each in sent if each > now - MEMORY),
                unheeded=unheeded,
                cap=policy.weekly_cap,
            )
        )
        if decision.reason is Reason.SENT:
            return now
        now = decision.again
    return None


def _at_ten(instant: datetime) -> datetime:
    return in_utc(datetime.combine(instant.astimezone(ZoneInfo(ZONE)).date(), TEN), ZONE)


def _grade(*, knows: bool, guesses: bool) -> Grade:
    if knows:
        return Grade.GOOD
    return Grade.HARD if guesses else Grade.AGAIN

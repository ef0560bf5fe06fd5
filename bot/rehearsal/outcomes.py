"""What became of everything that was planned, and the whole rehearsal as a value that pages are made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.reasons import plan_title
from bot.rehearsal.personas import Persona
from bot.rehearsal.record import Bubble
from conversations.model import Event, Language, Phrase
from conversations.policy import Reason
from conversations.scene import Nudge, ResponseState
from conversations.timing import Policy, TouchpointKind
from storage.plans import Told
from storage.states import PlanState

Moment = tuple[datetime, Phrase | None, tuple[Bubble, ...]]
"""What came at one instant, with the title of what was sent then."""

_WEEK = timedelta(weeks=1)


class Outcome(StrEnum):
    """How far somebody went with what reached them."""

    ANSWERED = "answered"
    OPENED = "opened"
    UNOPENED = "unopened"


@dataclass(frozen=True, slots=True)
class PutOff:
    """It did not come when it was due, but was to come at `until` (UTC)."""

    reason: Reason
    until: datetime


@dataclass(frozen=True, slots=True)
class Fate:
    """One planned thing. `due` is when it was first to come, `settled` when it was sent or held back for good (UTC).

    `reason` is None for what has not come to its time. `outcome` is None for what was not sent, and for digests.
    """

    plan: int
    kind: TouchpointKind
    title: Phrase
    due: datetime
    settled: datetime | None
    sent: bool
    reason: Reason | None
    put_off: tuple[PutOff, ...] = ()
    outcome: Outcome | None = None

    @property
    def at(self) -> datetime:
        """When it came, or would have come."""
        return self.settled or self.due


@dataclass(frozen=True, slots=True)
class Stretch:
    """Planned things of one kind that followed one another with the same end: told in one line."""

    first: Fate
    last: Fate
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What somebody got unasked, and how far they went with it; the times are their own."""

    sent: int
    answered: int
    most_a_week: int
    mean_a_week: float
    earliest: time | None
    latest: time | None
    policy: Policy

    @property
    def by_day(self) -> bool:
        """Whether nothing came in the quiet hours of the event."""
        earliest, latest, policy = self.earliest, self.latest, self.policy
        return earliest is None or latest is None or (earliest >= policy.day_begins and latest < policy.day_ends)


@dataclass(frozen=True, slots=True)
class Life:
    """One persona's time with the bot, from the day on which they joined; `about` says who they are."""

    persona: Persona
    about: Phrase
    joined: datetime
    blocked: datetime | None
    talk: tuple[Bubble, ...]
    fates: tuple[Fate, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class GroupLife:
    """One group: what was posted there, and the digests that were held back."""

    language: Language
    talk: tuple[Bubble, ...]
    fates: tuple[Fate, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A calendar that was played to its end.

    `unanswered` names the questions to which invented people may have had no answer, so that they went no further.
    """

    event: Event
    seed: int
    crowd: int
    start: datetime
    end: datetime
    lives: tuple[Life, ...]
    groups: tuple[GroupLife, ...]
    unanswered: tuple[str, ...] = ()


@dataclass(slots=True)
class Watch:
    """Looks at the plans after each move of the clock: a later reason hides that something was put off before."""

    first_due: dict[int, datetime] = field(default_factory=dict)
    put_off: dict[int, list[PutOff]] = field(default_factory=dict)
    rows: tuple[Told, ...] = ()

    def look(self, rows: Iterable[Told]) -> None:
        """Take note of how the plans are now."""
        self.rows = tuple(rows)
        for row in self.rows:
            self.first_due.setdefault(row.id, row.due)
            if row.state is PlanState.PLANNED and row.reason is not None:
                delay, noted = PutOff(row.reason, row.due), self.put_off.setdefault(row.id, [])
                if delay not in noted:
                    noted.append(delay)

    def fates(self, event: Event, chat: int, nudges: Mapping[int, Nudge], opened: set[int]) -> tuple[Fate, ...]:
        """What became of everything planned for one chat, in the order of time; `opened` holds the plans tapped."""
        found = [
            Fate(
                plan=row.id,
                kind=row.kind,
                title=plan_title(event, row.kind, row.name),
                due=self.first_due[row.id],
                settled=row.settled,
                sent=row.state is PlanState.SENT,
                reason=row.reason,
                put_off=tuple(self.put_off.get(row.id, ())),
                outcome=_outcome(nudges.get(row.id), row, opened),
            )
            for row in self.rows
            if row.chat_id == chat and not _was_needless(row)
        ]
        return tuple(sorted(found, key=lambda fate: (fate.at, fate.plan)))


def _was_needless(row: Told) -> bool:
    """Whether it is a reminder of what was answered or declined already: nobody misses it."""
    return row.kind is TouchpointKind.REMINDER and row.reason in {Reason.ANSWERED, Reason.DECLINED}


def figures(
    joined: datetime, end: datetime, zone: str, talk: Iterable[Bubble], fates: Iterable[Fate], policy: Policy
) -> Figures:
    """The figures of somebody who lives in that zone and joined then; `talk` says what did arrive, and when."""
    arrived = [bubble.at for bubble in talk if bubble.nudge is not None]
    weeks: dict[int, int] = {}
    for at in arrived:
        weeks[(at - joined) // _WEEK] = weeks.get((at - joined) // _WEEK, 0) + 1
    times = sorted(at.astimezone(ZoneInfo(zone)).time().replace(second=0, microsecond=0) for at in arrived)
    return Figures(
        sent=len(arrived),
        answered=sum(fate.outcome is Outcome.ANSWERED for fate in fates),
        most_a_week=max(weeks.values(), default=0),
        mean_a_week=len(arrived) / ((end - joined) // _WEEK + 1),  # a week begun counts as one
        earliest=times[0] if times else None,
        latest=times[-1] if times else None,
        policy=policy,
    )


def moments(life: Life | GroupLife) -> list[Moment]:
    """The talk, by the instants at which it came, each with the title of what was sent then."""
    titles = {fate.plan: fate.title for fate in life.fates}
    found: list[Moment] = []
    for at, together in groupby(life.talk, key=lambda bubble: bubble.at):
        bubbles = tuple(together)
        named = [titles[bubble.nudge] for bubble in bubbles if bubble.nudge in titles]
        found.append((at, named[0] if named else None, bubbles))
    return found


def stretches(fates: Iterable[Fate]) -> list[Stretch]:
    """The planned things in order; what was held back again and again, for the same reason, is one."""
    found: list[Stretch] = []
    for fate in fates:
        before = found[-1] if found else None
        if before is not None and not fate.sent and not fate.put_off and _alike(before.last, fate):
            found[-1] = Stretch(before.first, fate, before.count + 1)
        else:
            found.append(Stretch(fate, fate, 1))
    return found


def _alike(one: Fate, other: Fate) -> bool:
    return (one.title, one.sent, one.reason, one.put_off) == (other.title, other.sent, other.reason, other.put_off)


def opened(talk: Iterable[Bubble]) -> set[int]:
    """The planned things whose announcement was tapped."""
    return {bubble.nudge for bubble in talk if bubble.nudge is not None and any(look.tapped for look in bubble.looks)}


def _outcome(nudge: Nudge | None, row: Told, opened: set[int]) -> Outcome | None:
    if nudge is None or row.state is not PlanState.SENT or row.kind is TouchpointKind.DIGEST:
        return None
    if any(item.choice is not None for item in nudge.items) or nudge.response is ResponseState.COMPLETED:
        return Outcome.ANSWERED
    return Outcome.OPENED if row.id in opened else Outcome.UNOPENED

"""When things are due: the whole year of one person or group, from the schedule of an event.

All instants are UTC; a person's own day is reckoned in their IANA zone, on the local calendar: "10:00, two weeks later"
stays ten o'clock across a change of the clocks. A local time that a change skips is moved on by the length of the gap,
be it past the end of its span. Whether a thing that is due is sent is for `conversations.policy` to say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from zoneinfo import ZoneInfo

from conversations.days import in_utc
from conversations.forms.instance import Around, Instance
from conversations.model import Bilingual, Choice, Event, Language, Question, QuestionType, Survey
from conversations.recall_checks import is_recall_check
from conversations.refreshers import Memory, is_held_back, next_due
from conversations.timing import (
    DAY_BEGINS,
    Anchor,
    CatchUp,
    Offset,
    Touchpoint,
    TouchpointKind,
    Unit,
    is_ladder,
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One thing to be sent once.

    `occurrence` counts from 0 among those of the same kind and name, so that the three together name it for ever.
    """

    kind: TouchpointKind
    name: str
    occurrence: int
    due: datetime
    expires: datetime | None
    closes: datetime | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """What planning looks at beside when and where somebody joined; a group has none of it.

    `seed` is the id of their enrolment, for chance that stays the same. `profile` holds their answers to the profile by
    question. `completed` says when (UTC) they first answered each survey or key message, by name. `memories` are the
    key messages that they were asked, `laddered` counts the nudges of the ladder that are settled, the newest of them
    at `last_laddered` (UTC). `part` is the name of what they were invited as, empty for nothing in particular.
    """

    seed: int = 0
    language: Language = Language.EN
    profile: Mapping[str, str] = field(default_factory=dict)
    completed: Mapping[str, datetime] = field(default_factory=dict)
    memories: tuple[Memory, ...] = ()
    laddered: int = 0
    last_laddered: datetime | None = None
    part: str = ""


NOBODY = Who()

_MOST_REPEATS = 400
_EVER = datetime.min.replace(tzinfo=UTC)
_LATE_START = timedelta(hours=12)
"""A thing that was due this long ago is over for somebody new, unless its window says so."""


def plan(
    event: Event,
    kinds: frozenset[TouchpointKind],
    joined: datetime,
    zone: str,
    since: datetime | None = None,
    who: Who = NOBODY,
) -> tuple[Planned, ...]:
    """Everything of those kinds that this event has in store for somebody who joined then and lives in that zone.

    What was over before `since` (UTC; by default when they joined) is left out: a schedule that is revised later does
    not send what its new rows would have sent in the past. Of the ladder it is the next nudge alone: which one follows
    depends on what is recalled.
    """
    # A clock that was set back must not make what was missed before they joined come twice.
    return _Year(event, joined, zone, max(since or joined, joined), who).plan(kinds)


def plan_whole(
    event: Event, kinds: frozenset[TouchpointKind], joined: datetime, zone: str, who: Who = NOBODY
) -> tuple[Planned, ...]:
    """The same with what was over when they joined.

    What of it waits already may go on waiting: whoever says in the evening that they live further east than was thought
    keeps what was due that morning.
    """
    return _Year(event, joined, zone, _EVER, who).plan(kinds)


def reminders(event: Event, survey: str, occurrence: int, sent: datetime, zone: str) -> tuple[Planned, ...]:
    """The reminders of a survey that was sent then: at the same local time, some days later.

    Each is over when the next one is due, the last one after as long again, so that they never come together.
    """
    rows = [each for each in event.schedule if each.kind is TouchpointKind.SURVEY and each.name == survey]
    offsets = rows[0].reminders if rows else ()
    local = sent.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    dues = [in_utc(later(local, each), zone) for each in offsets]
    ends = [*dues[1:], *(due + (due - sent) for due in dues[-1:])]
    return tuple(
        Planned(TouchpointKind.REMINDER, survey, occurrence * MOST_REMINDERS + number, due, end)
        for number, (due, end) in enumerate(zip(dues, ends, strict=True))
    )


MOST_REMINDERS = 2


def reminded(occurrence: int) -> int:
    """Of which occurrence of its survey a reminder is, from the reminder's own."""
    return occurrence // MOST_REMINDERS


def ladder_start(event: Event, joined: datetime, zone: str, who: Who) -> datetime:
    """When (UTC) what the ladder asks was learnt, for somebody who joined then: where its first rung begins."""
    year = _Year(event, joined, zone, joined, who)
    starts = [year.ladder_start(each) for each in event.schedule if is_ladder(each)]
    return next((start for start in starts if start is not None), joined)


def most_times(touchpoint: Touchpoint) -> int:
    """How often that row comes at most, whatever months it meets."""
    first, every, until = touchpoint.offset, touchpoint.every, touchpoint.until
    if every is None or until is None:
        return 1
    if {first.unit, every.unit, until.unit} == {Unit.MONTHS}:
        times = (until.amount - first.amount) // every.amount
    else:
        times = (max(_lengths(until)) - min(_lengths(first))) // min(_lengths(every))
    return min(max(times + 1, 0), _MOST_REPEATS)


def weekdays_of(event: Event, kind: TouchpointKind, name: str) -> tuple[int, ...]:
    """The weekdays (0 is Monday; empty for all) on which the rows of that name may come."""
    rows = [each for each in event.schedule if each.kind is kind and each.name == name]
    return (
        () if any(not each.weekdays for each in rows) else tuple(sorted({day for row in rows for day in row.weekdays}))
    )


class _Missed(NamedTuple):
    due: datetime
    touchpoint: Touchpoint
    occurrence: int


@dataclass(frozen=True, slots=True)
class _Year:
    """One person's planning: see `plan`."""

    event: Event
    joined: datetime
    zone: str
    since: datetime
    who: Who

    def plan(self, kinds: frozenset[TouchpointKind]) -> tuple[Planned, ...]:
        """Everything of those kinds, in the order of time."""
        planned = [*self.rows(kinds)]
        if TouchpointKind.REFRESHER in kinds:
            planned += self.ladder()
        return tuple(sorted(planned, key=lambda each: (each.due, each.kind, each.name, each.occurrence)))

    def rows(self, kinds: frozenset[TouchpointKind]) -> Iterator[Planned]:
        """The rows of the schedule, apart from the ladder."""
        counts: dict[tuple[TouchpointKind, str], int] = {}
        missed: dict[tuple[TouchpointKind, str], _Missed] = {}
        for touchpoint in self.event.schedule:
            if touchpoint.kind not in kinds or is_ladder(touchpoint):
                continue
            first = counts.get((touchpoint.kind, touchpoint.name), 0)
            # Each row has numbers of its own, for everybody alike: whoever joins the audience later has the same ones,
            # and what waits for an answer takes no other row's once that has come.
            counts[touchpoint.kind, touchpoint.name] = first + most_times(touchpoint)
            if not applies(self.event, touchpoint, self.who):
                continue
            dues = enumerate(self._due_times(touchpoint, first), first)
            given = ((number, due) for number, due in dues if due and self._is_given(touchpoint, due))
            planned = [self._planned(touchpoint, number, due) for number, due in given]
            for each in planned:
                if self._was_missed(touchpoint, each):
                    missed[touchpoint.kind, touchpoint.name] = _Missed(each.due, touchpoint, each.occurrence)
                elif not self._is_over(each):
                    yield each
        yield from self._caught_up(missed.values())

    def ladder(self) -> Iterator[Planned]:
        """The next nudge of the ladder, if there is to be one."""
        for touchpoint in self.event.schedule:
            if not is_ladder(touchpoint) or not applies(self.event, touchpoint, self.who):
                continue
            start = self.ladder_start(touchpoint)
            if start is None:
                return
            due = next_due(self.event, self.who.memories, start, self.who.last_laddered)
            if due is None or due >= start + length(self.event.policy.horizon):
                return
            # What it asks is chosen when it is sent, so that it is never stale: it waits until the ladder ends.
            end = start + length(self.event.policy.horizon)
            yield Planned(touchpoint.kind, touchpoint.name, self.who.laddered, self._next_slot(touchpoint, due), end)
            return

    def _is_given(self, touchpoint: Touchpoint, due: datetime) -> bool:
        """Whether it is for them: those who are held back get no refreshers before the last recall check."""
        if touchpoint.kind is not TouchpointKind.REFRESHER or not is_held_back(self.event, self.who.seed):
            return True
        until = self._held_back_until()
        return until is not None and due >= until

    def _held_back_until(self) -> datetime | None:
        checks = [each for each in self.event.schedule if is_recall_check(each)]
        dues = [due for each in checks for due in self._due_times(each, 0) if due]
        return max(dues) + _AFTER_CHECK if dues else None

    def _next_slot(self, touchpoint: Touchpoint, due: datetime) -> datetime:
        """The time of a nudge that is due then; when that is long over, the first such time to come."""
        local = due.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        at = self._at_its_time(touchpoint, local, self.who.laddered)
        if at + _LATE_START > self.since:
            return at
        local = self.since.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        at = self._at_its_time(touchpoint, local, self.who.laddered)
        return at if at > self.since else self._at_its_time(touchpoint, local + timedelta(days=1), self.who.laddered)

    def ladder_start(self, touchpoint: Touchpoint) -> datetime | None:
        """When (UTC) the ladder begins for them: what came at the event is taken for learnt then.

        For those who are held back it begins once the last recall check is over; None when that never is.
        """
        anchor = self._anchor(touchpoint)
        if anchor is None:
            return None
        start = in_utc(later(anchor, touchpoint.offset), self.zone)
        start = max(start, self.joined)
        if not is_held_back(self.event, self.who.seed):
            return start
        until = self._held_back_until()
        return max(start, until) if until is not None else None

    def _planned(self, touchpoint: Touchpoint, occurrence: int, due: datetime) -> Planned:
        expires = due + length(touchpoint.window) if touchpoint.window else None
        closes = due + length(touchpoint.closes) if touchpoint.closes else None
        return Planned(touchpoint.kind, touchpoint.name, occurrence, due, expires, closes)

    def _is_over(self, planned: Planned) -> bool:
        return (planned.expires or planned.due + _LATE_START) <= self.since

    def _was_missed(self, touchpoint: Touchpoint, planned: Planned) -> bool:
        """Whether it was over when they joined, and the pack wants it caught up on."""
        dated = touchpoint.anchor not in {Anchor.ENROLMENT, Anchor.COMPLETION}
        wanted = self.event.policy.catch_up is CatchUp.COMPRESS and touchpoint.kind is not TouchpointKind.DIGEST
        return dated and wanted and (planned.expires or planned.due + _LATE_START) <= self.joined

    def _caught_up(self, missed: Iterable[_Missed]) -> Iterator[Planned]:
        """The newest of each name that was missed, in their order, as fast as the weekly cap allows."""
        joined = self.joined.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        for number, (_, touchpoint, occurrence) in enumerate(sorted(missed, key=lambda each: each.due)):
            local = joined + timedelta(days=1 + number * 7 / self.event.policy.weekly_cap)
            again = self._planned(touchpoint, occurrence, self._at_its_time(touchpoint, local, occurrence))
            if not self._is_over(again):
                yield again

    def _due_times(self, touchpoint: Touchpoint, first: int) -> Iterator[datetime | None]:
        """When it is due, each time; None once where it waits for something that has not happened."""
        anchor = self._anchor(touchpoint)
        if anchor is None:
            yield None
            return
        until = later(anchor, touchpoint.until) if touchpoint.until else None
        for step in range(_MOST_REPEATS):
            local = later(anchor, touchpoint.offset)
            if touchpoint.every is not None:
                # Counted from the start each time: the 31st of a month must not wear down to the 28th for ever.
                local = later(local, Offset(touchpoint.every.amount * step, touchpoint.every.unit))
            if until is not None and local > until:
                return
            yield self._at_its_time(touchpoint, local, first + step)
            if touchpoint.every is None or until is None:
                return

    def _at_its_time(self, touchpoint: Touchpoint, local: datetime, occurrence: int) -> datetime:
        if touchpoint.time is not None:
            local = datetime.combine(local.date(), self._time(touchpoint, touchpoint.time, occurrence))
        while touchpoint.weekdays and local.weekday() not in touchpoint.weekdays:
            local += timedelta(days=1)
        return in_utc(local, self.zone)

    def _time(self, touchpoint: Touchpoint, begins: time, occurrence: int) -> time:
        """Its local time; of a span a minute that is this person's own, so that not every phone rings at once."""
        if touchpoint.time_until is None:
            return begins
        first = begins.hour * 60 + begins.minute
        minutes = touchpoint.time_until.hour * 60 + touchpoint.time_until.minute - first
        drawn = sha256(f"{self.who.seed}:{touchpoint.kind}:{touchpoint.name}:{occurrence}".encode()).digest()
        at = first + int.from_bytes(drawn[:4], "big") % max(minutes, 1)
        return time(at // 60, at % 60)

    def _anchor(self, touchpoint: Touchpoint) -> datetime | None:
        """The local time that its offset counts from; None while that has not happened."""
        joined = self.joined.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        match touchpoint.anchor:
            case Anchor.ENROLMENT:
                return joined
            case Anchor.COMPLETION:
                done = self.who.completed.get(touchpoint.after)
                return done.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None) if done else None
            case Anchor.EVENT_START:
                day = self.event.start
            case Anchor.EVENT_END:
                day = self.event.end
            case Anchor.DATE:
                day = touchpoint.on or self.event.start
        anchor = datetime.combine(day, DAY_BEGINS)
        late = self.event.policy.catch_up is CatchUp.AS_PLANNED and touchpoint.kind is not TouchpointKind.DIGEST
        return max(anchor, joined) if late else anchor


_AFTER_CHECK = timedelta(days=7)
"""How long after the last recall check refreshers begin for those who were held back: its reminders come first."""


def applies(event: Event, touchpoint: Touchpoint, who: Who) -> bool:
    """Whether somebody is of the audience of that row."""
    if not touchpoint.audience:
        return True
    survey = audience_form(event.profile, touchpoint.audience, event.parts)
    answers = {**who.profile, LANGUAGE_NAME: str(who.language)}
    if event.parts and who.part:
        answers[PART_NAME] = who.part
    instance = Instance(survey, answers, _ANY_TIME)
    return any(field.question.name == _AUDIENCE for field in instance.shown)


LANGUAGE_NAME = "language"
"""What an audience calls the person's language: "en" or "fr"."""
PART_NAME = "part"
"""What an audience calls that which the person was invited as, in an event that has parts."""
_AUDIENCE = "audience_"
_ANY_TIME = Around(datetime(2000, 1, 1, tzinfo=UTC), Language.EN, datetime(2000, 1, 1, tzinfo=UTC))


@lru_cache(maxsize=256)
def audience_form(profile: tuple[Question, ...], audience: str, parts: tuple[Choice, ...] = ()) -> Survey:
    """A form with the profile, the language, the part if there are any, and a note that shows for that audience.

    Its expressions are checked as those of any form are.
    """
    nothing = Bilingual("", "")
    language = Question(LANGUAGE_NAME, QuestionType.TEXT, nothing)
    part = (Question(PART_NAME, QuestionType.SELECT_ONE, nothing, choices=parts),) if parts else ()
    told = Question(_AUDIENCE, QuestionType.NOTE, nothing, relevant=audience)
    return Survey("audience", nothing, (*profile, language, *part, told))


def length(offset: Offset) -> timedelta:
    """How long an offset is, a month being thirty days."""
    match offset.unit:
        case Unit.MINUTES:
            return timedelta(minutes=offset.amount)
        case Unit.HOURS:
            return timedelta(hours=offset.amount)
        case Unit.DAYS:
            return timedelta(days=offset.amount)
        case Unit.WEEKS:
            return timedelta(weeks=offset.amount)
        case Unit.MONTHS:
            return timedelta(days=30 * offset.amount)


def _lengths(offset: Offset) -> tuple[timedelta, ...]:
    """How long an offset is, in months at least and at most."""
    if offset.unit is not Unit.MONTHS:
        return (length(offset),)
    return timedelta(days=28 * offset.amount), timedelta(days=31 * offset.amount)


def later(local: datetime, offset: Offset) -> datetime:
    """The local time so much later; of a month that is too short, its last day."""
    if offset.unit is not Unit.MONTHS:
        return local + length(offset)
    months = local.year * 12 + local.month - 1 + offset.amount
    year, month = divmod(months, 12)
    first = local.replace(year=year, month=month + 1, day=1)
    last_day = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(local.day, last_day.day))

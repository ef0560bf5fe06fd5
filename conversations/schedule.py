"""When things are due, and whether a thing that is due should be said now.

All instants are UTC; a person's own day is reckoned in their IANA zone, on the local calendar: "10:00, two weeks later"
stays ten o'clock across a change of the clocks. A local time that a change skips is moved on by the length of the gap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from zoneinfo import ZoneInfo

from conversations.model import Anchor, Event, Offset, Touchpoint, TouchpointKind, Unit


class Reason(StrEnum):
    """What became of a planned nudge, in a word that a coordinator can read."""

    SENT = "sent"
    QUIET_HOURS = "quiet_hours"
    BUSY = "busy"
    NO_CONSENT = "no_consent"
    TOO_LATE = "too_late"
    LEFT = "left"
    UNREACHABLE = "unreachable"
    NOT_ENOUGH_ANSWERS = "not_enough_answers"
    NOT_LINKED = "not_linked"
    REPLANNED = "replanned"
    FAULT = "fault"


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
class Decision:
    """Say it now (`Reason.SENT`), put it off until `again`, or hold it back for good."""

    reason: Reason
    again: datetime | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides over a nudge. `busy` is true in the middle of a survey, and after a stop."""

    now: datetime
    zone: str
    enrolled: bool
    consented: bool
    reachable: bool
    busy: bool
    expires: datetime | None


DAY_BEGINS = time(8)
DAY_ENDS = time(20)
BUSY_FOR = timedelta(hours=1)
"""How long after somebody's last word in a survey they still count as being in the middle of it."""

_MOST_REPEATS = 400
_LATE_START = timedelta(hours=12)
"""A thing that was due this long ago is over for somebody new, unless its window says so."""


def plan(
    event: Event, kinds: frozenset[TouchpointKind], joined: datetime, zone: str, since: datetime | None = None
) -> tuple[Planned, ...]:
    """Everything of those kinds that this event has in store for somebody who joined then and lives in that zone.

    What was over before `since` (UTC; by default when they joined) is left out: a schedule that is revised later does
    not send what its new rows would have sent in the past.
    """
    since = since or joined
    planned: list[Planned] = []
    occurrences: dict[tuple[TouchpointKind, str], Iterator[int]] = {}
    for touchpoint in event.schedule:
        if touchpoint.kind not in kinds:
            continue
        counter = occurrences.setdefault((touchpoint.kind, touchpoint.name), count())
        for due in _due_times(event, touchpoint, joined, zone):
            occurrence = next(counter)
            expires = due + _length(touchpoint.window) if touchpoint.window else None
            closes = due + _length(touchpoint.closes) if touchpoint.closes else None
            if (expires or due + _LATE_START) > since:
                planned.append(Planned(touchpoint.kind, touchpoint.name, occurrence, due, expires, closes))
    return tuple(sorted(planned, key=lambda each: (each.due, each.kind, each.name, each.occurrence)))


def decide(circumstances: Circumstances) -> Decision:
    """Whether to say a personal nudge that is due. Reasons to hold it back come before reasons to wait."""
    if not circumstances.enrolled:
        return Decision(Reason.LEFT)
    if not circumstances.reachable:
        return Decision(Reason.UNREACHABLE)
    if not circumstances.consented:
        return Decision(Reason.NO_CONSENT)
    if _expired(circumstances, circumstances.now):
        return Decision(Reason.TOO_LATE)
    if circumstances.busy:
        return _put_off(circumstances, circumstances.now + BUSY_FOR, Reason.BUSY)
    morning = next_morning(circumstances.now, circumstances.zone)
    if morning is not None:
        return _put_off(circumstances, morning, Reason.QUIET_HOURS)
    return Decision(Reason.SENT)


def next_morning(now: datetime, zone: str) -> datetime | None:
    """When the quiet hours end that `now` falls into there; None in the daytime."""
    local = now.astimezone(ZoneInfo(zone))
    if DAY_BEGINS <= local.time() < DAY_ENDS:
        return None
    day = local.date() if local.time() < DAY_BEGINS else local.date() + timedelta(days=1)
    return in_utc(datetime.combine(day, DAY_BEGINS), zone)


def in_utc(local: datetime, zone: str) -> datetime:
    """The instant of a naive local time; the first of two where clocks were set back."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _put_off(circumstances: Circumstances, again: datetime, reason: Reason) -> Decision:
    return Decision(Reason.TOO_LATE) if _expired(circumstances, again) else Decision(reason, again)


def _expired(circumstances: Circumstances, at: datetime) -> bool:
    return circumstances.expires is not None and at >= circumstances.expires


def _due_times(event: Event, touchpoint: Touchpoint, joined: datetime, zone: str) -> Iterator[datetime]:
    anchor = _anchor(event, touchpoint, joined, zone)
    until = _later(anchor, touchpoint.until) if touchpoint.until else None
    for step in range(_MOST_REPEATS):
        local = _later(anchor, touchpoint.offset)
        if touchpoint.every is not None:
            # Counted from the start each time: the 31st of a month must not wear down to the 28th for ever.
            local = _later(local, Offset(touchpoint.every.amount * step, touchpoint.every.unit))
        if until is not None and local > until:
            return
        if touchpoint.time is not None:
            local = datetime.combine(local.date(), touchpoint.time)
        yield in_utc(local, zone)
        if touchpoint.every is None or until is None:
            return


def _anchor(event: Event, touchpoint: Touchpoint, joined: datetime, zone: str) -> datetime:
    match touchpoint.anchor:
        case Anchor.ENROLMENT:
            return joined.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        case Anchor.EVENT_START:
            day = event.start
        case Anchor.EVENT_END:
            day = event.end
        case Anchor.DATE:
            day = touchpoint.on or event.start
    return datetime.combine(day, DAY_BEGINS)


def _later(local: datetime, offset: Offset) -> datetime:
    if offset.unit is not Unit.MONTHS:
        return local + _length(offset)
    months = local.year * 12 + local.month - 1 + offset.amount
    year, month = divmod(months, 12)
    first = local.replace(year=year, month=month + 1, day=1)
    last_day = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(local.day, last_day.day))


def _length(offset: Offset) -> timedelta:
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

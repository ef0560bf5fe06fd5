"""One policy for everything that is sent unasked: whether it goes now, waits, or is held back, and why.

It is asked when something is due and answers with values alone; what it says is kept with the planned row, so that a
coordinator can read what became of it. All instants are UTC.
"""

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from conversations.days import Rests, next_open, resting
from conversations.timing import Policy


class Reason(StrEnum):
    """What became of a planned thing: sent, or why it waits or was held back."""

    SENT = "sent"
    QUIET_HOURS = "quiet_hours"
    WEEKDAY = "weekday"
    HOLIDAY = "holiday"
    REST = "rest"
    WEEKLY_CAP = "weekly_cap"
    TOO_SOON = "too_soon"
    UNHEEDED = "unheeded"
    SURVEY_FIRST = "survey_first"
    PAUSED = "paused"
    BUSY = "busy"
    NO_CONSENT = "no_consent"
    TOO_LATE = "too_late"
    LEFT = "left"
    UNREACHABLE = "unreachable"
    ANSWERED = "answered"
    DECLINED = "declined"
    NOTHING_LEFT = "nothing_left"
    NOT_ENOUGH_ANSWERS = "not_enough_answers"
    NOT_LINKED = "not_linked"
    NOTHING_NEW = "nothing_new"
    REPLANNED = "replanned"
    CLOSED = "closed"
    STOPPED = "stopped"
    FAULT = "fault"
    CANCELLED = "cancelled"


class Pace(StrEnum):
    """How much a person wants."""

    LESS = "less"
    USUAL = "usual"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person set for themselves: nothing before `paused_until` (UTC), and how much at all."""

    pace: Pace = Pace.USUAL
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Say it now (`Reason.SENT`), put it off until `again`, or hold it back for good."""

    reason: Reason
    again: datetime | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides over one planned thing for one chat.

    `moot` says why it is pointless by now, if it is. `busy` is true in the middle of a survey, and after a stop. `at`
    is the local time that it was planned for, `weekdays` those it may come on (empty for all). `sent` are the instants
    of what was sent unasked, of all events, in the last MEMORY, in order; `unheeded` of them, reminders apart, have
    come since the person last spoke or tapped. `survey` is true for a survey, its reminders and a broadcast; for a
    refresher or reminder `next_survey` is when the next one is due. `cap` is the lowest weekly cap of all the person's
    events. What is `urgent` waits for no hour of the day and no distance, but for the end of a pause that the person
    asked for.
    """

    now: datetime
    zone: str
    policy: Policy = field(default_factory=Policy)
    enrolled: bool = True
    consented: bool = True
    reachable: bool = True
    moot: Reason | None = None
    busy: bool = False
    expires: datetime | None = None
    at: time | None = None
    weekdays: tuple[int, ...] = ()
    sent: tuple[datetime, ...] = ()
    unheeded: int = 0
    survey: bool = False
    next_survey: datetime | None = None
    cap: int = 2
    wishes: Wishes = field(default_factory=Wishes)
    urgent: bool = False


BUSY_FOR = timedelta(hours=1)
"""How long after somebody's last word in a survey they still count as being in the middle of it."""

WEEK = timedelta(days=7)

MEMORY = timedelta(days=60)
"""How far back it matters when something was sent: longer than the longest distance."""

_BACK_OFF = (WEEK, 2 * WEEK, 4 * WEEK, 8 * WEEK)
"""Between messages once two, three, four, five or more in a row were ignored."""
_IGNORED = 2

_RESTS = {
    Rests.NIGHT: Reason.QUIET_HOURS,
    Rests.WEEKDAY: Reason.WEEKDAY,
    Rests.HOLIDAY: Reason.HOLIDAY,
    Rests.REST: Reason.REST,
}


def decide(circumstances: Circumstances) -> Decision:
    """Whether to say a thing that is due. Reasons to hold it back come before reasons to wait.

    What would have to wait until it is not worth sending any more is held back for the reason it would have waited for.
    """
    held = _held_back(circumstances)
    if held is not None:
        return Decision(held)
    waits, earliest = _waits(circumstances)
    if waits is Reason.SENT:
        return Decision(waits)
    # At its own local time; at another one rather than not at all.
    for at in (circumstances.at, None):
        again = next_open(earliest, circumstances.zone, circumstances.policy, circumstances.weekdays, at)
        if again is not None and not _expired(circumstances, again):
            return Decision(waits, again)
    return Decision(waits)


def outlook(circumstances: Circumstances, coming: tuple[datetime, ...]) -> tuple[datetime | None, ...]:
    """When things due at these instants are likely to be sent, one after another; None for what would be held back.

    For a person's calendar: it supposes that each one is heeded, and that nothing else happens.
    """
    found: list[datetime | None] = []
    sent = list(circumstances.sent)
    for due in coming:
        at = max(due, circumstances.now)
        likely = _first_chance(circumstances, at, tuple(sent))
        found.append(likely)
        if likely is not None:
            insort(sent, likely)
    return tuple(found)


def capped(policy_caps: tuple[int, ...], wishes: Wishes) -> int:
    """The messages of any seven days that somebody gets at most: the lowest cap of their events, as they wish it."""
    lowest = min(policy_caps, default=Policy().weekly_cap)
    match wishes.pace:
        case Pace.LESS:
            return 1
        case Pace.USUAL:
            return lowest
        case Pace.MORE:
            return lowest + 1


def _first_chance(circumstances: Circumstances, at: datetime, sent: tuple[datetime, ...]) -> datetime | None:
    for _ in range(_MOST_CHANCES):
        decision = decide(replace(circumstances, now=at, sent=sent, unheeded=0, busy=False, expires=None))
        if decision.reason is Reason.SENT:
            return at
        if decision.again is None:
            return None
        at = decision.again
    return None


_MOST_CHANCES = 50


def _held_back(circumstances: Circumstances) -> Reason | None:
    if not circumstances.enrolled:
        return Reason.LEFT
    if circumstances.moot is not None:
        return circumstances.moot
    if not circumstances.reachable:
        return Reason.UNREACHABLE
    if not circumstances.consented:
        return Reason.NO_CONSENT
    return Reason.TOO_LATE if _expired(circumstances, circumstances.now) else None


def _waits(circumstances: Circumstances) -> tuple[Reason, datetime]:
    """Why it waits, and until when at least; SENT when it need not."""
    now = circumstances.now
    paused = circumstances.wishes.paused_until
    if paused is not None and now < paused:
        return Reason.PAUSED, paused
    if circumstances.busy:
        return Reason.BUSY, now + BUSY_FOR
    if circumstances.urgent:
        return Reason.SENT, now
    rests = resting(now, circumstances.zone, circumstances.policy, circumstances.weekdays)
    if rests is not None:
        return _RESTS[rests], now
    return _spaced(circumstances)


def _spaced(circumstances: Circumstances) -> tuple[Reason, datetime]:
    """Whether it keeps its distance from what was sent before, and leaves room for a survey that comes next."""
    waits, earliest = _distant(circumstances)
    survey = circumstances.next_survey
    if waits is not Reason.SENT or survey is None:
        return waits, earliest
    now, sent = circumstances.now, circumstances.sent
    at = max(survey, now)
    before = replace(circumstances, now=at, survey=True, next_survey=None)
    after = replace(before, sent=(*sent, now), unheeded=circumstances.unheeded + 1)
    _, free = _distant(before)
    _, hindered = _distant(after)
    if hindered > free:
        return Reason.SURVEY_FIRST, free + timedelta(hours=max(circumstances.policy.gap_hours, 1))
    return Reason.SENT, now


def _distant(circumstances: Circumstances) -> tuple[Reason, datetime]:
    """Whether it keeps its distance from what was sent. Of several reasons it is the one that lasts longest."""
    now, sent = circumstances.now, circumstances.sent
    chances: list[tuple[datetime, Reason]] = []
    # What bears a later time than now counts as well: a clock that ran ahead for a while has written it down.
    soon = now + timedelta(hours=circumstances.policy.gap_hours)
    before = max(bisect_right(sent, now), bisect_left(sent, soon))
    if before and (enough := sent[before - 1] + _gap(circumstances)) > now:
        ignored = circumstances.unheeded >= _IGNORED
        chances.append((enough, Reason.UNHEEDED if ignored else Reason.TOO_SOON))
    if (room := _room(sent, now, circumstances.cap)) > now:
        chances.append((room, Reason.WEEKLY_CAP))
    if not chances:
        return Reason.SENT, now
    earliest, reason = max(chances)
    return reason, earliest


def _gap(circumstances: Circumstances) -> timedelta:
    gap = timedelta(hours=circumstances.policy.gap_hours)
    if circumstances.wishes.pace is Pace.LESS:
        gap = max(gap, WEEK)
    if circumstances.unheeded >= _IGNORED:
        back_off = _BACK_OFF[min(circumstances.unheeded - _IGNORED, len(_BACK_OFF) - 1)]
        # There are few surveys and broadcasts in a year, and each is worth another try: they wait a week at most.
        gap = max(gap, min(back_off, WEEK) if circumstances.survey else back_off)
    return gap


def _room(sent: tuple[datetime, ...], now: datetime, cap: int) -> datetime:
    """The first instant from `now` on that makes no seven days with more than `cap` messages."""
    near = [each for each in sent if now - WEEK < each < now + WEEK]
    for start in (now, *(each + WEEK for each in near)):
        within = sorted([each for each in sent if start - WEEK < each < start + WEEK] + [start])
        if all(within[at + cap] - within[at] >= WEEK for at in range(len(within) - cap)):
            return start
    return now + WEEK


def _expired(circumstances: Circumstances, at: datetime) -> bool:
    return circumstances.expires is not None and at >= circumstances.expires

"""Events, policies and people as chance draws them: small, and odd on purpose. The same seed draws the same ones."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import available_timezones

from conversations.model import Event, KeyMessage, RecallQuestion, Survey
from conversations.timing import (
    LADDER,
    LADDER_NAME,
    RECALL_CHECK,
    REMINDERS,
    Anchor,
    CatchUp,
    Offset,
    Policy,
    Rest,
    Touchpoint,
    TouchpointKind,
    Unit,
)
from tests.conversations.samples import WHAT_FIRST, both, event_with, question, survey

ZONES = sorted(available_timezones() - {"localtime"})  # which is the machine's own, and no zone of IANA's
ODD_ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Havana",
    "America/Santiago",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Kwajalein",
)
"""Clocks that change at midnight, by half an hour, by two hours, for Ramadan, or over the date line."""
ODD_YEARS = {"Pacific/Apia": date(2011, 12, 20), "Pacific/Kwajalein": date(1993, 8, 10)}
"""When those zones went over the date line and lost a day."""
USUAL_ZONES = ("Africa/Abidjan", "Africa/Kinshasa", "Africa/Nairobi", "America/Port-au-Prince", "Europe/Paris")
USUAL_COUNTRIES = ("CI", "FR", "KE", "MA", "CL", "AU")

SURVEYS: tuple[Survey, ...] = tuple(survey(question("used"), name=name) for name in ("after", "later", RECALL_CHECK))
_OTHER_WAY = RecallQuestion(both("And what first?"), WHAT_FIRST.choices, WHAT_FIRST.right, WHAT_FIRST.explanation)
MESSAGES = (
    KeyMessage("rights", both("Rights come first."), (WHAT_FIRST,), both("")),
    KeyMessage("rules", both("Rules follow."), (WHAT_FIRST, _OTHER_WAY), both(""), measured=True),
)


def zone(random: Random) -> str:
    """Any zone there is; the odd ones more often."""
    return random.choice(random.choice((USUAL_ZONES, ODD_ZONES, ZONES)))


def event(random: Random, code: str, home: str, start: date) -> Event:
    """An event that begins about `start`, for somebody whose zone is `home` or another one."""
    start += timedelta(days=random.randint(-20, 20))
    drawn = event_with(
        code=code,
        start=start,
        end=start + timedelta(days=random.randint(0, 4)),
        timezone=random.choice((home, zone(random))),
        surveys=SURVEYS,
        messages=random.choice((MESSAGES, MESSAGES, MESSAGES[:1], ())),
        policy=policy(random, start),
    )
    return replace(drawn, schedule=tuple(touchpoint(random, drawn) for _ in range(random.choice((1, 1, 2, 3, 4)))))


def revised(random: Random, old: Event) -> Event:
    """The same event in a later revision: rows moved, added, taken out, and perhaps another policy."""
    rows = list(old.schedule)
    number = random.randrange(len(rows))
    match random.randrange(5):
        case 0 if len(rows) > 1:
            del rows[number]
        case 1:
            rows.insert(number, touchpoint(random, old))
        case 2:
            rows[number] = replace(rows[number], offset=_offset(random, rows[number].anchor))
        case 3:
            rows[number] = replace(rows[number], time=_time(random), time_until=None)
        case _:
            return replace(old, policy=policy(random, old.start))
    return replace(old, schedule=tuple(rows))


def policy(random: Random, start: date) -> Policy:
    """What a pack asks of every delivery, from the usual to the strange."""
    begins = random.choice((time(8), time(8), time(6, 30), time(0), time(1, 30), time(9, 15), time(15)))
    ends = random.choice((time(20), time(20), time(18, 45), time(16), time(23, 59)))
    weekdays = random.choice(
        (range(7), range(7), range(7), range(5), (6, 0, 1, 2, 3), random.sample(range(7), random.randint(1, 6)))
    )
    return Policy(
        day_begins=begins,
        day_ends=ends,
        weekdays=tuple(sorted(weekdays)),
        public_holidays=random.random() < 0.7,
        rest=tuple(_rest(random, start) for _ in range(random.choice((0, 0, 1, 3)))),
        weekly_cap=random.randint(1, 4),
        gap_hours=random.choice((0, 1, 12, 20, 20, 48, 100)),
        catch_up=random.choice(tuple(CatchUp)),
        ladder=random.choice((LADDER, (1, 2), (3,))),
        horizon=Offset(random.choice((1, 3, 12)), Unit.MONTHS),
        hold_back=random.choice((0, 0, 50)),
    )


def _rest(random: Random, start: date) -> Rest:
    first = start + timedelta(days=random.randint(-10, 150))
    countries = random.choice(((), (), tuple(random.sample(USUAL_COUNTRIES, 2))))
    hours = random.choice(((None, None), (time(9), time(17)), (time(12), time(14, 30)), (time(17), time(23))))
    return Rest(first, first + timedelta(days=random.choice((0, 1, 6, 29))), *hours, countries)


def touchpoint(random: Random, drawn: Event) -> Touchpoint:
    """One row of a schedule for that event."""
    kind = random.choice((TouchpointKind.REFRESHER, TouchpointKind.SURVEY)) if drawn.messages else TouchpointKind.SURVEY
    is_survey = kind is TouchpointKind.SURVEY
    name = random.choice(SURVEYS).name if is_survey else random.choice((LADDER_NAME, *(m.name for m in drawn.messages)))
    anchor = random.choice(tuple(Anchor))
    begins = _time(random)
    offset = _offset(random, anchor)
    repeated = _repeats(random, offset) if random.random() < 0.25 else {}
    return Touchpoint(
        kind,
        name,
        anchor,
        offset,
        on=_odd_day(random, drawn.start) if anchor is Anchor.DATE else None,
        time=begins,
        time_until=time(min(begins.hour + 3, 23), 30)
        if begins and begins.hour < 20 and random.random() < 0.3
        else None,
        window=random.choice((None, None, Offset(3, Unit.HOURS), Offset(4, Unit.DAYS), Offset(1, Unit.MONTHS))),
        closes=random.choice((None, Offset(3, Unit.WEEKS))) if is_survey else None,
        after=random.choice(("after", "later", "rights")) if anchor is Anchor.COMPLETION else "",
        weekdays=random.choice(((), (), (), (), (0, 1, 3), (4, 5, 6), (0,))),
        audience=random.choice(("${language} = 'fr'", "${language} = 'en'")) if random.random() < 0.06 else "",
        reminders=random.choice((REMINDERS, REMINDERS[:1], (), (Offset(5, Unit.HOURS), Offset(1, Unit.MONTHS))))
        if is_survey
        else (),
        **repeated,
    )


def _repeats(random: Random, offset: Offset) -> dict[str, Offset]:
    """Some repeats, until a time in the same unit or in months."""
    every = {Unit.MINUTES: 4000, Unit.HOURS: 50, Unit.DAYS: 3, Unit.WEEKS: 1, Unit.MONTHS: 1}[offset.unit]
    until = Offset(offset.amount + every * random.randint(0, 4), offset.unit)
    return {
        "every": Offset(every * random.randint(1, 2), offset.unit),
        "until": until if random.random() < 0.7 else Offset(random.randint(2, 3), Unit.MONTHS),
    }


def _offset(random: Random, anchor: Anchor) -> Offset:
    unit = random.choice((Unit.MINUTES, Unit.HOURS, Unit.DAYS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS))
    amount = random.randint(0, {Unit.MINUTES: 3000, Unit.HOURS: 80, Unit.DAYS: 60, Unit.WEEKS: 9}.get(unit, 5))
    before = anchor in {Anchor.EVENT_START, Anchor.EVENT_END, Anchor.DATE} and random.random() < 0.1
    return Offset(-amount if before else amount, unit)


def _time(random: Random) -> time | None:
    return random.choice((None, time(10), time(random.randrange(24), random.choice((0, 15, 30, 59)))))


def _odd_day(random: Random, near: date) -> date:
    """A day about then, often the last of its month: the 29th of February too."""
    day = near + timedelta(days=random.randint(-30, 120))
    last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return random.choice((day, last, max(last - timedelta(days=1), day)))


def joined(random: Random, start: date) -> datetime:
    """When somebody joins an event that begins about then: before it, at it, or late; on the last of a month too."""
    day = random.choice((start, _odd_day(random, start), start + timedelta(days=random.randint(-30, 100))))
    return datetime.combine(day, time(random.randrange(24), random.randrange(60)), UTC)


def start(random: Random, home: str) -> date:
    """About when the events begin: any day of a few years, a leap year among them, or when that zone lost a day."""
    if home in ODD_YEARS and random.random() < 0.5:
        return ODD_YEARS[home]
    return date(random.choice((2026, 2027, 2027, 2028)), 1, 1) + timedelta(days=random.randrange(365))

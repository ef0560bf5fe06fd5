"""When the rows of a schedule ought to be due, reckoned once more with nothing but the standard calendar."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from conversations.model import Event
from conversations.schedule import Planned
from conversations.timing import LADDER_NAME, Anchor, CatchUp, Offset, Touchpoint, TouchpointKind, Unit
from tests.conversations.year_witness import Broken

Times = tuple[TouchpointKind, str, datetime, datetime]
"""Kind, name, and the first and last instant at which it may be due."""


def check(event: Event, joined: datetime, zone: str, planned: Iterable[Planned]) -> None:
    """Of a plan made when somebody joined: everything that is to come stands in it once, at its time.

    What counts from an answer, the ladder and catching up are left to others.
    """
    if event.policy.catch_up is not CatchUp.SKIP:
        return
    ahead = joined + timedelta(hours=1)
    left = sorted(_expected(event, joined, zone), key=lambda each: each[3])
    for each in planned:
        if each.name == LADDER_NAME or each.due <= ahead:
            continue
        fits = (due for due in left if (each.kind, each.name) == due[:2] and due[2] <= each.due <= due[3])
        expected = next(fits, None)
        if expected is None:
            raise Broken(f"{each.name} is planned for {each.due}, and that is no time of its")
        left.remove(expected)
    # Who is held back gets refreshers later, or none.
    held_back = {TouchpointKind.REFRESHER} if event.policy.hold_back else set()
    missing = [due for due in left if due[2] > ahead and due[0] not in held_back]
    if missing:
        raise Broken(f"{missing[0][1]} is not planned, though it is due at {missing[0][2]}")


def _expected(event: Event, joined: datetime, zone: str) -> Iterator[Times]:
    here = ZoneInfo(zone)
    for row in event.schedule:
        if row.anchor is Anchor.COMPLETION or row.name == LADDER_NAME:
            continue
        anchor = _anchor(event, row, joined.astimezone(here).replace(tzinfo=None))
        for local in _times(row, anchor):
            begins = datetime.combine(local, row.time) if row.time else local
            begins += timedelta(days=_wait(local.weekday(), row.weekdays))
            span = [begins + timedelta(minutes=number) for number in range(_minutes(row))]
            # Where clocks go forward the ends of a span are not the first and last of its instants.
            instants = [each.replace(tzinfo=here).astimezone(UTC) for each in span]
            yield row.kind, row.name, min(instants), max(instants)


def _minutes(row: Touchpoint) -> int:
    """How many minutes of a day it may be due in."""
    if row.time is None or row.time_until is None:
        return 1
    return (row.time_until.hour - row.time.hour) * 60 + row.time_until.minute - row.time.minute


def _anchor(event: Event, row: Touchpoint, joined: datetime) -> datetime:
    days = {Anchor.EVENT_START: event.start, Anchor.EVENT_END: event.end, Anchor.DATE: row.on or event.start}
    return joined if row.anchor is Anchor.ENROLMENT else datetime.combine(days[row.anchor], time(8))


def _times(row: Touchpoint, anchor: datetime) -> Iterator[datetime]:
    first = _after(anchor, row.offset)
    if row.every is None or row.until is None:
        yield first
        return
    number, last = 0, _after(anchor, row.until)
    while (at := _after(first, Offset(number * row.every.amount, row.every.unit))) <= last:
        yield at
        number += 1


def _after(local: datetime, offset: Offset) -> datetime:
    if offset.unit is not Unit.MONTHS:
        return local + timedelta(**{offset.unit.value: offset.amount})
    year, month = local.year, local.month + offset.amount
    while month > 12:
        year, month = year + 1, month - 12
    while month < 1:
        year, month = year - 1, month + 12
    return local.replace(year=year, month=month, day=min(local.day, monthrange(year, month)[1]))


def _wait(weekday: int, allowed: tuple[int, ...]) -> int:
    return min(((day - weekday) % 7 for day in allowed), default=0)

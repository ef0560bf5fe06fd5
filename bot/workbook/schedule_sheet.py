"""The sheet `schedule`: what is sent when."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import NamedTuple

from bot.workbook.errors import Faults
from bot.workbook.event_sheet import day
from bot.workbook.lines import Line, lines_of
from bot.workbook.sheets import Sheet
from bot.workbook.wording import nearest, one_of, quoted
from conversations.timing import DAY_BEGINS, DAY_ENDS, Anchor, Offset, Touchpoint, TouchpointKind, Unit

_OFFSET = re.compile(r"(-?)(\d{1,7})\s*([a-z]+)", re.IGNORECASE | re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:hH](\d{2})(?::00)?", re.ASCII)
_FRENCH_UNITS = {
    "heure": Unit.HOURS,
    "jour": Unit.DAYS,
    "semaine": Unit.WEEKS,
    "moi": Unit.MONTHS,  # "mois" without its s
}
_DAYS = {Unit.MINUTES: 1 / 1440, Unit.HOURS: 1 / 24, Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 30}
_LONGEST_DAYS = 5 * 366
_MOST_REPEATS = 400
_KINDS_NAMED = {TouchpointKind.REFRESHER: "messages", TouchpointKind.SURVEY: "survey"}


class _When(NamedTuple):
    anchor: Anchor
    on: date | None


def read_schedule(
    sheet: Sheet | None, names: Mapping[TouchpointKind, tuple[str, ...]], faults: Faults
) -> tuple[Touchpoint, ...]:
    """The schedule in the order of the sheet; `names` are those that each kind may refer to."""
    touchpoints = [_touchpoint(line, names) for line in lines_of(sheet, faults)]
    if sheet is not None and sheet.header and not touchpoints:
        faults.add("nothing would ever be sent", "add a row for each survey and message", sheet=sheet.name)
    return tuple(touchpoint for touchpoint in touchpoints if touchpoint is not None)


def _touchpoint(line: Line, names: Mapping[TouchpointKind, tuple[str, ...]]) -> Touchpoint | None:
    line.filled("kind", f"write one of {', '.join(TouchpointKind)}")
    kind = line.word("kind", TouchpointKind)
    if kind is not None:
        _check_name(line, kind, names.get(kind, ()))
    when = _when(line)
    line.filled("offset", "write how long after the anchor, such as 7 days or 0 minutes")
    offset = _offset(line, "offset", when)
    at = _time(line)
    every, until, window, closes = (_distance(line, column) for column in ("every", "until", "window", "closes"))
    _check_repeats(line, offset, every, until)
    if line["closes"] and kind is not TouchpointKind.SURVEY:
        line.fault("closes", "only a survey takes answers", "leave the cell empty")
    if kind is None or when is None or offset is None:
        return None
    return Touchpoint(kind, line["name"], when.anchor, offset, when.on, at, every, until, window, closes)


def _check_name(line: Line, kind: TouchpointKind, known: tuple[str, ...]) -> None:
    name = line["name"]
    if kind is TouchpointKind.DIGEST:
        if name:
            line.fault("name", "a digest has no name: it tells whatever is ready", "leave the cell empty")
    elif line.filled("name", f"write a name from the sheet {_KINDS_NAMED[kind]}") and name not in known:
        what = "message" if kind is TouchpointKind.REFRESHER else "group of questions"
        line.fault("name", f"there is no {what} of the name {quoted(name)}", one_of(name, known))


def _when(line: Line) -> _When | None:
    anchors = [anchor for anchor in Anchor if anchor is not Anchor.DATE]
    written = line.filled("anchor", f"write one of {', '.join(anchors)}, or a date").lower()
    if written in {str(anchor) for anchor in anchors}:
        return _When(Anchor(written), None)
    on = day(written)
    if written and on is None:
        meant = nearest(written, anchors, alike=0.6)
        remedy = f"write {meant}" if meant else f"write one of {', '.join(anchors)}, or a date such as 2026-11-10"
        line.fault("anchor", f"{quoted(line['anchor'])} is neither an anchor nor a date", remedy)
    return _When(Anchor.DATE, on) if on else None


def _offset(line: Line, column: str, when: _When | None = None) -> Offset | None:
    """An offset as people write it; one before the anchor makes sense only where the anchor is known beforehand."""
    written = line[column]
    if not written:
        return None
    match = _OFFSET.fullmatch(written)
    if match is None:
        line.fault(column, f"{quoted(written)} is not a length of time", "write a number and a unit, such as 2 weeks")
        return None
    word = match[3].lower()
    word = _FRENCH_UNITS.get(word.rstrip("s"), word)
    unit = next((unit for unit in Unit if word in (unit, unit.removesuffix("s"))), None)
    if unit is None:
        line.fault(
            column, f"the unit {quoted(match[3])} is not known", f"write {one_of(word, Unit).removeprefix('write ')}"
        )
        return None
    amount = int(match[2])
    if amount * _DAYS[unit] > _LONGEST_DAYS:
        line.fault(column, "this is more than five years away", "write a shorter time")
        return None
    if match[1] and (when is None or when.anchor is Anchor.ENROLMENT):
        line.fault(column, "nothing can be sent before somebody has joined", "write a time without the minus sign")
    return Offset(-amount if match[1] else amount, unit)


def _distance(line: Line, column: str) -> Offset | None:
    found = _offset(line, column)
    if found is not None and found.amount == 0:
        line.fault(column, f"{column} cannot be nothing", "write a longer time, or leave the cell empty")
        return None
    return found


def _time(line: Line) -> time | None:
    written = line["time"]
    if not written:
        return None
    match = _TIME.fullmatch(written)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:  # noqa: PLR2004 # the clock's own numbers
        line.fault("time", f"{quoted(written)} is not a time of day", "write hours and minutes, such as 10:00")
        return None
    at = time(int(match[1]), int(match[2]))
    if not DAY_BEGINS <= at < DAY_ENDS:
        hours = f"from {DAY_BEGINS:%H:%M} and before {DAY_ENDS:%H:%M}"
        line.fault("time", f"nothing is sent at {at:%H:%M}, in the quiet hours", f"write a time {hours}")
    return at


def _check_repeats(line: Line, offset: Offset | None, every: Offset | None, until: Offset | None) -> None:
    if line["every"] and not line["until"]:
        line.fault("until", "this would be repeated for ever", "write when it ends, such as 54 weeks")
    if line["until"] and not line["every"]:
        line.fault("every", "until says when repeats end, but nothing repeats", "write every, such as 1 week")
    if every is None or until is None or offset is None:
        return
    if _days(every) < 1:
        line.fault("every", "more than once a day is too often", "write 1 day or more")
    elif (_days(until) - _days(offset)) / _days(every) >= _MOST_REPEATS:
        line.fault("until", f"this would be sent more than {_MOST_REPEATS} times", "write a shorter time")
    if _days(until) < _days(offset):
        line.fault("until", "it ends before it begins", "write a time that is longer than the offset")


def _days(offset: Offset) -> float:
    return offset.amount * _DAYS[offset.unit]

"""Lengths of time as authors write them: 2 weeks, 1 month, 3 jours."""

import re

from bot.workbook.lines import Line
from bot.workbook.wording import one_of, quoted
from conversations.messages import phrase
from conversations.timing import Offset, Unit

_OFFSET = re.compile(r"(-?)(\d{1,7})\s*([a-z]+)", re.IGNORECASE | re.ASCII)
_FRENCH_UNITS = {
    "heure": Unit.HOURS,
    "jour": Unit.DAYS,
    "semaine": Unit.WEEKS,
    "moi": Unit.MONTHS,  # "mois" without its s
}
_DAYS = {Unit.MINUTES: 1 / 1440, Unit.HOURS: 1 / 24, Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 30}
_LONGEST_DAYS = 5 * 366


def offset_in(line: Line, column: str, written: str) -> Offset | None:
    """The offset that stands in that cell, or in a part of it; None for an empty one, and for a wrong one: a fault."""
    if not written:
        return None
    match = _OFFSET.fullmatch(written)
    if match is None:
        remedy = phrase("write a number and a unit, such as {example}", example="2 weeks")
        line.fault(column, phrase("{written} is not a length of time", written=quoted(written)), remedy)
        return None
    word = match[3].lower()
    word = _FRENCH_UNITS.get(word.rstrip("s"), word)
    unit = next((unit for unit in Unit if word in (unit, unit.removesuffix("s"))), None)
    if unit is None:
        line.fault(column, phrase("the unit {unit} is not known", unit=quoted(match[3])), one_of(word, Unit))
        return None
    amount = int(match[2])
    if amount * _DAYS[unit] > _LONGEST_DAYS:
        line.fault(column, phrase("this is more than five years away"), phrase("write a shorter time"))
        return None
    return Offset(-amount if match[1] else amount, unit)


def distance_in(line: Line, column: str) -> Offset | None:
    """The offset of a cell that may be empty; one that is nothing, or goes back, is a fault."""
    found = offset_in(line, column, line[column])
    if found is not None and found.amount < 0:
        problem = phrase("{column} cannot go back in time", column=column)
        line.fault(column, problem, phrase("write a time without the minus sign"))
        return None
    if found is not None and found.amount == 0:
        problem = phrase("{column} cannot be nothing", column=column)
        line.fault(column, problem, phrase("write a longer time, or leave the cell empty"))
        return None
    return found


def days(offset: Offset) -> float:
    """How many days that is, a month being thirty."""
    return offset.amount * _DAYS[offset.unit]

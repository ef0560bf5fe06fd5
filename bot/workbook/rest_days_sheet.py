"""The sheet `rest_days`: days on which nothing is sent, or only in some hours, everywhere or in some countries."""

from datetime import date, time

from babel.core import get_global

from bot.workbook.errors import Faults
from bot.workbook.event_sheet import day, no_date
from bot.workbook.hours import span_in
from bot.workbook.lines import Line, lines_of
from bot.workbook.sheets import Sheet
from bot.workbook.wording import quoted
from conversations.messages import phrase
from conversations.timing import Policy, Rest

_LONGEST_DAYS = 366
_A_DAY = "2026-12-24"
_NOWHERE = "ZZ"
"""What CLDR has for zones of no country."""


def read_rest_days(sheet: Sheet | None, policy: Policy, faults: Faults) -> tuple[Rest, ...]:
    """The days of rest in the order of the sheet; those of a few hours lie within the sending hours of `policy`."""
    rests = [_rest(line, policy) for line in lines_of(sheet, faults)]
    return tuple(rest for rest in rests if rest is not None)


def _rest(line: Line, policy: Policy) -> Rest | None:
    countries = _countries(line)
    begins, ends = _hours(line, policy)
    line.filled("first", phrase("write the first day, such as {example}", example=_A_DAY))
    first = _day(line, "first")
    last = _day(line, "last") if line["last"] else first
    if first is None or last is None:
        return None
    if last < first:
        line.fault("last", phrase("it ends before it begins"), phrase("write a day on or after the first"))
    elif (last - first).days >= _LONGEST_DAYS:
        line.fault("last", phrase("this is more than a year"), phrase("write a shorter rest"))
    return Rest(first, last, begins, ends, countries)


def _day(line: Line, column: str) -> date | None:
    found = day(line[column])
    if line[column] and found is None:
        line.fault(column, *no_date(line[column], _A_DAY))
    return found


def _countries(line: Line) -> tuple[str, ...]:
    """Those that time zones lie in: a person's country is that of their zone."""
    codes = tuple(line["countries"].upper().replace(",", " ").split())
    for code in codes:
        if not code.isalpha() or code == _NOWHERE or code not in get_global("zone_territories").values():
            problem = phrase("{code} is not the code of a country", code=quoted(code))
            remedy = phrase("write ISO codes of two letters with a space between, such as {example}", example="KE SN")
            line.fault("countries", problem, remedy)
    return codes


def _hours(line: Line, policy: Policy) -> tuple[time | None, time | None]:
    """The only hours in which something is sent; None and None when nothing is."""
    found = span_in(line, "hours") if line["hours"] else None
    if found is None:
        return None, None
    begins, ends = found
    if not policy.day_begins <= begins < ends <= policy.day_ends:
        problem = phrase("nothing could be sent from {begins} until {ends}", begins=begins, ends=ends)
        remedy = phrase(
            "write hours within those of other days, {begins} to {ends}, the earlier one first",
            begins=policy.day_begins,
            ends=policy.day_ends,
        )
        line.fault("hours", problem, remedy)
    return begins, ends

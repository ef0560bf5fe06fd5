"""Times of day and days of the week as authors write them: 10:00, 10:00-12:00, mon-fri, lun mer."""

import re
from datetime import time

from bot.workbook.lines import Line
from bot.workbook.wording import quoted
from conversations.messages import phrase
from conversations.reading.dates import weekday_named

_TIME = re.compile(r"(\d{1,2})[:hH](\d{2})(?::00)?", re.ASCII)
_DASH = re.compile(r"\s*[-\u2013]\s*")
_BETWEEN = re.compile(r"[\s,;]+")
_WEEK = 7


def time_in(line: Line, column: str, written: str) -> time | None:
    """The time of day that stands in that cell, or in a part of it; None for anything else, which is a fault."""
    match = _TIME.fullmatch(written)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:  # noqa: PLR2004 # the clock's own numbers
        remedy = phrase("write hours and minutes, such as {example}", example="10:00")
        line.fault(column, phrase("{written} is not a time of day", written=quoted(written)), remedy)
        return None
    return time(int(match[1]), int(match[2]))


def span_in(line: Line, column: str) -> tuple[time, time] | None:
    """Two times of day with a dash between them; None for anything else, which is a fault."""
    parts = _DASH.split(line[column])
    if len(parts) != 2:  # noqa: PLR2004 # from and until
        problem = phrase("{written} does not say from when until when", written=quoted(line[column]))
        remedy = phrase("write two times with a dash between them, such as {example}", example="10:00-16:00")
        line.fault(column, problem, remedy)
        return None
    begins, ends = (time_in(line, column, part) for part in parts)
    return (begins, ends) if begins is not None and ends is not None else None


def is_span(written: str) -> bool:
    """Whether a cell is meant for two times rather than one."""
    return _DASH.search(written) is not None


def weekdays_in(line: Line, column: str) -> tuple[int, ...]:
    """The days of the week (0 is Monday) that a cell names, in English or French, in full or by their beginnings.

    A dash stands for those between as well. Empty for an empty cell, and for a wrong one, which is a fault.
    """
    found: set[int] = set()
    for part in filter(None, _BETWEEN.split(_DASH.sub("-", line[column]))):
        places = [weekday_named(word.rstrip(".")) for word in part.split("-")]
        ends = [place for place in places if place is not None]
        if len(ends) != len(places) or len(ends) > 2:  # noqa: PLR2004 # from and to
            problem = phrase("{written} is no day of the week", written=quoted(part))
            line.fault(column, problem, phrase("write mon, tue or mon-fri, or lun, mar, lun-ven"))
            return ()
        first, last = ends[0], ends[-1]
        found |= {(first + step) % _WEEK for step in range((last - first) % _WEEK + 1)}
    return tuple(sorted(found))

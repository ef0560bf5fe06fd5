"""An answer as the cell of a column. What does not fit the column's kind is kept as a text: nothing is lost."""

import re
from collections.abc import Callable
from datetime import date, datetime, time

from bot.reports.dataset import Blank, Cell, Column, Kind, Part
from conversations.expressions import Result, text
from conversations.model import Value

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?")
_SPLIT = {Part.LATITUDE: 0, Part.LONGITUDE: 1, Part.ALTITUDE: 2, Part.PRECISION: 3}


def cell(column: Column, found: Value | Result | Blank) -> Cell:
    """The part of an answer, or of what a form worked out, that the column has."""
    if isinstance(found, Blank):
        return found
    match column.part:
        case Part.WHOLE:
            return _whole(column.kind, found)
        case Part.OPTION:
            return int(column.detail in _names(found))
        case Part.PLACE:
            names, place = _names(found), int(column.detail) - 1
            return names[place] if place < len(names) else Blank.NOT_ASKED
        case _:
            numbers, place = _written(found).split(), _SPLIT[column.part]
            return _converted(numbers[place], float) if place < len(numbers) else Blank.NOT_ASKED


def _whole(kind: Kind, found: Value | Result) -> Cell:
    if kind is Kind.SEVERAL:
        return _names(found)
    if isinstance(found, float) and kind is not Kind.TEXT and kind is not Kind.CHOICE:
        return _tidy(found)
    written = _written(found)
    match kind:
        case Kind.WHOLE:
            return _converted(written, int)
        case Kind.NUMBER:
            return _converted(written, lambda digits: _tidy(float(digits)))
        case Kind.DATE:
            return _converted(written, date.fromisoformat)
        case Kind.DATETIME:
            return _converted(written, datetime.fromisoformat)
        case Kind.TIME:
            return _converted(written, time.fromisoformat)
        case Kind.COMPUTED if _NUMBER.fullmatch(written):
            return _tidy(float(written))
    return written


def _tidy(number: float) -> int | float | str:
    """Whole numbers without a point; what no table has as a number (infinity) as a text."""
    if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124 # NaN is not itself
        return text(number)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number  # noqa: PLR2004 # exact below


def _converted(written: str, convert: Callable[[str], Cell]) -> Cell:
    try:
        return convert(written)
    except ValueError:
        return written


def _names(found: Value | Result) -> tuple[str, ...]:
    return found if isinstance(found, tuple) else tuple(_written(found).split())


def _written(found: Value | Result) -> str:
    if isinstance(found, tuple):
        return " ".join(found)
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else text(found)

"""What expressions compute with, and how one kind of value is taken for another.

As JavaRosa, the engine of ODK Collect, has it: whatever is compared with a number is read as one, a date is the number
of days since 1970-01-01, and what is no number is `nan`, which equals nothing and is neither more nor less than
anything. A question without an answer is the empty text.
"""

import math
import re
from datetime import date, datetime, time
from decimal import Decimal

Result = str | float | bool | date | time
"""A text, a number (always a float), a truth, a date, a date and time, or a time of day."""

EPOCH = date(1970, 1, 1)
_NUMBER = re.compile(r"\s*-?(?:\d+(?:[.,]\d*)?|[.,]\d+)\s*", re.ASCII)
_ALIKE = 1e-12
_SECONDS_A_DAY = 86_400


def number(value: Result) -> float:
    """The value as a number; `nan` when it is none."""
    match value:
        case bool() | float():
            return float(value)
        case str():
            # Not all that Python reads as a number is one: a choice may be called "nan", "inf" or "1e3".
            # A comma is taken for the point.
            return float(value.replace(",", ".")) if _NUMBER.fullmatch(value) else math.nan
        case date():
            return float((value - EPOCH).days if not isinstance(value, datetime) else (value.date() - EPOCH).days)
        case time():
            return _seconds(value) / _SECONDS_A_DAY


def text(value: Result) -> str:
    """The value in words: numbers in digits as XPath writes them, dates in ISO 8601."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            if math.isnan(value):
                return "NaN"
            if math.isinf(value):
                return "Infinity" if value > 0 else "-Infinity"
            if value.is_integer():
                return str(int(value))
            digits = repr(value)
            return format(Decimal(digits), "f") if "e" in digits else digits
        case datetime():
            return value.isoformat(timespec="milliseconds")
        case date() | time():
            return value.isoformat()


def truth(value: Result) -> bool:
    """Whether the value counts as true: any text, any number but 0, any date."""
    match value:
        case bool():
            return value
        case float():
            return not math.isnan(value) and abs(value) > _ALIKE
        case str():
            return value != ""
        case date() | time():
            return True


def same(left: Result, right: Result) -> bool:
    """Whether two values are equal."""
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float) or isinstance(right, float):
        first, second = number(left), number(right)
        return first == second or abs(first - second) < _ALIKE
    if isinstance(left, datetime) or isinstance(right, datetime):
        return _text_of_day(left) == _text_of_day(right)
    return text(left) == text(right)


def _text_of_day(value: Result) -> str:
    # A moment is compared by its day.
    return value.date().isoformat() if isinstance(value, datetime) else text(value)


def day(value: Result) -> date | None:
    """The value as a date: one already, days since 1970, or ISO 8601; None for anything else."""
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str) and not _NUMBER.fullmatch(value):
            return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        return date.fromordinal(EPOCH.toordinal() + math.floor(number(value)))
    except (ValueError, OverflowError):
        return None


def fraction_of_day(value: Result) -> float:
    """The time of day as a number from 0 to 1; `nan` for what has none."""
    match value:
        case datetime():
            return _seconds(value.time()) / _SECONDS_A_DAY
        case time():
            return _seconds(value) / _SECONDS_A_DAY
        case str():
            try:
                return _seconds(time.fromisoformat(value)) / _SECONDS_A_DAY
            except ValueError:
                return math.nan
        case _:
            return math.nan


def _seconds(value: time) -> float:
    return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6

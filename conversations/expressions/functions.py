"""The functions of XLSForm expressions that need nothing but what they are given.

Source: the ODK documentation, "Form operators and functions". Those that look at a question's choices, at the clock or
choose what they look at stand in evaluation.py.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal

from conversations.expressions.values import EPOCH, Result, day, fraction_of_day, number, text, truth

REGEX_SECONDS = 0.05
"""How long an author's regular expression may search, before its answer is taken as fitting."""


@dataclass(frozen=True, slots=True)
class Function:
    """What it computes, and how many values it takes; `most` is None for any number."""

    compute: Callable[[Sequence[Result]], Result]
    least: int
    most: int | None

    @property
    def takes(self) -> str:
        """How many values it takes, in words."""
        values = "value" if self.least == 1 and self.most in (1, None) else "values"
        if self.most is None:
            return f"{self.least} {values} or more"
        return f"{self.least} {values}" if self.least == self.most else f"{self.least} or {self.most} {values}"


def _of_numbers(compute: Callable[..., float]) -> Callable[[Sequence[Result]], Result]:
    def computed(values: Sequence[Result]) -> Result:
        try:
            return float(compute(*(number(each) for each in values)))
        except (ValueError, OverflowError, ZeroDivisionError):
            return math.nan

    return computed


def _of_texts(compute: Callable[..., Result]) -> Callable[[Sequence[Result]], Result]:
    return lambda values: compute(*(text(each) for each in values))


def _rounded(value: float, places: float = 0) -> float:
    # A float has no digits beyond these places, on either side of the point; nothing is infinitely round either.
    if math.isinf(value) or places > _MOST_DIGITS:
        return value
    if places < -_MOST_DIGITS:
        return 0.0 * value
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP, _EVERY_DIGIT))


_MOST_DIGITS = 400
# The usual context refuses what has more than 28 digits.
_EVERY_DIGIT = Context(prec=2 * _MOST_DIGITS)


def _substr(values: Sequence[Result]) -> Result:
    """From the place given, counted from 0, up to but without the second; negative ones count from the end."""
    whole, places = text(values[0]), [number(each) for each in values[1:]]
    if any(math.isnan(place) for place in places):
        return ""
    # A place beyond the end, be it infinitely far, is the end.
    end = len(whole) + 1
    return whole[slice(*(int(max(-end, min(end, place))) for place in places), *([None] if len(places) == 1 else []))]


def _translated(whole: str, wanted: str, given: str) -> str:
    table: dict[int, str | None] = {}
    for place, sign in enumerate(wanted):
        table.setdefault(ord(sign), given[place] if place < len(given) else None)
    return whole.translate(table)


def fits(pattern: str, whole: str) -> bool:
    """Whether the whole text fits the regular expression; one that cannot be read fits nothing.

    One that takes too long fits: somebody who answers must not be stuck at an author's mistake.
    """
    import regex  # noqa: PLC0415 # most packs have no regular expression, and a start should be quick

    try:
        return regex.fullmatch(pattern, whole, timeout=REGEX_SECONDS) is not None
    except TimeoutError:
        return True
    except regex.error:
        return False


def _selected(values: Sequence[Result]) -> Result:
    return text(values[1]) in text(values[0]).split()


def _selected_at(values: Sequence[Result]) -> Result:
    chosen, place = text(values[0]).split(), number(values[1])
    return chosen[int(place)] if 0 <= place < len(chosen) else ""


def _checklist(values: Sequence[Result]) -> Result:
    """Whether between so many and so many of the rest are true; -1 is no limit."""
    least, most = number(values[0]), number(values[1])
    return _between(least, most, sum(truth(each) for each in values[2:]))


def _weighted_checklist(values: Sequence[Result]) -> Result:
    least, most = number(values[0]), number(values[1])
    pairs = zip(values[2::2], values[3::2], strict=False)
    return _between(least, most, sum(number(weight) for each, weight in pairs if truth(each)))


def _between(least: float, most: float, found: float) -> bool:
    return (least < 0 or found >= least) and (most < 0 or found <= most)


def _coalesced(values: Sequence[Result]) -> Result:
    return next((each for each in values if each != ""), "")


def _joined(values: Sequence[Result]) -> Result:
    return text(values[0]).join(text(each) for each in values[1:])


def _extreme(choose: Callable[[list[float]], float]) -> Callable[[Sequence[Result]], Result]:
    """The least or the greatest of those that have been answered; `nan` when none has."""

    def chosen(values: Sequence[Result]) -> Result:
        given = [number(each) for each in values if each != ""]
        return choose(given) if given and not any(math.isnan(each) for each in given) else math.nan

    return chosen


def _date(values: Sequence[Result]) -> Result:
    found = day(values[0])
    return found if found is not None else ""


def _decimal_date_time(values: Sequence[Result]) -> Result:
    found = day(values[0])
    if found is None:
        return math.nan
    whole = found.date() if isinstance(found, datetime) else found
    fraction = fraction_of_day(found) if isinstance(found, datetime) else 0.0
    return (whole - EPOCH).days + fraction


def _decimal_time(values: Sequence[Result]) -> Result:
    return fraction_of_day(values[0])


def _formatted(values: Sequence[Result]) -> Result:
    """A date (and time) in the pattern's letters: %Y %y %m %n %b %d %e %H %h %M %S %3 %a."""
    found, pattern = day(values[0]), text(values[1])
    if found is None:
        return ""
    moment = found if isinstance(found, datetime) else datetime.combine(found, time())
    letters = {
        "Y": f"{moment.year:04}",
        "y": f"{moment.year % 100:02}",
        "m": f"{moment.month:02}",
        "n": f"{moment.month}",
        "b": _MONTHS[moment.month - 1],
        "d": f"{moment.day:02}",
        "e": f"{moment.day}",
        "H": f"{moment.hour:02}",
        "h": f"{moment.hour}",
        "M": f"{moment.minute:02}",
        "S": f"{moment.second:02}",
        "3": f"{moment.microsecond // 1000:03}",
        "a": _DAYS[moment.weekday()],
        "%": "%",
    }
    return re.sub(r"%(.)", lambda match: letters.get(match[1], match[0]), pattern)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ANY = None

FUNCTIONS: dict[str, Function] = {
    "abs": Function(_of_numbers(abs), 1, 1),
    "acos": Function(_of_numbers(math.acos), 1, 1),
    "asin": Function(_of_numbers(math.asin), 1, 1),
    "atan": Function(_of_numbers(math.atan), 1, 1),
    "atan2": Function(_of_numbers(math.atan2), 2, 2),
    "boolean": Function(lambda values: truth(values[0]), 1, 1),
    "boolean-from-string": Function(lambda values: text(values[0]) in ("1", "true"), 1, 1),
    "checklist": Function(_checklist, 2, _ANY),
    "contains": Function(_of_texts(lambda whole, part: part in whole), 2, 2),
    "coalesce": Function(_coalesced, 2, _ANY),
    "concat": Function(_of_texts(lambda *parts: "".join(parts)), 1, _ANY),
    "cos": Function(_of_numbers(math.cos), 1, 1),
    "count-selected": Function(lambda values: float(len(text(values[0]).split())), 1, 1),
    "date": Function(_date, 1, 1),
    "date-time": Function(_date, 1, 1),
    "decimal-date-time": Function(_decimal_date_time, 1, 1),
    "decimal-time": Function(_decimal_time, 1, 1),
    "ends-with": Function(_of_texts(str.endswith), 2, 2),
    "exp": Function(_of_numbers(math.exp), 1, 1),
    "exp10": Function(_of_numbers(lambda value: 10.0**value), 1, 1),
    "false": Function(lambda _: False, 0, 0),
    "format-date": Function(_formatted, 2, 2),
    "format-date-time": Function(_formatted, 2, 2),
    "if": Function(lambda values: values[1] if truth(values[0]) else values[2], 3, 3),
    "int": Function(_of_numbers(math.trunc), 1, 1),
    "join": Function(_joined, 2, _ANY),
    "log": Function(_of_numbers(math.log), 1, 1),
    "log10": Function(_of_numbers(math.log10), 1, 1),
    "max": Function(_extreme(max), 1, _ANY),
    "min": Function(_extreme(min), 1, _ANY),
    "normalize-space": Function(_of_texts(lambda whole: " ".join(whole.split())), 1, 1),
    "not": Function(lambda values: not truth(values[0]), 1, 1),
    "number": Function(lambda values: number(values[0]), 1, 1),
    "pi": Function(lambda _: math.pi, 0, 0),
    "pow": Function(_of_numbers(math.pow), 2, 2),
    "regex": Function(_of_texts(lambda whole, pattern: fits(pattern, whole)), 2, 2),
    "round": Function(_of_numbers(_rounded), 1, 2),
    "selected": Function(_selected, 2, 2),
    "selected-at": Function(_selected_at, 2, 2),
    "sin": Function(_of_numbers(math.sin), 1, 1),
    "sqrt": Function(_of_numbers(math.sqrt), 1, 1),
    "starts-with": Function(_of_texts(str.startswith), 2, 2),
    "string": Function(_of_texts(lambda whole: whole), 1, 1),
    "string-length": Function(_of_texts(lambda whole: float(len(whole))), 1, 1),
    "substr": Function(_substr, 2, 3),
    # The empty text stands at the very beginning of every text.
    "substring-after": Function(_of_texts(lambda whole, part: whole.partition(part)[2] if part else whole), 2, 2),
    "substring-before": Function(
        _of_texts(lambda whole, part: whole.partition(part)[0] if part and part in whole else ""), 2, 2
    ),
    "tan": Function(_of_numbers(math.tan), 1, 1),
    "translate": Function(_of_texts(_translated), 3, 3),
    "true": Function(lambda _: True, 0, 0),
    "weighted-checklist": Function(_weighted_checklist, 2, _ANY),
}

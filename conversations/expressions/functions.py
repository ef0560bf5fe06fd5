"""The functions of XLSForm expressions that need nothing but what they are given.

Source: the ODK documentation, "Form operators and functions". Those that look at lists, at the clock or choose what
they look at stand in looking.py. None raises: what makes no sense is `nan`, or the empty text.
"""

import base64
import binascii
import hashlib
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal

from conversations.expressions.values import EPOCH, Result, day, fraction_of_day, number, text, truth
from conversations.messages import counted, phrase
from conversations.model import Phrase

REGEX_SECONDS = 0.05
"""How long an author's regular expression may search, before its answer is taken as fitting."""
LONGEST_TEXT = 32_767
"""Characters of a text that an expression puts together, as many as a cell of a spreadsheet holds; more are cut."""


@dataclass(frozen=True, slots=True)
class Function:
    """What it computes, and how many values it takes; `most` is None for any number.

    A nodeset gives its first node's value; as the last value, standing at the place `alone` (from 0), all of them.
    """

    compute: Callable[[Sequence[Result]], Result]
    least: int
    most: int | None
    alone: int | None = None

    @property
    def takes(self) -> Phrase:
        """How many values it takes, in words."""
        if self.most is None:
            return counted("{count} value or more", "{count} values or more", self.least)
        if self.least == self.most:
            return counted("{count} value", "{count} values", self.least)
        return phrase("{least} or {most} values", least=self.least, most=self.most)


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
    """To so many digits behind the point, or before it if they are negative; half goes up, towards positive."""
    if math.isinf(value):
        return value
    if math.isnan(value) or not -_MOST_DIGITS <= places <= _MOST_DIGITS:
        return math.nan
    half = ROUND_HALF_UP if value >= 0 else ROUND_HALF_DOWN
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-int(places)), half, _EVERY_DIGIT))


_MOST_DIGITS = 30
# The usual context refuses what has more than 28 digits.
_EVERY_DIGIT = Context(prec=400)


def _substr(values: Sequence[Result]) -> Result:
    """From the place given, counted from 0, up to but without the second; negative ones count from the end."""
    whole, places = text(values[0]), [number(each) for each in values[1:]]
    # A place beyond the end, be it infinitely far, is the end; what is no number is the beginning.
    end = len(whole) + 1
    bounds = [0 if math.isnan(place) else int(max(-end, min(end, place))) for place in places]
    return whole[slice(*bounds, *([None] if len(bounds) == 1 else []))]


def _translated(whole: str, wanted: str, given: str) -> str:
    table: dict[int, str | None] = {}
    for place, sign in enumerate(wanted):
        table.setdefault(ord(sign), given[place] if place < len(given) else None)
    return whole.translate(table)


def fits(pattern: str, whole: str) -> bool | None:
    """Whether the whole text fits the regular expression; one that cannot be read fits nothing.

    None when it takes too long to tell.
    """
    import regex  # noqa: PLC0415 # most packs have no regular expression, and a start should be quick

    try:
        return regex.fullmatch(pattern, whole, timeout=REGEX_SECONDS) is not None
    except TimeoutError:
        return None
    except (regex.error, RecursionError, OverflowError):
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
    """Whether the weights of those of the rest that are true come to something from so much to so much."""
    pairs = zip(values[2::2], values[3::2], strict=False)
    return number(values[0]) <= sum(number(weight) for each, weight in pairs if truth(each)) <= number(values[1])


def _between(least: float, most: float, found: float) -> bool:
    return (least < 0 or found >= least) and (most < 0 or found <= most)


def together(words: Iterable[str], between: str = "") -> str:
    """The words in one text, cut where it gets too long."""
    found: list[str] = []
    length = 0
    for word in words:
        found.append(word)
        length += len(word) + len(between)
        if length > LONGEST_TEXT:
            break
    return between.join(found)[:LONGEST_TEXT]


def _extreme(choose: Callable[[list[float]], float]) -> Callable[[Sequence[Result]], Result]:
    """The least or the greatest of those that are numbers; `nan` when none is."""

    def chosen(values: Sequence[Result]) -> Result:
        given = [each for each in map(number, values) if not math.isnan(each)]
        return choose(given) if given else math.nan

    return chosen


_DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def _digest(whole: str, method: str, encoding: str = "base64") -> str:
    name = _DIGESTS.get(method.upper())
    if name is None:
        return ""
    found = hashlib.new(name, whole.encode(errors="replace"), usedforsecurity=False)
    return found.hexdigest() if encoding.lower() == "hex" else base64.b64encode(found.digest()).decode()


def _base64_decoded(whole: str) -> str:
    try:
        return base64.b64decode(whole, validate=True).decode(errors="replace")
    except (binascii.Error, ValueError):
        return ""


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
    "boolean-from-string": Function(lambda values: text(values[0]).lower() in ("1", "true"), 1, 1),
    "base64-decode": Function(_of_texts(_base64_decoded), 1, 1),
    "ceiling": Function(_of_numbers(math.ceil), 1, 1),
    "checklist": Function(_checklist, 2, _ANY, alone=2),
    "contains": Function(_of_texts(lambda whole, part: part in whole), 2, 2),
    "concat": Function(lambda values: together(map(text, values)), 1, _ANY, alone=0),
    "cos": Function(_of_numbers(math.cos), 1, 1),
    "count-selected": Function(lambda values: float(len(text(values[0]).split())), 1, 1),
    "date": Function(_date, 1, 1),
    "date-time": Function(_date, 1, 1),
    "decimal-date-time": Function(_decimal_date_time, 1, 1),
    "decimal-time": Function(_decimal_time, 1, 1),
    "digest": Function(_of_texts(_digest), 2, 3),
    "ends-with": Function(_of_texts(str.endswith), 2, 2),
    "exp": Function(_of_numbers(math.exp), 1, 1),
    "exp10": Function(_of_numbers(lambda value: 10.0**value), 1, 1),
    "floor": Function(_of_numbers(math.floor), 1, 1),
    "false": Function(lambda _: False, 0, 0),
    "format-date": Function(_formatted, 2, 2),
    "format-date-time": Function(_formatted, 2, 2),
    "int": Function(_of_numbers(math.trunc), 1, 1),
    "join": Function(lambda values: together(map(text, values[1:]), text(values[0])), 2, _ANY, alone=1),
    "log": Function(_of_numbers(math.log), 1, 1),
    "log10": Function(_of_numbers(math.log10), 1, 1),
    "max": Function(_extreme(max), 1, _ANY, alone=0),
    "min": Function(_extreme(min), 1, _ANY, alone=0),
    "normalize-space": Function(_of_texts(lambda whole: " ".join(whole.split())), 1, 1),
    "not": Function(lambda values: not truth(values[0]), 1, 1),
    "number": Function(lambda values: number(values[0]), 1, 1),
    "pi": Function(lambda _: math.pi, 0, 0),
    "pow": Function(_of_numbers(math.pow), 2, 2),
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

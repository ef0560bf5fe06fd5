"""Typed dates, in either language: today, last Monday, 3 days ago, 12/03/2026, 12 March, 1er mars 2026.

Numbers alone are day before month, as both languages write them in the countries that Suivi is made for; the month
comes first only where it cannot be otherwise.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from conversations.messages import phrase
from conversations.model import Phrase
from conversations.reading.asked import Misread
from conversations.reading.signs import unaccented

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_AHEAD = 10
"""Years from now up to which two digits mean this century: in 2026, 36 is 2036 and 37 is 1937."""

_NEAR = {
    **dict.fromkeys(("today", "aujourd'hui", "aujourdhui", "auj", "now", "maintenant", "ce jour"), 0),
    **dict.fromkeys(("this morning", "ce matin", "tonight", "ce soir"), 0),
    **dict.fromkeys(("yesterday", "hier", "last night", "hier soir"), -1),
    **dict.fromkeys(("tomorrow", "demain"), 1),
    **dict.fromkeys(("day before yesterday", "avant hier"), -2),
    **dict.fromkeys(("day after tomorrow", "apres demain"), 2),
}
_AGO = re.compile(r"il y a (?P<fr>\d{1,4}|an?|une?) (?P<unit>[a-z]+)|(?P<en>\d{1,4}|an?|one) (?P<units>[a-z]+) ago")
_AHEAD_OF = re.compile(r"(?:dans|in) (?P<number>\d{1,4}|an?|une?|one) (?P<unit>[a-z]+)")
_DAYS = {"day": 1, "days": 1, "jour": 1, "jours": 1, "week": 7, "weeks": 7, "semaine": 7, "semaines": 7}
_MONTHS = {"month": 1, "months": 1, "mois": 1, "year": 12, "years": 12, "an": 12, "ans": 12, "annee": 12, "annees": 12}

_FILLERS = frozenset({"the", "le", "la", "of", "de", "du", "on", "en", "in", "st", "nd", "rd", "th", "er", "e", "d"})
_PAST = frozenset({"last", "dernier", "past", "passe"})
_COMING = frozenset({"next", "prochain"})


def read_date(text: str, today: date, appearance: str = "") -> str | Misread | None:
    """The date in ISO 8601; None when the words are no date.

    `appearance` as in XLSForm: with "month-year" a month and its year will do, with "year" a year; the answer is then
    the first day of it.
    """
    words = appearance.split()
    ways: tuple[_Way, ...] = (day_in,)
    if "month-year" in words:
        ways = (_month_in, day_in)
    elif "year" in words:
        ways = (_year_in, _month_in, day_in)
    found = next((each for way in ways if (each := way(text, today)) is not None), None)
    if not isinstance(found, date):
        return found
    if "month-year" in words:
        return found.replace(day=1).isoformat()
    return (found.replace(month=1, day=1) if "year" in words else found).isoformat()


def day_in(text: str, today: date, *, ahead: bool = False) -> date | Misread | None:
    """The day that the whole text names; a Misread when there is no such day, None when it names none.

    What may be one day or another, such as a Monday or 12 March, is the newest one, with `ahead` the next one.
    """
    written = unaccented(text).rstrip(".!")
    if not written:
        return None
    return _near(written, today) or _weekday(written, today, ahead) or _calendar_day(written, today, ahead)


def typed_day(text: str, today: date) -> date | Phrase:
    """The day that the whole text names, the next one where it may be several; or what to type instead."""
    day = day_in(text, today, ahead=True)
    if isinstance(day, Misread):
        return day.hint
    return day or phrase("Please type a day with its month, such as 12 March 2027.")


def weekday_named(word: str) -> int | None:
    """The day of the week (0 is Monday) that a word of three letters or more is or begins, in English or French."""
    return _place(unaccented(word), _weekdays())


_Way = Callable[[str, date], date | Misread | None]


def _near(written: str, today: date) -> date | None:
    written = written.removeprefix("the ").replace("-", " ").replace("d hui", "d'hui")
    days = _NEAR.get(written)
    if days is not None:
        return today + timedelta(days=days)
    match, sign = _AGO.fullmatch(written), -1
    if match is not None:
        number, unit = match["fr"] or match["en"], match["unit"] or match["units"]
    else:
        match, sign = _AHEAD_OF.fullmatch(written), 1
        if match is None:
            return None
        number, unit = match["number"], match["unit"]
    return _away(today, sign * (int(number) if number.isdecimal() else 1), unit)


def _away(today: date, number: int, unit: str) -> date | None:
    """So many days, weeks, months or years from today, in a month that is too short on its last day."""
    if unit in _DAYS:
        found = today + timedelta(days=number * _DAYS[unit])
    elif unit in _MONTHS:
        years, month = divmod(today.month - 1 + number * _MONTHS[unit], _MONTHS_A_YEAR)
        year = today.year + years
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            return None
        found = date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
    else:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def _weekday(written: str, today: date, ahead: bool) -> date | None:
    """The most recent day of that name: "Monday" on a Monday is today, "last Monday" a week ago, the next one ahead."""
    words = _words(written)
    turns = [word for word in words if word in _PAST | _COMING]
    names = [word for word in words if word not in turns]
    if len(names) != 1 or len(turns) > 1:
        return None
    named = _place(names[0], _weekdays())
    # "mar" may be a Tuesday in French, or March in both.
    if named is None or _place(names[0], _months()) is not None:
        return None
    back = (today.weekday() - named) % _A_WEEK
    coming = turns[0] in _COMING if turns else ahead
    if coming:
        return today + timedelta(days=_A_WEEK - back)
    return today - timedelta(days=back or _A_WEEK if turns else back)


_A_WEEK = 7

_ORDERS = {
    "nn": "dm",
    "nnn": "dmy",
    "nny": "dmy",
    "ynn": "ymd",
    "nm": "dm",
    "nmn": "dmy",
    "nmy": "dmy",
    "mn": "md",
    "mnn": "mdy",
    "mny": "mdy",
    "ymn": "ymd",
}
"""How the parts of a date follow one another, by what they look like: m the name of a month, y four digits, n fewer."""

_MONTH_ORDERS = {"m": "m", "my": "my", "mn": "my", "ny": "my", "yn": "ym", "ym": "ym"}
"""The same for a month with or without its year."""


def _calendar_day(written: str, today: date, ahead: bool) -> date | Misread | None:
    """A day with its month, with or without the year and the day of the week."""
    first, *rest = _words(written) or [""]
    weekday = _place(first, _weekdays()) if _in_order(rest, _ORDERS) else None
    found = _in_order(rest if weekday is not None else [first, *rest], _ORDERS)
    if found is None:
        return None
    day, month = int(found["d"]), _month(found["m"])
    if month > _MONTHS_A_YEAR >= day:
        day, month = month, day
    if "y" in found:
        year = _whole_year(found["y"], today)
        result = _on_calendar(day, month, year) if year is not None else None
    else:
        result = _next(day, month, today) if ahead else _most_recent(day, month, today)
    if weekday is not None and isinstance(result, date) and result.weekday() != weekday:
        hint = phrase("The day of the week and the date do not fit: it would be {date}. Please check.", date=result)
        return Misread(hint)
    return result


_MONTHS_A_YEAR = 12
_FIRST = {"first": "1", "premier": "1"}


def _words(written: str) -> list[str]:
    """The words and numbers of a text, without those that hold a date together; none where there are other signs."""
    if not re.fullmatch(r"[\da-z /.,'-]+", written, re.ASCII):
        return []
    return [_FIRST.get(word, word) for word in re.findall(r"\d+|[a-z]+", written) if word not in _FILLERS]


def _in_order(words: list[str], orders: dict[str, str]) -> dict[str, str] | None:
    """Which word is the day (d), the month (m) and the year (y); None when they are in none of these orders."""
    order = orders.get("".join(map(_kind, words)))
    return dict(zip(order, words, strict=True)) if order is not None else None


def _kind(word: str) -> str:
    if not word.isdecimal():
        return "m" if _place(word, _months()) is not None else "?"
    return {1: "n", 2: "n", 4: "y"}.get(len(word), "?")


def _month(word: str) -> int:
    """The month from 1, from its number or its name."""
    return int(word) if word.isdecimal() else (_place(word, _months()) or 0) + 1


def _on_calendar(day: int, month: int, year: int) -> date | Misread:
    try:
        return date(year, month, day)
    except ValueError:
        return Misread(phrase("There is no such day in the calendar. Please check the date."))


def _most_recent(day: int, month: int, today: date) -> date | Misread:
    """That day of this year or, where it is still to come, of an earlier one; 29 February may be eight years back."""
    found = [_on_calendar(day, month, today.year - back) for back in range(9)]
    return next((each for each in found if isinstance(each, date) and each <= today), found[0])


def _next(day: int, month: int, today: date) -> date | Misread:
    """That day of this year or, where it has been, of a later one; 29 February may be eight years ahead."""
    found = [_on_calendar(day, month, today.year + on) for on in range(9)]
    return next((each for each in found if isinstance(each, date) and each > today), found[0])


def _whole_year(year: str, today: date) -> int | None:
    """The year; one of two digits is no more than ten years ahead, and in the hundred years before that."""
    number = int(year)
    if len(year) <= len("26"):
        latest = today.year + _AHEAD
        return latest - (latest - number) % _A_CENTURY
    return number if _FIRST_YEAR <= number <= _LAST_YEAR else None


_A_CENTURY = 100
_TURNS = (
    (_PAST | {"derniere", "passee"}, -1),
    (frozenset({"this", "ce", "cette"}), 0),
    (_COMING | {"prochaine"}, 1),
)


def _month_in(text: str, today: date) -> date | Misread | None:
    """The first day of the month that the whole text names: March 2026, 03/2026, last month."""
    words = _words(unaccented(text).rstrip("!"))
    if (turn := _turned(words, {"month", "mois"})) is not None:
        return _away(today.replace(day=1), turn, "month")
    found = _in_order(words, _MONTH_ORDERS)
    month = _month(found["m"]) if found is not None else 0
    if found is None or not 1 <= month <= _MONTHS_A_YEAR:
        return None
    if "y" not in found:
        return _most_recent(1, month, today)
    year = _whole_year(found["y"], today)
    return date(year, month, 1) if year is not None else None


def _year_in(text: str, today: date) -> date | Misread | None:
    """The first day of the year that the whole text names: 2026, last year."""
    words = [word for word in _words(unaccented(text).rstrip("!")) if word != "l"]
    if (turn := _turned(words, {"year", "an", "annee"})) is not None:
        return _away(today.replace(month=1, day=1), turn, "year")
    if len(words) != 1 or _kind(words[0]) != "y":
        return None
    year = _whole_year(words[0], today)
    return date(year, 1, 1) if year is not None else None


def _turned(words: list[str], units: set[str]) -> int | None:
    """-1 for the last one of the unit, 0 for this one, 1 for the next; None for other words."""
    rest = [word for word in words if word not in units]
    if len(rest) != 1 or len(words) != len(rest) + 1:
        return None
    return next((turn for wanted, turn in _TURNS if rest[0] in wanted), None)


_LEAST_LETTERS = 3


def _place(word: str, names: tuple[tuple[str, ...], ...]) -> int | None:
    """Which of the names, from 0, a word is or begins: "janv" is the first month."""
    if len(word) < _LEAST_LETTERS:
        return None
    found = {place for place, spelt in enumerate(names) for name in spelt if name.startswith(word)}
    return found.pop() if len(found) == 1 else None


@cache
def _months() -> tuple[tuple[str, ...], ...]:
    """The months in both languages, by CLDR."""
    from babel.dates import get_month_names  # noqa: PLC0415 # the core starts without it; a date is rarely typed

    both = [get_month_names("wide", locale=locale) for locale in ("en", "fr")]
    return tuple(tuple(unaccented(names[month]) for names in both) for month in range(1, 13))


@cache
def _weekdays() -> tuple[tuple[str, ...], ...]:
    """The days of the week in both languages, by CLDR, from Monday."""
    from babel.dates import get_day_names  # noqa: PLC0415 # as above

    both = [get_day_names("wide", locale=locale) for locale in ("en", "fr")]
    return tuple(tuple(unaccented(names[day]) for names in both) for day in range(7))

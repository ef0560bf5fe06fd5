"""Typed dates, in either language: today, last Monday, 3 days ago, 12/03/2026, 12 March, 1er mars 2026.

Numbers alone are day before month, as both languages write them in the countries that Suivi is made for; the month
comes first only where it cannot be otherwise.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from conversations.messages import phrase
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
    ways: list[_Way] = [day_in]
    if "month-year" in words:
        ways = [_month_in, day_in]
    elif "year" in words:
        ways = [_year_in, _month_in, day_in]
    found = next((each for way in ways if (each := way(text, today)) is not None), None)
    if not isinstance(found, date):
        return found
    if "month-year" in words:
        found = found.replace(day=1)
    elif "year" in words:
        found = found.replace(month=1, day=1)
    return found.isoformat()


def day_in(text: str, today: date) -> date | Misread | None:
    """The day that the whole text names; a Misread when there is no such day, None when it names none."""
    written = unaccented(text).rstrip(".!")
    if not written:
        return None
    return _near(written, today) or _weekday(written, today) or _calendar_day(written, today)


_Way = Callable[[str, date], date | Misread | None]


def _near(written: str, today: date) -> date | None:
    written = written.removeprefix("the ").replace("-", " ")
    days = _NEAR.get(written, _NEAR.get(written.replace("' ", "'").replace("aujourd hui", "aujourd'hui")))
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
    """So many days, weeks, months or years from today; the last day of a month that is too short."""
    try:
        if unit in _DAYS:
            return today + timedelta(days=number * _DAYS[unit])
        if unit not in _MONTHS:
            return None
        years, month = divmod(today.month - 1 + number * _MONTHS[unit], 12)
        first = date(today.year + years, month + 1, 1)
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return min(first.replace(day=min(today.day, last.day)), last)
    except (ValueError, OverflowError):
        return None


def _weekday(written: str, today: date) -> date | None:
    """The most recent day of that name: "Monday" on a Monday is today, "last Monday" a week ago."""
    words = [word for word in written.split() if word not in _FILLERS]
    past, coming = not _PAST.isdisjoint(words), not _COMING.isdisjoint(words)
    names = [word for word in words if word not in _PAST | _COMING]
    named = _place(names[0], _weekdays()) if len(names) == 1 and len(words) <= 2 else None  # noqa: PLR2004
    if named is None:
        return None
    back = (today.weekday() - named) % 7
    if coming:
        return today + timedelta(days=7 - back)
    return today - timedelta(days=back or 7 if past else back)


def _calendar_day(written: str, today: date) -> date | Misread | None:
    """A day with its month, with or without the year and the day of the week."""
    parts = [part for part in re.findall(r"\d+|[a-z]+", written) if part not in _FILLERS]
    if not _only_marks(written) or not 2 <= len(parts) <= 4:  # noqa: PLR2004
        return None
    weekday = _place(parts[0], _weekdays()) if not parts[0].isdecimal() and len(parts) > 2 else None  # noqa: PLR2004
    if weekday is not None:
        parts = parts[1:]
    parts = ["1" if part in ("first", "premier") else part for part in parts]
    found = _ordered(parts)
    if found is None:
        return None
    day, month, year = found
    result = _most_recent(day, month, today) if year is None else _on_calendar(day, month, _whole_year(year, today))
    if weekday is not None and isinstance(result, date) and result.weekday() != weekday:
        return Misread(phrase("{date}: the day of the week does not fit. Please check the date.", date=result))
    return result


def _only_marks(written: str) -> bool:
    return re.fullmatch(r"[\da-z /.,'-]+", written) is not None


def _ordered(parts: list[str]) -> tuple[int, int, str | None] | None:
    """Day, month, and the year as written; None when the parts are no date."""
    months = [_place(part, _months()) for part in parts]
    named = next((place for place, month in enumerate(months) if month is not None), None)
    if len(parts) > 3 or any(len(part) > 4 for place, part in enumerate(parts) if place != named):  # noqa: PLR2004
        return None
    digits = [part for place, part in enumerate(parts) if place != named]
    if not digits or not all(part.isdecimal() for part in digits):
        return None
    if named is not None:
        return _around_the_month(digits, named, (months[named] or 0) + 1)
    if len(digits[0]) == 4:  # noqa: PLR2004 # a year of four digits
        return (int(digits[2]), int(digits[1]), digits[0]) if len(digits) == 3 else None  # noqa: PLR2004
    if any(len(part) > 2 for part in digits[:2]):  # noqa: PLR2004
        return None
    day, month = int(digits[0]), int(digits[1])
    if month > 12 >= day:  # noqa: PLR2004 # months of a year
        day, month = month, day
    return day, month, digits[2] if len(digits) == 3 else None  # noqa: PLR2004


def _around_the_month(digits: list[str], named: int, month: int) -> tuple[int, int, str | None] | None:
    """The same where the month is a word: 12 March 2026, March 12 2026, 2026 March 12, and without the year."""
    if len(digits) == 2 and len(digits[0]) == 4 and named > 0:  # noqa: PLR2004
        digits = [digits[1], digits[0]]
    if len(digits) > 2 or named > 1 or len(digits[0]) > 2:  # noqa: PLR2004
        return None
    return int(digits[0]), month, digits[1] if len(digits) == 2 else None  # noqa: PLR2004


def _on_calendar(day: int, month: int, year: int | None) -> date | Misread | None:
    if year is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return Misread(phrase("There is no such day in the calendar. Please check the date."))


def _most_recent(day: int, month: int, today: date) -> date | Misread | None:
    # 29 February is the one of the last leap year; a century without one is the longest that it can take: eight years.
    found = [_on_calendar(day, month, today.year - back) for back in range(9)]
    return next((each for each in found if isinstance(each, date) and each <= today), found[0])


def _whole_year(year: str, today: date) -> int | None:
    """The year; two digits are the one nearest that is no more than ten years ahead."""
    number = int(year)
    match len(year):
        case 2:
            number += (today.year + _AHEAD) // 100 * 100
            return number if number <= today.year + _AHEAD else number - 100
        case 4 if _FIRST_YEAR <= number <= _LAST_YEAR:
            return number
        case _:
            return None


_THIS = {"this", "ce", "cette"}


def _month_in(text: str, today: date) -> date | Misread | None:
    """The first day of the month that the whole text names: March 2026, 03/2026, last month."""
    written = unaccented(text).rstrip(".!")
    words = [word for word in re.findall(r"\d+|[a-z]+", written) if word not in _FILLERS]
    if not _only_marks(written or "?") or not 1 <= len(words) <= 2:  # noqa: PLR2004
        return None
    if (found := _turned(words, {"month", "mois"})) is not None:
        return _away(today.replace(day=1), found, "month")
    if len(words[0]) == 4 and words[0].isdecimal():  # noqa: PLR2004
        words.reverse()
    first, *years = words
    named = _place(first, _months())
    month = named + 1 if named is not None else int(first) if first.isdecimal() and len(first) <= 2 and years else 0  # noqa: PLR2004
    if years:
        year = _whole_year(years[0], today) if years[0].isdecimal() else None
        return _on_calendar(1, month, year) if month else None
    return _most_recent(1, month, today) if month else None


def _year_in(text: str, today: date) -> date | Misread | None:
    """The first day of the year that the whole text names: 2026, last year."""
    words = [word for word in re.findall(r"\w+", unaccented(text)) if word not in _FILLERS and word != "l"]
    if (found := _turned(words, {"year", "an", "annee"})) is not None:
        return _away(today.replace(month=1, day=1), found, "year")
    year = _whole_year(words[0], today) if len(words) == 1 and re.fullmatch(r"\d{4}", words[0], re.ASCII) else None
    return date(year, 1, 1) if year is not None else None


def _turned(words: list[str], units: set[str]) -> int | None:
    """-1 for the last one of the unit, 0 for this one, 1 for the next; None for other words."""
    rest = set(words) - units
    if len(words) != 2 or len(rest) != 1:  # noqa: PLR2004
        return None
    turns = ((_PAST | {"derniere", "passee"}, -1), (_THIS, 0), (_COMING | {"prochaine"}, 1))
    return next((turn for wanted, turn in turns if rest <= wanted), None)


def _place(word: str, names: tuple[tuple[str, ...], ...]) -> int | None:
    """Which of the names a word is, or begins with at least three letters: "janv" is the first month."""
    if len(word) < 3:  # noqa: PLR2004
        return None
    found = {place for place, spelt in enumerate(names) for name in spelt if name.startswith(word)}
    return found.pop() if len(found) == 1 else _ABBREVIATED.get(word) if names is _months() else None


_ABBREVIATED = {"sept": 8, "juil": 6}


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

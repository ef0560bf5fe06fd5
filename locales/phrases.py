"""The bot's phrases in a language: gettext catalogues read from the .po files, numbers and dates by CLDR."""

import gettext
import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel.dates import format_date, format_interval, format_skeleton, format_time, get_datetime_format
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from conversations.model import Bilingual, Language, Month, Percent, Phrase, PhraseValue, Words

_HERE = Path(__file__).parent
_FORMATS = {Language.EN: "en_GB", Language.FR: "fr"}
"""Whose dates and numbers: day before month in both languages, as in the countries that Suivi is made for."""

_FIRST = re.compile(r"\b1 ")
_FIRST_OF_SEVERAL = re.compile(r"\b1(?=[ –])")
_GROUPED_FROM = 1000
LONGEST_VALUE = 600
"""Characters of a string that fills a placeholder: what people typed is echoed, but never a screenful of it."""


def say(words: Words, language: Language) -> str:
    """The words in that language, with every placeholder filled."""
    match words:
        case str():
            return words
        case Bilingual():
            return words.in_language(language)
        case Phrase():
            return _translated(words, language).format_map(
                {name: _value(value, language) for name, value in _values(words)}
            )


def date_words(day: date, language: Language, form: Literal["full", "long", "medium"] = "full") -> str:
    """A date as people of that language write it: with the day of the week, without, or with the month cut short."""
    words = format_date(day, format=form, locale=_FORMATS[language])
    # CLDR has "1 janvier"; in French the first of a month is an ordinal.
    return _FIRST.sub("1er ", words, count=1) if language is Language.FR and day.day == 1 else words


def days_words(first: date, last: date, language: Language) -> str:
    """From one day to another, both included, with the month cut short: 10–13 Nov 2026."""
    if first == last:
        return date_words(first, language, "medium")
    words = format_interval(first, last, "yMMMd", locale=_FORMATS[language])
    return _FIRST_OF_SEVERAL.sub("1er", words) if language is Language.FR else words


def month_words(day: date, language: Language) -> str:
    """The month of a date, cut short."""
    return format_date(day, format="LLL", locale=_FORMATS[language])


def number_words(number: int, language: Language) -> str:
    """A whole number, such as 4,489 or 4 489."""
    if 0 <= number < _GROUPED_FROM:
        return str(number)  # written the same everywhere
    return format_decimal(number, locale=_FORMATS[language])


def decimal_words(number: float, language: Language) -> str:
    """A number with one decimal, such as 2.5 or 2,5."""
    return format_decimal(number, "0.0", locale=_FORMATS[language])


def percent_words(percent: Percent, language: Language) -> str:
    """A share in whole percent, such as 31% or 31 %."""
    # A decimal of so many digits keeps every half a half, and nothing else becomes one.
    exact = Decimal(percent.share.numerator) / Decimal(percent.share.denominator)
    return format_percent(exact, locale=_FORMATS[language])


def _values(phrase: Phrase) -> tuple[tuple[str, PhraseValue], ...]:
    return phrase.values if phrase.count is None else (*phrase.values, ("count", phrase.count))


def _translated(phrase: Phrase, language: Language) -> str:
    catalogue = _catalogue(language)
    if phrase.count is not None:
        return catalogue.ngettext(phrase.msgid, phrase.plural, phrase.count)
    return catalogue.pgettext(phrase.context, phrase.msgid) if phrase.context else catalogue.gettext(phrase.msgid)


def _value(value: PhraseValue, language: Language) -> str:
    match value:
        case str():
            return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
        case int():
            return number_words(value, language)
        case Decimal():
            return format_decimal(value, locale=_FORMATS[language], decimal_quantization=False)
        case datetime():
            # The clock of the value's own zone: it is told to whom it happened.
            parts = (format_time(value.time(), "short", locale=_FORMATS[language]), date_words(value.date(), language))
            return str(get_datetime_format("full", locale=_FORMATS[language])).format(*parts)
        case date():
            return date_words(value, language)
        case time():
            return format_time(value, "short", locale=_FORMATS[language])
        case Month():
            return format_skeleton("yMMMM", date(value.year, value.month, 1), locale=_FORMATS[language])
        case Percent():
            return percent_words(value, language)
        case _:
            return say(value, language)


@cache
def _catalogue(language: Language) -> gettext.GNUTranslations:
    # Compiled in memory: there is no .mo file that could be older than its .po.
    with (_HERE / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)

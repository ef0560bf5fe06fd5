"""Typed numbers, as English or French write them: 4,489 and 4 489, 12.5 and 12,5."""

import re
from decimal import Decimal

from conversations.messages import phrase
from conversations.model import Language, Question, Value
from conversations.reading.asked import Misread
from conversations.reading.signs import unaccented

MOST_DIGITS = 15
"""More would not fit into a 64-bit column, nor come back whole from a spreadsheet."""

_WORDS = {
    "zero": 0,
    "none": 0,
    "aucun": 0,
    "aucune": 0,
    "one": 1,
    "un": 1,
    "une": 1,
    "two": 2,
    "deux": 2,
    "three": 3,
    "trois": 3,
    "four": 4,
    "quatre": 4,
    "five": 5,
    "cinq": 5,
    "six": 6,
    "seven": 7,
    "sept": 7,
    "eight": 8,
    "huit": 8,
    "nine": 9,
    "neuf": 9,
    "ten": 10,
    "dix": 10,
    "eleven": 11,
    "onze": 11,
    "twelve": 12,
    "douze": 12,
}
_PLAIN = re.compile(r"[+-]? ?\d+", re.ASCII)
_GROUPED = re.compile(r"[+-]? ?[1-9]\d{0,2}(?:(?P<mark>[ .,'])\d{3})(?:(?P=mark)\d{3})*", re.ASCII)
_DECIMAL = re.compile(r"(?P<sign>[+-]?) ?(?P<whole>(?:\d[\d .,']*)?)(?P<mark>[.,])(?P<part>\d+)", re.ASCII)
_SPOKEN = re.compile(
    r"(?:(?:about|around|roughly|approximately|approx\.?|environ|a peu pres|~|≈) ?)?"
    r"(?P<number>[+-]?(?:\d+[.,])*\d+)"
    r"(?: ?(?P<unit>%|kg|km|cm|mm|ml|ha|[a-z]{3,20}))?(?: (?:or so|environ|a peu pres|about|approximately))?\.?",
    re.ASCII,
)
"""One number with a word around it that does not change it: "about 12", "12 people"."""

_CHANGING = re.compile(
    r"(?:hundred|thousand|(?:m|b)illion|dozen|time|third|quarter)s?|half|halves|percent|less|more|plus|minus|least|most"
    r"|max(?:imum)?|min(?:imum)?|and|not|per|few|several"
    r"|(?:cent|millier|million|milliard|dizaine|douzaine|vingtaine|centaine|quart)s?|mille|moitie|demie?|tiers|fois|moins"
    r"|sauf|pas|par|quelques"
)
"""Words behind a number that make another one of it."""


def read_integer(text: str) -> int | None:
    """A whole number; None when it is none, or has too many digits."""
    found = _spoken(text)
    if isinstance(found, int):
        return found
    # Nothing but noughts behind a decimal mark is still whole; three are a group of digits: 12.000 is twelve thousand.
    return _whole(re.sub(r"(?<=\d)[.,]0{1,2}$", "", found))


def read_decimal(text: str, language: Language) -> str | Misread | None:
    """A number in canonical digits ("12.5"); None when it is none.

    "1,500" is fifteen hundred in English and one and a half in French. "1.500" is one and a half in English; in French
    it may be either, and is asked again.
    """
    number = _number(text, language)
    return canonical(number) if isinstance(number, Decimal) else number


def read_range(question: Question, text: str, language: Language) -> Value | Misread | None:
    """A number of the question's range: a whole one when all of them are, otherwise in canonical digits."""
    assert question.range is not None  # noqa: S101 # that is what makes it a range question
    number = read_integer(text) if question.range.whole else _number(text, language)
    if number is None or isinstance(number, Misread):
        return number
    first, last, step = (Decimal(each) for each in (question.range.first, question.range.last, question.range.step))
    if not min(first, last) <= number <= max(first, last) or (step and (number - first) % step):
        return None
    return number if isinstance(number, int) else canonical(number)


def canonical(number: Decimal) -> str:
    """The number in digits, without exponent, without noughts that say nothing."""
    return format(number.normalize() + 0, "f")


def _number(text: str, language: Language) -> Decimal | Misread | None:
    found = _spoken(text)
    if isinstance(found, int):
        return Decimal(found)
    grouped, parted = _whole(found), _DECIMAL.fullmatch(found)
    if parted is None:
        return None if grouped is None else Decimal(grouped)
    mark, digits, part = parted["mark"], parted["whole"], parted["part"]
    if grouped is not None:
        return _either(found, grouped, mark, language)
    whole = _whole(digits or "0")
    if whole is None or mark in digits or len(str(whole)) + len(part) > MOST_DIGITS:
        return None
    return Decimal(f"{parted['sign']}{whole}.{part}")


def _either(found: str, grouped: int, mark: str, language: Language) -> Decimal | Misread:
    """One mark before three digits: it parts thousands, or a whole number from its decimals."""
    if found.count(mark) > 1:
        return Decimal(grouped)
    parted = Decimal(found.replace(" ", "").replace(mark, "."))
    match language, mark:
        case (Language.EN, ","):
            return Decimal(grouped)
        case (Language.EN, _) | (Language.FR, ","):
            return parted
        case _:
            hint = phrase(
                "Do you mean {first} or {second}? Please type it like that.", first=parted, second=Decimal(grouped)
            )
            return Misread(hint)


def _whole(written: str) -> int | None:
    if not _PLAIN.fullmatch(written) and not _GROUPED.fullmatch(written):
        return None
    digits = re.sub(r"[^\d-]", "", written)
    return int(digits) if len(digits.lstrip("-").lstrip("0")) <= MOST_DIGITS else None


def _spoken(text: str) -> int | str:
    """The number that a word stands for, or the digits out of the words around them; else the text, tidied."""
    words = unaccented(text).rstrip("!")
    if words in _WORDS:
        return _WORDS[words]
    match = _SPOKEN.fullmatch(words)
    if match is None or _CHANGING.fullmatch(match["unit"] or ""):
        return words
    return match["number"]

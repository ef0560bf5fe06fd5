"""Answers that invented people may try, by the type of a question, the likeliest first."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations, islice, permutations

from conversations.attachments import Attachment, Kind, Location, attachment_to_value, location_to_value
from conversations.model import Bilingual, Choice, Language, Question, QuestionType, Value

SENTENCES = (
    Bilingual("We plan together with the people it is about.", "Nous planifions avec les personnes concernées."),
    Bilingual("I listen more before I decide.", "J’écoute davantage avant de décider."),
)
"""What they write where any words will do."""

SENT: dict[QuestionType, tuple[str, Value]] = {
    QuestionType.IMAGE: ("photo", attachment_to_value(Attachment(Kind.PHOTO, "sample", ".jpg"))),
    QuestionType.AUDIO: ("voice", attachment_to_value(Attachment(Kind.VOICE, "sample", ".oga"))),
    QuestionType.VIDEO: ("video", attachment_to_value(Attachment(Kind.VIDEO, "sample", ".mp4"))),
    QuestionType.FILE: ("document", attachment_to_value(Attachment(Kind.DOCUMENT, "sample", ".txt"))),
    QuestionType.GEOPOINT: ("location", location_to_value(Location(0.3476, 32.5825, 20))),
}
"""What they send in the place of words, by the sandbox's name for it, and about what answer that gives."""

_WHOLE = (12, 30, 25, 1, 2, 5, 0, 100, 40, 18, 3, 8, 50, 65, 500, 1000, 2000, 1990, 5000, 20_000, 100_000, -1, -10)
_PARTED = tuple(Decimal(each) for each in ("12.5", "1.5", "37.5", "0.5", "0.25", "99.5", "-1.5"))
# Days are named by their distance: the calendar is played for months after these were chosen.
_DAYS = (
    Bilingual("yesterday", "hier"),
    Bilingual("a week ago", "il y a une semaine"),
    Bilingual("today", "aujourd’hui"),
    Bilingual("a month ago", "il y a un mois"),
    Bilingual("tomorrow", "demain"),
    Bilingual("in a week", "dans une semaine"),
    Bilingual("in 2 months", "dans 2 mois"),
    *(Bilingual(f"{years} years ago", f"il y a {years} ans") for years in (1, 3, 10, 20, 30, 45, 70)),
)
_TIMES = ("14:30", "09:00", "12:00", "18:00", "07:15", "22:00", "00:30")
_WRITTEN = (
    *("0712345678", "+254712345678", "712345678", "00254712345678", "07123456", "221771234567", "+221 77 123 45 67"),
    *("ABC123", "AB-1234", "ABC-001", "A1", "A", "a", "abc", "Amina", "AMINA", "amina", "12", "1", "2026", "12345"),
    *("name@example.org", "https://example.org", "Nairobi", "KE-001", "A12345678", "12345678"),
)
_LETTERS, _DIGITS = "Thank you all for a very good day together", "1234567890"
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_PART = re.compile(r"(\[[^\]]+\]|\\.|[^\\\[\]{}?*+|])(?:\{(\d{1,3})[^}]*\}|([?*+]))?")
_SIGNS = "17Aa -/.@0é"
_LONGEST = 600
_MOST_STEPS, _MOST_WAYS, _MOST_TICKS = 60, 200, 3
_PLACES = ("-1.2864, 36.8172", "14.6937, -17.4441", "-4.3217, 15.3125", "48.8566, 2.3522")


def typed(question: Question, language: Language, others: Iterable[Value], *, repeats: bool) -> Iterator[str]:
    """What they may type as an answer to this question, in their language.

    `others` are answers already given, at which the constraint may look; `repeats` says that a group is gone through as
    often as the answer says.
    """
    match question.type:
        case QuestionType.INTEGER:
            yield from (("2", "1") if repeats else ())
            yield from map(str, _WHOLE)
            yield from (f"{each:f}" for each in _near(question, others, Decimal(1)) if each == int(each))
        case QuestionType.DECIMAL:
            numbers = (*_PARTED, *map(Decimal, _WHOLE), *_near(question, others, Decimal("0.5")))
            yield from (_in_digits(each, language) for each in numbers)
        case QuestionType.RANGE:
            yield from (_in_digits(each, language) for each in _steps(question))
        case QuestionType.DATE:
            yield from _days(question, language)
        case QuestionType.TIME:
            yield from _TIMES
        case QuestionType.DATETIME:
            yield from (f"{day} {at}" for at in _TIMES for day in _days(question, language))
        case QuestionType.GEOPOINT:
            yield from _PLACES
        case QuestionType.BARCODE:
            yield from ("4006381333931", *_words(question, language))
        case _:
            yield from _words(question, language)


def chosen(question: Question, offered: tuple[Choice, ...]) -> Iterator[Value]:
    """What they may choose of these options: one, up to three, or all of them in some order."""
    names = [choice.name for choice in offered]
    match question.type:
        case QuestionType.SELECT_ONE:
            yield from names
        case QuestionType.RANK:
            yield from islice(permutations(names), _MOST_WAYS if names else 0)
        case _:
            sizes = range(1, min(_MOST_TICKS, len(names)) + 1)
            yield from islice((each for size in sizes for each in combinations(names, size)), _MOST_WAYS)
            yield from (tuple(names[:size]) for size in range(_MOST_TICKS + 1, len(names) + 1))


def _near(question: Question, others: Iterable[Value], step: Decimal) -> Iterator[Decimal]:
    """The numbers that the constraint names and that others have answered, each with its neighbours."""
    written = [*_NUMBER.findall(question.constraint), *(str(each) for each in others)]
    for each in written:
        if _NUMBER.fullmatch(each):
            yield from (Decimal(each), Decimal(each) - step, Decimal(each) + step, -Decimal(each))


def _in_digits(number: Decimal, language: Language) -> str:
    written = format(number, "f")
    return written.replace(".", ",") if language is Language.FR else written


def _steps(question: Question) -> Iterator[Decimal]:
    assert question.range is not None  # noqa: S101 # that is what makes it a range question
    first, last, step = (Decimal(each) for each in (question.range.first, question.range.last, question.range.step))
    yield from (first + step * place for place in range(_MOST_STEPS))
    yield last


def _days(question: Question, language: Language) -> Iterator[str]:
    yield from (day.in_language(language) for day in _DAYS)
    for written in _DATE.findall(question.constraint):
        yield written
        year = int(written[:4])
        yield from (f"{each}{written[4:]}" for each in (year + 1, year - 1))


def _like(quoted: tuple[str, str]) -> str:
    """A text that a simple pattern lets pass: signs and classes of them, each so many times; of others something else.

    Whether it does pass the bot itself decides.
    """
    pattern = "".join(quoted).removeprefix("^").removesuffix("$").replace("(?:", "(")
    pattern = re.sub(r"\(([^()|]*)\|[^()]*\)", r"\1", pattern)  # of several ways the first
    text = ""
    for one, number, few in _PART.findall(pattern.replace("(", "").replace(")", "")):
        try:
            sign = next((sign for sign in _SIGNS if re.fullmatch(one, sign)), one.removeprefix("\\"))
        except re.error:
            return ""
        text += sign * (int(number or 1) if few not in ("?", "*") else 0)
    return text[:_LONGEST]


def _words(question: Question, language: Language) -> Iterator[str]:
    yield from (sentence.in_language(language) for sentence in SENTENCES)
    yield from _WRITTEN
    yield from map(_like, re.findall(r"regex\([^'\"]*(?:'([^']*)'|\"([^\"]*)\")", question.constraint))
    for number in _NUMBER.findall(question.constraint.replace("{", " ").replace("}", " ").replace(",", " ")):
        for length in (int(Decimal(number)) + more for more in (0, -1, 1)):
            if 0 < length <= _LONGEST:
                for signs in (_DIGITS, "A", "a", _LETTERS):
                    yield (signs * length)[:length].strip().ljust(length, "x")
    # What the constraint quotes may be the very words that it wants.
    yield from (found for pair in re.findall(r"'([^']+)'|\"([^\"]+)\"", question.constraint) for found in pair if found)

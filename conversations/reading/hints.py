"""How to answer a question, and what is said of an answer that could not be read."""

from collections.abc import Sequence
from decimal import Decimal

from conversations.messages import phrase
from conversations.model import Choice, Phrase, Question, QuestionType
from conversations.reading.choices import LONG_LIST

_RANKS_SHOWN = 5


def expected(question: Question, offered: Sequence[Choice]) -> Phrase | None:
    """How to answer, with an example, to stand under the question; None where the buttons say it all."""
    match question.type:
        case QuestionType.SELECT_MULTIPLE:
            return phrase("Tap all that apply, then “Done”.")
        case QuestionType.SELECT_ONE if len(offered) > LONG_LIST:
            return phrase("Tap your answer, or type the first letters of it.")
        case QuestionType.SELECT_ONE | QuestionType.ACKNOWLEDGE | QuestionType.REPEAT:
            return None
        case QuestionType.RANK:
            return _in_order(len(offered))
        case QuestionType.RANGE if offered:
            return None
        case _:
            return _typed(question)


def unread(question: Question) -> Phrase:
    """What is said of words that are no answer to this question."""
    if question.type is QuestionType.INTEGER:
        return phrase("Please type a whole number in digits, such as 12.")
    how = _typed(question)
    if how is None:
        return phrase("Please tap one of the buttons above.")
    if question.type in _FILES:
        return phrase("Thank you, but this question cannot be answered in words. {how}", how=how)
    return phrase("This could not be read as an answer. {how}", how=how)


def unwanted(question: Question) -> Phrase:
    """What is said of a file, or a place, that is no answer to this question."""
    how = _typed(question) if question.type not in _WORDS else None
    if how is None:
        return phrase("Thank you, but only words can be kept here. Please answer with a button or in writing.")
    return phrase("Thank you, but this cannot be kept here. {how}", how=how)


_WORDS = frozenset({QuestionType.TEXT, QuestionType.BARCODE})
_FILES = frozenset({QuestionType.IMAGE, QuestionType.AUDIO, QuestionType.VIDEO, QuestionType.FILE})


def _typed(question: Question) -> Phrase | None:
    """How to answer a question that is answered in writing, or with a file."""
    match question.type:
        case QuestionType.INTEGER:
            return phrase("Type a whole number, such as 12.")
        case QuestionType.DECIMAL:
            return phrase("Type a number, such as {example}.", example=Decimal("12.5"))
        case QuestionType.RANGE:
            return _within(question)
        case QuestionType.DATE:
            return _date(question.appearance)
        case QuestionType.TIME:
            return phrase("Type a time, such as 14:30, or “now”.")
        case QuestionType.DATETIME:
            return phrase("Type a date and a time, such as 12 March 2026 14:30, or “now”.")
        case QuestionType.TEXT:
            return phrase("Type your answer. Please name no other person.")
        case QuestionType.BARCODE:
            return phrase("Type the letters and digits of the code.")
        case _:
            return _sent(question.type)


def _sent(kind: QuestionType) -> Phrase | None:
    match kind:
        case QuestionType.IMAGE:
            return phrase("Send a photo.")
        case QuestionType.AUDIO:
            return phrase("Send a voice note or a sound file.")
        case QuestionType.VIDEO:
            return phrase("Send a video.")
        case QuestionType.FILE:
            return phrase("Send a file.")
        case QuestionType.GEOPOINT:
            return phrase("Send a location, or type its latitude and longitude, such as -1.2864, 36.8172.")
        case _:
            return None


def _within(question: Question) -> Phrase:
    """The bounds of a range question, and its step when that is not simply one."""
    assert question.range is not None  # noqa: S101 # that is what makes it a range question
    first, last, step = (Decimal(each) for each in (question.range.first, question.range.last, question.range.step))
    if question.range.whole and abs(step) == 1:
        return phrase("Type a whole number from {first} to {last}.", first=first, last=last)
    return phrase("Type a number from {first} to {last}, in steps of {step}.", first=first, last=last, step=abs(step))


def _date(appearance: str) -> Phrase:
    words = appearance.split()
    if "year" in words:
        return phrase("Type a year, such as 2026.")
    if "month-year" in words:
        return phrase("Type a month and its year, such as March 2026 or 03/2026.")
    return phrase("Type a date, such as 12 March 2026 or 12/03/2026, or “today”.")


def _in_order(number: int) -> Phrase:
    example = ", ".join(str(place) for place in range(min(number, _RANKS_SHOWN), 0, -1))
    more = ", …" if number > _RANKS_SHOWN else ""
    return phrase("Tap all of them in your order, or type their numbers, such as {example}.", example=example + more)

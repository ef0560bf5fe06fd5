"""An answer told back, in words that suit whoever reads them."""

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from conversations.attachments import Kind, attachment_of
from conversations.messages import short
from conversations.model import SKIPPED, Month, Phrase, PhraseValue, Question, QuestionType, Value, Words
from conversations.reading.choices import in_a_row


def worded(question: Question, value: Value) -> Words:
    """An answer as its author would read it; one that is not of the question's type (any more) as it is stored."""
    if value == SKIPPED:
        return short("answer", "Skipped")
    if isinstance(value, int):
        return _alone(value)
    if isinstance(value, tuple) or question.choices:
        names = value if isinstance(value, tuple) else (value,)
        labels = {choice.name: choice.label for choice in question.choices}
        # A choice that a later revision dropped is shown by its name.
        return in_a_row([labels.get(name, name) for name in names])
    try:
        return _typed(question, value)
    except (ValueError, InvalidOperation):
        return value


def _typed(question: Question, value: str) -> Words:
    match question.type:
        case QuestionType.DECIMAL | QuestionType.RANGE:
            return _alone(Decimal(value))
        case QuestionType.DATE:
            return _date(question, date.fromisoformat(value))
        case QuestionType.TIME:
            return _alone(time.fromisoformat(value))
        case QuestionType.DATETIME:
            return _alone(datetime.fromisoformat(value))
        case QuestionType.IMAGE | QuestionType.AUDIO | QuestionType.VIDEO | QuestionType.FILE:
            return _FILES[attachment_of(value).kind]
        case QuestionType.GEOPOINT:
            latitude, longitude, *_ = (f"{float(part):.7g}" for part in value.split())
            # With points in both languages, as every map understands them.
            return f"{latitude}, {longitude}"
        case QuestionType.ACKNOWLEDGE if value == "OK":
            return short("button", "OK")
        case QuestionType.REPEAT if value in ("yes", "no"):
            return short("answer", "Yes") if value == "yes" else short("answer", "No")
        case _:
            return value


_FILES = {
    Kind.PHOTO: short("answer", "a photo"),
    Kind.VOICE: short("answer", "a voice note"),
    Kind.AUDIO: short("answer", "a sound file"),
    Kind.VIDEO: short("answer", "a video"),
    Kind.DOCUMENT: short("answer", "a file"),
}


def _date(question: Question, day: date) -> Words:
    appearance = question.appearance.split()
    if "year" in appearance:
        return f"{day.year}"
    return _alone(Month(day.year, day.month) if "month-year" in appearance else day)


def _alone(value: PhraseValue) -> Phrase:
    """A value that is the whole of what is said. There is nothing in it to translate, so no marker function."""
    return Phrase("{value}", values=(("value", value),))

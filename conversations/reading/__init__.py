"""How somebody's words, files and places become the answer to a question, in either language, and how it is told back.

Nothing is guessed: what may mean two things is asked again, and what was read is told back in words.
"""

from conversations.attachments import Attachment, Location
from conversations.messages import phrase
from conversations.model import Question, QuestionType, Value
from conversations.reading.asked import Asked, Misread
from conversations.reading.choices import LONG_LIST, NONE, one, ranked, several
from conversations.reading.dates import read_date
from conversations.reading.files import file_received, place_received, read_place
from conversations.reading.hints import expected, unread, unwanted
from conversations.reading.labels import search
from conversations.reading.numbers import read_decimal, read_integer, read_range
from conversations.reading.telling import worded
from conversations.reading.times import read_moment, read_time
from conversations.reading.yes import read_acknowledgement, read_one_more

__all__ = [
    "LONGEST_TEXT",
    "LONG_LIST",
    "NONE",
    "Asked",
    "Misread",
    "expected",
    "read",
    "received",
    "search",
    "unwanted",
    "worded",
]

LONGEST_TEXT = 4096
"""Characters of a free text; what one message of a chat can carry."""


def read(question: Question, text: str, asked: Asked) -> Value | Misread:
    """What typed words mean as an answer to this question."""
    match question.type:
        case QuestionType.SELECT_ONE:
            return one(asked, text)
        case QuestionType.SELECT_MULTIPLE:
            return several(question, asked, text)
        case QuestionType.RANK:
            return ranked(asked, text)
        case QuestionType.TEXT | QuestionType.BARCODE:
            return _text(text)
        case QuestionType.ACKNOWLEDGE:
            return read_acknowledgement(text)
        case QuestionType.REPEAT:
            return read_one_more(asked, text)
        case _:
            value = _value(question, text, asked)
            return value if value is not None else Misread(unread(question))


def _value(question: Question, text: str, asked: Asked) -> Value | Misread | None:
    """What the words mean where one way of writing is as good as another; None when they mean nothing here."""
    match question.type:
        case QuestionType.INTEGER:
            return read_integer(text)
        case QuestionType.DECIMAL:
            return read_decimal(text, asked.language)
        case QuestionType.RANGE:
            return read_range(question, text, asked.language)
        case QuestionType.DATE:
            return read_date(text, asked.now.date(), question.appearance)
        case QuestionType.TIME:
            return read_time(text, asked.now)
        case QuestionType.DATETIME:
            return read_moment(text, asked.now)
        case QuestionType.GEOPOINT:
            return read_place(text)
        case _:
            return None  # files cannot be typed, and nobody is asked for what a form computes


def received(question: Question, what: Attachment | Location) -> Value | Misread:
    """What a file or a place means as an answer to this question."""
    value = place_received(question, what) if isinstance(what, Location) else file_received(question, what)
    return value if value is not None else Misread(unwanted(question))


def _text(text: str) -> Value | Misread:
    written = text.strip()
    if not written:
        return Misread(phrase("Please type your answer in words."))
    return written[:LONGEST_TEXT]

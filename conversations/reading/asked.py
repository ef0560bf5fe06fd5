"""What words are read against, and what comes of words that are no answer."""

from dataclasses import dataclass
from datetime import datetime

from conversations.model import Choice, Language, Phrase


@dataclass(frozen=True, slots=True)
class Asked:
    """How a question was put to somebody.

    `language` is theirs, `now` an aware instant in their own zone, `offered` the options in the order in which they see
    them.
    """

    language: Language
    now: datetime
    offered: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Misread:
    """What is no answer to this question, and what to say instead."""

    hint: Phrase

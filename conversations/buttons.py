"""What a tap can mean, and its short form that fits a chat's button (at most 64 bytes on Telegram).

A button that belongs to a question carries the serial of the keyboard it was part of: a tap on an older keyboard
is then known for what it is, however often it is repeated. The others are safe to tap at any time.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from conversations.model import Language


class Move(StrEnum):
    """Ways through a questionnaire other than an answer."""

    BACK = "back"
    SKIP = "skip"
    DONE = "done"
    STOP = "stop"
    KEEP = "keep"
    NEXT = "next"
    PREVIOUS = "previous"
    ALL = "all"
    TODAY = "today"
    YESTERDAY = "yesterday"
    SUBMIT = "submit"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Choose:
    """The option at `index` (from 0) of the keyboard with that serial."""

    serial: int
    index: int


@dataclass(frozen=True, slots=True)
class Go:
    """A move on the keyboard with that serial."""

    serial: int
    move: Move


@dataclass(frozen=True, slots=True)
class Speak:
    """Go on in this language; `serial` is that of the keyboard the switch stands in, 0 when it stands alone."""

    language: Language
    serial: int = 0


@dataclass(frozen=True, slots=True)
class Open:
    """Show what the planned nudge with this id announced."""

    nudge: int


@dataclass(frozen=True, slots=True)
class Refuse:
    """No answers to the survey that the nudge with this id announced."""

    nudge: int


@dataclass(frozen=True, slots=True)
class Recall:
    """The option at `index` of the recall question that this nudge revealed."""

    nudge: int
    index: int


Button = Choose | Go | Speak | Open | Refuse | Recall


def encode(button: Button) -> str:
    """The button as ASCII of at most 64 bytes."""
    match button:
        case Choose(serial, index):
            return f"c:{serial}:{index}"
        case Go(serial, move):
            return f"g:{serial}:{move}"
        case Speak(language, serial):
            return f"l:{language}:{serial}"
        case Open(nudge):
            return f"o:{nudge}"
        case Refuse(nudge):
            return f"n:{nudge}"
        case Recall(nudge, index):
            return f"r:{nudge}:{index}"
        case _:
            assert_never(button)


def decode(data: str) -> Button | None:
    """The button that `data` stands for, or None for anything that `encode` did not write."""
    if len(data) > _LONGEST or not data.isascii():
        return None
    try:
        match data.split(":"):
            case ["c", serial, index]:
                return Choose(_number(serial), _number(index))
            case ["g", serial, move]:
                return Go(_number(serial), Move(move))
            case ["l", language, serial]:
                return Speak(Language(language), _number(serial))
            case ["o", nudge]:
                return Open(_number(nudge))
            case ["n", nudge]:
                return Refuse(_number(nudge))
            case ["r", nudge, index]:
                return Recall(_number(nudge), _number(index))
            case _:
                return None
    except ValueError:
        return None


_LONGEST = 64
_MOST_DIGITS = 15  # what every database column and every JSON reader holds exactly


def _number(digits: str) -> int:
    if not digits.isdecimal() or len(digits) > _MOST_DIGITS or digits != str(int(digits)):
        raise ValueError(digits)
    return int(digits)

"""What a tap can mean, and its short form that fits a chat's button (at most 64 bytes on Telegram).

A button that belongs to a question carries the serial of the keyboard it was part of: a tap on an older keyboard
is then known for what it is, however often it is repeated. The others are safe to tap at any time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import get_type_hints

from conversations.model import Language
from conversations.policy import Pace
from conversations.roles import Act


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


class Span(StrEnum):
    """How long a pause is to be; OVER ends it."""

    WEEK = "week"
    DATE = "date"
    OVER = "over"


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
class Review:
    """Look once more at the answers that were given to the survey of the nudge with this id."""

    nudge: int


@dataclass(frozen=True, slots=True)
class Refuse:
    """No answers to the survey that the nudge with this id announced."""

    nudge: int


@dataclass(frozen=True, slots=True)
class Recall:
    """The option at `index` of the recall question `item` (from 0) of this nudge; NOT_KNOWN for not knowing.

    `sure` is false from whoever ticked that they are not.
    """

    nudge: int
    item: int
    index: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Doubt:
    """Tick, or with `sure` untick, that one is not sure about the recall question `item` of this nudge."""

    nudge: int
    item: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Another:
    """The next recall question of this nudge."""

    nudge: int


@dataclass(frozen=True, slots=True)
class PassOn:
    """The key message of that item, to be forwarded; `warned` once it was said that it is sensitive."""

    nudge: int
    item: int
    warned: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: the survey with this nudge's id waits, and its next reminder comes as planned."""

    nudge: int


@dataclass(frozen=True, slots=True)
class Cease:
    """No surveys any more from the event of this nudge; with `again` they come again."""

    nudge: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Agenda:
    """The calendar."""


@dataclass(frozen=True, slots=True)
class Arrange:
    """What can be done with the planned nudge with this id."""

    nudge: int


@dataclass(frozen=True, slots=True)
class Bring:
    """The planned nudge with this id at once."""

    nudge: int


@dataclass(frozen=True, slots=True)
class Shift:
    """The planned nudge with this id in so many days from now."""

    nudge: int
    days: int


@dataclass(frozen=True, slots=True)
class Omit:
    """The planned nudge with this id not at all."""

    nudge: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is to be sent for that long."""

    span: Span


@dataclass(frozen=True, slots=True)
class Often:
    """How much is to be sent from now on."""

    pace: Pace


class Reach(StrEnum):
    """What somebody who asked for help wants of a team."""

    ASK = "ask"
    SURE = "sure"
    NOT = "not"
    OPEN = "open"
    WRITE = "write"
    SHARE = "share"
    END = "end"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Seek:
    """The person needs help."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact with the team of the event with that number; 0 where none is meant yet."""

    reach: Reach
    event: int = 0


@dataclass(frozen=True, slots=True)
class Manage:
    """Something that the team of the event with that number does.

    `item` says to what, `version` how often that had been changed when the button was made: a button that is older than
    the last change does nothing.
    """

    act: Act
    event: int
    item: int = 0
    version: int = 0


class StoryMove(StrEnum):
    """What somebody does about their stories."""

    LIST = "list"
    BEGIN = "new"
    OPEN = "open"
    ANEW = "anew"
    AGREE = "yes"
    DECLINE = "no"
    WITHDRAW = "out"
    WITHDRAW_FOR_GOOD = "out-yes"


@dataclass(frozen=True, slots=True)
class Tale:
    """A story of one's own; `item` is its number, for a new one that of the event, 0 where none is meant yet.

    `version` is the story's when the button was made.
    """

    move: StoryMove
    item: int = 0
    version: int = 0


NOT_KNOWN = 99
"""The index of whoever does not know."""

Announced = Open | Review | Refuse | Recall | Doubt | Another | PassOn | Later | Cease
"""What is tapped on something that was sent."""

Arranging = Arrange | Bring | Shift | Omit
"""What the calendar offers for one planned thing."""

Button = Choose | Go | Speak | Announced | Agenda | Arranging | Pause | Often | Seek | Contact | Tale | Manage


def encode(button: Button) -> str:
    """The button as ASCII of at most 64 bytes: its letter, and its values in their order."""
    letter, readers = _FORMS[type(button)]
    return ":".join([letter, *(_written(getattr(button, name)) for name in readers)])


def decode(data: str) -> Button | None:
    """The button that `data` stands for, or None for anything that `encode` did not write."""
    if len(data) > _LONGEST or not data.isascii():
        return None
    letter, *values = data.split(":")
    kind = _KINDS.get(letter)
    if kind is None:
        return None
    make: Callable[..., Button] = kind
    readers = _FORMS[kind][1]
    if letter == _LETTERS[Recall] and len(values) == _OLD_RECALL:
        values = [values[0], "0", values[1], "1"]
    if len(values) != len(readers):
        return None
    try:
        return make(*(read(value) for read, value in zip(readers.values(), values, strict=True)))
    except ValueError:
        return None


_LONGEST = 64
_MOST_DIGITS = 15  # what every database column and every JSON reader holds exactly
_OLD_RECALL = 2
"""The values of a recall button when refreshers had one question; some of them may still be on a phone."""


def _number(digits: str) -> int:
    if not digits.isdecimal() or len(digits) > _MOST_DIGITS or digits != str(int(digits)):
        raise ValueError(digits)
    return int(digits)


def _flag(digit: str) -> bool:
    if digit not in {"0", "1"}:
        raise ValueError(digit)
    return digit == "1"


def _written(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


_LETTERS: dict[type[Button], str] = {
    Choose: "c",
    Go: "g",
    Speak: "l",
    Open: "o",
    Review: "v",
    Refuse: "n",
    Recall: "r",
    Doubt: "d",
    Another: "a",
    PassOn: "p",
    Later: "w",
    Cease: "x",
    Agenda: "k",
    Arrange: "e",
    Bring: "b",
    Shift: "m",
    Omit: "q",
    Pause: "z",
    Often: "t",
    Manage: "s",
    Seek: "h",
    Contact: "u",
    Tale: "y",
}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_READERS: dict[object, Callable[[str], object]] = {
    int: _number,
    bool: _flag,
    Move: Move,
    Language: Language,
    Span: Span,
    Pace: Pace,
    Act: Act,
    Reach: Reach,
    StoryMove: StoryMove,
}
_FORMS = {
    kind: (letter, {name: _READERS[hint] for name, hint in get_type_hints(kind).items()})
    for kind, letter in _LETTERS.items()
}

"""How parts of somebody's own words are set off: what a chat's formatting of them was, platform left aside."""

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """The ways of setting words off that Suivi passes on; all others are dropped."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRIKETHROUGH = "strikethrough"
    CODE = "code"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Mark:
    """One style over the characters from `start` (from 0) up to `end`; `url` is where a link leads."""

    style: Style
    start: int
    end: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """Somebody's own words with their marks."""

    words: str
    marks: tuple[Mark, ...] = ()

"""How much room a text takes on a slide. Lengths are in points.

Slides are written in Calibri, which every Office has and no package may bring along. It is a little narrower than the
font of `paper`, by which texts are measured here: what fits in this one fits in that one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from bot.drawing.paper import Colour, font
from bot.line_breaks import Measure, cut, keeps_words, lines_of
from conversations.model import Language, Words
from locales.phrases import say

READABLE: Final = 18
"""Letters that are read at the back of a room; what is smaller is for whoever holds the deck in hand."""
SMALL: Final = 12
LEADING: Final = 1.2
"""From one line to the next, in sizes of the letters."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def spoken(words: Words, language: Language) -> str:
    """The words in that language, without the signs that no file of Office can hold."""
    return _CONTROLS.sub("", say(words, language))


@dataclass(frozen=True, slots=True)
class Box:
    """Where something is on a slide."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. Its colour is that of the theme's text when it is None; `after` is the room below it."""

    words: str
    size: int = READABLE
    bold: bool = False
    colour: Colour | None = None
    after: float = 0
    centred: bool = False


def largest(text: str, width: float, height: float, sizes: Sequence[int], *, bold: bool = False) -> int:
    """The first of those sizes, from large to small, in which the text fits; the last when it fits in none."""
    for size in sizes:
        low = lines_in(text, width, size, bold=bold) * size * LEADING <= height
        if low and keeps_words(text, width, _measure(size, bold)):
            return size
    return sizes[-1]


def lines_in(text: str, width: float, size: int, *, bold: bool = False) -> int:
    """How many lines the text takes."""
    return len(lines_of(text, width, _measure(size, bold)))


def height_of(text: Text, width: float) -> float:
    """How high a paragraph is, with the room below it."""
    return lines_in(text.words, width, text.size, bold=text.bold) * text.size * LEADING + text.after


def width_of(text: str, size: int, *, bold: bool = False) -> float:
    """How wide a text is in one line."""
    return _measure(size, bold)(text)


def shortened(text: str, most: int, width: float, size: int, *, bold: bool = False) -> str:
    """The text, ending with "…" where it would take more lines than that."""
    measure = _measure(size, bold)
    lines = lines_of(text, width, measure)
    return text if len(lines) <= most else " ".join(cut(lines, most, width, measure))


def split(text: Text, width: float, height: float) -> tuple[Text, Text]:
    """The lines of a paragraph that fit, one at least, and the others."""
    lines = lines_of(text.words, width, _measure(text.size, text.bold))
    most = max(1, int(height / (text.size * LEADING)))
    begun, rest = (replace(text, words=" ".join(each)) for each in (lines[:most], lines[most:]))
    return begun, rest


def _measure(size: int, bold: bool) -> Measure:
    # FreeType's faces belong to one thread, and decks are made in several: none is kept.
    return cache(font("Semibold" if bold else "Regular", size).getlength)

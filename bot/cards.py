"""Words as a picture that people pass on: a quiet PNG for small screens, with nothing on it but those words.

It travels without the bot: no name, date or mark is added, neither in the picture nor in its file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot.channels import RenderedCard
from bot.drawing.paper import ACCENT, INK, PAPER, SOFT, drawable, font, png
from bot.line_breaks import cut, keeps_words, lines_of
from conversations.model import Language

if TYPE_CHECKING:
    from PIL import Image, ImageFont

WIDTH = 1080
"""In pixels: three for each point of a cheap phone."""
LONGEST = 3_000
"""Characters that are drawn: as many as a text of an event pack may have."""

_MARGIN = 100
_ROOM = WIDTH - 2 * _MARGIN
_BAR = (104, 12)
_BELOW_THE_BAR = 28
_ABOVE_THE_SOURCE = 56
_LEADING = 1.32
_EMPTY_LINE = 0.5
_BELOW_THE_BASE = 0.36
"""Of the size of the letters: their descenders, and half of what the leading adds."""
_SHAPES = ((1080, range(92, 59, -4)), (1350, range(72, 47, -4)), (1920, range(60, 35, -4)), (2560, range(30, 21, -2)))
"""Heights, and the sizes of letters that are tried in each: a square, a portrait, then whatever can still be read."""
_SOURCE_SIZE = 32
_MOST_SOURCE_LINES, _MOST_CONTACT_LINES = 6, 12


def draw(card: RenderedCard) -> bytes:
    """The card as a PNG, `WIDTH` pixels wide, at least as high and at most 2560. The same card gives the same bytes.

    A symbol that the font lacks is left out, a letter becomes an empty box. A text that is longer than `LONGEST`, or
    takes more room than there is, ends with "…".
    """
    text, source, contact = (_drawable(words or "", card.language) for words in (card.text, card.source, card.contact))
    below = _set(source, "Regular", _SOURCE_SIZE).cut_to(_MOST_SOURCE_LINES)
    if contact:
        below = below.above(_set(contact, "Regular", _SOURCE_SIZE).cut_to(_MOST_CONTACT_LINES))
    return png(_drawn(_fitting(text, below.height), below))


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines in one font; an empty one takes half the room."""

    lines: tuple[str, ...]
    font: "ImageFont.FreeTypeFont"

    @property
    def height(self) -> int:
        """From the top of the first line to the bottom of the last, in pixels."""
        return sum(map(self._step, self.lines))

    def placed(self, top: int) -> Iterator[tuple[str, int]]:
        """Each line, and where its base is."""
        for line in self.lines:
            top += self._step(line)
            yield line, top - round(_BELOW_THE_BASE * self.font.size)

    def cut_to(self, most: int) -> "_Block":
        """Its first lines, with a sign that there were more."""
        return _Block(cut(self.lines, most, _ROOM, self.font.getlength), self.font)

    def above(self, other: "_Block") -> "_Block":
        """This one, and the other below it."""
        between = ("",) if self.lines else ()
        return _Block((*self.lines, *between, *other.lines), self.font)

    def _step(self, line: str) -> int:
        return round(self.font.size * _LEADING * (1 if line else _EMPTY_LINE))


def _fitting(text: str, below: int) -> _Block:
    """The text as large as it can be, when so many pixels are taken below it."""
    taken = _height(0, below)
    for height, sizes in _SHAPES:
        for size in sizes:
            block = _set(text, "Semibold", size)
            if block.height <= height - taken and keeps_words(text, _ROOM, block.font.getlength):
                return block
    return block.cut_to(int((height - taken) / (size * _LEADING)))


def _set(text: str, weight: str, size: int) -> _Block:
    letters = font(weight, size)
    return _Block(lines_of(text, _ROOM, cache(letters.getlength)), letters)


def _height(above: int, below: int) -> int:
    """Of a picture with blocks of these heights."""
    return _MARGIN + _BAR[1] + _BELOW_THE_BAR + above + (_ABOVE_THE_SOURCE + below if below else 0) + _MARGIN


def _drawn(above: _Block, below: _Block) -> "Image.Image":
    from PIL import Image, ImageDraw  # noqa: PLC0415

    height = max(WIDTH, _height(above.height, below.height))
    picture = Image.new("RGB", (WIDTH, height), PAPER)
    pen = ImageDraw.Draw(picture)
    # What a short text leaves free goes above and below it alike.
    top = _MARGIN + (height - _height(above.height, below.height)) // 2
    pen.rectangle((_MARGIN, top, _MARGIN + _BAR[0], top + _BAR[1]), fill=ACCENT)
    for block, start, colour in (
        (above, top + _BAR[1] + _BELOW_THE_BAR, INK),
        (below, height - _MARGIN - below.height, SOFT),
    ):
        for line, base in block.placed(start):
            pen.text((_MARGIN, base), line, fill=colour, font=block.font, anchor="ls")
    return picture


def _drawable(text: str, language: Language) -> str:
    return drawable(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…", language)

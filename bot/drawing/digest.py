"""What a group answered, as bars in five bands: a picture to be read on a small phone, on a light chat or a dark one.

Each share is a word and as many of five boxes as it stands for, so that nothing depends on a colour, and there is no
number to be measured off: a bar never ends inside a box.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from bot.drawing.lines import LEADING, Lines
from bot.drawing.paper import ACCENT, INK, PAPER, SOFT, Colour, drawable, font, png
from bot.line_breaks import cut, lines_of
from conversations.digest_json import Drawn
from conversations.digests import SHARE_WORDS, Share
from conversations.messages import phrase
from conversations.model import Language, Words
from locales.phrases import say

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH = 720
"""In pixels: two for each point of a cheap phone."""
TALL = 960
"""In pixels: what is taller is cut or made small where it stands among messages."""
TALLEST = 1280
"""In pixels, for one finding that needs it: a larger photo is made smaller by the platform, and its letters with it."""


def digest_png(findings: Sequence[Drawn], language: Language) -> bytes:
    """The findings as a PNG, `WIDTH` pixels wide. The same findings give the same bytes.

    It is `TALL` high at most, or as high as the first one needs. Those that have no room are left out, and the picture
    says so: the words below it tell them all.
    """
    title, foot = (
        _line(_TITLE_WORDS, language, "Semibold", _TITLE, INK),
        _line(_FOOT, language, "Regular", _SMALL, SOFT),
    )
    rest = _line(_REST, language, "Regular", _SMALL, SOFT)
    blocks = [_block(each, language) for each in findings]
    room = TALL - 2 * _MARGIN - title.height - foot.height - _APART
    shown = list(_fitting(blocks, room))
    if len(shown) < len(blocks):
        shown = list(_fitting(blocks, room - rest.height - _APART)) or blocks[:1]
    parts: list[_Part] = [title, *chain.from_iterable(shown)]
    if len(shown) < len(blocks):
        parts += [_Gap(_APART), rest]
    parts += [_Gap(_APART), foot]
    height = 2 * _MARGIN + sum(each.height for each in parts)
    picture = Image.new("RGB", (WIDTH, height), PAPER)
    pen, top = ImageDraw.Draw(picture), _MARGIN
    for each in parts:
        each.put(pen, top)
        top += each.height
    return png(picture)


_TITLE_WORDS = phrase("What people answered, in words")
_RETAINED = phrase("What people remember")
_REST = phrase("There is more in the words below.")
_FOOT = phrase("Ten people or more. No numbers, for everyone’s safety.")

_MARGIN = 32
_TITLE = 36
_QUESTION = 32
_TEXT = 30
_SMALL = 26
"""Sizes of letters: 13 points on that phone at least."""
_APART = 26
_AFTER_QUESTION = 6
_AFTER_BAR = 14
_MOST_LINES = 3
_MOST_OF_OPTIONS = 2
_BOX = 40
_BOX_HEIGHT = 26
_BETWEEN = 6
_EDGE = 3
_BESIDE = 16
_FILLED = {Share.ALMOST_ALL: 5, Share.MOST: 4, Share.HALF: 3, Share.SOME: 2, Share.FEW: 1}


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Five boxes, of which the first are filled, and the word beside them."""

    filled: int
    word: str
    font: "FreeTypeFont"

    @property
    def height(self) -> int:
        return round(self.font.size * LEADING)

    def put(self, pen: ImageDraw.ImageDraw, top: int) -> None:
        middle = top + self.height // 2
        for number in range(len(Share)):
            left = _MARGIN + number * (_BOX + _BETWEEN)
            place = (left, middle - _BOX_HEIGHT // 2, left + _BOX - 1, middle + _BOX_HEIGHT // 2)
            if number < self.filled:
                pen.rectangle(place, fill=ACCENT)
            else:
                pen.rectangle(place, outline=ACCENT, width=_EDGE)
        left = _MARGIN + len(Share) * (_BOX + _BETWEEN) - _BETWEEN + _BESIDE
        pen.text((left, middle), self.word, fill=INK, font=self.font, anchor="lm")


@dataclass(frozen=True, slots=True)
class _Gap:
    """Nothing, so high."""

    height: int

    def put(self, pen: ImageDraw.ImageDraw, top: int) -> None:
        """Draw nothing."""


_Part = Lines | _Boxes | _Gap


def _block(finding: Drawn, language: Language) -> list[_Part]:
    """One finding: its title, then each share with its options, the greatest first, as the words have it."""
    parts: list[_Part] = [_Gap(_APART)]
    if finding.retained:
        parts.append(_line(_RETAINED, language, "Regular", _SMALL, SOFT))
    parts += [_line(finding.title, language, "Semibold", _QUESTION, INK), _Gap(_AFTER_QUESTION)]
    for share in Share:
        options = [bar.option.in_language(language) for bar in finding.bars if bar.share is share]
        if options:
            word = drawable(say(SHARE_WORDS[share], language), language)
            parts.append(_Boxes(_FILLED[share], word, font("Semibold", _TEXT)))
            told = _line("\u00a0· ".join(options), language, "Regular", _TEXT, INK, most=_MOST_OF_OPTIONS)
            parts += [told, _Gap(_AFTER_BAR)]
    return parts


def _line(
    words: Words, language: Language, weight: str, size: int, colour: Colour, *, most: int = _MOST_LINES
) -> Lines:
    letters, room = font(weight, size), WIDTH - 2 * _MARGIN
    lines = lines_of(drawable(say(words, language), language), room, letters.getlength)
    return Lines(tuple(cut(lines, most, room, letters.getlength)), letters, colour, _MARGIN)


def _fitting(blocks: Sequence[list[_Part]], room: int) -> Iterator[list[_Part]]:
    """The first of them that have room together."""
    for block in blocks:
        room -= sum(each.height for each in block)
        if room < 0:
            return
        yield block

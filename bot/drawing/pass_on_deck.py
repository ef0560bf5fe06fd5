"""Key messages as a short deck to present at home, and to change: a slide each, and how to go on from there.

Everything is text that can be typed over and shapes that can be moved. Lengths are in points. Importing this module
loads python-pptx.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from typing import Final

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.util import Pt

from bot.drawing.deck import begin_slide, paint, put, text_slides, topic_slide, write
from bot.drawing.deck_file import saved
from bot.drawing.deck_template import FLOOR, MARGIN, ROOM, blank, place
from bot.drawing.lettering import READABLE, Box, Text, height_of, largest, lines_in, spoken
from bot.drawing.palette import WHITE
from bot.drawing.paper import ACCENT, PAPER, SOFT, Colour, kept_together
from bot.drawing.pass_on_page import CONTACT, NAME
from conversations.handout import Handout, Passed
from conversations.messages import phrase, short
from conversations.model import Words

_NO_DAY: Final = date(1980, 1, 1)
"""When all decks were made: the day tells nobody anything."""


def deck_pptx(handout: Handout) -> bytes:
    """The deck in the handout's language. The same handout gives the same bytes.

    All messages look alike, but for one that is too long for that: it has a slide alone, and why it is so the next.
    """
    deck = blank()
    first = begin_slide(deck, _told(handout.title, handout), [Text(_told(NAME, handout), 28)], handout.language)
    _draw_talk(first)
    messages = [_said(handout, each) for each in handout.messages]
    looks = [_best([each]) for each in messages]
    common = _best([said for said, look in zip(messages, looks, strict=True) if look is not None])
    for said, look in zip(messages, looks, strict=True):
        if look is not None:
            _message_slide(deck, handout, said, common or look)
        else:
            _long_message_slides(deck, handout, said)
    _last_slide(deck, handout)
    return saved(deck, _told(NAME, handout), _NO_DAY)


_TOP: Final = 62.0
"""Where the bubble with a message begins."""
_PADDING: Final = 26.0
_TAIL: Final = 26.0
"""How far the bubble's tail reaches below it."""
_GAP: Final = 14.0
_SIZES: Final = ((44, 24), (40, 22), (36, 22), (36, 20), (32, 22), (32, 20), (28, 20), (28, READABLE), (24, READABLE))
"""Of the letters of a message, and of why it is so: from what is best to see to what can just be read."""
_MOST: Final = 1_000
"""Characters that a slide holds in letters of those sizes."""
_MOST_LINES: Final = 30
"""Of an author's own; what has more becomes one paragraph."""
_SMALLER: Final = (44, 40, 36, 32, 28, 24, 22, 20, READABLE, 16, 14, 12, 10, 8)
"""For a message alone on its slide; what is below `READABLE` is for whoever holds the deck in hand."""
_FOR_TEXTS: Final = (24, 22, 20)
"""For long words on slides of their own, as many as they take."""
_SOURCE_SIZE: Final = 16
_COLUMN: Final = 530.0
_PANEL: Final = Box(MARGIN + _COLUMN + 30, 120, ROOM - _COLUMN - 30, FLOOR - 120)
_INSIDE: Final = 20.0
_CORNER: Final = 16.0
_TIP_SIZE: Final = 22
_CONTACT_SIZES: Final = (18, 16, 14)
_FAINT: Final[Colour] = (86, 134, 147)
"""Between the accent and the paper."""

_KICKER: Final = short("above each message on slides", "Key message")
_WHY: Final = short("heading of a slide", "Why?")
_YOURS: Final = phrase("These slides are yours")
_TIPS: Final = (
    phrase("Keep the few messages that matter most to your colleagues, and delete the other slides."),
    phrase("Put it in the words that people use where you work, and add an example of your own, without names."),
    phrase("After each message, ask: what do we do already, and what could we change by next month?"),
    phrase("Keep the sources. Before you add a photo, ask everybody in it."),
)


def _told(words: Words, handout: Handout) -> str:
    # Letters cannot be measured across the rarer signs that end a line.
    lines = "\n".join(spoken(words, handout.language).splitlines())
    return kept_together(lines, handout.language)


def _paragraphs(words: str, size: int) -> list[Text]:
    lines = [line for line in words.splitlines() if line.strip()]
    return [Text(line, size) for line in (lines if len(lines) <= _MOST_LINES else [" ".join(lines)])]


def _high(texts: Iterable[Text], width: float) -> float:
    return sum(height_of(each, width) for each in texts)


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a message's slide."""

    text: str
    why: str
    source: str

    def room(self, why_size: int) -> float:
        """How high its bubble can be, above its reasons in letters of that size."""
        reasons = _high(_paragraphs(self.why, why_size), ROOM)
        return FLOOR - _TOP - _TAIL - sum(each + _GAP for each in (reasons, self.source_high) if each)

    @property
    def source_high(self) -> float:
        return height_of(Text(self.source, _SOURCE_SIZE), ROOM) if self.source else 0.0

    def needs(self, size: int) -> float:
        """How high its bubble has to be for letters of that size; more than any slide where they would break a word."""
        width = ROOM - 2 * _PADDING
        longest = max(self.text.split(), key=len, default="")
        if lines_in(longest, width, size, bold=True) > 1:
            return inf
        return sum(height_of(each, width) for each in self.lines(size)) + _PADDING

    def lines(self, size: int) -> list[Text]:
        """The message itself."""
        return [Text(each.words, size, bold=True, colour=WHITE) for each in _paragraphs(self.text, size)]


def _said(handout: Handout, passed: Passed) -> _Said:
    source = _told(phrase("Source: {source}", source=passed.source), handout) if passed.source.strip() else ""
    return _Said(_told(passed.text, handout), _told(passed.why, handout), source)


@dataclass(frozen=True, slots=True)
class _Look:
    """The sizes of a message's letters and of its reasons, and how high its bubble is."""

    size: int
    why_size: int
    high: float


def _best(messages: Sequence[_Said]) -> _Look | None:
    """The best look that all of these can have, so that they look alike; None when they have none in common."""
    if not messages or any(max(len(each.text), len(each.why)) > _MOST for each in messages):
        return None
    for size, why_size in _SIZES:
        high = min(each.room(why_size) for each in messages)
        if all(each.needs(size) <= high for each in messages):
            return _Look(size, why_size, high)
    return None


def _long_message_slides(deck: Deck, handout: Handout, said: _Said) -> None:
    alone = replace(said, why="")
    high = alone.room(READABLE)
    size = next((each for each in _SMALLER if alone.needs(each) <= high), _SMALLER[-1])
    _message_slide(deck, handout, alone, _Look(size, READABLE, high))
    if said.why.strip():
        _text_slides(deck, handout, _KICKER, _WHY, said.why)


def _message_slide(deck: Deck, handout: Handout, said: _Said, look: _Look) -> None:
    """The message in a bubble, and below it why it is so and where it comes from.

    The bubble stands behind the title: LibreOffice draws no title as anything but a rectangle.
    """
    foot, high = _told(handout.title, handout), look.high
    slide = topic_slide(deck, _told(_KICKER, handout), "", foot, handout.language)
    title = slide.placeholders[0]
    title.text_frame.clear()
    write(title.text_frame, said.lines(look.size), handout.language)
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    place(title, Box(MARGIN + _PADDING, _TOP, ROOM - 2 * _PADDING, high))
    title.element.addprevious(_bubble(slide, Box(MARGIN, _TOP, ROOM, high), ACCENT).element)
    reasons = _paragraphs(said.why, look.why_size)
    if reasons:
        put(slide, Box(MARGIN, _TOP + high + _TAIL, ROOM, _high(reasons, ROOM)), reasons, handout.language)
    if said.source:
        box = Box(MARGIN, FLOOR - said.source_high, ROOM, said.source_high)
        put(slide, box, [Text(said.source, _SOURCE_SIZE, colour=SOFT)], handout.language)


def _bubble(slide: Slide, box: Box, colour: Colour, *, answers: bool = False) -> GroupShape:
    """Something said, by somebody to the left or, when it answers, to the right; it can be moved as one."""
    body = _shape(slide, MSO_SHAPE.ROUNDED_RECTANGLE, box, colour)
    body.adjustments[0] = _CORNER / min(box.width, box.height)
    wide, left = 1.3 * _TAIL, box.left + 2 * _CORNER
    left = box.left + box.width - 2 * _CORNER - wide if answers else left
    tail = _shape(slide, MSO_SHAPE.RIGHT_TRIANGLE, Box(left, box.top + box.height - 1, wide, _TAIL - 6), colour)
    turned = tail.element.xpath("./p:spPr/a:xfrm")[0]
    turned.set("flipV", "1")
    turned.set("flipH", str(int(answers)))
    return slide.shapes.add_group_shape([body, tail])


def _shape(slide: Slide, kind: MSO_SHAPE, box: Box, colour: Colour) -> Shape:
    """In one colour, without a line, and without the style that brings a shadow along."""
    shape = slide.shapes.add_shape(kind, *map(Pt, (box.left, box.top, box.width, box.height)))
    shape.fill.solid()
    paint(shape.fill.fore_color, colour)
    shape.line.fill.background()
    shape.element.remove(shape.element.xpath("./p:style")[0])
    return shape


def _draw_talk(slide: Slide) -> None:
    """Somebody says something, and somebody else answers."""
    _bubble(slide, Box(610, 318, 190, 88), _FAINT)
    _bubble(slide, Box(728, 372, 180, 88), PAPER, answers=True)


def _text_slides(deck: Deck, handout: Handout, part: Words, title: Words, words: str) -> None:
    """Long words on slides of their own."""
    size = largest(words, ROOM - _PADDING, FLOOR - 160, _FOR_TEXTS)
    texts, foot = _paragraphs(words, size), _told(handout.title, handout)
    text_slides(deck, _told(part, handout), _told(title, handout), texts, foot, handout.language)


def _last_slide(deck: Deck, handout: Handout) -> None:
    """How to make the deck one's own, and whom to ask."""
    title = _told(handout.title, handout)
    tips = [Text(_told(tip, handout), _TIP_SIZE, after=10) for tip in _TIPS]
    (slide,) = text_slides(deck, "", _told(_YOURS, handout), tips, title, handout.language)
    place(slide.placeholders[1], Box(MARGIN, _PANEL.top, _COLUMN, _PANEL.height))
    head, label = Text(title, 20, bold=True), Text(_told(CONTACT, handout), 14, bold=True, colour=ACCENT)
    ways = (
        [head, replace(label, after=2), *_paragraphs(_told(handout.contact, handout), size)] for size in _CONTACT_SIZES
    )
    words = next((each for each in ways if _in_panel(each)), None)
    if not handout.contact.strip():
        words = [head]
    elif words is None:
        words = [head]
        _text_slides(deck, handout, "", CONTACT, _told(handout.contact, handout))
    _put_panel(slide, [replace(words[0], after=12), *words[1:]], handout)


def _in_panel(words: list[Text]) -> bool:
    return _high(words, _PANEL.width - 2 * _INSIDE) <= _PANEL.height - 3 * _INSIDE


def _put_panel(slide: Slide, words: list[Text], handout: Handout) -> None:
    """A box of another colour beside the text, as high as its words."""
    inside = Box(
        _PANEL.left + _INSIDE,
        _PANEL.top + _INSIDE,
        _PANEL.width - 2 * _INSIDE,
        _high(words, _PANEL.width - 2 * _INSIDE),
    )
    panel = _shape(slide, MSO_SHAPE.ROUNDED_RECTANGLE, replace(_PANEL, height=inside.height + 2 * _INSIDE), PAPER)
    panel.adjustments[0] = _CORNER / min(_PANEL.width, inside.height + 2 * _INSIDE)
    put(slide, inside, words, handout.language)

"""Key messages on one page to print and hand on: each with its source, and whom to ask at the foot.

It is dark on white, for any printer, and says nothing of who passes it on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.drawing.paper import ACCENT, INK, SOFT, Colour, drawable
from bot.drawing.pdf import PAGE, POINT, TO_THE_BASE, Pdf, a4, measure
from bot.line_breaks import cut, lines_of
from conversations.handout import READABLE, Handout, Passed
from conversations.messages import phrase, short
from conversations.model import Words
from locales.phrases import say

NAME: Final = short("the name of a file, which tells nothing of its topic", "Key messages")
CONTACT: Final = short("heading", "Contact")


def page_pdf(handout: Handout) -> bytes:
    """The page as a PDF, A4, in the handout's language. The same handout gives the same bytes.

    Its letters are as large as they can be, and why a message is so stands there where there is room for it. Raises
    ValueError where the messages do not fit in letters of `READABLE` points; those that `fitting` counts do.
    """
    pdf = a4(say(NAME, handout.language))
    title, contact = _title(pdf, handout), _contact(pdf, handout)
    foot = PAGE[1] - _MARGIN - _height(contact)
    top = _MARGIN + _BAR[1] + _BELOW_THE_BAR + _height(title) + _BELOW_THE_TITLE
    messages = _largest(pdf, handout, foot - _ABOVE_THE_RULE - top)
    pdf.set_fill_color(*ACCENT)
    pdf.rect(_MARGIN, _MARGIN, *_BAR, style="F")
    _put(pdf, title, _MARGIN, _MARGIN + _BAR[1] + _BELOW_THE_BAR)
    for number, blocks in enumerate(messages, 1):
        label = _Block((str(number),), "Semibold", blocks[0].size, ACCENT)
        _put(pdf, (label,), _MARGIN, top)
        top = _put(pdf, blocks, _MARGIN + _HANGING, top) + _between(blocks)
    if contact:
        pdf.set_draw_color(*ACCENT)
        pdf.line(_MARGIN, foot - _BELOW_THE_RULE, PAGE[0] - _MARGIN, foot - _BELOW_THE_RULE)
        _put(pdf, contact, _MARGIN, foot)
    return pdf.content()


_MARGIN = 18.0
"""In millimetres, as all lengths here; sizes of letters are in points."""
_ROOM = PAGE[0] - 2 * _MARGIN
_HANGING = 10.0
"""How far the messages stand to the right of their numbers."""
_BAR = (20.0, 2.4)
_BELOW_THE_BAR = 5.0
_BELOW_THE_TITLE = 7.0
_ABOVE_THE_RULE, _BELOW_THE_RULE = 9.0, 4.0
_LEADING = 1.26
_TITLE_SIZES = (26, 24, 22, 20, 18)
"""The last is for a title that takes more than one line in all of the others."""
_MOST_TITLE_LINES = 3
_CONTACT_SIZE = 10
_EXPLAINED_SIZES = tuple(size / 2 for size in range(36, 23, -1))
_PLAIN_SIZES = tuple(size / 2 for size in range(28, 2 * READABLE - 1, -1))
"""Half points: with the reasons down to 12, without them as far down as people can read."""
_SMALLER = 0.88
"""What stands below a message, in sizes of its letters."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines in letters of one kind."""

    lines: tuple[str, ...]
    weight: str
    size: float
    colour: Colour = INK
    below: float = 0.0

    @property
    def step(self) -> float:
        """From one line to the next."""
        return self.size * POINT * _LEADING

    @property
    def height(self) -> float:
        return self.step * len(self.lines) + self.below


def _title(pdf: Pdf, handout: Handout) -> tuple[_Block, ...]:
    words = drawable(handout.title, handout.language)
    for size in _TITLE_SIZES:
        across = measure(pdf, "Semibold", size)
        lines = lines_of(words, _ROOM, across)
        if len(lines) == 1:
            break
    return (_Block(cut(lines, _MOST_TITLE_LINES, _ROOM, across), "Semibold", size),)


def _contact(pdf: Pdf, handout: Handout) -> tuple[_Block, ...]:
    if not handout.contact.strip():
        return ()
    across = measure(pdf, "Regular", _CONTACT_SIZE)
    lines = lines_of(drawable(handout.contact, handout.language), _ROOM, across)
    head = _Block((say(CONTACT, handout.language),), "Semibold", _CONTACT_SIZE, ACCENT)
    return (head, _Block(lines, "Regular", _CONTACT_SIZE))


_Messages = tuple[tuple[_Block, ...], ...]


def _largest(pdf: Pdf, handout: Handout, room: float) -> _Messages:
    """The messages in the largest letters that leave room for all of them."""
    ways = [(size, True) for size in _EXPLAINED_SIZES] + [(size, False) for size in _PLAIN_SIZES]
    for size, explained in ways:
        messages = tuple(tuple(_blocks(pdf, handout, each, size, explained)) for each in handout.messages)
        if sum(_height(blocks) + _between(blocks) for blocks in messages) - _between(messages[-1]) <= room:
            return messages
    problem = f"{len(handout.messages)} messages do not fit on a page"
    raise ValueError(problem)


def _blocks(pdf: Pdf, handout: Handout, passed: Passed, size: float, explained: bool) -> Iterator[_Block]:
    yield _set(pdf, handout, passed.text, "Semibold", size, INK)
    if explained and passed.why.strip():
        yield _set(pdf, handout, passed.why, "Regular", size * _SMALLER, INK)
    if passed.source.strip():
        source = phrase("Source: {source}", source=passed.source)
        yield _set(pdf, handout, source, "Regular", size * _SMALLER**2 if explained else size * _SMALLER, SOFT)


def _set(pdf: Pdf, handout: Handout, words: Words, weight: str, size: float, colour: Colour) -> _Block:
    text = drawable(say(words, handout.language), handout.language)
    lines = lines_of(text, _ROOM - _HANGING, measure(pdf, weight, size))
    return _Block(lines, weight, size, colour, 0.12 * size * POINT)


def _between(blocks: tuple[_Block, ...]) -> float:
    """What stays free below a message."""
    return 0.85 * blocks[0].size * POINT


def _height(blocks: tuple[_Block, ...]) -> float:
    return sum(block.height for block in blocks)


def _put(pdf: Pdf, blocks: tuple[_Block, ...], left: float, top: float) -> float:
    """Writes the blocks below one another, and says where they end."""
    for block in blocks:
        pdf.set_font(block.weight, size=block.size)
        pdf.set_text_color(*block.colour)
        for line, words in enumerate(block.lines):
            pdf.text(left, top + line * block.step + TO_THE_BASE * block.size * POINT, words)
        top += block.height
    return top

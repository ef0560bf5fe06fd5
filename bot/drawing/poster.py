"""A page to print and hang up: how to join an event, in both languages side by side as equals.

Everybody who passes can read it. Beyond the event's own title nothing on it says what the event is about, or who
comes. It is black on white, for any printer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

from bot.drawing.paper import drawable
from bot.drawing.pdf import PAGE, POINT, TO_THE_BASE, Pdf, a4, measure
from bot.drawing.qr import qr_png
from bot.line_breaks import cut, keeps_words, lines_of
from conversations.messages import counted, phrase
from conversations.model import Bilingual, Language, Words
from locales.phrases import date_words, say


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster says.

    `link` is the deep link that those who read it may join with. `until` is the last day on which it works, and
    `places` how many people may join with it, at least 1; None: there is no limit.
    """

    title: Bilingual
    link: str
    until: date | None = None
    places: int | None = None


def poster_pdf(poster: Poster) -> bytes:
    """The poster as a PDF of one page, A4. The same poster gives the same bytes.

    Its text can be searched and copied, and the link opened. The longer a title, the smaller its letters; what does not
    fit with the smallest ends with "…".
    """
    titles = tuple(dict.fromkeys(_in_both(poster.title)))
    pdf = a4(" / ".join(titles))
    below = [_row(pdf, words, "Regular", 13) for words in (_HOW, *_limits(poster), _FREE)]
    pdf.rect(_MARGIN, _MARGIN, *_BAR, style="F")
    top = _put(pdf, _titles(pdf, titles), _MARGIN + _BAR[1] + _BELOW_THE_BAR)
    top = _put(pdf, _row(pdf, _WHAT, "Regular", 17), top + _BELOW_THE_TITLE)
    foot = PAGE[1] - _MARGIN - sum(_height(row) + _BETWEEN for row in below)
    _put_code(pdf, poster.link, top, foot)
    for row in below:
        foot = _put(pdf, row, foot + _BETWEEN)
    return pdf.content()


_WHAT = phrase("Short messages after the event, in your chat.")
_HOW = phrase(
    "To join, scan the code with a phone or type the link (capital letters matter). A chat opens in Telegram."
)
_FREE = phrase("It is voluntary, and you can leave at any time.")


def _limits(poster: Poster) -> Iterator[Words]:
    if poster.until is not None:
        yield phrase("Valid until {day}.", day=Bilingual(*(_unbroken(poster.until, each) for each in Language)))
    if poster.places is not None:
        yield counted("There is {count} place.", "There are {count} places.", poster.places)


def _unbroken(day: date, language: Language) -> str:
    return date_words(day, language).replace(" ", "\u00a0")


def _in_both(words: Words) -> tuple[str, ...]:
    return tuple(drawable(say(words, language), language) for language in Language)


_MARGIN = 20.0
_ROOM = PAGE[0] - 2 * _MARGIN
_GUTTER = 12.0
_BAR = (20.0, 2.4)
_BELOW_THE_BAR = 6.0
_BELOW_THE_TITLE = 5.0
_BETWEEN = 2.5
_AROUND_THE_CODE = 4.0
_LARGEST_CODE = 110.0
_TITLE_SIZES = range(34, 14, -2)
_TALLEST_TITLE = 62.0
_LINK_SIZES = range(18, 9, -1)
_LEADING = 1.25


@dataclass(frozen=True, slots=True)
class _Text:
    """Lines of one weight and size, in points."""

    lines: tuple[str, ...]
    weight: str
    size: int

    @property
    def step(self) -> float:
        """From one line to the next."""
        return self.size * POINT * _LEADING

    @property
    def height(self) -> float:
        return self.step * len(self.lines)


_Row = tuple[_Text, ...]
"""Texts side by side, in columns of the same width."""


def _height(row: _Row) -> float:
    return max(text.height for text in row)


def _column(count: int) -> float:
    """How wide each of so many columns is."""
    return (_ROOM - _GUTTER * (count - 1)) / count


def _titles(pdf: Pdf, titles: tuple[str, ...]) -> _Row:
    """Side by side and as large as they can be; there is one where both languages have the same."""
    width = _column(len(titles))
    for size in _TITLE_SIZES:
        across = measure(pdf, "Semibold", size)
        row = tuple(_Text(lines_of(each, width, across), "Semibold", size) for each in titles)
        if _height(row) <= _TALLEST_TITLE and all(keeps_words(each, width, across) for each in titles):
            return row
    most = int(_TALLEST_TITLE / row[0].step)
    return tuple(replace(each, lines=cut(each.lines, most, width, across)) for each in row)


def _row(pdf: Pdf, words: Words, weight: str, size: int) -> _Row:
    across, width = measure(pdf, weight, size), _column(len(Language))
    return tuple(_Text(lines_of(each, width, across), weight, size) for each in _in_both(words))


def _put(pdf: Pdf, row: _Row, top: float) -> float:
    """Writes the row, and says where it ends."""
    step = _column(len(row)) + _GUTTER
    for column, text in enumerate(row):
        pdf.set_font(text.weight, size=text.size)
        for line, words in enumerate(text.lines):
            base = top + line * text.step + TO_THE_BASE * text.size * POINT
            pdf.text(_MARGIN + column * step, base, words)
    return top + _height(row)


def _put_code(pdf: Pdf, link: str, top: float, foot: float) -> None:
    """The code as large as there is room for between those two, and below it the link to be typed."""
    text = _link(pdf, link.removeprefix("https://"))
    side = min(_LARGEST_CODE, foot - top - text.height - 2 * _AROUND_THE_CODE)
    left, high = (PAGE[0] - side) / 2, (top + foot - text.height - side) / 2
    pdf.image(BytesIO(qr_png(link)), x=left, y=high, w=side, h=side)
    across = measure(pdf, text.weight, text.size)
    for line, words in enumerate(text.lines):
        base = high + side + line * text.step + TO_THE_BASE * text.size * POINT
        start = (PAGE[0] - across(words)) / 2
        pdf.set_font(text.weight, size=text.size)
        pdf.text(start, base, words)
    pdf.link(x=left, y=high, w=side, h=side + text.height, link=link)


def _link(pdf: Pdf, link: str) -> _Text:
    """In one line, when its letters can still be read from where one stands to scan the code."""
    for size in _LINK_SIZES:
        text = _Text(lines_of(link, _ROOM, measure(pdf, "Semibold", size)), "Semibold", size)
        if len(text.lines) == 1:
            break
    return text

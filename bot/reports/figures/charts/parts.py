"""A bar a row that is cut into the parts of its whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.drawing.palette import WHITE
from bot.reports.figures.charts.canvas import Canvas, Style
from bot.reports.figures.charts.fills import LINES, Fill, fills
from bot.reports.figures.charts.rows import BETWEEN, Area, Entry, Key, room, row
from bot.reports.figures.wording import named, value_words
from conversations.model import Words
from conversations.report.values import Cell, Figure, Report
from locales.phrases import say

_BAR: Final = 26.0
_GAP: Final = 1.5
_SWATCH: Final = 13.0
_BELOW: Final = 5.0
_INSIDE: Final = Style("Semibold", 14, WHITE)
_AROUND: Final = 4.0


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a bar; `value` stands in it when it `fits`."""

    name: Words
    cell: Cell
    fill: Fill
    value: str
    fits: bool


def parts(canvas: Canvas, figure: Figure, report: Report) -> None:
    """The parts in their order, from the left; what is hidden leaves the end of its bar open.

    Where a part is hidden, or too narrow for its value, this stands below the bar with its name.
    """
    alone = len(figure.rows) == 1
    filled = tuple(zip(fills(figure.series), figure.series, strict=True))
    if not alone:
        key = Key.of(
            canvas, [_entry(canvas, fill, say(each.name, canvas.language)) for fill, each in filled], canvas.width
        )
        key.put(canvas, 0, canvas.bottom)
        canvas.bottom += key.height + BETWEEN
    for place, words in enumerate(figure.rows):
        cut = [_part(canvas, each.name, each.cells[place], fill, report) for fill, each in filled]
        key = Key.of(canvas, _below(canvas, cut, alone=alone), room(canvas))
        area = row(canvas, words, _BAR + (_BELOW + key.height if key.height else 0), _BAR)
        _put_bar(canvas, area, cut)
        key.put(canvas, area.left, area.top + _BAR + _BELOW)


def _part(canvas: Canvas, name: Words, cell: Cell, fill: Fill, report: Report) -> _Part:
    value = value_words(cell, report, canvas.language)
    wide = room(canvas) * float(cell.share or 0) - _GAP
    return _Part(name, cell, fill, value, canvas.measure(_INSIDE)(value) + 2 * _AROUND <= wide)


def _below(canvas: Canvas, cut: list[_Part], *, alone: bool) -> Iterator[Entry]:
    """What stands below a bar: the only one names all of its parts."""
    for each in cut:
        if not each.fits:
            yield _entry(canvas, each.fill, named(each.name, each.value, canvas.language))
        elif alone:
            yield _entry(canvas, each.fill, say(each.name, canvas.language))


def _entry(canvas: Canvas, fill: Fill, words: str) -> Entry:
    half = _SWATCH / 2
    return Entry(lambda x, y: canvas.bar(x - half, y - half, _SWATCH, _SWATCH, fill.colour, fill.hatch), words)


def _put_bar(canvas: Canvas, area: Area, cut: list[_Part]) -> None:
    canvas.draw("rect", stroke=LINES, x=area.left, y=area.top, width=area.width, height=_BAR)
    left = area.left
    for each in cut:
        width = area.width * float(each.cell.share or 0)
        if width > _GAP:
            canvas.bar(left, area.top, width - _GAP, _BAR, each.fill.colour, each.fill.hatch)
        if each.fits:
            _put_value(canvas, each, left + (width - _GAP) / 2, area.top + _BAR / 2)
        left += width


def _put_value(canvas: Canvas, part: _Part, x: float, middle: float) -> None:
    """The value on the part's own colour, so that no line crosses it."""
    width = canvas.measure(_INSIDE)(part.value) + 2 * _AROUND
    canvas.bar(x - width / 2, middle - _INSIDE.size * 0.65, width, _INSIDE.size * 1.3, part.fill.colour)
    canvas.centred((part.value,), x, middle, _INSIDE, "middle")

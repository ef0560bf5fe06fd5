"""One bar a row: shares of a whole, and what was achieved of a target."""

from typing import Final

from bot.drawing.paper import INK, PAPER
from bot.reports.figures.charts.canvas import SMALL, VALUE, Canvas
from bot.reports.figures.charts.fills import ALONE, TRACK
from bot.reports.figures.charts.rows import BETWEEN, Area, Entry, Key, instead, row
from bot.reports.figures.wording import TARGET, count_words, value_words
from conversations.messages import short
from conversations.report.values import Cell, Figure, Report
from locales.phrases import say

_BAR: Final = 14.0
_TO_THE_VALUE: Final = 7.0
_BEYOND: Final = 1.5
"""A share of a target that is larger has a bar of this length, with an open end."""
_COUNT: Final = SMALL.step + 2
_OVER: Final = 4.0
_NO_TARGET: Final = short("figure", "no target")


def bars(canvas: Canvas, figure: Figure, report: Report) -> None:
    """A bar for each row on the way to 100 %, its share at the end of it."""
    cells = figure.series[0].cells
    values = [value_words(cell, report, canvas.language) for cell in cells]
    taken = _widest(canvas, cells, values)
    for words, cell, value in zip(figure.rows, cells, values, strict=True):
        area = row(canvas, words, _BAR)
        if cell.share is None:
            instead(canvas, area, value)
            continue
        full, share = area.narrowed(0, taken), float(cell.share)
        canvas.bar(full.left, full.top, full.width, _BAR, TRACK)
        canvas.bar(full.left, full.top, full.width * share, _BAR, ALONE.colour)
        canvas.centred((value,), full.at(share) + _TO_THE_VALUE, area.middle, VALUE)


def progress(canvas: Canvas, figure: Figure, report: Report) -> None:
    """A bar for each row and a mark at the target, the share to the right and the numbers below."""
    cells = figure.series[0].cells
    values = [value_words(cell, report, canvas.language) for cell in cells]
    taken = _widest(canvas, cells, values)
    most = min(_BEYOND, max(1.0, *(float(cell.share) for cell in cells if cell.share is not None), 0.0))
    _put_key(canvas)
    for words, cell, value in zip(figure.rows, cells, values, strict=True):
        if cell.share is None:
            _put_without(canvas, row(canvas, words, _BAR), cell, value)
            continue
        area = row(canvas, words, _BAR + _COUNT, _BAR)
        _put_progress(canvas, area.narrowed(0, taken), float(cell.share), most)
        canvas.centred((value,), area.left + area.width - taken + _TO_THE_VALUE, area.top + _BAR / 2, VALUE)
        canvas.put((count_words(cell, report, canvas.language),), area.left, area.top + _BAR + 2, SMALL)


def _widest(canvas: Canvas, cells: tuple[Cell, ...], values: list[str]) -> float:
    """The room that the values beside bars take."""
    beside = (value for cell, value in zip(cells, values, strict=True) if cell.share is not None)
    return max(map(canvas.measure(VALUE), beside), default=0.0) + _TO_THE_VALUE


def _put_key(canvas: Canvas) -> None:
    mark = Entry(lambda x, middle: _target(canvas, x, middle - _BAR / 2, _BAR), say(TARGET, canvas.language))
    key = Key.of(canvas, [mark], canvas.width)
    key.put(canvas, 0, canvas.bottom)
    canvas.bottom += key.height + BETWEEN


def _put_progress(canvas: Canvas, full: Area, share: float, most: float) -> None:
    reached = full.width * min(share, most) / most
    canvas.bar(full.left, full.top, full.width / most, _BAR, TRACK)
    canvas.bar(full.left, full.top, reached, _BAR, ALONE.colour)
    if share > most:
        end, middle = full.left + reached, full.top + _BAR / 2
        points = f"{end:g},{full.top:g} {end - _BAR / 2:g},{middle:g} {end:g},{full.top + _BAR:g}"
        canvas.draw("polygon", fill=PAPER, points=points)
    _target(canvas, full.at(1 / most), full.top - _OVER, _BAR + 2 * _OVER)


def _put_without(canvas: Canvas, area: Area, cell: Cell, value: str) -> None:
    """What is no share of a target: hidden, or a number that has none."""
    if cell.hidden or cell.whole is not None:
        instead(canvas, area, value)
        return
    canvas.centred((value,), area.left, area.middle, VALUE)
    taken = canvas.measure(VALUE)(value) + _TO_THE_VALUE
    instead(canvas, area.narrowed(taken, 0), f"({say(_NO_TARGET, canvas.language)})")


def _target(canvas: Canvas, x: float, top: float, height: float) -> None:
    for colour, width in ((PAPER, 5.0), (INK, 2.4)):
        canvas.draw("line", stroke=colour, stroke_width=width, x1=x, y1=top, x2=x, y2=top + height)

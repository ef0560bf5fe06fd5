"""Shares and how sure they are: for each a mark, and a line that reaches as far as its interval."""

from typing import Final

from bot.drawing.paper import SOFT, Colour
from bot.reports.figures.charts.canvas import SMALL, VALUE, Canvas
from bot.reports.figures.charts.fills import fills
from bot.reports.figures.charts.marks import beside, grid, mark, ticks
from bot.reports.figures.charts.rows import BETWEEN, Area, Entry, Key, instead, room, row
from bot.reports.figures.wording import confidence, interval_words, value_words
from conversations.report.values import Cell, Figure, Report

_LINE: Final = 2.6
_END: Final = 5.0
_LONG: Final = 14.0
_BESIDE: Final = 14.0
_NAMES: Final = 0.33
_LOWEST: Final = 38.0
"""Points from one mark of a row to the next: a value, with its interval below."""


def intervals(canvas: Canvas, figure: Figure, report: Report) -> None:
    """The names of the series at the left, their marks in the middle, and the numbers at the right."""
    names = [canvas.lines(each.name, SMALL, room(canvas) * _NAMES) for each in figure.series]
    left = max((canvas.measure(SMALL)(line) for lines in names for line in lines), default=0.0) + _BESIDE
    right = _numbers(canvas, figure, report) + _BESIDE
    heights = [max(_LOWEST, len(lines) * SMALL.step + _END) for lines in names]
    colours = [fill.colour for fill in fills(figure.series)]
    for place, words in enumerate(figure.rows):
        area = row(canvas, words, sum(heights))
        for number, series in enumerate(figure.series):
            line = Area(area.left, area.top + sum(heights[:number]), area.width, heights[number])
            canvas.centred(names[number], line.left, line.middle, SMALL)
            cell, scale = series.cells[place], line.narrowed(left, right)
            if cell.share is None:
                instead(canvas, scale, value_words(cell, report, canvas.language))
                continue
            grid(canvas, scale)
            _put_interval(canvas, scale, cell, colours[number])
            mark(canvas, number, scale.at(float(cell.share)), line.middle, colours[number])
            _put_numbers(canvas, scale.at(1) + _BESIDE, line.middle, cell, report)
    ticks(canvas, Area(canvas.width - room(canvas), 0, room(canvas), 0).narrowed(left, right))
    _put_meaning(canvas)


def _numbers(canvas: Canvas, figure: Figure, report: Report) -> float:
    """The room that the numbers at the right take."""
    shares = [cell for series in figure.series for cell in series.cells if cell.share is not None]
    values = (value_words(cell, report, canvas.language) for cell in shares)
    between = (canvas.measure(SMALL)(interval_words(cell, canvas.language)) for cell in shares)
    return max(beside(canvas, *values), *between, 0.0)


def _put_interval(canvas: Canvas, line: Area, cell: Cell, colour: Colour) -> None:
    if cell.low is None or cell.high is None:
        return
    low, high = line.at(cell.low), line.at(cell.high)
    canvas.draw("line", stroke=colour, stroke_width=_LINE, x1=low, y1=line.middle, x2=high, y2=line.middle)
    for end in (low, high):
        canvas.draw(
            "line", stroke=colour, stroke_width=_LINE, x1=end, y1=line.middle - _END, x2=end, y2=line.middle + _END
        )


def _put_numbers(canvas: Canvas, left: float, middle: float, cell: Cell, report: Report) -> None:
    value, between = value_words(cell, report, canvas.language), interval_words(cell, canvas.language)
    if not between:
        canvas.centred((value,), left, middle, VALUE)
        return
    top = middle - (VALUE.step + SMALL.step) / 2
    canvas.put((between,), left, canvas.put((value,), left, top, VALUE), SMALL)


def _put_meaning(canvas: Canvas) -> None:
    whole = Cell(None, None, 0, 1)
    key = Key.of(
        canvas,
        [
            Entry(
                lambda x, y: _put_interval(canvas, Area(x - _LONG / 2, y, _LONG, 0), whole, SOFT),
                confidence(canvas.language),
            )
        ],
        canvas.width,
    )
    key.put(canvas, 0, canvas.bottom)
    canvas.bottom += key.height + BETWEEN

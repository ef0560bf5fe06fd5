"""The same people at two times: a line for each row, from one share to the other."""

from typing import Final

from bot.reports.figures.charts.canvas import SMALL, VALUE, Canvas
from bot.reports.figures.charts.fills import ALONE
from bot.reports.figures.charts.marks import RADIUS, beside, grid, mark, ring, ticks
from bot.reports.figures.charts.rows import BETWEEN, Area, Entry, Key, room, row
from bot.reports.figures.wording import named, value_words
from conversations.report.values import Cell, Figure, Report
from locales.phrases import say

_HEIGHT: Final = 26.0
_LINE: Final = 3.4
_BESIDE: Final = 6.0


def pairs(canvas: Canvas, figure: Figure, report: Report) -> None:
    """A ring where it was, a disc where it is, and the values outside of the two."""
    first, second = figure.series
    _put_key(canvas, figure)
    shares = (cell for series in figure.series for cell in series.cells if cell.share is not None)
    taken = beside(canvas, *(value_words(cell, report, canvas.language) for cell in shares)) + RADIUS + _BESIDE
    for place, words in enumerate(figure.rows):
        cells = (first.cells[place], second.cells[place])
        told = _instead(canvas, figure, cells, report)
        line = _HEIGHT if any(cell.share is not None for cell in cells) else 0.0
        area = row(canvas, words, line + len(told) * SMALL.step, line or SMALL.step)
        if line:
            _put_pair(canvas, Area(area.left, area.top, area.width, line).narrowed(taken, taken), cells, report)
        canvas.put(told, area.left, area.top + line, SMALL)
    ticks(canvas, Area(canvas.width - room(canvas), 0, room(canvas), 0).narrowed(taken, taken))


def _put_key(canvas: Canvas, figure: Figure) -> None:
    before, after = (say(each.name, canvas.language) for each in figure.series)
    entries = [
        Entry(lambda x, y: ring(canvas, x, y, ALONE.colour), before),
        Entry(lambda x, y: mark(canvas, 0, x, y, ALONE.colour), after),
    ]
    key = Key.of(canvas, entries, canvas.width)
    key.put(canvas, 0, canvas.bottom)
    canvas.bottom += key.height + BETWEEN


def _instead(canvas: Canvas, figure: Figure, cells: tuple[Cell, Cell], report: Report) -> tuple[str, ...]:
    """What is said of shares that cannot be drawn."""
    told = (
        named(series.name, value_words(cell, report, canvas.language), canvas.language)
        for series, cell in zip(figure.series, cells, strict=True)
        if cell.share is None
    )
    return tuple(line for words in told for line in canvas.lines(words, SMALL, room(canvas)))


def _put_pair(canvas: Canvas, line: Area, cells: tuple[Cell, Cell], report: Report) -> None:
    before, after = (None if cell.share is None else line.at(float(cell.share)) for cell in cells)
    grid(canvas, line)
    if before is not None and after is not None:
        canvas.draw(
            "line", stroke=ALONE.colour, stroke_width=_LINE, x1=before, y1=line.middle, x2=after, y2=line.middle
        )
    if before is not None:
        ring(canvas, before, line.middle, ALONE.colour)
    if after is not None:
        mark(canvas, 0, after, line.middle, ALONE.colour)
    ends = sorted((x, number) for number, x in enumerate((before, after)) if x is not None)
    for x, number in ends:
        value = (value_words(cells[number], report, canvas.language),)
        if (x, number) == ends[-1]:
            canvas.centred(value, x + RADIUS + _BESIDE, line.middle, VALUE)
        else:
            canvas.centred(value, x - RADIUS - _BESIDE, line.middle, VALUE, "end")

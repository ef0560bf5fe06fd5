"""A table of shares, of two rows by two series: each share is large, with a bar below it."""

from typing import Final

from bot.drawing.paper import ACCENT
from bot.reports.figures.charts.canvas import SMALL, Canvas, Style
from bot.reports.figures.charts.fills import ALONE, LINES, TRACK
from bot.reports.figures.charts.rows import BETWEEN, Area
from bot.reports.figures.wording import value_words
from conversations.report.values import Cell, Figure, Report

_HEAD: Final = Style("Semibold", 13)
_SHARE: Final = Style("Semibold", 30, ACCENT)
_WIDEST: Final = 400.0
_HEADS: Final = 0.32
_APART: Final = 8.0
_LOWEST: Final = 88.0
_BAR: Final = 7.0
_INSIDE: Final = 12.0


def square(canvas: Canvas, figure: Figure, report: Report) -> None:
    """The names of the series above, those of the rows at the left, and a tile for each share."""
    whole = min(canvas.width, _WIDEST)
    step = whole * (1 - _HEADS) / len(figure.series)
    lefts = [whole * _HEADS + place * step + _APART for place in range(len(figure.series))]
    heads = [canvas.lines(series.name, _HEAD, step - _APART) for series in figure.series]
    below = canvas.bottom + max(map(len, heads)) * _HEAD.step
    for left, lines in zip(lefts, heads, strict=True):
        canvas.put(lines, left, below - len(lines) * _HEAD.step, _HEAD)
    canvas.bottom = below + _APART
    for place, words in enumerate(figure.rows):
        lines = canvas.lines(words, _HEAD, whole * _HEADS)
        height = max(_LOWEST, len(lines) * _HEAD.step)
        canvas.centred(lines, 0, canvas.bottom + height / 2, _HEAD)
        for left, series in zip(lefts, figure.series, strict=True):
            _put_tile(canvas, Area(left, canvas.bottom, step - _APART, height), series.cells[place], report)
        canvas.bottom += height + _APART
    canvas.bottom += BETWEEN - _APART


def _put_tile(canvas: Canvas, tile: Area, cell: Cell, report: Report) -> None:
    canvas.draw("rect", stroke=LINES, x=tile.left, y=tile.top, width=tile.width, height=tile.height, rx=6)
    middle, value = tile.at(0.5), value_words(cell, report, canvas.language)
    inside = tile.narrowed(_INSIDE, _INSIDE)
    if cell.share is None:
        canvas.centred(canvas.lines(value, SMALL, inside.width), middle, tile.middle, SMALL, "middle")
        return
    canvas.centred((value,), middle, tile.middle - _BAR, _SHARE, "middle")
    bar = tile.top + tile.height - _INSIDE - _BAR
    canvas.bar(inside.left, bar, inside.width, _BAR, TRACK)
    canvas.bar(inside.left, bar, inside.width * float(cell.share), _BAR, ALONE.colour)

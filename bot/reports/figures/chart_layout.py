"""How a chart lies in the room that a slide has for it: its letters, its names, and how many rows fit. Pure.

Lengths are in points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from bot.drawing.lettering import LEADING, Box, lines_in, spoken, width_of
from bot.reports.figures.plotted import cut_to, row_names
from conversations.model import Language
from conversations.report.values import Chart, Figure, Report

SIZES: Final = (20, 18, 16, 14, 13, 12)
"""Of names, numbers and legends: none is smaller, so that a chart is read where it is shown."""
_WIDEST_NAMES: Final = 0.46
"""Of the chart's width: the most that the names of rows take."""
_NARROWEST_NAMES: Final = 40.0
_BESIDE_NAMES: Final = 10.0
_HIGHEST_ROW: Final = 130.0
_KEY: Final = 30.0
"""How wide the sign of a series in a legend is, with the room around its name."""
_LEGEND: Final = 0.8
"""Of the chart's width: what programs let a legend take."""
_LINE_OF_LEGEND: Final = 1.5
_BELOW_LEGEND: Final = 8.0
_AXIS: Final = 1.6
"""How high the names of an axis are, in sizes of their letters."""
_BAR: Final = 0.69
"""How much of a row its bars take: gaps are 45 % of a bar."""
_MOST_LINES: Final = 6
"""Pairs that can be told apart in one chart."""
_FEWEST_FOR_PARTS: Final = 2


@dataclass(frozen=True, slots=True)
class Layout:
    """The size of the letters, the box of the whole chart, and that of what is plotted, within the first."""

    size: int
    chart: Box
    plot: Box

    @property
    def shares(self) -> tuple[float, float, float, float]:
        """Where the plot is in the chart: left, top, width and height, as shares of the chart's."""
        return (
            self.plot.left / self.chart.width,
            self.plot.top / self.chart.height,
            self.plot.width / self.chart.width,
            self.plot.height / self.chart.height,
        )


def pages(figure: Figure, report: Report, box: Box, language: Language) -> list[Figure]:
    """The figure on as few slides as its rows can be read on, with about as many rows on each."""
    most = len(figure.rows)
    for count in range(1, most + 1):
        each = ceil(most / count)
        cuts = [cut_to(figure, first, min(first + each, most)) for first in range(0, most, each)]
        if all(_fits(cut, report, box, language) for cut in cuts):
            return cuts
    return cuts if most else [figure]


def _fits(figure: Figure, report: Report, box: Box, language: Language) -> bool:
    if figure.chart is Chart.PAIRS:
        return len(figure.rows) <= _MOST_LINES
    if figure.chart in {Chart.SQUARE, Chart.CYCLE}:
        return True
    names = row_names(figure, report, language)
    return _room_for(SIZES[-1], names, figure, box, language) is not None


def laid_out(figure: Figure, report: Report, box: Box, language: Language) -> Layout:
    """In letters as large as they can be."""
    names = row_names(figure, report, language)
    if figure.chart is Chart.PAIRS:
        return _of_pairs(names, box)
    for size in SIZES:
        layout = _room_for(size, names, figure, box, language)
        if layout is not None:
            return layout
    return _in_rows(SIZES[-1], names, figure, box, language)


def _room_for(size: int, names: Sequence[str], figure: Figure, box: Box, language: Language) -> Layout | None:
    layout = _in_rows(size, names, figure, box, language)
    row = layout.plot.height / len(names)
    high = max(lines_in(name, layout.plot.left - _BESIDE_NAMES, size) for name in names) * size * LEADING
    bars = len(figure.series) if figure.chart is Chart.INTERVALS else 1
    return layout if high <= row and bars * size * LEADING <= row * _BAR * LEADING else None


def _in_rows(size: int, names: Sequence[str], figure: Figure, box: Box, language: Language) -> Layout:
    """Names to the left, bars to the right, and the legend or the name of the target above."""
    widest = max(width_of(name, size) for name in names) + 4
    left = max(min(widest, _WIDEST_NAMES * box.width), _NARROWEST_NAMES) + _BESIDE_NAMES
    top = _legend(size, [spoken(each.name, language) for each in figure.series], box.width)
    if figure.chart is Chart.PROGRESS:
        top = size * _AXIS
    high = min(box.height - top, len(names) * _HIGHEST_ROW)
    return Layout(
        size, Box(box.left, box.top, box.width, top + high), Box(left, top, box.width - left - _BESIDE_NAMES, high)
    )


def _legend(size: int, names: Sequence[str], width: float) -> float:
    if len(names) == 1:
        return 0
    # Legends are set in columns, all as wide as the longest name.
    columns = max(1, int(width * _LEGEND / (max(width_of(name, size) for name in names) + _KEY)))
    return ceil(len(names) / columns) * size * _LINE_OF_LEGEND + _BELOW_LEGEND


def _of_pairs(names: Sequence[str], box: Box) -> Layout:
    """The two times below, and the names of the lines to the right."""
    size = SIZES[0]
    legend = min(max(width_of(name, size) for name in names) + 2 * _KEY, _WIDEST_NAMES * box.width)
    below = size * _AXIS
    return Layout(size, box, Box(0, size, box.width - legend, box.height - below - size))

"""Each kind of chart on a canvas: what `conversations.report.values.Chart` says of it, drawn below what is there.

What is hidden has no mark, only its words.
"""

from collections.abc import Callable
from typing import Final

from bot.reports.figures.charts.bars import bars, progress
from bot.reports.figures.charts.canvas import Canvas
from bot.reports.figures.charts.cycle import cycle
from bot.reports.figures.charts.intervals import intervals
from bot.reports.figures.charts.pairs import pairs
from bot.reports.figures.charts.parts import parts
from bot.reports.figures.charts.square import square
from conversations.report.values import Chart, Figure, Report

_DRAWN: Final[dict[Chart, Callable[[Canvas, Figure, Report], None]]] = {
    Chart.BARS: bars,
    Chart.PARTS: parts,
    Chart.SQUARE: square,
    Chart.PROGRESS: progress,
    Chart.INTERVALS: intervals,
    Chart.PAIRS: pairs,
    Chart.CYCLE: cycle,
}


def chart(canvas: Canvas, figure: Figure, report: Report) -> None:
    """Draws the rows and series of the figure, and what the marks mean."""
    _DRAWN[figure.chart](canvas, figure, report)

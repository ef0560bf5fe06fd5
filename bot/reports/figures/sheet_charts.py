"""Figures as native charts of a sheet, drawn from its cells. Importing this module loads XlsxWriter."""

from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as Native
from xlsxwriter.utility import xl_range_formula

from bot.drawing.palette import hexadecimal, ink_on
from bot.drawing.paper import INK, Colour
from bot.reports.figures.plotted import NUMBER_FORMAT, colours, drawn, reach
from bot.reports.figures.wording import TARGET
from conversations.model import Language
from conversations.report.values import Chart, Figure
from locales.phrases import say

_WIDTH: Final = 900
_LOWEST: Final = 260
_ROW: Final = 30
_BAR: Final = 26
_AROUND: Final = 90
"""Lengths are in pixels, of which a sheet has 96 an inch."""
_PIXEL: Final = 0.75
_LETTERS: Final = 11
_GAP: Final = 45
_GRID: Final = "#D9D9D9"
_MARKERS: Final = ("circle", "square", "diamond", "triangle")
_LABELS: Final = {Chart.PARTS: "center", Chart.INTERVALS: "inside_base", Chart.PAIRS: "above"}

_Options = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the numbers are: on that sheet, below a row of heads (counted from 0), to the right of their names."""

    sheet: str
    top: int
    rows: int

    def names(self) -> list[object]:
        """The names of the rows."""
        return [self.sheet, self.top + 1, 0, self.top + self.rows, 0]

    def head(self, column: int) -> list[object]:
        """The name of a column of numbers, counted from 0."""
        return [self.sheet, self.top, column + 1]

    def column(self, column: int) -> list[object]:
        """The numbers below it."""
        return [self.sheet, self.top + 1, column + 1, self.top + self.rows, column + 1]

    def formula(self, column: int) -> str:
        """The same as a formula."""
        formula: str = xl_range_formula(self.sheet, self.top + 1, column + 1, self.top + self.rows, column + 1)
        return formula

    def row(self, row: int, columns: int) -> list[object]:
        """The numbers of a row."""
        return [self.sheet, self.top + 1 + row, 1, self.top + 1 + row, columns]

    def heads(self, columns: int) -> list[object]:
        """The names of the columns."""
        return [self.sheet, self.top, 1, self.top, columns]


def chart_of(book: Workbook, source: Source, figure: Figure, language: Language) -> tuple[Native, float]:
    """The chart, and how high it is, in points. A table of two by two becomes bars side by side, a cycle bars."""
    lines = figure.chart is Chart.PAIRS
    stacked = {"subtype": "stacked"} if figure.chart is Chart.PARTS else {}
    chart = book.add_chart({"type": "line" if lines else "bar", **stacked})
    for options in _lines(source, figure, language) if lines else _bars(source, figure, language):
        chart.add_series(options)
    high = _height(figure)
    chart.set_title({"none": True})
    chart.set_size({"width": _WIDTH, "height": high})
    _set_axes(chart, figure, language)
    if not lines and len(figure.series) == 1:
        chart.set_legend({"none": True})
    else:
        chart.set_legend({"position": "right" if lines else "top", "font": {"size": _LETTERS}})
    return chart, high * _PIXEL


def _height(figure: Figure) -> int:
    if figure.chart is Chart.PAIRS:
        return _LOWEST + _ROW
    side_by_side = figure.chart in {Chart.INTERVALS, Chart.SQUARE}
    row = _BAR * len(figure.series) * (1 + _GAP / 100) if side_by_side else _ROW
    return max(_LOWEST, round(_AROUND + row * len(figure.rows)))


def _set_axes(chart: Native, figure: Figure, language: Language) -> None:
    letters: _Options = {"num_font": {"size": _LETTERS}}
    lines = figure.chart is Chart.PAIRS
    rows = {**letters, "reverse": not lines, "major_tick_mark": "none"}
    shares: _Options = {**letters, "min": 0, "max": reach(figure), "num_format": NUMBER_FORMAT[language]}
    shares["major_gridlines"] = {"visible": True, "line": {"color": _GRID}}
    if figure.chart is Chart.PROGRESS:
        shares |= {"major_unit": 1, "num_format": f'[=1]"{say(TARGET, language)}";[>1]"× "0;'}
        shares["major_gridlines"] = {"visible": True, "line": {"color": _hex(INK), "width": 2, "dash_type": "dash"}}
    # Of bars, XlsxWriter calls the axis that lies below them the first.
    chart.set_x_axis(rows if lines else shares)
    chart.set_y_axis(shares if lines else rows)


def _bars(source: Source, figure: Figure, language: Language) -> list[_Options]:
    found = []
    for number, (series, colour) in enumerate(zip(figure.series, colours(figure), strict=True)):
        options: _Options = {
            "name": source.head(number),
            "categories": source.names(),
            "values": source.column(number),
            "fill": {"color": _hex(colour)},
            "border": {"color": "#FFFFFF"},
            "gap": _GAP,
            "data_labels": _labels(figure, colour, language),
        }
        if figure.chart is Chart.PARTS:
            options["data_labels"]["custom"] = [{"delete": True} if drawn(cell) == 0 else None for cell in series.cells]
        if figure.chart is Chart.INTERVALS:
            first = len(figure.series) + 2 * number
            ends = {"plus_values": source.formula(first), "minus_values": source.formula(first + 1)}
            options["y_error_bars"] = {"type": "custom", **ends, "line": {"color": _hex(INK), "width": 1.5}}
        found.append(options)
    return found


def _labels(figure: Figure, colour: Colour, language: Language) -> _Options:
    inside = figure.chart in {Chart.PARTS, Chart.INTERVALS}
    ink = ink_on(colour) if inside else INK
    return {
        "value": True,
        "position": _LABELS.get(figure.chart, "outside_end"),
        "num_format": NUMBER_FORMAT[language],
        "font": {"bold": True, "size": _LETTERS, "color": _hex(ink)},
    }


def _lines(source: Source, figure: Figure, language: Language) -> list[_Options]:
    """A line for each row, from the first time to the second."""
    return [
        {
            "name": [source.sheet, source.top + 1 + number, 0],
            "categories": source.heads(len(figure.series)),
            "values": source.row(number, len(figure.series)),
            "line": {"color": _hex(colour), "width": 2.5},
            "marker": {
                "type": _MARKERS[number % len(_MARKERS)],
                "size": 9,
                "fill": {"color": _hex(colour)},
                "border": {"color": _hex(colour)},
            },
            "data_labels": _labels(figure, colour, language),
        }
        for number, colour in enumerate(colours(figure))
    ]


def _hex(colour: Colour) -> str:
    return f"#{hexadecimal(colour)}"

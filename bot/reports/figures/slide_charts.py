"""Figures as native charts of a slide, each with a workbook inside from which PowerPoint lets anybody change it.

Importing this module loads python-pptx.
"""

from collections.abc import Sequence
from typing import Final, cast

from pptx.chart.chart import Chart as Native
from pptx.chart.data import ChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.parts.chart import ChartPart
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Pt

from bot.drawing.deck import describe, paint, style
from bot.drawing.lettering import LEADING, Text, spoken
from bot.drawing.palette import WHITE, ink_on
from bot.drawing.paper import INK, Colour
from bot.reports.figures.chart_layout import Layout
from bot.reports.figures.chart_workbook import Column, cells, workbook
from bot.reports.figures.chart_xml import draw_intervals, keep_room, nudge, number_axes, unlabel
from bot.reports.figures.plotted import NUMBER_FORMAT, colours, drawn, reach, reaches, row_names
from bot.reports.figures.wording import TARGET, described
from conversations.model import Language
from conversations.report.values import Chart, Figure, Report
from locales.phrases import say

_TYPES: Final = {
    Chart.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    Chart.PARTS: XL_CHART_TYPE.BAR_STACKED,
    Chart.PROGRESS: XL_CHART_TYPE.BAR_CLUSTERED,
    Chart.INTERVALS: XL_CHART_TYPE.BAR_CLUSTERED,
    Chart.PAIRS: XL_CHART_TYPE.LINE_MARKERS,
}
"""Stacked bars are not "100 %" ones: where a cell is hidden, those would draw the others longer than they are."""
_GAP: Final = 45
"""Between rows, in percent of a bar."""
_SHORT: Final = 0.12
"""A bar that is shorter than this share has its number beside it."""
_LINE: Final = 3
_EDGE: Final = 1
_MARKER: Final = 11
_MARKERS: Final = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.DIAMOND,
    XL_MARKER_STYLE.TRIANGLE,
)


def put_chart(slide: Slide, layout: Layout, figure: Figure, report: Report, language: Language) -> None:
    """Draw the figure; any but a SQUARE and a CYCLE."""
    names, columns = _table(figure, report, language)
    data = ChartData(NUMBER_FORMAT[language])
    data.categories = names
    for column in columns:
        data.add_series(column.name, column.numbers)
    box = layout.chart
    kind, left, top, width, height = _TYPES[figure.chart], Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)
    frame = cast("GraphicFrame", slide.shapes.add_chart(kind, left, top, width, height, data))
    describe(frame, described(figure, report, language))
    _draw(frame.chart, layout, figure, language)
    more = _intervals(frame.chart, figure, language) if figure.chart is Chart.INTERVALS else []
    content = workbook(names, [*columns, *more], NUMBER_FORMAT[language], report.day)
    cast("ChartPart", frame.chart.part).chart_workbook.update_from_xlsx_blob(content)


def _table(figure: Figure, report: Report, language: Language) -> tuple[list[str], list[Column]]:
    """The categories of the chart, and its series: of pairs, the two times and a line for each row."""
    rows = row_names(figure, report, language)
    series = [spoken(each.name, language) for each in figure.series]
    numbers = [[drawn(cell) for cell in each.cells] for each in figure.series]
    if figure.chart is Chart.PAIRS:
        return series, [Column(*each) for each in zip(rows, zip(*numbers, strict=True), strict=True)]
    return rows, [Column(*each) for each in zip(series, numbers, strict=True)]


def _draw(chart: Native, layout: Layout, figure: Figure, language: Language) -> None:
    chart.has_title = False
    style(chart.font, Text("", layout.size, colour=INK), language)
    number_axes(chart)
    keep_room(chart, layout.shares)
    lines = figure.chart is Chart.PAIRS
    chart.has_legend = lines or len(figure.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.RIGHT if lines else XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        style(chart.legend.font, Text("", layout.size), language)
    _draw_axes(chart, figure, language)
    if lines:
        _draw_lines(chart, layout, figure, language)
    else:
        _draw_bars(chart, layout, figure, language)


def _draw_axes(chart: Native, figure: Figure, language: Language) -> None:
    rows, shares = chart.category_axis, chart.value_axis
    rows.major_tick_mark = shares.major_tick_mark = XL_TICK_MARK.NONE
    rows.reverse_order = figure.chart is not Chart.PAIRS
    rows.format.line.fill.solid()
    paint(rows.format.line.fill.fore_color, INK)
    shares.minimum_scale, shares.maximum_scale = 0, reach(figure)
    shares.format.line.fill.background()
    shares.has_major_gridlines = figure.chart is Chart.PROGRESS
    if figure.chart is not Chart.PROGRESS:
        shares.visible = False
        return
    # The line across at 100 % has a name; there are others only at twice the target, and so on.
    shares.major_unit = 1
    shares.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    shares.tick_labels.number_format = f'[=1]"{say(TARGET, language)}";[>1]"× "0;'
    shares.tick_labels.number_format_is_linked = False
    line = shares.major_gridlines.format.line
    line.width, line.dash_style = Pt(2), MSO_LINE_DASH_STYLE.DASH
    line.fill.solid()
    paint(line.fill.fore_color, INK)


def _draw_bars(chart: Native, layout: Layout, figure: Figure, language: Language) -> None:
    plot = chart.plots[0]
    plot.gap_width = _GAP
    plot.vary_by_categories = False
    inside = {Chart.PARTS: XL_LABEL_POSITION.CENTER, Chart.INTERVALS: XL_LABEL_POSITION.INSIDE_BASE}.get(figure.chart)
    for number, (series, colour) in enumerate(zip(plot.series, colours(figure), strict=True)):
        series.format.fill.solid()
        paint(series.format.fill.fore_color, colour)
        series.invert_if_negative = False
        # Parts that touch are told apart by an edge, whatever their colours.
        series.format.line.fill.solid()
        series.format.line.width = Pt(_EDGE)
        paint(series.format.line.fill.fore_color, WHITE)
        ink = ink_on(colour) if inside is not None else INK
        _label(series.data_labels, layout.size, ink, language)
        series.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END if inside is None else inside
        if figure.chart is Chart.INTERVALS:
            _put_beside(series, layout.size, language)
        if figure.chart is Chart.PARTS:
            for place, share in enumerate(series.values):
                if share == 0:
                    unlabel(chart, number, place)


def _label(labels: object, size: int, ink: Colour, language: Language) -> None:
    labels.show_value = True  # type: ignore[attr-defined]
    labels.number_format = NUMBER_FORMAT[language]  # type: ignore[attr-defined]
    labels.number_format_is_linked = False  # type: ignore[attr-defined]
    style(labels.font, Text("", size, bold=True, colour=ink), language)  # type: ignore[attr-defined]


def _put_beside(series: object, size: int, language: Language) -> None:
    """The numbers of short bars."""
    for place, share in enumerate(series.values):  # type: ignore[attr-defined]
        if share is not None and share < _SHORT:
            label = series.points[place].data_label  # type: ignore[attr-defined]
            label.position = XL_LABEL_POSITION.OUTSIDE_END
            style(label.font, Text("", size, bold=True, colour=INK), language)


def _intervals(chart: Native, figure: Figure, language: Language) -> list[Column]:
    """Draws them, and gives the columns of the workbook that they come from."""
    more: list[Column] = []
    for number, series in enumerate(figure.series):
        above, below = zip(*map(reaches, series.cells), strict=True)
        first, rows = len(figure.series) + len(more) + 1, len(figure.rows)
        draw_intervals(chart, number, (cells(first, rows), above), (cells(first + 1, rows), below))
        name = spoken(series.name, language)
        more += [Column(f"{name} +", above), Column(f"{name} −", below)]
    return more


def _draw_lines(chart: Native, layout: Layout, figure: Figure, language: Language) -> None:
    plot = chart.plots[0]
    for place, (line, colour) in enumerate(zip(plot.series, colours(figure), strict=True)):
        line.smooth = False
        line.format.line.width = Pt(_LINE)
        line.format.line.fill.solid()
        paint(line.format.line.fill.fore_color, colour)
        line.marker.style, line.marker.size = _MARKERS[place % len(_MARKERS)], _MARKER
        line.marker.format.fill.solid()
        paint(line.marker.format.fill.fore_color, colour)
        line.marker.format.line.fill.background()
    for time, side in enumerate((XL_LABEL_POSITION.LEFT, XL_LABEL_POSITION.RIGHT)):
        shares = [line.values[time] for line in plot.series]
        apart = _apart([None if share is None else 1 - share for share in shares], layout)
        for place, (line, colour, down) in enumerate(zip(plot.series, colours(figure), apart, strict=True)):
            if down is not None:
                label = line.points[time].data_label
                label.position = side
                style(label.font, Text("", layout.size, bold=True, colour=colour), language)
                nudge(chart, place, time, down * layout.plot.height / layout.chart.height)


def _apart(places: Sequence[float | None], layout: Layout) -> list[float | None]:
    """How far the label of each point moves down so that none covers another; both in heights of the plot."""
    step = layout.size * LEADING / layout.plot.height
    moved: list[float | None] = [None] * len(places)
    order = sorted((place, number) for number, place in enumerate(places) if place is not None)
    at = [place for place, _ in order]
    for number in range(1, len(at)):
        at[number] = max(at[number], at[number - 1] + step)
    for number in reversed(range(len(at))):
        room = 1.0 if number == len(at) - 1 else at[number + 1] - step
        at[number] = min(at[number], room)
    for now, (place, number) in zip(at, order, strict=True):
        moved[number] = now - place
    return moved

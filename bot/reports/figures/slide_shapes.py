"""Figures that are no charts: a table of two by two, and the stages of learning as native shapes.

Importing this module loads python-pptx.
"""

from typing import Final

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Pt

from bot.drawing.deck import describe, paint, put, write
from bot.drawing.lettering import LEADING, READABLE, Box, Text, largest, spoken
from bot.drawing.palette import GREY, SERIES, WHITE
from bot.drawing.paper import ACCENT, SOFT
from bot.reports.figures.wording import count_words, described, value_words
from conversations.model import Language
from conversations.report.values import Cell, Figure, Report

_SHARE_SIZES: Final = (48, 40, 36, 32, 28, 24, 20, 18)
_NAME_SIZES: Final = (22, 20, 18, 16, 14)
_HIGHEST: Final = 270.0
_NAMES: Final = 0.3
"""Of the width of the table: the names of its rows."""
_HEAD: Final = 56.0
_POINT: Final = 0.3
"""How far the point of a stage reaches out, as a share of its height."""
_STAGE: Final = 120.0
_BETWEEN: Final = 6.0
_BELOW: Final = 110.0
"""For the name of a stage and its numbers."""


def put_square(slide: Slide, box: Box, figure: Figure, report: Report, language: Language) -> None:
    """A table with the shares in large letters, and below each the numbers that it comes from."""
    rows, columns = len(figure.rows) + 1, len(figure.series) + 1
    high = min(box.height, _HIGHEST)
    frame = slide.shapes.add_table(rows, columns, Pt(box.left), Pt(box.top), Pt(box.width), Pt(high))
    describe(frame, described(figure, report, language))
    table = frame.table
    table.first_col, table.horz_banding = True, False
    widths = [_NAMES * box.width] + [(1 - _NAMES) * box.width / len(figure.series)] * len(figure.series)
    for number, width in enumerate(widths):
        table.columns[number].width = Pt(width)
    heights = [_HEAD] + [(high - _HEAD) / len(figure.rows)] * len(figure.rows)
    for number, height in enumerate(heights):
        table.rows[number].height = Pt(height)
    for place, series in enumerate(figure.series, start=1):
        name = spoken(series.name, language)
        size = largest(name, widths[place] - 20, _HEAD, _NAME_SIZES, bold=True)
        _fill(table.cell(0, place), [Text(name, size, bold=True, colour=WHITE, centred=True)], language)
        for line, cell in enumerate(series.cells, start=1):
            _fill(table.cell(line, place), _share(cell, widths[place] - 20, report, language), language)
    for line, row_name in enumerate(figure.rows, start=1):
        name = spoken(row_name, language)
        size = largest(name, widths[0] - 20, heights[line], _NAME_SIZES, bold=True)
        _fill(table.cell(line, 0), [Text(name, size, bold=True, colour=WHITE)], language)


def _share(cell: Cell, width: float, report: Report, language: Language) -> list[Text]:
    value, count = value_words(cell, report, language), count_words(cell, report, language)
    if cell.share is None:
        return [Text(value, 24, colour=SOFT, centred=True)]
    size = largest(value, width, _SHARE_SIZES[0] * LEADING, _SHARE_SIZES, bold=True)
    return [Text(value, size, bold=True, colour=ACCENT, centred=True), Text(count, READABLE, colour=SOFT, centred=True)]


def _fill(cell: _Cell, texts: list[Text], language: Language) -> None:
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(cell.text_frame, texts, language)


def put_cycle(slide: Slide, box: Box, figure: Figure, report: Report, language: Language) -> None:
    """The stages as arrows one after another, each with its share, and below it its name and the numbers."""
    cells = figure.series[0].cells
    step = (box.width + _BETWEEN) / len(cells)
    top = box.top + max(0.0, (box.height - _STAGE - _BELOW) / 3)
    group = slide.shapes.add_group_shape()
    group.name = spoken(figure.title, language)
    describe(group, described(figure, report, language))
    for place, (name, cell) in enumerate(zip(figure.rows, cells, strict=True)):
        left, width = box.left + place * step, step - _BETWEEN
        kind = MSO_SHAPE.CHEVRON if place else MSO_SHAPE.PENTAGON
        arrow = group.shapes.add_shape(kind, Pt(left), Pt(top), Pt(width), Pt(_STAGE))
        arrow.adjustments[0] = _POINT
        arrow.fill.solid()
        paint(arrow.fill.fore_color, GREY if cell.share is None else SERIES[0])
        arrow.line.fill.background()
        arrow.shadow.inherit = False
        _write_share(arrow, width - 2 * _POINT * _STAGE, value_words(cell, report, language), language)
        _put_name(slide, Box(left, top + _STAGE + 8, width - 8, _BELOW), spoken(name, language), cell, report, language)


def _write_share(arrow: Shape, width: float, value: str, language: Language) -> None:
    frame = arrow.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    size = largest(value, width, _STAGE * 0.8, _SHARE_SIZES, bold=True)
    write(frame, [Text(value, size, bold=True, colour=WHITE, centred=True)], language)


def _put_name(slide: Slide, box: Box, name: str, cell: Cell, report: Report, language: Language) -> None:
    size = largest(name, box.width, 3 * _NAME_SIZES[0] * LEADING, _NAME_SIZES, bold=True)
    texts = [Text(name, size, bold=True, after=2)]
    if cell.share is not None:
        texts.append(Text(count_words(cell, report, language), READABLE, colour=SOFT))
    put(slide, box, texts, language)

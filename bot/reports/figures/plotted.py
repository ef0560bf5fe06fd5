"""What the charts of slides and of sheets draw alike: the same numbers, names and colours."""

from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import Final

from bot.drawing.lettering import spoken
from bot.drawing.palette import SERIES, agreement, side_by_side
from bot.drawing.paper import Colour
from bot.reports.figures.wording import count_words, named, value_words
from conversations.messages import phrase
from conversations.model import Bilingual, Language
from conversations.report.values import Cell, Chart, Figure, Report

NUMBER_FORMAT: Final = {Language.EN: "0%", Language.FR: '0"\u00a0"%'}
"""How Office writes a share: as CLDR has it."""
_PERCENT: Final = 100
_STEPS_OF_AN_AXIS: Final = 10


def drawn(cell: Cell) -> float | None:
    """The share as it is said, in whole percent: Office would round halves up, and words would tell another number.

    None where there is nothing to draw.
    """
    return None if cell.share is None else whole_percent(cell.share)


def whole_percent(share: Fraction | float) -> float:
    """A share from 0 to 1, rounded to whole percent, halves to the even one."""
    return round(Fraction(share) * _PERCENT) / _PERCENT


def row_names(figure: Figure, report: Report, language: Language) -> list[str]:
    """What stands at the rows: their names, and with them what cannot be drawn, or is drawn against a target."""
    names = [spoken(row, language) for row in figure.rows]
    if len(figure.series) > 1:
        return names
    return [
        _row_name(name, cell, figure, report, language)
        for name, cell in zip(names, figure.series[0].cells, strict=True)
    ]


def _row_name(name: str, cell: Cell, figure: Figure, report: Report, language: Language) -> str:
    if drawn(cell) is None:
        return named(name, value_words(cell, report, language), language)
    if figure.chart is Chart.PROGRESS:
        return named(name, count_words(cell, report, language), language)
    return name


def not_shown(figure: Figure, language: Language) -> str:
    """Which cells of several series are hidden; empty when none is, or when the rows tell it themselves.

    Rows that lack the same are named together, and not at all when every row does.
    """
    if len(figure.series) == 1:
        return ""
    lacking: dict[tuple[str, ...], list[str]] = {}
    for place, row in enumerate(figure.rows):
        hidden = tuple(spoken(each.name, language) for each in figure.series if each.cells[place].hidden)
        lacking.setdefault(hidden, []).append(spoken(row, language))
    everywhere = len(lacking) == 1
    told = [
        ", ".join(series) if everywhere else named(", ".join(rows), ", ".join(series), language)
        for series, rows in lacking.items()
        if series
    ]
    if not told:
        return ""
    cells = "; ".join(told)
    return spoken(phrase("Not shown, so that nobody can be made out: {cells}", cells=Bilingual(cells, cells)), language)


def colours(figure: Figure) -> list[Colour]:
    """A colour for each series, or for each line of pairs."""
    if figure.chart is Chart.PAIRS:
        return side_by_side(len(figure.rows))
    sides = [series.positive for series in figure.series]
    if {True, False} <= set(sides):
        return agreement(sides)
    return [SERIES[0]] if len(sides) == 1 else side_by_side(len(sides))


def reach(figure: Figure) -> float:
    """Where the axis of shares ends: at a tenth beyond the longest bar, and at the whole where that is to be seen."""
    shares = [share for series in figure.series for cell in series.cells if (share := drawn(cell)) is not None]
    longest = max(shares, default=1.0)
    if figure.chart is Chart.PROGRESS:
        return max(longest, 1.0) * 1.1
    if figure.chart is Chart.BARS:
        return min(1.1, ceil(longest * _STEPS_OF_AN_AXIS + 1) / _STEPS_OF_AN_AXIS)
    return 1.0


def reaches(cell: Cell) -> tuple[float | None, float | None]:
    """How far the interval goes beyond the share, and how far before it, as they are said."""
    share = drawn(cell)
    if share is None or cell.low is None or cell.high is None:
        return None, None
    return round(whole_percent(cell.high) - share, 2), round(share - whole_percent(cell.low), 2)


def cut_to(figure: Figure, first: int, after: int) -> Figure:
    """The figure with some of its rows: from `first` up to `after`."""
    series = tuple(replace(each, cells=each.cells[first:after]) for each in figure.series)
    return replace(figure, rows=figure.rows[first:after], series=series)

"""The report as one page of HTML for phones, desks and paper: self-contained, without scripts, in one language."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from bot.reports.figures import wording
from bot.reports.figures.letters import font_css
from bot.reports.figures.pictures import bare
from bot.reports.figures.wording import count_words, interval_words, section_words, value_words
from bot.reports.safe import visible
from conversations.messages import short
from conversations.model import Language, Words
from conversations.report.values import Cell, Figure, Report, Section
from locales.phrases import say

_HERE: Final = Path(__file__).parent
_WIDTH: Final = 296
"""Points that a chart is wide: about what a phone of 360 leaves between the edges of its card."""
_NUMBERS: Final = short("part of a report", "The numbers as a table")
_SHARE: Final = short("head of a column", "Share")
_NUMBER: Final = short("head of a column", "Number")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a table: what it is of, its share, the interval of that, and its number; hidden, it has only words."""

    name: Words
    share: str
    interval: str
    number: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Shown:
    """A figure on the page; each group of lines of its table has a name where there are several series."""

    id: str
    figure: Figure
    chart: Markup
    groups: tuple[tuple[Words, tuple[_Line, ...]], ...]


def page(report: Report, language: Language) -> bytes:
    """The page, in UTF-8. All that anybody wrote is escaped. The same report gives the same bytes."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["t"] = lambda words: visible(say(words, language))
    values = {
        "report": report,
        "language": language,
        "sections": list(_sections(report, language)),
        "w": wording,
        "columns": (_SHARE, _NUMBER),
        "numbers": _NUMBERS,
    }
    template = environment.from_string(_own("page.html"))
    # Which letters the font has to have is known when the page is.
    letters = "".join(sorted(set(template.render(values, css=""))))
    return template.render(values, css=Markup(font_css(letters) + _own("page.css"))).encode()  # noqa: S704 # ours


def _own(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _sections(report: Report, language: Language) -> Iterator[tuple[Section, str, list[_Shown]]]:
    numbered = [(f"figure-{number}", figure) for number, figure in enumerate(report.figures, start=1)]
    for section, figures in groupby(numbered, key=lambda each: each[1].section):
        yield section, section_words(section, language), [_shown(*each, report, language) for each in figures]


def _shown(name: str, figure: Figure, report: Report, language: Language) -> _Shown:
    chart = bare(figure, report, language, _WIDTH, name).svg.decode()
    if len(figure.series) == 1:
        [series] = figure.series
        lines = (_line(row, cell, report, language) for row, cell in zip(figure.rows, series.cells, strict=True))
        groups: tuple[tuple[Words, tuple[_Line, ...]], ...] = (("", tuple(lines)),)
    else:
        groups = tuple(
            (row, tuple(_line(series.name, series.cells[place], report, language) for series in figure.series))
            for place, row in enumerate(figure.rows)
        )
    return _Shown(name, figure, Markup(chart), groups)  # noqa: S704 # our own SVG, written by ElementTree


def _line(name: Words, cell: Cell, report: Report, language: Language) -> _Line:
    share = "" if cell.whole is None else value_words(cell, report, language)
    counted = count_words(cell, report, language)
    return _Line(name, share, interval_words(cell, language), counted, cell.hidden)

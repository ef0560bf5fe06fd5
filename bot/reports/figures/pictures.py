"""A figure as a picture: for a phone, for a page, and to be passed on alone.

It says its title, what it shows and of whom, and no more: like the cards, it names neither the event nor a day.

Drawn as SVG by hand, since each chart is a few bars and many words that have to wrap, be measured and keep clear of one
another: a library for charts leaves just that to its callers, at sixty times the size. resvg
(https://github.com/linebender/resvg) makes a PNG of the same SVG.
"""

from dataclasses import dataclass
from typing import Final

import resvg_py

from bot.drawing.paper import ACCENT, SOFT, font_file
from bot.reports.figures.charts.canvas import WEIGHTS, Canvas, Style
from bot.reports.figures.charts.chart import chart
from bot.reports.figures.charts.rows import BETWEEN
from bot.reports.figures.letters import font_css
from bot.reports.figures.wording import described
from conversations.model import Language
from conversations.report.values import Figure, Report
from locales.phrases import say

WIDTH: Final = 360
"""Of a picture, in points: as wide as a cheap phone."""
SHARPNESS: Final = 3
"""Pixels for each point."""
_MARGIN: Final = 20.0
_TITLE: Final = Style("Semibold", 18)
_SENTENCE: Final = Style("Regular", 15.5, ACCENT)
_NOTE: Final = Style("Regular", 12.5, SOFT)
_BELOW_THE_TITLE: Final = 5.0
_AROUND_THE_CHART: Final = 18.0
_BETWEEN_NOTES: Final = 3.0


def svg(figure: Figure, report: Report, language: Language) -> bytes:
    """The figure as SVG, `WIDTH` points wide, in letters that it brings along. The same figure gives the same bytes.

    Programs that do not know embedded fonts show other letters: for those there is `png`.
    """
    canvas = _picture(figure, report, language)
    return _written(canvas, figure, report, figure.name, _MARGIN, font_css(canvas.text()))


def png(figure: Figure, report: Report, language: Language) -> bytes:
    """The figure as a PNG, `WIDTH` * `SHARPNESS` pixels wide. The same figure gives the same bytes."""
    return resvg_py.svg_to_bytes(
        svg_string=_written(_picture(figure, report, language), figure, report, figure.name, _MARGIN).decode(),
        zoom=SHARPNESS,
        skip_system_fonts=True,
        font_files=[font_file(weight) for weight in WEIGHTS],
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as SVG, and how large it is, in points."""

    svg: bytes
    width: float
    height: float


def bare(figure: Figure, report: Report, language: Language, width: float, name: str) -> Drawn:
    """The chart alone, so many points wide, for whoever brings the letters and writes all the rest beside it.

    `name` begins its ids.
    """
    canvas = Canvas(width, language)
    chart(canvas, figure, report)
    canvas.bottom -= BETWEEN
    return Drawn(_written(canvas, figure, report, name), canvas.width, canvas.bottom)


def _picture(figure: Figure, report: Report, language: Language) -> Canvas:
    canvas = Canvas(WIDTH - 2 * _MARGIN, language)
    canvas.say(figure.title, _TITLE)
    canvas.bottom += _BELOW_THE_TITLE
    canvas.say(figure.sentence, _SENTENCE)
    canvas.bottom += _AROUND_THE_CHART
    chart(canvas, figure, report)
    canvas.bottom += _AROUND_THE_CHART - BETWEEN
    for note in (figure.base, *figure.notes):
        canvas.say(note, _NOTE)
        canvas.bottom += _BETWEEN_NOTES
    return canvas


def _written(canvas: Canvas, figure: Figure, report: Report, name: str, margin: float = 0, css: str = "") -> bytes:
    told = described(figure, report, canvas.language)
    return canvas.svg(say(figure.title, canvas.language), told, name, margin, css)

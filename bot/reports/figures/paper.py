"""The report as pages to print or hand over: A4, with its words as text and its charts as drawings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Final

from bot.drawing.paper import ACCENT, INK, SOFT, Colour, drawable, font_file
from bot.drawing.pdf import Pdf
from bot.line_breaks import Measure, cut, lines_of
from bot.reports.figures import wording
from bot.reports.figures.charts.canvas import FAMILY
from bot.reports.figures.charts.fills import LINES
from bot.reports.figures.pictures import bare
from bot.reports.figures.wording import described
from bot.reports.safe import visible
from conversations.model import Language, Words
from conversations.report.values import SECTIONS, Chart, Figure, Report, Section
from locales.phrases import say

_MARGIN: Final = 20.0
_ROOM: Final = 210.0 - 2 * _MARGIN
_FOOT: Final = 297.0 - _MARGIN
_PAGE: Final = _FOOT - _MARGIN
"""Lengths are millimetres; sizes of letters are points."""
_POINT: Final = 25.4 / 72
_LEADING: Final = 1.32
_TO_THE_BASE: Final = 0.98
_WIDTH: Final = 640.0
"""Points that a chart is wide across the page: its letters come out at some 10 points."""
_SMALLEST: Final = 60.0
"""How tall a chart is at least, however long the texts beside it are."""
_BETWEEN: Final = 9.0
_AROUND_A_CHART: Final = 4.0
_PAGE_NUMBER: Final = 9.0


@dataclass(frozen=True, slots=True)
class _Text:
    """A kind of text: its tag, its letters, and the room below it; `bold` is the semibold weight."""

    tag: str
    size: float
    colour: Colour = INK
    bold: bool = False
    below: float = 1.5
    most: int = 12
    """Lines: what stands beside a chart has to fit one page with it."""

    @property
    def step(self) -> float:
        """From one line to the next."""
        return self.size * _POINT * _LEADING


_TITLE: Final = _Text("H1", 26, bold=True, below=3)
_DAY: Final = _Text("P", 11.5, SOFT)
_SECTION: Final = _Text("H2", 17, ACCENT, bold=True, below=3)
_HEADING: Final = _Text("H3", 12.5, bold=True)
_SENTENCE: Final = _Text("P", 12, ACCENT)
_NOTE: Final = _Text("P", 9.5, SOFT, below=0.8)
_WARNING: Final = _Text("P", 11, bold=True, below=3)
_BODY: Final = _Text("P", 11, below=2, most=200)
_MESSAGE: Final = _Text("P", 13, bold=True, below=1)
_SOURCE: Final = _Text("P", 10, SOFT, below=5)
_Block = Sequence[tuple[Words, _Text]]


def pdf(report: Report, language: Language) -> bytes:
    """The report as a PDF. The same report gives the same bytes.

    Its text can be searched and read aloud: headings, paragraphs and pictures are tagged, and each picture is told in
    words. Signs that the font lacks are left out. A figure stays on one page, unless its rows are more than one holds.
    """
    pages = _Pages(report, language)
    pages.add_page()
    pages.tell(wording.event_days(report, language), _DAY)
    pages.tell(report.title, _TITLE)
    pages.tell(wording.as_of(report, language), _DAY)
    if report.opened:
        pages.tell(wording.OPENED, _WARNING)
    for section, figures in groupby(report.figures, lambda each: each.section):
        _put_section(pages, section, list(figures))
    if report.takeaways:
        _put_messages(pages)
    about: _Block = [(words, _BODY) for words in report.about]
    pages.begin(wording.ABOUT, _height(pages, about))
    pages.tell_all(about)
    return pages.content()


class _Pages(Pdf):
    """Pages with a number; `down` is where the next thing begins."""

    def __init__(self, report: Report, language: Language) -> None:
        self.report, self.language, self.down = report, language, _MARGIN
        super().__init__(visible(say(report.title, language)))
        self.set_lang(language)
        for style, weight in (("", "Regular"), ("B", "Semibold")):
            self.add_font(FAMILY, style, font_file(weight))

    def footer(self) -> None:
        """The number of the page, which is no part of what it says."""
        with self.artifact():
            self._choose(_NOTE)
            number = str(self.page_no())
            self.text((210.0 - self.get_string_width(number)) / 2, 297.0 - _PAGE_NUMBER, number)

    def new_page(self) -> None:
        """Goes on at the top of a new page."""
        self.add_page()
        self.down = _MARGIN

    def make_room(self, height: float) -> None:
        """Goes on at the top of a new page when so much does not fit this one."""
        if self.down + height > _FOOT and self.down > _MARGIN:
            self.new_page()

    def begin(self, heading: Words, following: float) -> None:
        """A part of the report, on a page that holds what follows its heading too."""
        self.down += _BETWEEN if self.down > _MARGIN else 0
        self.make_room(_height(self, [(heading, _SECTION)]) + following)
        with self.artifact():
            self.set_draw_color(LINES)
            self.line(_MARGIN, self.down - 3, 210.0 - _MARGIN, self.down - 3)
        self.mark(heading, level=0)
        self.tell(heading, _SECTION)

    def mark(self, words: Words, level: int = 1) -> None:
        """A bookmark that leads here."""
        self.set_y(self.down)
        self.start_section(visible(say(words, self.language)), level)

    def tell_all(self, block: _Block) -> None:
        """Writes each text of a block."""
        for words, text in block:
            self.tell(words, text)

    def tell(self, words: Words, text: _Text) -> None:
        """Writes a text, over as many pages as it takes."""
        lines = self.lines(words, text)
        while lines:
            self.make_room(text.step)
            fitting = max(1, int((_FOOT - self.down) / text.step))
            self._put(lines[:fitting], text)
            lines = lines[fitting:]
        self.down += text.below

    def lines(self, words: Words, text: _Text) -> tuple[str, ...]:
        """The words as they are set across the page."""
        measure = self._measure(text)
        lines = lines_of(drawable(say(words, self.language), self.language), _ROOM, measure)
        return cut(lines, text.most, _ROOM, measure)

    def _put(self, lines: Sequence[str], text: _Text) -> None:
        self._choose(text)
        with self.tagged(text.tag):
            for line in lines:
                self.text(_MARGIN, self.down + _TO_THE_BASE * text.size * _POINT, line)
                self.down += text.step

    def _measure(self, text: _Text) -> Measure:
        self._choose(text)
        return cache(self.get_string_width)

    def _choose(self, text: _Text) -> None:
        self.set_font(FAMILY, "B" if text.bold else "", text.size)
        self.set_text_color(text.colour)


def _height(pages: _Pages, block: _Block) -> float:
    return sum(len(pages.lines(words, text)) * text.step + text.below for words, text in block)


def _put_section(pages: _Pages, section: Section, figures: list[Figure]) -> None:
    heading = _height(pages, [(SECTIONS[section], _SECTION)])
    for number, figure in enumerate(figures):
        head: _Block = [(figure.title, _HEADING), (figure.sentence, _SENTENCE)]
        notes: _Block = [(words, _NOTE) for words in (figure.base, *figure.notes)]
        text = _height(pages, [*head, *notes]) + 2 * _AROUND_A_CHART
        first, *others = _pieces(pages, figure, _PAGE - heading - text)
        if number:
            pages.down += _BETWEEN
            pages.make_room(text + first.height)
        else:
            pages.begin(SECTIONS[section], text + first.height)
        pages.mark(figure.title)
        pages.tell_all(head)
        _put_chart(pages, first)
        for piece in others:
            pages.new_page()
            pages.tell(figure.title, _HEADING)
            _put_chart(pages, piece)
        pages.tell_all(notes)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A chart as it stands on a page, and what it shows in words."""

    svg: bytes
    width: float
    height: float
    told: str


def _pieces(pages: _Pages, figure: Figure, room: float) -> list[_Piece]:
    """The chart, in pieces of some rows each where one page does not hold them; one that is no list is made smaller."""
    chart = bare(figure, pages.report, pages.language, _WIDTH, figure.name)
    scale, half = _ROOM / _WIDTH, len(figure.rows) // 2
    if chart.height * scale > room and half and figure.chart not in {Chart.SQUARE, Chart.CYCLE}:
        parts = (_rows(figure, slice(half)), _rows(figure, slice(half, None)))
        return [piece for part in parts for piece in _pieces(pages, part, room)]
    scale = min(scale, max(room, _SMALLEST) / chart.height)
    told = visible(described(figure, pages.report, pages.language))
    return [_Piece(chart.svg, chart.width * scale, chart.height * scale, told)]


def _rows(figure: Figure, some: slice) -> Figure:
    series = tuple(replace(each, cells=each.cells[some]) for each in figure.series)
    return replace(figure, rows=figure.rows[some], series=series)


def _put_chart(pages: _Pages, piece: _Piece) -> None:
    pages.down += _AROUND_A_CHART
    pages.image(piece.svg, x=_MARGIN, y=pages.down, w=piece.width, h=piece.height, alt_text=piece.told)
    pages.down += piece.height + _AROUND_A_CHART


def _put_messages(pages: _Pages) -> None:
    blocks: list[_Block] = [
        [(each.text, _MESSAGE), (wording.source_words(each.source, pages.language), _SOURCE)]
        for each in pages.report.takeaways
    ]
    intro: _Block = [(wording.FOR_COLLEAGUES, _BODY)]
    pages.begin(wording.KEY_MESSAGES, _height(pages, [*intro, *blocks[0]]))
    pages.tell_all(intro)
    for block in blocks:
        pages.make_room(_height(pages, block))
        pages.tell_all(block)

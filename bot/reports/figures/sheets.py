"""The report as an Excel workbook: to calculate with, and to take charts from into other documents.

The first sheet says what is where and how the figures came to be; each figure has a sheet with its shares, a chart that
draws them, and every count below. Importing this module loads XlsxWriter; import it where a report is made.
"""

from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from math import ceil
from typing import Final

from xlsxwriter import Workbook

from bot.drawing.lettering import spoken
from bot.reports.excel import sheet_names
from bot.reports.figures import wording
from bot.reports.figures.plotted import drawn, not_shown, reaches, row_names, whole_percent
from bot.reports.figures.sheet_charts import Source, chart_of
from bot.reports.figures.sheet_writer import LINE, Writer, styles
from conversations.messages import short
from conversations.model import Language
from conversations.report.values import SECTIONS, Cell, Chart, Figure, Report

_FIGURE: Final = (46, 30, 14, 14, 14, 14, 14)
_CONTENTS: Final = (34, 60, 90)
"""How wide columns are, in characters."""
_BACK: Final = short("link to the first sheet", "Back to the contents")
_DETAILS: Final = (wording.ROW, wording.SERIES, wording.COUNT, wording.WHOLE, wording.SHARE)
_ENDS: Final = (wording.LOW, wording.HIGH)


def sheets(report: Report, language: Language) -> bytes:
    """The report as an XLSX in one language. The same report gives the same bytes."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": spoken(report.title, language), "created": datetime.combine(report.day, time())})
        look = styles(book, language)
        contents, *names = sheet_names([spoken(wording.CONTENTS, language), *(each.name for each in report.figures)])
        _write_contents(Writer(book.add_worksheet(contents), look, _CONTENTS, language), names, report)
        for name, figure in zip(names, report.figures, strict=True):
            writer = Writer(book.add_worksheet(name), look, _FIGURE, language)
            _Sheet(book, writer, report, figure).write(contents)
    return file.getvalue()


def _write_contents(writer: Writer, names: list[str], report: Report) -> None:
    """What is where, then the key messages, then how the figures came to be."""
    writer.begin()
    look, language = writer.styles, writer.language
    writer.text(0, 0, report.title, look.title)
    lines = [wording.event_days(report, language), wording.as_of(report, language)]
    row = writer.lines(1, [*lines, wording.OPENED] if report.opened else lines, look.text) + 1
    writer.row(row, (wording.PART, wording.FIGURE, wording.SENTENCE), look.head)
    for name, figure in zip(names, report.figures, strict=True):
        row += 1
        writer.row(row, (SECTIONS[figure.section], figure.title, figure.sentence), look.name)
        writer.link(row, 1, name, figure.title)
    if report.takeaways:
        row += 2
        writer.row(row, (wording.SOURCE, wording.KEY_MESSAGES), look.head)
    for takeaway in report.takeaways:
        row += 1
        writer.row(row, (takeaway.source, takeaway.text), look.name)
    writer.text(row + 2, 0, wording.ABOUT, look.title)
    writer.lines(row + 3, report.about, look.text)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The sheet of a figure, written from top to bottom."""

    book: Workbook
    writer: Writer
    report: Report
    figure: Figure

    def write(self, contents: str) -> None:
        """All of it, with a link to the first sheet."""
        self.writer.begin()
        row = self._write_words(contents)
        row = self._write_shares(row + 1)
        self._write_details(row)

    def _write_words(self, contents: str) -> int:
        """What the figure says, and of whom; the row below it."""
        writer, figure, look = self.writer, self.figure, self.writer.styles
        writer.text(0, 0, figure.title, look.title)
        row = writer.lines(1, (figure.sentence, figure.base), look.text)
        hidden = not_shown(figure, writer.language)
        row = writer.lines(row, (hidden, *figure.notes) if hidden else figure.notes, look.quiet)
        writer.link(row, 0, contents, _BACK)
        return row + 1

    def _write_shares(self, top: int) -> int:
        """What the chart draws, and below it the chart; the row below both."""
        writer, figure = self.writer, self.figure
        heads = [spoken(each.name, writer.language) for each in figure.series]
        columns = [[drawn(cell) for cell in each.cells] for each in figure.series]
        if figure.chart is Chart.INTERVALS:
            for series, name in zip(figure.series, tuple(heads), strict=True):
                above, below = zip(*map(reaches, series.cells), strict=True)
                heads += [f"{name} +", f"{name} −"]
                columns += [list(above), list(below)]
        writer.heads(top, (wording.ROW, *heads), numbers=1)
        for row, name in enumerate(row_names(figure, self.report, writer.language), start=top + 1):
            writer.row(row, (name,), writer.styles.name)
        for column, numbers in enumerate(columns, start=1):
            for row, number in enumerate(numbers, start=top + 1):
                if number is not None:
                    writer.sheet.write_number(row, column, number, writer.styles.percent)
        return self._put_chart(top, top + len(figure.rows) + 2)

    def _put_chart(self, top: int, row: int) -> int:
        """Draws what is below the heads at `top`; the row below the chart."""
        figure, sheet = self.figure, self.writer.sheet
        source = Source(sheet.get_name(), top, len(figure.rows))
        chart, high = chart_of(self.book, source, figure, self.writer.language)
        described = wording.described(figure, self.report, self.writer.language)
        sheet.insert_chart(row, 0, chart, {"description": described, "object_position": 2})
        return row + ceil(high / LINE) + 1

    def _write_details(self, top: int) -> None:
        """Every cell in a row of its own, as programs for analysis have them."""
        writer, row = self.writer, top
        measured = any(cell.low is not None for series in self.figure.series for cell in series.cells)
        writer.heads(row, (*_DETAILS, *_ENDS) if measured else _DETAILS, numbers=2)
        for place, name in enumerate(self.figure.rows):
            for series in self.figure.series:
                row += 1
                writer.row(row, (name, series.name), writer.styles.name)
                self._write_cell(row, series.cells[place])

    def _write_cell(self, row: int, cell: Cell) -> None:
        sheet, look = self.writer.sheet, self.writer.styles
        if cell.count is None:
            few = wording.count_words(cell, self.report, self.writer.language)
            self.writer.text(row, 2, few, look.word)
            return
        sheet.write_number(row, 2, cell.count, look.number)
        if cell.whole is not None:
            sheet.write_number(row, 3, cell.whole, look.number)
        share = drawn(cell)
        if share is None:
            self.writer.text(row, 4, wording.NOTHING, look.word)
            return
        sheet.write_number(row, 4, share, look.percent)
        if cell.low is not None and cell.high is not None:
            sheet.write_number(row, 5, whole_percent(cell.low), look.percent)
            sheet.write_number(row, 6, whole_percent(cell.high), look.percent)

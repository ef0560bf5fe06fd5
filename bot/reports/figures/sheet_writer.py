"""How a sheet of the report is filled: styles, and rows that are as high as what stands in them.

Importing this module loads XlsxWriter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.drawing.lettering import lines_in, spoken
from bot.drawing.palette import hexadecimal
from bot.drawing.paper import ACCENT, SOFT
from bot.reports.figures.plotted import NUMBER_FORMAT
from conversations.model import Language, Words

LINE: Final = 15.0
"""How high a row of one line is, in points."""
_LETTERS: Final = 11
_CHARACTER: Final = 5.25
"""How wide a column of width 1 is, in points."""
_A4: Final = 9


@dataclass(frozen=True, slots=True)
class Styles:
    """How cells look."""

    title: Format
    text: Format
    quiet: Format
    head: Format
    head_of_numbers: Format
    link: Format
    name: Format
    number: Format
    percent: Format
    word: Format


def styles(book: Workbook, language: Language) -> Styles:
    """The styles of a workbook."""
    accent, soft = f"#{hexadecimal(ACCENT)}", f"#{hexadecimal(SOFT)}"
    top = {"valign": "top"}
    wrapped = {"text_wrap": True, **top}
    head = {"bold": True, "font_color": "#FFFFFF", "bg_color": accent, **wrapped}
    return Styles(
        title=book.add_format({"bold": True, "font_size": 16, "font_color": accent}),
        text=book.add_format({}),
        quiet=book.add_format({"font_color": soft}),
        head=book.add_format(head),
        head_of_numbers=book.add_format({**head, "align": "right"}),
        link=book.add_format({"font_color": accent, "underline": 1, **wrapped}),
        name=book.add_format(wrapped),
        number=book.add_format({"num_format": "#,##0", **top}),
        percent=book.add_format({"num_format": NUMBER_FORMAT[language], **top}),
        word=book.add_format({"italic": True, "font_color": soft, "align": "right", **top}),
    )


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes on a sheet whose columns are `widths` wide, in characters; a text is a text, whatever it begins with."""

    sheet: Worksheet
    styles: Styles
    widths: Sequence[int]
    language: Language

    def begin(self) -> None:
        """Columns and paper: as wide as a page when it is printed."""
        self.sheet.hide_gridlines(2)
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)

    def text(self, row: int, column: int, words: Words, style: Format) -> None:
        """One cell."""
        self.sheet.write_string(row, column, spoken(words, self.language), style)

    def lines(self, row: int, lines: Iterable[Words], style: Format) -> int:
        """Each in a row of its own, as long as it is; the row below them."""
        for line in lines:
            self.text(row, 0, line, style)
            row += 1
        return row

    def row(self, row: int, texts: Sequence[Words], style: Format) -> None:
        """Side by side, in a row that is as high as the longest: not every program sees to that by itself."""
        high = 1
        for column, words in enumerate(texts):
            self.text(row, column, words, style)
            width = self.widths[min(column, len(self.widths) - 1)] * _CHARACTER
            high = max(high, lines_in(spoken(words, self.language), width, _LETTERS, bold=True))
        self.sheet.set_row(row, high * LINE)

    def heads(self, row: int, heads: Sequence[Words], numbers: int) -> None:
        """The names of columns, of which there are numbers from one on, counted from 0."""
        self.row(row, heads, self.styles.head)
        for column, head in enumerate(heads[numbers:], start=numbers):
            self.text(row, column, head, self.styles.head_of_numbers)

    def link(self, row: int, column: int, sheet: str, words: Words) -> None:
        """To another sheet."""
        self.sheet.write_url(row, column, f"internal:'{sheet}'!A1", self.styles.link, spoken(words, self.language))

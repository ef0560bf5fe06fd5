"""The workbook inside a chart of a slide: what PowerPoint opens when somebody changes its numbers.

Everything in words is written as a text, so that no name can become a formula. Importing this module loads XlsxWriter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs

SHEET: Final = "Sheet1"
"""Where python-pptx says that the numbers of its charts are."""
_WIDTH: Final = 30


@dataclass(frozen=True, slots=True)
class Column:
    """Numbers below a name; None leaves a cell empty."""

    name: str
    numbers: Sequence[float | None]


def workbook(rows: Sequence[str], columns: Sequence[Column], number_format: str, day: date) -> bytes:
    """The names of the rows in the first column, then the others; made on that day."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.combine(day, time())})
        percent = book.add_format({"num_format": number_format})
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(0, 0, _WIDTH)
        for place, name in enumerate(rows, start=1):
            sheet.write_string(place, 0, name)
        for column, each in enumerate(columns, start=1):
            sheet.write_string(0, column, each.name)
            for place, number in enumerate(each.numbers, start=1):
                if number is not None:
                    sheet.write_number(place, column, number, percent)
    return file.getvalue()


def cells(column: int, rows: int) -> str:
    """Where the numbers of a column are, counted from 1."""
    return f"{SHEET}!{xl_range_abs(1, column, rows, column)}"

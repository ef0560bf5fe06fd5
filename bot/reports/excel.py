"""The dataset as an Excel workbook, one sheet for each table.

Importing this module loads XlsxWriter; import it where it is used. It writes row after row, so that memory stays the
same however many there are.
"""

import errno
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.reports.dataset import Blank, Cell, Column, Dataset, Style, Table, shown
from bot.reports.problem import ExportProblem

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
LONGEST_TEXT: Final = 32_767
"""What a sheet and a cell of Excel hold."""
_LONGEST_NAME = 31
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_FIRST_DAY = date(1900, 3, 1)  # before, Excel counts a day that never was
_MOST_EXACT = 10**15
_WIDTH = 18
_SURROGATES = re.compile("[\ud800-\udfff]")
_FORMATS = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd", time: "hh:mm:ss"}


def write(dataset: Dataset, style: Style, path: Path) -> None:
    """Write the workbook; its temporary files go into the folder of `path`, which should be for its owner alone.

    Raises:
        ExportProblem: A table is larger than a sheet of Excel.
        OSError: The file cannot be written.
    """
    as_written = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False}
    try:
        _write(dataset, style, path, as_written | {"strings_to_urls": False, "strings_to_numbers": False})
    except FileCreateError as error:
        raise OSError(errno.EIO, str(error)) from error


def _write(dataset: Dataset, style: Style, path: Path, options: dict[str, object]) -> None:
    with Workbook(str(path), options) as book:
        formats = {kind: book.add_format({"num_format": pattern}) for kind, pattern in _FORMATS.items()}
        bold = book.add_format({"bold": True})
        sheets = [
            _Sheet(book.add_worksheet(name), table, style, bold, formats)
            for name, table in zip(sheet_names([table.name for table in dataset.tables]), dataset.tables, strict=True)
        ]
        for line in dataset.lines:
            sheets[line.table].add(line.cells)


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """What the sheets are called: as Excel allows it, none twice."""
    taken = {"history"}  # which Excel keeps for itself
    names: list[str] = []
    for each in wanted:
        plain = _FORBIDDEN_IN_NAMES.sub("_", each).strip("'")[:_LONGEST_NAME] or "_"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain[: _LONGEST_NAME - len(str(number)) - 1]}_{number}"
        taken.add(name.casefold())
        names.append(name)
    return names


class _Sheet:
    """One sheet, filled from top to bottom."""

    def __init__(self, sheet: Worksheet, table: Table, style: Style, bold: Format, formats: dict[type, Format]) -> None:
        if len(table.columns) > MOST_COLUMNS:
            raise ExportProblem(f"{table.name} has {len(table.columns)} columns; a sheet of Excel has {MOST_COLUMNS}")
        self._sheet, self._table, self._style, self._formats = sheet, table, style, formats
        self._row = 0
        sheet.set_column(0, len(table.columns) - 1, _WIDTH)
        sheet.freeze_panes(1, 0)
        for place, header in enumerate(table.headers(style)):
            sheet.write_string(0, place, _fitting(header), bold)

    def add(self, cells: tuple[Cell, ...]) -> None:
        self._row += 1
        if self._row >= MOST_ROWS:
            raise ExportProblem(f"{self._table.name} has more rows than a sheet of Excel holds ({MOST_ROWS:,})")
        for place, (column, cell) in enumerate(zip(self._table.columns, cells, strict=True)):
            if not isinstance(cell, Blank):
                self._write(place, column, cell)

    def _write(self, place: int, column: Column, cell: Cell) -> None:
        match cell:
            case datetime() if cell.date() >= _FIRST_DAY:
                self._sheet.write_datetime(self._row, place, cell.replace(tzinfo=None), self._formats[datetime])
            case date() if not isinstance(cell, datetime) and cell >= _FIRST_DAY:
                self._sheet.write_datetime(self._row, place, cell, self._formats[date])
            case time():
                self._sheet.write_datetime(self._row, place, cell.replace(tzinfo=None), self._formats[time])
            case int() | float() if abs(cell) < _MOST_EXACT:
                self._sheet.write_number(self._row, place, cell)
            case str() | tuple():
                self._sheet.write_string(self._row, place, _fitting(shown(column, cell, self._style.labels)))
            case _:
                self._sheet.write_string(self._row, place, str(cell))


def _fitting(text: str) -> str:
    """A text as a cell takes it; XlsxWriter escapes control characters itself, as `safe.escaped` does."""
    plain = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(plain) <= LONGEST_TEXT // 2:
        return plain
    return plain.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")

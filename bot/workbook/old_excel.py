"""Excel workbooks of the old kind (.xls) as grids."""

from io import StringIO
from typing import TYPE_CHECKING

from bot.workbook.errors import Faults
from bot.workbook.excel import as_text
from bot.workbook.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Grid, check_size
from conversations.messages import phrase

if TYPE_CHECKING:
    from xlrd.sheet import Cell, Sheet


def grids(content: bytes, wanted: frozenset[str] | None, faults: Faults) -> list[Grid]:
    """The wanted sheets (names in lower case; None for all) with their cells as texts, and the others by name only."""
    import xlrd  # noqa: PLC0415 # few files are of this kind

    try:
        # Some programs write containers that Excel reads and that are not quite right.
        with xlrd.open_workbook(
            file_contents=content, logfile=StringIO(), on_demand=True, ragged_rows=True, ignore_workbook_corruption=True
        ) as book:
            names = book.sheet_names()
            return [
                _grid(name, book.sheet_by_name(name), book.datemode, faults)
                if wanted is None or name.strip().lower() in wanted or len(names) == 1
                else Grid(name, ())
                for name in names
            ]
    except Exception as error:  # noqa: BLE001 # a broken record surfaces as whatever it makes the reader stumble over
        if "encrypted" in str(error):
            remedy = phrase("take the password off: open it in Excel or LibreOffice and save it again as .xlsx")
            faults.add(phrase("this is a workbook with a password"), remedy)
        else:
            problem = phrase("the workbook is damaged ({error})", error=type(error).__name__)
            faults.add(problem, phrase("open it in Excel or LibreOffice and save it again as .xlsx"))
        return []


def _grid(name: str, sheet: "Sheet", datemode: int, faults: Faults) -> Grid:
    rows, errors, filled = [], [], 0
    for index in range(min(sheet.nrows, MOST_ROWS + 1)):
        row = sheet.row(index)[:MOST_COLUMNS]
        cells = tuple(_text(cell, datemode) for cell in row)
        errors += [(index + 1, text) for text in cells if text.startswith("#") and text.endswith(("!", "?", "#N/A"))]
        filled += sum(map(bool, cells))
        if any(cells):
            rows.append((index + 1, cells))
        if filled > MOST_CELLS:
            break
    check_size(name, rows, filled, faults)
    return Grid(name, tuple(rows), tuple(errors))


def _text(cell: "Cell", datemode: int) -> str:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, error_text_from_code  # noqa: PLC0415
    from xlrd.xldate import XLDateError, xldate_as_datetime  # noqa: PLC0415

    if cell.ctype == XL_CELL_BOOLEAN:
        return as_text(bool(cell.value))
    if cell.ctype == XL_CELL_ERROR:
        return str(error_text_from_code.get(int(cell.value), "#N/A"))
    if cell.ctype == XL_CELL_DATE:
        days = float(cell.value)
        try:
            moment = xldate_as_datetime(days, 1 if datemode else 0)
        except XLDateError:
            return as_text(days)
        return as_text(moment.time() if days < 1 else moment)
    return as_text(cell.value)

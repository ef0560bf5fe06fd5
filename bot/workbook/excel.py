"""Excel workbooks as grids. The file may come from anybody: it is bounded before it is unpacked.

XML entities are refused by defusedxml, which openpyxl uses when it is installed (it is one of our requirements).
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from io import BytesIO
from typing import Protocol
from zipfile import BadZipFile, ZipFile, is_zipfile

from bot.workbook.errors import Faults
from bot.workbook.grid import Grid

LARGEST_UNPACKED = 100_000_000
HIGHEST_RATIO = 200
_HARMLESS_SIZE = 1_000_000
"""Parts smaller than this (bytes, unpacked) may be packed as tightly as they like."""
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_OLE = b"\xd0\xcf\x11\xe0"
"""How .xls files begin, and .xlsx files with a password: both are OLE containers ([MS-OFFCRYPTO] 1.3.2)."""


class _Cell(Protocol):
    @property
    def value(self) -> object: ...

    @property
    def data_type(self) -> str: ...


def grids(content: bytes, wanted: frozenset[str], faults: Faults) -> list[Grid]:
    """The wanted sheets (names in lower case) with their cells as texts, and the others by name only."""
    if not _harmless(content, faults):
        return []
    import openpyxl  # noqa: PLC0415 # slow to import, and a Markdown pack never needs it

    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            return [
                Grid(
                    sheet.title,
                    _rows(sheet.title, sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS), faults),
                )
                if sheet.title.strip().lower() in wanted
                else Grid(sheet.title, ())
                for sheet in book.worksheets
            ]
        finally:
            book.close()
    except Exception as error:  # noqa: BLE001 # a broken part surfaces as any of some fifteen types, from four libraries
        faults.add(
            f"the workbook is damaged ({type(_first_cause(error)).__name__})",
            "open it in Excel or LibreOffice and save it again as .xlsx",
        )
        return []


def _first_cause(error: BaseException) -> BaseException:
    while error.__cause__ is not None:
        error = error.__cause__
    return error


def _harmless(content: bytes, faults: Faults) -> bool:
    if content.startswith(_OLE):
        faults.add(
            "this is a workbook with a password, or one in the old .xls format",
            "take the password off and save it as an Excel workbook (.xlsx)",
        )
        return False
    if not is_zipfile(BytesIO(content)):
        faults.add("this is not an Excel workbook", "save it as an Excel workbook (.xlsx)")
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        faults.add(f"the workbook is damaged ({type(error).__name__})", "save it again as an Excel workbook (.xlsx)")
        return False
    # Sizes come from the archive's directory; zipfile never unpacks more of a part than is declared there.
    bombs = [part for part in parts if part.file_size > max(_HARMLESS_SIZE, HIGHEST_RATIO * part.compress_size)]
    if bombs or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        faults.add("unpacked, the workbook is far too large", "copy its rows into a new workbook, without formatting")
        return False
    return True


def _rows(name: str, rows: Iterable[tuple[_Cell, ...]], faults: Faults) -> tuple[tuple[int, tuple[str, ...]], ...]:
    found = []
    for number, row in enumerate(rows, start=1):
        cells = tuple(as_text(cell.value) for cell in row)
        if any(cells):
            found.append((number, cells))
        for cell in row:
            if cell.data_type == "e":
                faults.add(f"a formula gives the error {cell.value}", "write the text itself", sheet=name, row=number)
    if found and found[-1][0] > MOST_ROWS:
        faults.add(f"the sheet has more than {MOST_ROWS} rows", "take out rows that are not needed", sheet=name)
    return tuple(found)


def as_text(value: object) -> str:
    """A cell as the author would type it: 1.0 is 1, a date is 2026-11-10, a time 10:00, a ticked box yes."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case _:
            return str(value).replace("\r\n", "\n").strip()

"""Excel workbooks as grids. The file may come from anybody: it is bounded before it is unpacked.

XML entities are refused by defusedxml, which openpyxl uses when it is installed (it is one of our requirements) and
lxml is out of its sight (bot/__init__.py).
"""

import warnings
from collections.abc import Iterable
from contextlib import closing
from datetime import date, datetime, time
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol
from zipfile import BadZipFile, ZipFile, is_zipfile

from bot.workbook.errors import Faults
from bot.workbook.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Grid, check_size
from conversations.messages import phrase

if TYPE_CHECKING:
    from openpyxl import Workbook

LARGEST_UNPACKED = 100_000_000
HIGHEST_RATIO = 200
_HARMLESS_SIZE = 1_000_000
"""Parts smaller than this (bytes, unpacked) may be packed as tightly as they like."""
_OTHER_PROGRAMS = {
    "word/document.xml": phrase("this is a Word document"),
    "ppt/presentation.xml": phrase("this is a presentation"),
    "content.xml": phrase("this is an OpenDocument file"),
}
"""Main parts of other files that are zip archives too (ECMA-376; OpenDocument 1.2, part 3)."""


class _Worksheet(Protocol):
    title: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, max_row: int) -> Iterable[tuple["_Cell", ...]]: ...


class _Cell(Protocol):
    @property
    def value(self) -> object: ...

    @property
    def data_type(self) -> str: ...


def grids(content: bytes, wanted: frozenset[str] | None, faults: Faults) -> list[Grid]:
    """The wanted sheets (names in lower case; None for all) with their cells as texts, and the others by name only."""
    if not _harmless(content, faults):
        return []
    try:
        with warnings.catch_warnings(), closing(_opened(content)) as book:
            # It warns of formatting that it does not know, which is nothing to us.
            warnings.simplefilter("ignore")
            every = wanted is None or len(book.worksheets) == 1
            return [
                _grid(sheet, faults)
                if every or sheet.title.strip().lower() in (wanted or ())
                else Grid(sheet.title, ())
                for sheet in book.worksheets
            ]
    except Exception as error:  # noqa: BLE001 # a broken part surfaces as any of some fifteen types, from four libraries
        faults.add(
            phrase("the workbook is damaged ({error})", error=type(_first_cause(error)).__name__),
            phrase("open it in Excel or LibreOffice and save it again as .xlsx"),
        )
        return []


def _opened(content: bytes) -> "Workbook":
    import openpyxl  # noqa: PLC0415 # slow to import, and a Markdown pack never needs it

    if openpyxl.LXML:
        raise RuntimeError("openpyxl was imported before bot, and would read XML entities by lxml")
    return openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)


def _first_cause(error: BaseException) -> BaseException:
    while error.__cause__ is not None:
        error = error.__cause__
    return error


def _harmless(content: bytes, faults: Faults) -> bool:
    if not is_zipfile(BytesIO(content)):
        faults.add(phrase("this is not an Excel workbook"), phrase("save it as an Excel workbook (.xlsx)"))
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        problem = phrase("the workbook is damaged ({error})", error=type(error).__name__)
        faults.add(problem, phrase("save it again as an Excel workbook (.xlsx)"))
        return False
    other = next((what for name, what in _OTHER_PROGRAMS.items() if any(each.filename == name for each in parts)), None)
    if other:
        faults.add(other, phrase("copy its table into an Excel workbook (.xlsx)"))
        return False
    paths = [PurePosixPath(part.filename.replace("\\", "/")) for part in parts]
    if any(path.is_absolute() or ".." in path.parts for path in paths):
        faults.add(phrase("the workbook names files outside itself"), phrase("copy its rows into a new workbook"))
        return False
    # Sizes come from the archive's directory; zipfile never unpacks more of a part than is declared there.
    bombs = [part for part in parts if part.file_size > max(_HARMLESS_SIZE, HIGHEST_RATIO * part.compress_size)]
    if bombs or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        remedy = phrase("copy its rows into a new workbook, without formatting")
        faults.add(phrase("unpacked, the workbook is far too large"), remedy)
        return False
    return True


def _grid(sheet: _Worksheet, faults: Faults) -> Grid:
    # Some programs write the wrong size of a sheet; without it the rows are as wide as they are.
    sheet.reset_dimensions()
    rows, errors, filled = [], [], 0
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1), start=1):
        cells = tuple(as_text(cell.value) for cell in row[:MOST_COLUMNS])
        errors += [(number, str(cell.value)) for cell in row[:MOST_COLUMNS] if cell.data_type == "e"]
        if any(cells):
            filled += sum(map(bool, cells))
            rows.append((number, cells))
        if filled > MOST_CELLS:
            break
    check_size(sheet.title, rows, filled, faults)
    return Grid(sheet.title, tuple(rows), tuple(errors))


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

"""Workbooks of any form, Excel's or text, as the same plain sheets."""

from dataclasses import dataclass, replace
from pathlib import Path

from bot.workbook.errors import Faults
from bot.workbook.formats import grids
from bot.workbook.grid import Grid
from bot.workbook.wording import nearest
from conversations.messages import phrase

LARGEST_FILE = 10_000_000
"""Bytes of a file on disk. A year's event with pictures of nothing takes some tens of kilobytes."""

OUR_SHEETS = ("event", "messages", "schedule")
"""Sheets that make a pack of a form."""
KNOWN_SHEETS = (
    *("settings", "event", "survey", "choices", "messages", "variants", "schedule", "rest_days", "referrals", "codes"),
)
_OF_A_FORM = ("settings", "survey", "choices")
FORM_SHEETS = ("external_choices", "entities", "osm")
"""Sheets of XLSForm that only forms have."""
LARGER_SHEETS = ("glossary",)
"""Sheets that a pack may hold for other parts of the project: never taken for a misspelt one of ours."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header. `number` is the author's: Excel's row, or the line of the Markdown file."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet whose first row with anything in it is the header; rows without any text are left out.

    `errors` as in Grid.
    """

    name: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    errors: tuple[tuple[int, str], ...] = ()


Sheets = dict[str, Sheet]
_GAP = 60
"""Rows without any text after which pyxform reads no further."""


def until_gap(sheet: Sheet) -> tuple[Sheet, int | None]:
    """The sheet as pyxform reads it, and the first row that it does not come to, if there is one."""
    before = sheet.header_row
    for index, row in enumerate(sheet.rows):
        if row.number - before > _GAP + 1:
            return replace(sheet, rows=sheet.rows[:index]), row.number
        before = row.number
    return sheet, None


def read_sheets(path: Path, faults: Faults) -> Sheets:
    """The sheets that make a pack or a form, by name in lower case; of others there is the name only.

    A file that cannot be read at all gives a fault and no sheets.
    """
    content = content_of(path, LARGEST_FILE, faults)
    if content is None:
        return {}
    found = grids(content, frozenset((*KNOWN_SHEETS, *FORM_SHEETS)), faults)
    if len(found) == 1 and found[0].name.strip().lower() not in (*OUR_SHEETS, *_OF_A_FORM):
        # As pyxform has it: a workbook of one sheet is a survey, whatever that sheet is called.
        return {"survey": sheet_of("survey", found[0])}
    sheets: Sheets = {}
    for grid in found:
        name = grid.name.strip().lower()
        if name in sheets:
            problem = phrase("the sheet {name} is there twice", name=name)
            faults.add(problem, phrase("put all its rows into one sheet"), sheet=name)
        elif name in (*KNOWN_SHEETS, *FORM_SHEETS):
            sheets[name] = sheet_of(name, grid)
    for grid in found:
        sheets.setdefault(grid.name.strip().lower(), Sheet(grid.name, (), 1, ()))
    return sheets


def misspelt(sheets: Sheets, faults: Faults) -> None:
    """Add a fault for each sheet whose name is nearly that of one of ours that is not there."""
    missing = [name for name in KNOWN_SHEETS if name not in sheets]
    for name in sorted(sheets.keys() - {*KNOWN_SHEETS, *FORM_SHEETS, *LARGER_SHEETS}):
        meant = nearest(name, missing)
        if meant:
            problem = phrase("there is no sheet of the name {name} in a pack", name=name)
            faults.add(problem, phrase("rename it to {name}", name=meant), sheet=name)


def content_of(path: Path, largest: int, faults: Faults) -> bytes | None:
    """What a file of at most so many bytes holds; None, and a fault, when it cannot be had."""
    if path.is_dir():
        remedy = phrase("name the file in it, such as {example}", example=str(path / "pack.md"))
        faults.add(phrase("this is a folder"), remedy)
        return None
    if path.is_fifo() or path.is_socket():
        # To open one waits for somebody to write into it.
        faults.add(phrase("this is no file"), phrase("name a file"))
        return None
    try:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except FileNotFoundError:
        faults.add(phrase("there is no such file"), phrase("check its name and its folder"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        problem = phrase("the file cannot be opened: {reason}", reason=reason)
        faults.add(problem, phrase("check that it is a file and that you may read it"))
    else:
        if len(content) <= largest:
            return content
        problem = phrase("the file is larger than {most} MB", most=largest // 1_000_000)
        faults.add(problem, phrase("take out pictures and unused sheets"))
    return None


def sheet_of(name: str, grid: Grid) -> Sheet:
    """The grid with its header known, under that name."""
    filled = [Row(number, cells) for number, cells in grid.rows if any(cells)]
    if not filled:
        return Sheet(name, (), 1, (), grid.errors)
    return Sheet(name, filled[0].cells, filled[0].number, tuple(filled[1:]), grid.errors)

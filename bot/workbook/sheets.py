"""Workbooks of either form, .xlsx or Markdown tables, as the same plain sheets."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.workbook import excel, markdown
from bot.workbook.errors import Faults
from bot.workbook.grid import Grid
from bot.workbook.wording import nearest

LARGEST_FILE = 10_000_000
"""Bytes of a pack on disk. A year's event with pictures of nothing takes some tens of kilobytes."""

KNOWN_SHEETS = ("settings", "event", "survey", "choices", "messages", "schedule")
LARGER_SHEETS = ("referrals", "glossary")
"""Sheets that a pack may hold for other parts of the project: never taken for a misspelt one of ours."""

_READERS: dict[str, Callable[[bytes, frozenset[str], Faults], list[Grid]]] = {
    ".xlsx": excel.grids,
    ".md": markdown.grids,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header. `number` is the author's: Excel's row, or the line of the Markdown file."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet whose first row with anything in it is the header; rows without any text are left out."""

    name: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]


def read_sheets(path: Path, faults: Faults) -> dict[str, Sheet]:
    """The sheets that make a pack, by name in lower case; others are left alone.

    A file that cannot be read at all gives a fault and no sheets.
    """
    content = _content(path, faults)
    if content is None:
        return {}
    grids = _READERS[path.suffix.lower()](content, frozenset(KNOWN_SHEETS), faults)
    sheets: dict[str, Sheet] = {}
    for grid in grids:
        name = grid.name.strip().lower()
        if name in sheets:
            faults.add(f"the sheet {name} is there twice", "put all its rows into one sheet", sheet=name)
        elif name in KNOWN_SHEETS:
            sheets[name] = _sheet(name, grid)
    _misspelt({grid.name.strip().lower() for grid in grids}, faults)
    return sheets


def _content(path: Path, faults: Faults) -> bytes | None:
    if path.is_dir():
        faults.add("this is a folder", f"name the file in it, such as {path / 'pack.md'}")
        return None
    if path.suffix.lower() not in _READERS:
        faults.add(
            f"a file that ends in {path.suffix or 'nothing'} is not an event pack",
            "save it as an Excel workbook (.xlsx), or write it as Markdown tables (.md)",
        )
        return None
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        faults.add("there is no such file", "check its name and its folder")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        faults.add(f"the file cannot be opened: {reason}", "check that it is a file and that you may read it")
    else:
        if len(content) <= LARGEST_FILE:
            return content
        faults.add("the file is larger than 10 MB", "take out pictures and unused sheets")
    return None


def _sheet(name: str, grid: Grid) -> Sheet:
    filled = [Row(number, cells) for number, cells in grid.rows if any(cells)]
    if not filled:
        return Sheet(name, (), 1, ())
    return Sheet(name, filled[0].cells, filled[0].number, tuple(filled[1:]))


def _misspelt(names: set[str], faults: Faults) -> None:
    missing = [name for name in KNOWN_SHEETS if name not in names]
    for name in sorted(names - {*KNOWN_SHEETS, *LARGER_SHEETS}):
        meant = nearest(name, missing)
        if meant:
            faults.add(f"there is no sheet of the name {name} in a pack", f"rename it to {meant}", sheet=name)

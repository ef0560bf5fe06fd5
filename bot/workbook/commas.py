"""Text with commas (.csv) as grids: forms in pyxform's grammar, and plain tables.

Grammar, from pyxform's `csv_to_dict`: a sheet's name stands in the first cell of a row; its rows follow with an empty
first cell. A file that begins with a header is the sheet survey alone. Where Excel speaks French it separates with
semicolons.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from bot.workbook.errors import Faults
from bot.workbook.grid import MOST_COLUMNS, MOST_ROWS, Grid, check_size
from conversations.messages import phrase

_SEPARATOR = re.compile(r"\"?sep=([,;\t])\"?\r?\n")
"""The line by which some programs tell Excel what separates the cells."""


def grids(text: str, faults: Faults) -> list[Grid]:
    """The sheets of the file; rows are numbered as a spreadsheet program shows them."""
    found: list[tuple[str, list[tuple[int, tuple[str, ...]]]]] = []
    try:
        for number, cells in _records(text):
            if not found and {"type", "name"} <= {cell.lower() for cell in cells if cells[0]}:
                found.append(("survey", list(_records(text))))
                break
            if cells[0]:
                found.append((cells[0], []))
            if not any(cells[1:]):
                continue
            if not found:
                remedy = phrase(
                    "begin each sheet with a row that holds its name alone, and leave the first cell of its rows empty"
                )
                faults.add(phrase("this row belongs to no sheet"), remedy, row=number)
                return []
            found[-1][1].append((number, cells[1:]))
    except csv.Error as error:
        problem = phrase("the file is no table ({error})", error=str(error))
        faults.add(problem, phrase("save it as an Excel workbook (.xlsx)"))
        return []
    if not any(rows for _, rows in found):
        remedy = phrase(
            "save it as an Excel workbook (.xlsx), or begin each sheet with a row that holds its name alone, and leave "
            "the first cell of its rows empty"
        )
        faults.add(phrase("the file holds no tables"), remedy)
        return []
    for name, rows in found:
        check_size(name, rows, sum(len(cells) - cells.count("") for _, cells in rows), faults)
    return [Grid(name, tuple(rows)) for name, rows in found]


def table(text: str) -> Iterator[tuple[str, ...]]:
    """The rows of a plain table, its header first. Raises csv.Error."""
    return (cells for _, cells in _records(text))


def plain_grid(text: str, faults: Faults) -> Grid:
    """A plain table with the numbers of its rows as a spreadsheet program shows them. Raises csv.Error."""
    rows = [(number, cells) for number, cells in islice(_records(text), MOST_ROWS + 1)]
    check_size("", rows, sum(len(cells) - cells.count("") for _, cells in rows), faults)
    return Grid("", tuple(rows))


def _records(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    named = _SEPARATOR.match(text)
    beginning = "\n".join(text.split("\n", 3)[:3])
    separator = named[1] if named else max(",;\t", key=beginning.count)
    for number, record in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), start=1):
        if named and number == 1:
            continue
        cells = tuple(cell.replace("\r\n", "\n").strip() for cell in record[: MOST_COLUMNS + 1])
        if any(cells):
            yield number, cells

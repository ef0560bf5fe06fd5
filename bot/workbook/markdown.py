r"""Markdown tables as grids, in the grammar of pyxform's own reader, with the number of each line kept.

Grammar, from pyxform's `md_to_dict`: a sheet's name stands alone in the first cell of a row; its rows follow with an
empty first cell; `\|` is a pipe inside a cell; lines that begin with `#`, and what follows `#` after the last pipe,
are comments. Beyond that, prose between the tables is allowed and rows of dashes may hold spaces and colons.
"""

import re

from bot.workbook.errors import Faults
from bot.workbook.grid import Grid
from conversations.messages import phrase

_PIPE = re.compile(r"(?<!\\)\|")
_COMMENT = re.compile(r"(?<=\|)\s*#[^|]*$")
_DASHES = re.compile(r":?-+:?")


def grids(text: str, faults: Faults) -> list[Grid]:
    """The tables of the file, each as one grid; rows are numbered by their line in the file, from 1."""
    found: list[tuple[str, list[tuple[int, tuple[str, ...]]]]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        cells = _cells(line, number, faults)
        if not cells or all(_DASHES.fullmatch(cell) for cell in cells):
            continue
        if cells[0]:
            found.append((cells[0], []))
        if not found:
            remedy = phrase("put the sheet's name, as in | survey |, above it")
            faults.add(phrase("this row belongs to no sheet"), remedy, row=number)
            break
        found[-1][1].append((number, cells[1:]))
    if not found and not faults.found:
        remedy = phrase("write each sheet as a Markdown table, its name in the first cell")
        faults.add(phrase("the file holds no tables"), remedy)
    return [Grid(name, tuple(rows)) for name, rows in found]


def _cells(line: str, number: int, faults: Faults) -> tuple[str, ...]:
    row = _COMMENT.sub("", line.strip())
    if not row.startswith("|"):
        return ()
    inner = _PIPE.split(row)[1:]
    if inner[-1].strip():
        faults.add(
            phrase("this row does not end with |"),
            phrase("keep the row on one line, write <br> where a new line should begin, and end it with |"),
            row=number,
        )
        inner.append("")
    return tuple(cell.strip().replace(r"\|", "|") for cell in inner[:-1])

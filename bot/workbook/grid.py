"""A sheet as it was found, before it is known which row is its header."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.workbook.errors import Faults
from conversations.messages import phrase

MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CELLS = 1_000_000
"""Cells of one sheet that hold something."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows as (number, cells); the number is the one that the author sees, cells are stripped texts.

    `errors` are the rows with a formula that came to nothing, and what Excel calls that ("#REF!").
    """

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    errors: tuple[tuple[int, str], ...] = ()


def check_size(name: str, rows: Sequence[tuple[int, tuple[str, ...]]], filled: int, faults: Faults) -> None:
    """Add a fault for a sheet with too many rows, or with too many cells that hold something."""
    if rows and rows[-1][0] > MOST_ROWS:
        problem = phrase("the sheet has more than {most} rows", most=MOST_ROWS)
        faults.add(problem, phrase("take out rows that are not needed"), sheet=name)
    elif filled > MOST_CELLS:
        problem = phrase("the sheet has more than {most} cells", most=MOST_CELLS)
        faults.add(problem, phrase("take out columns that are not needed"), sheet=name)

"""A sheet as it was found, before it is known which row is its header."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.workbook.errors import Faults

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
        faults.add(f"the sheet has more than {MOST_ROWS} rows", "take out rows that are not needed", sheet=name)
    elif filled > MOST_CELLS:
        faults.add(f"the sheet has more than {MOST_CELLS} cells", "take out columns that are not needed", sheet=name)

"""A sheet as it was found, before it is known which row is its header."""

from dataclasses import dataclass

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

"""A sheet as it was found, before it is known which row is its header."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows as (number, cells); the number is the one that the author sees, cells are stripped texts."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]

"""Figures in columns, for a terminal."""

from collections.abc import Iterable, Sequence


def in_columns(header: Sequence[str], rows: Iterable[Sequence[object]], words: int = 1) -> list[str]:
    """The lines of a table whose columns are as wide as they need to be; the first `words` of them are texts."""
    lines = [list(header), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place < words else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]

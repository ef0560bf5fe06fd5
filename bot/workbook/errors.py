"""What is wrong with an event pack, told so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContentError:
    """One fault: where it is, what is wrong, what to do.

    `sheet` and `column` are empty, and `row` is None, where the fault is wider than that. `row` is the number that the
    author sees: the row in Excel, the line of a Markdown file.
    """

    file: str
    sheet: str
    row: int | None
    column: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        places = (
            self.file,
            f"sheet {self.sheet}" if self.sheet else "",
            f"{counted(self.file)} {self.row}" if self.row is not None else "",
            f"column {self.column}" if self.column else "",
        )
        return f"{', '.join(place for place in places if place)}: {self.problem} -> {self.remedy}"


class ContentErrors(Exception):  # it is all of them at once, and its name says so
    """All the faults of a pack, by sheet, row and column."""

    def __init__(self, errors: Iterable[ContentError]) -> None:
        self.errors = tuple(sorted(errors, key=_place))
        super().__init__("\n".join(str(error) for error in self.errors))


class Faults:
    """Collects the faults of one file while its checks go on; each is kept once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: dict[ContentError, None] = {}

    @property
    def found(self) -> tuple[ContentError, ...]:
        """Those so far, in the order in which they were found."""
        return tuple(self._found)

    def add(self, problem: str, remedy: str, *, sheet: str = "", row: int | None = None, column: str = "") -> None:
        """Keep a fault of that place."""
        self._found[ContentError(self.file, sheet, row, column, problem, remedy)] = None

    def raise_any(self) -> None:
        """End here with ContentErrors when there is any fault."""
        if self._found:
            raise ContentErrors(self._found)


def counted(file: str) -> str:
    """What the number of a fault counts in that file: lines of Markdown, rows of a workbook."""
    return "line" if file.lower().endswith(".md") else "row"


def _place(error: ContentError) -> tuple[str, int, str, str]:
    return error.sheet, error.row or 0, error.column, error.problem

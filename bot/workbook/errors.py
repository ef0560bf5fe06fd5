"""What is wrong with an event pack, told so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


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
        return f"{_where(self)}: {self.problem} -> {self.remedy}"


class RemarkKind(StrEnum):
    """What a remark is about."""

    TRANSLATION = "translation"
    """A cell without words in one language: those of another stand in for them."""
    LANGUAGE = "language"
    """No words at all in English, in French, or in both."""
    ONE_LANGUAGE = "one language"
    """No words in one of ours, and the settings say that it is meant so."""
    SKIPPED = "skipped"
    """A question that a chat cannot ask, and that nothing depends on: it is left out."""
    NOT_COLLECTED = "not collected"
    """A value about the device or its user, which a chat does not know: it stays blank."""
    MEDIA = "media"
    """A sound or a film beside the words, or a picture, which is not shown."""
    NOTE = "note"
    """Anything else that an author should know."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that does not block: the place as in ContentError, what is so, and what could be done about it."""

    kind: RemarkKind
    file: str
    sheet: str
    row: int | None
    column: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{_where(self)}: {self.problem} -> {self.remedy}"


class ContentErrors(Exception):  # it is all of them at once, and its name says so
    """All the faults of a pack, by sheet, row and column."""

    def __init__(self, errors: Iterable[ContentError]) -> None:
        self.errors = tuple(sorted(errors, key=_place))
        super().__init__("\n".join(str(error) for error in self.errors))


class Faults:
    """Collects the faults and remarks of one file while its checks go on; each is kept once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: dict[ContentError, None] = {}
        self._remarks: dict[Remark, None] = {}

    @property
    def found(self) -> tuple[ContentError, ...]:
        """The faults so far, in the order in which they were found."""
        return tuple(self._found)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The remarks so far, by sheet, row and column."""
        return tuple(sorted(self._remarks, key=_place))

    def add(self, problem: str, remedy: str, *, sheet: str = "", row: int | None = None, column: str = "") -> None:
        """Keep a fault of that place."""
        self._found[ContentError(self.file, sheet, row, column, problem, remedy)] = None

    def remark(
        self, kind: RemarkKind, problem: str, remedy: str, *, sheet: str = "", row: int | None = None, column: str = ""
    ) -> None:
        """Keep a remark of that place."""
        self._remarks[Remark(kind, self.file, sheet, row, column, problem, remedy)] = None


def counted(file: str) -> str:
    """What the number of a fault counts in that file: lines of Markdown, rows of a workbook."""
    return "line" if file.lower().endswith(".md") else "row"


def _where(told: ContentError | Remark) -> str:
    places = (
        told.file,
        f"sheet {told.sheet}" if told.sheet else "",
        f"{counted(told.file)} {told.row}" if told.row is not None else "",
        f"column {told.column}" if told.column else "",
    )
    return ", ".join(place for place in places if place)


def _place(told: ContentError | Remark) -> tuple[str, int, str, str]:
    return told.sheet, told.row or 0, told.column, told.problem

"""What is wrong with an event pack, told so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from conversations.messages import phrase
from conversations.model import Language, Phrase
from locales.phrases import say


@dataclass(frozen=True, slots=True)
class ContentError:
    """One fault: where it is, what is wrong, what to do.

    `sheet` and `column` are empty, and `row` is None, where the fault is wider than that. `row` is the number that the
    author sees: the row in Excel, the line of a Markdown file. As a text it is the English of `told`.
    """

    file: str
    sheet: str
    row: int | None
    column: str
    problem: Phrase
    remedy: Phrase

    def __str__(self) -> str:
        return told(self, Language.EN)


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
    problem: Phrase
    remedy: Phrase

    def __str__(self) -> str:
        return told(self, Language.EN)


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

    def add(
        self, problem: Phrase, remedy: Phrase, *, sheet: str = "", row: int | None = None, column: str = ""
    ) -> None:
        """Keep a fault of that place."""
        self._found[ContentError(self.file, sheet, row, column, problem, remedy)] = None

    def remark(
        self,
        kind: RemarkKind,
        problem: Phrase,
        remedy: Phrase,
        *,
        sheet: str = "",
        row: int | None = None,
        column: str = "",
    ) -> None:
        """Keep a remark of that place."""
        self._remarks[Remark(kind, self.file, sheet, row, column, problem, remedy)] = None


def told(error: ContentError | Remark, language: Language) -> str:
    """The fault or remark in one line of that language."""
    return say(in_words(error), language)


def in_words(error: ContentError | Remark) -> Phrase:
    """The fault or remark in one line: where it is, what is so, what to do about it."""
    return phrase("{place}: {problem} -> {remedy}", place=_where(error), problem=error.problem, remedy=error.remedy)


def by_line(file: str) -> bool:
    """Whether the numbers of a file's rows are those of its lines, as in Markdown, and not rows of a workbook."""
    return file.lower().endswith(".md")


def row_of(file: str, number: int) -> Phrase:
    """A row of that file by its number, which is never grouped: it has to be found."""
    if by_line(file):
        return phrase("line {number}", number=str(number))
    return phrase("row {number}", number=str(number))


def _where(error: ContentError | Remark) -> Phrase | str:
    place: Phrase | str = error.file
    if error.sheet:
        place = _further(place, phrase("sheet {sheet}", sheet=error.sheet))
    if error.row is not None:
        place = _further(place, row_of(error.file, error.row))
    if error.column:
        place = _further(place, phrase("column {column}", column=error.column))
    return place


def _further(place: Phrase | str, part: Phrase) -> Phrase:
    return phrase("{place}, {part}", place=place, part=part)


def _place(error: ContentError | Remark) -> tuple[str, int, str, str]:
    return error.sheet, error.row or 0, error.column, say(error.problem, Language.EN)

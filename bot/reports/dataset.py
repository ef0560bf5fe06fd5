"""An export as values: tables with columns, and rows that come one by one, before any file format is chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import Enum, StrEnum

from conversations.model import Bilingual, Language


class Kind(StrEnum):
    """What the cells of a column are.

    A CHOICE is the name of an option, SEVERAL the names of some; a FLAG is 1 or 0; COMPUTED is whatever a form worked
    out, number or text.
    """

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    CHOICE = "choice"
    SEVERAL = "several"
    COMPUTED = "computed"


class Blank(Enum):
    """Why there is no answer: the person passed the question over, or never got to it."""

    SKIPPED = "skipped"
    NOT_ASKED = "not asked"


Cell = str | int | float | date | time | tuple[str, ...] | Blank
"""A cell. An instant is in the zone of the person; what does not fit its column's kind is a text."""


class Labels(StrEnum):
    """What stands in headers and cells: the names that a form's author gave, or the labels in a language."""

    NAMES = "names"
    EN = "en"
    FR = "fr"

    @property
    def language(self) -> Language:
        """The language of what a form says; English beside names."""
        return Language.FR if self is Labels.FR else Language.EN

    def of(self, words: Bilingual, name: str) -> str:
        """The label, or the name: also where the label is not there in that language."""
        return name if self is Labels.NAMES else words.in_language(self.language) or name


@dataclass(frozen=True, slots=True)
class Style:
    """How tables are written; `separator` stands between groups and question in headers, None for no groups there."""

    labels: Labels = Labels.NAMES
    separator: str | None = "/"


class Part(StrEnum):
    """Which part of an answer a column has; OPTION and PLACE say in `Column.detail` which."""

    WHOLE = "whole"
    OPTION = "option"
    PLACE = "place"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    ALTITUDE = "altitude"
    PRECISION = "precision"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `path` and `titles` lead from the outermost group to the question (and its part), step by step.

    `question` is the question's name in its survey, empty for what Suivi adds. `options` are the labels of choices by
    their names, in the order of the form.
    """

    path: tuple[str, ...]
    titles: tuple[Bilingual, ...]
    kind: Kind
    question: str = ""
    part: Part = Part.WHOLE
    detail: str = ""
    options: Mapping[str, Bilingual] = field(default_factory=dict)
    groups: int = 0

    def header(self, style: Style) -> str:
        """What stands above the column."""
        first, separator = (self.groups, "/") if style.separator is None else (0, style.separator)
        steps = [
            style.labels.of(title, step) for step, title in zip(self.path[first:], self.titles[first:], strict=True)
        ]
        return separator.join(steps)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `survey` and the repeated groups whose instances its rows are, the outermost first; none for persons.

    `name` is unique in the export.
    """

    name: str
    title: Bilingual
    survey: str
    repeats: tuple[str, ...]
    columns: tuple[Column, ...]

    def headers(self, style: Style) -> list[str]:
        """All headers, none twice: where labels are the same, the name tells them apart."""
        found = [column.header(style) for column in self.columns]
        counts: dict[str, int] = {}
        for header in found:
            counts[header.casefold()] = counts.get(header.casefold(), 0) + 1
        taken: set[str] = set()
        unique = []
        for header, column in zip(found, self.columns, strict=True):
            wanted = header if counts[header.casefold()] == 1 else f"{header} ({'/'.join(column.path)})"
            while wanted.casefold() in taken:
                wanted += " "
            taken.add(wanted.casefold())
            unique.append(wanted)
        return unique


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table with that number in the dataset."""

    table: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Tables and their rows, mixed; those of one table are in order. The rows can be taken once."""

    title: Bilingual
    tables: tuple[Table, ...]
    lines: Iterable[Line]


def shown(column: Column, cell: str | tuple[str, ...], labels: Labels) -> str:
    """A text, or the names of what was chosen, as it is written; several with blanks between them."""
    if column.kind not in (Kind.CHOICE, Kind.SEVERAL):
        return cell if isinstance(cell, str) else " ".join(cell)
    names = (cell,) if isinstance(cell, str) else cell
    return " ".join(labels.of(column.options[name], name) if name in column.options else name for name in names)

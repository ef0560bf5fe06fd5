"""Lists that lie beside a form as files (.csv, .geojson), and those that its expressions look into."""

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

from bot.workbook.choices_sheet import ChoiceLists
from bot.workbook.commas import table
from bot.workbook.encoding import LOOK_AT_ACCENTS, READ_AS_1252, SAVE_AS_UTF_8, text_of
from bot.workbook.errors import Faults, RemarkKind
from bot.workbook.features import features
from bot.workbook.form_columns import language_of
from bot.workbook.lines import Line
from bot.workbook.sheets import LARGEST_FILE, content_of
from bot.workbook.wording import quoted
from conversations.messages import phrase
from conversations.model import Bilingual, Choice, Language, Phrase, Table

MOST_ROWS = 10_000
"""Rows of all the files that lie beside one form."""

_PLAIN = re.compile(r"[\w][\w .-]{0,100}\.(csv|geojson)", re.IGNORECASE)
_LOOKED_INTO = re.compile(r"""\b(instance|pulldata)\s*\(\s*['"]([^'"]+)['"]""")


@dataclass(slots=True)
class Shelf:
    """The files beside a form, in a folder "media" there, or in "NAME-media" where ODK's tools put them.

    Only plain names are looked up, and each file is read once. `pictures` are by the SHA-256 of each, `seen` gives by
    its name the SHA-256 of a picture, or what is wrong with it.
    """

    form: Path
    read: dict[str, Table | None] = field(default_factory=dict)
    rows: int = 0
    pictures: dict[str, bytes] = field(default_factory=dict)
    seen: dict[str, tuple[str, Phrase | None]] = field(default_factory=dict)

    def content(self, file: str, largest: int, faults: Faults) -> bytes | None:
        """The bytes of a file of that plain name; None, and a fault, when it cannot be had.

        A link that leads elsewhere is not followed: people would be shown what else the operator may read.
        """
        place = self._place(file)
        if place.exists() and not place.resolve().is_relative_to(self.form.resolve().parent):
            remedy = phrase("put the file itself there")
            faults.add(phrase("this is a link that leads out of the form's folder"), remedy)
            return None
        return content_of(place, largest, faults)

    def _place(self, file: str) -> Path:
        """Where a file of that plain name lies, or would be looked for last."""
        own = self.form.with_name(f"{self.form.stem}-media") / file
        shared = self.form.with_name("media") / file
        return next((path for path in (own, shared) if path.is_file()), self.form.with_name(file))

    def table(self, file: str, line: Line, column: str) -> Table | None:
        """The file as a table; None, and a fault of the row that wants it, when it cannot be had."""
        if file not in self.read:
            self.read[file] = self._read(file, line, column)
        return self.read[file]

    def _read(self, file: str, line: Line, column: str) -> Table | None:
        if not _PLAIN.fullmatch(file):
            problem = phrase("{file} is not the plain name of a .csv or .geojson file", file=quoted(file))
            line.fault(column, problem, phrase("put it beside the form"))
            return None
        faults = Faults(file)
        content = self.content(file, LARGEST_FILE, faults)
        if content is None:
            problem = phrase("the list {file}: {problem}", file=quoted(file), problem=faults.found[0].problem)
            line.fault(column, problem, phrase("put the file beside the form"))
            return None
        try:
            text, guessed = text_of(content)
            rows = features(text) if file.lower().endswith(".geojson") else list(table(text))
        except (csv.Error, ValueError):
            line.fault(column, phrase("{file} is no table in UTF-8", file=quoted(file)), SAVE_AS_UTF_8)
            return None
        if guessed:
            problem = phrase("{file}: {problem}", file=quoted(file), problem=READ_AS_1252)
            line.remark(RemarkKind.NOTE, column, problem, LOOK_AT_ACCENTS)
        self.rows += len(rows)
        if self.rows > MOST_ROWS:
            problem = phrase(
                "with {file} the lists beside the form have more than {most} rows", file=quoted(file), most=MOST_ROWS
            )
            line.fault(column, problem, phrase("take out rows that are not needed"))
            return None
        header, body = (rows[0], rows[1:]) if rows else ((), [])
        width = len(header)
        return Table(
            file.rpartition(".")[0], header, tuple((*row, *("",) * (width - len(row)))[:width] for row in body)
        )


def choices_in(found: Table, value: str, label: str) -> tuple[Choice, ...]:
    """The rows of a file as options: `value` and `label` are the columns of names and words."""
    if value not in found.columns:
        return ()
    names = found.columns.index(value)
    english, french = (_words(found, label, language) for language in Language)
    return tuple(
        Choice(
            row[names],
            Bilingual(row[english] or row[names], row[french] or row[names]),
            (),
            tuple((column, cell) for column, cell in zip(found.columns, row, strict=True) if cell),
        )
        for row in found.rows
        if row[names]
    )


def _words(found: Table, label: str, language: Language) -> int:
    """The column of the label in that language, else of the label, else of anything like it."""
    parts = [column.partition("::") for column in found.columns]
    own = [i for i, (base, _, named) in enumerate(parts) if base == label and language_of(named) is language]
    any_ = [i for i, (base, _, _) in enumerate(parts) if base == label]
    return (own or any_ or [0])[0]


def looked_into(expression: str) -> set[tuple[str, str]]:
    """The function (instance or pulldata) and the name of each list that the expression looks into."""
    return {(match[1], match[2]) for match in _LOOKED_INTO.finditer(expression)}


def table_of(name: str, lists: ChoiceLists) -> Table:
    """A list of choices as a table, to be looked into."""
    further = (column for choice in lists[name] for column, _ in choice.columns)
    columns = tuple(dict.fromkeys(("name", "label", *further)))
    cells = ({"name": choice.name, "label": choice.label.en, **dict(choice.columns)} for choice in lists[name])
    return Table(name, columns, tuple(tuple(row.get(column, "") for column in columns) for row in cells))

"""Rows of a form that knows nothing of packs: read kindly, with remarks where a pack would have faults."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.workbook.columns import in_both
from bot.workbook.errors import Faults, RemarkKind
from bot.workbook.form_columns import MEDIA, TEXTS, Header, Tongue, guessed, headers_of, language_of, tongue_of
from bot.workbook.lines import BREAK, CONTROL, LONGEST_MESSAGE, TAG, YES, Line, length_of
from bot.workbook.sheets import Sheet
from bot.workbook.wording import one_of, quoted
from conversations.model import Bilingual, Language

LONGEST_NAME = 120
"""Characters of a name: the database keeps 128, with the numbers of repeated groups behind it."""

_Word = TypeVar("_Word", bound=StrEnum)
_NAME = re.compile(r"[^\W\d][\w.-]*")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_NAMED = {Language.EN: "English", Language.FR: "French"}


@dataclass(frozen=True, slots=True)
class FormLine(Line):
    """One row of a form. `others` are its words in further languages, by text, `spoken` ours that the form has.

    `written` gives the header as its author wrote it, by the name of the column here; `media` are its pictures, sounds
    and films, each with the header that it stands under.
    """

    others: dict[str, str]
    spoken: frozenset[Language]
    written: dict[str, str]
    media: tuple[tuple[Header, str], ...]

    def fault(self, column: str, problem: str, remedy: str) -> None:
        """Keep a fault of this row, under the header that its author wrote."""
        Line.fault(self, self.written.get(column, column), problem, remedy)

    def remark(self, kind: RemarkKind, column: str, problem: str, remedy: str) -> None:
        """Keep a remark of this row, under the header that its author wrote."""
        Line.remark(self, kind, self.written.get(column, column), problem, remedy)

    def name(self, column: str = "name", *, choice: bool = False) -> str:
        """A name that other cells and the export refer to."""
        name = self.filled(column, "give it a name, such as week_1")
        if name and not choice and not _NAME.fullmatch(name):
            self.fault(column, f"{quoted(name)} is not a name", "use letters, digits and _, beginning with a letter")
        elif len(name) > LONGEST_NAME:
            self.fault(column, "this name is too long", f"use at most {LONGEST_NAME} characters")
        return name

    def yes(self, column: str) -> bool:
        """Whether the cell says yes. What is not clear counts as yes, so that nothing delicate loses its protection."""
        answer = YES.get(self[column].lower())
        if answer is None:
            self.remark(RemarkKind.NOTE, column, f"{quoted(self[column])} is taken as yes", "write yes, or empty it")
        return answer is not False

    def word(self, column: str, words: type[_Word]) -> _Word | None:
        """One of a few fixed words, or None."""
        written = self[column].lower()
        if written in {str(word) for word in words}:
            return words(written)
        if written:
            remedy = one_of(written, [str(word) for word in words])
            self.remark(RemarkKind.NOTE, column, f"{quoted(self[column])} is not known here", remedy)
        return None

    def bilingual(self, base: str, *, longest: int = LONGEST_MESSAGE, lines: bool = True) -> Bilingual:
        """A text in both languages, where one is missing with the words of another; empty when there are none."""
        del longest, lines
        columns = in_both(base)
        own = [self.text(column) for column in columns]
        found = [text for text in (*own, self._cleaned(base, self.others.get(base, ""))) if text]
        if not found:
            return Bilingual("", "")
        for language, column, text in zip(Language, columns, own, strict=True):
            if not text and language in self.spoken:
                problem = f"there are no words in {_NAMED[language]}: others are shown"
                self.remark(RemarkKind.TRANSLATION, column, problem, f"write it in {_NAMED[language]}")
        return Bilingual(*(text or found[0] for text in own))

    def optional_bilingual(self, base: str, *, longest: int = LONGEST_MESSAGE) -> Bilingual | None:
        """A text that may be missing."""
        found = self.bilingual(base, longest=longest)
        return found if found.en else None

    def text(self, column: str, *, longest: int = LONGEST_MESSAGE, lines: bool = True) -> str:
        """Words that people will read, without the marks that other tools take for formatting."""
        del longest, lines
        return self._cleaned(column, self[column])

    def fit_together(self, base: str, what: str, *texts: Bilingual | None) -> None:
        """Nothing: only a single text that is too long for a message blocks a form."""

    def _cleaned(self, column: str, text: str) -> str:
        plain = TAG.sub("", BREAK.sub("\n", text))
        plain = _HEADING.sub("", _BOLD.sub(r"\1", html.unescape(plain)))
        plain = CONTROL.sub("", plain).strip()
        if length_of(plain) > LONGEST_MESSAGE:
            problem = f"the text has {length_of(plain)} characters, and a message holds {LONGEST_MESSAGE}"
            self.fault(column, problem, "cut it into several notes")
        return plain


@dataclass(frozen=True, slots=True)
class FormSheets:
    """A form's rows by sheet, the languages of ours that it is written in, and its text columns' headers."""

    survey: tuple[FormLine, ...]
    choices: tuple[FormLine, ...]
    external: tuple[FormLine, ...]
    spoken: tuple[Language, ...]
    headers: dict[tuple[str, str, Language], str]


def form_sheets(sheets: dict[str, Sheet], default: str, faults: Faults) -> FormSheets:
    """The rows of a form. `default` is what its settings call the default language."""
    columns = {
        name: headers_of(sheets[name]) if name in sheets else () for name in ("survey", "choices", "external_choices")
    }
    declared = language_of(default)
    if not declared:
        default = _guessed(sheets, columns, default)
    tongues = {name: tongue_of(headers, default) for name, headers in columns.items()}
    spoken = tuple(
        language
        for language, column in zip(Language, in_both("label"), strict=True)
        if any(tongue.own[column] for tongue in tongues.values())
    )
    read = {
        name: tuple(_lines(sheets.get(name), headers, tongues[name], frozenset(spoken), faults))
        for name, headers in columns.items()
    }
    alone = declared is not None and spoken == (declared,) and _all_in(declared, columns)
    _remark_languages(spoken, sheets["survey"].header_row, faults, alone=alone)
    headers = {
        (name, base, language): columns[name][tongue.own[column][0]].written
        for name, tongue in tongues.items()
        for base in TEXTS
        for language, column in zip(Language, in_both(base), strict=True)
        if tongue.own[column]
    }
    return FormSheets(read["survey"], read["choices"], read["external_choices"], spoken, headers)


def _guessed(sheets: dict[str, Sheet], columns: dict[str, tuple[Header, ...]], default: str) -> str:
    """What words without a language seem to be in, unless the form names both of ours anyway."""
    named = {language_of(header.language) for headers in columns.values() for header in headers if header.language}
    texts = [
        row.cells[index]
        for name, headers in columns.items()
        for index, header in enumerate(headers)
        if header.column in TEXTS and not header.language
        for row in sheets[name].rows
        if index < len(row.cells)
    ]
    guess = guessed(texts)
    return guess if guess and not default and language_of(guess) not in named else default


def _lines(
    sheet: Sheet | None, headers: tuple[Header, ...], tongue: Tongue, spoken: frozenset[Language], faults: Faults
) -> Iterable[FormLine]:
    if sheet is None:
        return
    written = {header.column: header.written for header in headers if header.column not in (*TEXTS, "")}
    written |= {column: headers[places[0]].written for column, places in tongue.own.items() if places}
    written |= {base: headers[places[0]].written for base, places in tongue.others.items() if places}
    names = tuple(written)
    for row in sheet.rows:
        cells = dict(zip(range(len(headers)), row.cells, strict=False))
        plain = {
            header.column: cells[index]
            for index, header in enumerate(headers)
            if header.column not in (*TEXTS, MEDIA, "") and cells.get(index)
        }
        own = {column: _first(cells, places) for column, places in tongue.own.items()}
        others = {base: _first(cells, places) for base, places in tongue.others.items()}
        media = ((header, cells.get(index, "")) for index, header in enumerate(headers) if header.column == MEDIA)
        yield FormLine(
            sheet.name,
            row.number,
            {**plain, **{column: text for column, text in own.items() if text}},
            names,
            faults,
            others,
            spoken,
            written,
            tuple((header, file) for header, file in media if file),
        )


def _first(cells: dict[int, str], places: tuple[int, ...]) -> str:
    return next((cells[place] for place in places if cells.get(place)), "")


def _all_in(language: Language, columns: dict[str, tuple[Header, ...]]) -> bool:
    """Whether no column of labels is in another language."""
    labels = [header for headers in columns.values() for header in headers if header.column == "label"]
    return all(not header.language or language_of(header.language) is language for header in labels)


def _remark_languages(spoken: tuple[Language, ...], row: int, faults: Faults, *, alone: bool) -> None:
    """Say in which of our languages a form has no words; `alone` when its settings declare its only one."""
    lacking = {
        _NAMED[language]: column
        for language, column in zip(Language, in_both("label"), strict=True)
        if language not in spoken
    }
    if not lacking:
        return
    remedy = f"add the column {' and the column '.join(lacking.values())}"
    if alone:
        kind = RemarkKind.ONE_LANGUAGE
        only, other = _NAMED[spoken[0]], _NAMED[spoken[0].other]
        problem = f"the form is in {only} only, as default_language says: people who read {other} see it in {only}"
        remedy = f"nothing has to be done; or {remedy}"
    else:
        kind = RemarkKind.LANGUAGE
        problem = f"the form has no words in {' and '.join(lacking)}: the words of another language are shown"
        if spoken:
            declared = next(column for column in in_both("label") if column not in lacking.values())
            remedy += f"; or, if it is meant so, write {declared.partition('::')[2]} as default_language in settings"
    faults.remark(kind, problem, remedy, sheet="survey", row=row)

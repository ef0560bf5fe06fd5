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
from bot.workbook.lines import BREAK, CONTROL, LONGEST_MESSAGE, NAME_IT, TAG, YES, Line, in_that, length_of
from bot.workbook.sheets import Sheet
from bot.workbook.wording import LANGUAGE_NAMES, one_of, quoted
from conversations.messages import phrase
from conversations.model import Bilingual, Language, Phrase

LONGEST_NAME = 120
"""Characters of a name: the database keeps 128, with the numbers of repeated groups behind it."""

_Word = TypeVar("_Word", bound=StrEnum)
_NAME = re.compile(r"[^\W\d][\w.-]*")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)


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

    def fault(self, column: str, problem: Phrase, remedy: Phrase) -> None:
        """Keep a fault of this row, under the header that its author wrote."""
        Line.fault(self, self.written.get(column, column), problem, remedy)

    def remark(self, kind: RemarkKind, column: str, problem: Phrase, remedy: Phrase) -> None:
        """Keep a remark of this row, under the header that its author wrote."""
        Line.remark(self, kind, self.written.get(column, column), problem, remedy)

    def name(self, column: str = "name", *, choice: bool = False) -> str:
        """A name that other cells and the export refer to."""
        name = self.filled(column, NAME_IT)
        if name and not choice and not _NAME.fullmatch(name):
            remedy = phrase("use letters, digits and _, beginning with a letter")
            self.fault(column, phrase("{name} is not a name", name=quoted(name)), remedy)
        elif len(name) > LONGEST_NAME:
            self.fault(
                column, phrase("this name is too long"), phrase("use at most {most} characters", most=LONGEST_NAME)
            )
        return name

    def yes(self, column: str) -> bool:
        """Whether the cell says yes. What is not clear counts as yes, so that nothing delicate loses its protection."""
        answer = YES.get(self[column].lower())
        if answer is None:
            problem = phrase("{written} is taken as yes", written=quoted(self[column]))
            self.remark(RemarkKind.NOTE, column, problem, phrase("write yes, or empty it"))
        return answer is not False

    def word(self, column: str, words: type[_Word]) -> _Word | None:
        """One of a few fixed words, or None."""
        written = self[column].lower()
        if written in {str(word) for word in words}:
            return words(written)
        if written:
            remedy = one_of(written, [str(word) for word in words])
            self.remark(RemarkKind.NOTE, column, phrase("{word} is not known here", word=quoted(self[column])), remedy)
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
                problem = phrase(
                    "there are no words in {language}: others are shown", language=LANGUAGE_NAMES[language]
                )
                self.remark(RemarkKind.TRANSLATION, column, problem, in_that(language))
        return Bilingual(*(text or found[0] for text in own))

    def optional_bilingual(self, base: str, *, longest: int = LONGEST_MESSAGE) -> Bilingual | None:
        """A text that may be missing."""
        found = self.bilingual(base, longest=longest)
        return found if found.en else None

    def text(self, column: str, *, longest: int = LONGEST_MESSAGE, lines: bool = True) -> str:
        """Words that people will read, without the marks that other tools take for formatting."""
        del longest, lines
        return self._cleaned(column, self[column])

    def fit_together(self, base: str, what: Phrase, *texts: Bilingual | None) -> None:
        """Nothing: only a single text that is too long for a message blocks a form."""

    def _cleaned(self, column: str, text: str) -> str:
        plain = TAG.sub("", BREAK.sub("\n", text))
        plain = _HEADING.sub("", _BOLD.sub(r"\1", html.unescape(plain)))
        plain = CONTROL.sub("", plain).strip()
        if length_of(plain) > LONGEST_MESSAGE:
            problem = phrase(
                "the text has {length} characters, and a message holds {most}",
                length=length_of(plain),
                most=LONGEST_MESSAGE,
            )
            self.fault(column, problem, phrase("cut it into several notes"))
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
    english, french = in_both("label")
    if len(spoken) == len(Language):
        return
    kind = RemarkKind.ONE_LANGUAGE if alone else RemarkKind.LANGUAGE
    if not spoken:
        problem = phrase("the form has no words in English and French: the words of another language are shown")
        remedy = phrase("add the column {english} and the column {french}", english=english, french=french)
    else:
        (only,) = spoken
        there, missing = (english, french) if only is Language.EN else (french, english)
        problem, remedy = _in_one(only, there.partition("::")[2], missing, alone=alone)
    faults.remark(kind, problem, remedy, sheet="survey", row=row)


def _in_one(only: Language, declared: str, missing: str, *, alone: bool) -> tuple[Phrase, Phrase]:
    """What is so of a form in one of our languages, `declared` as settings name it, and what could be done."""
    if alone:
        problem = phrase(
            "the form is in {only} only, as default_language says: people who read {other} see it in {only}",
            only=LANGUAGE_NAMES[only],
            other=LANGUAGE_NAMES[only.other],
        )
        return problem, phrase("nothing has to be done; or add the column {column}", column=missing)
    problem = phrase(
        "the form has no words in {language}: the words of another language are shown",
        language=LANGUAGE_NAMES[only.other],
    )
    remedy = phrase(
        "add the column {column}; or, if it is meant so, write {language} as default_language in settings",
        column=missing,
        language=declared,
    )
    return problem, remedy

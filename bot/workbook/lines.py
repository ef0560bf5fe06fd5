"""Rows by column name, with the checks that every sheet shares: texts in both languages, names, yes or no, words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.workbook.columns import LAYOUTS, Layout, in_both, understood
from bot.workbook.errors import Faults, RemarkKind, row_of
from bot.workbook.sheets import Sheet
from bot.workbook.wording import LANGUAGE_NAMES, one_of, quoted
from conversations.messages import counted, phrase
from conversations.model import Bilingual, Language, Phrase

LONGEST_TEXT = 3_000
"""Characters of one text. A message of Telegram holds 4,096, and a nudge joins several texts."""
LONGEST_MESSAGE = 3_700
"""Characters of the texts that stand in one message together: room is left for the bot's own words around them."""
LONGEST_NAME = 64
"""Bytes that statistics programs allow for the name of a variable (SPSS Statistics, "Variable names")."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_CHOICE_NAME = re.compile(r"[A-Za-z0-9_.-]+")
BREAK = re.compile(r"[^\S\n]*<br\s*/?>[^\S\n]*", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
WITHOUT_ANSWERS = phrase("write it without {answer}", answer="${...}")
NAME_IT = phrase("give it a name, such as {example}", example="week_1")
YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}

_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet; `line["column"]` is its text, empty where there is none."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    headers: tuple[str, ...]
    faults: Faults

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def place(self) -> Phrase:
        """Where it stands, as a fault of another row tells it: row 12."""
        return row_of(self.faults.file, self.number)

    def fault(self, column: str, problem: Phrase, remedy: Phrase) -> None:
        """Keep a fault of this row."""
        self.faults.add(problem, remedy, sheet=self.sheet, row=self.number, column=column)

    def remark(self, kind: RemarkKind, column: str, problem: Phrase, remedy: Phrase) -> None:
        """Keep a remark of this row."""
        self.faults.remark(kind, problem, remedy, sheet=self.sheet, row=self.number, column=column)

    def expression(self, column: str) -> str:
        """An XLSForm expression, with the quotes that Excel curls made straight again."""
        return self[column].translate(_STRAIGHT)

    def filled(self, column: str, remedy: Phrase) -> str:
        """The text of a column that must not be empty. A column that is not there at all was told already."""
        if not self[column] and column in self.headers:
            self.fault(column, phrase("this cell is empty"), remedy)
        return self[column]

    def name(self, column: str = "name", *, choice: bool = False) -> str:
        """A name that other cells and the export refer to."""
        name = self.filled(column, NAME_IT)
        if not name:
            return ""
        if not (_CHOICE_NAME if choice else _NAME).fullmatch(name):
            remedy = phrase("use letters without accents, digits and _, beginning with a letter")
            if choice:
                remedy = phrase("use letters without accents, digits and _")
            self.fault(column, phrase("{name} is not a name", name=quoted(name)), remedy)
        elif len(name) > LONGEST_NAME:
            self.fault(
                column, phrase("this name is too long"), phrase("use at most {most} characters", most=LONGEST_NAME)
            )
        return name

    def yes(self, column: str) -> bool:
        """Whether the cell says yes."""
        answer = YES.get(self[column].lower())
        if answer is None:
            problem = phrase("{written} is neither yes nor empty", written=quoted(self[column]))
            self.fault(column, problem, phrase("write yes, or leave the cell empty"))
        return bool(answer)

    def word(self, column: str, words: type[_Word]) -> _Word | None:
        """One of a few fixed words; None for an empty cell, and for a wrong one, which is a fault."""
        written = self[column].lower()
        if written in {str(word) for word in words}:
            return words(written)
        if written:
            problem = phrase("{word} is not known here", word=quoted(self[column]))
            self.fault(column, problem, one_of(written, [str(word) for word in words]))
        return None

    def bilingual(self, base: str, *, longest: int = LONGEST_TEXT, lines: bool = True) -> Bilingual:
        """A text that must be there in both languages; `lines` says whether it may have more than one."""
        texts = []
        for column, language in zip(in_both(base), Language, strict=True):
            self.filled(column, in_that(language))
            texts.append(self.text(column, longest=longest, lines=lines))
        return Bilingual(*texts)

    def optional_bilingual(self, base: str, *, longest: int = LONGEST_TEXT) -> Bilingual | None:
        """A text that may be missing, but not in one language only."""
        return self.bilingual(base, longest=longest) if any(self[column] for column in in_both(base)) else None

    def text(self, column: str, *, longest: int = LONGEST_TEXT, lines: bool = True) -> str:
        """Words that people will read, with a line break for each <br>."""
        text = BREAK.sub("\n", self[column])
        tag = TAG.search(text)
        if tag:
            remedy = phrase("use plain words; only <br> is allowed")
            self.fault(column, phrase("{tag} looks like HTML", tag=quoted(tag[0])), remedy)
        if "${" in text and self.sheet != "survey":
            self.fault(column, phrase("only the texts of questions can show an answer"), WITHOUT_ANSWERS)
        if CONTROL.search(text):
            remedy = phrase("type the text again instead of pasting it")
            self.fault(column, phrase("the text holds a control character"), remedy)
        length = length_of(text)
        if length > longest:
            problem = phrase("the text has {length} characters, and {most} are allowed", length=length, most=longest)
            remedy = counted("shorten it by {count} character", "shorten it by {count} characters", length - longest)
            self.fault(column, problem, remedy)
        if not lines and "\n" in text:
            self.fault(column, phrase("a button has one line only"), phrase("take the line break out"))
        return text

    def fit_together(self, base: str, what: Phrase, *texts: Bilingual | None) -> None:
        """Make sure that texts which share a message fit into it; each is short enough by itself."""
        for language, column in zip(Language, in_both(base), strict=True):
            lengths = [length_of(text.in_language(language)) for text in texts if text]
            too_many = sum(lengths) - LONGEST_MESSAGE
            if too_many > 0 and max(lengths) <= LONGEST_TEXT:
                problem = phrase(
                    "{texts} have {length} characters, and {most} fit into one message",
                    texts=what,
                    length=sum(lengths),
                    most=LONGEST_MESSAGE,
                )
                remedy = counted("shorten them by {count} character", "shorten them by {count} characters", too_many)
                self.fault(column, problem, remedy)


def in_that(language: Language) -> Phrase:
    """A remedy for words that are missing in one language."""
    return phrase("write it in {language}", language=LANGUAGE_NAMES[language])


def lines_of(sheet: Sheet | None, faults: Faults, layout: Layout | None = None) -> tuple[Line, ...]:
    """The rows of a sheet by column, or none when there is no such sheet; `layout` is for one that no pack has."""
    if sheet is None:
        return ()
    headers = understood(sheet, layout or LAYOUTS[sheet.name], faults)
    if not sheet.header:
        remedy = phrase("write its header and its rows, or take the sheet out")
        faults.add(phrase("the sheet is empty"), remedy, sheet=sheet.name)
    lines = []
    for row in sheet.rows:
        if any(row.cells[len(headers) :]):
            faults.add(
                phrase("the row has more cells than the header"),
                phrase("take the last ones out; a | inside a text is written {sign}", sign="\\|"),
                sheet=sheet.name,
                row=row.number,
            )
        cells = {header: cell for header, cell in zip(headers, row.cells, strict=False) if header and cell}
        lines.append(Line(sheet.name, row.number, cells, headers, faults))
    return tuple(lines)


def unique(lines: Iterable[Line], column: str = "name") -> dict[str, Line]:
    """The rows by name; a name that stands twice is a fault of its second row."""
    found: dict[str, Line] = {}
    for line in lines:
        name = line[column]
        if name in found:
            problem = phrase("{name} stands in {place} already", name=quoted(name), place=found[name].place)
            line.fault(column, problem, phrase("give each its own name"))
        elif name:
            found[name] = line
    return found


def length_of(text: str) -> int:
    """Characters as Telegram counts them."""
    # Telegram counts UTF-16 units ("MessageEntity"): most emoji are two.
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

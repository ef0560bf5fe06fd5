"""Rows by column name, with the checks that every sheet shares: texts in both languages, names, yes or no, words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.workbook.columns import LAYOUTS, in_both, understood
from bot.workbook.errors import Faults, RemarkKind, counted
from bot.workbook.sheets import Sheet
from bot.workbook.wording import one_of, quoted
from conversations.model import Bilingual, Language

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

    def fault(self, column: str, problem: str, remedy: str) -> None:
        """Keep a fault of this row."""
        self.faults.add(problem, remedy, sheet=self.sheet, row=self.number, column=column)

    def remark(self, kind: RemarkKind, column: str, problem: str, remedy: str) -> None:
        """Keep a remark of this row."""
        self.faults.remark(kind, problem, remedy, sheet=self.sheet, row=self.number, column=column)

    def expression(self, column: str) -> str:
        """An XLSForm expression, with the quotes that Excel curls made straight again."""
        return self[column].translate(_STRAIGHT)

    def filled(self, column: str, remedy: str) -> str:
        """The text of a column that must not be empty. A column that is not there at all was told already."""
        if not self[column] and column in self.headers:
            self.fault(column, "this cell is empty", remedy)
        return self[column]

    def name(self, column: str = "name", *, choice: bool = False) -> str:
        """A name that other cells and the export refer to."""
        name = self.filled(column, "give it a name, such as week_1")
        if not name:
            return ""
        if not (_CHOICE_NAME if choice else _NAME).fullmatch(name):
            first = "" if choice else ", beginning with a letter"
            self.fault(column, f"{quoted(name)} is not a name", f"use letters without accents, digits and _{first}")
        elif len(name) > LONGEST_NAME:
            self.fault(column, "this name is too long", f"use at most {LONGEST_NAME} characters")
        return name

    def yes(self, column: str) -> bool:
        """Whether the cell says yes."""
        answer = YES.get(self[column].lower())
        if answer is None:
            self.fault(column, f"{quoted(self[column])} is neither yes nor empty", "write yes, or leave the cell empty")
        return bool(answer)

    def word(self, column: str, words: type[_Word]) -> _Word | None:
        """One of a few fixed words; None for an empty cell, and for a wrong one, which is a fault."""
        written = self[column].lower()
        if written in {str(word) for word in words}:
            return words(written)
        if written:
            self.fault(column, f"{quoted(self[column])} is not known here", one_of(written, [str(w) for w in words]))
        return None

    def bilingual(self, base: str, *, longest: int = LONGEST_TEXT, lines: bool = True) -> Bilingual:
        """A text that must be there in both languages; `lines` says whether it may have more than one."""
        texts = []
        for column, language in zip(in_both(base), ("English", "French"), strict=True):
            self.filled(column, f"write it in {language}")
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
            self.fault(column, f"{quoted(tag[0])} looks like HTML", "use plain words; only <br> is allowed")
        if "${" in text and self.sheet != "survey":
            self.fault(column, "only the texts of questions can show an answer", "write it without ${...}")
        if CONTROL.search(text):
            self.fault(column, "the text holds a control character", "type the text again instead of pasting it")
        length = length_of(text)
        if length > longest:
            problem = f"the text has {length} characters, and {longest} are allowed"
            self.fault(column, problem, f"shorten it by {length - longest} characters")
        if not lines and "\n" in text:
            self.fault(column, "a button has one line only", "take the line break out")
        return text

    def fit_together(self, base: str, what: str, *texts: Bilingual | None) -> None:
        """Make sure that texts which share a message fit into it; each is short enough by itself."""
        for language, column in zip(Language, in_both(base), strict=True):
            lengths = [length_of(text.in_language(language)) for text in texts if text]
            too_many = sum(lengths) - LONGEST_MESSAGE
            if too_many > 0 and max(lengths) <= LONGEST_TEXT:
                problem = f"{what} have {sum(lengths)} characters, and {LONGEST_MESSAGE} fit into one message"
                self.fault(column, problem, f"shorten them by {too_many} characters")


def lines_of(sheet: Sheet | None, faults: Faults) -> tuple[Line, ...]:
    """The rows of a sheet by column, or none when there is no such sheet."""
    if sheet is None:
        return ()
    headers = understood(sheet, LAYOUTS[sheet.name], faults)
    if not sheet.header:
        faults.add("the sheet is empty", "write its header and its rows, or take the sheet out", sheet=sheet.name)
    lines = []
    for row in sheet.rows:
        if any(row.cells[len(headers) :]):
            faults.add(
                "the row has more cells than the header",
                "take the last ones out; a | inside a text is written \\|",
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
            place = f"{counted(line.faults.file)} {found[name].number}"
            line.fault(column, f"{quoted(name)} stands in {place} already", "give each its own name")
        elif name:
            found[name] = line
    return found


def length_of(text: str) -> int:
    """Characters as Telegram counts them."""
    # Telegram counts UTF-16 units ("MessageEntity"): most emoji are two.
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

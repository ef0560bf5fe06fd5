"""The workbook as it comes back from a coder: everything in it is made sure of before anything is kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.coding.layouts import ANSWERS, CODES, LAYOUTS, NO_CODE
from bot.reports.safe import escaped
from bot.workbook.codes_sheet import codes_in
from bot.workbook.columns import in_both
from bot.workbook.errors import ContentErrors, Faults
from bot.workbook.formats import grids
from bot.workbook.lines import Line, lines_of, unique
from bot.workbook.sheets import LARGEST_FILE, Sheet, content_of, sheet_of
from bot.workbook.wording import nearest, quoted, to_write
from conversations.coding import Codes
from conversations.messages import phrase
from conversations.model import Choice, Language
from storage.coding import Written

_BETWEEN = re.compile(r"[,;\n]")
_DASHES = frozenset({NO_CODE, "–", "—"})
_ANEW = phrase("take the row out, or make a new file with --output")
Names = Mapping[str, str]
"""The names of codes by what they are compared as: in small letters."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What a coder made of the answers: `codes` are new ones, `made` the codes of each answer that is coded."""

    codes: tuple[Choice, ...]
    made: tuple[tuple[Written, Codes], ...]


def read_back(path: Path, answers: Sequence[Written], codes: Sequence[Choice]) -> Returned:
    """What the file says of these answers, beside the codes that there are.

    Raises ContentErrors with everything that is wrong, by sheet, row and column.
    """
    faults = Faults(path.name)
    sheets = _sheets(path, faults)
    new = _new_codes(sheets.get(CODES), codes, faults)
    names = {code.name.casefold(): code.name for code in (*codes, *new) if code.name}
    made = _made(sheets.get(ANSWERS), {each.id: each for each in answers}, names, faults)
    if faults.found:
        raise ContentErrors(faults.found)
    return Returned(new, made)


def _sheets(path: Path, faults: Faults) -> dict[str, Sheet]:
    content = content_of(path, LARGEST_FILE, faults)
    if content is None:
        return {}
    found = {grid.name.strip().lower(): grid for grid in grids(content, frozenset((ANSWERS, CODES)), faults)}
    if ANSWERS not in found and not faults.found:
        problem = phrase("the sheet {name} is missing", name=ANSWERS)
        faults.add(problem, phrase("take a file that suivi code --output made"), sheet=ANSWERS)
    sheets = {name: sheet_of(name, grid) for name, grid in found.items()}
    for sheet in sheets.values():
        for row, error in sheet.errors:
            problem = phrase("a formula gives the error {error}", error=error)
            faults.add(problem, phrase("write the text itself"), sheet=sheet.name, row=row)
    return sheets


def _new_codes(sheet: Sheet | None, codes: Sequence[Choice], faults: Faults) -> tuple[Choice, ...]:
    """The codes that were not there; those that were are still called what they were called."""
    lines = lines_of(sheet, faults, LAYOUTS[CODES])
    known = {code.name.casefold(): code for code in codes}
    new: list[Choice] = []
    seen: set[str] = set()
    for line, code in zip(lines, codes_in(lines), strict=True):
        name = code.name.casefold()
        there = known.get(name)
        if there is None:
            new.append(code)
            if name in seen and line["name"] not in {each["name"] for each in lines if each is not line}:
                problem = phrase("{name} differs from another code by capital letters alone", name=quoted(code.name))
                line.fault("name", problem, phrase("give each its own name"))
        else:
            _unchanged(line, code, there)
        seen.add(name)
    return tuple(new)


def _unchanged(line: Line, code: Choice, there: Choice) -> None:
    for language, column in zip(Language, in_both("label"), strict=True):
        before = there.label.in_language(language)
        if line[column] and code.label.in_language(language) != before:
            problem = phrase("the code {name} is there already, under other words", name=quoted(there.name))
            line.fault(column, problem, to_write(before))


def _made(
    sheet: Sheet | None, answers: Mapping[str, Written], names: Names, faults: Faults
) -> tuple[tuple[Written, Codes], ...]:
    lines = lines_of(sheet, faults, LAYOUTS[ANSWERS])
    unique(lines, "id")
    made = []
    for line in lines:
        codes = _codes(line, names)
        answer = answers.get(line.filled("id", _ANEW))
        if answer is None:
            if line["id"]:
                line.fault("id", phrase("there is no answer with the id {id}", id=quoted(line["id"])), _ANEW)
            continue
        if _comparable(line["answer"]) != _comparable(escaped(answer.text)):
            problem = phrase("this is not the answer of that id: it was changed here, or by the person since")
            line.fault("answer", problem, _ANEW)
        if codes is not None:
            made.append((answer, codes))
    return tuple(made)


def _codes(line: Line, names: Names) -> Codes | None:
    """The codes of a row, none where no code applies; None where it is not coded."""
    written = [each.strip() for each in _BETWEEN.split(line["codes"]) if each.strip()]
    if not written:
        return None
    found: set[str] = set()
    for each in written:
        name = names.get(each.casefold())
        if name is not None:
            found.add(name)
        elif each not in _DASHES:
            meant = nearest(each, names, alike=0.6)
            remedy = to_write(names[meant]) if meant else phrase("take another, or add it to the sheet codes")
            line.fault("codes", phrase("there is no code {name}", name=quoted(each)), remedy)
    if found and not _DASHES.isdisjoint(written):
        problem = phrase("there are codes, and the sign {sign} that none applies", sign=NO_CODE)
        line.fault("codes", problem, phrase("write one or the other"))
    return frozenset(found)


def _comparable(text: str) -> str:
    """A text as programs for tables leave it: blanks may change, and openpyxl takes this out when it reads."""
    return " ".join(text.replace("x005F_", "").split())

"""Lists of expected people, as Excel and other programs write them: read in the process that reads files.

A name comes back as it was written, without signs that no screen shows or that turn a line around.
"""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from bot.workbook.errors import Faults
from bot.workbook.formats import plain_grids
from bot.workbook.grid import Grid
from conversations.messages import phrase
from conversations.rosters import LONGEST_NAME, MOST_PEOPLE, Fault, Person, Roster, folded
from conversations.words import plain
from storage.codec import roster_to_json

_FULL: Final = frozenset(
    {
        *("name", "names", "full name", "fullname", "participant", "participants", "participant name", "person"),
        *("nom complet", "nom et prenom", "nom et prenoms", "noms et prenoms", "prenom et nom", "prenoms et nom"),
        *("participante", "nom du participant", "nom de la participante", "noms", "personne"),
    }
)
_FIRST: Final = frozenset({"first name", "firstname", "first names", "given name", "forename", "prenom", "prenoms"})
_LAST: Final = frozenset({"last name", "lastname", "surname", "family name", "nom de famille", "nom"})
_PART: Final = frozenset({"part", "role", "invited as", "invite comme", "invitee comme"})
_HEADER_WITHIN: Final = 20
"""Rows with anything in them that may stand above the header."""
_TURNING: Final = frozenset("\u200e\u200f\u061c\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def read_roster(content: bytes, _ending: str) -> str:
    """The list in the file as JSON (`storage.codec.roster_from_json`), or all that is wrong with it."""
    return roster_to_json(roster_of(content))


def roster_of(content: bytes) -> Roster:
    """The list in the file; where some rows are at fault, the people of the others beside that."""
    faults = Faults("")
    try:
        sheets = plain_grids(content, faults)
    except csv.Error:
        faults.add(phrase("this is no table"), phrase("save it as an Excel workbook (.xlsx)"))
        sheets = []
    remarks = tuple(Fault(None, each.problem, each.remedy) for each in faults.remarks)
    if faults.found:
        return Roster((), tuple(Fault(each.row, each.problem, each.remedy) for each in faults.found))
    people, wrong = _people(sheets)
    return Roster(tuple(people), tuple(wrong), remarks)


def _people(sheets: Iterable[Grid]) -> tuple[list[Person], list[Fault]]:
    for sheet in sheets:
        for place, (_, cells) in enumerate(sheet.rows[:_HEADER_WITHIN]):
            columns = _columns(cells)
            if columns is not None:
                return _listed(sheet.rows[place + 1 :], *columns)
    problem = phrase("there is no column with names")
    remedy = phrase("write “name” (or “nom”) above the names, in the first sheet")
    return [], [Fault(None, problem, remedy)]


def _columns(cells: Sequence[str]) -> tuple[tuple[int, ...], int | None] | None:
    """Where names stand, in one column or two, and where parts do; None when this is no header."""
    headers = [plain(cell.replace("(s)", "s")) for cell in cells]

    def at(words: frozenset[str]) -> int | None:
        return next((place for place, header in enumerate(headers) if header in words), None)

    full, first, last = at(_FULL), at(_FIRST), at(_LAST)
    names = (full,) if full is not None else (first, last)
    found = tuple(place for place in names if place is not None)
    return (found, at(_PART)) if found else None


def _listed(
    rows: Sequence[tuple[int, tuple[str, ...]]], names: tuple[int, ...], part: int | None
) -> tuple[list[Person], list[Fault]]:
    people: list[Person] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for number, cells in rows:
        if not any(cells):
            continue
        if len(people) >= MOST_PEOPLE:
            problem = phrase("the list has more than {most} people", most=MOST_PEOPLE)
            return [], [Fault(number, problem, phrase("send it in several files"))]
        name = " ".join(filter(None, (_clean(cells[place]) for place in names if place < len(cells))))
        fault = _wrong(name, number, seen)
        if fault is not None:
            faults.append(fault)
            continue
        seen[folded(name)] = number
        people.append(Person(number, name, _clean(cells[part]) if part is not None and part < len(cells) else ""))
    if not people and not faults:
        faults.append(Fault(None, phrase("there is nobody on the list"), phrase("write a name in each row")))
    return people, faults


def _wrong(name: str, number: int, seen: dict[str, int]) -> Fault | None:
    if not folded(name):
        return Fault(number, phrase("this row has no name"), phrase("write one, or take the row out"))
    if len(name) > LONGEST_NAME:
        problem = phrase("this name is too long")
        return Fault(number, problem, phrase("use at most {most} characters", most=LONGEST_NAME))
    before = seen.get(folded(name))
    if before is None:
        return None
    problem = phrase("the same name stands in row {number}", number=str(before))
    remedy = phrase("take one of the rows out, or add what tells the two apart, such as an initial")
    return Fault(number, problem, remedy)


def _clean(cell: str) -> str:
    """The cell in one line, without control characters and without signs that turn a line around."""
    kept = (" " if unicodedata.category(sign) in {"Cc", "Cs"} else sign for sign in cell if sign not in _TURNING)
    return " ".join("".join(kept).split())

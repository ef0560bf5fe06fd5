"""What a chat does without: questions that it cannot ask, values that it does not know, sounds beside the words."""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.workbook.choices_sheet import ChoiceLists
from bot.workbook.conditions import expressions_of, shown_in
from bot.workbook.errors import Faults, RemarkKind
from bot.workbook.form_lines import FormLine
from bot.workbook.kinds import LISTS, Role
from bot.workbook.parameters import requirement
from bot.workbook.pictures import other_media
from bot.workbook.questions import Built
from bot.workbook.sheets import Sheet
from bot.workbook.survey_sheet import Entry, Group
from bot.workbook.tables import Shelf, looked_into, table_of
from bot.workbook.wording import quoted
from conversations.model import Table

_ON_PAPER = "ask it elsewhere, or take the row out"


def leave_out(whole: Group, built: Built) -> None:
    """Say of each question of a form that a chat cannot ask whether the form goes on without it."""
    used = _names_used(built)
    for entry in built.left:
        what = f"a chat cannot carry {quoted(entry.line['type'])}"
        if entry.name in used:
            entry.line.fault("type", f"{what}, and other rows look at its answer", _ON_PAPER)
        elif requirement(entry.line) != (False, ""):
            entry.line.fault("type", f"{what}, and it is required", f"{_ON_PAPER}, or empty required")
        else:
            entry.line.remark(RemarkKind.SKIPPED, "type", f"{what}: the question is left out", _ON_PAPER)
    for entry in whole.entries:
        _remark(entry)


def _remark(entry: Entry) -> None:
    line = entry.line
    if entry.kind.role is Role.NOT_COLLECTED:
        problem = f"a chat does not know {quoted(line['type'])}: it stays blank"
        line.remark(RemarkKind.NOT_COLLECTED, "type", problem, "nothing has to be done")
    header = other_media(line)
    if header and not entry.beside:
        line.remark(RemarkKind.MEDIA, header, "a chat plays no sounds and films", "say in words what has to be known")


def remark_choices(lines: Iterable[FormLine]) -> None:
    """Say once that the options of a form are shown without their pictures."""
    for line in lines:
        if line.media:
            header, _ = line.media[0]
            problem = "a chat shows options as words, without pictures"
            line.remark(RemarkKind.MEDIA, header.written, problem, "show one picture of all options with the question")
            return


def remark_sheets(sheets: dict[str, Sheet], faults: Faults) -> None:
    """Say of sheets and formulas of a form that nothing comes of them."""
    if "entities" in sheets and sheets["entities"].rows:
        problem = "a chat keeps no entities: answers are stored as answers only"
        faults.remark(RemarkKind.SKIPPED, problem, "make them from the export", sheet="entities")
    for sheet in sheets.values():
        for row, error in sheet.errors:
            problem = f"a formula gives the error {error}"
            faults.remark(RemarkKind.NOTE, problem, "write the text itself", sheet=sheet.name, row=row)


def with_tables(built: Built, whole: Group, lists: ChoiceLists, shelf: Shelf) -> Built:
    """The survey with the lists that its expressions look into; one that cannot be had is a fault."""
    files = {
        name.rpartition(".")[0]: name
        for entry in whole.entries
        for name in (f"{entry.name}.csv" if entry.kind.role is Role.TABLE else entry.kind.list_name,)
        if name.lower().endswith(LISTS)
    }
    tables: dict[str, Table] = {}
    for place in expressions_of(built):
        for function, name in sorted(looked_into(place.expression)):
            plain = name.removesuffix(".csv")
            if plain in tables:
                continue
            if function == "instance" and name in lists:
                tables[plain] = table_of(name, lists)
            elif function == "pulldata" or plain in files:
                found = shelf.table(files.get(plain, f"{plain}.csv"), place.line, place.column)
                if found:
                    tables[plain] = replace(found, name=plain)
            elif any(f" {plain}." in entry.line["type"] for entry in built.left):
                problem = f"the list {quoted(name)} comes from a file that is no .csv or .geojson"
                place.line.fault(place.column, problem, "save the file as .csv, and name it so in the column type")
            else:
                place.line.fault(place.column, f"there is no list {quoted(name)}", "add it to the sheet choices")
    return replace(built, survey=replace(built.survey, tables=tuple(tables.values())))


def _names_used(built: Built) -> set[str]:
    texts = [place.expression for place in expressions_of(built)]
    used = {name for name, _, _ in shown_in(built)}
    return used | {name for text in texts for name in re.findall(r"(?:\$\{\s*|/)([^\W\d][\w.-]*)", text)}

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
from conversations.messages import phrase
from conversations.model import Table

_ON_PAPER = phrase("ask it elsewhere, or take the row out")


def leave_out(whole: Group, built: Built) -> None:
    """Say of each question of a form that a chat cannot ask whether the form goes on without it."""
    used = _names_used(built)
    for entry in built.left:
        line, what = entry.line, quoted(entry.line["type"])
        if entry.name in used:
            problem = phrase("a chat cannot carry {type}, and other rows look at its answer", type=what)
            line.fault("type", problem, _ON_PAPER)
        elif requirement(line) != (False, ""):
            problem = phrase("a chat cannot carry {type}, and it is required", type=what)
            line.fault("type", problem, phrase("ask it elsewhere, or take the row out, or empty required"))
        else:
            problem = phrase("a chat cannot carry {type}: the question is left out", type=what)
            line.remark(RemarkKind.SKIPPED, "type", problem, _ON_PAPER)
    for entry in whole.entries:
        _remark(entry)


def _remark(entry: Entry) -> None:
    line = entry.line
    if entry.kind.role is Role.NOT_COLLECTED:
        problem = phrase("a chat does not know {type}: it stays blank", type=quoted(line["type"]))
        line.remark(RemarkKind.NOT_COLLECTED, "type", problem, phrase("nothing has to be done"))
    header = other_media(line)
    if header and not entry.beside:
        problem = phrase("a chat plays no sounds and films")
        line.remark(RemarkKind.MEDIA, header, problem, phrase("say in words what has to be known"))


def remark_choices(lines: Iterable[FormLine]) -> None:
    """Say once that the options of a form are shown without their pictures."""
    for line in lines:
        if line.media:
            header, _ = line.media[0]
            problem = phrase("a chat shows options as words, without pictures")
            remedy = phrase("show one picture of all options with the question")
            line.remark(RemarkKind.MEDIA, header.written, problem, remedy)
            return


def remark_sheets(sheets: dict[str, Sheet], faults: Faults) -> None:
    """Say of sheets and formulas of a form that nothing comes of them."""
    if "entities" in sheets and sheets["entities"].rows:
        problem = phrase("a chat keeps no entities: answers are stored as answers only")
        faults.remark(RemarkKind.SKIPPED, problem, phrase("make them from the export"), sheet="entities")
    for sheet in sheets.values():
        for row, error in sheet.errors:
            problem = phrase("a formula gives the error {error}", error=error)
            faults.remark(RemarkKind.NOTE, problem, phrase("write the text itself"), sheet=sheet.name, row=row)


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
                problem = phrase("the list {list} comes from a file that is no .csv or .geojson", list=quoted(name))
                remedy = phrase("save the file as .csv, and name it so in the column type")
                place.line.fault(place.column, problem, remedy)
            else:
                problem = phrase("there is no list {list}", list=quoted(name))
                place.line.fault(place.column, problem, phrase("add it to the sheet choices"))
    return replace(built, survey=replace(built.survey, tables=tuple(tables.values())))


def _names_used(built: Built) -> set[str]:
    texts = [place.expression for place in expressions_of(built)]
    used = {name for name, _, _ in shown_in(built)}
    return used | {name for text in texts for name in re.findall(r"(?:\$\{\s*|/)([^\W\d][\w.-]*)", text)}

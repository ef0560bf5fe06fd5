"""A whole XLSForm that knows nothing of packs: one survey, read kindly."""

from dataclasses import replace
from pathlib import Path

from bot.workbook.choices_sheet import read_choices
from bot.workbook.circles import remark_circles
from bot.workbook.conditions import check_conditions
from bot.workbook.draft import Draft
from bot.workbook.errors import Faults, RemarkKind
from bot.workbook.form_columns import headers_of
from bot.workbook.form_lines import LONGEST_NAME, FormSheets, form_sheets
from bot.workbook.left_out import leave_out, remark_choices, remark_sheets, with_tables
from bot.workbook.lines import YES
from bot.workbook.loops import written_out
from bot.workbook.places import places_of
from bot.workbook.plain import about_form, schedule_at_once
from bot.workbook.questions import Source, survey_of
from bot.workbook.sheets import Sheets, until_gap
from bot.workbook.survey_sheet import check_names
from bot.workbook.survey_sheet import read_form as read_rows
from bot.workbook.tables import Shelf
from bot.workbook.wording import nearest
from bot.workbook.xlsform import check_xlsform
from conversations.messages import phrase

_OURS = ("sensitive", "group_ok", "stage")


def read_form(path: Path, sheets: Sheets, faults: Faults) -> Draft:
    """The survey that these sheets of the file hold, as an event of its own."""
    if "survey" not in sheets:
        remedy = phrase("give the sheet with the questions the name survey")
        faults.add(phrase("there is no sheet survey"), remedy, sheet="survey")
        return Draft(path.name, None, faults.found, faults.remarks, plain=True)
    sheets = _until_gaps(sheets, faults)
    settings = _settings(sheets)
    about = about_form(settings.get("id_string") or path.stem, settings.get("title", ""))
    rows = form_sheets(sheets, settings.get("default_language", ""), faults)
    source = _source(path, rows, settings)
    whole = read_rows(written_out(rows.survey, source.lists))
    built = survey_of(whole, source, about.code, about.title)
    check_names(whole)
    check_conditions([built], plain=True)
    remark_circles(built)
    built = with_tables(built, whole, source.lists, source.shelf)
    leave_out(whole, built)
    remark_sheets(sheets, faults)
    remark_choices(rows.choices)
    for name, line in built.lines.items():
        if len(name) > LONGEST_NAME:
            problem = phrase("this name is too long, together with those of its groups")
            line.fault("name", problem, phrase("give it a name that stands once in the form"))
    _misspelt(sheets, faults)
    if not any(entry.asked for entry in whole.entries):
        row = sheets["survey"].header_row
        faults.add(phrase("the form asks nothing"), phrase("add a question"), sheet="survey", row=row)
    check_xlsform(sheets, faults, plain=True)
    asked = (replace(built.survey, version=settings.get("version", "")),)
    event = about.event(profile=(), surveys=asked, messages=(), schedule=schedule_at_once(asked))
    places = places_of([built], (*rows.choices, *rows.external), rows.spoken, rows.headers)
    return Draft(
        path.name,
        None if faults.found else event,
        faults.found,
        faults.remarks,
        plain=True,
        places=places,
        files=source.shelf.pictures,
    )


def _until_gaps(sheets: Sheets, faults: Faults) -> Sheets:
    """The sheets as other tools read them: what stands far below the last rows is left over, not meant."""
    found = {}
    for name, sheet in sheets.items():
        found[name], lost = until_gap(sheet)
        if lost is not None:
            problem = phrase("this row and those below it are not read: there are many empty rows above")
            remedy = phrase("take the empty rows out if it counts")
            faults.remark(RemarkKind.NOTE, problem, remedy, sheet=name, row=lost)
    return found


def _settings(sheets: Sheets) -> dict[str, str]:
    sheet = sheets.get("settings")
    if sheet is None or not sheet.rows:
        return {}
    cells = zip(headers_of(sheet), sheet.rows[0].cells, strict=False)
    return {header.column: cell for header, cell in cells if header.column}


def _source(path: Path, rows: FormSheets, settings: dict[str, str]) -> Source:
    repeated = YES.get(settings.get("allow_choice_duplicates", "").lower(), False)
    lists = read_choices(rows.choices, plain=True, repeated=repeated)
    external = read_choices(rows.external, plain=True, repeated=True)
    return Source(lists, external, Shelf(path), plain=True)


def _misspelt(sheets: Sheets, faults: Faults) -> None:
    """Say of a column that may be meant for one of ours that it is not: a misspelt `sensitive` protects nobody."""
    sheet = sheets["survey"]
    for header in headers_of(sheet):
        meant = nearest(header.column, _OURS)
        if header.column not in _OURS and meant:
            faults.remark(
                RemarkKind.NOTE,
                phrase("the column {column} is not read", column=header.written),
                phrase("rename it to {name} if that is meant", name=meant),
                sheet="survey",
                row=sheet.header_row,
                column=header.written,
            )

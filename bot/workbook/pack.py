"""A whole pack: its sheets read one after the other, its faults told together."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.workbook.choices_sheet import ChoiceLists, read_choices
from bot.workbook.circles import remark_circles
from bot.workbook.codes_sheet import read_codes, with_codes
from bot.workbook.columns import LAYOUTS, in_both
from bot.workbook.conditions import check_conditions
from bot.workbook.draft import Draft
from bot.workbook.errors import Faults
from bot.workbook.event_sheet import About, read_about
from bot.workbook.group_ok import check_group_ok
from bot.workbook.left_out import with_tables
from bot.workbook.lines import lines_of
from bot.workbook.messages_sheet import check_measured, read_messages
from bot.workbook.places import places_of
from bot.workbook.questions import Built, Source, survey_of
from bot.workbook.referrals_sheet import read_referrals
from bot.workbook.rest_days_sheet import read_rest_days
from bot.workbook.schedule_sheet import Content, read_schedule
from bot.workbook.sheets import OUR_SHEETS, Sheets, misspelt
from bot.workbook.survey_sheet import PROFILE, micro_surveys, read_form
from bot.workbook.tables import Shelf
from bot.workbook.xlsform import check_xlsform
from conversations.messages import phrase
from conversations.model import Bilingual, Language
from conversations.recall_checks import is_recall_check, with_recall_check


def is_pack(sheets: Sheets) -> bool:
    """Whether the workbook has any sheet of ours; one of the same name that holds something else is none."""
    return any(_is_ours(name, sheets) for name in OUR_SHEETS)


def _is_ours(name: str, sheets: Sheets) -> bool:
    if name not in sheets:
        return False
    header = {" ".join(cell.split()).lower() for cell in sheets[name].header}
    return not header or len(header & set(LAYOUTS[name].needed)) > 1


def read_pack(path: Path, sheets: Sheets, faults: Faults, today: date | None) -> Draft:
    """The event pack that these sheets of the file hold."""
    _check_sheets(sheets, faults)
    choices = lines_of(sheets.get("choices"), faults)
    lists = read_choices(choices)
    about = _about(sheets, lists, faults)
    shelf = Shelf(path)
    surveys = _surveys(sheets, Source(lists, {}, shelf), faults)
    profile = next((built.survey.questions for built in surveys if built.survey.name == PROFILE), ())
    codebooks = read_codes(sheets.get("codes"), surveys, faults)
    asked = tuple(with_codes(built.survey, codebooks) for built in surveys if built.survey.name != PROFILE)
    recalls = read_messages(sheets.get("messages"), sheets.get("variants"), lists, faults)
    content = Content(
        asked, recalls.messages, profile, about.policy, about.parts, about.start, about.end, about.timezone
    )
    schedule = read_schedule(sheets.get("schedule"), content, faults)
    if any(map(is_recall_check, schedule)):
        check_measured(recalls, tuple(each.name for built in surveys for each in built.survey.questions))
    contacts = read_referrals(sheets.get("referrals"), profile, today, faults)
    check_xlsform(sheets, faults)
    event = about.event(
        profile=profile,
        surveys=asked,
        messages=recalls.messages,
        schedule=schedule,
        referrals=contacts.referrals,
    )
    places = places_of(surveys, choices, tuple(Language), _headers(sheets), recalls, contacts.rows)
    return Draft(
        path.name,
        None if faults.found else with_recall_check(event),
        faults.found,
        faults.remarks,
        places=replace(places, parts=about.parts_list, codes=codebooks.rows),
        files=shelf.pictures,
        code=about.code,
    )


def _check_sheets(sheets: Sheets, faults: Faults) -> None:
    misspelt(sheets, faults)
    if "survey" not in sheets and "messages" not in sheets:
        faults.add(phrase("there is nothing to send"), phrase("add a sheet survey, a sheet messages, or both"))
    for name in ("event", "schedule"):
        if name not in sheets:
            problem = phrase("the sheet {name} is missing", name=name)
            faults.add(problem, phrase("add a sheet with the name {name}", name=name), sheet=name)
    for sheet in sheets.values():
        for row, error in sheet.errors:
            problem = phrase("a formula gives the error {error}", error=error)
            faults.add(problem, phrase("write the text itself"), sheet=sheet.name, row=row)


def _about(sheets: Sheets, lists: ChoiceLists, faults: Faults) -> About:
    lines_of(sheets.get("settings"), faults)
    # Without the sheet nothing more has to be said of its settings.
    about = read_about(sheets.get("event"), lists, faults if "event" in sheets else Faults(""))
    rest = read_rest_days(sheets.get("rest_days"), about.policy, faults)
    return replace(about, policy=replace(about.policy, rest=rest))


def _surveys(sheets: Sheets, source: Source, faults: Faults) -> list[Built]:
    lines = lines_of(sheets.get("survey"), faults)
    groups = micro_surveys(read_form(lines))
    surveys = [survey_of(group, source, group.name, Bilingual("", "")) for group in groups]
    check_conditions(surveys, plain=False)
    for built in surveys:
        remark_circles(built)
    surveys = [
        with_tables(built, group, source.lists, source.shelf) for built, group in zip(surveys, groups, strict=True)
    ]
    check_group_ok(surveys)
    return surveys


def _headers(sheets: Sheets) -> dict[tuple[str, str, Language], str]:
    return {
        (name, base, language): column
        for name in ("survey", "choices")
        if name in sheets
        for base in (*LAYOUTS[name].texts, *LAYOUTS[name].optional_texts)
        for language, column in zip(Language, in_both(base), strict=True)
    }

"""A whole pack: its sheets read one after the other, its faults told together."""

from pathlib import Path

from bot.workbook.choices_sheet import ChoiceLists, read_choices
from bot.workbook.conditions import check_conditions
from bot.workbook.draft import Draft, Places
from bot.workbook.errors import Faults
from bot.workbook.event_sheet import About, read_about
from bot.workbook.group_ok import check_group_ok
from bot.workbook.lines import lines_of
from bot.workbook.messages_sheet import read_messages
from bot.workbook.plain import about_form, schedule_at_once
from bot.workbook.questions import survey_of
from bot.workbook.schedule_sheet import read_schedule
from bot.workbook.sheets import Sheet, read_sheets
from bot.workbook.survey_sheet import PROFILE, read_groups
from bot.workbook.xlsform import check_xlsform
from conversations.model import Event, KeyMessage, Language, Survey, Touchpoint, TouchpointKind

_OURS = ("event", "messages", "schedule")

Sheets = dict[str, Sheet]


def read_pack(path: Path) -> Draft:
    """What the file holds."""
    faults = Faults(path.name)
    sheets = read_sheets(path, faults)
    # Without its sheets there is nothing more to say of a file.
    if not sheets and faults.found:
        return Draft(path.name, None, faults.found, faults.remarks)
    _check_sheets(sheets, faults)
    about = _about(sheets, faults)
    lists = read_choices(sheets.get("choices"), faults)
    surveys = _surveys(sheets, lists, about, faults)
    profile = next((survey.questions for survey in surveys if survey.name == PROFILE), ())
    asked = tuple(survey for survey in surveys if survey.name != PROFILE)
    messages = read_messages(sheets.get("messages"), lists, faults)
    schedule = _schedule(sheets, asked, messages, faults)
    check_xlsform(sheets, faults)
    event = Event(
        code=about.code,
        title=about.title,
        start=about.start,
        end=about.end,
        timezone=about.timezone,
        welcome=about.welcome,
        consent=about.consent,
        consent_lines=about.consent_lines,
        contact=about.contact,
        profile=profile,
        surveys=asked,
        messages=messages,
        schedule=schedule,
    )
    return Draft(
        path.name,
        None if faults.found else event,
        faults.found,
        faults.remarks,
        plain=_is_plain(sheets),
        places=places_of(sheets),
    )


def _is_plain(sheets: Sheets) -> bool:
    return not any(name in sheets for name in _OURS)


def _check_sheets(sheets: Sheets, faults: Faults) -> None:
    if _is_plain(sheets):
        needed: tuple[str, ...] = ("settings", "survey")
    else:
        needed = ("event", "schedule")
        if "survey" not in sheets and "messages" not in sheets:
            faults.add("there is nothing to send", "add a sheet survey, a sheet messages, or both")
    for name in needed:
        if name not in sheets:
            faults.add(f"the sheet {name} is missing", f"add a sheet with the name {name}", sheet=name)


def _setting(sheets: Sheets, column: str) -> str:
    """A cell of `settings`, whose faults are told elsewhere."""
    return next((line[column] for line in lines_of(sheets.get("settings"), Faults(""))), "")


def _about(sheets: Sheets, faults: Faults) -> About:
    lines_of(sheets.get("settings"), faults)
    if _is_plain(sheets):
        quiet = faults if "settings" in sheets else Faults("")
        return about_form(_setting(sheets, "form_id"), _setting(sheets, "form_title"), quiet)
    if "event" in sheets:
        return read_about(sheets["event"], faults)
    return about_form("", "", Faults(""))


def _surveys(sheets: Sheets, lists: ChoiceLists, about: About, faults: Faults) -> list[Survey]:
    groups = read_groups(sheets.get("survey"), faults)
    name = _setting(sheets, "form_id") or about.code
    surveys = [survey_of(group, lists, name, about.title) for group in groups]
    check_conditions(groups, surveys)
    check_group_ok(groups, surveys)
    return surveys


def _schedule(
    sheets: Sheets, asked: tuple[Survey, ...], messages: tuple[KeyMessage, ...], faults: Faults
) -> tuple[Touchpoint, ...]:
    if _is_plain(sheets):
        return schedule_at_once(asked)
    names = {
        TouchpointKind.SURVEY: tuple(survey.name for survey in asked),
        TouchpointKind.REFRESHER: tuple(message.name for message in messages),
    }
    return read_schedule(sheets.get("schedule"), names, faults)


def places_of(sheets: Sheets) -> Places:
    """Where the questions, groups and options stand."""
    quiet = Faults("")
    survey, choices = lines_of(sheets.get("survey"), quiet), lines_of(sheets.get("choices"), quiet)
    asked = [line for line in survey if not line["type"].startswith(("begin", "end"))]
    return Places(
        questions={line["name"]: line.number for line in asked},
        surveys={line["name"]: line.number for line in survey if line["type"].startswith("begin")},
        lists={line["name"]: line["type"].split()[-1] for line in asked if line["type"].startswith("select")},
        choices={(line["list_name"], line["name"]): line.number for line in choices},
        languages=tuple(Language),
    )

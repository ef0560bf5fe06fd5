"""Packs without a fault, and what they become."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyxform.xls2json_backends import md_table_to_workbook, md_to_dict

from bot.workbook import excel, formats, read
from bot.workbook.errors import Faults
from bot.workbook.sheets import Sheets, read_sheets
from conversations.digests import tellable
from conversations.model import (
    Bilingual,
    Choice,
    Event,
    KeyMessage,
    Purpose,
    Question,
    QuestionType,
    RecallQuestion,
    Stage,
)
from conversations.timing import RECALL_CHECK, REMINDERS, Anchor, Offset, Touchpoint, TouchpointKind, Unit

EVENTS = Path(__file__).parents[2] / "events"
YES_NO = (Choice("yes", Bilingual("Yes", "Oui")), Choice("no", Bilingual("No", "Non")))
Reader = Callable[[str], Event]


def test_the_event_sheet_becomes_the_event(good: str, event_of: Reader) -> None:
    event = event_of(good)
    assert (event.code, event.title) == ("course-1", Bilingual("The course", "Le cours"))
    assert (event.start, event.end, event.timezone) == (date(2027, 3, 9), date(2027, 3, 11), "Africa/Nairobi")
    assert event.consent_lines == {
        Purpose.NUDGES: Bilingual("Reminders", "Rappels"),
        Purpose.SURVEYS: Bilingual("Questions", "Des questions"),
        Purpose.DIGEST: Bilingual("Count me", "Comptez-moi"),
    }
    assert event.contact == Bilingual("Ask the team.", "Demandez à l’équipe.")


def test_br_is_a_line_break(good: str, event_of: Reader) -> None:
    consent = event_of(good).consent
    assert consent == Bilingual("You are free.\n\nLeave with /stop.", "Vous êtes libre.\n\nPartez avec /stop.")


def test_groups_become_surveys_and_the_profile(good: str, event_of: Reader) -> None:
    event = event_of(good)
    assert [question.name for question in event.profile] == ["country"]
    assert event.profile[0].choices[0].zones == ("Africa/Kinshasa", "Africa/Lubumbashi")
    assert [(survey.name, survey.title.fr) for survey in event.surveys] == [
        ("week_1", "Une semaine après"),
        ("month_1", "Un mois après"),
    ]
    assert event.survey("week_1").questions[0] == Question(
        name="changed",
        type=QuestionType.SELECT_ONE,
        label=Bilingual("Changed?", "Changé ?"),
        hint=Bilingual("Think back.", "Repensez-y."),
        required=True,
        choices=YES_NO,
        stage=Stage.APPLY,
        group_ok=True,
    )
    assert event.survey("week_1").questions[1].relevant == "${changed} = 'yes'"
    assert event.survey("week_1").questions[1].sensitive
    assert event.survey("month_1").questions[2].label.en == "Thank you. | Bye."


def test_messages(good: str, event_of: Reader) -> None:
    assert event_of(good).message("safety") == KeyMessage(
        name="safety",
        text=Bilingual("Safety first.", "La sécurité d’abord."),
        questions=(
            RecallQuestion(
                question=Bilingual("May I post it?", "Puis-je publier ?"),
                choices=YES_NO,
                right="no",
                explanation=Bilingual("Ask each one.", "Demandez à chacun."),
            ),
        ),
        source=Bilingual("Session 1", "Session 1"),
        sensitive=True,
    )


def test_schedule(good: str, event_of: Reader) -> None:
    three_days, ten_days = Offset(3, Unit.DAYS), Offset(10, Unit.DAYS)
    refresher, survey = TouchpointKind.REFRESHER, TouchpointKind.SURVEY
    assert event_of(good).schedule == (
        Touchpoint(refresher, "safety", Anchor.ENROLMENT, three_days, None, time(10), window=three_days),
        Touchpoint(
            survey,
            "week_1",
            Anchor.ENROLMENT,
            Offset(1, Unit.WEEKS),
            None,
            time(14, 30),
            window=ten_days,
            reminders=REMINDERS,
        ),
        Touchpoint(
            survey,
            "month_1",
            Anchor.EVENT_END,
            Offset(1, Unit.MONTHS),
            None,
            time(14),
            window=ten_days,
            reminders=REMINDERS,
        ),
        Touchpoint(
            refresher, "rights", Anchor.DATE, Offset(0, Unit.MINUTES), date(2027, 6, 1), time(9), window=three_days
        ),
        Touchpoint(
            TouchpointKind.DIGEST,
            "",
            Anchor.EVENT_END,
            Offset(2, Unit.WEEKS),
            None,
            time(16),
            Offset(1, Unit.WEEKS),
            Offset(54, Unit.WEEKS),
            three_days,
        ),
    )


def test_the_same_pack_as_a_workbook_is_the_same_event(good: str, event_of: Reader, tmp_path: Path) -> None:
    md_table_to_workbook(good).save(tmp_path / "pack.xlsx")
    assert read(tmp_path / "pack.xlsx") == event_of(good)


def test_what_excel_makes_of_cells_is_read_as_typed(good: str, event_of: Reader, tmp_path: Path) -> None:
    path = tmp_path / "pack.XLSX"
    md_table_to_workbook(good).save(path)
    book = load_workbook(path)
    event, survey, schedule = book["event"], book["survey"], book["schedule"]
    event["B4"], event["B5"] = date(2027, 3, 9), date(2027, 3, 11)
    book["settings"]["C2"] = 1.0
    survey["G6"] = True
    schedule["E2"], schedule["C5"] = time(10), date(2027, 6, 1)
    survey.insert_rows(4, 2)
    schedule.insert_rows(1, 2)
    book["choices"].title = "Choices "
    book.create_sheet("Read me").append(("anything",))
    book.save(path)
    assert read(path) == event_of(good)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (" a\r\nb ", "a\nb"),
        (1, "1"),
        (1.0, "1"),
        (1.5, "1.5"),
        (True, "yes"),
        (False, "no"),
        (date(2027, 3, 9), "2027-03-09"),
        (datetime(2027, 3, 9), "2027-03-09"),  # Excel knows no zones
        (datetime(2027, 3, 9, 10), "2027-03-09 10:00"),
        (time(9, 5), "09:05"),
        (timedelta(hours=10), "10:00:00"),
    ],
)
def test_values_of_excel_as_texts(value: object, text: str) -> None:
    assert excel.as_text(value) == text


def test_a_line_break_in_a_cell_stays_one(good: str, event_of: Reader, tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    md_table_to_workbook(good).save(path)
    book = load_workbook(path)
    book["event"]["C8"] = "You are free.\n\nLeave with /stop."
    book.save(path)
    assert read(path).consent == event_of(good).consent


@pytest.mark.parametrize("path", sorted(EVENTS.glob("*/pack.md")), ids=lambda path: path.parent.name)
def test_packs_of_the_project_have_no_fault(path: Path) -> None:
    event = read(path)
    assert event.surveys
    for survey in event.surveys:
        marked = tuple(question for question in survey.questions if question.group_ok)
        assert bool(marked) == (survey.name != RECALL_CHECK)
        assert set(marked) <= set(tellable(survey))


def test_there_is_a_pack_of_the_project() -> None:
    assert (EVENTS / "learning-and-sharing" / "pack.md").is_file()


def test_our_markdown_reader_agrees_with_that_of_pyxform(good: str, tmp_path: Path) -> None:
    for text in (good, (EVENTS / "learning-and-sharing" / "pack.md").read_text("utf-8")):
        path = tmp_path / "pack.md"
        path.write_text(text, encoding="utf-8")
        theirs = md_to_dict(text.encode())
        sheets: Sheets = read_sheets(path, Faults("pack.md"))
        for name in ("settings", "survey", "choices"):
            ours = [
                {header: cell for header, cell in zip(sheets[name].header, row.cells, strict=False) if cell}
                for row in sheets[name].rows
            ]
            assert ours == theirs[name]


def test_rows_keep_the_numbers_of_their_lines() -> None:
    text = "\ufeff# note\n| survey |\n\n| | type | # why\n| :--- | ---: |\r\n| | text |\n"
    faults = Faults("pack.md")
    (grid,) = formats.grids(text.encode(), frozenset(), faults)
    assert faults.found == ()
    assert grid.rows == ((2, ()), (4, ("type",)), (6, ("text",)))


def test_columns_for_other_tools_and_for_the_author_are_let_be(good: str, event_of: Reader) -> None:
    head = "| relevant | stage | group_ok | sensitive |"
    assert head in good
    wider = good.replace(head, f"{head} appearance | media::image::English (en) | comment | label::Swahili (sw) |")
    assert event_of(wider) == event_of(good)


def test_heavy_libraries_wait_until_a_pack_is_read() -> None:
    code = "import sys, bot.workbook; print(sorted({'openpyxl', 'pyxform', 'hypothesis'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

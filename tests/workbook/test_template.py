"""The template: a pack without fault that explains itself."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.workbook import read, read_draft
from bot.workbook.columns import LAYOUTS
from bot.workbook.figures import SMALLEST_CELL
from bot.workbook.guide import COLUMNS, STEPS
from bot.workbook.guide_settings import SETTINGS
from bot.workbook.parts import PARTS
from bot.workbook.policy_settings import SETTINGS as READ
from bot.workbook.schedule_sheet import KINDS
from bot.workbook.template import write
from conversations.model import QuestionType
from conversations.publishing import gate
from conversations.referrals import DAYS_FRESH


def test_it_reads_without_fault_and_shows_every_kind(tmp_path: Path) -> None:
    write(tmp_path / "mine.xlsx")
    event = read(tmp_path / "mine.xlsx")
    assert {touchpoint.kind for touchpoint in event.schedule} == set(KINDS)
    types = {question.type for survey in event.surveys for question in survey.questions}
    assert types >= {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.TEXT}
    assert event.profile[0].choices[0].zones
    assert event.messages
    assert [each.country for each in event.referrals] == ["ke", ""]


def test_its_contacts_are_examples_with_which_nothing_is_published(tmp_path: Path) -> None:
    write(tmp_path / "mine.xlsx")
    draft = read_draft(tmp_path / "mine.xlsx")
    refusing = gate(draft.event, (), draft.places.referrals, date(2026, 11, 16))
    assert [(each.sheet, each.row) for each in refusing] == [("referrals", 2), ("referrals", 3)]


def test_every_column_is_explained_in_both_languages(tmp_path: Path) -> None:
    write(tmp_path / "mine.xlsx")
    book = load_workbook(tmp_path / "mine.xlsx")
    for name in LAYOUTS:
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        for cell in sheet[1]:
            meaning = COLUMNS[name][str(cell.value).partition("::")[0]]
            assert cell.comment.text == f"{meaning.en}\n\n{meaning.fr}"
            assert sheet.column_dimensions[cell.column_letter].width >= 18


def test_the_guide_knows_the_columns_of_the_reader(tmp_path: Path) -> None:
    write(tmp_path / "mine.xlsx")
    book = load_workbook(tmp_path / "mine.xlsx")
    for name, layout in LAYOUTS.items():
        assert {str(cell.value) for cell in book[name][1]} == set(layout.columns)


def test_the_read_me_speaks_both_languages(tmp_path: Path) -> None:
    write(tmp_path / "mine.xlsx")
    rows = list(load_workbook(tmp_path / "mine.xlsx")["read me"].iter_rows(values_only=True))
    told = {(row[2], row[3]) for row in rows}
    assert {(words.en, words.fr) for words in (*STEPS, *SETTINGS.values())} <= told
    assert all(row[2] and row[3] and row[2] != row[3] for row in rows if any(row))


def test_the_example_shows_every_setting_and_the_guide_explains_it(tmp_path: Path) -> None:
    write(tmp_path / "mine.xlsx")
    shown = [row[0] for row in load_workbook(tmp_path / "mine.xlsx")["event"].iter_rows(values_only=True)]
    read = [*READ, PARTS, SMALLEST_CELL]
    assert shown[-len(read) :] == read == list(SETTINGS)


def test_the_guide_says_how_long_a_contact_is_fresh() -> None:
    checked = COLUMNS["referrals"]["checked"]
    assert f"every {DAYS_FRESH} days" in checked.en
    assert f"tous les {DAYS_FRESH} jours" in checked.fr


def test_lists_offer_the_words(tmp_path: Path) -> None:
    write(tmp_path / "mine.xlsx")
    book = load_workbook(tmp_path / "mine.xlsx")
    kind, anchor = book["schedule"].data_validations.dataValidation
    assert (kind.formula1, kind.showErrorMessage, str(kind.sqref)) == ('"refresher,survey,digest"', True, "A2:A500")
    assert (anchor.formula1, anchor.showErrorMessage) == ('"enrolment,event_start,event_end"', False)
    offers = book["survey"].data_validations.dataValidation
    assert len(offers) == 6
    # Excel takes a file with a longer list for damaged.
    assert all(len(offer.formula1) <= 257 for offer in offers)


def test_a_file_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(b"months of work")
    with pytest.raises(FileExistsError):
        write(path)
    assert path.read_bytes() == b"months of work"
    write(path, overwrite=True)
    assert read(path).code == "myevent2027"


def test_it_is_an_excel_workbook(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"mine.md does not end in .xlsx"):
        write(tmp_path / "mine.md")

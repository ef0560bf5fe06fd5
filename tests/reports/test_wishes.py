"""What of an event is exported: which surveys, rows and columns."""

import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from bot.app import Store
from bot.reports.dataset import Labels, Style
from bot.reports.exporting import Format, Manner, export
from bot.reports.gathering import Wish, attachments, gather
from bot.reports.problem import ExportProblem
from bot.reports.sensitive import sensitive, telling
from conversations.model import Group, QuestionType, Survey
from storage import responses
from storage.dispositions import Status
from tests.reports.conftest import Exported
from tests.reports.samples import (
    CODE,
    DAY,
    EVENT,
    LATER,
    NOW,
    SURVEY,
    answers,
    imported,
    joins,
    planned,
    question,
    words,
)

SMALL = Survey("small", words("Small"), (question("q", QuestionType.TEXT),))


@pytest.fixture
def four_people(store: Store) -> None:
    """One submitted, one is in the middle, one never opened it, and one did only the other survey."""
    with store.engine.begin() as conn:
        imported(conn, replace(EVENT, surveys=(SURVEY, SMALL)))
        chats = [joins(store, conn, str(each)) for each in range(4)]
        answers(store, conn, chats[0], planned(conn, chats[0]), {"people": 1})
        answers(store, conn, chats[1], planned(conn, chats[1]), {"people": 2}, complete=False, at=NOW + 5 * DAY)
        planned(conn, chats[2])
        answers(store, conn, chats[3], planned(conn, chats[3], "small"), {"q": "only this"})


def statuses(path: Path, sheet: str = "after") -> list[str]:
    return sorted(pd.read_excel(path, sheet_name=sheet)["_status"])


@pytest.mark.usefixtures("four_people")
def test_everybody_for_whom_a_survey_was_due_has_a_row(exported: Exported) -> None:
    path = exported(Format.XLSX)
    assert statuses(path) == ["complete", "not_reached", "partial"]
    assert statuses(path, "small") == ["complete"]


@pytest.mark.usefixtures("four_people")
def test_rows_without_a_response_can_be_left_out(exported: Exported) -> None:
    assert statuses(exported(Format.XLSX, only_responses=True)) == ["complete", "partial"]


@pytest.mark.usefixtures("four_people")
def test_one_survey_or_one_status_can_be_chosen(exported: Exported) -> None:
    assert pd.ExcelFile(exported(Format.XLSX, survey="small")).sheet_names == ["small"]
    assert statuses(exported(Format.XLSX, statuses=frozenset({Status.COMPLETE}))) == ["complete"]


@pytest.mark.usefixtures("four_people")
def test_only_what_happened_since_a_day_there(exported: Exported) -> None:
    assert statuses(exported(Format.XLSX, since=date(2026, 3, 2))) == ["complete", "not_reached", "partial"]
    assert statuses(exported(Format.XLSX, since=date(2026, 3, 3))) == ["partial"]


@pytest.mark.usefixtures("four_people")
def test_a_survey_that_is_not_there_is_named_with_those_that_are(store: Store) -> None:
    with pytest.raises(ExportProblem, match=r"no survey 'affter' in lse1\. Known: after, small"):
        gather(store, Wish(CODE, survey="affter"), LATER)


@pytest.mark.usefixtures("four_people")
def test_an_export_replaces_nothing_unless_it_is_told_to(store: Store, tmp_path: Path) -> None:
    gathered, manner, path = gather(store, Wish(CODE), LATER), Manner(Format.XLSX, Style()), tmp_path / "there.xlsx"
    path.write_text("mine")
    with pytest.raises(ExportProblem, match="is there already; --overwrite replaces it"):
        export(store, gathered, manner, path, lambda _: None, overwrite=False)
    assert path.read_text() == "mine"
    export(store, gathered, manner, path, lambda _: None, overwrite=True)
    assert statuses(path) == ["complete", "not_reached", "partial"]


def test_changes_after_submitting_are_a_table_of_their_own(store: Store, exported: Exported) -> None:
    with store.engine.begin() as conn:
        imported(conn)
        chat = joins(store, conn)
        plan = planned(conn, chat)
        answers(store, conn, chat, plan, {"people": 1, "story": "first"})
        later = NOW + timedelta(hours=1)
        responses.save_answer(conn, store.vault, chat, plan, "people", 2, False, later, amends=True)
        responses.save_answer(conn, store.vault, chat, plan, "story", "second", True, later, amends=True)
    changes = pd.read_excel(exported(Format.XLSX, history=True), sheet_name="changes")
    assert list(zip(changes["question"], changes["before"].astype(str), strict=True)) == [
        ("people", "1"),
        ("story", "first"),
    ]
    assert changes["replaced"][0] == pd.Timestamp("2026-03-02 13:30")
    protected = pd.read_excel(exported(Format.XLSX, history=True, without_sensitive=True), sheet_name="changes")
    assert list(protected["question"]) == ["people"]
    with zipfile.ZipFile(exported(Format.CSV, history=True)) as archive:
        assert "changes.csv" in archive.namelist()


SECRETS = Survey(
    "secrets",
    words("Secrets"),
    (
        question("open", QuestionType.TEXT),
        question("secret", QuestionType.INTEGER, sensitive=True),
        question("double", QuestionType.CALCULATE, calculation="${secret} * 2"),
        question("double_of_double", QuestionType.CALCULATE, calculation="${double} * 2"),
        question("because", QuestionType.TEXT, relevant="${secret} > 3"),
        question("inside", QuestionType.TEXT, group="branch"),
        question("apart", QuestionType.TEXT, relevant="${open} != ''"),
        question("each", QuestionType.TEXT, group="times"),
    ),
    groups=(
        Group("branch", None, relevant="${double_of_double} > 8"),
        Group("times", None, repeated=True, count="${secret}"),
    ),
)


def test_what_tells_of_a_sensitive_answer_is_as_sensitive() -> None:
    assert sensitive((SECRETS,)) == {"secret"}
    assert telling((SECRETS,)) == {"secret", "double", "double_of_double", "because", "inside", "each"}


def test_what_was_sensitive_in_any_revision_is_sensitive() -> None:
    careless = replace(SECRETS, questions=tuple(replace(each, sensitive=False) for each in SECRETS.questions))
    assert telling((SECRETS, careless)) == telling((careless, SECRETS)) == telling((SECRETS,))


def test_sensitive_columns_are_left_out_when_that_is_wished(store: Store, exported: Exported) -> None:
    with store.engine.begin() as conn:
        imported(conn, replace(EVENT, surveys=(SECRETS,)))
        chat = joins(store, conn)
        answers(store, conn, chat, planned(conn, chat, "secrets"), {"open": "o", "secret": 5, "because": "b"})
    tables = pd.read_excel(exported(Format.XLSX, without_sensitive=True), sheet_name=None)
    columns = set(tables["secrets"].columns)
    assert {"open", "apart"} <= columns
    assert not columns & {"secret", "double", "double_of_double", "because", "inside", "branch/inside"}
    assert "times" not in tables  # how many rows it has is the sensitive number itself


def test_the_files_of_an_export_are_those_that_stand_in_it(store: Store) -> None:
    form = replace(SURVEY, questions=(*SURVEY.questions, question("proof", QuestionType.FILE, sensitive=True)))
    with store.engine.begin() as conn:
        imported(conn, replace(EVENT, surveys=(form,)))
        chat = joins(store, conn)
        given = {"picture": "photo:AAA", "proof": "document:BBB.pdf", "people": 1}
        answers(store, conn, chat, planned(conn, chat), given)
    found = attachments(store, gather(store, Wish(CODE), LATER), Labels.NAMES)
    assert [(name.partition("-")[0], name.rpartition("-")[2], found[name]) for name in found] == [
        ("after", "picture.jpg", "AAA"),
        ("after", "proof.pdf", "BBB"),
    ]
    protected = attachments(store, gather(store, Wish(CODE, without_sensitive=True), LATER), Labels.NAMES)
    assert list(protected.values()) == ["AAA"]

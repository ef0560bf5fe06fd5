"""The recall questions of refreshers as a table of the export, and what a recall check's answers were worth."""

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from bot.app import Store
from bot.reports.dataset import Labels
from bot.reports.exporting import Format
from bot.reports.gathering import Wish, gather
from conversations.model import SKIPPED, Event
from conversations.refreshers import is_held_back
from conversations.timing import RECALL_CHECK, Policy
from storage import tables
from storage.chats import Chat
from tests.reports.conftest import Exported
from tests.reports.recall_samples import MEASURED, checked, key_message, measuring, refreshed
from tests.reports.samples import CODE, EVENT, LATER, answers, imported, joins, planned


@pytest.fixture
def learner(store: Store) -> Chat:
    """Somebody in Nairobi who was asked four times, and answered the first wave of the recall check."""
    with store.engine.begin() as conn:
        imported(conn, MEASURED)
        chat = joins(store, conn)
        checked(store, conn, chat, 0, listen="a", share="c")
        refreshed(conn, chat, 0, "listen", "a", sure=False)
        refreshed(conn, chat, 1, "share", "?")
        refreshed(conn, chat, 2, "listen", "b")
        refreshed(conn, chat, 3, "listen")
    return chat


def recalls(path: Path) -> pd.DataFrame:
    return pd.read_excel(path, sheet_name="recall", dtype={"choice": str})


@pytest.mark.usefixtures("learner")
def test_each_recall_question_that_was_asked_has_a_row(exported: Exported) -> None:
    found = recalls(exported(Format.XLSX))
    told = found[["message", "question", "asking", "choice"]].fillna("")
    assert list(told.itertuples(index=False, name=None)) == [
        ("listen", 2, 1, "a"),
        ("share", 2, 1, "_not_known"),
        ("listen", 2, 2, "b"),
        ("listen", 2, 3, ""),
    ]
    assert list(found["right"].fillna(-1)) == [1, 0, 0, -1]
    assert list(found["sure"].fillna(-1)) == [0, 0, 0, -1]
    assert list(found["language"].fillna("")) == ["en", "en", "en", ""]
    assert set(found["event"]) == {CODE}


@pytest.mark.usefixtures("learner")
def test_times_are_those_of_the_persons_own_clock(exported: Exported) -> None:
    first = recalls(exported(Format.XLSX)).iloc[0]
    assert (first["asked_at"], first["answered_at"]) == (
        pd.Timestamp("2026-03-02 12:30"),
        pd.Timestamp("2026-03-02 13:30"),
    )
    with zipfile.ZipFile(exported(Format.CSV)) as archive:
        line = archive.read("recall.csv").decode().splitlines()[1]
    assert "2026-03-02T12:30:00+03:00,2026-03-02T13:30:00+03:00" in line


@pytest.mark.usefixtures("learner")
def test_a_person_goes_by_the_pseudonym_of_their_responses(exported: Exported) -> None:
    sheets = pd.read_excel(exported(Format.XLSX), sheet_name=None)
    assert set(sheets["recall"]["_id"]) == set(sheets[RECALL_CHECK]["_id"])


def test_rows_stand_by_pseudonym_and_each_persons_in_the_order_of_asking(store: Store, exported: Exported) -> None:
    with store.engine.begin() as conn:
        imported(conn, MEASURED)
        for address in range(8):
            chat = joins(store, conn, str(address))
            for number in range(3):
                refreshed(conn, chat, number, "listen", "a")
    found = recalls(exported(Format.XLSX))
    assert list(found["_id"]) == sorted(found["_id"])
    assert list(found["asking"]) == [1, 2, 3] * 8


@pytest.mark.usefixtures("learner")
def test_labels_are_those_of_the_question_that_was_asked(store: Store, exported: Exported) -> None:
    renamed = replace(key_message("listen"), questions=key_message("listen").questions[:1])
    with store.engine.begin() as conn:
        imported(conn, measuring(renamed))
    found = recalls(exported(Format.XLSX, Labels.FR))
    assert list(found["Réponse"].fillna("")) == ["Option a (fr)", "Je ne m’en souviens pas", "Option b (fr)", ""]
    assert set(found["Langue de la réponse"].dropna()) == {"Anglais"}
    assert "Sans rappels (groupe témoin)" in found.columns


@pytest.mark.parametrize("format_", [Format.SAV, Format.DTA])
@pytest.mark.usefixtures("learner")
def test_spss_and_stata_have_a_second_file(exported: Exported, tmp_path: Path, format_: Format) -> None:
    with zipfile.ZipFile(exported(format_, Labels.EN)) as archive:
        assert sorted(archive.namelist()) == [f"recall.{format_}", f"recall_check.{format_}"]
        archive.extractall(tmp_path / "out")
    read = pyreadstat.read_sav if format_ is Format.SAV else pyreadstat.read_dta
    frame, meta = read(tmp_path / "out" / f"recall.{format_}")
    assert list(frame["meta_right"].fillna(-1)) == [1, 0, 0, -1]
    assert meta.column_names_to_labels["meta_held_back"] == "Held back from refreshers"
    assert meta.variable_value_labels["meta_right"] == {0.0: "No", 1.0: "Yes"}
    check, _ = read(tmp_path / "out" / f"recall_check.{format_}")
    assert list(check["listen_right"]) == [1]


def test_who_is_held_back_is_marked(store: Store, exported: Exported) -> None:
    event = replace(MEASURED, policy=Policy(hold_back=50))
    with store.engine.begin() as conn:
        imported(conn, event)
        for address in range(12):
            refreshed(conn, joins(store, conn, str(address)), 0, "listen", "a")
        ids = conn.scalars(tables.enrolments.select()).all()
    expected = sorted(int(is_held_back(event, each)) for each in ids)
    assert sorted(recalls(exported(Format.XLSX))["held_back"]) == expected
    assert set(expected) == {0, 1}


@pytest.mark.usefixtures("learner")
def test_sensitive_key_messages_are_named_and_can_be_left_out(store: Store, exported: Exported) -> None:
    assert gather(store, Wish(CODE), LATER).sensitive == ("share",)
    sheets = pd.read_excel(exported(Format.XLSX, without_sensitive=True), sheet_name=None)
    assert set(sheets["recall"]["message"]) == {"listen"}
    assert not {"share", "share_right"} & set(sheets[RECALL_CHECK].columns)


@pytest.mark.usefixtures("learner")
def test_what_was_sensitive_in_an_earlier_revision_stays_so(store: Store, exported: Exported) -> None:
    with store.engine.begin() as conn:
        imported(conn, measuring(key_message("listen"), key_message("share")))
    assert set(recalls(exported(Format.XLSX, without_sensitive=True))["message"]) == {"listen"}


@pytest.mark.usefixtures("learner")
def test_the_wishes_of_an_export_hold_for_recalls_too(exported: Exported) -> None:
    assert list(recalls(exported(Format.XLSX, only_responses=True))["asking"]) == [1, 1, 2]
    assert list(recalls(exported(Format.XLSX, since=date(2026, 3, 4)))["asking"]) == [2, 3]
    assert pd.ExcelFile(exported(Format.XLSX, survey=RECALL_CHECK)).sheet_names == [RECALL_CHECK]
    assert pd.ExcelFile(exported(Format.XLSX, history=True)).sheet_names == [RECALL_CHECK, "changes", "recall"]


def test_without_recalls_there_is_no_such_table(store: Store, exported: Exported) -> None:
    with store.engine.begin() as conn:
        imported(conn, EVENT)
        chat = joins(store, conn)
        answers(store, conn, chat, planned(conn, chat), {"people": 1})
    assert "recall" not in pd.ExcelFile(exported(Format.XLSX)).sheet_names


def test_an_event_without_surveys_exports_its_recalls(store: Store, exported: Exported) -> None:
    with store.engine.begin() as conn:
        imported(conn, replace(MEASURED, surveys=()))
        refreshed(conn, joins(store, conn), 0, "listen", "a")
    path = exported(Format.CSV)
    assert path.suffix == ".csv"
    assert "listen" in path.read_text()


def test_a_survey_of_the_same_name_makes_way(store: Store, exported: Exported) -> None:
    survey = replace(MEASURED.surveys[0], name="recall")
    with store.engine.begin() as conn:
        imported(conn, replace(MEASURED, surveys=(survey,)))
        refreshed(conn, joins(store, conn), 0, "listen", "a")
    assert pd.ExcelFile(exported(Format.XLSX)).sheet_names == ["recall_2", "recall"]


def test_nothing_is_there_of_who_was_erased(store: Store, learner: Chat) -> None:
    assert gather(store, Wish(CODE), LATER).learners
    store.vault.destroy(learner.key_id)
    assert gather(store, Wish(CODE), LATER).learners == ()


@pytest.fixture
def waves(store: Store) -> None:
    """Four people: right, wrong and passed over, and one after the right answer changed."""
    before = measuring(key_message("listen"))
    changed = replace(before.messages[0].questions[0], right="b")
    after = replace(before, messages=(replace(before.messages[0], questions=(changed,)),))
    with store.engine.begin() as conn:
        imported(conn, before)
        people = [joins(store, conn, str(number)) for number in range(4)]
        checked(store, conn, people[0], listen="a")
        checked(store, conn, people[1], listen="b")
        checked(store, conn, people[2], listen=SKIPPED)
        imported(conn, after)
        checked(store, conn, people[3], listen="b")


@pytest.mark.usefixtures("waves")
def test_a_recall_check_says_of_each_answer_whether_it_was_right_when_it_was_given(exported: Exported) -> None:
    found = pd.read_excel(exported(Format.XLSX), sheet_name=RECALL_CHECK)
    told = sorted(zip(found["listen"].fillna("-"), found["listen_right"].fillna(-1), strict=True))
    assert told == [("-", -1), ("a", 1), ("b", 0), ("b", 1)]
    assert "Right: What of listen?" in pd.read_excel(exported(Format.XLSX, Labels.EN)).columns


def test_a_question_of_that_name_stays_what_it_is(store: Store, exported: Exported) -> None:
    event: Event = measuring(key_message("listen"), key_message("listen_right"))
    with store.engine.begin() as conn:
        imported(conn, event)
        checked(store, conn, joins(store, conn), listen="b", listen_right="a")
    found = pd.read_excel(exported(Format.XLSX)).iloc[0]
    assert (found["listen_right"], found["listen_right_right"]) == ("a", 1)

"""`suivi recall`: figures, what is hidden of them, and what they cannot tell."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.app import Store, open_store
from bot.cli import main
from bot.settings import Settings, load
from conversations.intervals import wilson
from conversations.model import Language
from conversations.timing import Policy
from tests.reports.recall_samples import MEASURED, checked, refreshed, speaks
from tests.reports.samples import CODE, imported, joins


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A folder of its own with twelve people: ten answer the first wave, eight of them the second, four the third."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SUIVI_{name.upper()}", raising=False)
    store = open_store(load())
    with store.engine.begin() as conn:
        imported(conn, MEASURED)
        for number in range(12):
            chat = joins(store, conn, str(number))
            speaks(conn, chat, Language.EN if number < 3 else Language.FR)
            checked(store, conn, chat, 0, **({"listen": "a" if number < 6 else "b"} if number < 10 else {}))
            checked(store, conn, chat, 1, **({"listen": "a" if number < 7 else "c"} if number < 8 else {}))
            checked(store, conn, chat, 2, **({"listen": "a"} if number < 4 else {}))
            refreshed(conn, chat, 0, "listen", "a" if number < 8 else "", sure=number < 5)
    yield store
    store.engine.dispose()


def recall(*options: str) -> str:
    result = CliRunner().invoke(main, ["recall", CODE, *options])
    assert result.exit_code == 0, result.output
    return result.output


def figures(*options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(recall("--json", *options))
    return found


def row(told: str, *begin: str) -> list[str]:
    """The cells of the line that begins so."""
    lines = [re.split(r"\s{2,}", line) for line in told.splitlines()]
    (found,) = [cells for cells in lines if tuple(cells[: len(begin)]) == begin]
    return found


@pytest.mark.usefixtures("store")
def test_each_message_and_wave_has_its_denominators_and_an_interval() -> None:
    told = recall()
    assert row(told, "listen", "0 days after the end") == [
        "listen",
        "0 days after the end",
        *("1", "12", "10", "6", "60%", "31% to 83%"),
    ]
    assert row(told, "listen", "30 days after the end")[2:] == ["2", "12", "8", "7", "88%", "53% to 98%"]


@pytest.mark.usefixtures("store")
def test_the_same_people_are_compared_from_wave_to_wave() -> None:
    header = row(recall(), "key message", "waves")
    cells = dict(zip(header, row(recall(), "listen", "1 and 2"), strict=True))
    assert cells == {
        "key message": "listen",
        "waves": "1 and 2",
        "answered both": "8",
        "right in both": "6",
        "only in the first": "0",
        "only in the second": "1",
        "in neither": "1",
    }


@pytest.mark.usefixtures("store")
def test_refreshers_are_told_apart_from_waves() -> None:
    told = recall().partition("Refreshers, by how often")[2]
    assert row(told, "listen", "1") == ["listen", "1", "12", "8", "8", "5"]


@pytest.mark.usefixtures("store")
def test_figures_of_fewer_than_five_answers_are_hidden_unless_all_are_wished_for() -> None:
    assert row(recall(), "listen", "90 days after the end")[2:] == ["3", "12", "<5", "-", "-", "-"]
    assert row(recall(), "listen", "1 and 3")[2:] == ["<5", "-", "-", "-", "-"]
    assert "fewer than 5 answers are hidden" in recall()
    assert row(recall("--all"), "listen", "90 days after the end")[2:] == ["3", "12", "4", "4", "100%", "51% to 100%"]
    assert "are hidden" not in recall("--all")


@pytest.mark.usefixtures("store")
def test_an_item_that_nobody_answered_has_no_share() -> None:
    share = next(each for each in figures("--all")["checks"] if each["message"] == "share")
    assert (share["asked"], share["answered"], share["right"], share["share"], share["low"]) == (12, 0, 0, None, None)


@pytest.mark.usefixtures("store")
def test_languages_are_told_apart_when_that_is_wished() -> None:
    first = [each for each in figures("--by-language", "--all")["checks"] if each["wave"] == 1]
    told = {(each["message"], each["language"]): (each["asked"], each["answered"], each["right"]) for each in first}
    assert told["listen", "en"] == (3, 3, 3)
    assert told["listen", "fr"] == (9, 7, 3)
    assert row(recall("--by-language"), "listen", "0 days after the end", "en")[3:] == ["1", "3", "<5", "-", "-", "-"]


def test_groups_are_told_apart_and_what_they_are_for(store: Store) -> None:
    assert "what refreshers do cannot be told" in recall()
    with store.engine.begin() as conn:
        imported(conn, replace(MEASURED, policy=Policy(hold_back=50)))
    counted = figures("--by-group", "--all")
    first = [each for each in counted["checks"] if (each["message"], each["wave"]) == ("listen", 1)]
    assert {each["held_back"] for each in first} == {True, False}
    assert sum(each["asked"] for each in first) == 12
    assert "Chance keeps 50 in a hundred people from refreshers" in recall("--by-group")
    assert row(recall("--by-group", "--all"), "listen", "0 days after the end", "held back")


@pytest.mark.usefixtures("store")
def test_the_json_says_the_same_and_hides_the_same() -> None:
    counted = figures()
    first, _, last = (each for each in counted["checks"] if each["message"] == "listen")
    low, high = wilson(6, 10)
    assert first == {
        "message": "listen",
        "wave": 1,
        "planned": {"days": 0, "since": "event_end", "after": ""},
        "asked": 12,
        "answered": 10,
        "right": 6,
        "share": 0.6,
        "low": pytest.approx(low),
        "high": pytest.approx(high),
    }
    assert (last["asked"], last["answered"], last["right"], last["share"]) == (12, None, None, None)
    assert counted["hidden_below"] == 5
    assert any("Who answers differs from who does not" in each for each in counted["cannot_be_told"])


@pytest.mark.usefixtures("store")
def test_a_wave_that_the_schedule_no_longer_has_says_so(store: Store) -> None:
    with store.engine.begin() as conn:
        imported(conn, replace(MEASURED, schedule=MEASURED.schedule[:1]))
    assert row(recall(), "listen", "no longer", "2")[3:5] == ["12", "8"]


@pytest.mark.usefixtures("store")
def test_an_unknown_event_is_told_with_those_that_are_known() -> None:
    result = CliRunner().invoke(main, ["recall", "lse9"])
    assert result.exit_code == 1
    assert "there is no event 'lse9'. Known: lse1" in result.output


def test_nothing_is_made_up_where_nobody_was_asked(store: Store) -> None:
    with store.engine.begin() as conn:
        imported(conn, replace(MEASURED, code="quiet"))
    result = CliRunner().invoke(main, ["recall", "quiet"])
    assert result.output == "Nobody has been asked for a key message yet.\n"

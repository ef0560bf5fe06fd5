"""Forty people who answer as chance will have it: every export, read back, equals what is stored."""

import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest

from bot.app import Store
from bot.reports.dataset import Labels
from bot.reports.exporting import Format
from conversations.model import SKIPPED, QuestionType, Survey, Value
from storage import chats, responses
from storage.chats import Chat
from tests.reports.conftest import Exported
from tests.reports.samples import CODE, WAYS, YES_NO, answers, event_of, imported, joins, planned, question, words

FORM = Survey(
    "after",
    words("After"),
    (
        question("one", QuestionType.SELECT_ONE, choices=YES_NO),
        question("several", QuestionType.SELECT_MULTIPLE, choices=WAYS),
        question("order", QuestionType.RANK, choices=WAYS),
        question("whole", QuestionType.INTEGER),
        question("decimal", QuestionType.DECIMAL),
        question("day", QuestionType.DATE),
        question("text", QuestionType.TEXT, sensitive=True),
    ),
)
NAMES = [choice.name for choice in WAYS]
CHANCE: dict[str, Callable[[random.Random], Value]] = {
    "one": lambda chance: chance.choice(["yes", "no"]),
    "several": lambda chance: tuple(name for name in NAMES if chance.random() < 0.5) or ("inform",),
    "order": lambda chance: tuple(chance.sample(NAMES, len(NAMES))),
    "whole": lambda chance: chance.choice([0, -1, 7, 999_999_999, -999_999_999, chance.randrange(10**6)]),
    "decimal": lambda chance: chance.choice(["0.1", "-12.5", "1000000.25", "3"]),
    "day": lambda chance: f"20{chance.randrange(10, 60)}-02-{chance.randrange(10, 29)}",
    "text": lambda chance: "".join(chance.choice("aé🤝\u200f =+-@,;\"'\n<&") for _ in range(30)).strip() or "x",
}
Stored = dict[str, dict[str, Value]]


@pytest.fixture
def stored(store: Store) -> Stored:
    """What each person answered, by their pseudonym, as the dialogue would read it."""
    chance = random.Random(7)
    people: list[tuple[Chat, int]] = []
    with store.engine.begin() as conn:
        imported(conn, event_of(FORM))
        for number in range(40):
            chat = joins(store, conn, str(number))
            plan = planned(conn, chat)
            given = {name: answer(chance) for name, answer in CHANCE.items() if chance.random() < 0.8}
            given |= {name: SKIPPED for name in given if chance.random() < 0.2}
            answers(store, conn, chat, plan, given, complete=chance.random() < 0.7)
            people.append((chats.by_id(conn, store.vault, chat.id), plan))
        return {
            store.vault.pseudonym(chat.key_id, CODE): responses.answers(conn, store.vault, chat, plan)
            for chat, plan in people
        }


def expected(name: str, value: Value | None) -> Any:
    """The answer as a table tells it; None for a blank."""
    if value is None or value == SKIPPED:
        return None
    if name == "decimal":
        return float(str(value))
    return " ".join(value) if isinstance(value, tuple) else value


def told(value: Any) -> Any:
    """A cell as it was read."""
    if value == "" or pd.isna(value):
        return None
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value) if not _number(value) else value


def _number(value: Any) -> bool:
    return isinstance(value, int | float) or pd.api.types.is_number(value)


def the_same(frame: pd.DataFrame, person: str, stored: Stored) -> None:
    assert set(frame[person]) == set(stored)
    for _, row in frame.iterrows():
        given = stored[row[person]]
        for name in CHANCE:
            assert told(row[name]) == expected(name, given.get(name)), name


def test_excel_and_pandas(stored: Stored, exported: Exported) -> None:
    the_same(pd.read_excel(exported(Format.XLSX), keep_default_na=False, na_values=[""]), "_id", stored)


def test_csv_and_pandas(stored: Stored, exported: Exported) -> None:
    frame = pd.read_csv(exported(Format.CSV, raw=True), keep_default_na=False, na_values=[""], lineterminator=None)
    the_same(frame, "_id", stored)


@pytest.mark.parametrize("format_", [Format.SAV, Format.DTA])
def test_spss_and_stata_and_pyreadstat(stored: Stored, exported: Exported, format_: Format) -> None:
    read = pyreadstat.read_sav if format_ is Format.SAV else pyreadstat.read_dta
    frame, _ = read(exported(format_, Labels.NAMES), apply_value_formats=True, formats_as_category=False)
    the_same(frame, "meta_id", stored)


@pytest.mark.parametrize(("format_", "skipped"), [(Format.SAV, -99), (Format.DTA, "a")])
def test_skips_are_told_apart_from_what_was_not_asked(
    stored: Stored, exported: Exported, format_: Format, skipped: object
) -> None:
    read = pyreadstat.read_sav if format_ is Format.SAV else pyreadstat.read_dta
    frame, _ = read(exported(format_), user_missing=True)
    for _, row in frame.iterrows():
        given = stored[row["meta_id"]]
        for name in ("one", "whole", "decimal"):
            assert (row[name] == skipped) == (given.get(name) == SKIPPED)


def test_a_zip_of_csv_files_holds_whole_files(stored: Stored, exported: Exported, tmp_path: Path) -> None:
    with zipfile.ZipFile(exported(Format.CSV, history=True)) as archive:
        assert archive.testzip() is None
        assert len(pd.read_csv(BytesIO(archive.read("after.csv")))) == len(stored)

"""`suivi share`: answers for others in which nobody stands alone, and no two rows can be put together."""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.answered import fill
from bot.app import Store, open_store
from bot.cli import main
from bot.settings import Settings, load
from bot.workbook import read
from conversations.model import QuestionType
from conversations.sharing.anonymity import MERGED, NOT_TOLD, anonymous, merged
from conversations.sharing.tables import band
from storage import audit
from storage.events import import_event
from tests.reports.answers_published import DUE, PACK, answering, fill_in
from tests.reports.test_report_counts import BEGAN, SURVEYED, crowd
from tests.reports.test_report_counts import DUE as WAVES

K = 5
KNOWN = ("country", "organisation", "event_role", "wave", "month")
WAYS = {f"ways/{each}" for each in ("talk", "meet", "chat", "none")}
categories = st.lists(st.sampled_from(["ke", "tg", "sn", "ug", "", "zw"]), max_size=60)


@given(categories, st.sampled_from([3, 5]))
def test_no_category_is_left_with_fewer_people_than_the_threshold(values: list[str], k: int) -> None:
    told = merged(values, k)
    assert len(told) == len(values)
    assert all(count >= k for value, count in Counter(told).items() if value != NOT_TOLD)


def test_large_categories_are_left_as_they_are() -> None:
    assert merged(["a"] * 5 + ["b"] * 5, 5) == (*["a"] * 5, *["b"] * 5)
    assert merged(["a"] * 9 + ["b"] * 5 + ["c"], 5) == (*["a"] * 9, *[MERGED] * 6)


@given(st.lists(st.tuples(*[st.sampled_from(["", "x", "y", "z"])] * 3), max_size=80), st.sampled_from([3, 5]))
def test_every_combination_is_there_often_enough_or_not_at_all(rows: list[tuple[str, ...]], k: int) -> None:
    kept = anonymous(rows, k)
    assert all(count >= k for count in Counter(row for row in kept if row is not None).values())
    for before, after in zip(rows, kept, strict=True):
        assert after is None or all(new in (old, NOT_TOLD) for old, new in zip(before, after, strict=True))


def test_what_is_common_keeps_all_of_its_cells() -> None:
    rows = [("ke", "2026-11")] * 5 + [("ke", "2026-12")] * 2
    assert anonymous(rows, 5) == [("ke", "2026-11")] * 5 + [None] * 2
    assert anonymous(rows + [("ke", "2027-01")] * 3, 5)[5:] == [("ke", "")] * 5


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "0"),
        (1, "1-4"),
        (4, "1-4"),
        (5, "5-9"),
        (19, "10-19"),
        (1_234, "1000-9999"),
        (10_000, "10000+"),
        (-3, "below 0"),
    ],
)
def test_whole_numbers_are_told_as_bands(number: int, told: str) -> None:
    assert band(number) == told


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A folder of its own with nothing in it yet."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SUIVI_{name.upper()}", raising=False)
    store = open_store(load())
    yield store
    store.engine.dispose()


@pytest.fixture
def published(store: Store) -> Store:
    """The sample event with 102 people of whom 32 answered."""
    with store.engine.begin() as connection:
        import_event(connection, read(PACK), BEGAN)
        fill_in(connection, store.vault)
    return store


def suivi(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def opened(path: str) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        return {name: list(csv.DictReader(io.StringIO(archive.read(name).decode()))) for name in names}


@pytest.mark.usefixtures("published")
def test_nobody_stands_alone_in_what_is_handed_on() -> None:
    result = suivi("share", "lse2026", "--licence", "CC BY-NC 4.0")
    assert result.exit_code == 0, result.output
    assert result.stdout == "lse2026-shared.zip\n"
    files = opened("lse2026-shared.zip")
    assert {"week_1.csv", "month_1.csv", "month_3.csv", "year_1.csv", "codebook.csv"} == set(files)
    for name, rows in files.items():
        if name == "codebook.csv":
            continue
        assert len(rows) >= 2 * K
        known = Counter(
            tuple(row[each] for each in ("country", "organisation", "event_role", "wave", "month")) for row in rows
        )
        assert min(known.values()) >= K
        for column in rows[0]:
            told = Counter(row[column] for row in rows if row[column])
            assert not told or min(told.values()) >= K, (name, column, told)


@pytest.mark.usefixtures("published")
def test_words_days_and_sensitive_questions_are_not_in_it() -> None:
    suivi("share", "lse2026", "--licence", "CC BY-NC 4.0")
    columns = {name: set(rows[0]) for name, rows in opened("lse2026-shared.zip").items()}
    event = read(PACK)
    for survey in event.surveys:
        for question in survey.questions:
            if question.sensitive or question.type is QuestionType.TEXT:
                assert not any(each.startswith(question.name) for each in columns.get(f"{survey.name}.csv", ()))
    assert Path("lse2026-shared.zip").stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("published")
def test_it_says_in_both_languages_what_was_done_and_what_others_may_do() -> None:
    suivi("share", "lse2026", "--licence", "CC BY-NC 4.0")
    with zipfile.ZipFile("lse2026-shared.zip") as archive:
        told = archive.read("README.txt").decode()
    assert "Licence: CC BY-NC 4.0" in told
    assert "Licence\u00a0: CC BY-NC 4.0" in told
    assert "is there 5 times at least, or not at all" in told
    assert "connections/joint_proposals" in told, "an option that one person chose"
    codebook = opened("lse2026-shared.zip")["codebook.csv"]
    agree = next(row for row in codebook if (row["column"], row["value"]) == ("applied", "agree"))
    assert (agree["value_en"], agree["value_fr"]) == ("Agree", "D’accord")


def test_the_order_and_the_waves_of_a_person_tell_nothing(store: Store) -> None:
    people = crowd(120)
    with store.engine.begin() as connection:
        import_event(connection, SURVEYED, BEGAN)
        fill(connection, store.vault, people, WAVES)
    orders = set()
    for _ in range(3):
        assert suivi("share", SURVEYED.code, "--licence", "x", "--overwrite").exit_code == 0
        rows = opened(f"{SURVEYED.code}-shared.zip")["later.csv"]
        assert set(rows[0]) <= {"country", "wave", "month", "applied", "trained"} | WAYS
        assert {row["trained"] for row in rows} <= {"0", "1-4", "5-9", ""}
        orders.add(tuple(tuple(row.items()) for row in rows))
    assert len(orders) == 3


def test_a_question_that_was_ever_sensitive_stays_out(store: Store) -> None:
    later, *others = SURVEYED.surveys
    applied, *rest = later.questions
    once = replace(SURVEYED, surveys=(replace(later, questions=(replace(applied, sensitive=True), *rest)), *others))
    with store.engine.begin() as connection:
        import_event(connection, once, BEGAN)
        fill(connection, store.vault, crowd(60), WAVES)
        import_event(connection, SURVEYED, BEGAN)
    suivi("share", SURVEYED.code, "--licence", "x")
    assert "applied" not in opened(f"{SURVEYED.code}-shared.zip")["later.csv"][0]


def test_too_few_people_are_not_handed_on_at_all(store: Store) -> None:
    with store.engine.begin() as connection:
        import_event(connection, read(PACK), BEGAN)
        fill(connection, store.vault, map(answering, range(9)), DUE)
    result = suivi("share", "lse2026", "--licence", "x")
    assert result.exit_code == 1
    assert "too few people" in result.output
    assert not Path("lse2026-shared.zip").exists()


def test_it_is_written_into_the_audit_log(published: Store) -> None:
    assert suivi("share", "lse2026").exit_code == 2, "the licence has to be said"
    suivi("share", "lse2026", "--licence", "CC BY-NC 4.0")
    assert suivi("share", "lse2026", "--licence", "CC BY-NC 4.0").exit_code == 1, "there is a file already"
    with published.engine.connect() as connection:
        [entry] = [each for each in audit.entries(connection) if each.act == "share"]
    assert entry.details == ("week_1", "month_1", "month_3", "year_1")

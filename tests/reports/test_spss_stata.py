"""SPSS and Stata files, read back by pyreadstat and by pandas."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest

from bot.app import Store
from bot.reports.dataset import Column, Kind, Labels
from bot.reports.exporting import Format
from bot.reports.variables import SPSS, STATA, names
from conversations.model import SKIPPED, Bilingual, Choice, Group, QuestionType, Survey
from tests.reports.conftest import Exported
from tests.reports.samples import FULL, WAYS, event_of, one_response, question, words

BOTH = pytest.mark.parametrize("format_", [Format.SAV, Format.DTA])
READ: dict[Format, Callable[..., Any]] = {Format.SAV: pyreadstat.read_sav, Format.DTA: pyreadstat.read_dta}


def read(path: Path, format_: Format, table: str = "after", **how: Any) -> tuple[pd.DataFrame, Any]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            path = Path(archive.extract(f"{table}.{format_}", path.parent))
    return READ[format_](path, **how)


def survey_of(*questions: Any) -> Survey:
    return Survey("after", words("After"), questions)


@BOTH
def test_an_export_read_back_equals_the_answers(store: Store, exported: Exported, format_: Format) -> None:
    one_response(store)
    path = exported(format_, Labels.NAMES)
    frame, meta = read(path, format_, apply_value_formats=True)
    row = frame.iloc[0]
    assert row["applied"] == FULL["applied"]
    assert tuple(row["ways"].split()) == FULL["ways"]
    assert [row[f"ways_{name}"] for name in ("reflect", "inform", "engage")] == ["Yes", "No", "Yes"]
    assert tuple(row[f"order_{place}"] for place in (1, 2, 3)) == FULL["order"]
    assert row["people"] == FULL["people"]
    assert row["share"] == 12.5
    assert row["half"] == 6
    assert row["met_on"] == date(2026, 2, 28)
    assert row["met"] == datetime(2026, 2, 28, 14, 30)
    assert row["meta_start"] == datetime(2026, 3, 2, 12, 30)
    assert row["where_longitude"] == 36.8219
    assert row["story"] == FULL["story"]
    assert meta.column_names_to_labels["people"] == "work/people"
    children, _ = read(path, format_, "child")
    assert list(children["age"]) == [7, 9]


def test_times_are_times_in_spss(store: Store, exported: Exported) -> None:
    one_response(store)
    frame, _ = read(exported(Format.SAV), Format.SAV)
    assert frame["met_at"][0] == time(14, 30)


def test_pandas_reads_the_stata_file_as_well(store: Store, exported: Exported, tmp_path: Path) -> None:
    one_response(store)
    with zipfile.ZipFile(exported(Format.DTA, Labels.FR)) as archive:
        frame = pd.read_stata(archive.extract("after.dta", tmp_path))
    assert frame["applied"][0] == "Oui"
    assert frame["met"][0] == pd.Timestamp("2026-02-28 14:30")
    assert frame["story"][0] == FULL["story"]


@BOTH
def test_labels_are_in_the_language_that_was_chosen(store: Store, exported: Exported, format_: Format) -> None:
    one_response(store)
    frame, meta = read(exported(format_, Labels.FR), format_)
    assert frame["applied"][0] == 1
    assert meta.variable_value_labels["applied"] == {1: "Oui", 2: "Non"}
    assert meta.variable_value_labels["ways_inform"] == {0: "Non", 1: "Oui"}
    assert meta.column_names_to_labels["people"] == "Travail/Et people ?"
    assert meta.column_names_to_labels["ways_inform"] == "Inform (fr) – Travail/Et ways ?"
    assert meta.column_names_to_labels["order_2"] == "2 – Travail/Et order ?"


@BOTH
def test_names_of_choices_that_are_numbers_are_their_codes(store: Store, exported: Exported, format_: Format) -> None:
    choices = tuple(Choice(name, words(f"L{name}")) for name in ("0", "5", "99"))
    one_response(store, {"q": "5"}, event_of(survey_of(question("q", QuestionType.SELECT_ONE, choices=choices))))
    frame, meta = read(exported(format_), format_)
    assert frame["q"][0] == 5
    assert meta.variable_value_labels["q"] == {0: "0", 5: "5", 99: "99"}


def test_a_skipped_question_is_another_blank_than_one_that_was_not_asked(store: Store, exported: Exported) -> None:
    asked = question("q", QuestionType.INTEGER), question("never", QuestionType.INTEGER)
    one_response(store, {"q": SKIPPED}, event_of(survey_of(*asked)))
    spss, meta = read(exported(Format.SAV, Labels.FR), Format.SAV, user_missing=True)
    assert spss["q"][0] == -99
    assert meta.missing_ranges["q"] == [{"lo": -99, "hi": -99}]
    assert meta.variable_value_labels["q"] == {-99: "Question passée"}
    assert pd.isna(spss["never"][0])
    stata, meta = read(exported(Format.DTA), Format.DTA, user_missing=True)
    assert stata["q"][0] == "a"
    assert meta.missing_user_values["q"] == ["a"]
    assert pd.isna(stata["never"][0])


def test_the_number_for_skipped_is_never_somebodys_answer(store: Store, exported: Exported) -> None:
    form = survey_of(question("q", QuestionType.INTEGER))
    one_response(store, {"q": -99}, event_of(form))
    frame, meta = read(exported(Format.SAV), Format.SAV)
    assert frame["q"][0] == -99
    assert "q" not in meta.missing_ranges


def test_nor_is_it_an_option_that_somebody_might_have_chosen(store: Store, exported: Exported) -> None:
    choices = tuple(Choice(name, words(f"L{name}")) for name in ("1", "-99"))
    form = survey_of(question("q", QuestionType.SELECT_ONE, choices=choices))
    one_response(store, {"q": SKIPPED}, event_of(form))
    _, meta = read(exported(Format.SAV, Labels.EN), Format.SAV, user_missing=True)
    assert meta.variable_value_labels["q"] == {1: "L1", -99: "L-99", -999: "Skipped"}


@BOTH
def test_long_texts_are_kept_whole(store: Store, exported: Exported, format_: Format) -> None:
    story = "é🤝" * 2048
    one_response(store, {"story": story}, event_of(survey_of(question("story", QuestionType.TEXT))))
    frame, _ = read(exported(format_), format_)
    assert frame["story"][0] == story


@BOTH
def test_long_labels_are_cut_to_what_the_program_takes(store: Store, exported: Exported, format_: Format) -> None:
    label = Bilingual("é" * 400, "é" * 400)
    choices = (Choice("yes", label), Choice("no", words("No")))
    form = survey_of(replace(question("q", QuestionType.SELECT_ONE, choices=choices), label=label))
    one_response(store, {"q": "yes"}, event_of(form))
    _, meta = read(exported(format_, Labels.EN), format_)
    assert meta.column_names_to_labels["q"].endswith("é…")
    assert meta.variable_value_labels["q"][1].endswith("é…")


@BOTH
def test_a_long_question_never_hides_which_of_its_options_a_column_is(
    store: Store, exported: Exported, format_: Format
) -> None:
    asked = replace(
        question("q", QuestionType.SELECT_MULTIPLE, choices=WAYS, group="work"), label=words("Which? " * 60)
    )
    form = replace(survey_of(asked), groups=(Group("work", words("What you took home " * 3)),))
    one_response(store, {"q": ("inform",)}, event_of(form))
    _, meta = read(exported(format_, Labels.EN), format_)
    told = [meta.column_names_to_labels[f"q_{choice.name}"] for choice in WAYS]
    assert [each.partition("? ")[0] for each in told] == [f"{choice.label.en} – Which" for choice in WAYS]
    assert all(each.endswith("…") for each in told)


def test_spss_shows_as_many_decimals_as_the_numbers_have(store: Store, exported: Exported) -> None:
    one_response(store, {**FULL, "share": "12.125"})
    _, meta = read(exported(Format.SAV), Format.SAV)
    shown = {name: meta.original_variable_types[name] for name in ("share", "half", "where_latitude", "people")}
    assert shown == {"share": "F11.3", "half": "F11.0", "where_latitude": "F11.6", "people": "F11.0"}


def test_numbers_with_many_digits_have_room_in_spss(store: Store, exported: Exported) -> None:
    form = survey_of(question("q", QuestionType.DECIMAL), question("empty", QuestionType.GEOPOINT))
    one_response(store, {"q": "-123456789.12345678"}, event_of(form))
    frame, meta = read(exported(Format.SAV), Format.SAV)
    assert meta.original_variable_types["q"] == "F19.8"
    assert meta.original_variable_types["empty_longitude"] == "F11.6"
    assert frame["q"][0] == -123456789.12345678


@BOTH
def test_a_question_keeps_its_name_where_an_option_would_have_the_same(
    store: Store, exported: Exported, format_: Format
) -> None:
    choices = (*WAYS, Choice("other", words("Other")))
    form = survey_of(
        question("skills", QuestionType.SELECT_MULTIPLE, choices=choices), question("skills_other", QuestionType.TEXT)
    )
    one_response(store, {"skills": ("other",), "skills_other": "Dance"}, event_of(form))
    frame, _ = read(exported(format_), format_)
    assert [frame["skills_other"][0], frame["skills_other_2"][0]] == ["Dance", 1]


@BOTH
def test_a_survey_that_nobody_began_is_a_file_with_the_right_columns(
    store: Store, exported: Exported, format_: Format
) -> None:
    one_response(store)
    frame, _ = read(exported(format_, only_responses=True, statuses=frozenset()), format_)
    assert len(frame) == 0
    assert "met_on" in frame.columns


@pytest.mark.parametrize(
    ("paths", "rules", "expected"),
    [
        ((("q",), ("Q",), ("q",)), SPSS, ["q", "Q_2", "q_3"]),
        ((("with",), ("all",), ("not",)), SPSS, ["v_with", "v_all", "v_not"]),
        ((("with",), ("_n",), ("str12",), ("long",)), STATA, ["v_with", "n", "v_str12", "v_long"]),
        ((("1st",), ("âge-de l’enfant",), ("问题",)), SPSS, ["v_1st", "age_de_lenfant", "v"]),
        ((("a" * 70,), ("a" * 80,)), SPSS, ["a" * 64, "a" * 62 + "_2"]),
        ((("a" * 70,), ("a" * 80,)), STATA, ["a" * 32, "a" * 30 + "_2"]),
    ],
)
def test_names_are_made_fit(paths: tuple[tuple[str, ...], ...], rules: Any, expected: list[str]) -> None:
    columns = [Column(path, (words("x"),) * len(path), Kind.TEXT, question=path[-1]) for path in paths]
    assert names(columns, rules) == expected

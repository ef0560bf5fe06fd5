"""A form that was changed while people answered it: one table, nothing lost, the newest labels."""

from dataclasses import replace

import pandas as pd
import pytest

from bot.app import Store
from bot.reports.dataset import Column, Kind, Labels, Style, shown
from bot.reports.exporting import Format
from bot.reports.layout import FIRST, tables_of
from conversations.model import Bilingual, Choice, Group, Question, QuestionType, Survey, Value
from storage import events
from tests.reports.conftest import Exported
from tests.reports.samples import NOW, WAYS, YES_NO, answers, event_of, joins, planned, question, words


def form(*questions: Question, groups: tuple[Group, ...] = ()) -> Survey:
    return Survey("after", words("After"), questions, groups)


def headers(*revisions: Survey) -> list[str]:
    table = tables_of(revisions)[0]
    return ["/".join(column.path) for column in table.columns if column.question]


def text(name: str, group: str = "") -> Question:
    return question(name, QuestionType.TEXT, group=group)


@pytest.mark.parametrize(
    ("older", "newer", "merged"),
    [
        ("abc", "abc", "abc"),
        ("abc", "axbc", "axbc"),
        ("abc", "ac", "abc"),
        ("abc", "cba", "cba"),
        ("abc", "", "abc"),
        ("xab", "ab", "xab"),
        ("abx", "aby", "abxy"),
        ("abc", "xyz", "abcxyz"),
    ],
)
def test_columns_of_both_are_there_in_order(older: str, newer: str, merged: str) -> None:
    assert headers(form(*map(text, older)), form(*map(text, newer))) == list(merged)


def test_a_question_that_moved_into_a_group_is_one_column(store: Store, exported: Exported) -> None:
    work = Group("work", words("Work"))
    assert headers(form(text("a")), form(text("a", "work"), groups=(work,))) == ["work/a"]


def test_answers_to_both_revisions_stand_in_one_table(store: Store, exported: Exported) -> None:
    old_yes = Choice("perhaps", Bilingual("Perhaps", "Peut-être"))
    older = form(
        question("applied", QuestionType.SELECT_ONE, choices=(*YES_NO, old_yes)),
        question("ways", QuestionType.SELECT_MULTIPLE, choices=WAYS),
        text("gone"),
    )
    renamed = Choice("yes", Bilingual("Yes indeed", "Mais oui"))
    newer = form(
        question("applied", QuestionType.SELECT_ONE, choices=(renamed, YES_NO[1])),
        question("ways", QuestionType.SELECT_MULTIPLE, choices=WAYS[1:]),
        question("new", QuestionType.INTEGER),
    )
    given: list[tuple[Survey, dict[str, Value]]] = [
        (older, {"applied": "perhaps", "ways": ("reflect", "inform"), "gone": "still here"}),
        (newer, {"applied": "yes", "ways": ("engage",), "new": 4}),
    ]
    for number, (survey, response) in enumerate(given):
        with store.engine.begin() as conn:
            events.import_event(conn, event_of(survey), NOW)
            chat = joins(store, conn, str(number))
            answers(store, conn, chat, planned(conn, chat), response)
    frame = pd.read_excel(exported(Format.XLSX, Labels.EN)).sort_values("Revision of the form")
    first, second = frame.iloc[0], frame.iloc[1]
    assert [first["What of applied?"], second["What of applied?"]] == ["Perhaps", "Yes indeed"]
    assert [first["What of gone?"], second["What of new?"]] == ["still here", 4]
    assert pd.isna(first["What of new?"])
    assert [first["What of ways?/Reflect"], second["What of ways?/Reflect"]] == [1, 0]
    assert list(frame["Revision of the form"]) == [1, 2]


def test_revisions_are_counted_in_each_event_and_keep_their_numbers(store: Store, exported: Exported) -> None:
    first, second = event_of(form(text("a"))), event_of(form(text("b")))
    with store.engine.begin() as conn:
        events.import_event(conn, replace(first, code="other"), NOW)
        numbers = []
        for number, event in enumerate((first, second, first)):
            numbers.append(events.import_event(conn, event, NOW).number)
            chat = joins(store, conn, str(number))
            answers(store, conn, chat, planned(conn, chat), {event.surveys[0].questions[0].name: "x"})
    assert numbers == [1, 2, 1]
    frame = pd.read_excel(exported(Format.XLSX))
    assert sorted(frame["_version"]) == [1, 1, 2]
    assert list(frame[frame["_version"] == 2]["b"]) == ["x"]


def test_an_answer_of_another_type_than_the_newest_is_kept_as_a_text(store: Store, exported: Exported) -> None:
    with store.engine.begin() as conn:
        events.import_event(conn, event_of(form(text("people"))), NOW)
        chat = joins(store, conn)
        answers(store, conn, chat, planned(conn, chat), {"people": "a dozen"})
        events.import_event(conn, event_of(form(question("people", QuestionType.INTEGER))), NOW)
    for format_ in (Format.XLSX, Format.CSV, Format.SAV, Format.DTA):
        path = exported(format_)
        readers = {
            Format.XLSX: pd.read_excel,
            Format.CSV: pd.read_csv,
            Format.SAV: pd.read_spss,
            Format.DTA: pd.read_stata,
        }
        assert readers[format_](path)["people"][0] == "a dozen"


def test_a_group_that_is_repeated_only_in_the_newer_revision_gets_a_table_beside(
    store: Store, exported: Exported
) -> None:
    once = Group("child", words("Child"))
    both = (
        form(text("name", "child"), groups=(once,)),
        form(text("name", "child"), groups=(replace(once, repeated=True),)),
    )
    main, child = tables_of(both)
    assert [column.question for column in main.columns if column.question] == ["name"]
    assert [column.question for column in child.columns if column.question] == ["name"]


def test_columns_with_the_same_label_are_told_apart_by_their_names() -> None:
    same = [replace(text(name), label=words("Why?")) for name in ("a", "b")]
    found = tables_of((form(*same),))[0].headers(Style(Labels.EN))
    assert found[len(FIRST) :][:2] == ["Why? (a)", "Why? (b)"]
    assert len({each.casefold() for each in found}) == len(found)


def test_a_name_stands_where_there_is_no_label() -> None:
    nameless = replace(text("a", "work"), label=Bilingual("", "Quoi ?"))
    table = tables_of((form(nameless, groups=(Group("work", None),)),))[0]
    assert [table.columns[len(FIRST)].header(Style(labels)) for labels in Labels] == ["work/a", "work/a", "work/Quoi ?"]
    choice = Column(("q",), (words("Q"),), Kind.CHOICE, options={"yes": Bilingual("", "Oui")})
    assert [shown(choice, "yes", labels) for labels in Labels] == ["yes", "yes", "Oui"]

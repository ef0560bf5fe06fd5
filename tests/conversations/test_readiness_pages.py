"""A report on a phone: the weightiest first, a few on a page, and the same report again after a trip through JSON."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering import plain_text, render
from conversations.findings import Finding, Kind
from conversations.messages import Message, phrase
from conversations.model import Bilingual, Language, Month, Percent, Phrase
from conversations.readiness_json import report_from_json, report_to_json
from conversations.readiness_pages import PAGE, page, summary
from conversations.setting_up import Draft, Report, Upload
from tests.conversations.samples import NOW, event_with

TODAY = NOW.date()
texts = st.text(max_size=20)
leaves: st.SearchStrategy[Any] = st.one_of(
    texts,
    st.integers(-(10**9), 10**9),
    st.builds(Bilingual, texts, texts),
    st.just(Decimal("1.50")),
    st.just(date(2026, 11, 10)),
    st.just(datetime(2026, 11, 10, 9, 30, tzinfo=UTC)),
    st.just(time(9, 30)),
    st.just(Month(2026, 11)),
    st.just(Percent(Fraction(2, 3))),
)
phrases: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda text, context, count, values: Phrase(text, context, text, count, tuple(sorted(values.items()))),
        texts,
        texts,
        st.none() | st.integers(0, 99),
        st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
    ),
    max_leaves=5,
)
words = phrases.filter(lambda said: isinstance(said, str | Bilingual | Phrase))
findings = st.builds(Finding, st.sampled_from(Kind), words, words, texts, st.none() | st.integers(1, 999), texts, texts)


@given(st.lists(words, max_size=3), st.lists(findings, max_size=3), st.booleans())
def test_a_report_comes_back_equal(figures: list[Any], found: list[Finding], lines: bool) -> None:
    report = Report(tuple(figures), tuple(found), lines, {"ke": 4})
    assert report_from_json(report_to_json(report)) == report


@pytest.mark.parametrize("text", ["{}", "[]", '{"figures": [{"year": 1}], "findings": [], "lines": 0, "contacts": {}}'])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        report_from_json(text)


def finding(kind: Kind, row: int | None = 2, column: str = "label", name: str = "") -> Finding:
    return Finding(
        kind, phrase("No row of the schedule sends {name}", name=kind.value), "do it", "survey", row, column, name
    )


def draft(*found: Finding, blocked: bool = False) -> Draft:
    event = None if blocked else event_with()
    return Draft(7, 1, Upload("small", event, Report((), found), "digest"), NOW)


def told(message: Message) -> str:
    return plain_text(render(message, Language.EN).paragraphs)


def labels(message: Message) -> list[str]:
    return [key.label for row in render(message, Language.EN).keyboard for key in row]


def test_what_refuses_comes_before_what_weighs_before_hints_before_what_is_only_told() -> None:
    kinds = (Kind.PAGED, Kind.WORDING, Kind.SELF_HARM, Kind.TRANSLATION)
    shown = told(page(draft(*map(finding, kinds)), 1, TODAY))
    places = [shown.index(f"sends {kind}") for kind in reversed(kinds)]
    assert places == sorted(places)


def test_pages_turn_one_by_one_and_end() -> None:
    many = draft(*(finding(Kind.NOTE, None, name=str(number)) for number in range(2 * PAGE + 1)))
    assert "1 of 3" in told(page(many, 1, TODAY))
    assert labels(page(many, 1, TODAY))[:2] == ["Next", "Summary"]
    assert labels(page(many, 2, TODAY))[:2] == ["Previous", "Next"]
    assert labels(page(many, 3, TODAY))[:2] == ["Previous", "Summary"]
    assert page(many, 99, TODAY) == page(many, 3, TODAY)


def test_the_same_of_many_rows_of_a_column_is_told_once() -> None:
    same = draft(*(finding(Kind.TRANSLATION, row, name=f"q{row}") for row in range(2, 20)))
    shown = told(page(same, 1, TODAY))
    assert "survey · rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 … · label" in shown
    assert shown.count("→ do it") == 1
    assert "1 thing has to be put right" in told(summary(same, TODAY, publishable=True))


def test_it_is_published_from_the_report_only_when_nothing_refuses() -> None:
    hint = draft(finding(Kind.NOTE))
    assert "Publish …" in labels(summary(hint, TODAY, publishable=True))
    assert "Publish …" not in labels(summary(hint, TODAY, publishable=False))
    assert "Publish …" not in labels(summary(replace(hint, open=False), TODAY, publishable=True))
    assert "Publish …" not in labels(summary(draft(finding(Kind.BUTTONS)), TODAY, publishable=True))
    blocked = summary(draft(finding(Kind.BLOCKS), blocked=True), TODAY, publishable=True)
    assert "Publish …" not in labels(blocked)
    assert told(blocked).startswith("small\n\n✗ Not yet")


def test_a_page_of_the_longest_findings_fits_into_a_message() -> None:
    long = [Finding(Kind.NOTE, "p" * 600, "r" * 600, "survey", None, "c" * 60, f"n{number}") for number in range(PAGE)]
    shown = told(page(draft(*long), 1, TODAY))
    assert len(shown) <= 4096

"""A survey that asks what has become of the event does not come before it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.readiness.early import early_findings
from bot.readiness.report import report_on
from bot.workbook import read_draft
from bot.workbook.template import write
from conversations.findings import Kind, Weight
from conversations.model import Bilingual, Language
from conversations.timing import TouchpointKind
from locales.phrases import say
from tests.bot.setting_up import SAMPLE
from tests.conversations.samples import event_with, question, survey, touchpoint

BEFORE, LAST_DAY = date(2026, 10, 5), date(2026, 11, 13)
"""Five weeks before the sample event, and its last day."""
Told = Callable[..., list[str]]


@pytest.fixture
def early(tmp_path: Path) -> Told:
    """The surveys that come too early when people join on that day, in the sample pack with some words changed."""

    def check(today: date | None, *changes: tuple[str, str]) -> list[str]:
        text = SAMPLE
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (tmp_path / "pack.md").write_text(text, encoding="utf-8")
        report = report_on(read_draft(tmp_path / "pack.md"), today)
        return [each.name for each in report.findings if (each.sheet, each.column) == ("schedule", "anchor")]

    return check


def test_whoever_joins_weeks_before_the_event_would_be_asked_what_became_of_it(early: Told) -> None:
    assert early(BEFORE) == ["week_1", "month_1"]
    assert early(BEFORE, ("| week_1 | enrolment |", "| week_1 | event_end |")) == ["month_1"]


def test_from_a_week_before_its_end_on_it_comes_after_the_event(early: Told) -> None:
    assert early(date(2026, 11, 6)) == ["week_1"]
    assert early(date(2026, 11, 7)) == []
    assert early(LAST_DAY) == []
    assert early(None) == [], "without a day nothing is said of days"


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("One week later | Une semaine plus tard", True),
        ("After the event | La rencontre", True),
        ("The event | Après la rencontre", True),
        ("Your expectations | Vos attentes", False),
    ],
)
def test_where_no_stage_says_it_the_title_does(title: str, told: bool) -> None:
    asked = survey(question("used"), name="first")
    event = event_with(
        touchpoint(TouchpointKind.SURVEY, "first", "2 days"),
        surveys=(replace(asked, title=Bilingual(*title.split(" | "))),),
    )
    assert [each.name for each in early_findings(event, event.start)] == (["first"] if told else [])


def test_it_is_a_hint_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "pack.md").write_text(SAMPLE, encoding="utf-8")
    report = report_on(read_draft(tmp_path / "pack.md"), BEFORE)
    found = next(each for each in report.findings if each.name == "week_1" and each.sheet == "schedule")
    assert (found.kind, found.weight) == (Kind.NOTE, Weight.HINT)
    assert "it can come before the event ends, on Friday, 13 November 2026" in say(found.problem, Language.EN)
    assert "event_end" in say(found.remedy, Language.EN)


def test_the_template_asks_after_its_event(tmp_path: Path) -> None:
    write(tmp_path / "mine.xlsx")
    report = report_on(read_draft(tmp_path / "mine.xlsx"), BEFORE)
    assert not [each for each in report.findings if (each.sheet, each.column) == ("schedule", "anchor")]

"""Remarks on refreshers: words that come again, people who wait, and the texts of further questions."""

# ruff: noqa: E501 # one fault a line, as in a table

from collections.abc import Callable

import pytest

from bot.readiness.finding import Finding, Kind
from bot.readiness.report import Report
from conversations.model import Language
from locales.phrases import say

Reported = Callable[..., Report]


def notes(report: Report) -> list[Finding]:
    return [each for each in report.findings if each.kind is Kind.NOTE]


def test_the_pack_of_the_project_has_no_remark(revised: Reported) -> None:
    assert revised().remarks == 0


def test_a_ladder_with_more_rungs_than_a_message_has_questions(revised: Reported) -> None:
    found = notes(revised(("| ladder | 3 14 45 120 |", "| ladder | 3 14 45 90 120 |")))
    # The others have their main question, too: it is not kept for recall checks.
    assert [each.name for each in found] == ["safety", "partnership", "language", "rights"]
    assert all(each.sheet == "messages" and each.row for each in found)
    assert "4 questions" in say(found[0].problem, Language.EN)
    assert "the same words will come again" in say(found[0].problem, Language.EN)
    assert "sheet variants" in say(found[0].remedy, Language.EN)


def test_without_a_ladder_nothing_is_said_of_rungs(revised: Reported) -> None:
    named = ("| refresher | | enrolment |", "| refresher | safety | enrolment |")
    report = revised(named, ("| ladder | 3 14 45 120 |", "| ladder | 3 14 45 90 120 |"))
    assert notes(report) == []
    unscheduled = {each.name for each in report.findings if each.kind is Kind.UNSCHEDULED}
    assert unscheduled >= {"rights", "movement"}
    assert "safety" not in unscheduled


def test_people_who_are_held_back_should_be_told(revised: Reported) -> None:
    [found] = notes(revised(("| weekly_cap | 2 | | |", "| weekly_cap | 2 | | |\n| | hold_back | 10 | | |")))
    assert (found.sheet, found.name) == ("event", "hold_back")
    assert "Of a hundred people, 10 get no refreshers" in say(found.problem, Language.EN)
    assert "consent text" in say(found.remedy, Language.EN)


@pytest.mark.parametrize(
    ("old", "new", "kind", "sheet"),
    [
        ("Even a first name, or a back", "Even an addict, or a back", Kind.WORDING, "variants"),
        ("proof that 20 people came", "proof that 30 people came", Kind.NUMBERS, "variants"),
        ("| safety_2 | from_behind | A photo of the room from behind |", "| safety_2 | from_behind | Some drug addicts |", Kind.WORDING, "choices"),
    ],
)  # fmt: skip
def test_texts_of_variants_are_read(old: str, new: str, kind: Kind, sheet: str, revised: Reported) -> None:
    [found] = [each for each in revised((old, new)).findings if each.kind is kind]
    assert (found.sheet, found.row is not None) == (sheet, True)
    if sheet == "variants":
        assert found.name == "safety"


def test_a_variant_that_is_hard_to_read(revised: Reported) -> None:
    hard = (
        "Notwithstanding organisational considerations, which administrative responsibilities necessitate immediate "
        "reconsideration of confidentiality recommendations?"
    )
    question = "A funder asks for proof that 20 people came to your meeting. What do you send?"
    found = [each for each in revised((question, hard)).findings if each.kind is Kind.READING]
    assert ("variants", "question::English (en)") in {(each.sheet, each.column) for each in found}

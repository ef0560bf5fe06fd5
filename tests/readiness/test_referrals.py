"""Whom people can turn to: a check tells what nobody has looked at for long, and when there is nobody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.readiness.referrals import referral_findings
from bot.readiness.report import Report, report_on
from bot.workbook import Places, read, read_draft
from conversations.findings import Finding, Kind, Weight
from conversations.model import Language
from conversations.referrals import DAYS_FRESH
from locales.phrases import say
from tests.conversations.samples import NOW, PACK

CHECKED = date(2026, 11, 2)
LAST_DAY = CHECKED + timedelta(days=DAYS_FRESH)
ROWS = [row for row, line in enumerate(PACK.read_text(encoding="utf-8").splitlines(), start=1) if "(example)" in line]


def about_referrals(report: Report) -> list[Finding]:
    return [each for each in report.findings if each.sheet == "referrals"]


def test_contacts_are_fresh_until_their_last_day(real: Path) -> None:
    assert about_referrals(report_on(read_draft(real), LAST_DAY)) == []
    assert not report_on(read_draft(real), LAST_DAY).fails(strict=True)


def test_on_the_day_after_each_weighs_and_is_told_with_its_row(real: Path) -> None:
    report = report_on(read_draft(real), LAST_DAY + timedelta(days=1))
    found = about_referrals(report)
    assert [each.name for each in found] == ["ke", "sn", "cd", ""]
    assert [each.row for each in found] == ROWS
    assert {(each.kind, each.weight, each.column) for each in found} == {(Kind.REFERRAL, Weight.WEIGHTY, "checked")}
    assert (
        say(found[0].problem, Language.EN)
        == "This contact was checked more than 90 days ago, on Monday, 2 November 2026"
    )
    assert report.fails(strict=True)
    assert not report.fails(strict=False)


@pytest.mark.parametrize("today", [None, LAST_DAY])
def test_contacts_of_an_example_weigh_on_any_day(today: date | None) -> None:
    report = report_on(read_draft(PACK), today)
    found = about_referrals(report)
    assert [each.row for each in found] == ROWS
    assert {(each.kind, each.weight, each.column) for each in found} == {(Kind.REFERRAL, Weight.WEIGHTY, "text")}
    assert {say(each.remedy, Language.EN) for each in found} == {
        "Write whom people can really turn to, in words that the partner has approved, or delete the row."
    }
    assert report.fails(strict=True)


def test_an_event_that_names_nobody_gets_one_hint() -> None:
    [hint] = referral_findings(replace(read(PACK), referrals=()), Places(), NOW.date())
    assert (hint.kind, hint.weight, hint.sheet) == (Kind.NOTE, Weight.HINT, "referrals")
    assert "names nobody" in say(hint.problem, Language.EN)


def test_a_plain_form_is_not_asked_for_contacts(reported: Callable[..., Report]) -> None:
    assert about_referrals(reported("text | a | What? | Quoi ? | |")) == []


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("Open every day.", "Open to drug addicts.", Kind.WORDING),
        ("You need not give your name.", "Room 12.", Kind.NUMBERS),
    ],
)
def test_their_words_are_read_like_all_others(old: str, new: str, kind: Kind, revised: Callable[..., Report]) -> None:
    changes = [(old, new)]
    if kind is Kind.NUMBERS:
        changes.append(("Vous n’avez pas à donner votre nom.", "Salle 13."))
    [found] = [each for each in about_referrals(revised(*changes)) if each.kind is kind]
    assert found.row is not None

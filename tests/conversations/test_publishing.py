"""The gate: what refuses, what does not, and on which day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from conversations.findings import Finding, Kind
from conversations.model import Bilingual, Language, Referral
from conversations.publishing import REFUSING, gate
from conversations.referrals import DAYS_FRESH
from locales.phrases import say
from tests.conversations.samples import NOW, event_with

TODAY = NOW.date()


def contact(checked: date, country: str = "") -> Referral:
    return Referral(country, Bilingual("Help", "Aide"), Bilingual("Call 1.", "Appelez le 1."), "Partner", checked)


@pytest.mark.parametrize("kind", [each for each in Kind if each is not Kind.REFERRAL])
def test_each_kind_of_finding_refuses_or_does_not(kind: Kind) -> None:
    finding = Finding(kind, "so", "do", "survey", 2, "label")
    refused = gate(event_with(), (finding,), {}, TODAY)
    expected = kind in {
        *(Kind.BLOCKS, Kind.LANGUAGE, Kind.ONE_LANGUAGE, Kind.TRANSLATION, Kind.PLACEHOLDERS, Kind.BUTTONS),
    }
    assert bool(refused) == expected == (kind in REFUSING)


def test_what_blocks_comes_first() -> None:
    found = tuple(Finding(kind, "so", "do") for kind in (Kind.BUTTONS, Kind.TRANSLATION, Kind.BLOCKS))
    assert [each.kind for each in gate(None, found, {}, TODAY)] == [Kind.BLOCKS, Kind.TRANSLATION, Kind.BUTTONS]


@pytest.mark.parametrize(
    ("days", "refused"),
    [(-2, True), (-1, False), (0, False), (DAYS_FRESH, False), (DAYS_FRESH + 1, True)],
    ids=["in two days", "tomorrow, where it may have begun", "today", "on the last day", "a day after"],
)
def test_a_contact_counts_for_ninety_days(days: int, refused: bool) -> None:
    event = event_with(referrals=(contact(TODAY - timedelta(days=days)),))
    assert bool(gate(event, (), {}, TODAY)) == refused


def test_an_old_contact_is_told_with_its_row_and_day() -> None:
    event = event_with(referrals=(contact(TODAY), contact(TODAY - timedelta(days=100), "ke")))
    [finding] = gate(event, (), {"": 2, "ke": 7}, TODAY)
    assert (finding.sheet, finding.row, finding.column, finding.name) == ("referrals", 7, "checked", "ke")
    assert "8 August 2026" in say(finding.problem, Language.EN)


def test_it_is_the_day_of_publishing_that_counts_and_not_what_was_found_before() -> None:
    event = event_with(referrals=(contact(TODAY),))
    stale = Finding(Kind.REFERRAL, "old", "ask")
    assert gate(event, (stale,), {}, TODAY) == ()
    assert gate(event, (), {}, TODAY + timedelta(days=DAYS_FRESH + 1)) != ()


@pytest.mark.parametrize(
    ("mark", "left"),
    [
        ("(example)", {"name": Bilingual("Open Door (example)", "Porte ouverte")}),
        ("(exemple)", {"name": Bilingual("Open Door", "Porte ouverte (exemple)")}),
        ("This is an example", {"words": Bilingual("This is an example. Call 1.", "Appelez le 1.")}),
        ("example.org", {"words": Bilingual("Write to help@example.org.", "Appelez le 1.")}),
        ("example.com", {"words": Bilingual("Call 1.", "Voir https://www.example.com/aide")}),
        (".invalid", {"words": Bilingual("Write to help@desk.invalid", "Appelez le 1.")}),
        ("(example)", {"approved_by": "The team (example)"}),
    ],
)
def test_a_contact_that_leads_to_nobody_is_never_given_out(mark: str, left: dict[str, Any]) -> None:
    event = event_with(referrals=(replace(contact(TODAY, "ke"), **left),))
    [finding] = gate(event, (), {"ke": 2}, TODAY)
    assert (finding.kind, finding.row, finding.column) == (Kind.REFERRAL, 2, "text")
    assert say(finding.problem, Language.EN) == f"This contact is still an example: it says {mark}"


def test_a_contact_that_gives_an_example_is_a_real_one() -> None:
    words = Bilingual("Bring a paper, for example a bill. Write to us@examples.org.", "Par exemple une facture.")
    event = event_with(referrals=(replace(contact(TODAY), words=words),))
    assert gate(event, (), {}, TODAY) == ()


def test_an_event_without_contacts_can_be_published() -> None:
    assert gate(replace(event_with(), referrals=()), (), {}, TODAY) == ()

"""Whom somebody can turn to: by the country that they told, and how long a contact counts as right."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversations.model import Choice, Event, Referral
from conversations.referrals import DAYS_FRESH, outdated, referral_for
from tests.conversations.samples import both, event_with, question

TODAY = date(2026, 11, 16)
COUNTRY = question(
    "country",
    options=(
        Choice("ke", both("Kenya"), ("Africa/Nairobi",)),
        Choice("sn", both("Senegal"), ("Africa/Dakar",)),
        Choice("other", both("Another country")),
    ),
)
ROLE = question("role", options=(Choice("ke", both("Key educator")), Choice("host", both("Host"))))


def contact(country: str, checked: date = TODAY) -> Referral:
    return Referral(country, both(f"Somebody in {country}"), both("Write to them."), "The partner", checked)


KENYA, ELSEWHERE = contact("ke"), contact("")


def event(*referrals: Referral) -> Event:
    return event_with(profile=(ROLE, COUNTRY), referrals=referrals)


@pytest.mark.parametrize(
    ("profile", "found"),
    [
        ({"country": "ke"}, KENYA),
        ({"country": "sn"}, ELSEWHERE),
        ({"country": "other"}, ELSEWHERE),
        ({"country": ""}, ELSEWHERE),
        ({}, ELSEWHERE),
    ],
)
def test_the_contact_of_ones_country_goes_before_that_for_everybody_else(
    profile: dict[str, str], found: Referral
) -> None:
    assert referral_for(event(ELSEWHERE, KENYA), profile) == found
    assert referral_for(event(KENYA, ELSEWHERE), profile) == found


def test_only_the_question_whose_options_have_zones_tells_the_country() -> None:
    assert referral_for(event(KENYA, ELSEWHERE), {"role": "ke"}) == ELSEWHERE
    assert referral_for(event(KENYA, ELSEWHERE), {"role": "ke", "country": "sn"}) == ELSEWHERE


def test_without_a_contact_for_everybody_else_nobody_is_sent_to_another_country() -> None:
    assert referral_for(event(KENYA), {"country": "sn"}) is None
    assert referral_for(event(KENYA), {}) is None
    assert referral_for(event(), {"country": "ke"}) is None


def test_an_event_that_asks_for_no_country_has_one_contact_for_all() -> None:
    assert referral_for(replace(event(ELSEWHERE), profile=(ROLE,)), {"role": "ke"}) == ELSEWHERE
    assert referral_for(replace(event(ELSEWHERE), profile=()), {}) == ELSEWHERE


def test_a_contact_is_outdated_on_the_day_after_its_last_day() -> None:
    last_day, day_after = (contact("ke", TODAY - timedelta(days=days)) for days in (DAYS_FRESH, DAYS_FRESH + 1))
    assert outdated(event(last_day), TODAY) == ()
    assert outdated(event(day_after), TODAY) == (day_after,)
    assert outdated(event(last_day), TODAY + timedelta(days=1)) == (last_day,)


def test_other_bounds_can_be_asked_for() -> None:
    week_old = contact("ke", TODAY - timedelta(days=7))
    assert outdated(event(week_old, ELSEWHERE), TODAY, days=7) == ()
    assert outdated(event(week_old, ELSEWHERE), TODAY, days=6) == (week_old,)

"""Whom somebody can turn to, by their country, and which contacts nobody has looked at for too long."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from conversations.model import Event, Language, Referral
from conversations.places import country_question

DAYS_FRESH = 90
"""How many days a contact counts as right after somebody has made sure of it."""

_EXAMPLE = re.compile(
    r"\(ex[ae]mple\)|this is an example|ceci est un exemple"
    r"|\bexample\.(?:org|com|net)\b|\.(?:example|invalid|test)\b(?!\.\w)",
    re.IGNORECASE,
)
"""How the template and the sample event mark what they made up, and the names that no machine answers to (RFC 2606)."""


def referral_for(event: Event, profile: Mapping[str, str]) -> Referral | None:
    """The contact of the country that somebody chose, else the one for everybody else; None when there is neither."""
    question = country_question(event.profile)
    country = profile.get(question.name, "") if question else ""
    by_country = {each.country: each for each in event.referrals}
    return by_country.get(country) or by_country.get("")


def outdated(event: Event, today: date, days: int = DAYS_FRESH) -> tuple[Referral, ...]:
    """The contacts that were last checked more than so many days before `today`."""
    oldest = today - timedelta(days=days)
    return tuple(each for each in event.referrals if each.checked < oldest)


def mark_of_example(referral: Referral) -> str:
    """The words that show that a contact was made up and leads to nobody; empty for a real one."""
    told = (words.in_language(each) for words in (referral.name, referral.words) for each in Language)
    found = (_EXAMPLE.search(each) for each in (*told, referral.approved_by))
    return next((each[0] for each in found if each), "")

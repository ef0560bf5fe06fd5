"""Whom people can turn to: whether there is anybody real, and whether somebody lately made sure of each."""

from collections.abc import Iterator
from datetime import date

from bot.workbook import Places
from conversations.findings import Finding, Kind
from conversations.messages import phrase
from conversations.model import Event
from conversations.publishing import contact_findings

_ADD = phrase("Add a sheet referrals, with words that each partner has approved.")


def referral_findings(event: Event, places: Places, today: date | None) -> Iterator[Finding]:
    """A finding of weight for each contact that is an example or outdated on that day, and a hint when there is none.

    Without `today` nothing is said that changes with the days.
    """
    if not event.referrals:
        said = phrase("The pack names nobody whom people can turn to when they need help")
        yield Finding(Kind.NOTE, said, _ADD, "referrals")
    yield from contact_findings(event, places.referrals, today)

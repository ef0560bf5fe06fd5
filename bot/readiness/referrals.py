"""Whom people can turn to: whether there is anybody, and whether somebody has lately made sure of every contact."""

from collections.abc import Iterator
from datetime import date

from bot.readiness.finding import Finding, Kind
from bot.workbook import Places
from conversations.messages import phrase
from conversations.model import Event
from conversations.referrals import DAYS_FRESH, outdated

_SHEET = "referrals"
_ADD = phrase("Add a sheet referrals, with words that each partner has approved.")
_ASK_AGAIN = phrase(
    "Ask the partner whether every word is still right, correct what is not, and write the day into this cell."
)


def referral_findings(event: Event, places: Places, today: date) -> Iterator[Finding]:
    """A finding of weight for each contact that is outdated on that day, and a hint when there is none at all."""
    if not event.referrals:
        said = phrase("The pack names nobody whom people can turn to when they need help")
        yield Finding(Kind.NOTE, said, _ADD, _SHEET)
    for each in outdated(event, today):
        said = phrase("This contact was checked more than {days} days ago, on {day}", day=each.checked, days=DAYS_FRESH)
        row = places.referrals.get(each.country)
        yield Finding(Kind.REFERRAL, said, _ASK_AGAIN, _SHEET, row, "checked", each.country)

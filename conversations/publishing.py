"""The publish gate: what must be right before a team can publish its workbook from the chat.

1. Nothing blocks: the workbook was read without a fault.
2. Every text is there in English and in French. One language alone is refused too, even where it is meant so.
3. Every `${name}` stands in both languages, and every option of a list can be told from the others by its button.
4. No contact is an example's, as the template has them: who needs help would write to nobody.
5. Every contact was checked within the last 90 days, and not on a day to come. It is the day of publishing that counts:
   a workbook that was right when it was sent is looked at again.

Everything else that a check finds is for people to weigh. The operator, who imports packs on the command line, is told
what the gate says and decides alone.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from conversations.findings import Finding, Kind
from conversations.messages import phrase
from conversations.model import Event, Phrase, Referral
from conversations.referrals import DAYS_FRESH, mark_of_example, outdated

REFUSING: Final = frozenset(
    {Kind.BLOCKS, Kind.LANGUAGE, Kind.ONE_LANGUAGE, Kind.TRANSLATION, Kind.PLACEHOLDERS, Kind.BUTTONS, Kind.REFERRAL}
)
"""The kinds of findings with which nothing is published."""

_SHEET = "referrals"
_A_DAY = timedelta(days=1)
_ASK_AGAIN = phrase(
    "Ask the partner whether every word is still right, correct what is not, and write the day into this cell."
)
_REAL_ONE = phrase("Write whom people can really turn to, in words that the partner has approved, or delete the row.")


def gate(
    event: Event | None, findings: Iterable[Finding], contacts: Mapping[str, int], today: date
) -> tuple[Finding, ...]:
    """All that refuses, the weightiest first; nothing where the event can be published on that day.

    `findings` are those of its check, and `contacts` gives the row of each referral by its country.
    """
    lasting = (each for each in findings if each.kind in REFUSING and each.kind is not Kind.REFERRAL)
    of_contacts = contact_findings(event, contacts, today) if event is not None else ()
    order = list(Kind)
    return tuple(sorted((*lasting, *of_contacts), key=lambda each: order.index(each.kind)))


def contact_findings(event: Event, contacts: Mapping[str, int], today: date | None) -> tuple[Finding, ...]:
    """The contacts that are examples; that nobody has looked at for too long on that day, or that claim a day to come.

    Without `today` nothing is said that changes with the days.
    """

    def about(each: Referral, said: Phrase, remedy: Phrase, column: str) -> Finding:
        return Finding(Kind.REFERRAL, said, remedy, _SHEET, contacts.get(each.country), column, each.country)

    found = [
        about(each, phrase("This contact is still an example: it says {mark}", mark=mark), _REAL_ONE, "text")
        for each in event.referrals
        if (mark := mark_of_example(each))
    ]
    if today is None:
        return tuple(found)
    for each in outdated(event, today):
        said = phrase("This contact was checked more than {days} days ago, on {day}", day=each.checked, days=DAYS_FRESH)
        found.append(about(each, said, _ASK_AGAIN, "checked"))
    for each in event.referrals:
        # Where its author lives, tomorrow may have begun.
        if each.checked > today + _A_DAY:
            said = phrase("This contact was checked on a day that has not come yet, {day}", day=each.checked)
            found.append(about(each, said, _ASK_AGAIN, "checked"))
    return tuple(found)

"""Invitations for participants: as a team sees them, what a new one is to be, and the letter that is passed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from conversations.days import in_utc
from conversations.messages import Message, Paragraph, phrase
from conversations.model import Bilingual, Event, Language
from conversations.rosters import Listing

MOST_PLACES: Final = 9_999
LONGEST: Final = timedelta(days=731)
"""How far ahead the last day of an invitation may be."""
_PLACES, _DAYS = 10_000, 10_000_000
"""How many values places and days have in the number that a button carries."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a new invitation is to be.

    `part` counts the event's parts from 1, 0 is for anybody; `places` is None for any number of people, `until` the
    last day on which it works, None for no end.
    """

    part: int = 0
    places: int | None = None
    until: date | None = None

    def packed(self) -> int:
        """All of it as a number that a button can carry."""
        day = self.until.toordinal() if self.until is not None else 0
        return (self.part * _PLACES + (self.places or 0)) * _DAYS + day

    def expires(self, zone: str) -> datetime | None:
        """When (UTC) it stops working: as the day after the last one begins there."""
        if self.until is None:
            return None
        return in_utc(datetime.combine(self.until + timedelta(days=1), time()), zone)


def terms_of(packed: int, event: Event, today: date) -> Terms | None:
    """What `packed` was made of; None for what no button of this event carries today."""
    rest, ordinal = divmod(packed, _DAYS)
    part, places = divmod(rest, _PLACES)
    if part > len(event.parts) or ordinal > date.max.toordinal():
        return None
    until = date.fromordinal(ordinal) if ordinal else None
    if until is not None and not today <= until <= today + LONGEST:
        return None
    return Terms(part, places or None, until)


@dataclass(frozen=True, slots=True)
class Issued:
    """An invitation that there is: `number` is what its team calls it, `expires` (UTC) when it stops working."""

    number: int
    code: str
    part: str
    places: int | None
    uses: int
    expires: datetime | None
    revoked: bool

    def works(self, now: datetime) -> bool:
        """Whether it can be opened; its places may be taken all the same."""
        return not self.revoked and (self.expires is None or now < self.expires)

    def until(self, zone: str) -> date | None:
        """The last day on which it works, there."""
        if self.expires is None:
            return None
        return (self.expires - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True, slots=True)
class Inviting:
    """What a team looks at: the event as it was published last, and its invitations, those that work first.

    `version` is another one after each new invitation and each revision, `following` the number of the next, and
    `fresh_code` a code that nobody knows yet. `expected` are on a list, with a link for each, and `joined` of them have
    come by it. `listing` is a list that has just been read.
    """

    event: Event
    issued: tuple[Issued, ...]
    version: int
    following: int
    fresh_code: str
    expected: int = 0
    joined: int = 0
    listing: Listing | None = None

    def invitation(self, number: int) -> Issued | None:
        """The one that the team calls so."""
        return next((each for each in self.issued if each.number == number), None)

    def part(self, name: str) -> Bilingual | None:
        """What that part is called; None for anybody. A part that is no more goes by its name."""
        if not name:
            return None
        return next((each.label for each in self.event.parts if each.name == name), Bilingual(name, name))


def letter(title: Bilingual, link: str, until: date | None = None) -> Message:
    """What is passed on to those invited, in both languages: nothing says more of the event than its own title."""
    lines: list[Paragraph] = []
    for language in Language:
        lines.append(Paragraph(title, strong=True, language=language))
        lines.append(Paragraph(_HOW, language=language))
        if until is not None:
            lines.append(Paragraph(phrase("It works until {day}.", day=until), close=True, language=language))
    return Message((*lines, Paragraph(link)))


_HOW: Final = phrase(
    "You are invited. To join, open the link below in Telegram. It is voluntary, and you can leave at any time."
)


def link_to(bot: str, code: str) -> str:
    """A deep link that opens the chat with that code (https://core.telegram.org/bots/features#deep-linking)."""
    return f"https://t.me/{bot}?start={code}"


def sorted_for_reading(issued: Sequence[Issued], now: datetime) -> tuple[Issued, ...]:
    """Those that work first, the newest of each kind leading."""
    return tuple(sorted(issued, key=lambda each: (not each.works(now), -each.number)))

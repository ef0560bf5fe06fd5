"""Broadcasts: what a coordinator writes to the people of an event, whom it reaches, and how far it has come.

Small numbers are kept from singling anybody out: see `refusal`. All instants are UTC.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from conversations.attachments import Attachment
from conversations.marks import Wording
from conversations.model import Event, Language
from conversations.policy import Reason

FEWEST: Final = 5
"""Counts below it are not told, and nobody is chosen by their answers among fewer people."""
UNDO_WITHIN: Final = timedelta(minutes=1)
"""How long after its confirmation nothing of a broadcast leaves."""
LONGEST: Final = 3500
"""UTF-16 units of its text in one language: what a message holds, with room for the line above it."""
DAYS: Final = (7, 1, 3)
"""How many days it can be worth sending, the usual number first."""


class BroadcastState(StrEnum):
    """How far a broadcast is; WAITING for the consent of a second person, OVER once nothing of it is to come."""

    DRAFT = "draft"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    OVER = "over"


RUNNING: Final = frozenset({BroadcastState.CONFIRMED, BroadcastState.PAUSED})


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom it is for; what is empty or None asks for nothing, and all the rest has to fit.

    `profile` holds for some profile questions the choices of which one has to be a person's. With `survey` only those
    who submitted it (or with `answered` false, those who did not) are meant. `joined_before` is a day of the event's
    own zone.
    """

    language: Language | None = None
    profile: tuple[tuple[str, tuple[str, ...]], ...] = ()
    survey: str = ""
    answered: bool = False
    joined_before: date | None = None

    def chosen(self, question: str) -> tuple[str, ...]:
        """The choices of that profile question that it asks for, none when any will do."""
        return dict(self.profile).get(question, ())


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written, and to whom and when it goes.

    With `as_it_is` everybody gets the one language that there is. With `at_once` the words themselves are sent, which a
    lock screen shows; otherwise a neutral line that a tap turns into them. `at` is a local time, without a zone, that
    counts for each person where they are; None for as soon as it is confirmed. For so many `days` from then on it is
    worth sending.
    """

    en: Wording | None = None
    fr: Wording | None = None
    as_it_is: bool = False
    at_once: bool = False
    file: Attachment | None = None
    audience: Audience = field(default_factory=Audience)
    at: datetime | None = None
    days: int = DAYS[0]

    def wording(self, language: Language) -> Wording | None:
        """What somebody of that language gets; None as long as it is missing."""
        own, other = (self.fr, self.en) if language is Language.FR else (self.en, self.fr)
        return own or (other if self.as_it_is else None)

    @property
    def missing(self) -> Language | None:
        """A language that is missing, and was not said to be left out."""
        return next((each for each in Language if self.wording(each) is None), None)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One of them.

    `version` counts its changes. `mine` is true for whoever wrote it, seen by the person whose turn it is. `recipients`
    were chosen when it was confirmed.
    """

    id: int
    event: str
    state: BroadcastState
    version: int
    letter: Letter
    created: datetime
    mine: bool = True
    urgent: bool = False
    confirmed: datetime | None = None
    recipients: int = 0

    def can_be_undone(self, now: datetime) -> bool:
        """Whether nothing of it can have left yet."""
        return self.state in RUNNING and self.confirmed is not None and now < self.confirmed + UNDO_WITHIN


class LeftOut(StrEnum):
    """Why somebody whom an audience means does not get it."""

    LEFT = "left"
    UNREACHABLE = "unreachable"
    NO_CONSENT = "no_consent"
    PAUSED = "paused"


class Refusal(StrEnum):
    """Why an audience could single somebody out."""

    COMBINED = "combined"
    SMALL_GROUP = "small_group"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part in the event, or did, as an audience looks at them.

    `submitted` are the surveys whose answers they sent, `known` those of them that they had sent by the last midnight
    of the event, as far as a team may learn. `zone` is None until confirmed.
    """

    chat: int
    language: Language
    zone: str | None
    joined: datetime
    profile: Mapping[str, str] = field(default_factory=dict)
    submitted: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    left: bool = False
    reachable: bool = True
    consented: bool = True
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many a broadcast is for: all whom its audience ever meant, whatever became of them.

    How many of these would get it is not told, of everybody as little as of one: the number falls by one when somebody
    pauses (as whoever asks for help does), blocks the bot or leaves. With a refusal there is no number, nor for one by
    answers (`by_answers`).
    """

    meant: int = 0
    refusal: Refusal | None = None
    by_answers: bool = False

    @property
    def nobody(self) -> bool:
        """Whether it certainly means nobody."""
        return self.meant == 0 and self.refusal is None and not self.by_answers


@dataclass(frozen=True, slots=True)
class Tally:
    """What has become of a broadcast's recipients; the numbers add up to them.

    `put_off` of those who wait, and `held` are by reason. `failed` were refused by the platform, or by a fault of ours.
    """

    sent: int = 0
    waiting: int = 0
    blocked: int = 0
    in_doubt: int = 0
    failed: int = 0
    held: tuple[tuple[Reason, int], ...] = ()
    put_off: tuple[tuple[Reason, int], ...] = ()

    @property
    def done(self) -> int:
        """Those of whom nothing is to come any more."""
        return self.sent + self.blocked + self.in_doubt + self.failed + sum(count for _, count in self.held)

    @property
    def recipients(self) -> int:
        """All of them."""
        return self.done + self.waiting

    @property
    def reached_nobody(self) -> bool:
        """Whether it certainly reached nobody, so that the same words again are no second time to anybody."""
        return self.sent + self.in_doubt + self.waiting + self.failed == 0


@dataclass(frozen=True, slots=True)
class Broadcasting:
    """The broadcasts of an event, as far as the cue speaks of them.

    `fresh` is a number for a new one. `recent` are the newest, without other people's drafts. `event` is what is
    published. `people` take part or did. `seconded` is true when somebody else could consent to
    an urgent one.
    """

    fresh: int
    recent: tuple[Broadcast, ...] = ()
    one: Broadcast | None = None
    event: Event | None = None
    people: tuple[Person, ...] = ()
    tally: Tally | None = None
    seconded: bool = False


def means(audience: Audience, person: Person, zone: str) -> bool:
    """Whether the audience means that person; `zone` is the event's own."""
    asked = audience.survey != ""
    return _fits(audience, person, zone) and (not asked or _answered(audience, person) is audience.answered)


def _answered(audience: Audience, person: Person) -> bool:
    return audience.survey in person.submitted


def _fits(audience: Audience, person: Person, zone: str) -> bool:
    """Whether all but their answers fits."""
    if audience.language is not None and person.language is not audience.language:
        return False
    before = audience.joined_before
    if before is not None and person.joined.astimezone(ZoneInfo(zone)).date() >= before:
        return False
    return all(person.profile.get(question) in chosen for question, chosen in audience.profile)


def left_out(person: Person, due: datetime) -> LeftOut | None:
    """Why that person would not get what is due then, None when they would."""
    if person.left:
        return LeftOut.LEFT
    if not person.reachable:
        return LeftOut.UNREACHABLE
    if not person.consented:
        return LeftOut.NO_CONSENT
    if person.paused_until is not None and person.paused_until > due:
        return LeftOut.PAUSED
    return None


def due_for(letter: Letter, person: Person, now: datetime, zone: str) -> datetime:
    """When (UTC) that person is to get it, if it is confirmed now; never before it can be undone no more.

    Where the local time is already over, it comes at once; one that the clocks skip comes an hour later.
    """
    soonest = now + UNDO_WITHIN
    if letter.at is None:
        return soonest
    return max(soonest, letter.at.replace(tzinfo=ZoneInfo(person.zone or zone)).astimezone(ZoneInfo("UTC")))


def recipients(letter: Letter, people: Iterable[Person], now: datetime, zone: str) -> tuple[Person, ...]:
    """Those who would get it, if it is confirmed now."""
    meant = (each for each in people if means(letter.audience, each, zone))
    return tuple(each for each in meant if left_out(each, due_for(letter, each, now, zone)) is None)


def reach(audience: Audience, people: tuple[Person, ...], zone: str) -> Reach:
    """How many it is for; `zone` is the event's own."""
    refused = refusal(audience, people, zone)
    if refused is not None:
        return Reach(refusal=refused)
    if audience.survey:
        return Reach(by_answers=True)
    return Reach(sum(means(audience, each, zone) for each in people))


def refusal(audience: Audience, people: tuple[Person, ...], zone: str) -> Refusal | None:
    """Why an audience by answers could tell a coordinator what single people did; None when it could not.

    Nobody is chosen by their answers among fewer than FEWEST, nor left behind as one of fewer. Two audiences by answers
    may not differ by fewer than FEWEST people of one criterion, since their counts, subtracted, would tell of those
    alone: so there is one other criterion at most, neither its groups nor what they leave are smaller than that, and it
    is not the day of joining, which could be moved person by person. Whether somebody has paused, or cannot be reached,
    plays no part in it: otherwise the refusal itself would tell.
    """
    if audience.survey == "":
        return None
    others = len(audience.profile) + (audience.language is not None)
    if others > 1 or audience.joined_before is not None:
        return Refusal.COMBINED
    here = [each for each in people if not each.left]
    groups = [
        sum(each.profile.get(question) == name for each in here)
        for question, names in audience.profile
        for name in names
    ]
    if audience.language is not None:
        groups += [sum(each.language is language for each in here) for language in Language]
    groups.append(sum(not _fits(audience, each, zone) for each in here))
    if any(0 < size < FEWEST for size in groups):
        return Refusal.SMALL_GROUP
    fitting = [each for each in here if _fits(audience, each, zone)]
    # By what was so at midnight: otherwise the fifth answer would be seen at the moment at which it comes.
    meant = sum((audience.survey in each.known) is audience.answered for each in fitting)
    if meant < FEWEST or len(fitting) - meant < FEWEST:
        return Refusal.TOO_FEW
    return None


_PARTS: Final = 100_000
_OPTIONS: Final = 1_000


def packed(broadcast: int, criterion: int, option: int = 0) -> int:
    """One number for a button, of a broadcast, one of its criteria and an option of that one."""
    return broadcast * _PARTS + criterion * _OPTIONS + option


def unpacked(item: int) -> tuple[int, int, int]:
    """The broadcast, criterion and option that such a number stands for."""
    broadcast, part = divmod(item, _PARTS)
    return broadcast, *divmod(part, _OPTIONS)

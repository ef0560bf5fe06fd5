"""What a person who asks for help has in front of them, and what somebody of a team who helps has.

A request joins two people who never see who the other is: the team knows a code word, the person
“somebody of the team”.
What they write to each other goes through and is not kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from conversations.conversation import Confiding, Step, Writing
from conversations.roles import Act

WAITS: Final = timedelta(hours=24)
"""How long a request waits for somebody to take it, or for their first words, before the team is told again."""
STILL_HERE: Final = timedelta(minutes=10)
"""How long after their last word somebody counts as being in the middle of it: words then come as they are."""
SILENT: Final = timedelta(hours=1)
"""After how long without a word what is typed is not passed on any more: the phone may be in other hands."""
ONCE_IN: Final = timedelta(days=1)
"""How often at most contacts are added to what somebody is told, without their having asked."""
REST: Final = timedelta(weeks=1)
MOST_A_DAY: Final = 3
"""Requests of one person to one team within a day; more would keep others from being heard."""
LONGEST: Final = 3000
"""UTF-16 units that are passed on at once: with what stands above them they fit into a message (4096, Bot API)."""


class RequestState(StrEnum):
    """How far a request for contact has come."""

    OPEN = "open"
    TAKEN = "taken"
    """Somebody has it, who has not written yet."""
    BEGUN = "begun"
    """Whoever has it has written to the person."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Letter:
    """Words that wait to be opened; with `sharing` they tell a way to be reached, and are for one helper alone."""

    words: str
    sharing: bool = False


SOMEBODY_ELSE: Final = Letter("")
"""Waits for the person once whoever wrote to them does so no more; no other letter is without words."""


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """Somebody asks for contact with the team of an event; `word` is what the team knows them by.

    `person` and `helper` are numbers of chats: of whoever asks, and of whoever took it, None while nobody has. `due`
    (UTC) is when it has waited too long, for a helper or for a word of theirs; None while it waits for neither, or once
    that was said. `there` tells whether the other
    one is in the middle of it right now, `unopened` whether words wait for them already. `letters` are those that wait
    for whoever looks at it.
    """

    id: int
    event_id: int
    word: str
    state: RequestState
    person: int
    helper: int | None
    asked: datetime
    due: datetime | None = None
    there: bool = False
    unopened: bool = False
    letters: tuple[Letter, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """An event that the person takes part in: its number, newest revision, and what they answered in its profile.

    `staffed` tells whether there is somebody who could be asked for contact.
    """

    event_id: int
    revision: int
    profile: Mapping[str, str]
    staffed: bool


@dataclass(frozen=True, slots=True)
class Aid:
    """What is at hand when a person asks for help.

    `requests` are the person's own, one an event, the newest. `lately` counts by event those of the last day. `number`
    and `word` are for a new request, and nobody knows them yet. `referred` (UTC) is when contacts were shown last.
    """

    places: tuple[Place, ...] = ()
    requests: tuple[HelpRequest, ...] = ()
    lately: Mapping[int, int] | None = None
    number: int = 0
    word: str = ""
    referred: datetime | None = None

    def request(self, event_id: int) -> HelpRequest | None:
        """The person's request to the team of that event, None when they have none."""
        return next((each for each in self.requests if each.event_id == event_id), None)


@dataclass(frozen=True, slots=True)
class HelpDesk:
    """What somebody of a team sees of those who ask: who is not helped yet or by them, and the one that is meant.

    `chat` is the number of their own chat.
    """

    chat: int
    requests: tuple[HelpRequest, ...] = ()
    picked: HelpRequest | None = None


def is_there(step: Step, request: HelpRequest, heard: datetime | None, now: datetime, *, team: bool) -> bool:
    """Whether somebody with that step is in the middle of that request: as its helper, or as the person."""
    return heard_within(STILL_HERE, heard, now) and writes_to(step, request, team=team)


def writes_to(step: Step, request: HelpRequest, *, team: bool) -> bool:
    """Whether what somebody with that step types is meant for that request: as its helper, or as the person."""
    if team:
        return isinstance(step, Writing) and (step.act, step.item) == (Act.HELP_WRITE, request.id)
    return isinstance(step, Confiding) and (step.event, step.helper) == (request.event_id, request.helper)


def heard_within(time: timedelta, heard: datetime | None, now: datetime) -> bool:
    """Whether somebody who was `heard` then has written or tapped so lately."""
    return heard is not None and timedelta(0) <= now - heard < time

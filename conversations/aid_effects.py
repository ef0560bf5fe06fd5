"""What the turns of people who ask for help, and of those who answer them, ask to be done."""

from dataclasses import dataclass
from datetime import datetime

from conversations.aid import Letter, RequestState


@dataclass(frozen=True, slots=True)
class NoteReferral:
    """Contacts were shown now. Why is not kept, and when is forgotten after a day."""


@dataclass(frozen=True, slots=True)
class AskForContact:
    """The person asks the team of that event for contact, and goes by that word; `due` (UTC) as in `HelpRequest`."""

    request: int
    event_id: int
    word: str
    due: datetime


@dataclass(frozen=True, slots=True)
class SettleRequest:
    """The request is in that state from here on; whoever's turn it is has it when it is TAKEN or BEGUN."""

    request: int
    state: RequestState
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExpectAnswer:
    """The person has written, and waits for a word of whoever has the request; `due` (UTC) as in `HelpRequest`."""

    request: int
    due: datetime


@dataclass(frozen=True, slots=True)
class KeepLetter:
    """These words wait, sealed, until the other one opens them: the team's helper, or the person."""

    request: int
    letter: Letter
    to_team: bool


@dataclass(frozen=True, slots=True)
class DropLetters:
    """What waited for the one side was opened: it is kept no more."""

    request: int
    to_team: bool


AidEffect = NoteReferral | AskForContact | SettleRequest | ExpectAnswer | KeepLetter | DropLetters

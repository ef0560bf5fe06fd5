"""What is to be done with broadcasts; each is known by its number."""

from dataclasses import dataclass
from datetime import datetime

from conversations.broadcasts import Letter


@dataclass(frozen=True, slots=True)
class KeepBroadcast:
    """The person's draft of that event with that number, new or changed: this is what it says now."""

    event_id: int
    broadcast: int
    letter: Letter
    urgent: bool


@dataclass(frozen=True, slots=True)
class DropBroadcast:
    """The draft is gone, with its words."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class AskForConsent:
    """The urgent draft waits for a second person; what becomes of it is shown where it was tapped."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class BackToDraft:
    """It is a draft again: nobody consented, or whoever wrote it took it back."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class SendBroadcast:
    """It goes to these chats, at these instants (UTC) if it is worth sending `within` so many days from then.

    With `consenting` the person consents to it being urgent; otherwise they wrote it.
    """

    broadcast: int
    recipients: tuple[tuple[int, datetime], ...]
    within: int
    consenting: bool = False


@dataclass(frozen=True, slots=True)
class PauseBroadcast:
    """Nothing of it leaves until it is resumed."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class ResumeBroadcast:
    """It goes on."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class CancelBroadcast:
    """Nothing more of it leaves, and what waits unopened is not shown any more."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class FollowBroadcast:
    """Show from here on, in the message that was tapped, what becomes of it."""

    broadcast: int


BroadcastEffect = (
    KeepBroadcast
    | DropBroadcast
    | AskForConsent
    | BackToDraft
    | SendBroadcast
    | PauseBroadcast
    | ResumeBroadcast
    | CancelBroadcast
    | FollowBroadcast
)

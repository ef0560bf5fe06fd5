"""What can happen to a conversation: someone spoke or tapped, came or went, or the clock struck."""

from dataclasses import dataclass

from conversations.attachments import Attachment, Location
from conversations.buttons import Button
from conversations.marks import Mark
from conversations.model import Language


@dataclass(frozen=True, slots=True)
class Started:
    """The person opened the chat, by a deep link when there is a code."""

    code: str | None = None
    client_language: Language | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Words, as typed, and how parts of them were set off."""

    text: str
    client_language: Language | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is not words: a file, a place, or (None) what can never be an answer, such as a sticker.

    Its `caption` is looked at for calls for help and for danger, and for nothing else: it is no answer and never kept.
    """

    what: Attachment | Location | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button; None when what came with the tap is not ours."""

    button: Button | None


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person blocked the bot, or deleted their account."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The person let the bot write again."""


@dataclass(frozen=True, slots=True)
class NudgeDue:
    """The clock struck for a planned nudge."""

    nudge: int


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that the person sent has been read, or could not be; `job` is the number of that work."""

    job: int


@dataclass(frozen=True, slots=True)
class HelpDue:
    """The clock struck for the person's request to the team of the event with that number: it has waited too long."""

    event: int


@dataclass(frozen=True, slots=True)
class NewsDue:
    """The clock struck: there is something new about the person's story with that number."""

    story: int


Cue = Started | Said | Sent | Tapped | Blocked | Returned | NudgeDue | FileRead | HelpDue | NewsDue


@dataclass(frozen=True, slots=True)
class Added:
    """The bot was put into the group, by somebody whose app speaks that language."""

    client_language: Language | None = None


@dataclass(frozen=True, slots=True)
class LinkAsked:
    """Someone wants this group to get the digests of the event with that code, or of the only one that they look after.

    `topic` is where in the group it was said. `anonymous` is true for an administrator who writes as the group. `to` is
    the bot that was named, empty for none.
    """

    code: str | None = None
    language: Language | None = None
    topic: int | None = None
    anonymous: bool = False
    to: str = ""


@dataclass(frozen=True, slots=True)
class UnlinkAsked:
    """Someone wants this group to get no digests any more; the fields are as in `LinkAsked`."""

    topic: int | None = None
    anonymous: bool = False
    to: str = ""


@dataclass(frozen=True, slots=True)
class GroupTapped:
    """A button in a group; None when what came with the tap is not ours."""

    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """The bot was taken out of the group."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The group lives on under another address (a group that became a supergroup)."""

    address: str


@dataclass(frozen=True, slots=True)
class DigestDue:
    """The clock struck for a planned digest."""

    nudge: int


GroupCue = Added | LinkAsked | UnlinkAsked | GroupTapped | Removed | Moved | DigestDue

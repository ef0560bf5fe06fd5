"""What Suivi needs of a chat platform, and how a platform's failures are told apart."""

from dataclasses import dataclass
from typing import Protocol

from conversations.cues import Cue, GroupCue
from conversations.marks import Mark
from conversations.messages import FileKind
from conversations.model import Language


@dataclass(frozen=True, slots=True)
class Tap:
    """A tapped button: the platform's id of the tap, and of the message it was on."""

    id: str
    message: str


@dataclass(frozen=True, slots=True)
class FromPerson:
    """What one update of the platform says about one private chat."""

    update: int
    address: str
    cue: Cue
    tap: Tap | None = None


@dataclass(frozen=True, slots=True)
class FromGroup:
    """What one update of the platform says about a group; `sender` is the address of who acted there."""

    update: int
    address: str
    cue: GroupCue
    sender: str | None = None
    tap: Tap | None = None


Incoming = FromPerson | FromGroup


@dataclass(frozen=True, slots=True)
class RenderedParagraph:
    """Plain text; `strong` sets it off, `close` puts it directly under the one before, `marks` set off parts of it."""

    text: str
    strong: bool = False
    close: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedKey:
    """A button's label and its data."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class RenderedCard:
    """The words of a card, all in that language."""

    text: str
    source: str | None
    language: Language
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file that is made when it is sent: what it is, from which facts, and in which language."""

    kind: FileKind
    facts: tuple[tuple[str, str], ...]
    language: Language


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in one language, ready for any platform.

    Above it are shown its pictures, by the SHA-256 of each, then its cards, then its files. `topic` is the platform's
    number of the topic that it belongs to, in a group that has topics.
    """

    paragraphs: tuple[RenderedParagraph, ...]
    keyboard: tuple[tuple[RenderedKey, ...], ...] = ()
    pictures: tuple[str, ...] = ()
    cards: tuple[RenderedCard, ...] = ()
    files: tuple[RenderedFile, ...] = ()
    topic: int | None = None


class Channel(Protocol):
    """A chat platform. Every method may raise a DeliveryError."""

    @property
    def name(self) -> str:
        """Its short name, as stored."""
        ...

    def is_group(self, address: str) -> bool:
        """Whether the address is a group's, for which other limits hold."""
        ...

    async def say(self, address: str, message: Rendered) -> str:
        """Send it, below its pictures, cards and files; gives the platform's id of the new message.

        One of these that the platform does not take is left out. Where its topic is closed or gone, it is said in the
        general one.
        """
        ...

    async def edit(self, address: str, message_id: str, message: Rendered) -> None:
        """Change a message's words in place. One that is gone, or says so already, is left as it is."""
        ...

    async def toast(self, tap: str, text: str | None) -> None:
        """Answer a tap."""
        ...

    async def fetch(self, reference: str) -> bytes | None:
        """The content of a file that somebody sent, by the platform's reference; None when it is not given any more."""
        ...


class DeliveryError(Exception):
    """The platform did not take a message."""


class NotSent(DeliveryError):
    """It certainly did not arrive: sending again is safe."""


class InDoubt(DeliveryError):
    """It may have arrived, or not: the answer was lost."""


class Faltered(DeliveryError):
    """The platform answered that it failed: most likely nothing arrived, but it does not promise so."""


class Unreachable(DeliveryError):
    """The person blocked the bot or is gone; the group threw it out. Stop until they return."""


class Rejected(DeliveryError):
    """The platform refuses this message for good; the fault is ours."""


class TooMany(DeliveryError):
    """Too many at once: wait `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds:g} s")
        self.seconds = seconds


class MovedTo(DeliveryError):
    """The group has a new address."""

    def __init__(self, address: str) -> None:
        super().__init__("the group has moved")
        self.address = address

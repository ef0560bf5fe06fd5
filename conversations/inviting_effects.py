"""What inviting asks to be done. Codes stand in no log."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OfferPlaces:
    """A new invitation for participants of the event, with this code and on these terms; `expires` is UTC."""

    event_id: int
    code: str = field(repr=False)
    part: str = ""
    places: int | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class WithdrawInvitation:
    """The event's invitation with that number stops working at once."""

    event_id: int
    number: int


@dataclass(frozen=True, slots=True)
class ReplaceInvitation:
    """The same, and a new one with this code takes its place: on the same terms, with the places that are left."""

    event_id: int
    number: int
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is expected, what they are invited as, and the code of their own invitation."""

    name: str = field(repr=False)
    part: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Expect:
    """These people are expected at the event; who is already keeps their invitation."""

    event_id: int
    guests: tuple[Guest, ...]


@dataclass(frozen=True, slots=True)
class ExpectNobody:
    """Nobody is expected at the event any more, and the invitations of single people end."""

    event_id: int


InvitingEffect = OfferPlaces | WithdrawInvitation | ReplaceInvitation | Expect | ExpectNobody

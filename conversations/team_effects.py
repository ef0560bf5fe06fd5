"""What the turns of an event's team ask to be done. Numbers of chats and events stand for them: no name is known."""

from dataclasses import dataclass

from conversations.attachments import Attachment
from conversations.broadcast_effects import BroadcastEffect
from conversations.emergency_effects import EmergencyEffect
from conversations.following_effects import FollowingEffect
from conversations.inviting_effects import InvitingEffect
from conversations.linking import Slot
from conversations.messages import Message
from conversations.model import Language, Role
from conversations.roles import Act
from conversations.setting_up_effects import SettingUpEffect


@dataclass(frozen=True, slots=True)
class Record:
    """Written into the audit log with the rest of the turn, and only then: who did what to which event and thing.

    `did` names the effects that came of it, none when somebody only looked.
    """

    act: Act
    event: str
    item: int = 0
    did: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferRole:
    """A new invitation with this code makes one person, within `minutes`, a candidate for the role."""

    event_id: int
    role: Role
    code: str
    minutes: int


@dataclass(frozen=True, slots=True)
class UseInvitation:
    """The invitation with this code was used once."""

    code: str


@dataclass(frozen=True, slots=True)
class AskForRole:
    """The person waits to be confirmed in this role by somebody else."""

    event_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class Appoint:
    """That person has the role from here on; `chat` is None for the person whose turn it is."""

    event_id: int
    role: Role
    chat: int | None = None


@dataclass(frozen=True, slots=True)
class TurnDown:
    """That person waits no more to be confirmed."""

    event_id: int
    chat: int


@dataclass(frozen=True, slots=True)
class Dismiss:
    """That person has no role any more, at once."""

    event_id: int
    chat: int


@dataclass(frozen=True, slots=True)
class TellTeam:
    """Said to everybody else of the team who may do that."""

    event_id: int
    may: Act
    message: Message


@dataclass(frozen=True, slots=True)
class TellPerson:
    """Said to that person, in their language."""

    chat: int
    message: Message


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The file is read beside the conversation, and its end comes back as a cue of its own."""

    act: Act
    event_id: int
    item: int
    file: Attachment


@dataclass(frozen=True, slots=True)
class ArrangeGroup:
    """That linked group's digests come in this language, at this time and in this topic from here on.

    With `both` they come in both languages, this one first.
    """

    chat: int
    language: Language
    slot: Slot | None
    topic: int | None
    both: bool = False


@dataclass(frozen=True, slots=True)
class EndLink:
    """That group gets no digests any more."""

    chat: int


@dataclass(frozen=True, slots=True)
class AskDigest:
    """That linked group gets a digest now, beside those of the schedule: the `number`-th, from 0, so asked for."""

    chat: int
    number: int


RoleEffect = OfferRole | UseInvitation | AskForRole | Appoint | TurnDown | Dismiss
"""What changes who is in a team."""

GroupsEffect = ArrangeGroup | EndLink | AskDigest
AreaEffect = FollowingEffect | SettingUpEffect | EmergencyEffect | BroadcastEffect | GroupsEffect | InvitingEffect
TeamEffect = Record | RoleEffect | TellTeam | TellPerson | ReadFile | AreaEffect

"""What a turn asks to be done. Only `bot/` performs these; all of one turn are kept or none is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conversations.aid_effects import AidEffect
from conversations.conversation import Conversation
from conversations.digests import Bar
from conversations.messages import Message
from conversations.model import Bilingual, Language, Phrase, Purpose, Value
from conversations.policy import Reason, Wishes
from conversations.refreshers import Item, Memory
from conversations.schedule import Planned
from conversations.story_effects import GroupStoryEffect, StoryEffect
from conversations.team_effects import ArrangeGroup, EndLink, Record, TeamEffect, TellPerson, TellTeam


class SayKind(StrEnum):
    """Why something is said, which decides what happens when a sending is in doubt.

    Replies and receipts are sent again; nudges, digests and broadcasts never are: better one missed than one twice.
    """

    REPLY = "reply"
    RECEIPT = "receipt"
    NUDGE = "nudge"
    DIGEST = "digest"
    BROADCAST = "broadcast"


@dataclass(frozen=True, slots=True)
class Say:
    """A new message. One that carries the keyboard of a step has that keyboard's `serial`.

    It is in the person's language when `language` is None.
    """

    message: Message
    kind: SayKind = SayKind.REPLY
    serial: int | None = None
    nudge: int | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Revise:
    """Change a message in place: the one just tapped, or (with `carrying`) the one that carries that keyboard.

    `serial` is that of the keyboard which the message carries from now on. `language` as in `Say`.
    """

    message: Message
    carrying: int | None = None
    serial: int | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """A passing word in answer to a tap; the platform may drop it."""

    words: Phrase | Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Enrol:
    """The person joins the event with the consent given and the profile answered.

    They take a place of the invitation with that code, unless they took part before.
    """

    event: str
    revision: int
    purposes: frozenset[Purpose]
    profile: tuple[tuple[str, str], ...]
    invitation: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """The person leaves every event: nothing planned is sent any more."""


@dataclass(frozen=True, slots=True)
class SetReachable:
    """Whether the platform lets the bot write to this person."""

    reachable: bool


@dataclass(frozen=True, slots=True)
class OpenResponse:
    """The person began the survey that this nudge announced."""

    nudge: int


@dataclass(frozen=True, slots=True)
class SaveAnswer:
    """An answer, or that the question was skipped, in place of any earlier one.

    `question` is the key of its field. `sealed` asks for it to be kept encrypted. With `amends` the response was
    submitted before: the answer that is replaced is kept in its history.
    """

    nudge: int
    question: str
    value: Value
    sealed: bool = False
    amends: bool = False


@dataclass(frozen=True, slots=True)
class DropAnswers:
    """Answers that no longer count: their question does not apply any more, or they do not fit any more."""

    nudge: int
    questions: tuple[str, ...]
    amends: bool = False


@dataclass(frozen=True, slots=True)
class CompleteResponse:
    """The person has submitted their answers."""

    nudge: int


@dataclass(frozen=True, slots=True)
class Decline:
    """The person does not want to answer the survey that this nudge announced."""

    nudge: int


@dataclass(frozen=True, slots=True)
class AskRecall:
    """This nudge asks these recall questions; `memories` are the key messages as they are from now on."""

    nudge: int
    items: tuple[Item, ...]
    memories: tuple[Memory, ...]


@dataclass(frozen=True, slots=True)
class RecordRecall:
    """How a recall question was answered; `choice` is None for not knowing. The first answer counts."""

    nudge: int
    message: str
    choice: str | None
    right: bool
    sure: bool
    memory: Memory


@dataclass(frozen=True, slots=True)
class Remind:
    """The reminders of the survey that this nudge has just announced."""

    nudge: int
    planned: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class Replan:
    """Plan anew what this person still has coming from that event: what it depends on has changed."""

    event: str


@dataclass(frozen=True, slots=True)
class MoveNudge:
    """The person wants a planned thing at another time (UTC)."""

    nudge: int
    due: datetime
    expires: datetime | None


@dataclass(frozen=True, slots=True)
class SetWishes:
    """How much the person wants to get, and from when on."""

    wishes: Wishes


@dataclass(frozen=True, slots=True)
class SetPurpose:
    """The person gives their consent to a purpose of that event, or takes it back."""

    event: str
    purpose: Purpose
    given: bool


@dataclass(frozen=True, slots=True)
class SettleNudge:
    """What became of a planned nudge: sent, or held back with a reason, or put off until `again` (UTC)."""

    nudge: int
    reason: Reason
    again: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """This group gets the digests of the event, in this language and (where it has topics) in this topic."""

    event: str
    language: Language
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class MoveGroup:
    """This group has another address now."""

    address: str


@dataclass(frozen=True, slots=True)
class Release:
    """What a digest tells of one question, or its key message, posted to this group.

    Its words are frozen in both languages as they are now, and its `bars` as they are drawn. `people` are the
    enrolments of its cohort, which is never counted again for that question.
    """

    survey: str
    question: str
    people: tuple[int, ...]
    finding: Message
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkPosted:
    """These released findings have been posted to this group."""

    releases: tuple[int, ...]


PersonalEffect = (
    Say
    | Revise
    | Toast
    | Enrol
    | Leave
    | SetReachable
    | OpenResponse
    | SaveAnswer
    | DropAnswers
    | CompleteResponse
    | Decline
    | AskRecall
    | RecordRecall
    | Remind
    | Replan
    | MoveNudge
    | SetWishes
    | SetPurpose
    | SettleNudge
    | TeamEffect
    | AidEffect
    | StoryEffect
)
GroupEffect = (
    Say
    | Revise
    | Toast
    | LinkGroup
    | ArrangeGroup
    | EndLink
    | MoveGroup
    | Release
    | MarkPosted
    | GroupStoryEffect
    | SettleNudge
    | Record
    | TellTeam
    | TellPerson
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The new conversation and what is to be done, in order."""

    conversation: Conversation
    effects: tuple[PersonalEffect, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupTurn:
    """What is to be done in a group, in order; a group has no conversation."""

    effects: tuple[GroupEffect, ...] = ()

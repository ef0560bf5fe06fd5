"""What somebody of the team has in front of them: their roles, and the thing that their cue speaks of."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from conversations.aid import HelpDesk
from conversations.broadcasts import Broadcasting
from conversations.buttons import Go, Move
from conversations.conversation import Confiding, Conversation, Narrating, Writing
from conversations.effects import PersonalEffect, Revise, Say, Toast, Turn
from conversations.following import Following
from conversations.inviting import Inviting, link_to
from conversations.linking import Groups
from conversations.messages import Key, Message, short
from conversations.model import Event, EventState, Role, Words
from conversations.results import Results
from conversations.roles import EVEN_ARCHIVED, Act, may
from conversations.setting_up import SettingUp
from conversations.stops import Emergency, Stop
from conversations.stories import StoryDesk


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody's role for an event.

    `event_id` is the event's number and `event` its code. `title` is its code as long as nothing is published, when
    `revision` is 0. `version` counts the changes of its state. `stop` is in force for this event alone, `bot_stopped`
    is true while the operator has stopped everything; `last_stop` is the id of the newest stop, over or not, or 0.
    """

    event_id: int
    event: str
    role: Role
    state: EventState
    title: Words
    revision: int = 0
    version: int = 0
    stop: Stop | None = None
    last_stop: int = 0
    bot_stopped: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team, or who would like to be: `chat` is their number, `sign` the four letters they go by.

    Suivi knows no names of them. `since` (UTC) is when they were appointed, or opened their invitation.
    """

    chat: int
    sign: str
    role: Role
    since: datetime


@dataclass(frozen=True, slots=True)
class Team:
    """The team of one event: who is in it, who waits to be confirmed, and a code that nobody knows yet."""

    members: tuple[Member, ...]
    candidates: tuple[Member, ...]
    fresh_code: str


class Trouble(StrEnum):
    """Why a file could not be read at all; what is wrong inside it is part of the result."""

    GONE = "gone"
    """The platform does not give it: it is too large, or not there any more."""
    UNREADABLE = "unreadable"
    """Reading it failed, took too long or too much memory."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The end of reading a file: for which act and thing, and the result as text, or what hindered it.

    `job` is the number of that work.
    """

    act: Act
    event_id: int
    item: int
    result: str
    trouble: Trouble | None
    job: int = 0


@dataclass(frozen=True, slots=True)
class Specimen:
    """What can be tried out: what is published, or a draft that is newer; `version` tells one state from another."""

    event: Event
    version: int


@dataclass(frozen=True, slots=True)
class Desk:
    """All of it.

    `duties` are those of live and other events, in the order of their codes; `duty` is that of the event which the cue
    speaks of, None when there is none or the person may not do what they ask for. `bot` is the bot's user name. Of the
    rest only what the cue speaks of is there.
    """

    duties: tuple[Duty, ...]
    duty: Duty | None = None
    bot: str = ""
    sign: str = ""
    team: Team | None = None
    groups: Groups | None = None
    reading: Reading | None = None
    specimen: Specimen | None = None
    following: Following | None = None
    setting: SettingUp | None = None
    emergency: Emergency | None = None
    broadcasts: Broadcasting | None = None
    help: HelpDesk | None = None
    inviting: Inviting | None = None
    stories: StoryDesk | None = None
    results: Results | None = None


def able(duties: tuple[Duty, ...], act: Act) -> tuple[Duty, ...]:
    """Those for whose event the person may do that now: an archived one is left to the operator."""
    return tuple(each for each in duties if may(each.role, act) and _applies(each, act))


def _applies(duty: Duty, act: Act) -> bool:
    if act is Act.RESUME and duty.stop is None and not duty.bot_stopped:
        return False  # to everybody else the same word means to go on with their questions
    return act in EVEN_ARCHIVED or duty.state is not EventState.ARCHIVED


def link(desk: Desk, code: str) -> str:
    """A deep link that opens the chat with that code."""
    return link_to(desk.bot, code)


def shown(conversation: Conversation, message: Message, *effects: PersonalEffect, tap: bool) -> Turn:
    """The message in place of the one that was tapped, or a new one; after these effects."""
    if tap:
        return Turn(conversation, (*effects, Toast(), Revise(message)))
    return Turn(conversation, (*effects, Say(message)))


def asking(
    conversation: Conversation, step: Writing | Confiding | Narrating, question: Message, *effects: PersonalEffect
) -> Turn:
    """Ask for the words or the file that `step` awaits, with a way back; after these effects."""
    serial = conversation.serial + 1
    back = (Key(short("button", "Back"), Go(serial, Move.BACK)),)
    asked = Message(question.paragraphs, (*question.keyboard, back))
    writing = replace(conversation, step=step, serial=serial)
    return Turn(writing, (*effects, Say(asked, serial=serial)))

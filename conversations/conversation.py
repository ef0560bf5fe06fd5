"""Where a person is: one of a few steps, each with just what is needed to go on after any pause.

    Idle -> Consenting -> Profiling -> Placing -> Idle        joining by a deep link
    Idle -> Asking -> Reviewing -> Idle                       a survey, from its opened nudge to its submitted answers
    Reviewing -> Asking -> Reviewing                          one answer changed, before or after submitting
    any  -> Leaving -> Idle                                   /stop, confirmed
    any  -> Pausing -> the same again                         a pause until a day, from /calendar
    any  -> Writing -> the same again                         words or a file that somebody of the team sends
    any  -> Confiding -> the same again                       words for somebody of the team, after asking for contact
    any  -> Narrating -> the same again                       a story, from its words to the consent to share it
    any  -> PassingOn -> the same again                       key messages are chosen, and sent as files

Refreshers have no step: each carries its own keyboard, and may be answered at any time.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from conversations.model import Language, Purpose, Value
from conversations.refreshers import Item
from conversations.roles import Act
from conversations.timing import TouchpointKind


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is being asked."""

    kind: Literal["idle"] = "idle"


@dataclass(frozen=True, slots=True)
class Entry:
    """How somebody comes into an event: by the invitation with that code, which they opened then (UTC)."""

    code: str = ""
    opened: datetime | None = None


@dataclass(frozen=True, slots=True)
class Consenting:
    """The consent of an event is on screen; `purposes` are the ones ticked so far."""

    event: str
    revision: int
    purposes: frozenset[Purpose]
    entry: Entry = field(default_factory=Entry)
    kind: Literal["consenting"] = "consenting"


@dataclass(frozen=True, slots=True)
class Profiling:
    """The profile question of that name is on screen; `answers` are (question, choice) pairs so far.

    `page` (from 0) is the part of a long list that is shown.
    """

    event: str
    revision: int
    purposes: frozenset[Purpose]
    question: str
    answers: tuple[tuple[str, str], ...] = ()
    page: int = 0
    entry: Entry = field(default_factory=Entry)
    kind: Literal["profiling"] = "profiling"


@dataclass(frozen=True, slots=True)
class Placing:
    """The time zone is being settled; `offered` is the zone on screen, None while the person's time is asked."""

    event: str
    revision: int
    purposes: frozenset[Purpose]
    answers: tuple[tuple[str, str], ...]
    offered: str | None
    entry: Entry = field(default_factory=Entry)
    kind: Literal["placing"] = "placing"


@dataclass(frozen=True, slots=True)
class Asking:
    """A question of a survey is on screen; `nudge` identifies the response.

    `question` is the key of its field, `chosen` the boxes ticked so far, in the order of ticking for a ranking. Of a
    long list `page` (from 0) is shown, and when `search` is not empty only what it finds. `begun` is when the response
    was, `closes` when it takes no more answers (both UTC). `amending` is true once it has been submitted. `returning`
    is the number (from 0) with which the review begins that the person came from to change an answer, None on the way.
    """

    nudge: int
    event: str
    revision: int
    survey: str
    question: str
    chosen: tuple[str, ...] = ()
    page: int = 0
    search: str = ""
    begun: datetime | None = None
    closes: datetime | None = None
    amending: bool = False
    returning: int | None = None
    kind: Literal["asking"] = "asking"


@dataclass(frozen=True, slots=True)
class Reviewing:
    """All answers of a survey are on screen, from number `first` (from 0) on; `asking` is the way back into it."""

    asking: Asking
    first: int = 0
    kind: Literal["reviewing"] = "reviewing"

    @property
    def revision(self) -> int:
        """The revision that the survey is of."""
        return self.asking.revision


@dataclass(frozen=True, slots=True)
class Leaving:
    """The person was asked to confirm that they leave; `before` is where they go back to if they stay."""

    before: "Idle | Consenting | Profiling | Placing | Asking | Reviewing" = field(default_factory=Idle)
    kind: Literal["leaving"] = "leaving"


@dataclass(frozen=True, slots=True)
class Pausing:
    """The person was asked until which day nothing is to be sent; `before` is where they go back to then."""

    before: "Idle | Consenting | Profiling | Placing | Asking | Reviewing | Leaving" = field(default_factory=Idle)
    kind: Literal["pausing"] = "pausing"


@dataclass(frozen=True, slots=True)
class Trial:
    """Somebody of the team gets a refresher or a survey as a participant would, in that language; nothing is kept.

    `within` is where they are in it. `begun` (UTC) is when they opened a survey; `answers` are theirs so far, by the
    keys of the questions; `items` the recall questions of a refresher.
    """

    what: TouchpointKind
    name: str
    language: Language
    within: Idle | Asking | Reviewing = field(default_factory=Idle)
    answers: tuple[tuple[str, Value], ...] = ()
    items: tuple[Item, ...] = ()
    begun: datetime | None = None
    completed: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """Somebody of the team was asked for words or a file; `before` is where they go back to then.

    `act` says what for; `event` and `item` are numbers: of the event, and of what it is done to. `notes`
    are what they gave so far, where several things are asked for. In a `trial` they answer as a participant would.
    """

    event: int
    act: Act
    item: int = 0
    before: "Idle | Consenting | Profiling | Placing | Asking | Reviewing | Leaving" = field(default_factory=Idle)
    notes: tuple[str, ...] = ()
    trial: Trial | None = None
    kind: Literal["writing"] = "writing"


@dataclass(frozen=True, slots=True)
class Confiding:
    """What the person types goes to somebody of that event's team, who does not see who they are.

    `helper` is the number of their chat: should somebody else take over, the person is told before their words go to
    them. With `sharing` the next words tell a way to be reached. `before` is where they go back to then.
    """

    event: int
    helper: int = 0
    sharing: bool = False
    before: "Idle | Consenting | Profiling | Placing | Asking | Reviewing | Leaving" = field(default_factory=Idle)
    kind: Literal["confiding"] = "confiding"


@dataclass(frozen=True, slots=True)
class Narrating:
    """A story of that event is being told: its `words` are awaited, then their language, then the consent.

    `instead` is the number of the story that it comes in place of, 0 for none; `before` is where they go back to then.
    """

    event: str
    words: str = ""
    language: Language | None = None
    instead: int = 0
    before: "Idle | Consenting | Profiling | Placing | Asking | Reviewing | Leaving" = field(default_factory=Idle)
    kind: Literal["narrating"] = "narrating"


class Choosing(StrEnum):
    """What is asked of somebody who passes key messages on."""

    EVENT = "event"
    MESSAGES = "messages"
    CARE = "care"
    """Whether they want to see those that can put people at risk as well."""
    FORM = "form"


@dataclass(frozen=True, slots=True)
class PassingOn:
    """Somebody chooses key messages to pass on, then a language and a form.

    `among` are the codes of the events that they were asked to choose from. `revision` is the newest that `event` had
    when its messages were shown, 0 before. `chosen` are the names of those ticked, in the pack's order; of a long list
    `page` (from 0) is shown. The sensitive ones are listed once it was said what they are (`warned`). `before` is where
    the person goes back to then.
    """

    asked: Choosing
    language: Language
    among: tuple[str, ...] = ()
    event: str = ""
    revision: int = 0
    chosen: tuple[str, ...] = ()
    page: int = 0
    warned: bool = False
    before: "Idle | Consenting | Profiling | Placing | Asking | Reviewing | Leaving" = field(default_factory=Idle)
    kind: Literal["passing_on"] = "passing_on"


Between = Pausing | Writing | Confiding | Narrating
"""What comes in between, and leads back."""
Step = Idle | Consenting | Profiling | Placing | Asking | Reviewing | Leaving | Between | PassingOn


def behind(step: Step) -> Idle | Consenting | Profiling | Placing | Asking | Reviewing:
    """The step itself; behind a question that came in between, the one that the person goes back to."""
    while isinstance(step, Leaving | Between | PassingOn):
        step = step.before
    return step


def aside(step: Step) -> Idle | Consenting | Profiling | Placing | Asking | Reviewing | Leaving:
    """What a question that comes in between has to remember: as `behind`, but whoever said stop is still asked."""
    return step.before if isinstance(step, Between | PassingOn) else step


def said_stop(step: Step) -> bool:
    """Whether the person said stop, and has neither confirmed it nor taken it back."""
    return isinstance(aside(step), Leaving)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A person's side of the story.

    `serial` numbers the keyboards that belong to steps: only the newest one counts. `zone` is an IANA name, None until
    the person has confirmed one.
    """

    language: Language
    step: Step = field(default_factory=Idle)
    serial: int = 0
    zone: str | None = None

"""What a conversation may look at while it answers: values loaded for one turn, nothing more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from conversations.aid import Aid
from conversations.broadcasts import Broadcast
from conversations.desk import Desk, Duty
from conversations.digests import Bar, Cohort
from conversations.linking import GroupLink
from conversations.model import Answers, Bilingual, Event, Language, Purpose, Role
from conversations.policy import Reason, Wishes
from conversations.refreshers import Item
from conversations.schedule import Who
from conversations.stops import NOTHING_STOPPED, Stopped
from conversations.stories import Shelf, Storytelling
from conversations.timing import TouchpointKind


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A participant's place in an event, with the revision of its pack that they agreed to; `joined` is UTC.

    `newest` is the newest revision of the pack, 0 where that is the same.
    """

    event: str
    revision: int
    purposes: frozenset[Purpose]
    joined: datetime
    newest: int = 0


class Admission(StrEnum):
    """Whether an invitation lets somebody join."""

    OPEN = "open"
    FULL = "full"
    """All its places are taken."""
    EXPIRED = "expired"
    """Its time is over."""
    CLOSED = "closed"
    """It was taken back, or nobody joins that event now. An unknown one reads the same."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whether the person who is joining can have a place, and what they are invited as (empty: as anybody)."""

    admission: Admission
    part: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the code of a deep link stands for. One that was taken back does not get here, nor a used-up one to a team.

    `revision` is 0 as long as nothing of the event is published; `event_id` is the event's number. Whoever opens a
    `vouched` one need not be confirmed. `admission` is what a participant's comes to now.
    """

    code: str
    event: str
    revision: int
    role: Role
    event_id: int = 0
    vouched: bool = False
    admission: Admission = Admission.OPEN


class ResponseState(StrEnum):
    """How far the answer to a survey has come."""

    NONE = "none"
    STARTED = "started"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Nudge:
    """A planned nudge of this person (or a planned digest of this group) that the cue speaks of.

    `revision` is the response's own once it has begun, at `started` (UTC). `expires` (UTC) is when it stops being worth
    sending, `closes` (UTC) when a survey takes no more answers. `pending` is true until it has been sent or held back.
    `planned` (UTC) is when the schedule has it, however often it was put off. `declined` is true once the person does
    not want to answer a survey. `items` are the recall questions that a refresher asks, once it was sent.
    `put_off` says why it was put off last, None when it was not, or when the person chose its time themselves. For a
    reminder, `survey` is the id of the planned survey that it reminds of, and what is said of answers is that one's.
    `closed` is true while its event is not live: then it is not sent.
    """

    id: int
    event: str
    revision: int
    kind: TouchpointKind
    name: str
    occurrence: int
    due: datetime
    expires: datetime | None
    pending: bool
    response: ResponseState = ResponseState.NONE
    started: datetime | None = None
    closes: datetime | None = None
    planned: datetime | None = None
    declined: bool = False
    items: tuple[Item, ...] = ()
    survey: int | None = None
    put_off: Reason | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A person's scene. Times are UTC.

    `events` holds the revisions that the step, the invitation, the nudge and the enrolments name. `nudge` is the one
    that the cue speaks of; for /continue, the survey that waits. `answers` are those of its response, otherwise of the
    step's. `heard` is when the person last spoke or tapped. `first_joined` is when they first joined the event that
    they are joining now, if they were part of it before. `wishes` are what the person set for themselves. `sent` says
    when what was sent unasked was, of all events, in the last `policy.MEMORY`, in order; `unheeded` counts what has
    come since the person last spoke or tapped, a survey and its reminders as one, apart from the last day.
    `next_survey` (UTC) is when the next survey that is planned for them is due, `next_asking` the next survey or
    reminder. `who` is what planning the nudge's event looks at. `coming` is all that is planned for the person, and all
    that waits for an answer, in order, of events that are not stopped. `over` is true for somebody who is joining an
    event that is not live any more. `desk` is there when somebody of a team does what only a team can do. `stopped`
    says for which events nothing is sent at the moment. `broadcast` is what the nudge brings, if it is one. `aid` is
    there when the person asks for help, is in contact with a team, or typed words that may tell of danger. `place` is
    that of somebody whose next word or tap may make them join, None for whoever came by no invitation that is known.
    `stories` is there when the person tells one, or asks for theirs.
    """

    now: datetime
    events: Mapping[int, Event] = field(default_factory=dict)
    enrolments: tuple[Enrolment, ...] = ()
    invitation: Invitation | None = None
    nudge: Nudge | None = None
    answers: Answers = field(default_factory=dict)
    heard: datetime | None = None
    first_joined: datetime | None = None
    reachable: bool = True
    wishes: Wishes = field(default_factory=Wishes)
    sent: tuple[datetime, ...] = ()
    unheeded: int = 0
    next_survey: datetime | None = None
    next_asking: datetime | None = None
    who: Who = field(default_factory=Who)
    coming: tuple[Nudge, ...] = ()
    over: bool = False
    desk: Desk | None = None
    stopped: Stopped = NOTHING_STOPPED
    broadcast: Broadcast | None = None
    aid: Aid | None = None
    place: Place | None = None
    stories: Storytelling | None = None

    def enrolled_in(self, event: str) -> Enrolment | None:
        """The person's enrolment in that event, None when they are not part of it."""
        return next((each for each in self.enrolments if each.event == event), None)


@dataclass(frozen=True, slots=True)
class Frozen:
    """What was released earlier and not yet posted to this group, in its frozen words and bars.

    It is of that question of that survey.
    """

    id: int
    words: Bilingual
    survey: str = ""
    question: str = ""
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupScene:
    """A group's scene.

    `chat` is its number, `language` its own, `link` what it is linked to, `linked` whether that is the event whose
    digest is due. `event`, with its number `event_id`, is the one that is asked for, that it is linked to, or whose
    digest is due. `by_coordinator` tells whether `sender` (the number of the chat of whoever acted) may do what they
    ask for; when they do not say for which event, and look after several, those are in `several`. `taken` is true when
    they want to link the group, and it is linked to an event that is not theirs. `cohorts` are the
    answers not yet released. `weekly` are the names of the key messages that digests of the event have brought, the
    newest last. `sent` says when digests were sent to this group in the last `policy.MEMORY`, in order.
    `stopped` is true while nothing of the event that the digest is of may be sent. `shelf` is what a digest that is due
    can take stories from.
    """

    now: datetime
    language: Language
    chat: int = 0
    event: Event | None = None
    event_id: int = 0
    link: GroupLink | None = None
    linked: bool = False
    by_coordinator: bool = False
    sender: int | None = None
    several: tuple[Duty, ...] = ()
    taken: bool = False
    sender_language: Language | None = None
    nudge: Nudge | None = None
    cohorts: tuple[Cohort, ...] = ()
    unposted: tuple[Frozen, ...] = ()
    weekly: tuple[str, ...] = ()
    sent: tuple[datetime, ...] = ()
    stopped: bool = False
    shelf: Shelf = field(default_factory=Shelf)

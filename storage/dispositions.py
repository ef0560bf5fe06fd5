"""How far each planned survey has come with each person, worked out from the rows each time, never counted along.

The words follow the final dispositions for internet surveys of specifically named persons in: American Association for
Public Opinion Research, Standard Definitions, 9th edition (2016), as far as a chat knows them. Its families are
interviews (complete, partial), eligible non-interviews (refusal, break-off, non-contact), and cases of unknown
eligibility. Here everybody who joined is eligible, so that the last family is empty, and a person who never opened what
was delivered counts as not reached.

A survey of one occurrence is a wave. Its denominator is everybody for whom the wave was planned and due; what was
planned and then taken out of the schedule, or not sent because the event was closed, is left out. Each of them has one
status, the first of these that holds:

    complete      the answers were submitted
    refused       the person declined this survey, or it was held back because they did not agree to surveys
    broken off    begun and not submitted, and it cannot be any more: the wave is closed, or the person left
    partial       begun and not submitted so far
    not reached   due, but never opened: held back, not delivered, or delivered and left alone
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, literal, or_, select

from conversations.policy import Reason
from conversations.timing import TouchpointKind
from storage.database import UtcDateTime
from storage.events import id_of
from storage.states import PlanState, State
from storage.tables import answers, enrolments, outbox, plans, responses


class Status(StrEnum):
    """How a survey ended with a person, or stands; see above."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    BROKEN_OFF = "broken_off"
    REFUSED = "refused"
    NOT_REACHED = "not_reached"


class Contact(StrEnum):
    """How far the invitation to a survey came: the first of these that holds.

    OPENED by the person; DELIVERED: the platform took it; IN_DOUBT: the platform's answer was lost, and it never goes
    out twice; UNREACHABLE: the person has blocked the bot, or the platform refused it for good; HELD back for another
    reason; WAITING to be sent.
    """

    OPENED = "opened"
    DELIVERED = "delivered"
    IN_DOUBT = "in_doubt"
    UNREACHABLE = "unreachable"
    HELD = "held"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Wave:
    """One survey at one occurrence (from 0), in people.

    `registered` are those for whom it was planned, `due` those for whom its time has come. Of these, `invited` were
    sent the invitation or opened the survey by themselves; of these, `delivered`, `in_doubt` and `unreachable` say what
    became of the invitation (`unreachable` also counts those to whom none was sent for that reason), `opened` saw the
    first question or declined, `started` answered or skipped at least one. The last five are the statuses and add up
    to `due`.
    """

    survey: str
    occurrence: int
    registered: int
    due: int
    invited: int
    delivered: int
    in_doubt: int
    unreachable: int
    opened: int
    started: int
    completed: int
    partial: int
    broken_off: int
    declined: int
    not_reached: int


_BEGUN = responses.c.plan_id.is_not(None)
_OPENED = or_(_BEGUN, plans.c.declined_at.is_not(None))
INVITED = or_(plans.c.state == PlanState.SENT, _OPENED)
"""Whether somebody was sent the invitation to a survey, or opened it by themselves."""


def _outgoing(*states: State) -> ColumnElement[bool]:
    return exists().where(outbox.c.plan_id == plans.c.id, outbox.c.state.in_(states))


_DELIVERED = _outgoing(State.SENT)
_IN_DOUBT = and_(~_DELIVERED, _outgoing(State.SENDING, State.IN_DOUBT))
_UNREACHABLE = or_(
    plans.c.reason == Reason.UNREACHABLE,
    and_(plans.c.state == PlanState.SENT, ~_outgoing(*(set(State) - {State.FAILED})), _outgoing(State.FAILED)),
)
_STARTED = exists().where(answers.c.response_id == plans.c.id)
PLANNED = and_(
    plans.c.kind == TouchpointKind.SURVEY,
    or_(_OPENED, plans.c.state != PlanState.HELD, plans.c.reason.not_in((Reason.REPLANNED, Reason.CLOSED))),
)
"""Whether a plan is a survey that was neither taken out of the schedule nor ended with its event."""
CONTACT = case(
    (_OPENED, Contact.OPENED),
    (_DELIVERED, Contact.DELIVERED),
    (_IN_DOUBT, Contact.IN_DOUBT),
    (_UNREACHABLE, Contact.UNREACHABLE),
    (plans.c.state == PlanState.HELD, Contact.HELD),
    else_=Contact.WAITING,
)


def due(now: datetime) -> ColumnElement[bool]:
    """Whether the time of a planned survey has come for this person."""
    return or_(_OPENED, plans.c.state == PlanState.SENT, plans.c.due_at <= literal(now, UtcDateTime))


def status(now: datetime) -> ColumnElement[str]:
    """The status of a survey that was planned and due, as one word of `Status`."""
    declined = and_(
        plans.c.declined_at.is_not(None),
        or_(responses.c.started_at.is_(None), responses.c.started_at <= plans.c.declined_at),
    )
    over = or_(enrolments.c.left_at.is_not(None), plans.c.closes_at <= literal(now, UtcDateTime))
    return case(
        (responses.c.completed_at.is_not(None), Status.COMPLETE),
        (declined, Status.REFUSED),
        (and_(_BEGUN, over), Status.BROKEN_OFF),
        (_BEGUN, Status.PARTIAL),
        (plans.c.reason == Reason.NO_CONSENT, Status.REFUSED),
        else_=Status.NOT_REACHED,
    )


def of_event(event_code: str, *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """These columns of everything that is planned for those who ever joined the event."""
    owner = and_(enrolments.c.chat_id == plans.c.chat_id, enrolments.c.event_id == plans.c.event_id)
    return (
        select(*columns)
        .select_from(plans)
        .join(enrolments, owner)
        .outerjoin(responses, responses.c.plan_id == plans.c.id)
        .where(plans.c.event_id == id_of(event_code), PLANNED)
    )


def waves(conn: Connection, event_code: str, now: datetime) -> tuple[Wave, ...]:
    """All waves of an event in people, by survey and occurrence; none for an unknown event.

    People whose key was destroyed are counted as long as their rows are there: numbers tell nothing of them.
    """
    come, is_ = due(now), status(now)
    figures = {
        "due": come,
        "invited": INVITED,
        "delivered": _DELIVERED,
        "in_doubt": _IN_DOUBT,
        "unreachable": _UNREACHABLE,
        "opened": _OPENED,
        "started": and_(_BEGUN, _STARTED),
        "completed": is_ == Status.COMPLETE,
        "partial": is_ == Status.PARTIAL,
        "broken_off": is_ == Status.BROKEN_OFF,
        "declined": is_ == Status.REFUSED,
        "not_reached": is_ == Status.NOT_REACHED,
    }
    sums = [func.sum(case((and_(come, each), 1), else_=0)).label(name) for name, each in figures.items()]
    place = (plans.c.name, plans.c.occurrence)
    counted = of_event(event_code, *place, func.count(), *sums).group_by(*place).order_by(*place)
    return tuple(Wave(*row) for row in conn.execute(counted))

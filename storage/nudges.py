"""A planned thing as a conversation knows it: with what was asked, answered and declined of it."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from conversations.model import EventState
from conversations.scene import Nudge, ResponseState
from conversations.schedule import reminded
from conversations.timing import TouchpointKind
from storage import recalls
from storage.events import id_of
from storage.plans import COMING, UNSCHEDULED
from storage.states import PlanState
from storage.tables import events, plans, responses

_NUDGES = (
    select(
        plans.c.id,
        events.c.code,
        func.coalesce(responses.c.revision_id, plans.c.revision_id).label("revision"),
        plans.c.kind,
        plans.c.name,
        plans.c.occurrence,
        plans.c.due_at,
        plans.c.expires_at,
        plans.c.closes_at,
        plans.c.state,
        responses.c.started_at,
        responses.c.completed_at,
        plans.c.planned_at,
        plans.c.declined_at,
        plans.c.reason,
        events.c.state.label("event_state"),
    )
    .join(events, plans.c.event_id == events.c.id)
    .outerjoin(responses, responses.c.plan_id == plans.c.id)
    .where(plans.c.chat_id == bindparam("chat"))
)
_NUDGE = _NUDGES.where(plans.c.id == bindparam("plan"))
_COMING_TO = _NUDGES.where(COMING, plans.c.kind.not_in(UNSCHEDULED)).order_by(plans.c.due_at, plans.c.id)
_SURVEY = select(plans.c.id).where(
    plans.c.chat_id == bindparam("chat"),
    plans.c.event_id == id_of(bindparam("event_code")),
    plans.c.kind == TouchpointKind.SURVEY,
    plans.c.name == bindparam("name"),
    plans.c.occurrence == bindparam("occurrence"),
)


def nudge(conn: Connection, chat_id: int, plan_id: int) -> Nudge | None:
    """The planned thing with that id; None when it is not this chat's own."""
    row = conn.execute(_NUDGE, {"plan": plan_id, "chat": chat_id}).first()
    if row is None:
        return None
    found = _nudge(row)
    match found.kind:
        case TouchpointKind.REMINDER:
            return _reminding(conn, chat_id, found)
        case TouchpointKind.REFRESHER:
            return replace(found, items=recalls.items(conn, plan_id))
        case _:
            return found


def coming(conn: Connection, chat_id: int) -> tuple[Nudge, ...]:
    """All that is planned for that participant and not settled, in the order of time, of what a schedule has.

    A refresher's recall questions are chosen when it is sent: what is still to come has none.
    """
    return tuple(_nudge(row) for row in conn.execute(_COMING_TO, {"chat": chat_id}))


def _reminding(conn: Connection, chat_id: int, reminder: Nudge) -> Nudge:
    """The reminder with what is said of the survey that it reminds of."""
    place = {"chat": chat_id, "event_code": reminder.event, "name": reminder.name}
    survey = conn.scalar(_SURVEY, {**place, "occurrence": reminded(reminder.occurrence)})
    about = nudge(conn, chat_id, survey) if survey is not None else None
    if about is None:
        return reminder
    return replace(
        about,
        id=reminder.id,
        kind=reminder.kind,
        occurrence=reminder.occurrence,
        due=reminder.due,
        planned=reminder.planned,
        expires=reminder.expires,
        pending=reminder.pending,
        put_off=reminder.put_off,
        survey=about.id,
    )


def _nudge(row: Row[*tuple[Any, ...]]) -> Nudge:
    response = ResponseState.NONE if row.started_at is None else ResponseState.STARTED
    if row.completed_at is not None:
        response = ResponseState.COMPLETED
    return Nudge(
        id=row.id,
        event=row.code,
        revision=row.revision,
        kind=row.kind,
        name=row.name,
        occurrence=row.occurrence,
        due=row.due_at,
        expires=row.expires_at,
        pending=row.state in {PlanState.PLANNED, PlanState.SET_ASIDE},
        response=response,
        started=row.started_at,
        closes=row.closes_at,
        planned=row.planned_at,
        declined=row.declined_at is not None,
        put_off=row.reason if row.state is PlanState.PLANNED else None,
        closed=row.event_state is not EventState.LIVE,
    )

"""What was about to be sent when something is stopped: it waits, and then goes on from there or is let go."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    update,
)

from conversations.policy import Reason
from conversations.schedule import MOST_REMINDERS
from conversations.stops import Backlog
from conversations.timing import LADDER_NAME, TouchpointKind
from storage import groups
from storage.batch import open_batch
from storage.plans import COMING
from storage.states import PlanState, State
from storage.tables import outbox, plans, responses

OVERTAKEN = "overtaken"
"""The error of an outgoing message that something came before: what it announced is decided anew, or over."""

_SLICE = 500
"""Values in one statement; SQLite takes 32,766 at most."""
_BY_ID = update(plans).where(plans.c.id == bindparam("plan"))
_FORGET_REMINDERS = delete(plans).where(
    COMING,
    plans.c.kind == TouchpointKind.REMINDER,
    plans.c.chat_id == bindparam("chat"),
    plans.c.event_id == bindparam("event"),
    plans.c.name == bindparam("survey"),
    plans.c.occurrence >= bindparam("first"),
    plans.c.occurrence < bindparam("first") + MOST_REMINDERS,
)


def hold(conn: Connection, event_ids: Sequence[int] | None) -> None:
    """What was said of these events, or with None of any, goes out once and has not left yet waits as a plan again.

    What is on its way stays what it is.
    """
    for messages in _slices([*_outgoing(conn, State.PENDING, event_ids)]):
        # Whoever takes one of them for sending at the same moment has it: this waits for them, and leaves it alone.
        taken = update(outbox).where(outbox.c.id.in_(messages), _state_is(State.PENDING))
        overtaken = taken.values(state=State.FAILED, error=OVERTAKEN, body=None).returning(outbox.c.plan_id)
        wait_again(conn, list(conn.scalars(overtaken)), Reason.STOPPED, None)


def call_back(conn: Connection, plan_ids: Sequence[int], now: datetime) -> None:
    """What these plans handed to delivery and has not left yet is decided anew, at once."""
    if (batch := open_batch(conn)) is not None:
        batch.flush()  # it may have been said a moment ago
    waiting = outbox.c.plan_id.in_(plan_ids), _state_is(State.PENDING)
    overtaken = update(outbox).where(*waiting).values(state=State.FAILED, error=OVERTAKEN, body=None)
    wait_again(conn, list(conn.scalars(overtaken.returning(outbox.c.plan_id))), None, now)


def wait_again(conn: Connection, plan_ids: Sequence[int], reason: Reason | None, again: datetime | None) -> None:
    """These were handed to delivery and did not leave: they are still to come, at `again` or when they were due.

    The reminders of a survey count from when it is sent, so those that are planned already go; a digest has told
    nothing. A survey that somebody opened by themselves meanwhile needs no announcement any more, and stays as it is.
    """
    opened = exists().where(responses.c.plan_id == plans.c.id)
    columns = (*_NAMED, plans.c.id, plans.c.kind, plans.c.settled_at)
    change: dict[str, object] = {"state": PlanState.PLANNED, "reason": reason, "settled_at": None}
    change |= {"due_at": again} if again is not None else {}
    for ids in _slices(plan_ids):
        rows = conn.execute(select(*columns).where(plans.c.id.in_(ids), ~opened)).all()
        for row in rows:
            if row.kind is TouchpointKind.DIGEST and row.settled_at is not None:
                groups.take_back(conn, row.chat_id, row.settled_at)
        if rows:
            conn.execute(_BY_ID, [{"plan": row.id, **change} for row in rows])
        surveys = [_reminders_of(*row[:4]) for row in rows if row.kind is TouchpointKind.SURVEY]
        if surveys:
            conn.execute(_FORGET_REMINDERS, surveys)


def backlog(conn: Connection, event_ids: Sequence[int] | None, now: datetime) -> Backlog:
    """What of these events, or with None of any, would be sent now if nothing were stopped."""
    over = or_(plans.c.expires_at <= now, plans.c.closes_at <= now)
    figures = (plans.c.kind, func.count(), func.count().filter(over))
    waiting, late = Counter[TouchpointKind](), 0
    found = list(
        conn.execute(select(*figures).where(COMING, plans.c.due_at <= now, _of(event_ids)).group_by(plans.c.kind))
    )
    for queued in _slices([*_outgoing(conn, State.PENDING, event_ids).values()]):
        found += conn.execute(select(*figures).where(plans.c.id.in_(queued)).group_by(plans.c.kind))
    for kind, count, expired in found:
        waiting[kind] += count
        late += expired
    on_its_way = len(_outgoing(conn, State.SENDING, event_ids))
    return Backlog(tuple((kind, waiting[kind]) for kind in TouchpointKind if waiting[kind]), late, on_its_way)


def let_go(conn: Connection, event_id: int, now: datetime, ladder_again: datetime) -> None:
    """What is due of that event is never sent. The ladder has no end there: its next refresher comes at that time."""
    due = COMING, plans.c.due_at <= now, plans.c.event_id == event_id
    ladder = and_(plans.c.kind == TouchpointKind.REFRESHER, plans.c.name == LADDER_NAME)
    conn.execute(update(plans).where(*due, ladder).values(due_at=ladder_again, reason=None))
    gone = update(plans).where(*due, ~ladder)
    conn.execute(gone.values(state=PlanState.HELD, reason=Reason.STOPPED, settled_at=now))


def events_waiting(conn: Connection, now: datetime) -> tuple[int, ...]:
    """The numbers of the events of which something is due."""
    due = select(plans.c.event_id).where(COMING, plans.c.due_at <= now).distinct()
    return tuple(sorted(conn.scalars(due)))


_NAMED = (plans.c.chat_id, plans.c.event_id, plans.c.name, plans.c.occurrence)


def _reminders_of(chat_id: int, event_id: int, survey: str, occurrence: int) -> dict[str, object]:
    return {"chat": chat_id, "event": event_id, "survey": survey, "first": occurrence * MOST_REMINDERS}


def _of(event_ids: Sequence[int] | None) -> ColumnElement[bool]:
    return true() if event_ids is None else plans.c.event_id.in_(event_ids)


def _outgoing(conn: Connection, state: State, event_ids: Sequence[int] | None) -> dict[int, int]:
    """The messages in that state that say what was planned for these events: the plan of each."""
    # In this order the index of what is open is the one to take, however much was sent in a year.
    said = conn.execute(select(outbox.c.id, outbox.c.plan_id).where(_state_is(state)).order_by(outbox.c.id))
    planned = {row.id: row.plan_id for row in said if row.plan_id is not None}
    theirs: set[int] = set()
    for ids in _slices([*planned.values()]):
        theirs |= set(conn.scalars(select(plans.c.id).where(plans.c.id.in_(ids), _of(event_ids))))
    return {message: plan for message, plan in planned.items() if plan in theirs}


def _state_is(state: State) -> ColumnElement[bool]:
    # Written out rather than bound, so that a planner knows from the statement alone that the partial index will do.
    return outbox.c.state == literal_column(f"'{state}'")


def _slices(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _SLICE] for start in range(0, len(ids), _SLICE))

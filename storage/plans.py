"""Everything that is to be sent once: planned ahead as rows, claimed when due, settled with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, func, insert, literal_column, select, update

from conversations.policy import Reason
from conversations.schedule import MOST_REMINDERS, Planned
from conversations.timing import ASKED_DIGEST, LADDER_NAME, TouchpointKind
from storage import stops, tables
from storage.database import UtcDateTime, either
from storage.events import newest_of
from storage.states import PlanState
from storage.tables import events, plans


@dataclass(frozen=True, slots=True)
class Due:
    """A planned thing whose time has come; `due` (UTC) and `id` say where the next slice begins."""

    id: int
    chat_id: int
    kind: TouchpointKind
    due: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One planned thing with what became of it, for a calendar; instants are UTC.

    `due` is when it is to be sent now, after every time it was put off. `reason` is None while nothing has become of
    it; with the state PLANNED it says why it was put off last. `settled` is when it was sent or held back. `revision`
    has its name.
    """

    id: int
    chat_id: int
    event: str
    kind: TouchpointKind
    name: str
    occurrence: int
    due: datetime
    state: PlanState
    reason: Reason | None
    settled: datetime | None
    revision: int


UNSCHEDULED = (TouchpointKind.REMINDER, TouchpointKind.SUMMARY, TouchpointKind.BROADCAST)
"""What no schedule has: reminders follow their survey, summaries a wish of whoever gets them."""
_REVIVED = {Reason.LEFT, Reason.REPLANNED, Reason.CLOSED}

_OF_CHATS = select(
    plans.c.id,
    plans.c.chat_id,
    plans.c.kind,
    plans.c.name,
    plans.c.occurrence,
    plans.c.planned_at,
    plans.c.expires_at,
    plans.c.closes_at,
    plans.c.revision_id,
    plans.c.state,
    plans.c.reason,
    plans.c.due_at,
    exists().where(tables.recalls.c.plan_id == plans.c.id).label("asked"),
).where(
    plans.c.chat_id.in_(bindparam("chats", expanding=True)),
    plans.c.event_id == bindparam("event"),
    plans.c.kind.not_in(UNSCHEDULED),
    # Nor has any schedule a digest that a coordinator asked for.
    (plans.c.kind != TouchpointKind.DIGEST) | (plans.c.name != ASKED_DIGEST),
)
_BY_ID = update(plans).where(plans.c.id == bindparam("plan"))
# Written out rather than bound, so that a planner knows from the statement alone that the partial index will do.
COMING = plans.c.state == literal_column(f"'{PlanState.PLANNED}'")
"""Whether a planned thing is still to come."""
_SETTLE = _BY_ID.where(plans.c.state == PlanState.PLANNED)
_DECLINE = _BY_ID.where(plans.c.declined_at.is_(None)).values(declined_at=bindparam("at", type_=UtcDateTime))
_DUE = (
    select(plans.c.id, plans.c.chat_id, plans.c.kind, plans.c.due_at)
    .where(COMING, plans.c.due_at <= bindparam("now"))
    .order_by(plans.c.due_at, plans.c.id)
    .limit(bindparam("limit"))
)
_DUE_AFTER = _DUE.where(
    plans.c.due_at >= bindparam("after"),
    (plans.c.due_at > bindparam("after")) | (plans.c.id > bindparam("after_id")),
)
_NEXT_DUE = select(func.min(plans.c.due_at)).where(COMING)
_NOT_STOPPED = plans.c.event_id.not_in(bindparam("stopped", expanding=True))
_survey = plans.alias("survey")
_END_REMINDERS = (
    update(plans)
    .where(
        COMING,
        plans.c.kind == TouchpointKind.REMINDER,
        plans.c.chat_id == select(_survey.c.chat_id).where(_survey.c.id == bindparam("plan")).scalar_subquery(),
        exists().where(
            _survey.c.id == bindparam("plan"),
            _survey.c.event_id == plans.c.event_id,
            _survey.c.name == plans.c.name,
            plans.c.occurrence >= _survey.c.occurrence * MOST_REMINDERS,
            plans.c.occurrence < (_survey.c.occurrence + 1) * MOST_REMINDERS,
        ),
    )
    .values(
        state=PlanState.HELD,
        reason=bindparam("why", type_=plans.c.reason.type),
        settled_at=bindparam("at", type_=UtcDateTime),
    )
)
_ADD = either(lambda insert: insert(plans).on_conflict_do_nothing())
_TOLD = (
    select(
        plans.c.id,
        plans.c.chat_id,
        events.c.code,
        plans.c.kind,
        plans.c.name,
        plans.c.occurrence,
        plans.c.due_at,
        plans.c.state,
        plans.c.reason,
        plans.c.settled_at,
        plans.c.revision_id,
    )
    .join(events, plans.c.event_id == events.c.id)
    .order_by(plans.c.due_at, plans.c.id)
)


def replan(
    conn: Connection, chat_id: int, event_code: str, planned: Sequence[Planned], *, revision: int | None = None
) -> None:
    """Make this the plan for that chat in that event, as `replan_several` does for many."""
    replan_several(conn, event_code, {chat_id: planned}, revision=revision)


def replan_several(
    conn: Connection,
    event_code: str,
    planned: Mapping[int, Sequence[Planned]],
    *,
    waiting: Mapping[int, Sequence[Planned]] | None = None,
    revision: int | None = None,
) -> None:
    """Make these the plans for those chats in that event, as `revision` (by default the newest) has it.

    What is new is added; what is still to come, or was held back because the person left, the plan changed or the event
    was closed, is moved; what is not planned any more is held back as REPLANNED. What was sent, or held back for any
    other reason, stays as it is, with the revision it had. `waiting` are all the things of the schedule, with those
    that are too old to be planned for anybody new: where one is still to come, it goes on waiting. LookupError when
    there is no such event.

    It takes a few statements however many chats there are, and for what is due when it was only the revision is
    written.
    """
    found = select(events.c.id, newest_of(events.c.id).label("newest")).where(events.c.code == event_code)
    event = conn.execute(found).first()
    if event is None:
        raise LookupError(f"There is no event {event_code}")
    stamp = revision or event.newest
    wanted = {(chat, each.kind, each.name, each.occurrence): each for chat in planned for each in planned[chat]}
    old = {(chat, each.kind, each.name, each.occurrence) for chat in waiting or {} for each in (waiting or {})[chat]}
    moved: list[dict[str, object]] = []
    held: list[dict[str, object]] = []
    stamped: list[dict[str, object]] = []
    for row in conn.execute(_OF_CHATS, {"chats": list(planned), "event": event.id}):
        key = (row.chat_id, row.kind, row.name, row.occurrence)
        place = wanted.pop(key, None)
        if row.state is PlanState.PLANNED and row.asked and (place is not None or key in old):
            continue  # it was on its way and did not leave: it asks what it asked, in the revision that has it
        if row.state is PlanState.PLANNED and place is None and key not in old:
            held.append({"plan": row.id, "state": PlanState.HELD, "reason": Reason.REPLANNED})
        elif place is not None and _moves(row, place):
            moved.append({"plan": row.id, **_wanted(place, stamp)})
        elif row.state is PlanState.PLANNED and row.revision_id != stamp:
            stamped.append({"plan": row.id, "revision_id": stamp})
    for changes in (moved, held, stamped):
        if changes:
            conn.execute(_BY_ID, changes)
    if wanted:
        conn.execute(insert(plans), [row_of(event.id, chat, each, stamp) for (chat, *_), each in wanted.items()])


def due(conn: Connection, now: datetime, limit: int, after: tuple[datetime, int] | None) -> list[Due]:
    """At most `limit` things that are due, in the order of (due, id), from just behind `after` when it is given.

    Without those of events that are stopped.
    """
    stopped, bound = stops.in_force(conn), {"now": now, "limit": limit}
    if stopped.everything:
        return []
    rows = _DUE
    if after is not None:
        rows, bound = _DUE_AFTER, bound | {"after": after[0], "after_id": after[1]}
    if stopped.events:
        rows, bound = rows.where(_NOT_STOPPED), bound | {"stopped": list(stopped.events)}
    return [Due(*row) for row in conn.execute(rows, bound)]


def next_due(conn: Connection) -> datetime | None:
    """When the next planned thing is due (UTC); None when nothing is planned but what is stopped."""
    stopped = stops.in_force(conn)
    if stopped.everything:
        return None
    if stopped.events:
        first: datetime | None = conn.scalar(_NEXT_DUE.where(_NOT_STOPPED), {"stopped": list(stopped.events)})
    else:
        first = conn.scalar(_NEXT_DUE)
    return first


def told(conn: Connection, since: datetime | None = None, most: int | None = None) -> list[Told]:
    """Everything planned and what became of it, in the order of (due, id).

    With `since` (UTC) only what is still to come, and what was sent or held back then or later; with `most` only the
    first so many.
    """
    rows = _TOLD if since is None else _TOLD.where(COMING | (plans.c.settled_at >= since))
    rows = rows.limit(most)
    return [
        Told(
            id=row.id,
            chat_id=row.chat_id,
            event=row.code,
            kind=row.kind,
            name=row.name,
            occurrence=row.occurrence,
            due=row.due_at,
            state=row.state,
            reason=row.reason,
            settled=row.settled_at,
            revision=row.revision_id,
        )
        for row in conn.execute(rows)
    ]


def settle(conn: Connection, plan_id: int, reason: Reason, again: datetime | None, now: datetime) -> bool:
    """Write down what became of a planned thing; false when it was settled before, and then nothing changes.

    With `again` it stays planned, for then, and `reason` says why it waits.
    """
    if again is not None:
        change = {"due_at": again, "reason": reason}
    else:
        state = PlanState.SENT if reason is Reason.SENT else PlanState.HELD
        change = {"state": state, "reason": reason, "settled_at": now}
    return conn.execute(_SETTLE, {"plan": plan_id, **change}).rowcount == 1


def add(conn: Connection, like: int, planned: Sequence[Planned]) -> None:
    """Plan these as well for the chat and event of the plan `like`, in its revision; what is planned already stays."""
    row = conn.execute(select(plans.c.chat_id, plans.c.event_id, plans.c.revision_id).where(plans.c.id == like)).one()
    rows = [row_of(row.event_id, row.chat_id, each, row.revision_id) for each in planned]
    if rows:
        conn.execute(_ADD[conn.dialect.name], rows)


def move(conn: Connection, plan_id: int, due: datetime, expires: datetime | None) -> None:
    """The person wants it then; what was settled stays as it is."""
    conn.execute(_SETTLE, {"plan": plan_id, "due_at": due, "expires_at": expires, "reason": None})


def decline(conn: Connection, plan_id: int, now: datetime) -> None:
    """The person does not want to answer this survey; the first time counts."""
    conn.execute(_DECLINE, {"plan": plan_id, "at": now})
    end_reminders(conn, plan_id, Reason.DECLINED, now)


def end_reminders(conn: Connection, plan_id: int, reason: Reason, now: datetime) -> None:
    """Nothing reminds of that survey any more, for that reason."""
    conn.execute(_END_REMINDERS, {"plan": plan_id, "why": reason, "at": now})


def hold_all(conn: Connection, event_id: int, chats: Sequence[int], now: datetime) -> None:
    """Nothing of an event that was closed is sent to these chats any more."""
    theirs = update(plans).where(plans.c.event_id == event_id, plans.c.chat_id.in_(chats), COMING)
    conn.execute(theirs.values(state=PlanState.HELD, reason=Reason.CLOSED, settled_at=now))


def revive_reminders(conn: Connection, event_id: int, chats: Sequence[int], now: datetime) -> None:
    """The event is open again: the reminders that were held back meanwhile and are still to come, come."""
    theirs = update(plans).where(
        plans.c.event_id == event_id,
        plans.c.chat_id.in_(chats),
        plans.c.kind == TouchpointKind.REMINDER,
        plans.c.state == PlanState.HELD,
        plans.c.reason == Reason.CLOSED,
        plans.c.due_at > now,
    )
    conn.execute(theirs.values(state=PlanState.PLANNED, reason=None, settled_at=None))


def _wanted(each: Planned, revision: int) -> dict[str, object]:
    return {
        "due_at": each.due,
        "planned_at": each.due,
        "expires_at": each.expires,
        "closes_at": each.closes,
        "revision_id": revision,
        "state": PlanState.PLANNED,
        "reason": None,
        "settled_at": None,
    }


def row_of(event: int, chat: int, each: Planned, revision: int) -> dict[str, object]:
    """The row of a thing that is planned for that chat in that event, by their numbers, as that revision has it."""
    key = {"chat_id": chat, "event_id": event, "kind": each.kind, "name": each.name, "occurrence": each.occurrence}
    return key | _wanted(each, revision)


def _moves(row: Row[*tuple[Any, ...]], place: Planned) -> bool:
    if row.state is PlanState.HELD:
        return row.reason in _REVIVED
    if row.name == LADDER_NAME and row.reason is None and row.due_at != row.planned_at:
        return False  # the ladder's next time changes with every answer; where somebody put it, it stays
    # What somebody moved has another end as well, and stays where they put it for as long as the schedule stays.
    return row.state is PlanState.PLANNED and (row.planned_at, row.closes_at) != (place.due, place.closes)

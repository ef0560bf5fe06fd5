"""What is to be sent: written with the turn that says it, sent afterwards, and honest about what is in doubt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)

from conversations.days import Rests, resting
from conversations.effects import SayKind
from conversations.model import EventState
from conversations.policy import Reason
from conversations.timing import Policy, TouchpointKind
from storage import broadcast_standing, holding, stops
from storage.batch import open_batch
from storage.chats import Chat
from storage.database import new_id
from storage.states import Operation, PlanState, State
from storage.tables import chats, enrolments, events, outbox, plans
from storage.vault import KeyDestroyed, Unreadable, Vault

__all__ = [
    "Operation",
    "Outgoing",
    "Result",
    "State",
    "add",
    "carrier",
    "claim",
    "edit_waits",
    "mark",
    "open_ids",
    "put_back",
    "recover",
    "undelivered",
    "waiting",
]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something to be sent.

    `address` is where to, and `body` what the channel needs, as text. An edit goes to the message `target` (the
    platform's id) or to the one that carries the keyboard with the serial `carrying`; `serial` is that of the keyboard
    which it carries then.
    """

    id: int
    chat_id: int
    address: str
    operation: Operation
    kind: SayKind
    body: str
    serial: int | None = None
    carrying: int | None = None
    target: str | None = None
    plan_id: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an outgoing message; PENDING is to try again. `error` is a short word, never a text or an id."""

    id: int
    state: State
    message_id: str | None = None
    error: str | None = None


def _state_is(state: State) -> ColumnElement[bool]:
    # Written out rather than bound, so that a planner knows from the statement alone that the partial index will do.
    return outbox.c.state == literal_column(f"'{state}'")


_PURPOSE = "outbox"
_ADD = insert(outbox)
_ADD_NUMBERED = insert(outbox)
_BY_ID = update(outbox).where(outbox.c.id == bindparam("row"))
_ATTEMPTED = _BY_ID.values(attempts=outbox.c.attempts + 1)
_WAITING = (
    select(
        outbox.c.id,
        outbox.c.chat_id,
        chats.c.key_id,
        chats.c.address,
        outbox.c.operation,
        outbox.c.kind,
        outbox.c.body,
        outbox.c.serial,
        outbox.c.carrying,
        outbox.c.target,
        outbox.c.plan_id,
    )
    .join(chats, outbox.c.chat_id == chats.c.id)
    .where(_state_is(State.PENDING), outbox.c.id > bindparam("after"))
    .order_by(outbox.c.id)
    .limit(bindparam("limit"))
)
_OPEN = select(outbox.c.id).where(_state_is(State.PENDING)).order_by(outbox.c.id)
_CIRCUMSTANCES = (
    select(
        plans.c.kind,
        plans.c.name,
        plans.c.expires_at,
        plans.c.settled_at,
        chats.c.zone,
        enrolments.c.left_at,
        events.c.state,
        stops.covering(plans.c.event_id).label("stopped"),
    )
    .join(chats, plans.c.chat_id == chats.c.id)
    .join(events, plans.c.event_id == events.c.id)
    .outerjoin(enrolments, and_(enrolments.c.chat_id == plans.c.chat_id, enrolments.c.event_id == plans.c.event_id))
    .where(plans.c.id == bindparam("plan"))
)
_CARRIER = (
    select(func.coalesce(outbox.c.message_id, outbox.c.target))
    .where(outbox.c.chat_id == bindparam("chat"), outbox.c.serial == bindparam("carried"))
    .where(outbox.c.message_id.is_not(None) | outbox.c.target.is_not(None))
    .order_by(outbox.c.id.desc())
    .limit(1)
)


_STILL_FRESH = timedelta(minutes=5)
"""How long after the policy let it go a nudge may leave: what waited longer may meet others that came meanwhile."""
_ANY_PACK = Policy(public_holidays=False)


def add(  # one argument a column
    conn: Connection,
    vault: Vault,
    chat: Chat,
    operation: Operation,
    kind: SayKind,
    body: str,
    now: datetime,
    *,
    serial: int | None = None,
    carrying: int | None = None,
    target: str | None = None,
    plan_id: int | None = None,
) -> Outgoing:
    """Put something in the queue, its body sealed; it is sent after the commit."""
    row: dict[str, object] = {
        "chat_id": chat.id,
        "operation": operation,
        "kind": kind,
        "body": vault.seal(chat.key_id, body, _PURPOSE),
        "serial": serial,
        "carrying": carrying,
        "target": target,
        "plan_id": plan_id,
        "state": State.PENDING,
        "attempts": 0,
        "created_at": now,
    }
    batch = open_batch(conn)
    if batch is None or conn.dialect.name != "sqlite":
        row_id = new_id(conn.execute(_ADD, row))
    else:
        row_id = row["id"] = batch.number(outbox)
        batch.add(_ADD_NUMBERED, row)
    return Outgoing(row_id, chat.id, chat.address, operation, kind, body, serial, carrying, target, plan_id)


def claim(conn: Connection, outgoing: Outgoing, now: datetime) -> bool:
    """Take a nudge, digest or broadcast for sending: should the process die now, it is in doubt.

    False when another process took it first, or when it is not to be said any more: it may have waited long since the
    turn that said it, or its event is stopped. Then its plan says why, or is due once more and the policy decides anew.
    """
    # Taken first, looked at then: whoever stops the event meanwhile waits for this row, or this waits for the stop.
    taking = update(outbox).where(outbox.c.id == outgoing.id, _state_is(State.PENDING))
    if conn.execute(taking.values(state=State.SENDING)).rowcount != 1:
        return False
    return outgoing.plan_id is None or _still_good(conn, outgoing, outgoing.plan_id, now)


def put_back(conn: Connection, row_id: int) -> None:
    """It certainly did not leave: it waits again."""
    conn.execute(update(outbox).where(outbox.c.id == row_id, _state_is(State.SENDING)).values(state=State.PENDING))


def _still_good(conn: Connection, outgoing: Outgoing, plan_id: int, now: datetime) -> bool:
    row = conn.execute(_CIRCUMSTANCES, {"plan": plan_id}).first()
    is_live = row is not None and row.state is EventState.LIVE
    if row is None:
        return True
    urgent = False
    if outgoing.kind is SayKind.BROADCAST:
        standing = broadcast_standing.standing(conn, outgoing.id, plan_id, int(row.name), now)
        if standing.fate is not None:
            if standing.fate:
                conn.execute(update(plans).where(plans.c.id == plan_id).values(**standing.fate))
            return _overtaken(conn, outgoing)
        urgent = standing.urgent
    waited = row.settled_at is not None and not timedelta(0) <= now - row.settled_at <= _STILL_FRESH
    held: Reason | None = None
    if row.left_at is not None and row.kind is not TouchpointKind.SUMMARY:  # nobody need take part to be in a team
        held = Reason.LEFT
    elif not is_live:
        held = Reason.CLOSED
    elif row.expires_at is not None and now >= row.expires_at:
        held = Reason.TOO_LATE
    if held is not None:
        conn.execute(update(plans).where(plans.c.id == plan_id).values(state=PlanState.HELD, reason=held))
    elif row.stopped:
        holding.wait_again(conn, (plan_id,), Reason.STOPPED, None)
    elif waited or (not urgent and row.zone is not None and resting(now, row.zone, _ANY_PACK) is Rests.NIGHT):
        holding.wait_again(conn, (plan_id,), None, now)
    else:
        return True
    return _overtaken(conn, outgoing)


def _overtaken(conn: Connection, outgoing: Outgoing) -> bool:
    """What it was to be is over: its plan says so, or is due once more. Always false."""
    overtaken = {"row": outgoing.id, "state": State.FAILED, "error": holding.OVERTAKEN, "body": None}
    conn.execute(_BY_ID, [overtaken])
    return False


def mark(conn: Connection, results: Sequence[Result], now: datetime) -> None:
    """Write down what became of them. Whatever is not tried again loses its body."""
    again = [
        {"row": each.id, "state": each.state, "error": each.error} for each in results if each.state in _TO_BE_SENT
    ]
    over = [
        {
            "row": each.id,
            "state": each.state,
            "error": each.error,
            "message_id": each.message_id,
            "sent_at": now if each.state is State.SENT else None,
            "body": None,
        }
        for each in results
        if each.state not in _TO_BE_SENT
    ]
    if again:
        conn.execute(_ATTEMPTED, again)
    if over:
        conn.execute(_ATTEMPTED, over)


def waiting(conn: Connection, vault: Vault, limit: int, after: int = 0) -> list[Outgoing]:
    """At most `limit` messages that wait, in the order they were said, from just behind the id `after`.

    Empty means that none waits. What can't be read any more, because the person's key was destroyed or the row was
    damaged, becomes failed: one row must not keep all the others from being sent.
    """
    while rows := conn.execute(_WAITING, {"after": after, "limit": limit}).all():
        readable: list[Outgoing] = []
        lost: list[int] = []
        for row in rows:
            try:
                address = vault.open(row.key_id, row.address, "address")
                body = vault.open(row.key_id, row.body, _PURPOSE)
            except (KeyDestroyed, Unreadable):
                lost.append(row.id)
            else:
                readable.append(_outgoing(row, address, body))
        if lost:
            conn.execute(_BY_ID, [{"row": each, **_LOST} for each in lost])
        if readable:
            return readable
        after = rows[-1].id
    return []


def open_ids(conn: Connection) -> tuple[int, ...]:
    """The ids of all that waits, in order."""
    return tuple(conn.scalars(_OPEN))


def undelivered(conn: Connection, most: int) -> dict[int, State]:
    """What did not arrive (FAILED), or perhaps not (IN_DOUBT), by its planned thing; of many the newest.

    Of what was overtaken and said again later, the later one tells.
    """
    lost = outbox.c.plan_id.is_not(None) & outbox.c.state.in_((State.FAILED, State.IN_DOUBT))
    lost &= outbox.c.error.is_distinct_from(holding.OVERTAKEN)
    rows = select(outbox.c.plan_id, outbox.c.state).where(lost).order_by(outbox.c.id.desc()).limit(most)
    return {row.plan_id: row.state for row in conn.execute(rows)}


def edit_waits(conn: Connection, chat_id: int, target: str) -> bool:
    """Whether a change of that message is still to be sent."""
    here = outbox.c.chat_id == chat_id, outbox.c.target == target
    return bool(conn.scalar(select(exists().where(_state_is(State.PENDING), *here))))


def recover(conn: Connection) -> int:
    """After a crash: how many were being sent when it happened, and are in doubt now."""
    in_doubt = update(outbox).where(_state_is(State.SENDING))
    return conn.execute(in_doubt.values(state=State.IN_DOUBT, error="crashed", body=None)).rowcount


def carrier(conn: Connection, chat_id: int, serial: int) -> str | None:
    """The platform's id of the newest message that carries the keyboard with that serial; None when there is none."""
    found: str | None = conn.scalar(_CARRIER, {"chat": chat_id, "carried": serial})
    return found


def _outgoing(row: Row[*tuple[Any, ...]], address: str, body: str) -> Outgoing:
    return Outgoing(
        id=row.id,
        chat_id=row.chat_id,
        address=address,
        operation=row.operation,
        kind=row.kind,
        body=body,
        serial=row.serial,
        carrying=row.carrying,
        target=row.target,
        plan_id=row.plan_id,
    )


_TO_BE_SENT = {State.PENDING, State.SENDING}
_LOST = {"state": State.FAILED, "error": "unreadable", "body": None}

"""Stops: rows, so that what is stopped stays so whatever becomes of the process."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select, update

from conversations.desk import Duty
from conversations.stops import NOTHING_STOPPED, Stop, Stopped
from storage.audit import OPERATOR
from storage.database import Prepared, either
from storage.tables import events, stops

_IN_FORCE = stops.c.ended_at.is_(None)
_OPEN = Prepared(
    select(stops.c.event_id, events.c.code).outerjoin(events, stops.c.event_id == events.c.id).where(_IN_FORCE)
)
_BEGIN = either(lambda insert: insert(stops).on_conflict_do_nothing().execution_options(preserve_rowcount=True))


class InForce(NamedTuple):
    """What is stopped, by the numbers of the events; `everything` for the whole bot."""

    everything: bool
    events: frozenset[int]


def covering(event_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether that event is stopped, inside another statement."""
    return exists().where(_IN_FORCE, or_(stops.c.event_id == event_id, stops.c.event_id.is_(None)))


def in_force(conn: Connection) -> InForce:
    """What is stopped now. It is asked once a tick."""
    rows = _OPEN.rows(conn)
    numbers = frozenset(event_id for event_id, _ in rows if event_id is not None)
    return InForce(any(event_id is None for event_id, _ in rows), numbers)


def stopped(conn: Connection) -> Stopped:
    """The same by the codes of the events. It is asked in every turn."""
    rows = _OPEN.rows(conn)
    if not rows:
        return NOTHING_STOPPED
    codes = frozenset(code for event_id, code in rows if event_id is not None)
    return Stopped(any(event_id is None for event_id, _ in rows), codes)


def begin(conn: Connection, event_id: int | None, by: str, now: datetime) -> bool:
    """Stop the event, or with None the whole bot; false when that is stopped already, and then nothing changes.

    `by` is a sign, or OPERATOR. A unique index sees to it that of two who stop the same event at once one does.
    """
    if event_id is None and in_force(conn).everything:
        return False
    row = {"event_id": event_id, "since": now, "by": by}
    return conn.execute(_BEGIN[conn.dialect.name], row).rowcount == 1


def end(conn: Connection, event_id: int | None, now: datetime) -> bool:
    """The event, or with None the whole bot, goes on; false when it did already."""
    which = stops.c.event_id.is_(None) if event_id is None else stops.c.event_id == event_id
    return conn.execute(update(stops).where(which, _IN_FORCE).values(ended_at=now)).rowcount > 0


def of_everything(conn: Connection) -> Stop | None:
    """The stop of the whole bot that is in force."""
    row = conn.execute(select(stops).where(stops.c.event_id.is_(None), _IN_FORCE).order_by(stops.c.id)).first()
    return None if row is None else Stop(row.id, row.since, "" if row.by == OPERATOR else row.by)


def of_event(conn: Connection, event_id: int) -> Stop | None:
    """The stop of that event alone that is in force."""
    row = conn.execute(select(stops).where(stops.c.event_id == event_id, _IN_FORCE)).first()
    return None if row is None else Stop(row.id, row.since, "" if row.by == OPERATOR else row.by)


def with_stops(conn: Connection, duties: tuple[Duty, ...]) -> tuple[Duty, ...]:
    """The duties, with what is stopped of their events now, and the newest stop of each."""
    everything = of_everything(conn) is not None
    newest = select(stops.c.event_id, func.max(stops.c.id).label("last")).where(stops.c.event_id.in_(_numbers(duties)))
    last: dict[int, int] = {row.event_id: row.last for row in conn.execute(newest.group_by(stops.c.event_id))}
    return tuple(
        replace(
            each,
            stop=of_event(conn, each.event_id) if each.event_id in last else None,
            last_stop=last.get(each.event_id, 0),
            bot_stopped=everything,
        )
        for each in duties
    )


def lock(conn: Connection, event_ids: Sequence[int]) -> None:
    """Let whoever else works on one of these events wait until the transaction ends."""
    rows = select(events.c.id).where(events.c.id.in_(event_ids)).order_by(events.c.id)
    conn.execute(rows.with_for_update(key_share=True))


def _numbers(duties: tuple[Duty, ...]) -> list[int]:
    return [each.event_id for each in duties]

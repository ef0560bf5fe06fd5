"""The life of an event: a draft, live, closed, archived. Every change counts its version up."""

from typing import NamedTuple

from sqlalchemy import Connection, select, update

from conversations.model import EventState
from storage.database import either
from storage.tables import events

_BEGIN = either(lambda insert: insert(events).on_conflict_do_nothing().returning(events.c.id))


class Life(NamedTuple):
    """Where an event is, and how often that, or what is published of it, has changed."""

    state: EventState
    version: int


class CodeTaken(Exception):  # it says what is the case
    """Somebody else began an event with that code a moment ago."""


def locked(conn: Connection, event_id: int) -> Life:
    """Where the event is right now; whoever else works on it waits until the transaction ends.

    LookupError when there is no such event.
    """
    found = select(events.c.state, events.c.version).where(events.c.id == event_id).with_for_update()
    row = conn.execute(found).first()
    if row is None:
        raise LookupError(f"There is no event {event_id}")
    return Life(row.state, row.version)


def change(conn: Connection, event_id: int, state: EventState) -> None:
    """The event is in that state from here on."""
    changing = update(events).where(events.c.id == event_id)
    conn.execute(changing.values(state=state, version=events.c.version + 1))


def begin(conn: Connection, code: str) -> int:
    """The number of a new event with that code, a draft. Raises CodeTaken when there is one already."""
    row = {"code": code, "state": EventState.DRAFT}
    begun: int | None = conn.execute(_BEGIN[conn.dialect.name], row).scalar()
    if begun is None:
        raise CodeTaken(code)
    return begun

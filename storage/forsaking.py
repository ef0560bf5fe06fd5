"""What becomes of what was in somebody's hands when they leave a team or everything, or cannot be written to."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, update

from conversations.broadcasts import BroadcastState
from conversations.timing import TouchpointKind
from storage.states import PlanState
from storage.tables import broadcasts, help_letters, help_requests, plans


def forsake(conn: Connection, chat_id: int, event_id: int | None = None) -> None:
    """What was with that person, in that event or in any, is with nobody and due at once.

    It says so by its state: it is still taken, or begun, until its turn asks the others.
    """
    theirs = help_requests.c.taken_by == chat_id
    if event_id is not None:
        theirs &= help_requests.c.event_id == event_id
    unshare(conn, theirs)
    # Any instant of the past will do.
    conn.execute(update(help_requests).where(theirs).values(taken_by=None, due_at=help_requests.c.asked_at))


def pause_theirs(conn: Connection, chat_id: int, event_id: int | None = None) -> None:
    """Nothing more leaves of the broadcasts that they confirmed, in that event or in any, until another lets it go on.

    Whoever was removed was perhaps removed because of them.
    """
    theirs = (broadcasts.c.chat_id == chat_id) & (broadcasts.c.state == BroadcastState.CONFIRMED)
    if event_id is not None:
        theirs &= broadcasts.c.event_id == event_id
    paused = {"state": BroadcastState.PAUSED, "version": broadcasts.c.version + 1}
    numbers = conn.scalars(update(broadcasts).where(theirs).values(paused).returning(broadcasts.c.id)).all()
    coming = plans.c.kind == TouchpointKind.BROADCAST, plans.c.state == PlanState.PLANNED
    conn.execute(update(plans).where(*coming, plans.c.name.in_(map(str, numbers))).values(state=PlanState.SET_ASIDE))


def unshare(conn: Connection, which: ColumnElement[Any]) -> None:
    """Delete the ways to be reached that wait to be opened in these requests: they were meant for one helper alone."""
    requests = select(help_requests.c.id).where(which)
    waiting = help_letters.c.request_id.in_(requests), help_letters.c.to_team, help_letters.c.sharing
    conn.execute(delete(help_letters).where(*waiting))

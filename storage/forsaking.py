"""Whoever had requests for contact has them no more: they left a team or everything, or cannot be written to."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, update

from storage.tables import help_letters, help_requests


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


def unshare(conn: Connection, which: ColumnElement[Any]) -> None:
    """Delete the ways to be reached that wait to be opened in these requests: they were meant for one helper alone."""
    requests = select(help_requests.c.id).where(which)
    waiting = help_letters.c.request_id.in_(requests), help_letters.c.to_team, help_letters.c.sharing
    conn.execute(delete(help_letters).where(*waiting))

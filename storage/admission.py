"""Whether an invitation lets somebody join, asked anew at the moment when they do; and the place that they take."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, select, update

from conversations.conversation import Entry
from conversations.model import EventState
from conversations.scene import Admission, Place
from storage.enrolments import first_joined
from storage.events import id_of
from storage.tables import enrolments, events, invitations

TIME_TO_FINISH: Final = timedelta(days=1)
"""Whoever opened an invitation in time may finish joining within this time, even if it expires meanwhile."""


def place(conn: Connection, chat_id: int, event_code: str, entry: Entry, now: datetime) -> Place | None:
    """The place of somebody who is about to join; None for whoever came by no invitation.

    The invitation is locked until the transaction ends, so that of two people only one gets the last place.
    """
    if not entry.code:
        return None
    found = (
        select(invitations, events.c.state)
        .join(events, invitations.c.event_id == events.c.id)
        .where(invitations.c.code == entry.code, events.c.code == event_code)
    )
    row = conn.execute(found.with_for_update(of=invitations)).first()
    if row is None:
        return Place(Admission.CLOSED)
    back = first_joined(conn, chat_id, event_code) is not None
    return Place(_admission(row, entry, now, back=back), row.part or _part_of(conn, chat_id, event_code))


def take(conn: Connection, chat_id: int, event_code: str, code: str) -> str:
    """Somebody joins with that invitation: what they are invited as. Whoever took part before takes no place."""
    mine = invitations.c.code == code
    if first_joined(conn, chat_id, event_code) is None:
        conn.execute(update(invitations).where(mine).values(uses=invitations.c.uses + 1))
    return conn.scalar(select(invitations.c.part).where(mine)) or ""


def _admission(row: Row[*tuple[Any, ...]], entry: Entry, now: datetime, *, back: bool) -> Admission:
    if row.revoked_at is not None or row.state is not EventState.LIVE:
        return Admission.CLOSED
    if row.expires_at is not None and row.expires_at <= now and not _in_time(entry, row.expires_at, now):
        return Admission.EXPIRED
    if row.places is not None and row.uses >= row.places and not back:
        return Admission.FULL
    return Admission.OPEN


def _in_time(entry: Entry, expires: datetime, now: datetime) -> bool:
    return entry.opened is not None and entry.opened < expires and now < entry.opened + TIME_TO_FINISH


def _part_of(conn: Connection, chat_id: int, event_code: str) -> str:
    """What they were invited as before; empty for somebody new."""
    mine = select(enrolments.c.part).where(enrolments.c.chat_id == chat_id, enrolments.c.event_id == id_of(event_code))
    return conn.scalar(mine) or ""

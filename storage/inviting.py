"""Invitations for participants as a team handles them: what there is, new ones, and their end."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, insert, select, update

from conversations.buttons import Manage
from conversations.desk import Desk, Duty
from conversations.inviting import Inviting, Issued, sorted_for_reading
from conversations.model import Role
from conversations.roles import Act
from storage import events, rosters
from storage.looking import Looking
from storage.tables import invitations, revisions

ACTS: Final = (
    *(Act.INVITE, Act.INVITE_NEW, Act.INVITE_PART, Act.INVITE_PLACES, Act.INVITE_TYPE_PLACES, Act.INVITE_TYPE_DAY),
    *(Act.INVITE_MAKE, Act.INVITE_THIS, Act.INVITE_LETTER, Act.INVITE_QR, Act.INVITE_POSTER),
    *(Act.WITHDRAW, Act.WITHDRAW_FOR_GOOD, Act.REPLACE),
    *(Act.ROSTER, Act.ROSTER_ANEW, Act.ROSTER_ANEW_FOR_GOOD),
)
"""What looks at invitations."""


def loaded(looking: Looking, desk: Desk, duty: Duty, _button: Manage) -> Desk:
    """The desk with the invitations to the duty's event; as it was while nothing of the event is published.

    Of two who change them at once, the second waits here and then sees what the first has done.
    """
    if not duty.revision:
        return desk
    conn = looking.conn
    following = events.next_number(conn, duty.event_id)
    counts = rosters.expected_counts(conn, duty.event)
    listing = None
    if desk.reading is not None and desk.reading.act is Act.ROSTER and desk.reading.trouble is None:
        listing = rosters.listing(conn, looking.vault, duty.event, desk.reading.result)
    inviting = Inviting(
        event=looking.contents.content(conn, duty.revision),
        issued=sorted_for_reading(_issued(conn, duty.event_id), looking.now),
        # Both only ever grow: another number stands for another state of things.
        version=following + _published(conn, duty.event_id),
        following=following,
        fresh_code=events.fresh_code(),
        expected=counts.expected,
        joined=counts.joined,
        listing=listing,
    )
    return replace(desk, inviting=inviting)


def offer(  # one argument a column
    conn: Connection, event_id: int, code: str, part: str, places: int | None, expires: datetime | None, now: datetime
) -> None:
    """A new invitation of the event, with the next number."""
    row = {
        "code": code,
        "event_id": event_id,
        "role": Role.PARTICIPANT,
        "created_at": now,
        "expires_at": expires,
        "places": places,
        "uses": 0,
        "vouched": False,
        "part": part,
        "number": events.next_number(conn, event_id),
    }
    conn.execute(insert(invitations), row)


def withdraw(conn: Connection, event_id: int, number: int, now: datetime) -> None:
    """That one stops working; again does no harm."""
    conn.execute(update(invitations).where(*_is(event_id, number)).values(revoked_at=now))


def substitute(conn: Connection, event_id: int, number: int, code: str, now: datetime) -> None:
    """That one stops working, and a new one goes on with its part, its end, its places and how many are taken."""
    old = conn.execute(select(invitations).where(*_is(event_id, number)).with_for_update()).first()
    if old is None:
        return
    withdraw(conn, event_id, number, now)
    offer(conn, event_id, code, old.part, old.places, old.expires_at, now)
    conn.execute(update(invitations).where(invitations.c.code == code).values(uses=old.uses))


def _is(event_id: int, number: int) -> tuple[ColumnElement[bool], ...]:
    return (
        invitations.c.event_id == event_id,
        invitations.c.number == number,
        invitations.c.revoked_at.is_(None),
    )


def _issued(conn: Connection, event_id: int) -> tuple[Issued, ...]:
    rows = conn.execute(
        select(invitations).where(invitations.c.event_id == event_id, invitations.c.number.is_not(None))
    )
    return tuple(
        Issued(row.number, row.code, row.part, row.places, row.uses, row.expires_at, revoked=row.revoked_at is not None)
        for row in rows
    )


def _published(conn: Connection, event_id: int) -> int:
    """How often something of the event was published."""
    newest = select(revisions.c.rank).where(revisions.c.event_id == event_id).order_by(revisions.c.rank.desc()).limit(1)
    return conn.scalar(newest) or 0

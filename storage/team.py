"""Who looks after which event: appointed, or waiting to be confirmed."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Column, Connection, Table, bindparam, delete, select

from conversations.buttons import Manage
from conversations.desk import Desk, Duty, Member, Team
from conversations.model import Role
from conversations.roles import Act, may
from storage import events
from storage.database import either
from storage.events import Contents, id_of, newest_of
from storage.forsaking import forsake, pause_theirs
from storage.looking import Looking
from storage.tables import appointments, candidates, chats
from storage.tables import events as events_table
from storage.vault import Vault

CONFIRMED_WITHIN: Final = timedelta(days=1)
"""How long somebody waits to be confirmed; after that they need a new invitation."""
_SIGN = 4

_APPOINT = either(
    lambda insert: (appointing := insert(appointments)).on_conflict_do_update(
        index_elements=["chat_id", "event_id"],
        set_={"role": appointing.excluded.role, "appointed_at": appointing.excluded.appointed_at},
    )
)
_ASK = either(
    lambda insert: (asking := insert(candidates)).on_conflict_do_update(
        index_elements=["chat_id", "event_id"],
        set_={"role": asking.excluded.role, "asked_at": asking.excluded.asked_at},
    )
)
_DUTIES = (
    select(
        events_table.c.id,
        events_table.c.code,
        appointments.c.role,
        events_table.c.state,
        events_table.c.version,
        newest_of(events_table.c.id).label("revision"),
    )
    .join(events_table, appointments.c.event_id == events_table.c.id)
    .where(appointments.c.chat_id == bindparam("chat"))
    .order_by(events_table.c.code)
)


def sign(vault: Vault, key_id: str, event_code: str) -> str:
    """The four letters and digits that somebody goes by in the team of that event."""
    return vault.pseudonym(key_id, f"team of {event_code}")[:_SIGN].upper()


def duties(conn: Connection, chat_id: int, contents: Contents) -> tuple[Duty, ...]:
    """The roles that the person has, by the code of the event."""
    return tuple(
        Duty(
            row.id,
            row.code,
            row.role,
            row.state,
            contents.content(conn, row.revision).title if row.revision is not None else row.code,
            row.revision or 0,
            row.version,
        )
        for row in conn.execute(_DUTIES, {"chat": chat_id})
    )


def appoint(conn: Connection, chat_id: int, event_id: int, role: Role, now: datetime) -> None:
    """The person has that role from here on, in place of any other, and waits no more."""
    turn_down(conn, chat_id, event_id)
    row = {"chat_id": chat_id, "event_id": event_id, "role": role, "appointed_at": now}
    conn.execute(_APPOINT[conn.dialect.name], row)


def ask(conn: Connection, chat_id: int, event_id: int, role: Role, now: datetime) -> None:
    """The person waits to be confirmed in that role."""
    row = {"chat_id": chat_id, "event_id": event_id, "role": role, "asked_at": now}
    conn.execute(_ASK[conn.dialect.name], row)


def turn_down(conn: Connection, chat_id: int, event_id: int) -> None:
    """The person waits no more; again does no harm."""
    here = candidates.c.chat_id == chat_id, candidates.c.event_id == event_id
    conn.execute(delete(candidates).where(*here))


def dismiss(conn: Connection, chat_id: int, event_id: int) -> None:
    """The person has no role any more, nobody who asked for contact is with them, and their broadcasts rest."""
    here = appointments.c.chat_id == chat_id, appointments.c.event_id == event_id
    conn.execute(delete(appointments).where(*here))
    forsake(conn, chat_id, event_id)
    pause_theirs(conn, chat_id, event_id)


def who_may(conn: Connection, event_id: int, act: Act) -> tuple[int, ...]:
    """The chats of those in the event's team who may do that, in order."""
    rows = conn.execute(
        select(appointments.c.chat_id, appointments.c.role)
        .join(chats, chats.c.id == appointments.c.chat_id)
        .where(appointments.c.event_id == event_id, chats.c.reachable)
        .order_by(appointments.c.chat_id)
    )
    return tuple(row.chat_id for row in rows if may(row.role, act))


def events_with_team(conn: Connection) -> tuple[int, ...]:
    """The numbers of the events that somebody looks after, in order."""
    return tuple(conn.scalars(select(appointments.c.event_id).distinct().order_by(appointments.c.event_id)))


def of_event(conn: Connection, vault: Vault, event_code: str, now: datetime) -> Team:
    """The team of that event, and who waits to be in it; nobody for an unknown event."""
    return Team(
        _members(conn, vault, event_code, appointments, appointments.c.appointed_at, None),
        _members(conn, vault, event_code, candidates, candidates.c.asked_at, now - CONFIRMED_WITHIN),
        events.fresh_code(),
    )


def loaded(looking: Looking, desk: Desk, duty: Duty, _button: Manage) -> Desk:
    """The desk with the team of the duty's event on it."""
    # Of two who settle the same person at once, the second waits here and then finds nobody waiting.
    lock(looking.conn, duty.event_id)
    return replace(desk, team=of_event(looking.conn, looking.vault, duty.event, looking.now))


def lock(conn: Connection, event_id: int) -> None:
    """Let whoever else works on this event wait until the transaction ends."""
    conn.execute(select(events_table.c.id).where(events_table.c.id == event_id).with_for_update(key_share=True))


def _members(  # the same for those who are in it and those who wait
    conn: Connection, vault: Vault, event_code: str, table: Table, when: Column[datetime], since: datetime | None
) -> tuple[Member, ...]:
    rows = (
        select(table.c.chat_id, chats.c.key_id, table.c.role, when.label("since"))
        .join(chats, chats.c.id == table.c.chat_id)
        .where(table.c.event_id == id_of(event_code))
        .order_by(when, table.c.chat_id)
    )
    found = conn.execute(rows if since is None else rows.where(when > since))
    return tuple(Member(row.chat_id, sign(vault, row.key_id, event_code), row.role, row.since) for row in found)

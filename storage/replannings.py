"""Planning everybody of an event anew, in slices: how far it has come is a row, so that it goes on after a crash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CompoundSelect, Connection, func, insert, select, union, update

from conversations.setting_up import Progress
from storage.database import new_id
from storage.events import code_of
from storage.tables import enrolments, group_links, replannings


@dataclass(frozen=True, slots=True)
class Replanning:
    """One of them: its event, whom to tell at the end (None for nobody), and the chat up to which it has come."""

    id: int
    event_id: int
    event: str
    chat_id: int | None
    after: int
    total: int


def begin(conn: Connection, event_id: int, chat_id: int | None, now: datetime) -> int:
    """Plan everybody of that event anew from here on; one that is under way begins again."""
    conn.execute(
        update(replannings)
        .where(replannings.c.event_id == event_id, replannings.c.finished_at.is_(None))
        .values(finished_at=now)
    )
    everybody = _chats(event_id).subquery()
    total = conn.execute(select(func.count()).select_from(everybody)).scalar_one()
    row = {"event_id": event_id, "chat_id": chat_id, "after": 0, "done": 0, "total": total, "begun_at": now}
    return new_id(conn.execute(insert(replannings), row))


def under_way(conn: Connection) -> tuple[Replanning, ...]:
    """Those that are not finished, in order."""
    rows = conn.execute(select(replannings).where(replannings.c.finished_at.is_(None)).order_by(replannings.c.id)).all()
    return tuple(
        Replanning(row.id, row.event_id, code_of(conn, row.event_id), row.chat_id, row.after, row.total) for row in rows
    )


def next_slice(conn: Connection, replanning: Replanning, most: int) -> Sequence[int]:
    """The chats that come next, at most so many: of people and of groups, in order."""
    everybody = _chats(replanning.event_id).subquery()
    following = select(everybody.c.chat_id).where(everybody.c.chat_id > replanning.after)
    return conn.scalars(following.order_by(everybody.c.chat_id).limit(most)).all()


def move_on(conn: Connection, replanning: Replanning, after: int, done: int) -> None:
    """It has come up to that chat, with so many more."""
    mine = update(replannings).where(replannings.c.id == replanning.id)
    conn.execute(mine.values(after=after, done=replannings.c.done + done))


def finish(conn: Connection, replanning: Replanning, now: datetime) -> bool:
    """It is done; false when it was already, or has begun again as another one."""
    mine = update(replannings).where(replannings.c.id == replanning.id, replannings.c.finished_at.is_(None))
    return conn.execute(mine.values(finished_at=now, done=replannings.c.total)).rowcount == 1


def progress(conn: Connection, event_id: int) -> Progress | None:
    """How far that event has come; None when nothing is under way."""
    found = select(replannings.c.done, replannings.c.total).where(
        replannings.c.event_id == event_id, replannings.c.finished_at.is_(None)
    )
    row = conn.execute(found).first()
    return Progress(min(row.done, row.total), row.total) if row is not None else None


def _chats(event_id: int) -> CompoundSelect[tuple[int]]:
    people = select(enrolments.c.chat_id).where(enrolments.c.event_id == event_id, enrolments.c.left_at.is_(None))
    return union(people, select(group_links.c.chat_id).where(group_links.c.event_id == event_id))

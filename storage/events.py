"""Events and the revisions of their packs, and the invitations to them."""

import hashlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import ColumnElement, Connection, ScalarSelect, bindparam, func, insert, select, update

from conversations.model import Event, Role
from conversations.scene import Invitation
from storage.codec import event_from_json, event_to_json
from storage.database import either, new_id, only
from storage.tables import events, invitations, revisions

_CODE_BYTES = 12  # 16 characters; a deep link's start parameter has room for 64


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to; `changed` is false when the newest revision already said the same.

    `revision` is the revision's id, `number` its number among those of the event, as people are told it.
    """

    event_code: str
    revision: int
    number: int
    changed: bool


class Contents:
    """Revisions read once and kept, the most recently used ones. A revision never changes, so nothing grows stale."""

    def __init__(self, capacity: int = 32) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[int, Event] = OrderedDict()
        self._lock = Lock()

    def content(self, conn: Connection, revision: int) -> Event:
        """What that revision says; LookupError when there is none."""
        with self._lock:
            kept = self._kept.get(revision)
            if kept is not None:
                self._kept.move_to_end(revision)
                return kept
        text = conn.scalar(select(revisions.c.content).where(revisions.c.id == revision))
        if text is None:
            raise LookupError(f"There is no revision {revision}")
        event = event_from_json(text)
        with self._lock:
            self._kept[revision] = event
            if len(self._kept) > self._capacity:
                self._kept.popitem(last=False)
        return event


def id_of(code: str | ColumnElement[str]) -> ScalarSelect[int]:
    """The id of the event with that code, inside another statement."""
    return select(events.c.id).where(events.c.code == code).scalar_subquery()


def newest_of(event_id: ColumnElement[int]) -> ScalarSelect[int]:
    """The id of an event's newest revision, inside another statement."""
    newest = select(revisions.c.id).where(revisions.c.event_id == event_id)
    return newest.order_by(revisions.c.rank.desc()).limit(1).scalar_subquery()


_LATEST = (
    select(revisions.c.id)
    .join(events, revisions.c.event_id == events.c.id)
    .where(events.c.code == bindparam("code"))
    .order_by(revisions.c.rank.desc())
    .limit(1)
)
_ADD_EVENT = either(lambda insert: insert(events).on_conflict_do_nothing())


def import_event(conn: Connection, event: Event, now: datetime) -> Imported:
    """Keep what the pack says. The same content is the same revision, however often it comes."""
    content = event_to_json(event)
    digest = hashlib.sha256(content.encode()).hexdigest()
    conn.execute(_ADD_EVENT[conn.dialect.name], {"code": event.code})
    # The lock lets two imports at once take turns.
    event_id = conn.execute(select(events.c.id).where(events.c.code == event.code).with_for_update()).scalar_one()
    newest = latest(conn, event.code)
    known = conn.scalar(select(revisions.c.id).where(revisions.c.event_id == event_id, revisions.c.digest == digest))
    if known is not None and known == newest:
        return Imported(event.code, known, numbers_of(conn, event.code)[known], changed=False)
    ranks = select(func.coalesce(func.max(revisions.c.rank), 0)).where(revisions.c.event_id == event_id)
    rank = conn.execute(ranks).scalar_one() + 1
    if known is not None:
        conn.execute(update(revisions).where(revisions.c.id == known).values(rank=rank, imported_at=now))
        return Imported(event.code, known, numbers_of(conn, event.code)[known], changed=True)
    row = {"event_id": event_id, "digest": digest, "content": content, "imported_at": now, "rank": rank}
    revision = new_id(conn.execute(insert(revisions), row))
    return Imported(event.code, revision, numbers_of(conn, event.code)[revision], changed=True)


def latest(conn: Connection, code: str) -> int | None:
    """The newest revision of the event with that code; None when there is no such event."""
    return conn.scalar(_LATEST, {"code": code}) if _storable(code) else None


def numbers_of(conn: Connection, code: str) -> dict[int, int]:
    """The revisions of the event with that code by their ids: each one's number, from 1, which it keeps for ever."""
    ids = select(revisions.c.id).where(revisions.c.event_id == id_of(code)).order_by(revisions.c.id)
    return {revision: number for number, revision in enumerate(conn.scalars(ids), start=1)}


def codes(conn: Connection) -> tuple[str, ...]:
    """The codes of all events, in alphabetical order."""
    return tuple(conn.scalars(select(events.c.code).order_by(events.c.code)))


def invite(  # one argument a column
    conn: Connection, code_of_event: str, role: Role, now: datetime, lifetime: timedelta | None, single_use: bool
) -> str:
    """A new invitation's code: 16 characters from A-Z a-z 0-9 _ -, which is what a Telegram deep link takes.

    It never expires when `lifetime` is None. LookupError when there is no such event.
    See https://core.telegram.org/bots/features#deep-linking.
    """
    event_id = only(conn.scalar(select(events.c.id).where(events.c.code == code_of_event)), f"event {code_of_event}")
    code = secrets.token_urlsafe(_CODE_BYTES)
    expires = None if lifetime is None else now + lifetime
    row = {"code": code, "event_id": event_id, "role": role, "expires_at": expires, "single_use": single_use}
    conn.execute(insert(invitations), row)
    return code


def invitation(conn: Connection, code: str, now: datetime) -> Invitation | None:
    """What the code stands for, with the newest revision; None when it is not known, used up or expired.

    One for a single use is locked until the transaction ends, so that of two people only one gets it.
    """
    if not _storable(code):
        return None
    found = (
        select(events.c.code, newest_of(events.c.id), invitations.c.role, invitations.c.single_use)
        .join(events, invitations.c.event_id == events.c.id)
        .where(invitations.c.code == code)
        .where(invitations.c.expires_at.is_(None) | (invitations.c.expires_at > now))
        .where(~invitations.c.single_use | invitations.c.used_at.is_(None))
    )
    row = conn.execute(found).first()
    if row is not None and row.single_use:
        row = conn.execute(found.with_for_update(of=invitations)).first()
    return None if row is None else Invitation(code, row[0], row[1], row[2])


def use_up(conn: Connection, code: str, now: datetime) -> None:
    """The invitation was used: one for a single use never works again."""
    conn.execute(
        update(invitations).where(invitations.c.code == code, invitations.c.used_at.is_(None)).values(used_at=now)
    )


def _storable(code: str) -> bool:
    """Whether a code can be looked up at all: strangers type them, and PostgreSQL has no text with a NUL in it."""
    return "\0" not in code

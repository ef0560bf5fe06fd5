"""Events and the revisions of their packs, and the invitations to them."""

import hashlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    bindparam,
    exists,
    func,
    insert,
    select,
    update,
)

from conversations.disclosure import FEWEST
from conversations.model import Event, EventState, Role
from conversations.scene import Admission, Invitation
from storage.codec import event_from_json, event_to_json
from storage.database import either, new_id, only
from storage.tables import enrolments, events, invitations, revisions

_CODE_BYTES = 12  # 16 characters; a deep link's start parameter has room for 64


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to; `changed` is false when the newest revision already said the same.

    `revision` is the revision's id, `number` its number among those of the event, as people are told it. `live` is
    false for an event that its team has closed or archived: nothing of it is sent.
    """

    event_code: str
    revision: int
    number: int
    changed: bool
    live: bool = True


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
    conn.execute(_ADD_EVENT[conn.dialect.name], {"code": event.code, "state": EventState.DRAFT})
    # The lock lets two imports at once take turns.
    event_id = conn.execute(
        select(events.c.id).where(events.c.code == event.code).with_for_update(key_share=True)
    ).scalar_one()
    newest = latest(conn, event.code)
    known = conn.scalar(select(revisions.c.id).where(revisions.c.event_id == event_id, revisions.c.digest == digest))
    state = conn.execute(select(events.c.state).where(events.c.id == event_id)).scalar_one()
    live = state in {EventState.DRAFT, EventState.LIVE}
    going_on = update(events).where(events.c.id == event_id, events.c.state == EventState.DRAFT)
    conn.execute(going_on.values(state=EventState.LIVE, version=events.c.version + 1))
    if known is not None and known == newest:
        return Imported(event.code, known, numbers_of(conn, event.code)[known], changed=False, live=live)
    conn.execute(update(events).where(events.c.id == event_id).values(version=events.c.version + 1))
    ranks = select(func.coalesce(func.max(revisions.c.rank), 0)).where(revisions.c.event_id == event_id)
    rank = conn.execute(ranks).scalar_one() + 1
    if known is not None:
        conn.execute(update(revisions).where(revisions.c.id == known).values(rank=rank, imported_at=now))
        return Imported(event.code, known, numbers_of(conn, event.code)[known], changed=True, live=live)
    row = {"event_id": event_id, "digest": digest, "content": content, "imported_at": now, "rank": rank}
    revision = new_id(conn.execute(insert(revisions), row))
    return Imported(event.code, revision, numbers_of(conn, event.code)[revision], changed=True, live=live)


def latest(conn: Connection, code: str) -> int | None:
    """The newest revision of the event with that code; None when there is no such event."""
    return conn.scalar(_LATEST, {"code": code}) if _storable(code) else None


def latest_live(conn: Connection, code: str) -> int | None:
    """The same for an event that is live; None for any other: nothing is planned for one that is not."""
    live = exists().where(events.c.code == bindparam("code"), events.c.state == EventState.LIVE)
    return conn.scalar(_LATEST.where(live), {"code": code}) if _storable(code) else None


def numbers_of(conn: Connection, code: str) -> dict[int, int]:
    """The revisions of the event with that code by their ids: each one's number, from 1, which it keeps for ever."""
    ids = select(revisions.c.id).where(revisions.c.event_id == id_of(code)).order_by(revisions.c.id)
    return {revision: number for number, revision in enumerate(conn.scalars(ids), start=1)}


def codes(conn: Connection) -> tuple[str, ...]:
    """The codes of all events of which something is published, in alphabetical order."""
    published = exists().where(revisions.c.event_id == events.c.id)
    return tuple(conn.scalars(select(events.c.code).where(published).order_by(events.c.code)))


def all_codes(conn: Connection) -> tuple[str, ...]:
    """The codes of all events, drafts with nothing published among them, in alphabetical order."""
    return tuple(conn.scalars(select(events.c.code).order_by(events.c.code)))


def number_of(conn: Connection, code: str) -> int:
    """The number of the event with that code; LookupError when there is none."""
    return only(conn.scalar(select(events.c.id).where(events.c.code == code)), f"event {code}")


def code_of(conn: Connection, event_id: int) -> str:
    """The code of the event with that number; LookupError when there is none."""
    code: str | None = conn.scalar(select(events.c.code).where(events.c.id == event_id))
    if code is None:
        raise LookupError(f"There is no event {event_id}")
    return code


def open_event(conn: Connection, code: str) -> int:
    """The number of the event with that code, which is begun if there is none: a draft, with nothing published yet."""
    conn.execute(_ADD_EVENT[conn.dialect.name], {"code": code, "state": EventState.DRAFT})
    return number_of(conn, code)


def fresh_code() -> str:
    """A code that nobody can guess: 16 characters from A-Z a-z 0-9 _ -, which is what a Telegram deep link takes.

    See https://core.telegram.org/bots/features#deep-linking.
    """
    return secrets.token_urlsafe(_CODE_BYTES)


def invite(  # one argument a column
    conn: Connection,
    code_of_event: str,
    role: Role,
    now: datetime,
    lifetime: timedelta | None,
    places: int | None,
    *,
    code: str = "",
    vouched: bool = False,
    part: str = "",
) -> str:
    """A new invitation's code, by default a fresh one.

    It never expires when `lifetime` is None, and any number of people may use it when `places` is. Whoever opens a
    `vouched` one need not be confirmed. `part` is what participants are invited as. LookupError when there is no such
    event.
    """
    code = code or fresh_code()
    event_id = number_of(conn, code_of_event)
    row = {
        "code": code,
        "event_id": event_id,
        "role": role,
        "number": next_number(conn, event_id) if role is Role.PARTICIPANT else None,
        "part": part,
        "created_at": now,
        "expires_at": None if lifetime is None else now + lifetime,
        "places": places,
        "uses": 0,
        "vouched": vouched,
    }
    conn.execute(insert(invitations), row)
    return code


def next_number(conn: Connection, event_id: int) -> int:
    """The number of the event's next invitation for participants; whoever else makes one waits until this is over."""
    # The weaker lock lets those go on who are joining: their rows only refer to the event.
    conn.execute(select(events.c.id).where(events.c.id == event_id).with_for_update(key_share=True))
    newest = select(func.coalesce(func.max(invitations.c.number), 0)).where(invitations.c.event_id == event_id)
    return int(conn.execute(newest).scalar_one()) + 1


def invitation(conn: Connection, code: str, now: datetime, chat_id: int | None = None) -> Invitation | None:
    """What the code stands for, with the newest revision, for the person of that chat.

    None when it is unknown or taken back, and for one to a team that is used up or expired. One for participants leads
    nowhere while its event is not live. One to a team that has a limited number of places is locked until the
    transaction ends, so that of two people only one gets the last place; for participants that is seen to when they
    join (`storage.admission`).
    """
    if not _storable(code):
        return None
    found = (
        select(invitations, events.c.code.label("event"), newest_of(events.c.id).label("revision"))
        .join(events, invitations.c.event_id == events.c.id)
        .where(invitations.c.code == code, invitations.c.revoked_at.is_(None))
        .where((events.c.state == EventState.LIVE) | (invitations.c.role != Role.PARTICIPANT))
    )
    row = conn.execute(found).first()
    if row is not None and row.places is not None and row.role is not Role.PARTICIPANT:
        row = conn.execute(found.with_for_update(of=invitations)).first()
    if row is None:
        return None
    admission = _admission(conn, row, now, chat_id)
    if row.role is not Role.PARTICIPANT and admission is not Admission.OPEN:
        return None
    return Invitation(code, row.event, row.revision or 0, row.role, row.event_id, row.vouched, admission)


def _admission(conn: Connection, row: Row[*tuple[Any, ...]], now: datetime, chat_id: int | None) -> Admission:
    if row.expires_at is not None and row.expires_at <= now:
        return Admission.EXPIRED
    if row.places is None or row.uses < row.places:
        return Admission.OPEN
    if row.role is not Role.PARTICIPANT:
        return Admission.FULL  # also to somebody who takes part: that gives nobody a place in the team
    # Of an invitation for few people that shows only when somebody is about to join: otherwise whoever made it for one
    # person need but open it to learn whether that person has joined. Whoever took part before needs no place.
    before = exists().where(enrolments.c.chat_id == chat_id, enrolments.c.event_id == row.event_id)
    return Admission.FULL if row.places >= FEWEST and not conn.scalar(select(before)) else Admission.OPEN


def use(conn: Connection, code: str) -> None:
    """The invitation was used once more."""
    conn.execute(update(invitations).where(invitations.c.code == code).values(uses=invitations.c.uses + 1))


def _storable(code: str) -> bool:
    """Whether a code can be looked up at all: strangers type them, and PostgreSQL has no text with a NUL in it."""
    return "\0" not in code

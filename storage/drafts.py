"""Workbooks that were sent and wait to be published. Of each event the newest one counts."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, literal_column, or_, select, update

from conversations.readiness_json import report_from_json, report_to_json
from conversations.setting_up import Draft, Upload
from storage.codec import event_from_json, event_to_json
from storage.states import DraftState
from storage.tables import drafts

_OPEN = drafts.c.state == literal_column(f"'{DraftState.OPEN}'")


def keep(  # one argument a column
    conn: Connection, draft_id: int, chat_id: int, event_id: int | None, upload: Upload, now: datetime
) -> None:
    """Keep it as the newest one: what waited for the same event, or for none from the same person, is overtaken."""
    # One without an event that can be told was the same workbook in the making.
    alike = or_(drafts.c.event_id == event_id, drafts.c.event_id.is_(None) & (drafts.c.chat_id == chat_id))
    conn.execute(update(drafts).where(_OPEN, alike).values(state=DraftState.SUPERSEDED))
    row = {
        "id": draft_id,
        "event_id": event_id,
        "chat_id": chat_id,
        "code": upload.code,
        "content": event_to_json(upload.event) if upload.event is not None else None,
        "report": report_to_json(upload.report),
        "digest": upload.digest,
        "uploaded_at": now,
        "state": DraftState.OPEN,
    }
    conn.execute(insert(drafts), row)


def by_id(conn: Connection, draft_id: int, chat_id: int) -> Draft | None:
    """The draft with that number, whatever became of it; one without an event only for the chat that sent it."""
    row = conn.execute(select(drafts).where(*_visible(draft_id, chat_id))).first()
    return _draft(row) if row is not None else None


def event_of(conn: Connection, draft_id: int, chat_id: int) -> int | None:
    """The number of the event that the draft is of, 0 for one without; None when there is none for that chat to see."""
    row = conn.execute(select(drafts.c.event_id).where(*_visible(draft_id, chat_id))).first()
    return row.event_id or 0 if row is not None else None


def newest(conn: Connection, event_id: int) -> Draft | None:
    """The draft that waits for that event; None when there is none."""
    found = select(drafts).where(_OPEN, drafts.c.event_id == event_id).order_by(drafts.c.id.desc()).limit(1)
    row = conn.execute(found).first()
    return _draft(row) if row is not None else None


def without_event(conn: Connection, chat_id: int) -> Draft | None:
    """The newest one that this person sent and of which no event can be told; None when there is none."""
    theirs = select(drafts).where(_OPEN, drafts.c.event_id.is_(None), drafts.c.chat_id == chat_id)
    row = conn.execute(theirs.order_by(drafts.c.id.desc()).limit(1)).first()
    return _draft(row) if row is not None else None


def waiting(conn: Connection, events: Collection[int]) -> frozenset[int]:
    """Those of these events for which a draft waits."""
    rows = select(drafts.c.event_id).where(_OPEN, drafts.c.event_id.in_(list(events)))
    return frozenset(each for each in conn.scalars(rows) if each is not None)


def settle(conn: Connection, draft_id: int, state: DraftState) -> bool:
    """What became of it; false, and nothing changes, when it does not wait any more."""
    settling = update(drafts).where(drafts.c.id == draft_id, _OPEN)
    return conn.execute(settling.values(state=state)).rowcount == 1


def _visible(draft_id: int, chat_id: int) -> tuple[ColumnElement[bool], ...]:
    return drafts.c.id == draft_id, drafts.c.event_id.is_not(None) | (drafts.c.chat_id == chat_id)


def _draft(row: Row[*tuple[Any, ...]]) -> Draft:
    event = event_from_json(row.content) if row.content is not None else None
    upload = Upload(row.code, event, report_from_json(row.report), row.digest)
    return Draft(row.id, row.event_id, upload, row.uploaded_at, row.state is DraftState.OPEN)

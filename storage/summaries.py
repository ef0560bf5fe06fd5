"""Summaries for teams: the next one that somebody wants of an event is a planned thing of theirs, and nothing else is.

Its name says how often they come. Nobody gets any as long as none is planned.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from conversations.following import Often
from conversations.policy import Reason
from conversations.timing import TouchpointKind
from storage.database import either
from storage.events import newest_of
from storage.plans import COMING
from storage.states import PlanState
from storage.tables import events, plans

_THEIRS = (
    plans.c.chat_id == bindparam("chat"),
    plans.c.event_id == bindparam("event"),
    plans.c.kind == TouchpointKind.SUMMARY,
)
_OFTEN = select(plans.c.name).where(*_THEIRS, COMING).order_by(plans.c.due_at.desc()).limit(1)
_LAST = select(func.max(plans.c.settled_at)).where(*_THEIRS, plans.c.state == PlanState.SENT)
_NEWEST = select(newest_of(events.c.id)).where(events.c.id == bindparam("event"))
_PLAN = either(
    lambda insert: (planning := insert(plans)).on_conflict_do_update(
        index_elements=["chat_id", "event_id", "kind", "name", "occurrence"],
        # It was chosen, taken back and chosen again.
        set_={
            "due_at": planning.excluded.due_at,
            "revision_id": planning.excluded.revision_id,
            "state": PlanState.PLANNED,
            "reason": None,
            "settled_at": None,
        },
        where=plans.c.state != PlanState.SENT,
    )
)
_HOUR = 3600


def often(conn: Connection, chat_id: int, event_id: int) -> Often | None:
    """How often that person gets summaries of that event; None when they want none."""
    name = conn.scalar(_OFTEN, {"chat": chat_id, "event": event_id})
    return Often(name) if name is not None else None


def last_sent(conn: Connection, chat_id: int, event_id: int) -> datetime | None:
    """When (UTC) their last one was sent; None when none ever was."""
    last: datetime | None = conn.scalar(_LAST, {"chat": chat_id, "event": event_id})
    return last


def plan(  # one argument a column
    conn: Connection, chat_id: int, event_id: int, wanted: Often | None, due: datetime | None, now: datetime
) -> None:
    """From here on the next one is due then, in place of any other; none at all when `wanted` is None.

    LookupError when nothing of the event is published.
    """
    theirs = {"chat": chat_id, "event": event_id}
    taken_back = {"state": PlanState.HELD, "reason": Reason.DECLINED, "settled_at": now}
    conn.execute(update(plans).where(*_THEIRS, COMING).values(taken_back), theirs)
    if wanted is None or due is None:
        return
    revision = conn.scalar(_NEWEST, {"event": event_id})
    if revision is None:
        raise LookupError(f"Nothing of event {event_id} is published")
    row = {
        "chat_id": chat_id,
        "event_id": event_id,
        "kind": TouchpointKind.SUMMARY,
        "name": wanted,
        # The hour that it is due in names it for ever, whatever was chosen in between.
        "occurrence": int(due.timestamp()) // _HOUR,
        "due_at": due,
        "planned_at": due,
        "revision_id": revision,
        "state": PlanState.PLANNED,
    }
    conn.execute(_PLAN[conn.dialect.name], row)

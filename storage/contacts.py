"""What has been sent to a chat unasked and what is to ask next: what the delivery policy weighs.

Summaries do not count: whoever gets one has asked for it, for their work.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select

from conversations.timing import TouchpointKind
from storage import stops
from storage.database import UtcDateTime
from storage.plans import COMING
from storage.states import PlanState
from storage.tables import plans


@dataclass(frozen=True, slots=True)
class Asking:
    """When (UTC) the next survey of a chat is due, and the next survey or reminder; None when none is."""

    survey: datetime | None = None
    any: datetime | None = None


_SENT_TO = (
    select(plans.c.settled_at)
    .where(
        plans.c.chat_id == bindparam("chat"),
        plans.c.state == PlanState.SENT,
        plans.c.kind != TouchpointKind.SUMMARY,
        plans.c.settled_at > bindparam("since", type_=UtcDateTime),
    )
    .order_by(plans.c.settled_at)
)
_NEXT_ASKING = select(
    func.min(plans.c.due_at).filter(plans.c.kind == TouchpointKind.SURVEY), func.min(plans.c.due_at)
).where(
    plans.c.chat_id == bindparam("chat"),
    COMING,
    plans.c.kind.in_((TouchpointKind.SURVEY, TouchpointKind.REMINDER)),
    # Nothing gives way to what does not come.
    ~stops.covering(plans.c.event_id),
)
_A_DAY = timedelta(days=1)
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_UNHEEDED = select(func.count()).where(
    plans.c.chat_id == bindparam("chat"),
    plans.c.state == PlanState.SENT,
    plans.c.kind.not_in((TouchpointKind.REMINDER, TouchpointKind.SUMMARY, TouchpointKind.BROADCAST)),
    plans.c.settled_at > bindparam("heard", type_=UtcDateTime),
    plans.c.settled_at <= bindparam("lately", type_=UtcDateTime),
)


def sent_to(conn: Connection, chat_id: int, since: datetime) -> tuple[datetime, ...]:
    """When (UTC) what was sent to that chat unasked since then was, in order."""
    return tuple(conn.scalars(_SENT_TO, {"chat": chat_id, "since": since}))


def next_asking(conn: Connection, chat_id: int) -> Asking:
    """The next survey that is planned for that chat, and the next survey or reminder."""
    return Asking(*conn.execute(_NEXT_ASKING, {"chat": chat_id}).one())


def unheeded(conn: Connection, chat_id: int, heard: datetime | None, now: datetime) -> int:
    """How many messages have come unasked since somebody was heard there, a survey and its reminders as one.

    Broadcasts do not count: many of them need no answer.
    What came within the last day may yet be heeded.
    """
    since = {"chat": chat_id, "heard": heard or _EVER, "lately": now - _A_DAY}
    return conn.execute(_UNHEEDED, since).scalar_one()

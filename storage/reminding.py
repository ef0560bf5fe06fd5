"""Reminding by hand: those who have not answered a wave get their next reminder now, as far as they may get one.

It makes no reminders beside the two that a survey has: the next one that is planned comes earlier, and where none is
planned, the first of the two that was never sent.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, exists, or_, select, update

from conversations.following import NOT_AGAIN_FOR
from conversations.model import Purpose
from conversations.schedule import MOST_REMINDERS, Planned
from conversations.timing import TouchpointKind
from storage.database import UtcDateTime, either
from storage.plans import row_of
from storage.states import PlanState
from storage.tables import chats, consents, enrolments, plans, reminded_waves, responses

_WORTH = timedelta(days=7)
"""How long one that was not planned may wait: the longest that the policy keeps it waiting."""

_Row = Row[*tuple[Any, ...]]
_NOW = bindparam("now", type_=UtcDateTime)
_reminder = plans.alias("reminder")
_OPEN = (
    select(
        plans.c.id,
        plans.c.chat_id,
        plans.c.closes_at,
        plans.c.revision_id,
        _reminder.c.id.label("reminder"),
        _reminder.c.occurrence,
        _reminder.c.state,
        _reminder.c.settled_at,
        _reminder.c.expires_at,
    )
    .select_from(enrolments)
    .join(plans, and_(plans.c.chat_id == enrolments.c.chat_id, plans.c.event_id == enrolments.c.event_id))
    .join(chats, chats.c.id == plans.c.chat_id)
    .outerjoin(responses, responses.c.plan_id == plans.c.id)
    .outerjoin(
        _reminder,
        and_(
            _reminder.c.chat_id == plans.c.chat_id,
            _reminder.c.event_id == plans.c.event_id,
            _reminder.c.kind == TouchpointKind.REMINDER,
            _reminder.c.name == plans.c.name,
            _reminder.c.occurrence.between(bindparam("first"), bindparam("last")),
        ),
    )
    .where(
        enrolments.c.event_id == bindparam("event"),
        enrolments.c.left_at.is_(None),
        plans.c.kind == TouchpointKind.SURVEY,
        plans.c.name == bindparam("survey"),
        plans.c.occurrence == bindparam("occurrence"),
        plans.c.state == PlanState.SENT,
        plans.c.declined_at.is_(None),
        or_(plans.c.closes_at.is_(None), plans.c.closes_at > _NOW),
        responses.c.completed_at.is_(None),
        chats.c.reachable,
        or_(chats.c.paused_until.is_(None), chats.c.paused_until <= _NOW),
        exists().where(consents.c.enrolment_id == enrolments.c.id, consents.c.purpose == Purpose.SURVEYS),
    )
    .order_by(plans.c.id, _reminder.c.occurrence)
)
_REMINDED = either(
    lambda insert: (noting := insert(reminded_waves)).on_conflict_do_update(
        index_elements=["event_id", "survey", "occurrence"], set_={"reminded_at": noting.excluded.reminded_at}
    )
)
_MAKE_DUE = (
    update(plans)
    .where(plans.c.id == bindparam("plan"), plans.c.state != PlanState.SENT)
    .values(state=PlanState.PLANNED, reason=None, settled_at=None)
)
_ADD = either(lambda insert: insert(plans).on_conflict_do_nothing())


def remind(conn: Connection, event_id: int, survey: str, occurrence: int, now: datetime) -> None:
    """Make the next reminder of that wave due now, for everybody who may get one; a few statements for all of them.

    Left out is who answered or declined it, left, paused, agrees to no surveys, or cannot be reached; to whom the
    survey did not go out; who was reminded of it within NOT_AGAIN_FOR, or twice. The policy decides over each as ever.
    """
    first = occurrence * MOST_REMINDERS
    numbers = range(first, first + MOST_REMINDERS)
    wave = {"event": event_id, "survey": survey, "occurrence": occurrence, "now": now}
    found = conn.execute(_OPEN, {**wave, "first": numbers[0], "last": numbers[-1]}).all()
    changed: list[dict[str, object]] = []
    new: list[dict[str, object]] = []
    for _, rows in groupby(found, key=lambda row: row.id):
        theirs = list(rows)
        if _reminded_since(theirs, now - NOT_AGAIN_FOR):
            continue
        wanted = _next(theirs, numbers)
        if wanted is None:
            continue
        number, known = wanted
        row, planned = theirs[0], Planned(TouchpointKind.REMINDER, survey, number, now, _end(theirs[0].closes_at, now))
        if known is None:
            new.append(row_of(event_id, row.chat_id, planned, row.revision_id))
        else:
            changed.append({"plan": known.reminder, **_due_now(known, planned)})
    if changed:
        conn.execute(_MAKE_DUE, changed)
    if new:
        conn.execute(_ADD[conn.dialect.name], new)
    noted = {"event_id": event_id, "survey": survey, "occurrence": occurrence, "reminded_at": now}
    conn.execute(_REMINDED[conn.dialect.name], noted)


def _next(rows: Sequence[_Row], numbers: range) -> tuple[int, _Row | None] | None:
    """Which of a person's reminders is next, and its row if there is one; None when all went out."""
    known = {row.occurrence: row for row in rows if row.reminder is not None}
    coming = next((row for row in known.values() if row.state is PlanState.PLANNED), None)
    if coming is not None:
        return coming.occurrence, coming
    unsent = (number for number in numbers if number not in known or known[number].state is PlanState.HELD)
    return next(((number, known.get(number)) for number in unsent), None)


def _due_now(known: _Row, planned: Planned) -> dict[str, object]:
    """One that is still to come keeps its end, which is where the next one begins."""
    end = known.expires_at if known.state is PlanState.PLANNED else planned.expires
    return {"due_at": planned.due, "expires_at": end}


def _reminded_since(rows: Sequence[_Row], since: datetime) -> bool:
    return any(row.state is PlanState.SENT and row.settled_at is not None and row.settled_at > since for row in rows)


def _end(closes: datetime | None, now: datetime) -> datetime:
    return min(now + _WORTH, closes or now + _WORTH)

"""Recall questions: which were asked, how they were answered, and what each participant has in mind."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, insert, select, update

from conversations.model import Language
from conversations.refreshers import Item, Memory
from storage.database import UtcDateTime, either
from storage.tables import enrolments, memories, plans, recalls

_ENROLMENT = (
    select(enrolments.c.id)
    .join(plans, and_(plans.c.chat_id == enrolments.c.chat_id, plans.c.event_id == enrolments.c.event_id))
    .where(plans.c.id == bindparam("plan"))
)
_ITEMS = (
    select(recalls.c.message, recalls.c.question, recalls.c.choice, recalls.c.recalled_at)
    .where(recalls.c.plan_id == bindparam("plan"))
    .order_by(recalls.c.position)
)
_ANSWER = (
    update(recalls)
    .where(
        recalls.c.plan_id == bindparam("plan"),
        recalls.c.message == bindparam("asked"),
        recalls.c.recalled_at.is_(None),
    )
    .values(recalled_at=bindparam("at", type_=UtcDateTime))
)
_KEEP = either(
    lambda insert: (keeping := insert(memories)).on_conflict_do_update(
        index_elements=["enrolment_id", "message"],
        set_={name: keeping.excluded[name] for name in ("rung", "due_at", "stability", "difficulty", "reviewed_at")},
    )
)
_MEMORIES = select(memories).where(memories.c.enrolment_id.in_(bindparam("enrolments", expanding=True)))
_ASKED = (
    select(recalls.c.enrolment_id, recalls.c.message, recalls.c.question)
    .where(recalls.c.enrolment_id.in_(bindparam("enrolments", expanding=True)))
    .order_by(recalls.c.plan_id, recalls.c.position)
)

NOT_KNOWN = ""
"""The choice of an item that was answered with not knowing."""


def items(conn: Connection, plan_id: int) -> tuple[Item, ...]:
    """The recall questions of a refresher that was sent, in their order."""
    return tuple(
        Item(row.message, row.question, None if row.recalled_at is None else row.choice or NOT_KNOWN)
        for row in conn.execute(_ITEMS, {"plan": plan_id})
    )


def ask(conn: Connection, plan_id: int, asked: Sequence[Item], kept: Iterable[Memory], now: datetime) -> None:
    """A refresher asks these questions; the memories are kept as they are from now on."""
    enrolment: int = conn.execute(_ENROLMENT, {"plan": plan_id}).scalar_one()
    rows = [
        {
            "plan_id": plan_id,
            "message": item.message,
            "enrolment_id": enrolment,
            "question": item.question,
            "position": position,
            "asked_at": now,
        }
        for position, item in enumerate(asked)
    ]
    conn.execute(insert(recalls), rows)
    _keep(conn, enrolment, kept)


def answer(  # one argument a column
    conn: Connection,
    plan_id: int,
    message: str,
    choice: str | None,
    right: bool,
    sure: bool,
    language: Language,
    memory: Memory,
    now: datetime,
) -> None:
    """How a recall question was answered, `choice` None for not knowing; the first answer counts."""
    given = {"plan": plan_id, "asked": message, "at": now}
    said = {"choice": choice, "right": right, "sure": sure, "language": language}
    if conn.execute(_ANSWER.values(said), given).rowcount == 1:
        enrolment: int = conn.execute(_ENROLMENT, {"plan": plan_id}).scalar_one()
        _keep(conn, enrolment, [memory])


def of_enrolments(conn: Connection, wanted: Sequence[int]) -> dict[int, tuple[Memory, ...]]:
    """What those participants were asked and have in mind, by enrolment."""
    asked: dict[tuple[int, str], list[int]] = defaultdict(list)
    for row in conn.execute(_ASKED, {"enrolments": wanted}):
        asked[row.enrolment_id, row.message].append(row.question)
    found: dict[int, list[Memory]] = defaultdict(list)
    for row in conn.execute(_MEMORIES, {"enrolments": wanted}):
        found[row.enrolment_id].append(
            Memory(
                row.message,
                row.rung,
                row.due_at,
                row.stability,
                row.difficulty,
                row.reviewed_at,
                tuple(asked[row.enrolment_id, row.message]),
            )
        )
    return {enrolment: tuple(each) for enrolment, each in found.items()}


def _keep(conn: Connection, enrolment: int, kept: Iterable[Memory]) -> None:
    rows = [
        {
            "enrolment_id": enrolment,
            "message": memory.message,
            "rung": memory.rung,
            "due_at": memory.due,
            "stability": memory.stability,
            "difficulty": memory.difficulty,
            "reviewed_at": memory.reviewed,
        }
        for memory in kept
    ]
    if rows:
        conn.execute(_KEEP[conn.dialect.name], rows)

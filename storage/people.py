"""Participants as planning looks at them: when they joined, where they live, and what their year depends on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, case, func, select, union_all

from conversations.model import Event, Purpose
from conversations.policy import Reason
from conversations.schedule import Who
from conversations.timing import LADDER_NAME, Anchor, TouchpointKind, is_ladder
from storage import recalls
from storage.events import id_of
from storage.states import PlanState
from storage.tables import chats, consents, enrolments, plans, profile_answers, responses
from storage.tables import recalls as recalls_table


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who takes part in an event; `zone` is None until they confirmed one, `joined` is UTC.

    `purposes` are those they agreed to.
    """

    chat_id: int
    zone: str | None
    joined: datetime
    purposes: frozenset[Purpose]
    who: Who


class _Laddered(NamedTuple):
    nudges: int = 0
    last: datetime | None = None


_MEMBERS = (
    select(
        enrolments.c.id,
        enrolments.c.chat_id,
        enrolments.c.joined_at,
        enrolments.c.part,
        chats.c.zone,
        chats.c.language,
    )
    .join(chats, enrolments.c.chat_id == chats.c.id)
    .where(
        enrolments.c.event_id == id_of(bindparam("event")),
        enrolments.c.left_at.is_(None),
        enrolments.c.chat_id.in_(bindparam("chats", expanding=True)),
    )
    .order_by(enrolments.c.chat_id)
)
_AMONG: BindParameter[int] = bindparam("enrolments", expanding=True)
_PURPOSES = select(consents.c.enrolment_id, consents.c.purpose).where(consents.c.enrolment_id.in_(_AMONG))
_PROFILES = select(profile_answers).where(profile_answers.c.enrolment_id.in_(_AMONG))
_COMPLETED = union_all(
    select(responses.c.enrolment_id, responses.c.survey.label("name"), func.min(responses.c.completed_at).label("at"))
    .where(responses.c.enrolment_id.in_(_AMONG), responses.c.completed_at.is_not(None))
    .group_by(responses.c.enrolment_id, responses.c.survey),
    select(recalls_table.c.enrolment_id, recalls_table.c.message, func.min(recalls_table.c.recalled_at))
    .where(recalls_table.c.enrolment_id.in_(_AMONG), recalls_table.c.recalled_at.is_not(None))
    .group_by(recalls_table.c.enrolment_id, recalls_table.c.message),
)
_LADDERED = (
    # One that somebody left out leaves its place empty: the next one keeps its distance from there.
    select(
        plans.c.chat_id,
        func.count().label("nudges"),
        func.max(
            case(
                (plans.c.reason == Reason.SENT, plans.c.settled_at),
                (plans.c.reason == Reason.DECLINED, plans.c.due_at),
            )
        ).label("last"),
    )
    .where(
        plans.c.chat_id.in_(bindparam("chats", expanding=True)),
        plans.c.event_id == id_of(bindparam("event")),
        plans.c.kind == TouchpointKind.REFRESHER,
        plans.c.name == LADDER_NAME,
        plans.c.state != PlanState.PLANNED,
    )
    .group_by(plans.c.chat_id)
)


def members(conn: Connection, event: Event, among: Sequence[int]) -> tuple[Member, ...]:
    """Those of these chats that take part in the event now, by chat id, in a few statements however many there are."""
    rows = conn.execute(_MEMBERS, {"event": event.code, "chats": list(among)}).all()
    ids = {"enrolments": [row.id for row in rows]}
    purposes = _gathered((row.enrolment_id, row.purpose) for row in conn.execute(_PURPOSES, ids))
    profiles: dict[int, dict[str, str]] = defaultdict(dict)
    if any(each.audience for each in event.schedule):
        for enrolment, question, choice in conn.execute(_PROFILES, ids):
            profiles[enrolment][question] = choice
    completed: dict[int, dict[str, datetime]] = defaultdict(dict)
    if any(each.anchor is Anchor.COMPLETION for each in event.schedule):
        for enrolment, name, at in conn.execute(_COMPLETED, ids):
            completed[enrolment].setdefault(name, at)
    remembered = recalls.of_enrolments(conn, ids["enrolments"]) if event.messages else {}
    laddered = _laddered(conn, event.code, among) if any(map(is_ladder, event.schedule)) else {}
    return tuple(
        Member(
            row.chat_id,
            row.zone,
            row.joined_at,
            frozenset(purposes[row.id]),
            Who(
                row.id,
                row.language,
                profiles[row.id],
                completed[row.id],
                remembered.get(row.id, ()),
                *laddered.get(row.chat_id, _Laddered()),
                row.part,
            ),
        )
        for row in rows
    )


def member(conn: Connection, event: Event, chat_id: int) -> Member | None:
    """That person as a participant of the event; None when they are not one."""
    return next(iter(members(conn, event, [chat_id])), None)


def everyone(conn: Connection, event_code: str) -> Iterator[int]:
    """The chats of all who take part in the event now, in order."""
    taking_part = select(enrolments.c.chat_id).where(
        enrolments.c.event_id == id_of(event_code), enrolments.c.left_at.is_(None)
    )
    return iter(conn.scalars(taking_part.order_by(enrolments.c.chat_id)).all())


def _laddered(conn: Connection, event_code: str, among: Sequence[int]) -> dict[int, _Laddered]:
    rows = conn.execute(_LADDERED, {"chats": list(among), "event": event_code})
    return {row.chat_id: _Laddered(row.nudges, row.last) for row in rows}


def _gathered(pairs: Iterable[tuple[int, Purpose]]) -> dict[int, set[Purpose]]:
    found: dict[int, set[Purpose]] = defaultdict(set)
    for enrolment, purpose in pairs:
        found[enrolment].add(purpose)
    return found

"""Who takes part in which event, with what consent."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, delete, insert, select, update

from conversations.model import Purpose
from conversations.policy import Reason
from conversations.scene import Enrolment
from storage.database import either, only
from storage.events import id_of, newest_of
from storage.forsaking import forsake
from storage.states import PlanState
from storage.tables import (
    appointments,
    candidates,
    consents,
    enrolments,
    events,
    plans,
    profile_answers,
    stories,
)

_OF_CHAT = (
    select(
        enrolments.c.id,
        events.c.code,
        enrolments.c.revision_id,
        enrolments.c.joined_at,
        newest_of(events.c.id),
        consents.c.purpose,
    )
    .join(events, enrolments.c.event_id == events.c.id)
    .outerjoin(consents, consents.c.enrolment_id == enrolments.c.id)
    .where(enrolments.c.chat_id == bindparam("chat"), enrolments.c.left_at.is_(None))
    .order_by(enrolments.c.joined_at, enrolments.c.id)
)
_ENROL = either(
    lambda insert: (
        (joining := insert(enrolments))
        .on_conflict_do_update(
            index_elements=["chat_id", "event_id"],
            # Who comes back takes up the year where it is: the day they first joined stays.
            set_={
                "revision_id": joining.excluded.revision_id,
                "left_at": None,
                "part": case((joining.excluded.part == "", enrolments.c.part), else_=joining.excluded.part),
            },
        )
        .returning(enrolments.c.id)
    )
)


def enrol(  # one argument a column
    conn: Connection,
    chat_id: int,
    event_code: str,
    revision: int,
    purposes: Iterable[Purpose],
    profile: Iterable[tuple[str, str]],
    now: datetime,
    part: str = "",
) -> int:
    """The id of the enrolment. Whoever joins again after leaving has the same one, with the new consent and profile.

    `part` is what they were invited as; whoever is invited as nothing in particular keeps what they were.
    """
    event_id = only(conn.scalar(select(events.c.id).where(events.c.code == event_code)), f"event {event_code}")
    row = {"chat_id": chat_id, "event_id": event_id, "revision_id": revision, "joined_at": now, "part": part}
    enrolment: int = conn.execute(_ENROL[conn.dialect.name], row).scalar_one()
    for table in (consents, profile_answers):
        conn.execute(delete(table).where(table.c.enrolment_id == enrolment))
    given = [{"enrolment_id": enrolment, "purpose": each, "given_at": now} for each in sorted(set(purposes))]
    if given:
        conn.execute(insert(consents), given)
    told = [{"enrolment_id": enrolment, "question": each, "choice": choice} for each, choice in dict(profile).items()]
    if told:
        conn.execute(insert(profile_answers), told)
    return enrolment


def first_joined(conn: Connection, chat_id: int, event_code: str) -> datetime | None:
    """When this person first joined that event (UTC), whether or not they left since; None when they never did."""
    joined = select(enrolments.c.joined_at).where(
        enrolments.c.chat_id == chat_id, enrolments.c.event_id == id_of(event_code)
    )
    first: datetime | None = conn.scalar(joined)
    return first


def leave_all(conn: Connection, chat_id: int, now: datetime) -> None:
    """The person leaves every event, and every team too; whatever was still planned for them is held back.

    Their stories go as well: those that were told already are told to no further group.
    Whoever asked for contact, and had it with them, is due at once.
    """
    for roles in (appointments, candidates):
        conn.execute(delete(roles).where(roles.c.chat_id == chat_id))
    forsake(conn, chat_id)
    conn.execute(delete(stories).where(stories.c.chat_id == chat_id))
    conn.execute(
        update(enrolments).where(enrolments.c.chat_id == chat_id, enrolments.c.left_at.is_(None)).values(left_at=now)
    )
    conn.execute(
        update(plans)
        .where(plans.c.chat_id == chat_id, plans.c.state == PlanState.PLANNED)
        .values(state=PlanState.HELD, reason=Reason.LEFT, settled_at=now)
    )


def of_chat(conn: Connection, chat_id: int) -> tuple[Enrolment, ...]:
    """The events that the person takes part in now, the one joined first leading."""
    found: dict[int, Enrolment] = {}
    for enrolment, code, revision, joined, newest, purpose in conn.execute(_OF_CHAT, {"chat": chat_id}):
        before = found[enrolment].purposes if enrolment in found else frozenset()
        agreed = before | ({purpose} if purpose else set())
        found[enrolment] = Enrolment(code, revision, agreed, joined, newest)
    return tuple(found.values())


def set_purpose(  # one argument a column
    conn: Connection, chat_id: int, event_code: str, purpose: Purpose, given: bool, now: datetime
) -> None:
    """The person gives their consent to that purpose of the event, or takes it back; again does no harm."""
    mine = enrolments.c.chat_id == chat_id, enrolments.c.event_id == id_of(event_code)
    enrolment = conn.execute(select(enrolments.c.id).where(*mine)).scalar_one()
    conn.execute(delete(consents).where(consents.c.enrolment_id == enrolment, consents.c.purpose == purpose))
    if given:
        conn.execute(insert(consents), {"enrolment_id": enrolment, "purpose": purpose, "given_at": now})

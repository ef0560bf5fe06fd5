"""The people of an event as an audience looks at them. They are counted; nobody of a team gets to see them."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, select

from conversations.broadcasts import Person
from conversations.schedule import PART_NAME
from storage.tables import chats, consents, enrolments, profile_answers, responses


def people(conn: Connection, event_id: int, midnight: datetime) -> tuple[Person, ...]:
    """Everybody who takes part in that event or did, in four statements however many they are.

    `midnight` (UTC) is the last one there, up to which a team may learn who has answered.
    """
    here = enrolments.c.event_id == event_id
    agreed = set(
        conn.scalars(
            select(consents.c.enrolment_id).join(enrolments, consents.c.enrolment_id == enrolments.c.id).where(here)
        )
    )
    profiles: dict[int, dict[str, str]] = defaultdict(dict)
    told = select(profile_answers).join(enrolments, profile_answers.c.enrolment_id == enrolments.c.id).where(here)
    for enrolment, question, choice in conn.execute(told):
        profiles[enrolment][question] = choice
    submitted: dict[int, set[str]] = defaultdict(set)
    known: dict[int, set[str]] = defaultdict(set)
    sent = (
        select(responses.c.enrolment_id, responses.c.survey, responses.c.completed_at)
        .join(enrolments, responses.c.enrolment_id == enrolments.c.id)
        .where(here, responses.c.completed_at.is_not(None))
    )
    for enrolment, survey, completed in conn.execute(sent):
        submitted[enrolment].add(survey)
        if completed <= midnight:
            known[enrolment].add(survey)
    rows = conn.execute(
        select(
            enrolments.c.id,
            enrolments.c.chat_id,
            enrolments.c.joined_at,
            enrolments.c.left_at,
            enrolments.c.part,
            chats.c.language,
            chats.c.zone,
            chats.c.reachable,
            chats.c.paused_until,
        )
        .join(chats, enrolments.c.chat_id == chats.c.id)
        .where(here)
        .order_by(enrolments.c.chat_id)
    )
    return tuple(
        Person(
            chat=row.chat_id,
            language=row.language,
            zone=row.zone,
            joined=row.joined_at,
            profile={**profiles.get(row.id, {}), **({PART_NAME: row.part} if row.part else {})},
            submitted=frozenset(submitted.get(row.id, ())),
            known=frozenset(known.get(row.id, ())),
            left=row.left_at is not None,
            reachable=row.reachable,
            consented=row.id in agreed,
            paused_until=row.paused_until,
        )
        for row in rows
    )

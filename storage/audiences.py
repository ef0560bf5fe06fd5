"""The people of an event as an audience looks at them. They are counted; nobody of a team gets to see them."""

from collections import defaultdict
from typing import Final

from sqlalchemy import Connection, exists, select

from conversations.broadcasts import Person
from conversations.conversation import Consenting, Placing, Profiling, behind
from storage.codec import step_from_json
from storage.states import ChatKind
from storage.tables import chats, consents, enrolments, profile_answers, responses
from storage.vault import KeyDestroyed, Unreadable, Vault

MOST_JOINING: Final = 300
"""The newest chats that are looked through for people who are about to join: their steps are sealed, one by one."""


def people(conn: Connection, event_id: int) -> tuple[Person, ...]:
    """Everybody who takes part in that event or did, in four statements however many they are."""
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
    sent = (
        select(responses.c.enrolment_id, responses.c.survey)
        .join(enrolments, responses.c.enrolment_id == enrolments.c.id)
        .where(here, responses.c.completed_at.is_not(None))
    )
    for enrolment, survey in conn.execute(sent):
        submitted[enrolment].add(survey)
    rows = conn.execute(
        select(
            enrolments.c.id,
            enrolments.c.chat_id,
            enrolments.c.joined_at,
            enrolments.c.left_at,
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
            profile=profiles.get(row.id, {}),
            submitted=frozenset(submitted.get(row.id, ())),
            left=row.left_at is not None,
            reachable=row.reachable,
            consented=row.id in agreed,
            paused_until=row.paused_until,
        )
        for row in rows
    )


def joining(conn: Connection, vault: Vault, event_id: int, event_code: str) -> int:
    """How many are about to join that event, among the newest chats."""
    enrolled = exists().where(enrolments.c.chat_id == chats.c.id, enrolments.c.event_id == event_id)
    rows = conn.execute(
        select(chats.c.key_id, chats.c.step)
        .where(chats.c.kind == ChatKind.PRIVATE, chats.c.step.is_not(None), ~enrolled)
        .order_by(chats.c.id.desc())
        .limit(MOST_JOINING)
    )
    return sum(_joins(vault, row.key_id, row.step, event_code) for row in rows)


def _joins(vault: Vault, key_id: str, sealed: bytes, event_code: str) -> bool:
    try:
        step = behind(step_from_json(vault.open(key_id, sealed, "step")))
    except (KeyDestroyed, Unreadable, ValueError):
        return False
    return isinstance(step, Consenting | Profiling | Placing) and step.event == event_code

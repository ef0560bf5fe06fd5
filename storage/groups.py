"""Groups: which event's digests they get, what may be told there, and what was told already."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, exists, insert, select

from conversations.digests import Cohort
from conversations.model import Bilingual, Purpose
from conversations.scene import Frozen
from storage import tables
from storage.database import either, new_id, only
from storage.events import id_of


class LinkedGroup(NamedTuple):
    """A group that gets an event's digests, since `linked` (UTC)."""

    chat_id: int
    linked: datetime


_links, _releases, _members, _postings = (
    tables.group_links,
    tables.releases,
    tables.release_members,
    tables.postings,
)
_LINK = either(
    lambda insert: (linking := insert(_links)).on_conflict_do_update(
        index_elements=["chat_id"],
        set_={"event_id": linking.excluded.event_id, "linked_at": linking.excluded.linked_at},
    )
)
_POST = either(lambda insert: insert(_postings).on_conflict_do_nothing())


def link(conn: Connection, chat_id: int, event_code: str, now: datetime) -> None:
    """The group gets that event's digests, and no other's, from here on; LookupError for an unknown event."""
    row = {"chat_id": chat_id, "event_id": _event_id(conn, event_code), "linked_at": now}
    conn.execute(_LINK[conn.dialect.name], row)


def unlink(conn: Connection, chat_id: int) -> None:
    """The group gets no digests any more."""
    conn.execute(delete(_links).where(_links.c.chat_id == chat_id))


def linked_event(conn: Connection, chat_id: int) -> str | None:
    """The code of the event whose digests the group gets; None when it gets none."""
    linked_to = select(tables.events.c.code).join(_links, _links.c.event_id == tables.events.c.id)
    return conn.scalar(linked_to.where(_links.c.chat_id == chat_id))


def linked(conn: Connection, event_code: str) -> tuple[LinkedGroup, ...]:
    """The groups that get the event's digests, by chat id."""
    groups = select(_links.c.chat_id, _links.c.linked_at).where(_links.c.event_id == id_of(event_code))
    return tuple(LinkedGroup(*row) for row in conn.execute(groups.order_by(_links.c.chat_id)))


def cohorts(conn: Connection, event_code: str) -> tuple[Cohort, ...]:
    """For each question the picks that no digest has told yet, in the order of (survey, question, enrolment).

    Counted are completed answers to select questions, of people who take part still and consented to the digest; of
    somebody who answered the same survey several times, the newest one.
    """
    newest: dict[tuple[str, str, int], tuple[int, tuple[str, ...]]] = {}
    for survey, question, person, response, choice, several in conn.execute(_picks(event_code)):
        before, picked = newest.get((survey, question, person), (response, ()))
        if before == response:
            newest[survey, question, person] = (response, (*picked, choice or several))
    found: dict[tuple[str, str], list[tuple[int, tuple[str, ...]]]] = {}
    for (survey, question, person), (_, picked) in newest.items():
        found.setdefault((survey, question), []).append((person, picked))
    return tuple(Cohort(survey, question, tuple(picks)) for (survey, question), picks in found.items())


def release(  # one argument a column
    conn: Connection,
    event_code: str,
    survey: str,
    question: str,
    people: Iterable[int],
    words: Bilingual,
    chat_id: int,
    now: datetime,
) -> None:
    """Freeze a finding in its words, as posted to that group. `people` are the enrolments of its cohort.

    IntegrityError when one of them is in a release of that question already: one person, one question, one release.
    """
    event_id = _event_id(conn, event_code)
    about = {"event_id": event_id, "survey": survey, "question": question}
    frozen = {**about, "text_en": words.en, "text_fr": words.fr, "released_at": now}
    released = new_id(conn.execute(insert(_releases), frozen))
    conn.execute(insert(_members), [{**about, "enrolment_id": person} for person in people])
    mark_posted(conn, chat_id, (released,))


def unposted(conn: Connection, chat_id: int, event_code: str) -> tuple[Frozen, ...]:
    """The event's findings that were released elsewhere and not posted to this group yet, the oldest first."""
    posted = exists().where(_postings.c.release_id == _releases.c.id, _postings.c.chat_id == chat_id)
    waiting = (
        select(_releases.c.id, _releases.c.text_en, _releases.c.text_fr)
        .where(_releases.c.event_id == id_of(event_code), ~posted)
        .order_by(_releases.c.id)
    )
    return tuple(Frozen(row.id, Bilingual(row.text_en, row.text_fr)) for row in conn.execute(waiting))


def mark_posted(conn: Connection, chat_id: int, releases: Sequence[int]) -> None:
    """These released findings have been posted to this group; again does no harm."""
    if releases:
        rows = [{"release_id": each, "chat_id": chat_id} for each in releases]
        conn.execute(_POST[conn.dialect.name], rows)


def _event_id(conn: Connection, code: str) -> int:
    return only(conn.scalar(select(tables.events.c.id).where(tables.events.c.code == code)), f"event {code}")


def _picks(event_code: str) -> Select[*tuple[Any, ...]]:
    """One row a choice: survey, question, enrolment, response, and the choice of a single or of a multiple select."""
    responses, answers, choices, people = tables.responses, tables.answers, tables.answer_choices, tables.enrolments
    told = exists().where(
        _members.c.event_id == people.c.event_id,
        _members.c.survey == responses.c.survey,
        _members.c.question == answers.c.question,
        _members.c.enrolment_id == people.c.id,
    )
    agreed = exists().where(tables.consents.c.enrolment_id == people.c.id, tables.consents.c.purpose == Purpose.DIGEST)
    return (
        select(
            responses.c.survey,
            answers.c.question,
            people.c.id,
            responses.c.plan_id,
            answers.c.choice,
            choices.c.choice,
        )
        .join(responses, responses.c.plan_id == answers.c.response_id)
        .join(people, people.c.id == responses.c.enrolment_id)
        .outerjoin(choices, choices.c.answer_id == answers.c.id)
        .where(people.c.event_id == id_of(event_code), people.c.left_at.is_(None))
        .where(responses.c.completed_at.is_not(None), agreed, ~told)
        .where(answers.c.choice.is_not(None) | choices.c.choice.is_not(None))
        .order_by(
            responses.c.survey,
            answers.c.question,
            people.c.id,
            responses.c.completed_at.desc(),
            responses.c.plan_id.desc(),
            choices.c.position,
        )
    )

"""What an export is made of: who was to answer which survey, how that went, and the answers in clear.

On SQLite every transaction holds the lock that a running bot needs for each turn. So the list of what there is comes
first, without any answer, and the answers in slices: take each in a transaction of its own.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, bindparam, func, select

from conversations.model import Event, Language, Value
from conversations.refreshers import is_held_back
from storage.dispositions import CONTACT, Contact, Status, due, of_event, status
from storage.events import id_of, numbers_of
from storage.learning import ASKING
from storage.responses import purpose, values
from storage.tables import answer_choices, answer_versions, answers, chats, enrolments, plans, recalls, responses
from storage.vault import Unreadable, Vault

SLICE = 500
"""Responses to load at once: a tenth of a second or so, which others that write can wait."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A survey that was planned and due for somebody, without its answers.

    `person` is a pseudonym, the same for everything that this person answers in the event. `occurrence` counts the
    waves of a survey from 0, and `version` the revisions of the event from 1, in the order of their first imports.
    `seed` is what chance in the response was drawn from. `zone` is None until the person confirmed one. `opened` says
    that the person began to answer, `touched` when last anything happened. `part` is what they were invited as, empty
    for nothing in particular. Instants are UTC.
    """

    person: str
    survey: str
    occurrence: int
    revision: int
    version: int
    status: Status
    contact: Contact
    zone: str | None
    due: datetime
    started: datetime | None
    completed: datetime | None
    touched: datetime
    seed: str
    plan: int = field(repr=False)
    key_id: str = field(repr=False)
    part: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """The same with its answers by their keys, and when each was given (UTC). A skipped question has SKIPPED."""

    listed: Listed
    answers: Mapping[str, Value]
    answered: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class Version:
    """An answer as it was before it was changed in a response that had been submitted. Instants are UTC.

    Several choices stand in one text, with blanks between them; None is a question that had been skipped.
    """

    listed: Listed
    question: str
    value: str | int | None
    answered: datetime
    replaced: datetime


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody whom refreshers have asked for a key message; `person` is the same pseudonym as in their responses.

    `held_back` says whether they get no refreshers before the last recall check, by the newest revision of the event.
    """

    person: str
    zone: str | None
    held_back: bool
    enrolment: int = field(repr=False)
    key_id: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Recalled:
    """A recall question that a refresher asked. Instants are UTC.

    `question` counts the questions of the key message from 0, the main one first, as that `revision` has them; `asking`
    is which time (from 1) that person was asked for the message. All that follows `asked` is None while there is no
    answer, and `choice` also when the answer was not knowing.
    """

    learner: Learner
    message: str
    revision: int
    question: int
    asking: int
    asked: datetime
    answered: datetime | None
    choice: str | None
    right: bool | None
    sure: bool | None
    language: Language | None


def listed(conn: Connection, vault: Vault, event_code: str, now: datetime) -> tuple[Listed, ...]:
    """Everything that was planned and due, by survey, wave and pseudonym, so that the order tells nothing of people.

    Nothing of somebody whose key was destroyed. Empty for an unknown event.
    """
    last = select(func.max(answers.c.answered_at)).where(answers.c.response_id == plans.c.id).scalar_subquery()
    touched = func.coalesce(
        last, responses.c.completed_at, responses.c.started_at, plans.c.declined_at, plans.c.due_at
    ).label("touched")
    rows = of_event(
        event_code,
        plans.c.id,
        plans.c.name,
        plans.c.occurrence,
        plans.c.due_at,
        func.coalesce(responses.c.revision_id, plans.c.revision_id).label("revision"),
        responses.c.started_at,
        responses.c.completed_at,
        status(now).label("status"),
        CONTACT.label("contact"),
        touched,
        chats.c.key_id,
        chats.c.zone,
        enrolments.c.part,
    )
    found = conn.execute(rows.join(chats, chats.c.id == enrolments.c.chat_id).where(due(now)))
    held = vault.held()
    numbers = numbers_of(conn, event_code)
    everything = [_listed(row, vault.pseudonym(row.key_id, event_code), numbers) for row in found if row.key_id in held]
    return tuple(sorted(everything, key=lambda each: (each.survey, each.occurrence, each.person)))


def load(conn: Connection, vault: Vault, some: Sequence[Listed]) -> list[Response]:
    """These with their answers, in the order given; without those whose key was destroyed meanwhile."""
    rows: dict[int, list[Row[*tuple[Any, ...]]]] = {each.plan: [] for each in some if each.started is not None}
    if rows:
        for row in conn.execute(_ANSWERS, {"plans": list(rows)}):
            rows[row.response_id].append(row)
    return [_response(vault, each, rows.get(each.plan, ())) for each in some if vault.holds(each.key_id)]


def history(conn: Connection, vault: Vault, some: Collection[Listed]) -> list[Version]:
    """All that was changed in these after it had been submitted, the oldest first within each."""
    by_plan = {each.plan: each for each in some if each.completed is not None and vault.holds(each.key_id)}
    if not by_plan:
        return []
    return [_version(vault, by_plan[row.response_id], row) for row in conn.execute(_VERSIONS, {"plans": list(by_plan)})]


def learners(conn: Connection, vault: Vault, event: Event) -> tuple[Learner, ...]:
    """Whom refreshers of the event, given as its newest revision, have asked; by pseudonym. None whose key is gone."""
    asked = select(recalls.c.enrolment_id)
    rows = conn.execute(
        select(enrolments.c.id, chats.c.key_id, chats.c.zone)
        .join(chats, chats.c.id == enrolments.c.chat_id)
        .where(enrolments.c.event_id == id_of(event.code), enrolments.c.id.in_(asked))
    )
    held = vault.held()
    found = [
        Learner(vault.pseudonym(key_id, event.code), zone, is_held_back(event, enrolment), enrolment, key_id)
        for enrolment, key_id, zone in rows
        if key_id in held
    ]
    return tuple(sorted(found, key=lambda each: each.person))


def recalled(conn: Connection, vault: Vault, some: Sequence[Learner]) -> list[Recalled]:
    """What these were asked, by person as given, oldest first; without those whose key was destroyed meanwhile."""
    by_learner: dict[int, list[Recalled]] = {each.enrolment: [] for each in some if vault.holds(each.key_id)}
    people = {each.enrolment: each for each in some}
    for row in conn.execute(_RECALLED, {"enrolments": list(by_learner)}):
        by_learner[row.enrolment_id].append(_recalled(people[row.enrolment_id], row))
    return [each for found in by_learner.values() for each in found]


_T = TypeVar("_T")


def slices(everything: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """All of them, SLICE at a time."""
    for start in range(0, len(everything), SLICE):
        yield everything[start : start + SLICE]


UNREADABLE = "\N{REPLACEMENT CHARACTER}"
"""Stands for a free text whose row was damaged: one row must not keep all the others from being exported."""

_ANSWERS = (
    select(
        answers.c.response_id,
        answers.c.question,
        answers.c.choice,
        answers.c.number,
        answers.c.text,
        answer_choices.c.choice.label("several"),
        answers.c.answered_at,
    )
    .outerjoin(answer_choices, answer_choices.c.answer_id == answers.c.id)
    .where(answers.c.response_id.in_(bindparam("plans", expanding=True)))
    .order_by(answers.c.id, answer_choices.c.position)
)
_VERSIONS = (
    select(answer_versions)
    .where(answer_versions.c.response_id.in_(bindparam("plans", expanding=True)))
    .order_by(answer_versions.c.response_id, answer_versions.c.id)
)

_RECALLED = (
    select(recalls, plans.c.revision_id, ASKING)
    .join(plans, plans.c.id == recalls.c.plan_id)
    .where(recalls.c.enrolment_id.in_(bindparam("enrolments", expanding=True)))
    .order_by(recalls.c.asked_at, recalls.c.plan_id, recalls.c.position)
)


def _recalled(learner: Learner, row: Row[*tuple[Any, ...]]) -> Recalled:
    return Recalled(
        learner=learner,
        message=row.message,
        revision=row.revision_id,
        question=row.question,
        asking=row.asking,
        asked=row.asked_at,
        answered=row.recalled_at,
        choice=row.choice,
        right=row.right,
        sure=row.sure,
        language=row.language,
    )


def _listed(row: Row[*tuple[Any, ...]], person: str, numbers: Mapping[int, int]) -> Listed:
    return Listed(
        person=person,
        survey=row.name,
        occurrence=row.occurrence,
        revision=row.revision,
        version=numbers[row.revision],
        status=Status(row.status),
        contact=Contact(row.contact),
        zone=row.zone,
        due=row.due_at,
        started=row.started_at,
        completed=row.completed_at,
        touched=row.touched,
        seed=str(row.id),
        plan=row.id,
        key_id=row.key_id,
        part=row.part,
    )


def _response(vault: Vault, each: Listed, rows: Iterable[Row[*tuple[Any, ...]]]) -> Response:
    found = list(rows)
    given = values(
        [(row.question, row.choice, row.number, row.text, row.several) for row in found],
        lambda question, sealed: _clear(vault, each, question, sealed),
    )
    return Response(each, given, {row.question: row.answered_at for row in found})


def _version(vault: Vault, each: Listed, row: Row[*tuple[Any, ...]]) -> Version:
    value: str | int | None = row.choice if row.number is None else row.number
    if row.text is not None:
        value = _clear(vault, each, row.question, row.text)
    return Version(each, row.question, value, row.answered_at, row.replaced_at)


def _clear(vault: Vault, each: Listed, question: str, sealed: bytes) -> str:
    try:
        return vault.open(each.key_id, sealed, purpose(each.plan, question))
    except Unreadable:
        return UNREADABLE

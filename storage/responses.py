"""What people answered: surveys, question by question, and recall questions."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql

from conversations.model import SKIPPED, Purpose, Value
from conversations.timing import TouchpointKind
from storage import stops, tables
from storage.batch import later
from storage.chats import Chat
from storage.database import Prepared, UtcDateTime, either
from storage.events import id_of
from storage.states import PlanState
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Counts:
    """An event in four figures: people who ever joined, surveys begun and completed, and answers in all."""

    registered: int
    started: int
    completed: int
    answers: int


_plans, _enrolments, _answers, _choices = tables.plans, tables.enrolments, tables.answers, tables.answer_choices

# What somebody answers belongs to their enrolment in the event that the plan is of.
_OWNER = and_(_enrolments.c.chat_id == _plans.c.chat_id, _enrolments.c.event_id == _plans.c.event_id)
_AT = bindparam("at", type_=UtcDateTime)

_BEGIN = either(
    lambda insert: (
        insert(tables.responses)
        .from_select(
            ["plan_id", "enrolment_id", "revision_id", "survey", "started_at"],
            select(_plans.c.id, _enrolments.c.id, _plans.c.revision_id, _plans.c.name, _AT)
            .join(_enrolments, _OWNER)
            .where(_plans.c.id == bindparam("plan"), _plans.c.kind == TouchpointKind.SURVEY),
        )
        .on_conflict_do_nothing()
    )
)
_VALUE_COLUMNS = ("choice", "number", "text", "answered_at")


def _saving(saving: postgresql.Insert) -> postgresql.Insert:
    replaced = {name: saving.excluded[name] for name in _VALUE_COLUMNS}
    return saving.on_conflict_do_update(index_elements=["response_id", "question"], set_=replaced)


_SAVE = either(lambda insert: _saving(insert(_answers)))
_SAVE_SEVERAL = either(lambda insert: _saving(insert(_answers)).returning(_answers.c.id))
_ANSWERS = Prepared(
    select(_answers.c.question, _answers.c.choice, _answers.c.number, _answers.c.text, _choices.c.choice)
    .outerjoin(_choices, _choices.c.answer_id == _answers.c.id)
    .where(_answers.c.response_id == bindparam("plan"))
    .order_by(_answers.c.id, _choices.c.position)
)


def begin(conn: Connection, plan_id: int, now: datetime) -> None:
    """The person began the survey that this plan announced; again changes nothing."""
    conn.execute(_BEGIN[conn.dialect.name], {"plan": plan_id, "at": now})


def save_answer(  # one argument a column
    conn: Connection,
    vault: Vault,
    chat: Chat,
    plan_id: int,
    question: str,
    value: Value,
    sealed: bool,
    now: datetime,
    *,
    amends: bool = False,
) -> None:
    """Keep an answer in place of any earlier one to that question; one to be `sealed` is, with the person's key.

    With `amends` the earlier one goes into the history of the response.
    """
    if amends:
        _keep_version(conn, plan_id, (question,), now)
    row = {"response_id": plan_id, "question": question, "choice": None, "number": None, "text": None}
    row["answered_at"] = now
    match value:
        case ():
            # A question that had several choices and is skipped now loses them.
            conn.execute(delete(_choices).where(_choices.c.answer_id.in_(_row_of(plan_id, (question,)))))
        case tuple():
            _save_several(conn, row, value)
            return
        case int():
            row["number"] = value
        case str() if sealed:
            row["text"] = vault.seal(chat.key_id, value, purpose(plan_id, question))
        case str():
            row["choice"] = value
    later(conn, _SAVE[conn.dialect.name], row)


def drop_answers(
    conn: Connection, plan_id: int, questions: Collection[str], now: datetime, *, amends: bool = False
) -> None:
    """These answers don't count any more, and are deleted; with `amends` they go into the history of the response."""
    if amends:
        _keep_version(conn, plan_id, questions, now)
    conn.execute(delete(_answers).where(_answers.c.response_id == plan_id, _answers.c.question.in_(questions)))


def complete(conn: Connection, plan_id: int, now: datetime) -> None:
    """The answers have been submitted; the first time counts."""
    done = tables.responses.c.completed_at
    conn.execute(
        update(tables.responses).where(tables.responses.c.plan_id == plan_id, done.is_(None)).values(completed_at=now)
    )


def answers(conn: Connection, vault: Vault, chat: Chat, plan_id: int) -> dict[str, Value]:
    """What the person has answered so far in that survey, in the order of answering."""

    def clear(question: str, sealed: bytes) -> str:
        return vault.open(chat.key_id, sealed, purpose(plan_id, question))

    return values(_ANSWERS.rows(conn, plan=plan_id), clear)


def values(rows: Iterable[Sequence[Any]], clear: Callable[[str, bytes], str]) -> dict[str, Value]:
    """The answers of one response by their keys.

    The rows have question, choice, number, sealed text, and one of several choices; `clear` opens such a text.
    """
    found: dict[str, Value] = {}
    for question, choice, number, text, several in rows:
        if several is not None:
            before = found.get(question, ())
            found[question] = (*before, several) if isinstance(before, tuple) else (several,)
        elif choice is not None:
            found[question] = choice
        elif number is not None:
            found[question] = number
        elif text is not None:
            found[question] = clear(question, text)
        else:
            found[question] = SKIPPED
    return found


def submitted(event_code: str, *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """These columns of all answers in what was submitted, outside repeated groups."""
    rows, given = tables.responses, tables.answers
    return (
        select(*columns)
        .select_from(rows)
        .join(_plans, _plans.c.id == rows.c.plan_id)
        .join(given, given.c.response_id == rows.c.plan_id)
        .where(_plans.c.event_id == id_of(event_code), rows.c.completed_at.is_not(None))
        .where(given.c.question.not_like("%[%"))
    )


def unfinished(conn: Connection, chat_id: int, now: datetime) -> int | None:
    """The plan of the newest survey that waits for this person in an event that is not stopped; None for none.

    One that was begun waits until it closes, or for ever; one that was announced and never opened, until its window is
    over, or until it is declined.
    """
    rows, expires = tables.responses, _plans.c.expires_at
    consents = tables.consents
    announced = and_(
        _plans.c.state == PlanState.SENT, expires.is_(None) | (expires > now), _plans.c.declined_at.is_(None)
    )
    agreed = exists().where(consents.c.enrolment_id == _enrolments.c.id, consents.c.purpose == Purpose.SURVEYS)
    return conn.scalar(
        select(_plans.c.id)
        .join(_enrolments, _OWNER)
        .outerjoin(rows, rows.c.plan_id == _plans.c.id)
        .where(_plans.c.chat_id == chat_id, _plans.c.kind == TouchpointKind.SURVEY)
        .where(_enrolments.c.left_at.is_(None), agreed, rows.c.completed_at.is_(None))
        .where(~stops.covering(_plans.c.event_id))
        .where(rows.c.plan_id.is_not(None) | announced, _plans.c.closes_at.is_(None) | (_plans.c.closes_at > now))
        .order_by(_plans.c.due_at.desc(), _plans.c.id.desc())
        .limit(1)
    )


def counts(conn: Connection, event_code: str) -> Counts:
    """The event in figures, for coordinators' reports only: they are exact. All 0 for an unknown event."""
    rows = tables.responses
    joined = select(func.count()).select_from(_enrolments).where(_enrolments.c.event_id == id_of(event_code))
    begun = (
        select(func.count(), func.count(rows.c.completed_at))
        .select_from(rows)
        .join(_enrolments, _enrolments.c.id == rows.c.enrolment_id)
        .where(_enrolments.c.event_id == id_of(event_code))
    )
    answered = (
        select(func.count())
        .select_from(_answers)
        .join(rows, rows.c.plan_id == _answers.c.response_id)
        .join(_enrolments, _enrolments.c.id == rows.c.enrolment_id)
        .where(_enrolments.c.event_id == id_of(event_code))
    )
    started, completed = conn.execute(begun).one()
    return Counts(conn.execute(joined).scalar_one(), started, completed, conn.execute(answered).scalar_one())


def _row_of(plan_id: int, questions: Collection[str]) -> Select[tuple[int]]:
    return select(_answers.c.id).where(_answers.c.response_id == plan_id, _answers.c.question.in_(questions))


def _keep_version(conn: Connection, plan_id: int, questions: Collection[str], now: datetime) -> None:
    """Write down what these answers are now, before they change."""
    several: dict[int, list[str]] = {}
    chosen = select(_choices.c.answer_id, _choices.c.choice).where(
        _choices.c.answer_id.in_(_row_of(plan_id, questions))
    )
    for answer, choice in conn.execute(chosen.order_by(_choices.c.answer_id, _choices.c.position)):
        several.setdefault(answer, []).append(choice)
    before = conn.execute(select(_answers).where(_answers.c.id.in_(_row_of(plan_id, questions)))).all()
    kept = [
        {
            "response_id": plan_id,
            "question": row.question,
            "choice": " ".join(several[row.id]) if row.id in several else row.choice,
            "number": row.number,
            "text": row.text,
            "answered_at": row.answered_at,
            "replaced_at": now,
        }
        for row in before
    ]
    if kept:
        conn.execute(insert(tables.answer_versions), kept)


def _save_several(conn: Connection, row: dict[str, object], names: tuple[str, ...]) -> None:
    answer = conn.execute(_SAVE_SEVERAL[conn.dialect.name], row).scalar_one()
    conn.execute(delete(_choices).where(_choices.c.answer_id == answer))
    made = [{"answer_id": answer, "choice": name, "position": position} for position, name in enumerate(names)]
    conn.execute(insert(_choices), made)


def purpose(plan_id: int, question: str) -> str:
    """What the free text of an answer is sealed for."""
    return f"answer {plan_id} {question}"

"""What people submitted, for a table that is handed on: choices and whole numbers alone, and no key is touched."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from conversations.model import Event, Value
from conversations.sharing.tables import Submitted
from storage.events import id_of
from storage.responses import values
from storage.tables import answer_choices, answers, enrolments, plans, profile_answers, responses


def submitted(conn: Connection, event: Event, survey: str) -> tuple[Submitted, ...]:
    """All that was submitted to that survey of the event. Free texts are not loaded, let alone opened."""
    profiles = _profiles(conn, event)
    return tuple(
        Submitted(
            survey=survey,
            occurrence=occurrence,
            month=completed.astimezone(ZoneInfo(event.timezone)).strftime("%Y-%m"),
            profile=profiles.get(enrolment, {}),
            part=part,
            answers=given,
        )
        for enrolment, part, occurrence, completed, given in _answered(conn, event, survey)
    )


def _profiles(conn: Connection, event: Event) -> dict[int, dict[str, str]]:
    rows = (
        select(profile_answers.c.enrolment_id, profile_answers.c.question, profile_answers.c.choice)
        .join(enrolments, enrolments.c.id == profile_answers.c.enrolment_id)
        .where(enrolments.c.event_id == id_of(event.code))
    )
    found: dict[int, dict[str, str]] = {}
    for enrolment, question, choice in conn.execute(rows):
        found.setdefault(enrolment, {})[question] = choice
    return found


def _answered(conn: Connection, event: Event, survey: str) -> Iterator[tuple[int, str, int, Any, dict[str, Value]]]:
    rows = (
        select(
            responses.c.plan_id,
            responses.c.enrolment_id,
            enrolments.c.part,
            plans.c.occurrence,
            responses.c.completed_at,
            answers.c.question,
            answers.c.choice,
            answers.c.number,
            answer_choices.c.choice.label("several"),
        )
        .join(plans, plans.c.id == responses.c.plan_id)
        .join(enrolments, enrolments.c.id == responses.c.enrolment_id)
        .outerjoin(answers, answers.c.response_id == responses.c.plan_id)
        .outerjoin(answer_choices, answer_choices.c.answer_id == answers.c.id)
        .where(plans.c.event_id == id_of(event.code), responses.c.survey == survey)
        .where(responses.c.completed_at.is_not(None))
        .order_by(responses.c.plan_id, answers.c.id, answer_choices.c.position)
    )
    by_response: dict[int, tuple[Any, list[tuple[Any, ...]]]] = {}
    for row in conn.execute(rows):
        about = row.enrolment_id, row.part, row.occurrence, row.completed_at
        _, given = by_response.setdefault(row.plan_id, (about, []))
        if row.question is not None and "[" not in row.question:
            given.append((row.question, row.choice, row.number, None, row.several))
    for about, given in by_response.values():
        yield (*about, values(given, lambda _question, _sealed: ""))

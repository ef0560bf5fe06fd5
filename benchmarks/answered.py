"""An event with many people who have answered its surveys, written straight into the tables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, islice
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from conversations.model import Language, Purpose, Value
from conversations.policy import Reason
from conversations.timing import TouchpointKind
from storage.states import ChatKind, PlanState
from storage.tables import (
    answer_choices,
    answers,
    chats,
    consents,
    enrolments,
    plans,
    profile_answers,
    responses,
    revisions,
)
from storage.vault import Vault

_AT_ONCE = 2_000
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answering:
    """Somebody of the event: their profile, and of each wave (survey, occurrence) what they answered, None for nothing.

    Answers are by the names of their questions: an option, several, or a number.
    """

    waves: Mapping[tuple[str, int], Mapping[str, Value] | None]
    profile: Mapping[str, str] = field(default_factory=dict)
    part: str = ""


def fill(
    connection: Connection, vault: Vault, people: Iterable[Answering], due: Mapping[tuple[str, int], datetime]
) -> None:
    """Let these people join the only event, and answer when each wave was due."""
    rows = _Rows(connection, vault, due)
    everybody = iter(people)
    while some := list(islice(everybody, _AT_ONCE)):
        rows.add(some)


class _Rows:
    def __init__(self, connection: Connection, vault: Vault, due: Mapping[tuple[str, int], datetime]) -> None:
        self._connection, self._vault, self._due = connection, vault, due
        self._joined = min(due.values()) - timedelta(days=1)
        self._event, self._revision = connection.execute(select(revisions.c.event_id, revisions.c.id)).one()
        self._people, self._plans, self._answers = (
            count(1 + (connection.scalar(select(func.max(column))) or 0))
            for column in (chats.c.id, plans.c.id, answers.c.id)
        )

    def add(self, some: Iterable[Answering]) -> None:
        """The rows of these people."""
        found: dict[Table, list[_Row]] = {
            each: []
            for each in (chats, enrolments, consents, profile_answers, plans, responses, answers, answer_choices)
        }
        for person in some:
            self._person(person, found)
        for table, rows in found.items():
            if rows:
                self._connection.execute(insert(table), rows)

    def _person(self, person: Answering, found: dict[Table, list[_Row]]) -> None:
        number = next(self._people)
        found[chats].append(self._chat(number))
        row: _Row = {"id": number, "chat_id": number, "event_id": self._event, "revision_id": self._revision}
        found[enrolments].append(row | {"joined_at": self._joined, "part": person.part})
        found[consents] += [{"enrolment_id": number, "purpose": each, "given_at": self._joined} for each in Purpose]
        found[profile_answers] += [
            {"enrolment_id": number, "question": name, "choice": choice} for name, choice in person.profile.items()
        ]
        for (survey, occurrence), given in person.waves.items():
            self._wave(number, survey, occurrence, given, found)

    def _wave(
        self,
        number: int,
        survey: str,
        occurrence: int,
        given: Mapping[str, Value] | None,
        found: dict[Table, list[_Row]],
    ) -> None:
        plan, at = next(self._plans), self._due[survey, occurrence]
        found[plans].append(
            {
                "id": plan,
                "chat_id": number,
                "event_id": self._event,
                "kind": TouchpointKind.SURVEY,
                "name": survey,
                "occurrence": occurrence,
                "due_at": at,
                "planned_at": at,
                "revision_id": self._revision,
                "state": PlanState.SENT,
                "reason": Reason.SENT,
                "settled_at": at,
            }
        )
        if given is None:
            return
        found[responses].append(
            {
                "plan_id": plan,
                "enrolment_id": number,
                "revision_id": self._revision,
                "survey": survey,
                "started_at": at,
                "completed_at": at,
            }
        )
        for question, value in given.items():
            answer = next(self._answers)
            found[answers].append(_answer(answer, plan, question, value, at))
            found[answer_choices] += _several(answer, value)

    def _chat(self, number: int) -> _Row:
        key_id, address = self._vault.new_key(), str(1_000_000 + number)
        return {
            "id": number,
            "key_id": key_id,
            "channel": "telegram",
            "kind": ChatKind.PRIVATE,
            "lookup": self._vault.lookup("telegram", address),
            "address": self._vault.seal(key_id, address, "address"),
            "language": (Language.EN, Language.FR)[number % 2],
            "zone": "Africa/Nairobi",
            "serial": 1,
            "reachable": True,
        }


def _answer(answer: int, plan: int, question: str, value: Value, at: datetime) -> _Row:
    return {
        "id": answer,
        "response_id": plan,
        "question": question,
        "choice": value if isinstance(value, str) else None,
        "number": value if isinstance(value, int) else None,
        "answered_at": at,
    }


def _several(answer: int, value: Value) -> Iterator[_Row]:
    if isinstance(value, tuple):
        for position, choice in enumerate(value):
            yield {"answer_id": answer, "choice": choice, "position": position}

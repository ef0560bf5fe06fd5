"""What the store holds of a person, looked up as the bot would: by their address, with the key."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, func, select

from conversations.model import Value
from storage import chats, responses, tables
from storage.chats import Chat
from storage.vault import Vault

Answers = dict[tuple[str, str], Value]
"""By survey and question."""


def chat_of(connection: Connection, vault: Vault, person: int) -> Chat:
    """The chat with that person; the test fails when there is none."""
    chat = chats.find(connection, vault, "telegram", str(person))
    assert chat is not None, "the store does not know this person"
    return chat


def answers_of(vault: Vault, person: int) -> Callable[[Connection], Answers]:
    """All survey answers of that person."""

    def look(connection: Connection) -> Answers:
        chat = chat_of(connection, vault, person)
        plans = select(tables.responses.c.plan_id, tables.responses.c.survey).join(
            tables.plans, tables.plans.c.id == tables.responses.c.plan_id
        )
        found: Answers = {}
        for plan, survey in connection.execute(plans.where(tables.plans.c.chat_id == chat.id)).all():
            for question, value in responses.answers(connection, vault, chat, plan).items():
                assert (survey, question) not in found
                found[survey, question] = value
        return found

    return look


def survey_of(vault: Vault, person: int, survey: str) -> Callable[[Connection], dict[str, Value]]:
    """That person's answers to one survey, by question."""
    return lambda connection: {
        question: value for (of, question), value in answers_of(vault, person)(connection).items() if of == survey
    }


def recalls_of(vault: Vault, person: int) -> Callable[[Connection], list[tuple[str, str, bool]]]:
    """Key message, choice, and whether it was right, of each recall question answered."""

    def look(connection: Connection) -> list[tuple[str, str, bool]]:
        recalls, plans = tables.recalls, tables.plans
        rows = select(recalls.c.message, recalls.c.choice, recalls.c.right).join(plans, plans.c.id == recalls.c.plan_id)
        chat = chat_of(connection, vault, person)
        answered = rows.where(plans.c.chat_id == chat.id, recalls.c.recalled_at.is_not(None))
        mine = answered.order_by(recalls.c.plan_id)
        return [(row[0], row[1], row[2]) for row in connection.execute(mine)]

    return look


def reasons_of(vault: Vault, person: int) -> Callable[[Connection], dict[str, str | None]]:
    """What became of each planned nudge: by "kind name occurrence", the reason's word, None for what is to come."""

    def look(connection: Connection) -> dict[str, str | None]:
        chat, plans = chat_of(connection, vault, person), tables.plans
        rows = connection.execute(select(plans).where(plans.c.chat_id == chat.id).order_by(plans.c.due_at))
        return {f"{row.kind} {row.name} {row.occurrence}": row.reason and str(row.reason) for row in rows}

    return look


def count(table: str) -> Callable[[Connection], int]:
    """How many rows a table has."""

    def look(connection: Connection) -> int:
        rows: int = connection.execute(select(func.count()).select_from(tables.metadata.tables[table])).scalar_one()
        return rows

    return look


def rows_of(connection: Connection, statement: Any) -> list[tuple[Any, ...]]:
    """The rows as plain tuples."""
    return [tuple(row) for row in connection.execute(statement)]

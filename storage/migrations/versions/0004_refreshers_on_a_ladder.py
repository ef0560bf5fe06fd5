"""Refreshers on a ladder: several recall questions in a nudge, what is remembered, and what a person wishes for.

Columns are added in place, as in 0002. The table of recalls is made anew: nothing belongs to its rows. Earlier
revisions of packs are written in the present form, in which a key message has several questions.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)
_QUESTION = ("question", "choices", "right", "explanation")


def upgrade() -> None:
    op.add_column("chats", sa.Column("pace", sa.String(20)))
    op.add_column("chats", sa.Column("paused_until", _INSTANT))
    op.add_column("plans", sa.Column("planned_at", _INSTANT))
    op.execute("UPDATE plans SET planned_at = due_at")
    op.rename_table("recalls", "old_recalls")
    op.drop_index("ix_recalls_enrolment_id", "old_recalls")
    if op.get_context().dialect.name == "postgresql":
        for name in ("pk_recalls", "fk_recalls_plan_id_plans", "fk_recalls_enrolment_id_enrolments"):
            op.drop_constraint(op.f(name), "old_recalls")
    _create_recalls()
    op.execute(
        'INSERT INTO recalls (plan_id, message, enrolment_id, question, position, asked_at, choice, "right", sure,'
        " recalled_at)"
        ' SELECT plans.id, plans.name, enrolments.id, 0, 0, plans.settled_at, old_recalls.choice, old_recalls."right",'
        " CASE WHEN old_recalls.choice IS NULL THEN NULL ELSE TRUE END, old_recalls.recalled_at"
        " FROM plans JOIN enrolments ON enrolments.chat_id = plans.chat_id AND enrolments.event_id = plans.event_id"
        " LEFT JOIN old_recalls ON old_recalls.plan_id = plans.id"
        " WHERE plans.kind = 'refresher' AND plans.state = 'sent'"
    )
    op.drop_table("old_recalls")
    op.create_table(
        "memories",
        sa.Column("enrolment_id", _ID, autoincrement=False, nullable=False),
        sa.Column("message", sa.String(128), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("due_at", _INSTANT),
        sa.Column("stability", sa.Float(), nullable=False),
        sa.Column("difficulty", sa.Float(), nullable=False),
        sa.Column("reviewed_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_memories_enrolment_id_enrolments"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "message", name=op.f("pk_memories")),
    )
    _rewrite(_with_questions)


def downgrade() -> None:
    _rewrite(_with_one_question)
    op.drop_table("memories")
    op.execute("DELETE FROM recalls WHERE choice IS NULL OR position > 0")
    for name in ("question", "position", "asked_at", "sure", "language"):
        op.drop_column("recalls", name)
    op.drop_column("plans", "planned_at")
    op.drop_column("chats", "paused_until")
    op.drop_column("chats", "pace")


def _create_recalls() -> None:
    op.create_table(
        "recalls",
        sa.Column("plan_id", _ID, autoincrement=False, nullable=False),
        sa.Column("message", sa.String(128), nullable=False),
        sa.Column("enrolment_id", _ID, autoincrement=False, nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("choice", sa.String(128)),
        sa.Column("right", sa.Boolean()),
        sa.Column("sure", sa.Boolean()),
        sa.Column("language", sa.String(20)),
        sa.Column("recalled_at", _INSTANT),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_recalls_plan_id_plans"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_recalls_enrolment_id_enrolments"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("plan_id", "message", name=op.f("pk_recalls")),
    )
    op.create_index(op.f("ix_recalls_enrolment_id"), "recalls", ["enrolment_id"])


def _rewrite(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    revisions = sa.table("revisions", sa.column("id", _ID), sa.column("content", sa.Text()))
    connection = op.get_bind()
    for row in connection.execute(sa.select(revisions.c.id, revisions.c.content)).all():
        event = json.loads(row.content)
        event["messages"] = [change(each) for each in event["messages"]]
        content = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        connection.execute(revisions.update().where(revisions.c.id == row.id).values(content=content))


def _with_questions(message: dict[str, Any]) -> dict[str, Any]:
    if "questions" in message:
        return message
    rest = {name: value for name, value in message.items() if name not in _QUESTION}
    rest["source"] = {"en": message["source"], "fr": message["source"]}
    return {**rest, "questions": [{name: message[name] for name in _QUESTION}]}


def _with_one_question(message: dict[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in message.items() if name not in {"questions", "measured"}}
    return {**rest, **message["questions"][0], "source": message["source"]["en"]}

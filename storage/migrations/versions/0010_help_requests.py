"""Requests for contact with a team, the words that wait in them, and when contacts were shown to a person last."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("chats", sa.Column("referred_at", _INSTANT))
    op.create_table(
        "help_requests",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("chat_id", _ID, autoincrement=False, nullable=False),
        sa.Column("event_id", _ID, autoincrement=False, nullable=False),
        sa.Column("word", sa.String(32), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("taken_by", _ID, autoincrement=False),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("moved_at", _INSTANT, nullable=False),
        sa.Column("due_at", _INSTANT),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_help_requests_chat_id_chats"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_help_requests_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["chats.id"], name=op.f("fk_help_requests_taken_by_chats"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_requests")),
    )
    for column in ("chat_id", "due_at", "event_id", "taken_by"):
        op.create_index(op.f(f"ix_help_requests_{column}"), "help_requests", [column])
    op.create_table(
        "help_letters",
        sa.Column("id", _ID, nullable=False),
        sa.Column("request_id", _ID, autoincrement=False, nullable=False),
        sa.Column("to_team", sa.Boolean(), nullable=False),
        sa.Column("sharing", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["help_requests.id"],
            name=op.f("fk_help_letters_request_id_help_requests"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_letters")),
    )
    op.create_index(op.f("ix_help_letters_request_id"), "help_letters", ["request_id"])


def downgrade() -> None:
    op.drop_table("help_letters")
    op.drop_table("help_requests")
    op.drop_column("chats", "referred_at")

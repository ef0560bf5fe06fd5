"""Setting an event up from the chat: workbooks that wait to be published, and planning anew beside the conversation."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("event_id", _ID, autoincrement=False, nullable=True),
        sa.Column("chat_id", _ID, nullable=True),
        sa.Column("code", sa.String(128), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("uploaded_at", _INSTANT, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        *_keys("drafts"),
    )
    op.create_index(op.f("ix_drafts_event_id"), "drafts", ["event_id"])
    op.create_index(op.f("ix_drafts_chat_id"), "drafts", ["chat_id"])
    op.create_table(
        "replannings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("event_id", _ID, autoincrement=False, nullable=False),
        sa.Column("chat_id", _ID, nullable=True),
        sa.Column("after", _ID, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("begun_at", _INSTANT, nullable=False),
        sa.Column("finished_at", _INSTANT, nullable=True),
        *_keys("replannings"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_replannings_event_id"), "replannings", ["event_id"])


def downgrade() -> None:
    op.execute("UPDATE plans SET reason = 'replanned' WHERE reason = 'closed'")
    op.drop_table("replannings")
    op.drop_table("drafts")


def _keys(table: str) -> tuple[sa.Constraint, ...]:
    chat = sa.ForeignKeyConstraint(
        ["chat_id"], ["chats.id"], name=op.f(f"fk_{table}_chat_id_chats"), ondelete="SET NULL"
    )
    event = sa.ForeignKeyConstraint(
        ["event_id"], ["events.id"], name=op.f(f"fk_{table}_event_id_events"), ondelete="CASCADE"
    )
    return event, chat, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))

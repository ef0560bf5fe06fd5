"""Broadcasts, and an index to find their recipients."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)
_OPEN = sa.text("confirmed_at IS NOT NULL AND ended_at IS NULL")
_BROADCAST = sa.text("kind = 'broadcast'")


def upgrade() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("event_id", _ID, autoincrement=False, nullable=False),
        sa.Column("chat_id", _ID, autoincrement=False, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("letter", sa.LargeBinary(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("consent_by", _ID),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("confirmed_at", _INSTANT),
        sa.Column("ended_at", _INSTANT),
        sa.Column("report", sa.String(64)),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_broadcasts_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_broadcasts_chat_id_chats"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["consent_by"], ["chats.id"], name=op.f("fk_broadcasts_consent_by_chats"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_broadcasts_event_id"), "broadcasts", ["event_id"])
    op.create_index(op.f("ix_broadcasts_chat_id"), "broadcasts", ["chat_id"])
    op.create_index("ix_broadcasts_open", "broadcasts", ["id"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_index("ix_plans_broadcast", "plans", ["name"], sqlite_where=_BROADCAST, postgresql_where=_BROADCAST)


def downgrade() -> None:
    op.execute("DELETE FROM plans WHERE kind = 'broadcast'")
    op.drop_index("ix_plans_broadcast", "plans")
    op.drop_table("broadcasts")

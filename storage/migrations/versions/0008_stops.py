"""Stops: when nothing is sent of an event, or of any. When each finding was posted, so that it can be taken back."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "stops",
        sa.Column("id", _ID, nullable=False),
        sa.Column("event_id", _ID, autoincrement=False, nullable=True),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("ended_at", _INSTANT),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_stops_event_id_events"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stops")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stops_event_id"), "stops", ["event_id"])
    op.create_index(
        "ix_stops_in_force",
        "stops",
        ["event_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.add_column("postings", sa.Column("posted_at", _INSTANT))


def downgrade() -> None:
    op.drop_column("postings", "posted_at")
    op.drop_table("stops")

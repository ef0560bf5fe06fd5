"""Following an event: the headcount of the day, and when each wave was last reminded of by hand."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "headcounts",
        sa.Column("event_id", _ID, autoincrement=False, nullable=False),
        sa.Column("counted_at", _INSTANT, nullable=False),
        *(
            sa.Column(part, sa.Integer(), nullable=False)
            for part in ("active", "silent", "paused", "unreachable", "gone")
        ),
        _of_an_event("headcounts"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_headcounts")),
    )
    op.create_table(
        "reminded_waves",
        sa.Column("event_id", _ID, autoincrement=False, nullable=False),
        sa.Column("survey", sa.String(128), nullable=False),
        sa.Column("occurrence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reminded_at", _INSTANT, nullable=False),
        _of_an_event("reminded_waves"),
        sa.PrimaryKeyConstraint("event_id", "survey", "occurrence", name=op.f("pk_reminded_waves")),
    )


def downgrade() -> None:
    # Versions before this one do not know the kind.
    op.execute("DELETE FROM plans WHERE kind = 'summary'")
    op.execute("UPDATE plans SET reason = NULL WHERE reason = 'nothing_new'")
    op.drop_table("reminded_waves")
    op.drop_table("headcounts")


def _of_an_event(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["event_id"], ["events.id"], name=op.f(f"fk_{table}_event_id_events"), ondelete="CASCADE"
    )

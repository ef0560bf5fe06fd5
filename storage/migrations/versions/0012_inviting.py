"""Inviting: what people are invited as, numbers of invitations, and who is expected.

Columns are added in place, as in 0002. Invitations for participants that there are get their numbers by age.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NUMBERS = "ix_invitations_event_id_number"


def upgrade() -> None:
    op.add_column("enrolments", sa.Column("part", sa.String(128), nullable=False, server_default=""))
    op.add_column("invitations", sa.Column("part", sa.String(128), nullable=False, server_default=""))
    op.add_column("invitations", sa.Column("number", sa.Integer()))
    op.execute(
        "UPDATE invitations SET number = (SELECT COUNT(*) FROM invitations AS older"
        " WHERE older.event_id = invitations.event_id AND older.role = 'participant' AND older.id <= invitations.id)"
        " WHERE role = 'participant'"
    )
    op.create_index(op.f(_NUMBERS), "invitations", ["event_id", "number"], unique=True)
    op.create_table(
        "expected",
        sa.Column("event_id", _ID, autoincrement=False, nullable=False),
        sa.Column("lookup", sa.LargeBinary(32), nullable=False),
        sa.Column("invitation_id", _ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_expected_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_expected_invitation_id_invitations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "lookup", name=op.f("pk_expected")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_expected_invitation_id")),
    )


def downgrade() -> None:
    # Without the table nobody would know which invitations are for one person each: they go with it.
    op.execute("DELETE FROM invitations WHERE id IN (SELECT invitation_id FROM expected)")
    op.drop_table("expected")
    op.drop_index(op.f(_NUMBERS), "invitations")
    op.drop_column("invitations", "number")
    op.drop_column("invitations", "part")
    op.drop_column("enrolments", "part")

"""The history of answers, when a survey closes, and who declined it.

Columns are added and dropped in place. Writing a table anew, as Alembic's batches do on SQLite, would drop the old one,
and with it by the cascade every response.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("plans", sa.Column("closes_at", _INSTANT))
    op.add_column("plans", sa.Column("declined_at", _INSTANT))
    op.create_table(
        "answer_versions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("response_id", _ID, autoincrement=False, nullable=False),
        sa.Column("question", sa.String(128), nullable=False),
        sa.Column("choice", sa.Text()),
        sa.Column("number", sa.BigInteger()),
        sa.Column("text", sa.LargeBinary()),
        sa.Column("answered_at", _INSTANT, nullable=False),
        sa.Column("replaced_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["responses.plan_id"],
            name=op.f("fk_answer_versions_response_id_responses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_versions")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_answer_versions_response_id"), "answer_versions", ["response_id"])


def downgrade() -> None:
    op.drop_table("answer_versions")
    op.drop_column("plans", "declined_at")
    op.drop_column("plans", "closes_at")

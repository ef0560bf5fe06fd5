"""Coding: what coders make of answers in people's own words, and the codes that they add to a codebook."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "added_codes",
        sa.Column("id", _ID, nullable=False),
        sa.Column("event_id", _ID, autoincrement=False, nullable=False),
        sa.Column("question", sa.String(128), nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_fr", sa.Text(), nullable=False),
        sa.Column("description_en", sa.Text(), nullable=False),
        sa.Column("description_fr", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_added_codes_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_added_codes")),
        sa.UniqueConstraint("event_id", "question", "name", name=op.f("uq_added_codes_event_id_question_name")),
    )
    op.create_table(
        "codings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("answer_id", _ID, autoincrement=False, nullable=False),
        sa.Column("coder", sa.String(128), nullable=False),
        sa.Column("answered_at", _INSTANT, nullable=False),
        sa.Column("coded_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_codings_answer_id_answers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codings")),
        sa.UniqueConstraint("answer_id", "coder", name=op.f("uq_codings_answer_id_coder")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "given_codes",
        sa.Column("coding_id", _ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(128), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding_id"], ["codings.id"], name=op.f("fk_given_codes_coding_id_codings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("coding_id", "code", name=op.f("pk_given_codes")),
    )


def downgrade() -> None:
    op.drop_table("given_codes")
    op.drop_table("codings")
    op.drop_table("added_codes")

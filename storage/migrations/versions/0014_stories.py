"""Stories of participants, and what of them was told in which group."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def _belongs(table: str, column: str, owner: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{owner}")
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "story_releases",
        sa.Column("id", _ID, nullable=False),
        sa.Column("event_id", _ID, autoincrement=False, nullable=False),
        _belongs("story_releases", "event_id", "events"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_releases")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_story_releases_event_id"), "story_releases", ["event_id"])
    op.create_table(
        "stories",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("chat_id", _ID, autoincrement=False, nullable=False),
        sa.Column("event_id", _ID, autoincrement=False, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("translation", sa.LargeBinary()),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("objection", sa.String(20)),
        sa.Column("written_at", _INSTANT, nullable=False),
        sa.Column("consented_at", _INSTANT, nullable=False),
        sa.Column("approved_at", _INSTANT),
        sa.Column("moved_at", _INSTANT, nullable=False),
        sa.Column("news_at", _INSTANT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("release_id", _ID, autoincrement=False),
        sa.Column("place", sa.Integer()),
        sa.Column("told", sa.LargeBinary()),
        _belongs("stories", "chat_id", "chats"),
        _belongs("stories", "event_id", "events"),
        _belongs("stories", "release_id", "story_releases", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    for column in ("chat_id", "event_id", "news_at", "release_id"):
        op.create_index(op.f(f"ix_stories_{column}"), "stories", [column])
    op.create_table(
        "story_postings",
        sa.Column("release_id", _ID, autoincrement=False, nullable=False),
        sa.Column("chat_id", _ID, autoincrement=False, nullable=False),
        sa.Column("posted_at", _INSTANT),
        _belongs("story_postings", "release_id", "story_releases"),
        _belongs("story_postings", "chat_id", "chats"),
        sa.PrimaryKeyConstraint("release_id", "chat_id", name=op.f("pk_story_postings")),
    )
    op.create_index(op.f("ix_story_postings_chat_id"), "story_postings", ["chat_id"])


def downgrade() -> None:
    for table in ("story_postings", "stories", "story_releases"):
        op.drop_table(table)

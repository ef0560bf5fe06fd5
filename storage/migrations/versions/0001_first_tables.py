"""The first tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)
_NAME = sa.String(128)
_WORD = sa.String(20)


def upgrade() -> None:
    _chats_and_events()
    _people()
    _plans_and_answers()
    _groups()
    _queues()


def downgrade() -> None:
    for table in (
        *("outbox", "inbox", "postings", "release_members", "releases", "group_links", "recalls", "answer_choices"),
        *("answers", "responses", "plans", "profile_answers", "consents", "enrolments", "coordinators"),
        *("invitations", "revisions", "events", "chats"),
    ):
        op.drop_table(table)


def _chats_and_events() -> None:
    op.create_table(
        "chats",
        _id(),
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.Column("channel", _NAME, nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("lookup", sa.LargeBinary(32), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("language", _WORD, nullable=False),
        sa.Column("zone", _NAME),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("step", sa.LargeBinary()),
        sa.Column("heard_at", _INSTANT),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chats"),
        sa.UniqueConstraint("lookup", name="uq_chats_lookup"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "events",
        _id(),
        sa.Column("code", _NAME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("code", name="uq_events_code"),
    )
    op.create_table(
        "revisions",
        _id(),
        *_belongs("revisions", "event_id", "events.id"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("imported_at", _INSTANT, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.UniqueConstraint("event_id", "digest", name="uq_revisions_event_id_digest"),
        sa.UniqueConstraint("event_id", "rank", name="uq_revisions_event_id_rank"),
        sqlite_autoincrement=True,
    )


def _people() -> None:
    op.create_table(
        "invitations",
        sa.Column("code", sa.String(64), nullable=False),
        *_belongs("invitations", "event_id", "events.id"),
        sa.Column("role", _WORD, nullable=False),
        sa.Column("expires_at", _INSTANT),
        sa.Column("single_use", sa.Boolean(), nullable=False),
        sa.Column("used_at", _INSTANT),
        sa.PrimaryKeyConstraint("code", name="pk_invitations"),
    )
    op.create_table(
        "coordinators",
        *_belongs("coordinators", "chat_id", "chats.id"),
        *_belongs("coordinators", "event_id", "events.id"),
        sa.Column("appointed_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "event_id", name="pk_coordinators"),
    )
    op.create_table(
        "enrolments",
        _id(),
        *_belongs("enrolments", "chat_id", "chats.id"),
        *_belongs("enrolments", "event_id", "events.id"),
        *_belongs("enrolments", "revision_id", "revisions.id", ondelete=None),
        sa.Column("joined_at", _INSTANT, nullable=False),
        sa.Column("left_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_enrolments"),
        sa.UniqueConstraint("chat_id", "event_id", name="uq_enrolments_chat_id_event_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_enrolments_event_id", "enrolments", ["event_id"])
    op.create_table(
        "consents",
        *_belongs("consents", "enrolment_id", "enrolments.id"),
        sa.Column("purpose", _WORD, nullable=False),
        sa.Column("given_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("enrolment_id", "purpose", name="pk_consents"),
    )
    op.create_table(
        "profile_answers",
        *_belongs("profile_answers", "enrolment_id", "enrolments.id"),
        sa.Column("question", _NAME, nullable=False),
        sa.Column("choice", _NAME, nullable=False),
        sa.PrimaryKeyConstraint("enrolment_id", "question", name="pk_profile_answers"),
    )


def _plans_and_answers() -> None:
    op.create_table(
        "plans",
        _id(),
        *_belongs("plans", "chat_id", "chats.id"),
        *_belongs("plans", "event_id", "events.id"),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("name", _NAME, nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT),
        *_belongs("plans", "revision_id", "revisions.id", ondelete=None),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("reason", _WORD),
        sa.Column("settled_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
        sa.UniqueConstraint(
            *("chat_id", "event_id", "kind", "name", "occurrence"),
            name="uq_plans_chat_id_event_id_kind_name_occurrence",
        ),
        sqlite_autoincrement=True,
    )
    _partial_index("ix_plans_due", "plans", ["due_at", "id"], "state = 'planned'")
    op.create_table(
        "responses",
        *_belongs("responses", "plan_id", "plans.id"),
        *_belongs("responses", "enrolment_id", "enrolments.id"),
        *_belongs("responses", "revision_id", "revisions.id", ondelete=None),
        sa.Column("survey", _NAME, nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("completed_at", _INSTANT),
        sa.PrimaryKeyConstraint("plan_id", name="pk_responses"),
    )
    op.create_index("ix_responses_enrolment_id", "responses", ["enrolment_id"])
    _answers()
    op.create_table(
        "recalls",
        *_belongs("recalls", "plan_id", "plans.id"),
        *_belongs("recalls", "enrolment_id", "enrolments.id"),
        sa.Column("message", _NAME, nullable=False),
        sa.Column("choice", _NAME, nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("recalled_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name="pk_recalls"),
    )
    op.create_index("ix_recalls_enrolment_id", "recalls", ["enrolment_id"])


def _answers() -> None:
    op.create_table(
        "answers",
        _id(),
        *_belongs("answers", "response_id", "responses.plan_id"),
        sa.Column("question", _NAME, nullable=False),
        sa.Column("choice", _NAME),
        sa.Column("number", sa.BigInteger()),
        sa.Column("text", sa.LargeBinary()),
        sa.Column("answered_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.UniqueConstraint("response_id", "question", name="uq_answers_response_id_question"),
    )
    op.create_table(
        "answer_choices",
        *_belongs("answer_choices", "answer_id", "answers.id"),
        sa.Column("choice", _NAME, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("answer_id", "choice", name="pk_answer_choices"),
    )


def _groups() -> None:
    op.create_table(
        "group_links",
        *_belongs("group_links", "chat_id", "chats.id"),
        *_belongs("group_links", "event_id", "events.id"),
        sa.Column("linked_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_group_links"),
    )
    op.create_index("ix_group_links_event_id", "group_links", ["event_id"])
    op.create_table(
        "releases",
        _id(),
        *_belongs("releases", "event_id", "events.id"),
        sa.Column("survey", _NAME, nullable=False),
        sa.Column("question", _NAME, nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("text_fr", sa.Text(), nullable=False),
        sa.Column("released_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_releases"),
    )
    op.create_index("ix_releases_event_id", "releases", ["event_id"])
    op.create_table(
        "release_members",
        *_belongs("release_members", "event_id", "events.id"),
        sa.Column("survey", _NAME, nullable=False),
        sa.Column("question", _NAME, nullable=False),
        *_belongs("release_members", "enrolment_id", "enrolments.id"),
        sa.PrimaryKeyConstraint("event_id", "survey", "question", "enrolment_id", name="pk_release_members"),
    )
    op.create_index("ix_release_members_enrolment_id", "release_members", ["enrolment_id"])
    op.create_table(
        "postings",
        *_belongs("postings", "release_id", "releases.id"),
        *_belongs("postings", "chat_id", "chats.id"),
        sa.PrimaryKeyConstraint("release_id", "chat_id", name="pk_postings"),
    )
    op.create_index("ix_postings_chat_id", "postings", ["chat_id"])


def _queues() -> None:
    op.create_table(
        "inbox",
        sa.Column("channel", _NAME, nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "update_id", name="pk_inbox"),
    )
    op.create_table(
        "outbox",
        _id(),
        *_belongs("outbox", "chat_id", "chats.id"),
        sa.Column("operation", _WORD, nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("serial", sa.Integer()),
        sa.Column("carrying", sa.Integer()),
        sa.Column("target", sa.String(64)),
        *_belongs("outbox", "plan_id", "plans.id", ondelete="SET NULL", nullable=True),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", _NAME),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("sent_at", _INSTANT),
        sa.Column("message_id", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_chat_id_serial", "outbox", ["chat_id", "serial"])
    _partial_index("ix_outbox_open", "outbox", ["id"], "state = 'pending' OR state = 'sending'")
    _partial_index("ix_outbox_plan_id", "outbox", ["plan_id"], "plan_id IS NOT NULL")


def _id() -> sa.Column[int]:
    return sa.Column("id", _ID, nullable=False)


def _belongs(
    table: str, name: str, target: str, *, ondelete: str | None = "CASCADE", nullable: bool = False
) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    called = f"fk_{table}_{name}_{target.split('.', maxsplit=1)[0]}"
    column = sa.Column(name, _ID, autoincrement=False, nullable=nullable)
    return column, sa.ForeignKeyConstraint([name], [target], name=called, ondelete=ondelete)


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))

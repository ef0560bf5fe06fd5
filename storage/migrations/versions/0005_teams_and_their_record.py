"""Teams: who looks after an event, invitations that can be limited and taken back, the life of an event, the audit log.

Columns are added in place, as in 0002. The table of invitations is made anew: nothing belongs to its rows. Nobody can
change or delete a line of the audit log: triggers refuse it.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("events", sa.Column("state", sa.String(20), nullable=False, server_default="live"))
    op.add_column("events", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    _renew_invitations()
    _create_of_persons("appointments", "appointed_at")
    op.execute(
        "INSERT INTO appointments (chat_id, event_id, role, appointed_at)"
        " SELECT chat_id, event_id, 'coordinator', appointed_at FROM coordinators"
    )
    op.drop_table("coordinators")
    _create_of_persons("candidates", "asked_at")
    _create_jobs()
    op.create_table(
        "audit",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("actor", sa.String(32), nullable=False),
        sa.Column("event", sa.String(128), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("item", sa.BigInteger(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("stamp", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    _refuse_changes()


def downgrade() -> None:
    _allow_changes()
    op.drop_table("audit")
    op.drop_table("jobs")
    op.drop_table("candidates")
    op.create_table(
        "coordinators",
        sa.Column("chat_id", _ID, autoincrement=False, nullable=False),
        sa.Column("event_id", _ID, autoincrement=False, nullable=False),
        sa.Column("appointed_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_coordinators_chat_id_chats"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_coordinators_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", "event_id", name=op.f("pk_coordinators")),
    )
    op.execute(
        "INSERT INTO coordinators (chat_id, event_id, appointed_at)"
        " SELECT chat_id, event_id, appointed_at FROM appointments WHERE role = 'coordinator'"
    )
    op.drop_table("appointments")
    _restore_invitations()
    op.drop_column("events", "version")
    op.drop_column("events", "state")


def _renew_invitations() -> None:
    op.rename_table("invitations", "old_invitations")
    if op.get_context().dialect.name == "postgresql":
        for name in ("pk_invitations", "fk_invitations_event_id_events"):
            op.drop_constraint(op.f(name), "old_invitations")
    op.create_table(
        "invitations",
        sa.Column("id", _ID, nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("event_id", _ID, autoincrement=False, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("created_at", _INSTANT),
        sa.Column("expires_at", _INSTANT),
        sa.Column("places", sa.Integer()),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("revoked_at", _INSTANT),
        sa.Column("vouched", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_invitations_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code", name=op.f("uq_invitations_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_invitations_event_id"), "invitations", ["event_id"])
    op.execute(
        "INSERT INTO invitations (code, event_id, role, expires_at, places, uses, vouched)"
        " SELECT code, event_id, role, expires_at, CASE WHEN single_use THEN 1 END,"
        " CASE WHEN used_at IS NULL THEN 0 ELSE 1 END, FALSE FROM old_invitations ORDER BY code"
    )
    op.drop_table("old_invitations")


def _restore_invitations() -> None:
    op.drop_index(op.f("ix_invitations_event_id"), "invitations")
    op.rename_table("invitations", "new_invitations")
    if op.get_context().dialect.name == "postgresql":
        for name in ("pk_invitations", "uq_invitations_code", "fk_invitations_event_id_events"):
            op.drop_constraint(op.f(name), "new_invitations")
    op.create_table(
        "invitations",
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("event_id", _ID, autoincrement=False, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("expires_at", _INSTANT),
        sa.Column("single_use", sa.Boolean(), nullable=False),
        sa.Column("used_at", _INSTANT),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_invitations_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_invitations")),
    )
    op.execute(
        "INSERT INTO invitations (code, event_id, role, expires_at, single_use, used_at)"
        " SELECT code, event_id, role, expires_at, COALESCE(places, 0) = 1,"
        " CASE WHEN uses >= places THEN created_at END FROM new_invitations"
        " WHERE role <> 'moderator' AND revoked_at IS NULL AND (places IS NULL OR uses < places)"
    )
    op.drop_table("new_invitations")


def _create_of_persons(name: str, when: str) -> None:
    op.create_table(
        name,
        sa.Column("chat_id", _ID, autoincrement=False, nullable=False),
        sa.Column("event_id", _ID, autoincrement=False, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column(when, _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f(f"fk_{name}_chat_id_chats"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f(f"fk_{name}_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", "event_id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_event_id"), name, ["event_id"])


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", _ID, nullable=False),
        sa.Column("chat_id", _ID, autoincrement=False, nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("item", sa.BigInteger(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("result", sa.LargeBinary()),
        sa.Column("trouble", sa.String(20)),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_jobs_chat_id_chats"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_jobs_waiting",
        "jobs",
        ["id"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def _refuse_changes() -> None:
    if op.get_context().dialect.name == "sqlite":
        for deed in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER audit_no_{deed} BEFORE {deed.upper()} ON audit"
                " BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the audit log is only ever added to'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    )


def _allow_changes() -> None:
    if op.get_context().dialect.name == "sqlite":
        for deed in ("update", "delete"):
            op.execute(f"DROP TRIGGER audit_no_{deed}")
        return
    op.execute("DROP TRIGGER audit_no_change ON audit")
    op.execute("DROP FUNCTION audit_refuse()")

"""All that is sent: planned, broadcast, on its way; and what came in."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from conversations.broadcasts import BroadcastState
from conversations.effects import SayKind
from conversations.policy import Reason
from conversations.timing import TouchpointKind
from storage.database import UtcDateTime
from storage.states import Operation, PlanState, State
from storage.tables.columns import ID, NAME, belongs, metadata, only_where, word

plans = Table(
    "plans",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("chat_id", "chats.id"),
    belongs("event_id", "events.id"),
    Column("kind", word(TouchpointKind), nullable=False),
    Column("name", String(NAME), nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    # When the schedule has it; due_at moves on from there each time it is put off, or moved by the person.
    Column("planned_at", UtcDateTime),
    Column("expires_at", UtcDateTime),
    Column("closes_at", UtcDateTime),
    Column("declined_at", UtcDateTime),
    # What its name and its texts are looked up in: a plan that was sent keeps it, one still to come moves on.
    Column("revision_id", ID, ForeignKey("revisions.id"), nullable=False),
    Column("state", word(PlanState), nullable=False),
    Column("reason", word(Reason)),
    Column("settled_at", UtcDateTime),
    UniqueConstraint("chat_id", "event_id", "kind", "name", "occurrence"),
    sqlite_autoincrement=True,
)
only_where("state = 'planned'", "ix_plans_due", plans.c.due_at, plans.c.id)

# The broadcasts of a team. Who gets one is rows of `plans`, whose name is its number.
broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("event_id", "events.id"),
    # Whoever wrote it: their key seals its words.
    belongs("chat_id", "chats.id"),
    Column("state", word(BroadcastState), nullable=False),
    # Counts its changes, so that an older button is known for what it is.
    Column("version", Integer, nullable=False),
    Column("letter", LargeBinary, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("consent_by", ID, ForeignKey("chats.id", ondelete="SET NULL")),
    Column("recipients", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("confirmed_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    # The platform's id of the message, in the chat of whoever wrote it, that shows how far it is.
    Column("report", String(64)),
    Index(None, "event_id"),
    Index(None, "chat_id"),
    sqlite_autoincrement=True,
)
only_where("confirmed_at IS NOT NULL AND ended_at IS NULL", "ix_broadcasts_open", broadcasts.c.id)
only_where("kind = 'broadcast'", "ix_plans_broadcast", plans.c.name)

inbox = Table(
    "inbox",
    metadata,
    Column("channel", String(NAME), primary_key=True),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("chat_id", "chats.id"),
    Column("operation", word(Operation), nullable=False),
    Column("kind", word(SayKind), nullable=False),
    Column("body", LargeBinary),
    Column("serial", Integer),
    Column("carrying", Integer),
    Column("target", String(64)),
    Column("plan_id", ID, ForeignKey("plans.id", ondelete="SET NULL")),
    Column("state", word(State), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", String(NAME)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("message_id", String(64)),
    Index(None, "chat_id", "serial"),
)
only_where("state = 'pending' OR state = 'sending'", "ix_outbox_open", outbox.c.id)
only_where("plan_id IS NOT NULL", "ix_outbox_plan_id", outbox.c.plan_id)

"""The teams: who is in one, what they sent and did, and what is kept for their looking."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from conversations.model import Role
from storage.database import UtcDateTime
from storage.states import DraftState, JobState
from storage.tables.columns import ID, LENGTH, NAME, belongs, metadata, only_where, word

# Who looks after an event, and as what.
appointments = Table(
    "appointments",
    metadata,
    belongs("chat_id", "chats.id", primary_key=True),
    belongs("event_id", "events.id", primary_key=True),
    Column("role", word(Role), nullable=False),
    Column("appointed_at", UtcDateTime, nullable=False),
    Index(None, "event_id"),
)

# Who opened an invitation to a team and waits to be confirmed.
candidates = Table(
    "candidates",
    metadata,
    belongs("chat_id", "chats.id", primary_key=True),
    belongs("event_id", "events.id", primary_key=True),
    Column("role", word(Role), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Index(None, "event_id"),
)

# Files that somebody of a team sent, to be read beside the conversation.
jobs = Table(
    "jobs",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("chat_id", "chats.id"),
    Column("act", String(32), nullable=False),
    # The number of an event, 0 as long as the file itself has to say which.
    Column("event_id", ID, nullable=False),
    Column("item", BigInteger, nullable=False),
    Column("file", LargeBinary, nullable=False),
    Column("state", word(JobState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("result", LargeBinary),
    Column("trouble", String(LENGTH)),
    Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)
only_where("state = 'waiting'", "ix_jobs_waiting", jobs.c.id)

# Workbooks that wait to be published. The number is that of the job that read the file, so that a button can name it.
drafts = Table(
    "drafts",
    metadata,
    Column("id", ID, primary_key=True, autoincrement=False),
    # Null while no event can be told; then it is of nobody's but the chat's.
    belongs("event_id", "events.id", nullable=True),
    Column("chat_id", ID, ForeignKey("chats.id", ondelete="SET NULL")),
    Column("code", String(NAME), nullable=False),
    # Null while something blocks.
    Column("content", Text),
    Column("report", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("uploaded_at", UtcDateTime, nullable=False),
    Column("state", word(DraftState), nullable=False),
    Index(None, "event_id"),
    Index(None, "chat_id"),
)

# Only ever added to: triggers refuse everything else (migration 0005). Each stamp covers the one before.
audit = Table(
    "audit",
    metadata,
    Column("id", ID, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(32), nullable=False),
    Column("event", String(NAME), nullable=False),
    Column("act", String(32), nullable=False),
    Column("item", BigInteger, nullable=False),
    Column("details", Text, nullable=False),
    Column("stamp", LargeBinary(32), nullable=False),
    sqlite_autoincrement=True,
)

# How many take part in an event, counted once a day: see conversations/disclosure.py.
headcounts = Table(
    "headcounts",
    metadata,
    belongs("event_id", "events.id", primary_key=True),
    Column("counted_at", UtcDateTime, nullable=False),
    *(Column(part, Integer, nullable=False) for part in ("active", "silent", "paused", "unreachable", "gone")),
)

# When a coordinator last had a wave reminded of.
reminded_waves = Table(
    "reminded_waves",
    metadata,
    belongs("event_id", "events.id", primary_key=True),
    Column("survey", String(NAME), primary_key=True),
    Column("occurrence", Integer, primary_key=True, autoincrement=False),
    Column("reminded_at", UtcDateTime, nullable=False),
)

"""Who takes part: their chat and its key, what they joined, what they agreed to, and their calls for help."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from conversations.aid import RequestState
from conversations.model import Language, Purpose
from conversations.policy import Pace
from storage.database import UtcDateTime
from storage.states import ChatKind
from storage.tables.columns import ID, NAME, belongs, keys_metadata, metadata, word

person_keys = Table(
    "person_keys",
    keys_metadata,
    Column("key_id", String(32), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

chats = Table(
    "chats",
    metadata,
    Column("id", ID, primary_key=True),
    Column("key_id", String(32), nullable=False),
    Column("channel", String(NAME), nullable=False),
    Column("kind", word(ChatKind), nullable=False),
    Column("lookup", LargeBinary(32), nullable=False, unique=True),
    Column("address", LargeBinary, nullable=False),
    Column("language", word(Language), nullable=False),
    Column("zone", String(NAME)),
    Column("serial", Integer, nullable=False),
    Column("step", LargeBinary),
    Column("heard_at", UtcDateTime),
    Column("reachable", Boolean, nullable=False),
    Column("pace", word(Pace)),
    Column("paused_until", UtcDateTime),
    # When contacts were shown last, for whatever reason; forgotten after a day.
    Column("referred_at", UtcDateTime),
    sqlite_autoincrement=True,
)

enrolments = Table(
    "enrolments",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("chat_id", "chats.id"),
    belongs("event_id", "events.id"),
    Column("revision_id", ID, ForeignKey("revisions.id"), nullable=False),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime),
    # What they were invited as, by its name in the event; empty for nothing in particular.
    Column("part", String(NAME), nullable=False, server_default=""),
    UniqueConstraint("chat_id", "event_id"),
    Index(None, "event_id"),
    sqlite_autoincrement=True,
)

consents = Table(
    "consents",
    metadata,
    belongs("enrolment_id", "enrolments.id", primary_key=True),
    Column("purpose", word(Purpose), primary_key=True),
    Column("given_at", UtcDateTime, nullable=False),
)

profile_answers = Table(
    "profile_answers",
    metadata,
    belongs("enrolment_id", "enrolments.id", primary_key=True),
    Column("question", String(NAME), primary_key=True),
    Column("choice", String(NAME), nullable=False),
)

help_requests = Table(
    "help_requests",
    metadata,
    # A number that nobody can guess, since teams see it in buttons.
    Column("id", ID, primary_key=True, autoincrement=False),
    belongs("chat_id", "chats.id"),
    belongs("event_id", "events.id"),
    Column("word", String(32), nullable=False),
    Column("state", word(RequestState), nullable=False),
    Column("taken_by", ID, ForeignKey("chats.id", ondelete="SET NULL"), autoincrement=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("moved_at", UtcDateTime, nullable=False),
    # When it has waited too long; null once that was said, or is out of question.
    Column("due_at", UtcDateTime),
    Index(None, "chat_id"),
    Index(None, "due_at"),
    Index(None, "event_id"),
    Index(None, "taken_by"),
)

help_letters = Table(
    "help_letters",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("request_id", "help_requests.id"),
    Column("to_team", Boolean, nullable=False),
    Column("sharing", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "request_id"),
)

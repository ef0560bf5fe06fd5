"""What people answered, and what they recall."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from conversations.model import Language
from storage.database import UtcDateTime
from storage.tables.columns import ID, NAME, belongs, metadata, word

responses = Table(
    "responses",
    metadata,
    belongs("plan_id", "plans.id", primary_key=True),
    belongs("enrolment_id", "enrolments.id"),
    Column("revision_id", ID, ForeignKey("revisions.id"), nullable=False),
    Column("survey", String(NAME), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("completed_at", UtcDateTime),
    Index(None, "enrolment_id"),
)

# A question that was skipped has a row without a value: it was seen, and is not asked again.
answers = Table(
    "answers",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("response_id", "responses.plan_id"),
    Column("question", String(NAME), nullable=False),
    Column("choice", String(NAME)),
    Column("number", BigInteger),
    Column("text", LargeBinary),
    Column("answered_at", UtcDateTime, nullable=False),
    UniqueConstraint("response_id", "question"),
)

answer_choices = Table(
    "answer_choices",
    metadata,
    belongs("answer_id", "answers.id", primary_key=True),
    Column("choice", String(NAME), primary_key=True),
    Column("position", Integer, nullable=False),
)

# What an answer was before it was changed in a response that had been submitted; several choices stand in one text.
answer_versions = Table(
    "answer_versions",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("response_id", "responses.plan_id"),
    Column("question", String(NAME), nullable=False),
    Column("choice", Text),
    Column("number", BigInteger),
    Column("text", LargeBinary),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("replaced_at", UtcDateTime, nullable=False),
    Index(None, "response_id"),
    sqlite_autoincrement=True,
)

recalls = Table(
    "recalls",
    metadata,
    belongs("plan_id", "plans.id", primary_key=True),
    Column("message", String(NAME), primary_key=True),
    belongs("enrolment_id", "enrolments.id"),
    # Which of the message's questions asks, from 0; and its place in the nudge.
    Column("question", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    # What was answered, null for not knowing; all of it null as long as nothing was.
    Column("choice", String(NAME)),
    Column("right", Boolean),
    Column("sure", Boolean),
    Column("language", word(Language)),
    Column("recalled_at", UtcDateTime),
    Index(None, "enrolment_id"),
)

memories = Table(
    "memories",
    metadata,
    belongs("enrolment_id", "enrolments.id", primary_key=True),
    Column("message", String(NAME), primary_key=True),
    Column("rung", Integer, nullable=False),
    # Null once it is mastered.
    Column("due_at", UtcDateTime),
    Column("stability", Float, nullable=False),
    Column("difficulty", Float, nullable=False),
    Column("reviewed_at", UtcDateTime, nullable=False),
)

# What one coder made of one answer, as it was when it was answered; without a row in `given_codes` no code applies.
codings = Table(
    "codings",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("answer_id", "answers.id"),
    Column("coder", String(NAME), nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("coded_at", UtcDateTime, nullable=False),
    UniqueConstraint("answer_id", "coder"),
    sqlite_autoincrement=True,
)

given_codes = Table(
    "given_codes",
    metadata,
    belongs("coding_id", "codings.id", primary_key=True),
    Column("code", String(NAME), primary_key=True),
)

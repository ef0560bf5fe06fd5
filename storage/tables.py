"""The tables. Nothing that identifies a person, and no free text, is ever kept in clear.

Whatever belongs to a chat goes when the chat goes (ON DELETE CASCADE). Ids that appear in logs or buttons are never
given out twice, not even after a deletion.
"""

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Enum,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from conversations.aid import RequestState
from conversations.broadcasts import BroadcastState
from conversations.effects import SayKind
from conversations.model import EventState, Language, Purpose, Role
from conversations.policy import Pace, Reason
from conversations.timing import TouchpointKind
from storage.database import UtcDateTime
from storage.states import ChatKind, DraftState, JobState, Operation, PlanState, State

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=_NAMES)
keys_metadata = MetaData(naming_convention=_NAMES)

# 64 bits, so that no number in a forged button is too large to be looked up; SQLite's INTEGER has them anyway.
_ID = BigInteger().with_variant(Integer(), "sqlite")
_LENGTH = 20  # of the longest word of any state, with room to spare
_NAME = 128


def _word(kind: type[StrEnum]) -> Enum:
    return Enum(kind, native_enum=False, length=_LENGTH, values_callable=lambda words: [word.value for word in words])


def _belongs(
    name: str, target: str, *, primary_key: bool = False, nullable: bool = False, unique: bool = False
) -> Column[int]:
    owner = ForeignKey(target, ondelete="CASCADE")
    return Column(name, _ID, owner, primary_key=primary_key, nullable=nullable, unique=unique, autoincrement=False)


chats = Table(
    "chats",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("key_id", String(32), nullable=False),
    Column("channel", String(_NAME), nullable=False),
    Column("kind", _word(ChatKind), nullable=False),
    Column("lookup", LargeBinary(32), nullable=False, unique=True),
    Column("address", LargeBinary, nullable=False),
    Column("language", _word(Language), nullable=False),
    Column("zone", String(_NAME)),
    Column("serial", Integer, nullable=False),
    Column("step", LargeBinary),
    Column("heard_at", UtcDateTime),
    Column("reachable", Boolean, nullable=False),
    Column("pace", _word(Pace)),
    Column("paused_until", UtcDateTime),
    # When contacts were shown last, for whatever reason; forgotten after a day.
    Column("referred_at", UtcDateTime),
    sqlite_autoincrement=True,
)

events = Table(
    "events",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("code", String(_NAME), nullable=False, unique=True),
    Column("state", _word(EventState), nullable=False, server_default=EventState.LIVE),
    # Counts the changes of its state and of what is published, so that an older button is known for what it is.
    Column("version", Integer, nullable=False, server_default="0"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", _ID, primary_key=True),
    _belongs("event_id", "events.id"),
    Column("digest", String(64), nullable=False),
    Column("content", Text, nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
    # The rank of its newest import: a pack that goes back to earlier words is that earlier revision, newest again.
    Column("rank", Integer, nullable=False),
    UniqueConstraint("event_id", "digest"),
    UniqueConstraint("event_id", "rank"),
    sqlite_autoincrement=True,
)

pack_files = Table(
    "pack_files",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    _belongs("event_id", "events.id"),
    Column("role", _word(Role), nullable=False),
    Column("created_at", UtcDateTime),
    Column("expires_at", UtcDateTime),
    # How many may use it, null for any number, and how many have.
    Column("places", Integer),
    Column("uses", Integer, nullable=False),
    Column("revoked_at", UtcDateTime),
    # Whoever opens it need not be confirmed.
    Column("vouched", Boolean, nullable=False),
    # What participants of the event are invited as; empty for nothing in particular.
    Column("part", String(_NAME), nullable=False, server_default=""),
    # How a team calls an invitation for participants: 1, 2, 3 within the event. Those of one person have none.
    Column("number", Integer),
    Index(None, "event_id"),
    Index(None, "event_id", "number", unique=True),
    sqlite_autoincrement=True,
)

# Who is expected, by an HMAC of their name: no name is kept. Nor is it kept who came of whom: an enrolment leads to no
# row here.
expected = Table(
    "expected",
    metadata,
    _belongs("event_id", "events.id", primary_key=True),
    Column("lookup", LargeBinary(32), primary_key=True),
    _belongs("invitation_id", "invitations.id", unique=True),
)

# Who looks after an event, and as what.
appointments = Table(
    "appointments",
    metadata,
    _belongs("chat_id", "chats.id", primary_key=True),
    _belongs("event_id", "events.id", primary_key=True),
    Column("role", _word(Role), nullable=False),
    Column("appointed_at", UtcDateTime, nullable=False),
    Index(None, "event_id"),
)

# Who opened an invitation to a team and waits to be confirmed.
candidates = Table(
    "candidates",
    metadata,
    _belongs("chat_id", "chats.id", primary_key=True),
    _belongs("event_id", "events.id", primary_key=True),
    Column("role", _word(Role), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Index(None, "event_id"),
)

# Files that somebody of a team sent, to be read beside the conversation.
jobs = Table(
    "jobs",
    metadata,
    Column("id", _ID, primary_key=True),
    _belongs("chat_id", "chats.id"),
    Column("act", String(32), nullable=False),
    # The number of an event, 0 as long as the file itself has to say which.
    Column("event_id", _ID, nullable=False),
    Column("item", BigInteger, nullable=False),
    Column("file", LargeBinary, nullable=False),
    Column("state", _word(JobState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("result", LargeBinary),
    Column("trouble", String(_LENGTH)),
    Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)
Index(
    "ix_jobs_waiting",
    jobs.c.id,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)

# Workbooks that wait to be published. The number is that of the job that read the file, so that a button can name it.
drafts = Table(
    "drafts",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=False),
    # Null while no event can be told; then it is of nobody's but the chat's.
    _belongs("event_id", "events.id", nullable=True),
    Column("chat_id", _ID, ForeignKey("chats.id", ondelete="SET NULL")),
    Column("code", String(_NAME), nullable=False),
    # Null while something blocks.
    Column("content", Text),
    Column("report", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("uploaded_at", UtcDateTime, nullable=False),
    Column("state", _word(DraftState), nullable=False),
    Index(None, "event_id"),
    Index(None, "chat_id"),
)

# Everybody whose plans are to be made to agree with an event that has changed, in slices, by chat.
replannings = Table(
    "replannings",
    metadata,
    Column("id", _ID, primary_key=True),
    _belongs("event_id", "events.id"),
    # Whom to tell when it is done.
    Column("chat_id", _ID, ForeignKey("chats.id", ondelete="SET NULL")),
    Column("after", _ID, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Index(None, "event_id"),
    sqlite_autoincrement=True,
)

# Only ever added to: triggers refuse everything else (migration 0005). Each stamp covers the one before.
audit = Table(
    "audit",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(32), nullable=False),
    Column("event", String(_NAME), nullable=False),
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
    _belongs("event_id", "events.id", primary_key=True),
    Column("counted_at", UtcDateTime, nullable=False),
    *(Column(part, Integer, nullable=False) for part in ("active", "silent", "paused", "unreachable", "gone")),
)

# When a coordinator last had a wave reminded of.
reminded_waves = Table(
    "reminded_waves",
    metadata,
    _belongs("event_id", "events.id", primary_key=True),
    Column("survey", String(_NAME), primary_key=True),
    Column("occurrence", Integer, primary_key=True, autoincrement=False),
    Column("reminded_at", UtcDateTime, nullable=False),
)

# When nothing was sent of an event, or, with none, of any. `by` is a sign in the event's team, or the operator.
stops = Table(
    "stops",
    metadata,
    Column("id", _ID, primary_key=True),
    _belongs("event_id", "events.id", nullable=True),
    Column("since", UtcDateTime, nullable=False),
    Column("by", String(32), nullable=False),
    Column("ended_at", UtcDateTime),
    Index(None, "event_id"),
    sqlite_autoincrement=True,
)
Index(
    "ix_stops_in_force",
    stops.c.event_id,
    unique=True,
    sqlite_where=text("ended_at IS NULL"),
    postgresql_where=text("ended_at IS NULL"),
)

enrolments = Table(
    "enrolments",
    metadata,
    Column("id", _ID, primary_key=True),
    _belongs("chat_id", "chats.id"),
    _belongs("event_id", "events.id"),
    Column("revision_id", _ID, ForeignKey("revisions.id"), nullable=False),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime),
    # What they were invited as, by its name in the event; empty for nothing in particular.
    Column("part", String(_NAME), nullable=False, server_default=""),
    UniqueConstraint("chat_id", "event_id"),
    Index(None, "event_id"),
    sqlite_autoincrement=True,
)

consents = Table(
    "consents",
    metadata,
    _belongs("enrolment_id", "enrolments.id", primary_key=True),
    Column("purpose", _word(Purpose), primary_key=True),
    Column("given_at", UtcDateTime, nullable=False),
)

profile_answers = Table(
    "profile_answers",
    metadata,
    _belongs("enrolment_id", "enrolments.id", primary_key=True),
    Column("question", String(_NAME), primary_key=True),
    Column("choice", String(_NAME), nullable=False),
)

plans = Table(
    "plans",
    metadata,
    Column("id", _ID, primary_key=True),
    _belongs("chat_id", "chats.id"),
    _belongs("event_id", "events.id"),
    Column("kind", _word(TouchpointKind), nullable=False),
    Column("name", String(_NAME), nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    # When the schedule has it; due_at moves on from there each time it is put off, or moved by the person.
    Column("planned_at", UtcDateTime),
    Column("expires_at", UtcDateTime),
    Column("closes_at", UtcDateTime),
    Column("declined_at", UtcDateTime),
    # What its name and its texts are looked up in: a plan that was sent keeps it, one still to come moves on.
    Column("revision_id", _ID, ForeignKey("revisions.id"), nullable=False),
    Column("state", _word(PlanState), nullable=False),
    Column("reason", _word(Reason)),
    Column("settled_at", UtcDateTime),
    UniqueConstraint("chat_id", "event_id", "kind", "name", "occurrence"),
    sqlite_autoincrement=True,
)
Index(
    "ix_plans_due",
    plans.c.due_at,
    plans.c.id,
    sqlite_where=text("state = 'planned'"),
    postgresql_where=text("state = 'planned'"),
)

# The broadcasts of a team. Who gets one is rows of `plans`, whose name is its number.
broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", _ID, primary_key=True),
    _belongs("event_id", "events.id"),
    # Whoever wrote it: their key seals its words.
    _belongs("chat_id", "chats.id"),
    Column("state", _word(BroadcastState), nullable=False),
    # Counts its changes, so that an older button is known for what it is.
    Column("version", Integer, nullable=False),
    Column("letter", LargeBinary, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("consent_by", _ID, ForeignKey("chats.id", ondelete="SET NULL")),
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
Index(
    "ix_broadcasts_open",
    broadcasts.c.id,
    sqlite_where=text("confirmed_at IS NOT NULL AND ended_at IS NULL"),
    postgresql_where=text("confirmed_at IS NOT NULL AND ended_at IS NULL"),
)
Index(
    "ix_plans_broadcast",
    plans.c.name,
    sqlite_where=text("kind = 'broadcast'"),
    postgresql_where=text("kind = 'broadcast'"),
)

responses = Table(
    "responses",
    metadata,
    _belongs("plan_id", "plans.id", primary_key=True),
    _belongs("enrolment_id", "enrolments.id"),
    Column("revision_id", _ID, ForeignKey("revisions.id"), nullable=False),
    Column("survey", String(_NAME), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("completed_at", UtcDateTime),
    Index(None, "enrolment_id"),
)

# A question that was skipped has a row without a value: it was seen, and is not asked again.
answers = Table(
    "answers",
    metadata,
    Column("id", _ID, primary_key=True),
    _belongs("response_id", "responses.plan_id"),
    Column("question", String(_NAME), nullable=False),
    Column("choice", String(_NAME)),
    Column("number", BigInteger),
    Column("text", LargeBinary),
    Column("answered_at", UtcDateTime, nullable=False),
    UniqueConstraint("response_id", "question"),
)

answer_choices = Table(
    "answer_choices",
    metadata,
    _belongs("answer_id", "answers.id", primary_key=True),
    Column("choice", String(_NAME), primary_key=True),
    Column("position", Integer, nullable=False),
)

# What an answer was before it was changed in a response that had been submitted; several choices stand in one text.
answer_versions = Table(
    "answer_versions",
    metadata,
    Column("id", _ID, primary_key=True),
    _belongs("response_id", "responses.plan_id"),
    Column("question", String(_NAME), nullable=False),
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
    _belongs("plan_id", "plans.id", primary_key=True),
    Column("message", String(_NAME), primary_key=True),
    _belongs("enrolment_id", "enrolments.id"),
    # Which of the message's questions asks, from 0; and its place in the nudge.
    Column("question", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    # What was answered, null for not knowing; all of it null as long as nothing was.
    Column("choice", String(_NAME)),
    Column("right", Boolean),
    Column("sure", Boolean),
    Column("language", _word(Language)),
    Column("recalled_at", UtcDateTime),
    Index(None, "enrolment_id"),
)

memories = Table(
    "memories",
    metadata,
    _belongs("enrolment_id", "enrolments.id", primary_key=True),
    Column("message", String(_NAME), primary_key=True),
    Column("rung", Integer, nullable=False),
    # Null once it is mastered.
    Column("due_at", UtcDateTime),
    Column("stability", Float, nullable=False),
    Column("difficulty", Float, nullable=False),
    Column("reviewed_at", UtcDateTime, nullable=False),
)

group_links = Table(
    "group_links",
    metadata,
    _belongs("chat_id", "chats.id", primary_key=True),
    _belongs("event_id", "events.id"),
    Column("linked_at", UtcDateTime, nullable=False),
    # When its digests come (0 is Monday; minutes after midnight where the event has its zone); null as in the workbook.
    Column("weekday", Integer),
    Column("minute", Integer),
    # The platform's number of the topic where they are read; null for the general one.
    Column("topic", BigInteger),
    Index(None, "event_id"),
)

releases = Table(
    "releases",
    metadata,
    Column("id", _ID, primary_key=True),
    _belongs("event_id", "events.id"),
    Column("survey", String(_NAME), nullable=False),
    Column("question", String(_NAME), nullable=False),
    Column("text_en", Text, nullable=False),
    Column("text_fr", Text, nullable=False),
    Column("released_at", UtcDateTime, nullable=False),
    Index(None, "event_id"),
)

release_members = Table(
    "release_members",
    metadata,
    # The key is the digest rule itself: one person, one question, one release.
    _belongs("event_id", "events.id", primary_key=True),
    Column("survey", String(_NAME), primary_key=True),
    Column("question", String(_NAME), primary_key=True),
    _belongs("enrolment_id", "enrolments.id", primary_key=True),
    Index(None, "enrolment_id"),
)

postings = Table(
    "postings",
    metadata,
    _belongs("release_id", "releases.id", primary_key=True),
    _belongs("chat_id", "chats.id", primary_key=True),
    # The time of the turn that handed it to delivery: what does not leave after all is taken back by it.
    Column("posted_at", UtcDateTime),
    Index(None, "chat_id"),
)

help_requests = Table(
    "help_requests",
    metadata,
    # A number that nobody can guess, since teams see it in buttons.
    Column("id", _ID, primary_key=True, autoincrement=False),
    _belongs("chat_id", "chats.id"),
    _belongs("event_id", "events.id"),
    Column("word", String(32), nullable=False),
    Column("state", _word(RequestState), nullable=False),
    Column("taken_by", _ID, ForeignKey("chats.id", ondelete="SET NULL"), autoincrement=False),
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
    Column("id", _ID, primary_key=True),
    _belongs("request_id", "help_requests.id"),
    Column("to_team", Boolean, nullable=False),
    Column("sharing", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "request_id"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("channel", String(_NAME), primary_key=True),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _ID, primary_key=True),
    _belongs("chat_id", "chats.id"),
    Column("operation", _word(Operation), nullable=False),
    Column("kind", _word(SayKind), nullable=False),
    Column("body", LargeBinary),
    Column("serial", Integer),
    Column("carrying", Integer),
    Column("target", String(64)),
    Column("plan_id", _ID, ForeignKey("plans.id", ondelete="SET NULL")),
    Column("state", _word(State), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", String(_NAME)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("message_id", String(64)),
    Index(None, "chat_id", "serial"),
)
Index(
    "ix_outbox_open",
    outbox.c.id,
    sqlite_where=text("state = 'pending' OR state = 'sending'"),
    postgresql_where=text("state = 'pending' OR state = 'sending'"),
)
Index(
    "ix_outbox_plan_id",
    outbox.c.plan_id,
    sqlite_where=text("plan_id IS NOT NULL"),
    postgresql_where=text("plan_id IS NOT NULL"),
)

person_keys = Table(
    "person_keys",
    keys_metadata,
    Column("key_id", String(32), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

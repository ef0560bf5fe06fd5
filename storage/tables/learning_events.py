"""The events: what they say, who may join, and whether anything of them is sent."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from conversations.model import EventState, Role
from storage.database import UtcDateTime
from storage.tables.columns import ID, NAME, belongs, metadata, only_where, word

events = Table(
    "events",
    metadata,
    Column("id", ID, primary_key=True),
    Column("code", String(NAME), nullable=False, unique=True),
    Column("state", word(EventState), nullable=False, server_default=EventState.LIVE),
    # Counts the changes of its state and of what is published, so that an older button is known for what it is.
    Column("version", Integer, nullable=False, server_default="0"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("event_id", "events.id"),
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
    Column("id", ID, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    belongs("event_id", "events.id"),
    Column("role", word(Role), nullable=False),
    Column("created_at", UtcDateTime),
    Column("expires_at", UtcDateTime),
    # How many may use it, null for any number, and how many have.
    Column("places", Integer),
    Column("uses", Integer, nullable=False),
    Column("revoked_at", UtcDateTime),
    # Whoever opens it need not be confirmed.
    Column("vouched", Boolean, nullable=False),
    # What participants of the event are invited as; empty for nothing in particular.
    Column("part", String(NAME), nullable=False, server_default=""),
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
    belongs("event_id", "events.id", primary_key=True),
    Column("lookup", LargeBinary(32), primary_key=True),
    belongs("invitation_id", "invitations.id", unique=True),
)

# Everybody whose plans are to be made to agree with an event that has changed, in slices, by chat.
replannings = Table(
    "replannings",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("event_id", "events.id"),
    # Whom to tell when it is done.
    Column("chat_id", ID, ForeignKey("chats.id", ondelete="SET NULL")),
    Column("after", ID, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Index(None, "event_id"),
    sqlite_autoincrement=True,
)

# When nothing was sent of an event, or, with none, of any. `by` is a sign in the event's team, or the operator.
stops = Table(
    "stops",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("event_id", "events.id", nullable=True),
    Column("since", UtcDateTime, nullable=False),
    Column("by", String(32), nullable=False),
    Column("ended_at", UtcDateTime),
    Index(None, "event_id"),
    sqlite_autoincrement=True,
)
only_where("ended_at IS NULL", "ix_stops_in_force", stops.c.event_id, unique=True)

# Codes that coders added to what the pack has for a question, in the order in which they came.
added_codes = Table(
    "added_codes",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("event_id", "events.id"),
    Column("question", String(NAME), nullable=False),
    Column("name", String(NAME), nullable=False),
    Column("label_en", Text, nullable=False),
    Column("label_fr", Text, nullable=False),
    Column("description_en", Text, nullable=False),
    Column("description_fr", Text, nullable=False),
    UniqueConstraint("event_id", "question", "name"),
)

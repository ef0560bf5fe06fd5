"""The linked groups, and what was told there."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, false

from storage.database import UtcDateTime
from storage.tables.columns import ID, NAME, belongs, metadata

group_links = Table(
    "group_links",
    metadata,
    belongs("chat_id", "chats.id", primary_key=True),
    belongs("event_id", "events.id"),
    Column("linked_at", UtcDateTime, nullable=False),
    # When its digests come (0 is Monday; minutes after midnight where the event has its zone); null as in the workbook.
    Column("weekday", Integer),
    Column("minute", Integer),
    # The platform's number of the topic where they are read; null for the general one.
    Column("topic", BigInteger),
    # Its digests come in both languages, that of the chat first.
    Column("both", Boolean, nullable=False, server_default=false()),
    Index(None, "event_id"),
)

releases = Table(
    "releases",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("event_id", "events.id"),
    Column("survey", String(NAME), nullable=False),
    Column("question", String(NAME), nullable=False),
    Column("text_en", Text, nullable=False),
    Column("text_fr", Text, nullable=False),
    # Its options with their shares, as they are drawn; null where there is nothing to draw.
    Column("bars", Text),
    Column("released_at", UtcDateTime, nullable=False),
    Index(None, "event_id"),
)

release_members = Table(
    "release_members",
    metadata,
    # The key is the digest rule itself: one person, one question, one release.
    belongs("event_id", "events.id", primary_key=True),
    Column("survey", String(NAME), primary_key=True),
    Column("question", String(NAME), primary_key=True),
    belongs("enrolment_id", "enrolments.id", primary_key=True),
    Index(None, "enrolment_id"),
)

postings = Table(
    "postings",
    metadata,
    belongs("release_id", "releases.id", primary_key=True),
    belongs("chat_id", "chats.id", primary_key=True),
    # The time of the turn that handed it to delivery: what does not leave after all is taken back by it.
    Column("posted_at", UtcDateTime),
    Index(None, "chat_id"),
)

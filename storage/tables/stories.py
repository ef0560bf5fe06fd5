"""Stories of participants, sealed with their keys for good, and what of them was told in which group."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table

from conversations.model import Language
from conversations.stories import Objection, StoryState
from storage.database import UtcDateTime
from storage.tables.columns import ID, belongs, metadata, word

story_releases = Table(
    "story_releases",
    metadata,
    Column("id", ID, primary_key=True),
    belongs("event_id", "events.id"),
    Index(None, "event_id"),
    sqlite_autoincrement=True,
)

stories = Table(
    "stories",
    metadata,
    # Drawn by chance: teams call a story by it, and neither its author nor its age shows in it.
    Column("id", ID, primary_key=True, autoincrement=False),
    belongs("chat_id", "chats.id"),
    belongs("event_id", "events.id"),
    Column("state", word(StoryState), nullable=False),
    Column("language", word(Language), nullable=False),
    # Null once it is withdrawn.
    Column("words", LargeBinary),
    Column("translation", LargeBinary),
    Column("agreed", Boolean, nullable=False),
    Column("objection", word(Objection)),
    Column("written_at", UtcDateTime, nullable=False),
    # The author's last yes, and the team's.
    Column("consented_at", UtcDateTime, nullable=False),
    Column("approved_at", UtcDateTime),
    Column("moved_at", UtcDateTime, nullable=False),
    # When its author is to be told that there is something new; null for nothing.
    Column("news_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    # With which others it was told, where among them, and in what words (both languages).
    Column("release_id", ID, ForeignKey("story_releases.id", ondelete="SET NULL"), autoincrement=False),
    Column("place", Integer),
    Column("told", LargeBinary),
    Index(None, "chat_id"),
    Index(None, "event_id"),
    Index(None, "news_at"),
    Index(None, "release_id"),
)

story_postings = Table(
    "story_postings",
    metadata,
    belongs("release_id", "story_releases.id", primary_key=True),
    belongs("chat_id", "chats.id", primary_key=True),
    # As in postings: what does not leave after all is taken back by it.
    Column("posted_at", UtcDateTime),
    Index(None, "chat_id"),
)

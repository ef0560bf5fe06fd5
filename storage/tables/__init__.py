"""The tables. Nothing that identifies a person, and no free text, is ever kept in clear.

Whatever belongs to a chat goes when the chat goes (ON DELETE CASCADE). Ids that appear in logs or buttons are never
given out twice, not even after a deletion.
"""

from storage.tables.columns import keys_metadata, metadata
from storage.tables.group_chats import group_links, postings, release_members, releases
from storage.tables.learning_events import (
    added_codes,
    events,
    expected,
    invitations,
    pack_files,
    replannings,
    revisions,
    stops,
)
from storage.tables.people import chats, consents, enrolments, help_letters, help_requests, person_keys, profile_answers
from storage.tables.responding import (
    answer_choices,
    answer_versions,
    answers,
    codings,
    given_codes,
    memories,
    recalls,
    responses,
)
from storage.tables.sending import broadcasts, inbox, outbox, plans
from storage.tables.stories import stories, story_postings, story_releases
from storage.tables.teams import appointments, audit, candidates, drafts, headcounts, jobs, reminded_waves

__all__ = [
    "added_codes",
    "answer_choices",
    "answer_versions",
    "answers",
    "appointments",
    "audit",
    "broadcasts",
    "candidates",
    "chats",
    "codings",
    "consents",
    "drafts",
    "enrolments",
    "events",
    "expected",
    "given_codes",
    "group_links",
    "headcounts",
    "help_letters",
    "help_requests",
    "inbox",
    "invitations",
    "jobs",
    "keys_metadata",
    "memories",
    "metadata",
    "outbox",
    "pack_files",
    "person_keys",
    "plans",
    "postings",
    "profile_answers",
    "recalls",
    "release_members",
    "releases",
    "reminded_waves",
    "replannings",
    "responses",
    "revisions",
    "stops",
    "stories",
    "story_postings",
    "story_releases",
]

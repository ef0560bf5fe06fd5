"""Stories of participants: sealed with their authors' keys from the first word to the last, also once they are told.

What stands in a group is public there. Here it would lead from public words to a person's number, and from there to
their answers: so it is never in clear, and goes with its author's key.
"""

import json
import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, exists, insert, literal_column, select, update

from conversations.buttons import Manage
from conversations.desk import Desk, Duty
from conversations.model import Bilingual, EventState, Language
from conversations.roles import Act
from conversations.stories import (
    TOGETHER,
    Audience,
    Candidate,
    Objection,
    Shelf,
    Story,
    StoryDesk,
    StoryState,
    Storytelling,
    Told,
)
from conversations.timing import TouchpointKind
from storage import help_requests
from storage.chats import Chat
from storage.database import new_id
from storage.events import id_of, newest_of
from storage.looking import Looking
from storage.tables import chats, enrolments, events, plans, stories, story_postings, story_releases
from storage.vault import KeyDestroyed, Unreadable, Vault

OVER_KEPT: Final = timedelta(days=30)
"""How long a story is kept that was refused or withdrawn, so that its author can see what became of it."""
KEPT: Final = timedelta(days=400)
"""How long one is kept in which nothing happens: a little longer than the year that an event is followed up."""
ACTS: Final = (
    *(Act.STORIES, Act.STORY_READ, Act.STORY_APPROVE, Act.STORY_REWORD, Act.STORY_REWORD_FOR),
    *(Act.STORY_REFUSE, Act.STORY_REFUSE_FOR, Act.STORY_TRANSLATE),
)
"""What `loaded` lays on the desk of whoever does it."""
_WORDS, _TRANSLATION, _TOLD = "story", "translation of a story", "story as told"
_FIRST_NUMBER, _NUMBERS = 100_000, 900_000
_OPEN = (StoryState.WAITING, StoryState.APPROVED)

_BY_ID = update(stories).where(stories.c.id == bindparam("story"))
_WITH_KEY = select(stories, chats.c.key_id).join(chats, stories.c.chat_id == chats.c.id)
_OF_PERSON = (
    _WITH_KEY.where(stories.c.chat_id == bindparam("chat"))
    .order_by(stories.c.written_at.desc(), stories.c.id)
    .with_for_update(of=stories, key_share=True)
)
_AUDIENCES = (
    select(events.c.id, events.c.code, events.c.state, newest_of(events.c.id).label("revision"))
    .join(enrolments, enrolments.c.event_id == events.c.id)
    .where(enrolments.c.chat_id == bindparam("chat"), enrolments.c.left_at.is_(None))
    .order_by(enrolments.c.joined_at, enrolments.c.id)
)
_NEWS = (
    select(stories.c.id, stories.c.chat_id)
    .where(stories.c.news_at <= bindparam("now"))
    .order_by(stories.c.news_at, stories.c.id)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class News:
    """There is something new about that story, for the person of that chat."""

    story: int
    chat_id: int


def storytelling(looking: Looking) -> Storytelling:
    """What a person who tells stories has in front of them, their own ones the newest first."""
    conn, chat = looking.conn, looking.chat
    own = [_story(looking.vault, row) for row in conn.execute(_OF_PERSON, {"chat": chat.id})]
    audiences = tuple(
        Audience(
            row.id,
            row.code,
            looking.contents.content(conn, row.revision).title,
            row.state is EventState.LIVE and help_requests.staffed(conn, row.id, chat.id),
            not conn.scalar(_waits(row.id)),
        )
        for row in conn.execute(_AUDIENCES, {"chat": chat.id}).all()
    )
    return Storytelling(audiences, tuple(each for each in own if each is not None), _fresh(conn))


def loaded(looking: Looking, desk: Desk, duty: Duty, button: Manage) -> Desk:
    """The desk with the stories that wait or are approved, or with the one that is meant; never with one's own."""
    open_ones = _WITH_KEY.where(stories.c.event_id == duty.event_id, stories.c.state.in_(_OPEN))
    others = open_ones.where(stories.c.chat_id != looking.chat.id)
    if button.act is Act.STORIES:
        rows = looking.conn.execute(others.order_by(stories.c.state.desc(), stories.c.id))
        held = (_story(looking.vault, row) for row in rows)
        return replace(desk, stories=StoryDesk(tuple(each for each in held if each is not None)))
    # Of two who settle it at once, or of the author who withdraws it, the second waits here and then finds it settled.
    one = others.where(stories.c.id == button.item).with_for_update(of=stories, key_share=True)
    row = looking.conn.execute(one).first()
    return replace(desk, stories=StoryDesk(picked=_story(looking.vault, row) if row is not None else None))


def keep(  # one argument a column
    conn: Connection,
    vault: Vault,
    chat: Chat,
    story: int,
    event_id: int,
    words: str,
    language: Language,
    instead: int,
    now: datetime,
) -> None:
    """Keep a story that its author agrees to share; the one with the number `instead` goes."""
    conn.execute(delete(stories).where(stories.c.id == instead, stories.c.chat_id == chat.id))
    row = {
        "id": story,
        "chat_id": chat.id,
        "event_id": event_id,
        "state": StoryState.WAITING,
        "language": language,
        "words": vault.seal(chat.key_id, words, _WORDS),
        "agreed": False,
        "written_at": now,
        "consented_at": now,
        "moved_at": now,
        "version": 0,
    }
    conn.execute(insert(stories), row)


def settle(conn: Connection, story: int, state: StoryState, objection: Objection | None, now: datetime) -> None:
    """The team has decided; the author is to be told."""
    changed = {"state": state, "objection": objection, "news_at": now, "moved_at": now}
    approved = now if state is StoryState.APPROVED else None
    _change(conn, story, **changed, approved_at=approved)


def withdraw(conn: Connection, story: int, now: datetime) -> None:
    """Its author has taken it back: no word of it stays."""
    wiped = dict.fromkeys(("words", "translation", "told", "news_at", "objection", "release_id", "place"))
    _change(conn, story, state=StoryState.WITHDRAWN, moved_at=now, **wiped)


def offer_translation(conn: Connection, vault: Vault, story: int, words: str, now: datetime) -> None:
    """Keep words in the other language for the author, who is to be told, to agree to."""
    key_id = conn.scalar(
        select(chats.c.key_id).join(stories, stories.c.chat_id == chats.c.id).where(stories.c.id == story)
    )
    sealed = vault.seal(str(key_id), words, _TRANSLATION)
    _change(conn, story, translation=sealed, agreed=False, news_at=now, moved_at=now)


def answer_translation(conn: Connection, story: int, now: datetime, *, agreed: bool) -> None:
    """The author agrees to the translation: from this consent on a week goes by. Or it is not kept."""
    if agreed:
        _change(conn, story, agreed=True, consented_at=now, moved_at=now)
    else:
        _change(conn, story, translation=None, moved_at=now)


def tell_news(conn: Connection, story: int, again: datetime | None) -> None:
    """Its author was told, or is to be told at that time."""
    conn.execute(_BY_ID.values(news_at=again), {"story": story})


def news_due(conn: Connection, now: datetime, limit: int) -> list[News]:
    """Whose stories have something new by now, in order."""
    return [News(*row) for row in conn.execute(_NEWS, {"now": now, "limit": limit})]


def shelf(conn: Connection, vault: Vault, chat_id: int, event_code: str) -> Shelf:
    """What a digest in that group can take its stories from; nothing of whoever left, or whose key is gone."""
    here = stories.c.event_id == id_of(event_code)
    taking_part = exists().where(
        enrolments.c.chat_id == stories.c.chat_id,
        enrolments.c.event_id == stories.c.event_id,
        enrolments.c.left_at.is_(None),
    )
    approved = _WITH_KEY.where(here, stories.c.state == StoryState.APPROVED, taking_part)
    # Whoever withdraws one at the same moment waits until it is told, or this finds it withdrawn.
    rows = conn.execute(approved.with_for_update(of=stories, key_share=True)).all()
    read = [(_story(vault, row), row) for row in rows]
    candidates = [
        Candidate(story, row.chat_id, max(row.consented_at, row.approved_at))
        for story, row in read
        if story is not None
    ]
    return Shelf(tuple(candidates), _unposted(conn, vault, chat_id, event_code))


def release(
    conn: Connection, vault: Vault, event_code: str, told: Sequence[tuple[int, Bilingual]], chat_id: int, now: datetime
) -> None:
    """These stories, by their numbers, are told together in these words, in that group first."""
    event_id = conn.execute(select(events.c.id).where(events.c.code == event_code)).scalar_one()
    released = new_id(conn.execute(insert(story_releases), {"event_id": event_id}))
    numbers = [story for story, _ in told]
    theirs = select(stories.c.id, chats.c.key_id).join(chats, stories.c.chat_id == chats.c.id)
    keys = {row.id: row.key_id for row in conn.execute(theirs.where(stories.c.id.in_(numbers)))}
    for place, (story, words) in enumerate(told):
        sealed = vault.seal(keys[story], json.dumps([words.en, words.fr]), _TOLD)
        where = {"release_id": released, "place": place, "told": sealed}
        _change(conn, story, state=StoryState.RELEASED, news_at=None, moved_at=now, **where)
    post(conn, released, chat_id, now)


def post(conn: Connection, released: int, chat_id: int, now: datetime) -> None:
    """That release has been posted to that group."""
    conn.execute(insert(story_postings), {"release_id": released, "chat_id": chat_id, "posted_at": now})


def take_back(conn: Connection, chat_id: int, posted: datetime) -> None:
    """The digest of that turn did not leave: what it told first is not told at all, and can still be withdrawn."""
    mine = story_postings.c.chat_id == chat_id, story_postings.c.posted_at == posted
    released = conn.scalars(select(story_postings.c.release_id).where(*mine)).all()
    conn.execute(delete(story_postings).where(*mine))
    for each in released:
        if conn.scalar(select(exists().where(story_postings.c.release_id == each))):
            continue
        again = {"state": StoryState.APPROVED, "release_id": None, "place": None, "told": None}
        conn.execute(update(stories).where(stories.c.release_id == each).values(**again))
        conn.execute(delete(story_releases).where(story_releases.c.id == each))


def plans_that_told(conn: Connection, chat_id: int, story: int | None = None) -> list[int]:
    """The planned digests that told this story of that author, or any of theirs, wherever they are by now."""
    told = (
        select(plans.c.id)
        .join(
            story_postings,
            (story_postings.c.chat_id == plans.c.chat_id) & (story_postings.c.posted_at == plans.c.settled_at),
        )
        .join(stories, stories.c.release_id == story_postings.c.release_id)
        .where(plans.c.kind == TouchpointKind.DIGEST, stories.c.chat_id == chat_id)
    )
    return list(conn.scalars(told if story is None else told.where(stories.c.id == story)))


def forget(conn: Connection, now: datetime) -> None:
    """Delete what was refused or withdrawn, or in which nothing has happened for long."""
    over = stories.c.state.in_((StoryState.REFUSED, StoryState.WITHDRAWN)) & (stories.c.moved_at < now - OVER_KEPT)
    conn.execute(delete(stories).where(over | (stories.c.moved_at < now - KEPT)))


def _unposted(conn: Connection, vault: Vault, chat_id: int, event_code: str) -> tuple[Told, ...]:
    """The releases that this group has not been told yet, the oldest first, as long as they are whole."""
    posted = exists().where(story_postings.c.release_id == stories.c.release_id, story_postings.c.chat_id == chat_id)
    waiting = _WITH_KEY.where(stories.c.event_id == id_of(event_code), stories.c.state == StoryState.RELEASED, ~posted)
    found: dict[int, list[Bilingual]] = defaultdict(list)
    for row in conn.execute(waiting.order_by(stories.c.release_id, stories.c.place)):
        words = _opened(vault, row.key_id, row.told, _TOLD)
        if words is not None:
            found[row.release_id].append(Bilingual(*json.loads(words)))
    return tuple(Told(released, tuple(words)) for released, words in found.items() if len(words) == TOGETHER)


def _change(conn: Connection, story: int, **values: object) -> None:
    newer: Mapping[str, Any] = {**values, "version": stories.c.version + 1}
    conn.execute(_BY_ID.values(**newer), {"story": story})


def _waits(event_id: int) -> Any:  # noqa: ANN401 # a select of one truth value
    return select(exists().where(stories.c.event_id == event_id, stories.c.state == StoryState.WAITING))


def _story(vault: Vault, row: Row[*tuple[Any, ...]]) -> Story | None:
    """The story of a row; None when it can't be read any more."""
    words = _opened(vault, row.key_id, row.words, _WORDS) if row.words is not None else ""
    if words is None:
        return None
    translation = _opened(vault, row.key_id, row.translation, _TRANSLATION) if row.translation is not None else ""
    return Story(
        row.id,
        row.event_id,
        row.state,
        words,
        row.language,
        row.written_at,
        row.version,
        translation or "",
        row.agreed,
        row.objection,
    )


def _opened(vault: Vault, key_id: str, sealed: bytes, purpose: str) -> str | None:
    try:
        return vault.open(key_id, sealed, purpose)
    except (KeyDestroyed, Unreadable):
        return None


def _fresh(conn: Connection) -> int:
    """A number that no story has."""
    while True:
        number = _FIRST_NUMBER + secrets.randbelow(_NUMBERS)
        if not conn.scalar(select(literal_column("1")).where(stories.c.id == number)):
            return number

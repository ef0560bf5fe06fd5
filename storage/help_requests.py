"""Requests for contact with a team, and the words that wait in them: sealed, and gone once they are opened."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, exists, insert, select, update

from conversations.aid import Aid, HelpDesk, HelpRequest, Letter, Place, RequestState, is_there
from conversations.buttons import Manage
from conversations.desk import Desk, Duty
from conversations.model import EventState
from conversations.roles import Act
from storage import chats
from storage.chats import Chat
from storage.events import newest_of
from storage.forsaking import unshare
from storage.looking import Looking
from storage.tables import appointments, enrolments, events, help_letters, help_requests, profile_answers
from storage.tables import chats as chats_table
from storage.vault import Vault

CLOSED_KEPT: Final = timedelta(days=7)
"""How long a request is kept once it is closed: what waits in it can be opened as long."""
IDLE_KEPT: Final = timedelta(days=60)
"""How long one is kept in which nothing happens."""
ACTS: Final = (
    *(Act.HELP, Act.HELP_TAKE, Act.HELP_READ, Act.HELP_WRITE),
    *(Act.HELP_RELEASE, Act.HELP_END, Act.HELP_END_FOR_GOOD),
)
"""What `loaded` lays on the desk of whoever does it."""
_OPENING = (Act.HELP_TAKE, Act.HELP_READ)
_REFERRED_KEPT = timedelta(days=1)
_PURPOSE = "help letter"
_DAY = timedelta(days=1)
_NUMBERS = 9 * 10**11
WORDS: Final = (
    *("Acacia", "Baobab", "Cactus", "Canal", "Condor", "Delta", "Domino", "Gazelle", "Horizon", "Impala", "Iris"),
    *("Kiwi", "Lotus", "Magnolia", "Mimosa", "Oasis", "Okapi", "Orange", "Panda", "Piano", "Puma", "Safari", "Tempo"),
)
"""What somebody who asks for contact goes by, with two digits: spelled alike in both languages, and about nothing."""

_OF_PERSON = (
    select(help_requests)
    .where(help_requests.c.chat_id == bindparam("chat"))
    .order_by(help_requests.c.asked_at.desc(), help_requests.c.id)
    .with_for_update(key_share=True)
)
_IN_EVENT = (
    select(help_requests, chats_table.c.key_id)
    .join(chats_table, help_requests.c.chat_id == chats_table.c.id)
    .where(help_requests.c.event_id == bindparam("event"))
)
_DUE = (
    select(help_requests.c.id, help_requests.c.chat_id, help_requests.c.event_id)
    .where(help_requests.c.due_at <= bindparam("now"))
    .order_by(help_requests.c.due_at, help_requests.c.id)
    .limit(bindparam("limit"))
)
_PLACES = (
    select(enrolments.c.id, events.c.id.label("event"), events.c.state, newest_of(events.c.id).label("revision"))
    .join(events, enrolments.c.event_id == events.c.id)
    .where(enrolments.c.chat_id == bindparam("chat"), enrolments.c.left_at.is_(None))
    .order_by(enrolments.c.joined_at, enrolments.c.id)
)


@dataclass(frozen=True, slots=True)
class Overdue:
    """A request that has waited too long: of that chat, to the team of the event with that number."""

    id: int
    chat_id: int
    event_id: int


def aid(looking: Looking, *, opening: bool) -> Aid:
    """What is at hand when a person asks for help; with `opening` also the words that wait for them."""
    conn, chat = looking.conn, looking.chat
    rows = conn.execute(_OF_PERSON, {"chat": chat.id}).all()
    newest = {row.event_id: row for row in reversed(rows)}
    letters = _to_person(conn, looking.vault, chat) if opening else {}
    lately = Counter(row.event_id for row in rows if looking.now - row.asked_at < _DAY)
    referred = conn.scalar(select(chats_table.c.referred_at).where(chats_table.c.id == chat.id))
    return Aid(
        places=_places(conn, chat.id),
        requests=tuple(
            replace(_of_person(looking, row), letters=letters.get(event, ())) for event, row in newest.items()
        ),
        lately=lately,
        number=10**11 + secrets.randbelow(_NUMBERS),
        word=_fresh_word(conn),
        referred=referred,
    )


def loaded(looking: Looking, desk: Desk, duty: Duty, button: Manage) -> Desk:
    """The desk with those who ask for contact, or with the one that is meant; never with one's own request."""
    conn, chat = looking.conn, looking.chat
    others = _IN_EVENT.where(help_requests.c.chat_id != chat.id)
    if button.act is Act.HELP:
        running = others.where(help_requests.c.state != RequestState.CLOSED).order_by(help_requests.c.asked_at)
        rows = conn.execute(running, {"event": duty.event_id})
        held = [_request(row) for row in rows if looking.vault.holds(row.key_id)]
        return replace(desk, help=HelpDesk(chat.id, tuple(held)))
    # Of two who take it at once, the second waits here and then finds it taken.
    one = others.where(help_requests.c.id == button.item).with_for_update(of=help_requests, key_share=True)
    row = conn.execute(one, {"event": duty.event_id}).first()
    if row is None or not looking.vault.holds(row.key_id):
        return replace(desk, help=HelpDesk(chat.id))
    return replace(desk, help=HelpDesk(chat.id, picked=_of_helper(looking, row, opening=button.act in _OPENING)))


def ask(  # one argument a column
    conn: Connection, chat_id: int, request: int, event_id: int, word: str, due: datetime, now: datetime
) -> None:
    """Keep a new request; `due` (UTC) is when it has waited too long."""
    row = {
        "id": request,
        "chat_id": chat_id,
        "event_id": event_id,
        "word": word,
        "state": RequestState.OPEN,
        "asked_at": now,
        "moved_at": now,
        "due_at": due,
    }
    conn.execute(insert(help_requests), row)


def settle(
    conn: Connection, request: int, state: RequestState, by: int | None, due: datetime | None, now: datetime
) -> None:
    """The request is in that state from here on, with that chat if it is TAKEN or BEGUN.

    Whoever ends it reads no more, and whoever takes it next is told no way to reach the person.
    """
    helper = by if state in {RequestState.TAKEN, RequestState.BEGUN} else None
    changed = {"state": state, "taken_by": helper, "due_at": due, "moved_at": now}
    conn.execute(update(help_requests).where(help_requests.c.id == request).values(**changed))
    if state is RequestState.CLOSED:
        conn.execute(delete(help_letters).where(help_letters.c.request_id == request, help_letters.c.to_team))
    if state is RequestState.OPEN:
        unshare(conn, help_requests.c.id == request)


def keep(  # one argument a column
    conn: Connection, vault: Vault, request: int, letter: Letter, now: datetime, *, to_team: bool
) -> None:
    """Keep words until they are opened, sealed with the key of whoever asked: with it they are gone for good."""
    key_id = conn.execute(
        select(chats_table.c.key_id)
        .join(help_requests, help_requests.c.chat_id == chats_table.c.id)
        .where(help_requests.c.id == request)
    ).scalar_one()
    row = {
        "request_id": request,
        "to_team": to_team,
        "sharing": letter.sharing,
        "body": vault.seal(key_id, letter.words, _PURPOSE),
        "at": now,
    }
    conn.execute(insert(help_letters), row)
    conn.execute(update(help_requests).where(help_requests.c.id == request).values(moved_at=now))


def drop_letters(conn: Connection, request: int, *, to_team: bool) -> None:
    """What waited for the one side was opened, with what waited from earlier requests to the same team."""
    this = select(help_requests.c.chat_id, help_requests.c.event_id).where(help_requests.c.id == request).subquery()
    same = select(help_requests.c.id).join(
        this, (help_requests.c.chat_id == this.c.chat_id) & (help_requests.c.event_id == this.c.event_id)
    )
    here = help_letters.c.request_id.in_(same), help_letters.c.to_team == to_team
    conn.execute(delete(help_letters).where(*here))


def note_referral(conn: Connection, chat_id: int, now: datetime) -> None:
    """Contacts were shown to this person now."""
    conn.execute(update(chats_table).where(chats_table.c.id == chat_id).values(referred_at=now))


def overdue(conn: Connection, now: datetime, limit: int) -> list[Overdue]:
    """The requests that have waited too long by now, in order."""
    return [Overdue(*row) for row in conn.execute(_DUE, {"now": now, "limit": limit})]


def put_off(conn: Connection, request: int, until: datetime | None) -> None:
    """Look at the request again then, or never by the clock alone."""
    conn.execute(update(help_requests).where(help_requests.c.id == request).values(due_at=until))


def forget(conn: Connection, now: datetime) -> None:
    """Delete what has been over for long, with what waits in it, and when contacts were shown."""
    closed = (help_requests.c.state == RequestState.CLOSED) & (help_requests.c.moved_at < now - CLOSED_KEPT)
    conn.execute(delete(help_requests).where(closed | (help_requests.c.moved_at < now - IDLE_KEPT)))
    shown = update(chats_table).where(chats_table.c.referred_at < now - _REFERRED_KEPT)
    conn.execute(shown.values(referred_at=None))


def staffed(conn: Connection, event_id: int, chat_id: int) -> bool:
    """Whether somebody else looks after the event who can be written to."""
    someone = exists().where(
        appointments.c.event_id == event_id,
        appointments.c.chat_id != chat_id,
        appointments.c.chat_id == chats_table.c.id,
        chats_table.c.reachable,
    )
    return bool(conn.scalar(select(someone)))


def _places(conn: Connection, chat_id: int) -> tuple[Place, ...]:
    rows = conn.execute(_PLACES, {"chat": chat_id}).all()
    profiles: dict[int, dict[str, str]] = defaultdict(dict)
    told = select(profile_answers).where(profile_answers.c.enrolment_id.in_([row.id for row in rows]))
    for enrolment, question, choice in conn.execute(told):
        profiles[enrolment][question] = choice
    return tuple(
        Place(
            row.event,
            row.revision,
            profiles[row.id],
            row.state != EventState.ARCHIVED and staffed(conn, row.event, chat_id),
        )
        for row in rows
    )


def _of_person(looking: Looking, row: Row[*tuple[Any, ...]]) -> HelpRequest:
    """A request as whoever asks has it: the other side is its helper."""
    request = _request(row)
    helper = _other(looking, request.helper)
    if helper is None:
        return request
    there = is_there(helper.conversation.step, request, helper.heard, looking.now, team=True)
    return replace(request, there=there, unopened=_waits(looking.conn, request.id, to_team=True))


def _of_helper(looking: Looking, row: Row[*tuple[Any, ...]], *, opening: bool) -> HelpRequest:
    """A request as a team has it: the other side is whoever asks."""
    request, conn = _request(row), looking.conn
    person = _other(looking, request.person)
    there = person is not None and is_there(person.conversation.step, request, person.heard, looking.now, team=False)
    to_team = select(help_letters).where(help_letters.c.request_id == request.id, help_letters.c.to_team)
    letters = conn.execute(to_team.order_by(help_letters.c.id)).all() if opening else ()
    return replace(
        request,
        there=there,
        unopened=_waits(conn, request.id, to_team=False),
        letters=tuple(_letter(looking.vault, row.key_id, each) for each in letters),
    )


def _other(looking: Looking, chat_id: int | None) -> Chat | None:
    return chats.to_tell(looking.conn, looking.vault, chat_id) if chat_id is not None else None


def _request(row: Row[*tuple[Any, ...]]) -> HelpRequest:
    return HelpRequest(
        row.id, row.event_id, row.word, row.state, row.chat_id, row.taken_by, row.asked_at, due=row.due_at
    )


def _to_person(conn: Connection, vault: Vault, chat: Chat) -> Mapping[int, tuple[Letter, ...]]:
    """The words that wait for the person, by the event that they come from."""
    waiting = (
        select(help_letters, help_requests.c.event_id)
        .join(help_requests, help_letters.c.request_id == help_requests.c.id)
        .where(help_requests.c.chat_id == chat.id, ~help_letters.c.to_team)
        .order_by(help_letters.c.id)
    )
    found: dict[int, list[Letter]] = defaultdict(list)
    for row in conn.execute(waiting):
        found[row.event_id].append(_letter(vault, chat.key_id, row))
    return {event: tuple(letters) for event, letters in found.items()}


def _letter(vault: Vault, key_id: str, row: Row[*tuple[Any, ...]]) -> Letter:
    return Letter(vault.open(key_id, row.body, _PURPOSE), row.sharing)


def _waits(conn: Connection, request: int, *, to_team: bool) -> bool:
    waiting = exists().where(help_letters.c.request_id == request, help_letters.c.to_team == to_team)
    return bool(conn.scalar(select(waiting)))


def _fresh_word(conn: Connection) -> str:
    """A code word that no other request goes by."""
    taken: Sequence[str] = conn.scalars(select(help_requests.c.word)).all()
    free = [f"{word} {number}" for word in WORDS for number in range(10, 100)]
    left = sorted(set(free) - set(taken))
    return secrets.choice(left or free)

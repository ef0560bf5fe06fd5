"""Chats: a person's or a group's, found by an address that is never kept in clear, with their conversation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes
from typing import Any

from sqlalchemy import Connection, Executable, Row, Table, bindparam, delete, select, update

from conversations.conversation import Confiding, Conversation, Idle, Step, Writing
from conversations.model import Language
from conversations.policy import Pace, Wishes
from conversations.timing import TouchpointKind
from storage.batch import later
from storage.codec import step_from_json, step_to_json
from storage.database import Prepared, either
from storage.enrolments import leave_all
from storage.forsaking import forsake
from storage.states import ChatKind, PlanState
from storage.tables import chats, group_links, plans, postings, story_postings
from storage.vault import Vault

__all__ = [
    "Chat",
    "ChatKind",
    "addresses",
    "arrive",
    "by_id",
    "find",
    "move",
    "save",
    "set_reachable",
    "set_wishes",
    "to_tell",
]


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat as it was when the turn began; `heard` (UTC) is when somebody last spoke or tapped in it.

    `address` is the platform's own id of the chat, as text: it is decrypted here and never kept in clear.
    """

    id: int
    key_id: str
    address: str
    kind: ChatKind
    reachable: bool
    heard: datetime | None
    conversation: Conversation
    wishes: Wishes


_COLUMNS = select(
    chats.c.id,
    chats.c.key_id,
    chats.c.kind,
    chats.c.reachable,
    chats.c.heard_at,
    chats.c.language,
    chats.c.serial,
    chats.c.zone,
    chats.c.step,
    chats.c.address,
    chats.c.pace,
    chats.c.paused_until,
)
_BY_LOOKUP = _COLUMNS.where(chats.c.lookup == bindparam("lookup"))
# No key changes under these locks, so that a turn may write to somebody whose own turn waits for it (PostgreSQL calls
# that a key share): two coordinators who act on one another would block each other for good.
_BY_LOOKUP_LOCKED = Prepared(_BY_LOOKUP.with_for_update(key_share=True))
_BY_ID = _COLUMNS.where(chats.c.id == bindparam("chat"))
_BY_ID_LOCKED = _BY_ID.with_for_update(key_share=True)
_ADDRESSES = select(chats.c.id, chats.c.key_id, chats.c.address).where(
    chats.c.id.in_(bindparam("chats", expanding=True))
)
_ADD = either(lambda insert: insert(chats).on_conflict_do_nothing().execution_options(preserve_rowcount=True))
_SAVE_CONVERSATION = update(chats).where(chats.c.id == bindparam("chat"))
_SAVE = update(chats).where(chats.c.id == bindparam("chat"))
_KEYS = select(chats.c.id, chats.c.key_id)
_LINKED_LAST_THEN_OLDEST = (
    _KEYS.outerjoin(group_links, group_links.c.chat_id == chats.c.id)
    .where(chats.c.id.in_((bindparam("one"), bindparam("another"))))
    .order_by(group_links.c.linked_at.desc().nulls_last(), chats.c.id)
)


def _telling(told: Table) -> Mapping[str, Executable]:
    """Lets one chat know, in that table, what another was told."""
    heard = select(told.c.release_id, bindparam("to", type_=told.c.chat_id.type)).where(
        told.c.chat_id == bindparam("told")
    )
    return either(lambda insert: insert(told).from_select(["release_id", "chat_id"], heard).on_conflict_do_nothing())


_TELL = (_telling(postings), _telling(story_postings))

_DIGEST_KEY = (plans.c.event_id, plans.c.kind, plans.c.name, plans.c.occurrence)
_DIGEST_TIMES = (plans.c.due_at, plans.c.planned_at, plans.c.revision_id, plans.c.state, plans.c.reason)
_SENT_THERE = either(
    lambda insert: (
        sending := insert(plans).from_select(
            ["chat_id", *(each.name for each in (*_DIGEST_KEY, *_DIGEST_TIMES, plans.c.settled_at))],
            select(bindparam("to", type_=plans.c.chat_id.type), *_DIGEST_KEY, *_DIGEST_TIMES, plans.c.settled_at).where(
                plans.c.chat_id == bindparam("told"),
                plans.c.kind == TouchpointKind.DIGEST,
                plans.c.state == PlanState.SENT,
            ),
        )
    ).on_conflict_do_update(
        index_elements=["chat_id", *(each.name for each in _DIGEST_KEY)],
        set_={name: sending.excluded[name] for name in ("state", "reason", "settled_at")},
        where=plans.c.state != PlanState.SENT,
    )
)


def arrive(  # one argument a column
    conn: Connection, vault: Vault, channel: str, address: str, kind: ChatKind, language: Language, now: datetime
) -> Chat:
    """The chat with that address, added when it is new, and locked until the transaction ends.

    `language` is that of a new chat. Somebody who returns after their key was destroyed is somebody new.
    """
    lookup = vault.lookup(channel, address)
    for row in _BY_LOOKUP_LOCKED.rows(conn, lookup=lookup):
        chat_id, key, *_ = row
        if vault.holds(key):
            return _chat(row, vault, address)
        leave_all(conn, chat_id, now)
        _vacate(conn, chat_id)
    key_id = vault.new_key()
    new = {
        "key_id": key_id,
        "channel": channel,
        "kind": kind,
        "lookup": lookup,
        "address": vault.seal(key_id, address, "address"),
        "language": language,
        "serial": 0,
        "reachable": True,
    }
    if conn.execute(_ADD[conn.dialect.name], new).rowcount == 0:
        vault.destroy(key_id)  # another worker was faster: its row is the one
    (row,) = _BY_LOOKUP_LOCKED.rows(conn, lookup=lookup)
    return _chat(row, vault, address)


def by_id(conn: Connection, vault: Vault, chat_id: int) -> Chat:
    """The chat with that id, locked until the transaction ends; LookupError when there is none, or its key is gone."""
    row = conn.execute(_BY_ID_LOCKED, {"chat": chat_id}).first()
    if row is None:
        raise LookupError(f"There is no chat {chat_id}")
    return _chat(row, vault)


def to_tell(conn: Connection, vault: Vault, chat_id: int) -> Chat | None:
    """The chat with that id, for saying something there; None when there is none, or its key is gone.

    Not locked: two people whose turns tell each other something must not wait for one another.
    """
    row = conn.execute(_BY_ID, {"chat": chat_id}).first()
    return _chat(row, vault) if row is not None and vault.holds(row.key_id) else None


def find(conn: Connection, vault: Vault, channel: str, address: str) -> Chat | None:
    """The chat with that address, for reading; None when it is not known, or its key is gone."""
    row = conn.execute(_BY_LOOKUP, {"lookup": vault.lookup(channel, address)}).first()
    return _chat(row, vault, address) if row is not None and vault.holds(row.key_id) else None


def addresses(conn: Connection, vault: Vault, chat_ids: Iterable[int]) -> dict[int, str]:
    """The addresses of these chats by their ids, for reading; without those whose key is gone."""
    rows = conn.execute(_ADDRESSES, {"chats": list(chat_ids)}).all()
    return {row.id: vault.open(row.key_id, row.address, "address") for row in rows if vault.holds(row.key_id)}


def save(conn: Connection, vault: Vault, chat: Chat, conversation: Conversation, heard: datetime | None) -> None:
    """Keep the conversation as it is after the turn; `heard` is None when it was not the person who spoke."""
    if heard is None and conversation == chat.conversation:
        return
    idle = isinstance(conversation.step, Idle)
    row = {
        "chat": chat.id,
        "language": conversation.language,
        "zone": conversation.zone,
        "serial": conversation.serial,
        "step": None if idle else vault.seal(chat.key_id, step_to_json(conversation.step), "step"),
        "heard_at": heard or chat.heard,
    }
    if any(isinstance(step, Writing | Confiding) for step in (chat.conversation.step, conversation.step)):
        # Whoever is at the other end of it may look at it in the very next turn.
        conn.execute(_SAVE_CONVERSATION, row)
    else:
        later(conn, _SAVE_CONVERSATION, row)


def set_reachable(conn: Connection, chat_id: int, reachable: bool) -> None:
    """Keep whether the platform lets the bot write there; whoever cannot be written to helps nobody."""
    conn.execute(_SAVE, {"chat": chat_id, "reachable": reachable})
    if not reachable:
        forsake(conn, chat_id)


def set_wishes(conn: Connection, chat_id: int, wishes: Wishes) -> None:
    """Keep how much the person wants to get, and from when on."""
    conn.execute(_SAVE, {"chat": chat_id, "pace": wishes.pace, "paused_until": wishes.paused_until})


def move(conn: Connection, vault: Vault, chat: Chat, new_address: str) -> None:
    """From here on the chat has that address; of two chats that turn out to be one group, one survives there.

    The survivor is the one that a coordinator linked (of two, the one linked last), otherwise the older one: it keeps
    its link and its plans, and learns what the other was told, and when: the next digest keeps its distance from that
    of the other. What still waits to be sent to the other goes to the new
    address as well.

    Telegram tells of a group's migration several times, when something is sent and in service messages
    (`migrate_to_chat_id` of https://core.telegram.org/bots/api#message), so that either chat may be seen first.
    """
    channel = conn.scalar(select(chats.c.channel).where(chats.c.id == chat.id))
    lookup = vault.lookup(str(channel), new_address)
    there = conn.execute(_KEYS.where(chats.c.lookup == lookup).with_for_update()).first()
    if there is not None and not vault.holds(there.key_id):
        _vacate(conn, there.id)
        there = None
    if there is None:
        _settle_at(conn, vault, chat.id, chat.key_id, lookup, new_address)
    elif there.id != chat.id:
        pair = {"one": chat.id, "another": there.id}
        survivor, other = conn.execute(_LINKED_LAST_THEN_OLDEST, pair).all()
        for telling in _TELL:
            conn.execute(telling[conn.dialect.name], {"to": survivor.id, "told": other.id})
        conn.execute(_SENT_THERE[conn.dialect.name], {"to": survivor.id, "told": other.id})
        conn.execute(delete(group_links).where(group_links.c.chat_id == other.id))
        _settle_at(conn, vault, other.id, other.key_id, token_bytes(32), new_address)
        _settle_at(conn, vault, survivor.id, survivor.key_id, lookup, new_address)
        set_reachable(conn, other.id, False)


def _settle_at(conn: Connection, vault: Vault, chat_id: int, key_id: str, lookup: bytes, address: str) -> None:
    """Let that look-up lead to the chat, and what is said there go to that address."""
    conn.execute(_SAVE, {"chat": chat_id, "lookup": lookup, "address": vault.seal(key_id, address, "address")})


def _vacate(conn: Connection, chat_id: int) -> None:
    """Let no address lead to that chat any more."""
    conn.execute(_SAVE, {"chat": chat_id, "lookup": token_bytes(32), "reachable": False})


def _chat(row: Row[*tuple[Any, ...]] | tuple[Any, ...], vault: Vault, known: str | None = None) -> Chat:
    """The chat of a row; an address that is `known` need not be decrypted."""
    chat_id, key_id, kind, reachable, heard, language, serial, zone, sealed, sealed_address, pace, paused = row
    address = known or vault.open(key_id, sealed_address, "address")
    step: Step = Idle() if sealed is None else step_from_json(vault.open(key_id, sealed, "step"))
    conversation, wishes = Conversation(language, step, serial, zone), Wishes(pace or Pace.USUAL, paused)
    return Chat(chat_id, key_id, address, kind, reachable, heard, conversation, wishes)

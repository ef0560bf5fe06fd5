"""What the effects of a turn are applied to, and what is left to do once it is committed."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.channels import Tap
from bot.rendering import dumps, render
from conversations.effects import SayKind
from conversations.messages import Message
from conversations.model import Language
from storage import chats, events, outbox
from storage.chats import Chat
from storage.outbox import Operation, Outgoing
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Doing:
    """What the effects of one turn are applied to.

    `by` is the private chat of whoever acted in a group; `topic` is where in the group it is answered.
    """

    connection: Connection
    vault: Vault
    contents: events.Contents
    chat: Chat
    now: datetime
    tap: Tap | None = None
    by: Chat | None = None
    topic: int | None = None


@dataclass(slots=True)
class Done:
    """What is left to do outside the database once the turn is committed."""

    outgoing: list[Outgoing] = field(default_factory=list)
    toast: str | None = None


def tell(  # all that a message needs
    message: Message, to: int, connection: Connection, vault: Vault, contents: events.Contents, now: datetime
) -> Outgoing | None:
    """Put a message to the chat with that id in the queue, in their language; None when they are gone."""
    theirs = chats.to_tell(connection, vault, to)
    if theirs is None:
        return None
    doing = Doing(connection, vault, contents, theirs, now)
    return put(message, theirs, theirs.conversation.language, SayKind.REPLY, doing)


def put(  # one argument a column
    message: Message,
    chat: Chat,
    language: Language,
    kind: SayKind,
    doing: Doing,
    *,
    serial: int | None = None,
    plan_id: int | None = None,
) -> Outgoing:
    """Put a new message to that chat in the queue, in that language."""
    rendered = render(message, language)
    if doing.topic is not None and chat.id == doing.chat.id:
        rendered = replace(rendered, topic=doing.topic)
    body = dumps(rendered)
    return outbox.add(
        doing.connection,
        doing.vault,
        chat,
        Operation.SAY,
        kind,
        body,
        doing.now,
        serial=serial,
        plan_id=plan_id,
    )

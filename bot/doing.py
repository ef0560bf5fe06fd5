"""What the effects of a turn are applied to, and what is left to do once it is committed."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.channels import Tap
from bot.rendering import dumps, render
from conversations.effects import SayKind
from conversations.messages import Message
from conversations.model import Language
from storage import events, outbox
from storage.chats import Chat
from storage.outbox import Operation, Outgoing
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Doing:
    """What the effects of one turn are applied to."""

    connection: Connection
    vault: Vault
    contents: events.Contents
    chat: Chat
    now: datetime
    tap: Tap | None = None


@dataclass(slots=True)
class Done:
    """What is left to do outside the database once the turn is committed."""

    outgoing: list[Outgoing] = field(default_factory=list)
    toast: str | None = None


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
    body = dumps(render(message, language))
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

"""How a message comes into a chat from the side of people, and which bots hear of it."""

import re
from typing import TYPE_CHECKING

from sandbox.bots import Bot
from sandbox.chats import Chat, Group, Json, Message, Person, PrivateChat
from sandbox.errors import ControlError
from sandbox.files import Media

if TYPE_CHECKING:
    from sandbox.state import Sandbox

_COMMAND = re.compile(r"^/[A-Za-z0-9_]{1,64}(?:@(?P<bot>[A-Za-z0-9_]+))?(?=\s|$)")


def write(
    sandbox: "Sandbox",
    sender: Json,
    chat: Chat,
    content: Json,
    *,
    reply_to: int | None = None,
    media: Media | None = None,
    extra: Json | None = None,
) -> Message:
    """Put a message of somebody (a User object) into a chat and tell the bots that may see it."""
    if isinstance(chat, PrivateChat) and not chat.started:
        chat.started = True
        if sandbox.is_on_page(chat):
            sandbox.refresh_page()
    message = Message(
        chat.next_id(), sender, sandbox.clock.unix(), content, reply_to=reply_to, media=media, extra=extra or {}
    )
    sandbox.post(chat, message)
    tell(sandbox, "message", chat, message)
    return message


def tell(sandbox: "Sandbox", kind: str, chat: Chat, message: Message) -> None:
    """Give an update of this kind, "message" or "edited_message", to all bots that may see the message."""
    for bot in _audience(sandbox, chat, message):
        sandbox.deliver(bot, kind, sandbox.message_json(chat, message))


def require_access(sandbox: "Sandbox", person: Person, chat: Chat) -> None:
    """Make sure that somebody can act in a chat.

    Raises:
        ControlError: 403 or 409, they cannot: their account is gone, they are not in the group, the group was upgraded,
            or they have blocked the bot.
    """
    # Whoever acts may have been looked up before their account was deleted.
    if sandbox.person(person.id).deactivated:
        raise ControlError(f"the account of {person.name} was deleted", 409)
    if isinstance(chat, Group) and chat.upgraded_to is not None:
        raise ControlError(f"this group has become the supergroup {chat.upgraded_to}", 409)
    if isinstance(chat, Group) and person.id not in chat.members:
        raise ControlError(f"{person.name} is not a member of this group", 403)
    if isinstance(chat, PrivateChat) and chat.blocked:
        raise ControlError(f"{person.name} has blocked the bot and has to unblock it first", 409)


def message_of(chat: Chat, message_id: int) -> Message:
    """A message of a chat.

    Raises:
        ControlError: 404, there is none with this id.
    """
    if message_id not in chat.messages:
        raise ControlError(f"there is no message {message_id} in this chat", 404)
    return chat.messages[message_id]


def bots_in(sandbox: "Sandbox", chat: Chat) -> list[Bot]:
    """The bots that are in a chat now."""
    if isinstance(chat, PrivateChat):
        return [sandbox.bot(chat.bot_id)]
    assert isinstance(chat, Group)  # noqa: S101 - there is no third kind of chat
    return [sandbox.bot(bot_id) for bot_id in chat.bots if chat.has_bot(bot_id)]


def _audience(sandbox: "Sandbox", chat: Chat, message: Message) -> list[Bot]:
    """The bots that get to see a message: https://core.telegram.org/bots/features#privacy-mode."""
    present = bots_in(sandbox, chat)
    return [bot for bot in present if _is_meant(chat, message, bot)] if isinstance(chat, Group) else present


def _is_meant(group: Group, message: Message, bot: Bot) -> bool:
    if message.is_service or group.bots[bot.id] == "administrator":
        return True
    replied = group.messages.get(message.reply_to) if message.reply_to else None
    if replied is not None and replied.sender["id"] == bot.id:
        return True
    command = _COMMAND.match(message.text)
    return command is not None and (command["bot"] or bot.username).lower() == bot.username.lower()

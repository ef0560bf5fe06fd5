"""Which chat and message a call is about, and whether the bot may reach them."""

from sandbox.calls import Call
from sandbox.chats import Chat, Group, Message, PrivateChat
from sandbox.errors import bad_request, forbidden


def _identifier(call: Call) -> int:
    if not call.has("chat_id"):
        raise bad_request("chat_id is empty")
    try:
        return int(call.text("chat_id"))
    except ValueError as error:
        # Public usernames do not exist in the sandbox.
        raise bad_request("chat not found") from error


def known_chat(call: Call) -> Chat:
    """The chat of the call, if the bot has ever met it.

    Raises:
        BotApiError: 400 "chat not found", or 403 when the bot is no longer in the group.
    """
    chat_id = _identifier(call)
    chat: Chat | None = call.sandbox.private_chats.get((call.bot.id, chat_id))
    if chat is None:
        chat = call.sandbox.groups.get(chat_id)
    if isinstance(chat, PrivateChat) and not chat.started:
        raise bad_request("chat not found")
    if isinstance(chat, Group):
        _require_membership(chat, call.bot.id)
    if chat is None:
        raise bad_request("chat not found")
    return chat


def _require_membership(group: Group, bot_id: int) -> None:
    match group.bots.get(bot_id):
        case None:
            raise bad_request("chat not found")
        case "kicked":
            raise forbidden("bot was kicked from the supergroup chat")
        case "left":
            raise forbidden("bot is not a member of the supergroup chat")


def writable_chat(call: Call) -> Chat:
    """The chat of the call, if the bot may write there.

    Raises:
        BotApiError: 400 or 403 as in `known_chat`, and 403 for people who never wrote to the bot or have blocked it.
    """
    chat_id = _identifier(call)
    if chat_id in call.sandbox.bots:
        raise forbidden("bots can't send messages to bots")
    private = call.sandbox.private_chats.get((call.bot.id, chat_id))
    if chat_id in call.sandbox.people and not (private and private.started):
        raise forbidden("bot can't initiate conversation with a user")
    if private is not None and private.blocked:
        raise forbidden("bot was blocked by the user")
    return known_chat(call)


def message_in(chat: Chat, call: Call, purpose: str) -> Message:
    """The message of the call.

    Raises:
        BotApiError: 400 "message to `purpose` not found".
    """
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message

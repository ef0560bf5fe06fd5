"""Which chat and message a call is about, and whether the bot may reach them."""

from sandbox.calls import Call
from sandbox.chats import Chat, Group, Message, PrivateChat
from sandbox.errors import bad_request, forbidden, upgraded


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
        BotApiError: 400 "chat not found", 403 when the bot is no longer in the group, or 400 with
            `migrate_to_chat_id` where the group has become a supergroup.
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
            raise forbidden(f"bot was kicked from the {group.kind} chat")
        case "left":
            raise forbidden(f"bot is not a member of the {group.kind} chat")
    if group.upgraded_to is not None:
        raise upgraded(group.upgraded_to)


def writable_chat(call: Call) -> Chat:
    """The chat of the call, if the bot may write there.

    Raises:
        BotApiError: 400 or 403 as in `known_chat`, and 403 for people who never wrote to the bot, have blocked it or
            have deleted their account.
    """
    chat_id = _identifier(call)
    if chat_id in call.sandbox.bots:
        raise forbidden("bots can't send messages to bots")
    private = call.sandbox.private_chats.get((call.bot.id, chat_id))
    person = call.sandbox.people.get(chat_id)
    if person is not None and not (private and private.started):
        raise forbidden("bot can't initiate conversation with a user")
    if person is not None and person.deactivated:
        raise forbidden("user is deactivated")
    if private is not None and private.blocked:
        raise forbidden("bot was blocked by the user")
    return known_chat(call)


def message_in(chat: Chat, call: Call, what: str) -> Message:
    """The message of the call.

    Raises:
        BotApiError: 400 "`what` not found", or that no message was named.
    """
    if not call.has("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise bad_request(f"{what} not found")
    return message

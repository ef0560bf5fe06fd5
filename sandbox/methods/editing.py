"""Changing and deleting messages: editMessageText, …Caption and …ReplyMarkup, deleteMessage, deleteMessages."""

from dataclasses import replace
from datetime import timedelta

from sandbox.calls import Call
from sandbox.chats import Chat, Group, Json, Message
from sandbox.errors import bad_request
from sandbox.keyboards import checked_markup
from sandbox.methods.contents import caption_content, text_content
from sandbox.methods.registry import method
from sandbox.methods.targets import message_in, writable_chat

DELETABLE_FOR = timedelta(hours=48)
MOST_DELETED = 100
_CAPTION = frozenset({"caption", "caption_entities", "show_caption_above_media"})
# Notices about the making of a group stay: https://core.telegram.org/bots/api#deletemessage.
_LASTING = frozenset({"group_chat_created", "migrate_to_chat_id", "migrate_from_chat_id"})


@method("editMessageText")
async def edit_message_text(call: Call) -> Json:
    """https://core.telegram.org/bots/api#editmessagetext."""
    chat, message = _editable(call)
    if not message.text:
        raise bad_request("there is no text in the message to edit")
    return _change(call, chat, message, text_content(call))


@method("editMessageCaption")
async def edit_message_caption(call: Call) -> Json:
    """https://core.telegram.org/bots/api#editmessagecaption."""
    chat, message = _editable(call)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in message.content.items() if name not in _CAPTION}
    return _change(call, chat, message, kept | caption_content(call, message.media.kind))


@method("editMessageReplyMarkup")
async def edit_message_reply_markup(call: Call) -> Json:
    """https://core.telegram.org/bots/api#editmessagereplymarkup."""
    chat, message = _editable(call)
    return _change(call, chat, message, dict(message.content))


def _editable(call: Call) -> tuple[Chat, Message]:
    if call.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = writable_chat(call)
    message = message_in(chat, call, "message to edit")
    has_reply_keyboard = bool(message.markup) and not message.inline_keyboard
    if message.sender["id"] != call.bot.id or message.is_service or has_reply_keyboard:
        raise bad_request("message can't be edited")
    return chat, message


def _change(call: Call, chat: Chat, message: Message, content: Json) -> Json:
    markup = checked_markup(call.structure("reply_markup"), inline_only=True)
    if (content, markup) == (dict(message.content), message.markup):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    edited = replace(message, content=content, markup=markup, edited=call.sandbox.clock.unix())
    call.sandbox.post(chat, edited)
    return call.sandbox.message_json(chat, edited)


@method("deleteMessage")
async def delete_message(call: Call) -> bool:
    """https://core.telegram.org/bots/api#deletemessage."""
    chat = writable_chat(call)
    message = message_in(chat, call, "message to delete")
    _require_deletable(call, chat, message)
    call.sandbox.remove(chat, message.id)
    return True


@method("deleteMessages")
async def delete_messages(call: Call) -> bool:
    """https://core.telegram.org/bots/api#deletemessages: what cannot be found is skipped."""
    chat, ids = writable_chat(call), _message_ids(call)
    found = [chat.messages[each] for each in dict.fromkeys(ids) if each in chat.messages]
    for message in found:
        _require_deletable(call, chat, message)
    for message in found:
        call.sandbox.remove(chat, message.id)
    return True


def _message_ids(call: Call) -> list[int]:
    ids = call.structure("message_ids")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if not isinstance(ids, list):
        raise bad_request("expected an Array of message identifiers")
    if len(ids) > MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(each, int) and each > 0 for each in ids):
        raise bad_request("invalid message identifier specified")
    return ids


def _require_deletable(call: Call, chat: Chat, message: Message) -> None:
    """What a bot may delete: https://core.telegram.org/bots/api#deletemessage.

    Raises:
        BotApiError: 400, it is too old, not the bot's to delete, or a notice that stays.
    """
    age = call.sandbox.clock.unix() - message.date
    is_own = message.sender["id"] == call.bot.id
    is_admin = isinstance(chat, Group) and chat.bots[call.bot.id] == "administrator"
    if age > DELETABLE_FOR.total_seconds() and not is_admin:
        raise bad_request("message can't be deleted for everyone")
    if (isinstance(chat, Group) and not (is_own or is_admin)) or not _LASTING.isdisjoint(message.content):
        raise bad_request("message can't be deleted")

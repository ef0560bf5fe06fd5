"""Changing and deleting messages: editMessageText, editMessageReplyMarkup, deleteMessage."""

from dataclasses import replace
from datetime import timedelta

from sandbox.calls import Call
from sandbox.chats import Chat, Group, Json, Message
from sandbox.errors import bad_request
from sandbox.keyboards import checked_markup
from sandbox.methods.contents import text_content
from sandbox.methods.registry import method
from sandbox.methods.targets import message_in, writable_chat

DELETABLE_FOR = timedelta(hours=48)


@method("editMessageText")
async def edit_message_text(call: Call) -> Json:
    """https://core.telegram.org/bots/api#editmessagetext."""
    chat, message = _editable(call)
    if not message.text:
        raise bad_request("there is no text in the message to edit")
    return _change(call, chat, message, text_content(call))


@method("editMessageReplyMarkup")
async def edit_message_reply_markup(call: Call) -> Json:
    """https://core.telegram.org/bots/api#editmessagereplymarkup."""
    chat, message = _editable(call)
    return _change(call, chat, message, dict(message.content))


def _editable(call: Call) -> tuple[Chat, Message]:
    if call.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = writable_chat(call)
    message = message_in(chat, call, "edit")
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
    message = message_in(chat, call, "delete")
    age = call.sandbox.clock.unix() - message.date
    is_own = message.sender["id"] == call.bot.id
    is_admin = isinstance(chat, Group) and chat.bots[call.bot.id] == "administrator"
    if age > DELETABLE_FOR.total_seconds() and not is_admin:
        raise bad_request("message can't be deleted for everyone")
    if isinstance(chat, Group) and not (is_own or is_admin):
        raise bad_request("message can't be deleted")
    call.sandbox.remove(chat, message.id)
    return True

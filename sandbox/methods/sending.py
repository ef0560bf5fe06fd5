"""Sending: sendMessage, sendChatAction."""

import asyncio

from sandbox.calls import Call
from sandbox.chats import Chat, Json, Message, PrivateChat
from sandbox.errors import bad_request
from sandbox.files import Media
from sandbox.keyboards import checked_markup
from sandbox.methods.contents import text_content
from sandbox.methods.registry import method
from sandbox.methods.targets import writable_chat
from sandbox.polls import Poll
from sandbox.topics import mark_for

CHAT_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


@method("sendMessage")
async def send_message(call: Call) -> Json:
    """https://core.telegram.org/bots/api#sendmessage."""
    chat = writable_chat(call)
    return send(call, chat, text_content(call))


def send(call: Call, chat: Chat, content: Json, *, media: Media | None = None, poll: Poll | None = None) -> Json:
    """Put a message of the bot with this content into a chat; every sending method ends here.

    Raises:
        BotApiError: 400 for a bad keyboard or reply, 429 when limits are on and exceeded.
    """
    markup = checked_markup(call.structure("reply_markup"), private=isinstance(chat, PrivateChat))
    reply_to = _replied(call, chat)
    call.sandbox.limits.spend(call.bot.id, chat.id, asyncio.get_running_loop().time())
    extra: Json = {"has_protected_content": True} if call.boolean("protect_content") else {}
    extra |= mark_for(call, chat)
    message = Message(
        chat.next_id(),
        call.bot.user(),
        call.sandbox.clock.unix(),
        content,
        markup,
        reply_to,
        extra=extra,
        media=media,
        poll=poll,
        silent=call.boolean("disable_notification"),
    )
    call.sandbox.post(chat, message)
    return call.sandbox.message_json(chat, message)


def _replied(call: Call, chat: Chat) -> int | None:
    """The message that this one replies to (https://core.telegram.org/bots/api#replyparameters)."""
    parameters = call.structure("reply_parameters")
    if not parameters:
        return None
    message_id = parameters.get("message_id") if isinstance(parameters, dict) else None
    if not isinstance(message_id, int):
        raise bad_request('can\'t parse reply parameters: Field "message_id" must be of type Number')
    if message_id in chat.messages:
        return message_id
    if parameters.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


@method("sendChatAction")
async def send_chat_action(call: Call) -> bool:
    """https://core.telegram.org/bots/api#sendchataction."""
    chat = writable_chat(call)
    if call.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.sandbox.show(chat, {"type": "typing"})
    return True

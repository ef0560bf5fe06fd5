"""Answers to taps on buttons: answerCallbackQuery."""

from dataclasses import replace
from datetime import timedelta

from sandbox.calls import Call
from sandbox.chats import Chat, Json
from sandbox.entities import utf16_length
from sandbox.errors import bad_request
from sandbox.methods.registry import method

LONGEST_ANSWER = 200
# Telegram does not say how long a tap may be answered; bots see it refused after some tens of seconds.
ANSWERABLE_FOR = timedelta(seconds=60)


@method("answerCallbackQuery")
async def answer_callback_query(call: Call) -> bool:
    """https://core.telegram.org/bots/api#answercallbackquery."""
    sandbox = call.sandbox
    callback = sandbox.callbacks.get(call.text("callback_query_id"))
    is_open = (
        callback is not None
        and callback.bot_id == call.bot.id
        and not callback.answered
        and sandbox.clock.now() - callback.tapped_at <= ANSWERABLE_FOR
    )
    if callback is None or not is_open:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = call.text("text")
    if utf16_length(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    sandbox.callbacks[callback.id] = replace(callback, answered=True)
    answer: Json = {"type": "answer", "callback": callback.id, "person": callback.person_id}
    chat: Chat | None = sandbox.groups.get(callback.chat_id)
    chat = chat or sandbox.private_chat(call.bot.id, callback.chat_id)
    sandbox.show(chat, answer | {"text": text, "alert": call.boolean("show_alert"), "url": call.text("url")})
    sandbox.crowd.answer_to(callback.person_id, callback.id)
    return True

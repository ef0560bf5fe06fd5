"""What a person can do by themselves: write, send files, change or delete that, tap a button, open an invitation."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.chats import Chat, Group, Json, Message, Person, PrivateChat
from sandbox.entities import detected, utf16_length
from sandbox.errors import ControlError
from sandbox.files import Media
from sandbox.membership import set_blocked
from sandbox.places import KAMPALA, Place, place_in
from sandbox.posting import message_of, require_access, tell, write
from sandbox.topics import mark_of

if TYPE_CHECKING:
    from sandbox.state import Sandbox

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
# Apps offer it for two days: https://core.telegram.org/api/config#client-configuration, edit_time_limit.
EDITABLE_FOR = timedelta(hours=48)


def say(
    sandbox: "Sandbox", person: Person, chat: Chat, text: str, reply_to: int | None = None, topic: int | None = None
) -> Message:
    """Write a text into a private chat or a group, there into one of its topics if it has some.

    Raises:
        ControlError: the text is empty or too long, the person is not in the group, or has blocked the bot; or there is
            no such topic.
    """
    content = _text_content(text)
    if reply_to is not None:
        message_of(chat, reply_to)
    require_access(sandbox, person, chat)
    return write(sandbox, person.user(), chat, content, reply_to=reply_to, extra=mark_of(chat, topic))


def send(
    sandbox: "Sandbox", person: Person, chat: Chat, media: Media, caption: str = "", reply_to: int | None = None
) -> Message:
    """Send a photo, a document or a recording.

    Raises:
        ControlError: the caption is too long, the person is not in the group, or has blocked the bot.
    """
    content = _caption_content(caption)
    if reply_to is not None:
        message_of(chat, reply_to)
    require_access(sandbox, person, chat)
    return write(sandbox, person.user(), chat, content, reply_to=reply_to, media=media)


def locate(sandbox: "Sandbox", person: Person, chat: Chat, place: Place, reply_to: int | None = None) -> Message:
    """Send a place; it does not move (https://core.telegram.org/bots/api#location).

    Raises:
        ControlError: the person is not in the group, or has blocked the bot.
    """
    if reply_to is not None:
        message_of(chat, reply_to)
    require_access(sandbox, person, chat)
    return write(sandbox, person.user(), chat, {"location": place.content()}, reply_to=reply_to)


def edit(sandbox: "Sandbox", person: Person, chat: Chat, message_id: int, text: str) -> Message:
    """Change the text, or the caption, of a message of one's own; bots that saw it get an `edited_message`.

    Raises:
        ControlError: 403, the message is somebody else's; 409, it is a notice or a place, too old, or reads so already.
    """
    require_access(sandbox, person, chat)
    message = message_of(chat, message_id)
    if message.sender["id"] != person.id:
        raise ControlError("only one's own messages can be changed", 403)
    if message.is_service:
        raise ControlError("a notice cannot be changed", 409)
    if "location" in message.content:
        raise ControlError("a place cannot be changed", 409)
    if sandbox.clock.unix() - message.date > EDITABLE_FOR.total_seconds():
        raise ControlError("a message can be changed for 48 hours", 409)
    content = _caption_content(text) if message.media else _text_content(text)
    if content == message.content:
        raise ControlError("the message reads so already", 409)
    edited = replace(message, content=content, edited=sandbox.clock.unix())
    sandbox.post(chat, edited)
    tell(sandbox, "edited_message", chat, edited)
    return edited


def delete(sandbox: "Sandbox", person: Person, chat: Chat, message_id: int) -> None:
    """Delete a message for both sides; in a group one's own, or as its owner or administrator any. No bot is told.

    Raises:
        ControlError: 403, the message is somebody else's.
    """
    require_access(sandbox, person, chat)
    message = message_of(chat, message_id)
    rules = isinstance(chat, Group) and chat.status_of(person.id) in ("creator", "administrator")
    if isinstance(chat, Group) and message.sender["id"] != person.id and not rules:
        raise ControlError("only one's own messages can be deleted", 403)
    sandbox.remove(chat, message_id)


def _text_content(text: str) -> Json:
    text = text.strip()
    if not text or utf16_length(text) > LONGEST_TEXT:
        raise ControlError(f"a text has 1 to {LONGEST_TEXT} characters")
    entities = detected(text)
    return {"text": text} | ({"entities": entities} if entities else {})


def _caption_content(caption: str) -> Json:
    caption = caption.strip()
    if utf16_length(caption) > LONGEST_CAPTION:
        raise ControlError(f"a caption has at most {LONGEST_CAPTION} characters")
    entities = detected(caption)
    return ({"caption": caption} if caption else {}) | ({"caption_entities": entities} if entities else {})


def start(sandbox: "Sandbox", person: Person, chat: PrivateChat, code: str) -> Message:
    """Follow a deep link, https://t.me/BOT?start=CODE; somebody who had blocked the bot unblocks it thereby."""
    if chat.blocked:
        set_blocked(sandbox, person, chat, blocked=False)
    return say(sandbox, person, chat, f"/start {code}".strip())


def tap(sandbox: "Sandbox", person: Person, chat: Chat, message_id: int | None, choice: Json) -> Json:
    """Tap the button that has `choice["data"]` or reads `choice["text"]`, under one message or the latest that fits.

    Where the button asks for the place, that is the one that `choice` names, or Kampala.

    Returns what happened: a callback_query_id, a url that was opened, or the id of the message that was sent.

    Raises:
        ControlError: 404, there is no such button; 400, the place is none.
    """
    require_access(sandbox, person, chat)
    place = place_in(choice) if "latitude" in choice or "longitude" in choice else KAMPALA
    candidates = [message_of(chat, message_id)] if message_id is not None else reversed(chat.messages.values())
    for message in candidates:
        for button in buttons(message):
            if _fits(button, choice):
                return press(sandbox, person, chat, message, button, place)
    raise ControlError("there is no such button", 404)


def buttons(message: Message) -> list[Json]:
    """All buttons of a message, inline or of a reply keyboard."""
    rows = message.inline_keyboard or (message.markup or {}).get("keyboard", [])
    return [button for row in rows for button in row]


def _fits(button: Json, choice: Json) -> bool:
    if "data" in choice:
        return bool(button.get("callback_data") == choice["data"])
    return bool(button["text"] == choice.get("text"))


def press(
    sandbox: "Sandbox", person: Person, chat: Chat, message: Message, button: Json, place: Place = KAMPALA
) -> Json:
    """Press a button of a message; see `tap`."""
    if "url" in button:
        return {"url": button["url"]}
    if button.get("request_location"):
        return {"message_id": locate(sandbox, person, chat, place).id}
    if "callback_data" not in button:
        return {"message_id": say(sandbox, person, chat, button["text"]).id}
    bot_id = message.sender["id"]
    callback = sandbox.new_callback(bot_id, person.id, chat.id, message.id)
    query: Json = {
        "id": callback.id,
        "from": person.user(),
        "message": sandbox.message_json(chat, message),
        "chat_instance": str(abs(chat.id) * 31 + bot_id),
        "data": button["callback_data"],
    }
    sandbox.deliver(sandbox.bot(bot_id), "callback_query", query)
    return {"callback_query_id": callback.id}


def simplified(person: Person) -> Json:
    """A person as the control interface lists them."""
    return {
        "id": person.id,
        "name": person.name,
        "language": person.language,
        "phone": person.phone,
        "simulated": person.simulated,
        "zone": person.zone,
        "deactivated": person.deactivated,
    }

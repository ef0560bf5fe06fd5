"""What a person can do: write, tap a button, open an invitation, block a bot, put it into a group."""

import re
from typing import TYPE_CHECKING

from sandbox.bots import Bot
from sandbox.chats import Chat, Group, Json, Message, Person, PrivateChat
from sandbox.entities import detected, utf16_length
from sandbox.errors import ControlError

if TYPE_CHECKING:
    from sandbox.state import Sandbox

LONGEST_TEXT = 4096
_COMMAND = re.compile(r"^/[A-Za-z0-9_]{1,64}(?:@(?P<bot>[A-Za-z0-9_]+))?(?=\s|$)")


def say(sandbox: "Sandbox", person: Person, chat: Chat, text: str, reply_to: int | None = None) -> Message:
    """Write a text into a private chat or a group.

    Raises:
        ControlError: the text is empty or too long, the person is not in the group, or has blocked the bot.
    """
    text = text.strip()
    if not text or utf16_length(text) > LONGEST_TEXT:
        raise ControlError(f"a text has 1 to {LONGEST_TEXT} characters")
    if reply_to is not None and reply_to not in chat.messages:
        raise ControlError(f"there is no message {reply_to} in this chat", 404)
    _require_access(person, chat)
    entities = detected(text)
    content: Json = {"text": text} | ({"entities": entities} if entities else {})
    message = _written(sandbox, person, chat, content, reply_to)
    for bot in _audience(sandbox, chat, message):
        sandbox.deliver(bot, "message", sandbox.message_json(chat, message))
    return message


def _written(sandbox: "Sandbox", person: Person, chat: Chat, content: Json, reply_to: int | None = None) -> Message:
    if isinstance(chat, PrivateChat) and not chat.started:
        chat.started = True
        if sandbox.is_on_page(chat):
            sandbox.refresh_page()
    message = Message(chat.next_id(), person.user(), sandbox.clock.unix(), content, reply_to=reply_to)
    return sandbox.post(chat, message)


def _require_access(person: Person, chat: Chat) -> None:
    if isinstance(chat, Group) and person.id not in chat.members:
        raise ControlError(f"{person.name} is not a member of this group", 403)
    if isinstance(chat, PrivateChat) and chat.blocked:
        raise ControlError(f"{person.name} has blocked the bot and has to unblock it first", 409)


def _audience(sandbox: "Sandbox", chat: Chat, message: Message) -> list[Bot]:
    """The bots that get to see a message: https://core.telegram.org/bots/features#privacy-mode."""
    if isinstance(chat, PrivateChat):
        return [sandbox.bot(chat.bot_id)]
    assert isinstance(chat, Group)  # noqa: S101 - there is no third kind of chat
    present = [sandbox.bot(bot_id) for bot_id in chat.bots if chat.has_bot(bot_id)]
    return [bot for bot in present if _is_meant(chat, message, bot)]


def _is_meant(group: Group, message: Message, bot: Bot) -> bool:
    if message.is_service or group.bots[bot.id] == "administrator":
        return True
    replied = group.messages.get(message.reply_to) if message.reply_to else None
    if replied is not None and replied.sender["id"] == bot.id:
        return True
    command = _COMMAND.match(message.text)
    return command is not None and (command["bot"] or bot.username).lower() == bot.username.lower()


def start(sandbox: "Sandbox", person: Person, chat: PrivateChat, code: str) -> Message:
    """Follow a deep link, https://t.me/BOT?start=CODE; somebody who had blocked the bot unblocks it thereby."""
    if chat.blocked:
        set_blocked(sandbox, person, chat, blocked=False)
    return say(sandbox, person, chat, f"/start {code}".strip())


def tap(sandbox: "Sandbox", person: Person, chat: Chat, message_id: int | None, choice: Json) -> Json:
    """Tap the button that has `choice["data"]` or reads `choice["text"]`, under one message or the latest that fits.

    Returns what happened: a callback_query_id, a url that was opened, or the id of the message that was sent.

    Raises:
        ControlError: 404, there is no such button.
    """
    _require_access(person, chat)
    if message_id is not None and message_id not in chat.messages:
        raise ControlError(f"there is no message {message_id} in this chat", 404)
    candidates = [chat.messages[message_id]] if message_id else reversed(chat.messages.values())
    for message in candidates:
        for button in buttons(message):
            if _fits(button, choice):
                return press(sandbox, person, chat, message, button)
    raise ControlError("there is no such button", 404)


def buttons(message: Message) -> list[Json]:
    """All buttons of a message, inline or of a reply keyboard."""
    rows = message.inline_keyboard or (message.markup or {}).get("keyboard", [])
    return [button for row in rows for button in row]


def _fits(button: Json, choice: Json) -> bool:
    if "data" in choice:
        return bool(button.get("callback_data") == choice["data"])
    return bool(button["text"] == choice.get("text"))


def press(sandbox: "Sandbox", person: Person, chat: Chat, message: Message, button: Json) -> Json:
    """Press a button of a message; see `tap`."""
    if "url" in button:
        return {"url": button["url"]}
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


def set_blocked(sandbox: "Sandbox", person: Person, chat: PrivateChat, *, blocked: bool) -> None:
    """Block the bot or unblock it; the bot is told, if it is news."""
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    bot = sandbox.bot(chat.bot_id)
    left, present = member_json(bot, "kicked"), member_json(bot, "member")
    _tell_membership(sandbox, bot, chat, person.user(), (present, left) if blocked else (left, present))
    sandbox.refresh_page()


def join(sandbox: "Sandbox", person: Person, group: Group) -> None:
    """Join a group."""
    if person.id in group.members:
        return
    group.members.append(person.id)
    _notice(sandbox, group, person, {"new_chat_members": [person.user()]})
    sandbox.refresh_page()


def add_bot(sandbox: "Sandbox", person: Person, group: Group, bot: Bot, *, administrator: bool) -> None:
    """Put a bot into a group, or change its rank there."""
    status = "administrator" if administrator else "member"
    before = group.bots.get(bot.id, "left")
    if before == status:
        return
    group.bots[bot.id] = status
    _tell_membership(sandbox, bot, group, person.user(), (member_json(bot, before), member_json(bot, status)))
    if before in ("left", "kicked"):
        _notice(sandbox, group, person, {"new_chat_members": [bot.user()]})
    sandbox.refresh_page()


def remove_bot(sandbox: "Sandbox", actor: Json, group: Group, bot: Bot, status: str) -> None:
    """Take a bot out of a group: `status` is "kicked" by a member, or "left" when it goes by itself."""
    before = group.bots.get(bot.id, "left")
    if before not in ("member", "administrator"):
        return
    group.bots[bot.id] = status
    message = Message(group.next_id(), actor, sandbox.clock.unix(), {"left_chat_member": bot.user()})
    sandbox.post(group, message)
    _tell_membership(sandbox, bot, group, actor, (member_json(bot, before), member_json(bot, status)))
    sandbox.refresh_page()


def _notice(sandbox: "Sandbox", group: Group, person: Person, content: Json) -> None:
    """A service message, which all bots of the group receive."""
    message = _written(sandbox, person, group, content)
    for bot in _audience(sandbox, group, message):
        sandbox.deliver(bot, "message", sandbox.message_json(group, message))


def _tell_membership(sandbox: "Sandbox", bot: Bot, chat: Chat, actor: Json, change: tuple[Json, Json]) -> None:
    before, after = change
    content: Json = {
        "chat": sandbox.chat_json(chat),
        "from": actor,
        "date": sandbox.clock.unix(),
        "old_chat_member": before,
        "new_chat_member": after,
    }
    sandbox.deliver(bot, "my_chat_member", content)


_RIGHTS = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
]


def member_json(bot_or_person: Bot | Person, status: str) -> Json:
    """The ChatMember object."""
    member: Json = {"status": status, "user": bot_or_person.user()}
    if status == "kicked":
        return member | {"until_date": 0}
    if status == "creator":
        return member | {"is_anonymous": False}
    if status == "administrator":
        rights = dict.fromkeys(_RIGHTS, True)
        return member | {"can_be_edited": False, "is_anonymous": False, "can_promote_members": False} | rights
    return member


def simplified(person: Person) -> Json:
    """A person as the control interface lists them."""
    return {
        "id": person.id,
        "name": person.name,
        "language": person.language,
        "phone": person.phone,
        "simulated": person.simulated,
    }

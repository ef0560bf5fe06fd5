"""Topics of a supergroup: begun, closed, deleted; and what is written in one belongs to it.

Sources: `message_thread_id` and `is_topic_message` of https://core.telegram.org/bots/api#message, and
https://core.telegram.org/bots/api#forumtopiccreated. Whatever names no topic is in the general one.
"""

from typing import TYPE_CHECKING

from sandbox.calls import Call
from sandbox.chats import Chat, Group, Json
from sandbox.errors import ControlError, bad_request
from sandbox.posting import write

if TYPE_CHECKING:
    from sandbox.state import Sandbox

_COLOUR = 7322096


def begin(sandbox: "Sandbox", group: Group, name: str) -> int:
    """A new topic, by the owner; its number.

    Raises:
        ControlError: 409, a basic group has none, nor has a group without members.
    """
    if group.basic or not group.members:
        raise ControlError("only a supergroup with members has topics", 409)
    topic = group.last_message_id + 1
    group.topics[topic] = True
    _notice(sandbox, group, topic, {"forum_topic_created": {"name": name, "icon_color": _COLOUR}})
    return topic


def close(sandbox: "Sandbox", group: Group, topic: int) -> None:
    """Nobody but administrators writes there from here on.

    Raises:
        ControlError: 404, there is no such topic.
    """
    _require(group, topic)
    group.topics[topic] = False
    _notice(sandbox, group, topic, {"forum_topic_closed": {}})


def delete(sandbox: "Sandbox", group: Group, topic: int) -> None:
    """The topic goes, and all that was written there.

    Raises:
        ControlError: 404, there is no such topic.
    """
    _require(group, topic)
    del group.topics[topic]
    for message in [each for each in group.messages.values() if each.extra.get("message_thread_id") == topic]:
        sandbox.remove(group, message.id)


def mark_of(chat: Chat, topic: int | None) -> Json:
    """What a message in that topic has besides; nothing in the general one.

    Raises:
        ControlError: 404, there is no such topic.
    """
    if topic is None:
        return {}
    _require(chat, topic)
    return _mark(topic)


def mark_for(call: Call, chat: Chat) -> Json:
    """The same for a message of a bot.

    Raises:
        BotApiError: 400, there is no such topic, or it is closed and the bot no administrator.
    """
    if not call.has("message_thread_id"):
        return {}
    topic = call.integer("message_thread_id")
    if not isinstance(chat, Group) or topic not in chat.topics:
        raise bad_request("message thread not found")
    if not chat.topics[topic] and chat.bots.get(call.bot.id) != "administrator":
        raise bad_request("TOPIC_CLOSED")
    return _mark(topic)


def _require(chat: Chat, topic: int) -> None:
    if not isinstance(chat, Group) or topic not in chat.topics:
        raise ControlError(f"there is no topic {topic} in this chat", 404)


def _notice(sandbox: "Sandbox", group: Group, topic: int, content: Json) -> None:
    write(sandbox, sandbox.people[group.members[0]].user(), group, content, extra=_mark(topic))


def _mark(topic: int) -> Json:
    return {"message_thread_id": topic, "is_topic_message": True}

"""People, private chats, groups and messages, and the JSON in which a bot sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.files import Media
from sandbox.polls import Poll

Json = dict[str, Any]
"""A JSON object."""

JsonValue = Any
"""Whatever JSON can hold, as it came from outside and not yet looked at."""


_SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "group_chat_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "forum_topic_created",
        "forum_topic_closed",
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """A human user. `phone` tells whether the page shows their phone; `simulated` people belong to the crowd.

    `zone` is the name of their time zone, where it is known; `deactivated` people have deleted their account.
    """

    id: int
    name: str
    language: str
    phone: bool = False
    simulated: bool = False
    username: str | None = None
    zone: str | None = None
    deactivated: bool = False

    def user(self) -> Json:
        """The User object; of somebody who deleted their account nothing but the id is left."""
        if self.deactivated:
            return {"id": self.id, "is_bot": False, "first_name": ""}
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}
        return user | ({"username": self.username} if self.username else {})

    def chat(self) -> Json:
        """The Chat object of a private chat with this person."""
        chat: Json = {"id": self.id, "type": "private", "first_name": "" if self.deactivated else self.name}
        return chat | ({"username": self.username} if self.username else {})


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat.

    `content` holds the fields that make up the message itself (`text` and `entities`, a caption, or those of a service
    message) exactly as the Message object has them; `markup` is the reply_markup as it was sent, of whatever kind.
    `reactions` maps the id of each user who reacted to their emoji; `silent` messages make no sound when they arrive.
    """

    id: int
    sender: Json
    date: int
    content: Mapping[str, Any]
    markup: Json | None = None
    reply_to: int | None = None
    edited: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    media: Media | None = None
    poll: Poll | None = None
    reactions: Mapping[int, str] = field(default_factory=dict)
    silent: bool = False

    @property
    def text(self) -> str:
        """The text, empty for messages that have none."""
        return str(self.content.get("text", ""))

    @property
    def is_service(self) -> bool:
        """Whether this is a notice of Telegram itself, such as somebody joining."""
        return not self.content.keys().isdisjoint(_SERVICE)

    @property
    def inline_keyboard(self) -> list[list[Json]]:
        """Rows of buttons under the message, empty when there are none."""
        rows: list[list[Json]] = (self.markup or {}).get("inline_keyboard", [])
        return rows


@dataclass(slots=True)
class Chat:
    """What private chats and groups have in common: an id and messages, numbered for both sides alike."""

    id: int
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0

    def next_id(self) -> int:
        """The id of the next message; ids of deleted messages are not given again."""
        self.last_message_id += 1
        return self.last_message_id


@dataclass(slots=True)
class PrivateChat(Chat):
    """The chat of one person (whose id is the chat's id) with one bot."""

    bot_id: int = 0
    started: bool = False
    blocked: bool = False


@dataclass(slots=True)
class Group(Chat):
    """A supergroup, or a basic group, which may have been upgraded to a supergroup. The first member is the owner.

    `bots` maps each bot that ever was in it to its status: member, administrator, left or kicked. `topics` maps each
    topic beside the general one to whether it is open.
    """

    title: str = ""
    members: list[int] = field(default_factory=list)
    bots: dict[int, str] = field(default_factory=dict)
    phone: bool = False
    basic: bool = False
    administrators: set[int] = field(default_factory=set)
    banned: set[int] = field(default_factory=set)
    upgraded_to: int | None = None
    topics: dict[int, bool] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The type of the chat, as Telegram calls it."""
        return "group" if self.basic else "supergroup"

    def chat(self) -> Json:
        """The Chat object."""
        chat: Json = {"id": self.id, "type": self.kind, "title": self.title}
        return chat | ({"is_forum": True} if self.topics else {})

    def status_of(self, person_id: int) -> str:
        """The status of a person as a ChatMember has it."""
        if person_id not in self.members:
            return "kicked" if person_id in self.banned else "left"
        if person_id == self.members[0]:
            return "creator"
        return "administrator" if person_id in self.administrators else "member"

    def has_bot(self, bot_id: int) -> bool:
        """Whether that bot is in the group now."""
        return self.bots.get(bot_id) in ("member", "administrator")


def message_json(chat: Chat, chat_json: Json, message: Message, *, with_reply: bool = True) -> Json:
    """The Message object. Only inline keyboards are part of it; a replied message does not nest further."""
    result: Json = {
        "message_id": message.id,
        "from": message.sender,
        "chat": chat_json,
        "date": message.date,
        **(message.media.content() if message.media else {}),
        **({"poll": message.poll.content()} if message.poll else {}),
        **message.content,
        **message.extra,
    }
    if message.edited is not None:
        result["edit_date"] = message.edited
    if message.inline_keyboard:
        result["reply_markup"] = {"inline_keyboard": message.inline_keyboard}
    replied = chat.messages.get(message.reply_to) if message.reply_to else None
    if with_reply and replied is not None:
        result["reply_to_message"] = message_json(chat, chat_json, replied, with_reply=False)
    return result

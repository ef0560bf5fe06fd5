"""An update of Telegram, purely turned into who it is about and what it means.

Read from the plain JSON, leniently: a field that is new, missing or strange makes an update unreadable at worst, and
an unreadable update is None. Source for all fields: Telegram Bot API 10.0, "Update" and the types it names.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.channels import FromGroup, FromPerson, Incoming, Tap
from conversations.attachments import Attachment, Kind, Location
from conversations.buttons import decode
from conversations.cues import (
    Added,
    Blocked,
    Cue,
    GroupTapped,
    LinkAsked,
    Moved,
    Removed,
    Returned,
    Said,
    Sent,
    Started,
    Tapped,
    UnlinkAsked,
)
from conversations.marks import Mark, Style
from conversations.model import Language

ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"]
"""The kinds of update that Suivi asks for; Telegram keeps the others to itself."""

Json = Mapping[str, Any]

_START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<code>\S{1,64}))?\s*", re.ASCII)
_LINK = re.compile(
    r"/link(?:@(?P<bot>\w+))?(?:\s+(?!(?:en|fr)\s*$)(?P<code>[\w-]{1,64}))?(?:\s+(?P<language>en|fr))?\s*",
    re.ASCII | re.IGNORECASE,
)
_UNLINK = re.compile(r"/unlink(?:@(?P<bot>\w+))?\s*", re.ASCII | re.IGNORECASE)
_REFERENCE = re.compile(r"[\w-]{1,256}", re.ASCII)
_ENDING = re.compile(r"\.[a-z0-9]{1,8}")
_FILES = {
    "photo": Kind.PHOTO,
    "voice": Kind.VOICE,
    "audio": Kind.AUDIO,
    "video": Kind.VIDEO,
    "video_note": Kind.VIDEO,
    "document": Kind.DOCUMENT,
}
_STYLES = {
    "bold": Style.BOLD,
    "italic": Style.ITALIC,
    "underline": Style.UNDERLINE,
    "strikethrough": Style.STRIKETHROUGH,
    "code": Style.CODE,
    "text_link": Style.LINK,
}
_LONGEST_LINK = 2000
_GONE = {"kicked", "left"}
_WORDLESS = frozenset(
    {
        "animation",
        "audio",
        "checklist",
        "contact",
        "dice",
        "document",
        "game",
        "location",
        "paid_media",
        "photo",
        "poll",
        "sticker",
        "story",
        "venue",
        "video",
        "video_note",
        "voice",
    }
)
"""What people send that is not words. All other messages without text are the platform's own ("Message": service
messages): a self-destruct timer that somebody sets, a message that they pin."""


def read(update: Json) -> Incoming | None:
    """What the update says; None for what Suivi has no use for.

    On nonsense it raises whatever comes of it: a LookupError, TypeError, ValueError, AttributeError or OverflowError.
    """
    number = int(update["update_id"])
    if "message" in update:
        return _message(number, update["message"])
    if "callback_query" in update:
        return _tap(number, update["callback_query"])
    if "my_chat_member" in update:
        return _membership(number, update["my_chat_member"])
    return None


def _message(number: int, message: Json) -> Incoming | None:
    chat = message["chat"]
    sender = message.get("from")
    if "migrate_to_chat_id" in message:
        # First of all: it may come in the name of Telegram's own bot for anonymous administrators.
        return FromGroup(number, str(chat["id"]), Moved(str(message["migrate_to_chat_id"])))
    if chat["type"] in {"group", "supergroup"} and message.get("sender_chat", {}).get("id") == chat["id"]:
        # An anonymous administrator writes as the group itself, in the name of a bot of Telegram's own.
        cue = _in_group(message)
        return FromGroup(number, str(chat["id"]), replace(cue, anonymous=True)) if cue is not None else None
    if sender is None or sender.get("is_bot") or "via_bot" in message or "sender_chat" in message:
        return None
    if chat["type"] == "private":
        personal = _private(message, _language(sender))
        return FromPerson(number, str(chat["id"]), personal) if personal is not None else None
    if chat["type"] in {"group", "supergroup"}:
        cue = _in_group(message)
        return FromGroup(number, str(chat["id"]), cue, str(sender["id"])) if cue is not None else None
    return None


def _private(message: Json, language: Language | None) -> Cue | None:
    text = message.get("text")
    if text is None:
        caption = _whole(str(message.get("caption", "")))
        return None if _WORDLESS.isdisjoint(message) else Sent(_what(message), caption)
    text = _whole(text)
    start = _START.fullmatch(text)
    # A forwarded command is somebody else's, and must not act for whoever passed it on.
    if start is not None and "forward_origin" not in message:
        return Started(start["code"], language)
    return Said(text, language, _marks(text, message.get("entities", ())))


def _marks(text: str, entities: Iterable[Json]) -> tuple[Mark, ...]:
    """How parts of a text are set off; what is odd or of no use here is left out ("MessageEntity": UTF-16 units)."""
    units = text.encode("utf-16-le")
    found: list[Mark] = []
    try:
        for each in entities:
            style = _STYLES.get(str(each["type"]))
            start, end = int(each["offset"]), int(each["offset"]) + int(each["length"])
            url = str(each.get("url", ""))
            if style is None or not 0 <= start < end <= len(units) // 2 or (style is Style.LINK and not _is_link(url)):
                continue
            place, length = (
                len(units[2 * a : 2 * b].decode("utf-16-le", "ignore")) for a, b in ((0, start), (start, end))
            )
            found.append(Mark(style, place, place + length, url if style is Style.LINK else ""))
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
        return ()
    return tuple(found)


def _is_link(url: str) -> bool:
    return url.startswith(("https://", "http://")) and len(url) <= _LONGEST_LINK


def _what(message: Json) -> Attachment | Location | None:
    """The file or the place that a message holds; None where it holds neither, or where that cannot be read."""
    try:
        if "location" in message:
            place = message["location"]
            latitude, longitude = float(place["latitude"]), float(place["longitude"])
            return Location(latitude, longitude, float(place.get("horizontal_accuracy", 0)))
        for field, kind in _FILES.items():
            if field in message:
                # A photo comes in several sizes, the largest last.
                file = message[field][-1] if field == "photo" else message[field]
                reference = str(file["file_id"])
                return Attachment(kind, reference, _ending(file)) if _REFERENCE.fullmatch(reference) else None
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
        return None
    return None


def _ending(file: Json) -> str:
    """The ending of the file's name, with its dot; none where it is odd."""
    ending = "." + str(file.get("file_name", "")).rpartition(".")[2].lower()
    return ending if _ENDING.fullmatch(ending) else ""


def _in_group(message: Json) -> LinkAsked | UnlinkAsked | None:
    if "forward_origin" in message:
        return None
    text, topic = message.get("text", ""), _topic(message)
    if (link := _LINK.fullmatch(text)) is not None:
        code = link["code"].lower() if link["code"] else None
        language = Language(link["language"].lower()) if link["language"] else None
        return LinkAsked(code, language, topic, to=link["bot"] or "")
    unlink = _UNLINK.fullmatch(text)
    return UnlinkAsked(topic, to=unlink["bot"] or "") if unlink is not None else None


def _topic(message: Json) -> int | None:
    """The topic that a message is in; None in the general one.

    Any reply in a supergroup has a `message_thread_id`: only that of a topic can be written to ("Message").
    """
    return int(message["message_thread_id"]) if message.get("is_topic_message") else None


def _tap(number: int, query: Json) -> Incoming | None:
    message = query.get("message")
    if message is None:
        return None
    chat, tap = message["chat"], Tap(str(query["id"]), str(message["message_id"]))
    if chat["type"] != "private":
        button = decode(query.get("data", ""))
        return FromGroup(number, str(chat["id"]), GroupTapped(button), str(query["from"]["id"]), tap)
    return FromPerson(number, str(chat["id"]), Tapped(decode(query.get("data", ""))), tap)


def _membership(number: int, change: Json) -> Incoming | None:
    chat, there = change["chat"], _is_there(change["new_chat_member"])
    address = str(chat["id"])
    if chat["type"] == "private":
        return FromPerson(number, address, Returned() if there else Blocked())
    if chat["type"] not in {"group", "supergroup"}:
        return None
    if not there:
        return FromGroup(number, address, Removed())
    if _is_there(change["old_chat_member"]):
        return None  # its rank has changed
    by = change["from"]
    return FromGroup(number, address, Added(_language(by)), str(by["id"]))


def _is_there(member: Json) -> bool:
    """Whether the bot is in the chat, whatever it may do there ("ChatMember")."""
    status = member["status"]
    return bool(member.get("is_member")) if status == "restricted" else status not in _GONE


def _whole(text: str) -> str:
    """The text with a replacement for each half of a character: JSON may carry those, UTF-8 and so storage cannot."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _language(sender: Json) -> Language | None:
    code = str(sender.get("language_code", "")).lower().split("-")[0]
    return Language(code) if code in set(Language) else None

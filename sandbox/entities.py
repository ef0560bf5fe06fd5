"""Texts and their entities: offsets in UTF-16 code units, detection of commands and links, explicit entities.

Source of the rules: https://core.telegram.org/bots/api#formatting-options and #messageentity.
"""

import re
from collections.abc import Iterable
from typing import Any

from sandbox.errors import bad_request, unreadable

Entity = dict[str, Any]

_DETECTED = (
    ("bot_command", re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])")),
    ("url", re.compile(r"(?<![\w@])https?://[^\s<>\"«»]*[^\s<>\"«».,:;!?)\]}’']")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#&])#(?=\w*[^\W\d])\w{1,256}")),
)
_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})
_KNOWN_TYPES = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    ]
)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of every offset and limit of the Bot API."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers."""
    encoded = text.encode("utf-16-le")
    return encoded[2 * offset : 2 * (offset + length)].decode("utf-16-le", errors="replace")


def detected(text: str, known: Iterable[Entity] = ()) -> list[Entity]:
    """Commands, links, addresses, mentions and hashtags that Telegram finds by itself outside `known` entities."""
    taken = [(entity["offset"], entity["length"]) for entity in known if entity["type"] in _OPAQUE]
    found: list[Entity] = []
    for kind, pattern in _DETECTED:
        for match in pattern.finditer(text):
            offset, length = utf16_length(text[: match.start()]), utf16_length(match.group())
            if all(offset + length <= start or offset >= start + size for start, size in taken):
                taken.append((offset, length))
                found.append({"type": kind, "offset": offset, "length": length})
    return found


def ordered(entities: Iterable[Entity]) -> list[Entity]:
    """Outer entities first; neighbours of one kind that touch are one entity, as Telegram stores them."""
    result: list[Entity] = []
    for entity in sorted(entities, key=lambda entity: (entity["offset"], -entity["length"])):
        end = entity["offset"]
        for index, earlier in enumerate(result):
            same = {**earlier, "offset": 0, "length": 0} == {**entity, "offset": 0, "length": 0}
            if same and entity["type"] not in _OPAQUE and earlier["offset"] + earlier["length"] == end:
                result[index] = {**earlier, "length": earlier["length"] + entity["length"]}
                break
        else:
            result.append(entity)
    return result


def trimmed(text: str, entities: Iterable[Entity]) -> tuple[str, list[Entity]]:
    """The text without white space around it, its entities moved and cut accordingly."""
    bare = text.strip()
    shift = utf16_length(text[: len(text) - len(text.lstrip())])
    size = utf16_length(bare)
    kept: list[Entity] = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] + entity["length"] - shift, size)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return bare, kept


def explicit(text: str, raw: object) -> list[Entity]:
    """Entities given as a list by the caller.

    Raises:
        BotApiError: an entity has no known type, or lies outside the text.
    """
    if not isinstance(raw, list):
        raise bad_request("can't parse entities: Expected an Array")
    size = utf16_length(text)
    result: list[Entity] = []
    for entity in raw:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise unreadable('Field "type" must be of type String')
        offset, length = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(length, int):
            raise unreadable('Field "offset" must be of type Number')
        if entity["type"] not in _KNOWN_TYPES or offset < 0 or length <= 0 or offset + length > size:
            raise bad_request("entity beginning or length is invalid")
        result.append({key: value for key, value in entity.items() if value is not None})
    return result

"""The text or caption of a message as a call gives it: parse_mode or explicit entities, limits, links."""

from sandbox.calls import Call
from sandbox.chats import Json
from sandbox.entities import Entity, detected, explicit, ordered, trimmed, utf16_length
from sandbox.errors import bad_request
from sandbox.html_text import parse_html

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


def text_content(call: Call) -> Json:
    """The fields `text`, `entities` and `link_preview_options` of the message.

    Raises:
        BotApiError: 400 for a text that is empty, longer than 4,096 UTF-16 code units after its formatting was read,
            or wrongly formatted.
    """
    source = call.text("text")
    if not source.strip():
        raise bad_request("message text is empty")
    text, entities = formatted(call, source)
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if preview := call.structure("link_preview_options"):
        if not isinstance(preview, dict):
            raise bad_request("object expected as link preview options")
        content["link_preview_options"] = {key: value for key, value in preview.items() if value is not None}
    return content


def caption_content(call: Call, kind: str) -> Json:
    """The fields `caption`, `caption_entities` and, for a photo, `show_caption_above_media`, as far as there are any.

    Raises:
        BotApiError: 400 for a caption longer than 1,024 UTF-16 code units after its formatting was read, or wrongly
            formatted.
    """
    text, entities = formatted(call, call.text("caption"), given="caption_entities")
    if utf16_length(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    content: Json = {"caption": text} if text else {}
    if entities:
        content["caption_entities"] = entities
    if text and kind == "photo" and call.boolean("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def formatted(call: Call, source: str, mode: str = "parse_mode", given: str = "entities") -> tuple[str, list[Entity]]:
    """Plain text and entities; `mode` and `given` name the parameters that say how to read the source.

    Raises:
        BotApiError: 400, the formatting is wrong or of a kind that the sandbox does not read.
    """
    entities: list[Entity] = []
    text = source
    match call.text(mode).lower():
        case "html":
            text, entities = parse_html(source)
        case "" | "none":
            entities = explicit(source, call.structure(given)) if call.has(given) else []
        case _:
            raise bad_request("unsupported parse_mode")
    text, entities = trimmed(text, _with_people(call, entities))
    return text, ordered([*entities, *detected(text, entities)])


def _with_people(call: Call, entities: list[Entity]) -> list[Entity]:
    """Links to tg://user?id=ID become mentions of that person, or nothing when the bot cannot know them."""
    result: list[Entity] = []
    for entity in entities:
        url = entity.get("url", "")
        if not url.startswith("tg://user?id="):
            result.append(entity)
            continue
        number = url.removeprefix("tg://user?id=")
        person = call.sandbox.people.get(int(number)) if number.isdecimal() else None
        if person is not None:
            mention = {key: value for key, value in entity.items() if key != "url"}
            result.append({**mention, "type": "text_mention", "user": person.user()})
    return result

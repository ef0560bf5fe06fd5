"""From what the core says to what a platform shows: a language is chosen, buttons get their data."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from bot.channels import Rendered, RenderedCard, RenderedFile, RenderedKey, RenderedParagraph
from conversations.buttons import encode
from conversations.messages import Card, Key, Message
from conversations.model import Bilingual, Language
from locales.phrases import say


def render(message: Message, language: Language) -> Rendered:
    """The message in that language."""
    paragraphs = _fitting(
        [
            RenderedParagraph(say(each.words, each.language or language), each.strong, each.close, each.marks)
            for each in message.paragraphs
        ]
    )
    keyboard = tuple(tuple(_key(key, language) for key in row) for row in message.keyboard)
    if not message.pictures and not message.cards and not message.files:
        return Rendered(paragraphs, keyboard)
    pictures = tuple(each.in_language(language) for each in message.pictures)
    cards = tuple(_card(each, language) for each in message.cards)
    files = tuple(RenderedFile(each.kind, each.facts, each.language or language) for each in message.files)
    return Rendered(paragraphs, keyboard, pictures, cards, files)


def frozen(message: Message) -> Bilingual:
    """The message's words in both languages, as they are kept when a digest is released."""
    return Bilingual(*(plain_text(render(message, language).paragraphs) for language in (Language.EN, Language.FR)))


def plain_text(paragraphs: tuple[RenderedParagraph, ...]) -> str:
    """The paragraphs as one text, a blank line between those that are not close to one another."""
    text = ""
    for each in paragraphs:
        text += (("\n" if each.close else "\n\n") if text else "") + each.text
    return text


_LONGEST = 4096
"""What one message holds, in UTF-16 units (Bot API, "sendMessage"); a platform refuses a longer one as a whole."""


def _fitting(paragraphs: Sequence[RenderedParagraph]) -> tuple[RenderedParagraph, ...]:
    """The paragraphs, the longest ones cut to one length where they are too much together for a message."""
    room = _LONGEST - sum(len("\n\n") for _ in paragraphs)
    # No sign is more than two units, and nearly every message is short: only a long one is measured.
    if 2 * sum(len(each.text) for each in paragraphs) <= room:
        return tuple(paragraphs)
    lengths = [_length(each.text) for each in paragraphs]
    if sum(lengths) <= room:
        return tuple(paragraphs)
    longest, left, count = 0, room, len(lengths)
    for length in sorted(lengths):
        longest = left // count
        if length > longest:
            break
        left, count = left - length, count - 1
    return tuple(
        replace(each, text=_cut(each.text, longest)) if length > longest else each
        for each, length in zip(paragraphs, lengths, strict=True)
    )


def _cut(text: str, longest: int) -> str:
    kept = text.encode("utf-16-le")[: 2 * max(longest - len("…"), 0)].decode("utf-16-le", "ignore")
    return f"{kept.rstrip()}…"


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def dumps(message: Rendered) -> str:
    """The message as JSON, for the outbox."""
    written: bytes = _adapter().dump_json(message)
    body = written.decode("utf-8")
    if len(_on_their_way) >= _MOST_ON_THEIR_WAY:
        _on_their_way.clear()
    _on_their_way[body] = message
    return body


def loads(body: str) -> Rendered:
    """The message that `dumps` wrote."""
    fresh = _on_their_way.pop(body, None)
    message: Rendered = fresh if fresh is not None else _adapter().validate_json(body)
    return message


_MOST_ON_THEIR_WAY = 1_000
_on_their_way: dict[str, Rendered] = {}
"""Messages written a moment ago and not sent yet: reading them back would be work for nothing."""


def _key(key: Key, language: Language) -> RenderedKey:
    label = say(key.words, language)
    if key.ticked is not None:
        label = f"{'☑' if key.ticked else '☐'} {label}"
    return RenderedKey(label, encode(key.button))


def _card(card: Card, reader: Language) -> RenderedCard:
    language = card.language or reader
    source, contact = (say(each, language) if each is not None else None for each in (card.source, card.contact))
    return RenderedCard(say(card.text, language), source, language, contact)


@cache
def _adapter() -> Any:  # noqa: ANN401 # pydantic's adapter of a type known at run time
    from pydantic import TypeAdapter  # noqa: PLC0415 # built at the first message, not at import

    return TypeAdapter(Rendered)

"""What is said: paragraphs and a keyboard, before a language is chosen.

The marker functions `phrase`, `short` and `counted` are what the translation tools look for: call them with literal
English, the msgid.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from conversations.buttons import Button, Speak
from conversations.marks import Mark
from conversations.model import Bilingual, Language, Phrase, PhraseValue, Picture, Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `strong` sets it off from the rest, `close` puts it directly under the one before.

    `marks` set off parts of words that need no language. It is in the reader's language when `language` is None.
    """

    words: Words
    strong: bool = False
    close: bool = False
    marks: tuple[Mark, ...] = ()
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """One button of a keyboard: what it shows and what a tap means; `ticked` makes it a box that is on or off."""

    words: Words
    button: Button
    ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A picture made of words, for forwarding; drawn when it is sent.

    `contact` says whom to ask about it. It is in the reader's language when `language` is None.
    """

    text: Words
    source: Words | None = None
    contact: Words | None = None
    language: Language | None = None


class FileKind(StrEnum):
    """What a file is; `bot/files.py` says how each is made.

    PHOTO and DOCUMENT are what somebody sent before: their fact "reference" is the platform's own.
    """

    PHOTO = "photo"
    DOCUMENT = "document"
    TEMPLATE = "template"
    TREND = "trend"
    READINESS = "readiness"
    QR = "qr"
    POSTER = "poster"
    LINKS = "links"
    REPORT = "report"
    DIGEST = "digest"
    HANDOUT_SLIDES = "handout_slides"
    HANDOUT_PAGE = "handout_page"


@dataclass(frozen=True, slots=True)
class File:
    """A picture or document, made from these facts (names and values) when it is sent.

    It is in the reader's language when `language` is None.
    """

    kind: FileKind
    facts: tuple[tuple[str, str], ...] = ()
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Paragraphs and rows of buttons.

    The pictures, the cards and then the files are shown above a message when it is new, never by an edit.
    """

    paragraphs: tuple[Paragraph, ...]
    keyboard: tuple[tuple[Key, ...], ...] = ()
    pictures: tuple[Picture, ...] = ()
    cards: tuple[Card, ...] = ()
    files: tuple[File, ...] = ()


def message(*words: Words | Paragraph, keyboard: tuple[tuple[Key, ...], ...] = ()) -> Message:
    """A message of plain paragraphs; pass a `Paragraph` to set one off."""
    paragraphs = tuple(each if isinstance(each, Paragraph) else Paragraph(each) for each in words)
    return Message(paragraphs, keyboard)


def strong(words: Words) -> Paragraph:
    """A paragraph that is set off."""
    return Paragraph(words, strong=True)


def phrase(msgid: str, **values: PhraseValue) -> Phrase:
    """A sentence of the bot; `values` fill its named placeholders."""
    return Phrase(msgid, values=tuple(sorted(values.items())))


def short(context: str, msgid: str, **values: PhraseValue) -> Phrase:
    """A short word or button, with the context that a translator needs to get it right."""
    return Phrase(msgid, context=context, values=tuple(sorted(values.items())))


def counted(singular: str, plural: str, count: int, **values: PhraseValue) -> Phrase:
    """A sentence whose form depends on `count`, which also fills `{count}`."""
    return Phrase(singular, plural=plural, count=count, values=tuple(sorted(values.items())))


_OWN_NAMES = {
    Language.EN: short("button: switch to English", "English"),
    Language.FR: short("button: switch to French", "Français"),
}


def own_name(language: Language) -> Phrase:
    """What the language calls itself."""
    return _OWN_NAMES[language]


def language_key(language: Language, serial: int = 0) -> Key:
    """The button that switches to that language, by its own name; `serial` as in `Speak`."""
    return Key(own_name(language), Speak(language, serial))


_PLACEHOLDER = re.compile(r"\{\w+\}")


def length(told: Message) -> int:
    """Characters that a message has at most, in whichever language it is longer, as Telegram counts: in UTF-16.

    A paragraph with a language of its own is counted in that. How long a phrase of the bot is in French only its
    catalogue knows: it is taken for twice the English.
    """
    return max(
        sum(_length(each.words, each.language or language) + len("\n\n") for each in told.paragraphs)
        for language in Language
    )


def _length(value: PhraseValue, language: Language) -> int:
    match value:
        case Phrase():
            own = len(_PLACEHOLDER.sub("", value.msgid)) * (2 if language is Language.FR else 1)
            return own + sum(_length(each, language) for _, each in value.values)
        case Bilingual():
            return _length(value.in_language(language), language)
        case _:
            return len(str(value).encode("utf-16-le")) // 2

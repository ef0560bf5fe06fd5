"""What is shown above a message's words: pictures of a pack, cards, and files, each as a message of its own."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from telegram import Bot, Message
from telegram.error import TelegramError

from bot.cards import draw
from bot.channels import MovedTo, NotSent, Rendered, RenderedCard, RenderedFile, TooMany, Unreachable
from bot.files import Made, caption_of, make, reference_of
from bot.telegram.failures import failure_of, has_no_topic, takes_words_alone
from conversations.messages import FileKind

log = logging.getLogger(__name__)

PictureReader = Callable[[str], Awaitable[bytes | None]]
"""Gives the bytes of a picture by its SHA-256; None when they are not there."""

Shown = str | RenderedCard | RenderedFile
"""A picture of a pack by its SHA-256, a card, or a file."""

_REMEMBERED = 1_000
_FILE_NAME = "picture.jpg"
"""What an upload is called, whatever it is: Telegram makes a JPEG of it."""


class Showing:
    """Shows things above the words, each once even when the message is tried again."""

    def __init__(self, bot: Bot, read: PictureReader) -> None:
        self._bot = bot
        self._read = read
        self._photos: dict[int, str] = {}
        self._begun: dict[int, int] = {}

    async def show_all(self, address: str, message: Rendered, above: tuple[Shown, ...]) -> None:
        """Each as a message of its own. When the message is tried again, those that were shown are not shown again."""
        # A number instead of the words: they are not to outlive an erasure here.
        begun = hash((address, message))
        for number in range(self._begun.get(begun, 0), len(above)):
            await self._show(address, above[number], message.topic)
            _remember(self._begun, begun, number + 1)

    def is_said(self, address: str, message: Rendered) -> None:
        """The words are there as well: nothing of this message is tried again."""
        self._begun.pop(hash((address, message)), None)

    async def _show(self, address: str, shown: Shown, topic: int | None) -> None:
        """One of them, in that topic, or in the general one where that is closed or gone.

        What hinders this one alone, or leaves it in doubt, does not hold the words up.
        """
        known = hash(shown)
        content = self._photos.get(known) or await self._content_of(shown)
        if content is None:
            return
        try:
            sent = await self._send(address, shown, content, topic)
        except TelegramError as error:
            failure = failure_of(error)
            if topic is not None and has_no_topic(failure):
                await self._show(address, shown, None)
                return
            if isinstance(failure, NotSent | TooMany | MovedTo | Unreachable) and not takes_words_alone(failure):
                raise failure from None
            self._photos.pop(known, None)
            log.warning("%s was not shown: %s", _named(shown), failure)
        else:
            if sent.photo:
                _remember(self._photos, known, sent.photo[-1].file_id)

    async def _send(self, address: str, shown: Shown, content: str | bytes | Made, topic: int | None) -> Message:
        # Without a sound: the words that follow at once have theirs.
        place: Any = {"disable_notification": True, "message_thread_id": topic}
        if isinstance(content, Made) and not content.picture:
            return await self._bot.send_document(address, content.content, filename=content.name, **place)
        if isinstance(shown, RenderedFile) and shown.kind is FileKind.DOCUMENT:
            return await self._bot.send_document(address, str(content), **place)
        photo, name = (content.content, content.name) if isinstance(content, Made) else (content, _FILE_NAME)
        caption = caption_of(shown) if isinstance(shown, RenderedFile) else None
        return await self._bot.send_photo(address, photo, filename=name, caption=caption, **place)

    async def _content_of(self, shown: Shown) -> str | bytes | Made | None:
        """The bytes, or the platform's own reference; None when there is nothing."""
        if isinstance(shown, str):
            content = await self._read(shown)
            if content is None:
                log.error("%s is not in the database", _named(shown))
            return content
        try:
            if isinstance(shown, RenderedCard):
                return await asyncio.to_thread(draw, shown)
            return reference_of(shown) or await asyncio.to_thread(make, shown)
        except Exception as error:  # noqa: BLE001 # whatever keeps it from being made, the words are still to be said
            # Without its message, which may quote the words.
            log.error("%s was not made: %s", _named(shown), type(error).__name__)
            return None


def _named(shown: Shown) -> str:
    """What the log calls it."""
    if isinstance(shown, str):
        return f"the picture {shown[:8]}"
    return "a card" if isinstance(shown, RenderedCard) else f"a file ({shown.kind})"


_Key = TypeVar("_Key")
_Kept = TypeVar("_Kept")


def _remember(kept: dict[_Key, _Kept], key: _Key, value: _Kept) -> None:
    if len(kept) >= _REMEMBERED and key not in kept:
        kept.clear()  # what was known is found out again
    kept[key] = value

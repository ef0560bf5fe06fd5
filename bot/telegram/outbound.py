"""Telegram as a channel: messages out, and its failures told apart."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from html import escape
from typing import Any, TypeVar

from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.cards import draw
from bot.channels import (
    DeliveryError,
    Faltered,
    InDoubt,
    MovedTo,
    NotSent,
    Rejected,
    Rendered,
    RenderedCard,
    RenderedParagraph,
    TooMany,
    Unreachable,
)
from bot.telegram import transport
from bot.telegram.calls import call

log = logging.getLogger(__name__)

PictureReader = Callable[[str], Awaitable[bytes | None]]
"""Gives the bytes of a picture by its SHA-256; None when they are not there."""

_REMEMBERED = 1_000
_FILE_NAME = "picture.jpg"
"""What an upload is called, whatever it is: Telegram makes a JPEG of it."""
_GONE = ("chat not found", "user is deactivated", "bot was kicked", "not enough rights", "have no rights", "forbidden")
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")
"""How the Bot API says that nothing can be written in a topic; it then certainly has written nothing."""
_AS_IT_IS = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
)


class TelegramChannel:
    """The Bot API, as bot/channels.py wants a platform. `bot` must be initialised; `read` gives pictures."""

    name = "telegram"

    def __init__(self, bot: Bot, read: PictureReader) -> None:
        self.bot = bot
        self._read = read
        self._photos: dict[int, str] = {}
        self._begun: dict[int, int] = {}

    def is_group(self, address: str) -> bool:
        """Ids of groups are negative (Bot API, "Chat")."""
        return address.startswith("-")

    async def say(self, address: str, message: Rendered) -> str:
        """Send it, below its pictures and cards; gives the id of the message with the words."""
        above: tuple[str | RenderedCard, ...] = (*message.pictures, *message.cards)
        if above:
            await self._show_all(address, message, above)
        sent = await self._say(address, message)
        if above:
            self._begun.pop(hash((address, message)), None)
        return str(sent["message_id"])

    async def _say(self, address: str, message: Rendered) -> Any:  # noqa: ANN401 # the platform's JSON
        parameters = {"chat_id": address, **_content(message)}
        if message.topic is None:
            return await self._call("sendMessage", parameters)
        try:
            return await self._call("sendMessage", {**parameters, "message_thread_id": message.topic})
        except Rejected as error:
            if not any(words in str(error).lower() for words in _NO_TOPIC):
                raise
            log.info("the topic of a group is closed or gone: the message goes to the general one")
        return await self._call("sendMessage", parameters)

    async def edit(self, address: str, message_id: str, message: Rendered) -> None:
        """Change a message in place; one that is gone, or says so already, is left as it is."""
        place = {"chat_id": address, "message_id": int(message_id)}
        try:
            await self._call("editMessageText", {**place, **_content(message)})
        except Rejected as error:
            if not any(words in str(error).lower() for words in _AS_IT_IS):
                raise

    async def toast(self, tap: str, text: str | None) -> None:
        """Answer a tap."""
        await self._call("answerCallbackQuery", toast_parameters(tap, text))

    async def _show_all(self, address: str, message: Rendered, above: tuple[str | RenderedCard, ...]) -> None:
        """Each as a photo of its own. When the message is tried again, those that were shown are not shown again."""
        # A number instead of the words: they are not to outlive an erasure here.
        begun = hash((address, message))
        for number in range(self._begun.get(begun, 0), len(above)):
            await self._show(address, above[number])
            _remember(self._begun, begun, number + 1)

    async def _show(self, address: str, shown: str | RenderedCard) -> None:
        """One picture or card. What hinders this photo alone, or leaves it in doubt, does not hold the words up."""
        known = hash(shown)
        photo = self._photos.get(known) or await self._content_of(shown)
        if photo is None:
            return
        try:
            # Without a sound: the words that follow at once have theirs.
            sent = await self.bot.send_photo(address, photo, filename=_FILE_NAME, disable_notification=True)
        except TelegramError as error:
            failure = failure_of(error)
            if isinstance(failure, NotSent | TooMany | MovedTo | Unreachable):
                raise failure from None
            self._photos.pop(known, None)
            log.warning("%s was not shown: %s", _named(shown), failure)
        else:
            if sent.photo:
                _remember(self._photos, known, sent.photo[-1].file_id)

    async def _content_of(self, shown: str | RenderedCard) -> bytes | None:
        """The bytes of a picture or card; None when there are none."""
        if isinstance(shown, str):
            content = await self._read(shown)
            if content is None:
                log.error("%s is not in the database", _named(shown))
            return content
        try:
            return await asyncio.to_thread(draw, shown)
        except Exception as error:  # noqa: BLE001 # whatever keeps a card from being drawn, its words are still to be said
            # Without its message, which may quote the words.
            log.error("%s was not drawn: %s", _named(shown), type(error).__name__)
            return None

    async def _call(self, method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 # the platform's JSON
        try:
            return await call(self.bot, method, parameters)
        except TelegramError as error:
            raise failure_of(error) from None


def _named(shown: str | RenderedCard) -> str:
    """What the log calls it."""
    return f"the picture {shown[:8]}" if isinstance(shown, str) else "a card"


def toast_parameters(tap: str, text: str | None) -> dict[str, Any]:
    """Parameters of answerCallbackQuery; its text holds at most 200 characters."""
    return {"callback_query_id": tap, **({"text": text[:200]} if text else {})}


def failure_of(error: TelegramError) -> DeliveryError:
    """What a failure of the Bot API means for a message."""
    text = error.message.lower()
    match error:
        case transport.NotSent():
            return NotSent(type(error).__name__)
        case RetryAfter():
            return TooMany(seconds_of(error))
        case ChatMigrated():
            return MovedTo(str(error.new_chat_id))
        case Forbidden():
            return Unreachable(error.message)
        case BadRequest() if any(words in text for words in _GONE):
            return Unreachable(error.message)
        case InvalidToken():
            return NotSent("the token was refused")
        case BadRequest():
            return Rejected(error.message)
        case TimedOut() | transport.NoAnswer():
            return InDoubt(type(error).__name__)
        case NetworkError():
            return Faltered(type(error).__name__)
        case _:
            return Rejected(error.message)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


_Key = TypeVar("_Key")
_Kept = TypeVar("_Kept")


def _remember(kept: dict[_Key, _Kept], key: _Key, value: _Kept) -> None:
    if len(kept) >= _REMEMBERED and key not in kept:
        kept.clear()  # what was known is found out again
    kept[key] = value


def _content(message: Rendered) -> dict[str, Any]:
    keyboard = [[{"text": key.label, "callback_data": key.data} for key in row] for row in message.keyboard]
    return {
        "text": _html(message.paragraphs),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        # Without this field an edit takes the keyboard away, which is what a message without one wants.
        **({"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}),
    }


def _html(paragraphs: tuple[RenderedParagraph, ...]) -> str:
    text = ""
    for each in paragraphs:
        words = escape(each.text, quote=False)
        text += (("\n" if each.close else "\n\n") if text else "") + (f"<b>{words}</b>" if each.strong else words)
    return text

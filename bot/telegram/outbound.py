"""Telegram as a channel: messages out, and its failures told apart."""

from html import escape
from typing import Any

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

from bot.channels import (
    DeliveryError,
    Faltered,
    InDoubt,
    MovedTo,
    NotSent,
    Rejected,
    Rendered,
    RenderedParagraph,
    TooMany,
    Unreachable,
)
from bot.telegram import transport
from bot.telegram.calls import call

_GONE = ("chat not found", "user is deactivated", "bot was kicked", "not enough rights", "have no rights", "forbidden")
_AS_IT_IS = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
)


class TelegramChannel:
    """The Bot API, as bot/channels.py wants a platform. `bot` must be initialised."""

    name = "telegram"

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    def is_group(self, address: str) -> bool:
        """Ids of groups are negative (Bot API, "Chat")."""
        return address.startswith("-")

    async def say(self, address: str, message: Rendered) -> str:
        """Send it; gives the new message's id."""
        sent = await self._call("sendMessage", {"chat_id": address, **_content(message)})
        return str(sent["message_id"])

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

    async def _call(self, method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 # the platform's JSON
        try:
            return await call(self.bot, method, parameters)
        except TelegramError as error:
            raise failure_of(error) from None


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

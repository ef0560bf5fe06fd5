"""Telegram as a channel: messages out, and its failures told apart."""

import logging
from html import escape
from itertools import pairwise
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.channels import (
    Rejected,
    Rendered,
    RenderedParagraph,
)
from bot.telegram.calls import call
from bot.telegram.failures import failure_of, has_no_topic
from bot.telegram.fetching import fetched
from bot.telegram.showing import PictureReader, Showing, Shown
from conversations.marks import Mark, Style

log = logging.getLogger(__name__)

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
        self._showing = Showing(bot, read)

    def is_group(self, address: str) -> bool:
        """Ids of groups are negative (Bot API, "Chat")."""
        return address.startswith("-")

    async def say(self, address: str, message: Rendered) -> str:
        """Send it, below its pictures, cards and files; gives the id of the message with the words."""
        above: tuple[Shown, ...] = (*message.pictures, *message.cards, *message.files)
        if above:
            await self._showing.show_all(address, message, above)
        sent = await self._say(address, message)
        if above:
            self._showing.is_said(address, message)
        return str(sent["message_id"])

    async def _say(self, address: str, message: Rendered) -> Any:  # noqa: ANN401 # the platform's JSON
        parameters = {"chat_id": address, **_content(message)}
        if message.topic is None:
            return await self._call("sendMessage", parameters)
        try:
            return await self._call("sendMessage", {**parameters, "message_thread_id": message.topic})
        except Rejected as error:
            if not has_no_topic(error):
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

    async def fetch(self, reference: str) -> bytes | None:
        """The content of a file that somebody sent; None when the platform does not give it."""
        try:
            return await fetched(self.bot, reference)
        except TelegramError as error:
            raise failure_of(error) from None

    async def _call(self, method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 # the platform's JSON
        try:
            return await call(self.bot, method, parameters)
        except TelegramError as error:
            raise failure_of(error) from None


def toast_parameters(tap: str, text: str | None) -> dict[str, Any]:
    """Parameters of answerCallbackQuery; its text holds at most 200 characters."""
    return {"callback_query_id": tap, **({"text": text[:200]} if text else {})}


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
        words = _marked(each)
        text += (("\n" if each.close else "\n\n") if text else "") + (f"<b>{words}</b>" if each.strong else words)
    return text


_TAGS = {
    Style.BOLD: "b",
    Style.ITALIC: "i",
    Style.UNDERLINE: "u",
    Style.STRIKETHROUGH: "s",
    Style.CODE: "code",
}


def _marked(paragraph: RenderedParagraph) -> str:
    """The words with their marks as tags, opened and closed anew at every edge: so they nest, however marks overlap.

    Code cannot hold other styles ("HTML style" of https://core.telegram.org/bots/api#formatting-options).
    """
    text, marks = paragraph.text, paragraph.marks
    if not marks:
        return escape(text, quote=False)
    edges = {0, len(text), *(edge for each in marks for edge in (each.start, each.end) if edge < len(text))}
    ordered = sorted(edges)
    return "".join(
        _tagged(
            escape(text[start:end], quote=False), [each for each in marks if each.start <= start and end <= each.end]
        )
        for start, end in pairwise(ordered)
    )


def _tagged(words: str, marks: list[Mark]) -> str:
    if any(each.style is Style.CODE for each in marks):
        return f"<code>{words}</code>"
    for each in sorted(marks, key=lambda mark: mark.style):
        if each.style is Style.LINK:
            words = f'<a href="{escape(each.url)}">{words}</a>'
        else:
            words = f"<{_TAGS[each.style]}>{words}</{_TAGS[each.style]}>"
    return words

"""People as the bot sees them: each answers the bot's messages through its webhook, as fast as it asks."""

import asyncio
from dataclasses import dataclass, field
from itertools import count

import aiohttp

from benchmarks.bots import BotUnderTest
from benchmarks.stub import JsonObject, StubApi, person, seconds_now
from benchmarks.ten_questions import QUESTIONS
from bot.clock import SystemClock

FIRST_CHAT = 1_000_000


class RefusedError(Exception):
    """The bot did not acknowledge an update."""


@dataclass(slots=True)
class Webhook:
    """The bot's door. An update counts as acknowledged when the answer is 2xx."""

    session: aiohttp.ClientSession
    url: str
    secret: str
    update_ids: count = field(default_factory=lambda: count(1))  # type: ignore[type-arg]

    async def post(self, kind: str, content: JsonObject) -> None:
        """Deliver one update and wait for the acknowledgement. Raises RefusedError when it does not come."""
        update = {"update_id": next(self.update_ids), kind: content}
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret}
        async with self.session.post(self.url, json=update, headers=headers) as response:
            if not response.ok:
                raise RefusedError(f"the bot answered an update with {response.status}")
            await response.read()


@dataclass(slots=True)
class Participant:
    """One person in their private chat with the bot."""

    chat_id: int
    bot: BotUnderTest
    webhook: Webhook
    stub: StubApi
    inbox: asyncio.Queue[JsonObject] = field(default_factory=asyncio.Queue)
    acknowledged: int = 0
    waits: list[float] = field(default_factory=list)
    """Seconds from each answer to the bot's next message; as many as answers that were followed by one."""
    last_answer_at: float = 0.0

    async def join(self, greeting: str) -> JsonObject:
        """Send the greeting and tap through whatever comes, up to the first question, which is returned."""
        await self._write(greeting)
        while True:
            message = await self.inbox.get()
            if self._is_due(message, 0):
                return message
            if keyboard_of(message):
                await self._tap(message, self.bot.joining_button(keyboard_of(message)))

    async def answer_all(self, first: JsonObject) -> None:
        """Answer until the bot says its end marker, or ten answers have been given and replied to."""
        clock = SystemClock()
        message = first
        for number in range(1, len(QUESTIONS) + 1):
            asked_at = clock.elapsed()
            await self._reply_to(message)
            self.acknowledged += 1
            message = await self._next(number)
            self.last_answer_at = clock.elapsed()
            self.waits.append(self.last_answer_at - asked_at)

    async def _next(self, number: int) -> JsonObject:
        while True:
            message = await self.inbox.get()
            if self._is_due(message, number):
                return message

    def _is_due(self, message: JsonObject, number: int) -> bool:
        """Whether this is what the bot says after that many answers, and not something in between."""
        if not self.bot.asks:
            return True
        if number == len(QUESTIONS):
            return self.bot.end_marker in message["text"]
        return QUESTIONS[number].label in message["text"] and bool(keyboard_of(message))

    async def _reply_to(self, message: JsonObject) -> None:
        if keyboard := keyboard_of(message):
            await self._tap(message, keyboard[0][0])
        else:
            await self._write("A short answer")

    async def _tap(self, message: JsonObject, button: JsonObject) -> None:
        await self.webhook.post(
            "callback_query",
            {
                "id": str(next(self.webhook.update_ids)),
                "from": person(self.chat_id),
                "message": message,
                "chat_instance": str(self.chat_id),
                "data": button["callback_data"],
            },
        )

    async def _write(self, text: str) -> None:
        content: JsonObject = {
            "message_id": self.stub.next_id(),
            "date": seconds_now(),
            "chat": {"id": self.chat_id, "type": "private", "first_name": f"P{self.chat_id}"},
            "from": person(self.chat_id),
            "text": text,
        }
        if text.startswith("/"):
            command = text.split(maxsplit=1)[0]
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
        await self.webhook.post("message", content)


def keyboard_of(message: JsonObject) -> list[list[JsonObject]]:
    """The rows of the message's inline keyboard; empty without one."""
    rows: list[list[JsonObject]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [row for row in rows if row]

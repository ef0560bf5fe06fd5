"""People with phones, over HTTP: what a journey test says and taps, and what it reads."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import aiohttp

from conversations.buttons import Seek, encode
from sandbox import people
from sandbox.chats import PrivateChat
from sandbox.state import Sandbox

Json = dict[str, Any]
Found = TypeVar("Found")
PATIENCE = 10.0
"""Real seconds to wait for something that must happen; only a failing test ever waits this long."""


class Phones:
    """The sandbox's control interface, as a test uses it."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self._session = session
        self.sandbox = sandbox
        self.quiet: Callable[[], Awaitable[None]] | None = None
        """Waits until the bot has done and said all it had to; without it, tests wait for what they expect to see."""

    async def person(self, name: str, language: str) -> "Phone":
        answer = await self.post("/sandbox/people", {"name": name, "language": language})
        return Phone(self, answer["id"], answer["id"])

    async def group(self, title: str, members: list["Phone"]) -> "Phone":
        people_in_it = [each.person for each in members]
        answer = await self.post("/sandbox/groups", {"title": title, "members": people_in_it})
        await self.act(f"/sandbox/groups/{answer['id']}/add_bot", {})
        return Phone(self, people_in_it[0], answer["id"])

    async def crowd(self, people: int, link: str, avoid: tuple[str, ...], seed: int = 1, **more: Any) -> list[int]:
        """Simulated people join; gives their ids once they are all in."""
        optional = ["I need help", "J’ai besoin d’aide"]  # on every screen, so that it asks for no words instead
        body = {"people": people, "link": link, "avoid": list(avoid), "ignore": optional, "seed": seed, **more}
        arrived: list[int] = (await self.post("/sandbox/crowd", body))["people"]
        await self.sandbox.crowd.settle(PATIENCE)
        await self.settle()
        return arrived

    async def advance(self, by: timedelta) -> None:
        await self._moved({"advance": by.total_seconds()})

    async def until(self, instant: datetime) -> None:
        await self._moved({"to": instant.isoformat()})

    async def next(self) -> None:
        await self._moved({"next": True})

    async def _moved(self, how: Json) -> None:
        moved = await self.act("/sandbox/clock", how)
        assert moved["unanswered"] == 0, "the bot did not follow the clock"

    async def journal(self, method: str | None = None) -> list[Json]:
        """What passed between bot and platform; with a method, the calls of it alone."""
        async with self._session.get("/sandbox/journal") as response:
            entries = [json.loads(line) for line in (await response.text()).splitlines()]
        return [entry for entry in entries if method is None or entry.get("method") == method]

    async def each_tap_was_answered_once(self) -> None:
        """No button is left spinning, and none is answered twice. Waits for it."""

        def settled(journal: list[Json]) -> list[str] | None:
            calls = [entry for entry in journal if entry.get("method") == "answerCallbackQuery"]
            answered = [str(each["request"]["callback_query_id"]) for each in calls if each["response"]["ok"]]
            taps = [query["id"] for query in queries(journal)]
            return taps if sorted(taps) == sorted(answered) else None

        assert await patiently(self.journal, settled, lambda _: "some taps were not answered once")

    async def post(self, path: str, body: Json) -> Json:
        async with self._session.post(path, json=body) as response:
            answer: Json = await response.json()
            assert response.status == 200, answer
            return answer

    async def act(self, path: str, body: Json) -> Json:
        """Do what a person does, and wait for the bot to have answered it."""
        answer = await self.post(path, body)
        await self.settle()
        return answer

    async def settle(self) -> None:
        if self.quiet is None:
            return
        for updates in [bot.updates for bot in self.sandbox.bots.values()]:
            taken = await updates.arrived.until(lambda queue=updates: not queue.pending, PATIENCE)  # type: ignore[misc]
            assert taken, "the bot does not take its updates"
        await self.quiet()

    async def get(self, path: str) -> Any:
        async with self._session.get(path) as response:
            assert response.status == 200
            return await response.json()


@dataclass
class Phone:
    """One person in one chat: by default their private chat with the bot."""

    phones: Phones
    person: int
    chat: int

    async def start(self, code: str = "") -> None:
        await self.phones.act(f"/sandbox/people/{self.person}/start", {"code": code})

    async def say(self, *texts: str) -> None:
        for text in texts:
            await self.phones.act(f"/sandbox/people/{self.person}/say", {"chat": self.chat, "text": text})

    async def tap(self, *labels: str) -> None:
        """Tap the newest button whose label is this, or has these words in it; one after another."""
        for label in labels:
            message, button = await self.button(label)
            await self.tap_under(message["id"], button["callback_data"])

    async def tap_under(self, message: int, data: str) -> None:
        """Tap the button with this data under this message."""
        body = {"chat": self.chat, "message_id": message, "data": data}
        await self.phones.act(f"/sandbox/people/{self.person}/tap", body)

    async def tap_twice(self, label: str) -> None:
        """A double tap: both are under way before the bot has seen either."""
        message, button = await self.button(label)
        for _ in range(2):
            self.press(message["id"], button)
        await self.phones.settle()

    async def forge(self, message: int, data: str) -> None:
        """A tap with data that no button under this message has: what a tampered client can send."""
        self.press(message, {"text": "forged", "callback_data": data})
        await self.phones.settle()

    def press(self, message: int, button: Json) -> None:
        """Tap without waiting for anything."""
        sandbox, chat = self._private()
        people.press(sandbox, sandbox.person(self.person), chat, chat.messages[message], button)

    def write(self, text: str) -> None:
        """Write without waiting for anything."""
        sandbox, chat = self._private()
        people.say(sandbox, sandbox.person(self.person), chat, text)

    def _private(self) -> tuple[Sandbox, PrivateChat]:
        sandbox = self.phones.sandbox
        return sandbox, sandbox.private_chat(sandbox.main_bot().id, self.person)

    async def block(self) -> None:
        await self.phones.act(f"/sandbox/people/{self.person}/block", {})

    async def unblock(self) -> None:
        await self.phones.act(f"/sandbox/people/{self.person}/unblock", {})

    async def messages(self) -> list[Json]:
        found: list[Json] = await self.phones.get(f"/sandbox/chats/{self.chat}/messages")
        return found

    async def received(self) -> list[Json]:
        """The bot's messages, oldest first."""
        return [message for message in await self.messages() if message["from"]["is_bot"]]

    async def times(self, words: str) -> list[datetime]:
        """When the bot's messages with these words came."""
        return [datetime.fromtimestamp(each["date"], UTC) for each in await self.received() if words in text_of(each)]

    async def announced(self, words: str) -> int:
        """How many messages with these words were sent to this chat, whatever they were changed to since."""
        sent = [entry["request"] for entry in await self.phones.journal("sendMessage") if entry["response"]["ok"]]
        return sum(str(each["chat_id"]) == str(self.chat) and words in each["text"] for each in sent)

    async def button(self, label: str) -> tuple[Json, Json]:
        """The newest message with a button that has these words, and that button. Waits for it."""

        def found(messages: list[Json]) -> tuple[Json, Json] | None:
            for message in reversed(messages):
                fitting = [button for button in buttons_of(message) if label in button["text"]]
                if fitting:
                    return message, next((each for each in fitting if each["text"] == label), fitting[0])
            return None

        return await self._until(found, f"a button “{label}”")

    async def sees(self, words: str) -> Json:
        """The newest message with these words. Waits for it."""
        return await self._until(
            lambda messages: next((each for each in reversed(messages) if words in text_of(each)), None), f"“{words}”"
        )

    async def toasted(self, words: str) -> None:
        """One of the person's taps was answered with these words. Waits for it."""

        def found(journal: list[Json]) -> Json | None:
            taps = {query["id"] for query in (queries(journal)) if query["from"]["id"] == self.person}
            answers = [entry["request"] for entry in journal if entry.get("method") == "answerCallbackQuery"]
            mine = [each for each in answers if str(each["callback_query_id"]) in taps]
            return next((each for each in mine if words in each.get("text", "")), None)

        await patiently(self.phones.journal, found, lambda _: f"no tap was answered with “{words}”")

    async def _until(self, found: Callable[[list[Json]], Found | None], what: str) -> Found:
        def complaint(messages: list[Json]) -> str:
            shown = "\n---\n".join(_shown(message) for message in messages[-6:])
            return f"{what} never came. The last messages:\n{shown}"

        return await patiently(self.messages, found, complaint)


async def patiently(
    look: Callable[[], Awaitable[list[Json]]],
    found: Callable[[list[Json]], Found | None],
    complaint: Callable[[list[Json]], str],
) -> Found:
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while True:
        seen = await look()
        result = found(seen)
        if result is not None:
            return result
        if loop.time() > end:
            raise AssertionError(complaint(seen))
        await asyncio.sleep(0.01)


def queries(journal: list[Json]) -> list[Json]:
    """The taps among what passed."""
    return [entry["update"]["callback_query"] for entry in journal if "callback_query" in entry.get("update", {})]


def text_of(message: Json) -> str:
    """The text of a message, empty for one that has none."""
    return str(message.get("text", ""))


def buttons_of(message: Json) -> list[Json]:
    """The buttons under a message, in reading order."""
    return [button for row in message.get("markup", {}).get("inline_keyboard", []) for button in row]


def asked_by(message: Json) -> set[str]:
    """What the buttons under a message carry, without the one that is on every screen."""
    return {button["callback_data"] for button in buttons_of(message)} - {encode(Seek())}


def nudges_in(request: Mapping[str, Any]) -> list[str]:
    """The nudges that a message opens."""
    keyboard = request.get("reply_markup") or {}
    keyboard = json.loads(keyboard) if isinstance(keyboard, str) else keyboard
    keys = [button["callback_data"] for row in keyboard.get("inline_keyboard", []) for button in row]
    return [key for key in keys if key.startswith("o:")]


def _shown(message: Json) -> str:
    keys = " ".join(f"[{button['text']}]" for button in buttons_of(message))
    return f"{message['from']['name']}: {message.get('text')}\n{keys}"

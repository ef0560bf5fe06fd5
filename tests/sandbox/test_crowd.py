"""Simulated people: what they tap, what they never tap, and that a move of the clock waits for them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Self

import httpx
import pytest

from sandbox.server import Serving

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]

LINK = "https://t.me/sandbox42_bot?start=LSE-1"


def inline(*texts: str) -> Json:
    return {"inline_keyboard": [[{"text": text, "callback_data": text}] for text in texts]}


class SurveyBot:
    """Greets with a question, then asks for words, then thanks; a tap on "Toggle" changes the keyboard in place."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self.taps: list[tuple[int, str]] = []
        self.texts: list[str] = []
        self.first_question = inline("Yes", "No", "Stop")

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Self]:
        """The bot at work; it has called the sandbox once."""
        await self._call("getMe")
        task = asyncio.create_task(self._run())
        yield self
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def _run(self) -> None:
        offset = 0
        while True:
            for update in (await self._call("getUpdates", offset=offset, timeout=30))["result"]:
                offset = update["update_id"] + 1
                if "message" in update:
                    await self._heard(update["message"])
                elif "callback_query" in update:
                    await self._tapped(update["callback_query"])

    async def _heard(self, message: Json) -> None:
        self.texts.append(message["text"])
        chat = message["chat"]["id"]
        if message["text"].startswith("/start"):
            await self._call("sendMessage", chat_id=chat, text="Ready?", reply_markup=self.first_question)
        else:
            await self._call("sendMessage", chat_id=chat, text="Thank you.")

    async def _tapped(self, query: Json) -> None:
        person, data = query["from"]["id"], query["data"]
        self.taps.append((person, data))
        await self._call("answerCallbackQuery", callback_query_id=query["id"])
        if data == "Dead end":
            return
        if data.startswith("Toggle"):
            message = query["message"]["message_id"]
            markup = inline(f"{data}!", "Yes")
            await self._call("editMessageReplyMarkup", chat_id=person, message_id=message, reply_markup=markup)
            return
        await self._call("sendMessage", chat_id=person, text="Why?", reply_markup=inline("Stop"))


@pytest.fixture
async def bot(call: Call) -> AsyncIterator[SurveyBot]:
    async with SurveyBot(call).running() as running:
        yield running


async def settled(sandbox: Serving) -> None:
    await sandbox.state.crowd.settle(5)


async def test_everybody_answers(sandbox: Serving, control: Call, web: httpx.AsyncClient, bot: SurveyBot) -> None:
    answer = await control("crowd", people=12, seed=3, link=LINK, avoid=["Stop"], texts=["Because", "Parce que"])
    await settled(sandbox)
    assert len(answer["people"]) == 12
    assert {person for person, _ in bot.taps} == set(answer["people"])
    assert {data for _, data in bot.taps} == {"Yes", "No"}
    assert bot.texts.count("/start LSE-1") == 12
    assert {text for text in bot.texts if text[0] != "/"} == {"Because", "Parce que"}
    assert (await web.get("/sandbox/crowd")).json() == {"people": 12, "actions": 36, "quiet": True}
    people = (await web.get("/sandbox/people")).json()
    assert {person["language"] for person in people} == {"en", "fr"}
    assert not any(person["phone"] for person in people)


async def test_the_same_seed_makes_the_same_choices(sandbox: Serving, control: Call, bot: SurveyBot) -> None:
    async def choices(seed: int) -> list[str]:
        people = (await control("crowd", people=8, seed=seed, link=LINK, avoid=["Stop"]))["people"]
        await settled(sandbox)
        tapped = dict(bot.taps)
        return [tapped[person] for person in people]

    # On a busy computer a tap must not be taken for one without effect, and be followed by another.
    sandbox.state.pace = replace(sandbox.state.pace, crowd_silence=0.4)
    first = await choices(1)
    assert await choices(1) == first
    assert await choices(2) != first


async def test_a_button_without_effect_is_followed_by_another(sandbox: Serving, control: Call, bot: SurveyBot) -> None:
    bot.first_question = inline("Dead end", "Yes")
    await control("crowd", people=6, seed=1, link=LINK, avoid=["Stop"])
    await settled(sandbox)
    assert [data for _, data in bot.taps].count("Yes") == 6
    assert "Dead end" in [data for _, data in bot.taps]


async def test_a_keyboard_that_always_changes_is_left_in_the_end(
    sandbox: Serving, control: Call, bot: SurveyBot
) -> None:
    bot.first_question = inline("Toggle")
    await control("crowd", people=1, seed=1, link=LINK, avoid=["Yes", "Stop"])
    await settled(sandbox)
    assert len(bot.taps) == 24


async def test_links_are_never_opened(sandbox: Serving, control: Call, bot: SurveyBot) -> None:
    bot.first_question = {"inline_keyboard": [[{"text": "Read", "url": "https://example.org"}]]}
    await control("crowd", people=2, seed=1, link=LINK)
    await settled(sandbox)
    assert (bot.taps, bot.texts) == ([], ["/start LSE-1"] * 2)


async def test_a_move_waits_until_they_are_quiet(
    sandbox: Serving, control: Call, call: Call, web: httpx.AsyncClient, bot: SurveyBot
) -> None:
    [person] = (await control("crowd", people=1, seed=1, link=LINK, avoid=["Stop"]))["people"]
    await settled(sandbox)
    bot.taps.clear()
    await call("sendMessage", chat_id=person, text="A nudge", reply_markup=inline("Yes"))
    clock = await control("clock", advance=86400)
    assert clock["settled"] is True
    assert bot.taps == [(person, "Yes")]
    texts = [message["text"] for message in (await web.get(f"/sandbox/chats/{person}/messages")).json()]
    assert texts[-4:] == ["A nudge", "Why?", "Thank you", "Thank you."]


@pytest.mark.parametrize(
    ("link", "status"),
    [("https://example.org/?start=a", 400), ("https://t.me/another_bot?start=a", 404), ("nonsense", 400)],
)
async def test_what_is_no_invitation(web: httpx.AsyncClient, bot: SurveyBot, link: str, status: int) -> None:
    answer = await web.post("/sandbox/crowd", json={"people": 1, "link": link})
    assert answer.status_code == status

"""People of the crowd who are asked for a place or a file, and send one."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from sandbox.server import Serving
from tests.sandbox.test_crowd import LINK, SurveyBot, inline

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
KINDS = ("location", "photo", "document", "voice", "audio", "video")


class AskingBot(SurveyBot):
    """Asks for one thing after another, and again for as long as something else comes."""

    def __init__(self, call: Call) -> None:
        super().__init__(call)
        self.got: dict[int, list[Json]] = {}

    async def _heard(self, message: Json) -> None:
        person = message["chat"]["id"]
        got = self.got.setdefault(person, [])
        if got or not message.get("text", "").startswith("/start"):
            got.append(message)
        wanted = KINDS[len(got) : len(got) + 1]
        text = f"Please send: {wanted[0]}" if wanted else "Thank you"
        await self._call("sendMessage", chat_id=person, text=text)


@pytest.fixture
async def bot(call: Call) -> AsyncIterator[AskingBot]:
    async with AskingBot(call).running() as running:
        yield running


async def test_they_send_what_they_are_asked_for(
    sandbox: Serving, control: Call, web: httpx.AsyncClient, call: Call, bot: AskingBot
) -> None:
    answers = [{"when": f"send: {kind}", "send": kind} for kind in KINDS]
    people = (await control("crowd", people=3, seed=5, link=LINK, answers=answers))["people"]
    await sandbox.state.crowd.settle(5)
    for person in people:
        assert [next(kind for kind in KINDS if kind in message) for message in bot.got[person]] == list(KINDS)
    places = [bot.got[person][0]["location"] for person in people]
    assert len({place["latitude"] for place in places}) == 3, "each where they are"
    for message, kind in zip(bot.got[people[0]][1:], KINDS[1:], strict=True):
        file = message["photo"][-1] if kind == "photo" else message[kind]
        path = (await call("getFile", file_id=file["file_id"]))["result"]["file_path"]
        assert len((await web.get(f"/file/bot42:test-token/{path}")).content) == file["file_size"] > 0


async def test_the_same_seed_is_in_the_same_place(sandbox: Serving, control: Call, bot: AskingBot) -> None:
    places: list[Json] = []
    for seed in (7, 7, 8):
        body = {"people": 1, "seed": seed, "link": LINK, "answers": [{"when": "location", "send": "location"}]}
        [person] = (await control("crowd", **body))["people"]
        await sandbox.state.crowd.settle(5)
        places.append(bot.got[person][0]["location"])
    assert places[0] == places[1] != places[2]


async def test_who_is_told_nothing_of_it_sends_nothing(sandbox: Serving, control: Call, bot: AskingBot) -> None:
    [person] = (await control("crowd", people=1, link=LINK, answers=[{"send": "voice"}]))["people"]
    await sandbox.state.crowd.settle(5)
    assert bot.got[person] == [], "an answer to any message needs a message that asks"


async def test_a_key_that_asks_for_the_place_is_tapped(
    sandbox: Serving, control: Call, call: Call, bot: AskingBot
) -> None:
    [person] = (await control("crowd", people=1, link=LINK))["people"]
    await sandbox.state.crowd.settle(5)
    keys = {"keyboard": [[{"text": "Share my location", "request_location": True}]]}
    await call("sendMessage", chat_id=person, text="Where are you?", reply_markup=keys)
    await sandbox.state.crowd.settle(5)
    assert [list(message)[-1] for message in bot.got[person]] == ["location"]


async def test_a_button_that_is_set_comes_before_sending(
    sandbox: Serving, control: Call, call: Call, bot: AskingBot
) -> None:
    answers = [{"when": "picture", "tap": "Skip"}, {"when": "picture", "send": "photo"}]
    [person] = (await control("crowd", people=1, link=LINK, answers=answers, avoid=["Stop"]))["people"]
    await sandbox.state.crowd.settle(5)
    await call("sendMessage", chat_id=person, text="A picture?", reply_markup=inline("Skip"))
    await sandbox.state.crowd.settle(5)
    assert bot.taps == [(person, "Skip")]
    await call("sendMessage", chat_id=person, text="A picture?", reply_markup=inline("Back"))
    await sandbox.state.crowd.settle(5)
    assert [bool(message.get("photo")) for message in bot.got[person]] == [False, True]


@pytest.mark.parametrize(
    "answer", [{"send": "song"}, {"send": "voice", "type": "x"}, {"send": ["voice"]}, {"when": "x"}]
)
async def test_answers_that_are_none(web: httpx.AsyncClient, bot: AskingBot, answer: Json) -> None:
    refused = await web.post("/sandbox/crowd", json={"people": 1, "link": LINK, "answers": [answer]})
    assert refused.status_code == 400
    assert "send" in refused.json()["error"]

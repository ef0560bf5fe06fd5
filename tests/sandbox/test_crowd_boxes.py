"""People of the crowd below a list of boxes: they tick a few, and go on."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from sandbox.server import Serving
from tests.sandbox.test_crowd import LINK, SurveyBot, inline

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
BOXES = ("Talks", "Meetings", "Lists", "Letters", "Calls", "Nothing")


class BoxesBot(SurveyBot):
    """Asks which of six boxes apply; the last of them excludes the others."""

    def __init__(self, call: Call) -> None:
        super().__init__(call)
        self.first_question = self._keyboard(set())
        self.ticked: dict[int, set[str]] = {}
        self.done: set[int] = set()

    async def _tapped(self, query: Json) -> None:
        person, data = query["from"]["id"], query["data"].removeprefix("☐ ").removeprefix("☑ ")
        self.taps.append((person, data))
        await self._call("answerCallbackQuery", callback_query_id=query["id"])
        ticked = self.ticked.setdefault(person, set())
        at = {"chat_id": person, "message_id": query["message"]["message_id"]}
        if data == "Done":
            self.done.add(person)
            await self._call("editMessageText", **at, text="Thank you.")
            return
        # Whatever is exclusive takes the place of the others, and they of it.
        ticked -= set(BOXES) if data == "Nothing" else {"Nothing"}
        ticked.add(data)
        await self._call("editMessageReplyMarkup", **at, reply_markup=self._keyboard(ticked))

    def _keyboard(self, ticked: set[str]) -> Json:
        return inline(*(f"{'☑' if box in ticked else '☐'} {box}" for box in BOXES), "Back", "Done")


@pytest.fixture
async def bot(call: Call) -> AsyncIterator[BoxesBot]:
    async with BoxesBot(call).running() as running:
        yield running


async def chosen(sandbox: Serving, control: Call, bot: BoxesBot, **more: Any) -> list[set[str]]:
    """Twelve people answer; each one's boxes in the end."""
    body = {"people": 12, "seed": 5, "link": LINK, "avoid": ["Back"]} | more
    people = (await control("crowd", **body))["people"]
    await sandbox.state.crowd.settle(5)
    assert bot.done >= set(people), "everybody has gone on"
    return [bot.ticked[person] for person in people]


async def test_one_to_three_boxes_and_then_done(sandbox: Serving, control: Call, bot: BoxesBot) -> None:
    choices = await chosen(sandbox, control, bot, ticks=3)
    assert {len(boxes) for boxes in choices} == {1, 2, 3}
    assert len({box for boxes in choices for box in boxes}) > 3, "not the same ones for everybody"
    for person in bot.ticked:
        taps = [data for who, data in bot.taps if who == person]
        assert 2 <= len(taps) <= 4, "each box once, then on"
        assert len(set(taps)) == len(taps)
        assert taps[-1] == "Done"


async def test_the_same_seed_ticks_the_same_boxes(sandbox: Serving, control: Call, bot: BoxesBot) -> None:
    first = await chosen(sandbox, control, bot, ticks=3)
    assert await chosen(sandbox, control, bot, ticks=3) == first
    assert await chosen(sandbox, control, bot, ticks=3, seed=6) != first


async def test_at_most_one(sandbox: Serving, control: Call, bot: BoxesBot) -> None:
    assert {len(boxes) for boxes in await chosen(sandbox, control, bot, ticks=1)} == {1}


@pytest.mark.parametrize("ticks", [0, 1.5, True, "3"])
async def test_no_number_of_boxes(web: httpx.AsyncClient, bot: BoxesBot, ticks: object) -> None:
    answer = await web.post("/sandbox/crowd", json={"people": 1, "link": LINK, "ticks": ticks})
    assert answer.status_code == 400
    assert "ticks" in answer.json()["error"]

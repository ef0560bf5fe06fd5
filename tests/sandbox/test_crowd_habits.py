"""People of the crowd with a name and habits of their own: how diligent they are, and what they answer to what."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from sandbox.server import Serving
from tests.sandbox.test_crowd import LINK, SurveyBot, inline

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
DAY = 86400


@pytest.fixture
async def bot(call: Call) -> AsyncIterator[SurveyBot]:
    async with SurveyBot(call).running() as running:
        yield running


async def settled(sandbox: Serving) -> None:
    await sandbox.state.crowd.settle(5)


async def joined(sandbox: Serving, control: Call, *people: Json, **more: Any) -> list[int]:
    """These people follow the link, answer what comes then, and a day goes by."""
    ids: list[int] = (await control("crowd", people=list(people), link=LINK, **({"avoid": ["Stop"]} | more)))["people"]
    await settled(sandbox)
    await control("clock", advance=DAY)
    return ids


async def nudged(sandbox: Serving, call: Call, control: Call, person: int, times: int, markup: Json) -> None:
    """The bot writes to somebody once a day."""
    for _ in range(times):
        await call("sendMessage", chat_id=person, text="A nudge", reply_markup=markup)
        await settled(sandbox)
        await control("clock", advance=DAY)


async def test_named_people_come_as_they_are(
    sandbox: Serving, control: Call, web: httpx.AsyncClient, bot: SurveyBot
) -> None:
    aicha = {"name": "Aïcha", "language": "fr", "zone": "Africa/Abidjan"}
    ids = await joined(sandbox, control, aicha, {"language": "en"}, seed=2)
    people = {person["id"]: person for person in (await web.get("/sandbox/people")).json()}
    assert (people[ids[0]]["name"], people[ids[0]]["language"]) == ("Aïcha", "fr")
    assert people[ids[0]]["zone"] == "Africa/Abidjan"
    assert people[ids[1]]["name"]
    assert {person for person, _ in bot.taps} == set(ids)


async def test_who_is_not_diligent_joins_and_then_lets_messages_lie(
    sandbox: Serving, control: Call, call: Call, bot: SurveyBot
) -> None:
    silent, half = await joined(sandbox, control, {"diligence": 0}, {"diligence": 0.5}, seed=4)
    assert {person for person, _ in bot.taps} == {silent, half}, "everybody joins in earnest"
    bot.taps.clear()
    for person in (silent, half):
        await nudged(sandbox, call, control, person, 12, inline("Open"))
    tapped = [person for person, _ in bot.taps]
    assert tapped.count(silent) == 0
    assert 2 <= tapped.count(half) <= 10


async def test_diligence_is_the_same_for_the_same_seed(
    sandbox: Serving, control: Call, call: Call, bot: SurveyBot
) -> None:
    async def attended() -> list[str]:
        [person] = await joined(sandbox, control, {"diligence": 0.5}, seed=7)
        bot.taps.clear()
        for number in range(8):
            await nudged(sandbox, call, control, person, 1, inline(f"Open {number}"))
        return [data for _, data in bot.taps]

    first = await attended()
    assert first == await attended()
    assert 0 < len(first) < 8


async def test_habits_change(
    sandbox: Serving, control: Call, call: Call, web: httpx.AsyncClient, bot: SurveyBot
) -> None:
    [person] = await joined(sandbox, control, {"diligence": 0})
    bot.taps.clear()
    await nudged(sandbox, call, control, person, 1, inline("Open"))
    assert bot.taps == []
    assert await control(f"crowd/{person}", diligence=1, texts=["Bonjour"]) == {"id": person, "diligence": 1.0}
    await nudged(sandbox, call, control, person, 1, inline("Open"))
    assert bot.taps == [(person, "Open")]
    assert bot.texts[-1] == "Bonjour"
    [stranger] = [await control("people", name="Ama")]
    assert (await web.post(f"/sandbox/crowd/{stranger['id']}", json={"diligence": 1})).status_code == 404


async def test_who_opens_goes_on_to_the_end(sandbox: Serving, control: Call, call: Call, bot: SurveyBot) -> None:
    [person] = await joined(sandbox, control, {"diligence": 0.5}, seed=3)
    bot.taps.clear()
    bot.texts.clear()
    await nudged(sandbox, call, control, person, 10, inline("Open"))
    assert 0 < len(bot.taps) < 10
    assert bot.texts == ["Thank you"] * len(bot.taps), "each tap leads to a question, which is always answered"


async def test_set_answers_come_before_chance(sandbox: Serving, control: Call, call: Call, bot: SurveyBot) -> None:
    answers = [{"when": "Ready?", "tap": "Stop"}, {"when": "How many?", "type": "12"}]
    [person] = await joined(sandbox, control, {"answers": answers})
    assert bot.taps == [(person, "Stop")], "what is avoided is tapped where an answer says so"
    assert bot.texts[-1] == "Thank you"
    await call("sendMessage", chat_id=person, text="How many?", reply_markup=inline("Later"))
    await settled(sandbox)
    assert bot.texts[-1] == "12"


async def test_a_box_that_is_ticked_is_left_alone(sandbox: Serving, control: Call, call: Call, bot: SurveyBot) -> None:
    [person] = await joined(sandbox, control, {})
    bot.taps.clear()
    await nudged(sandbox, call, control, person, 5, inline("☑ Meetings", "✅ Talks", "Done"))
    assert {data for _, data in bot.taps} == {"Done"}


async def test_quiet_people_wait_until_they_are_led(
    sandbox: Serving, control: Call, call: Call, bot: SurveyBot
) -> None:
    [person] = (await control("crowd", people=[{"name": "Ama"}], quiet=True, avoid=["Stop"]))["people"]
    await settled(sandbox)
    assert bot.texts == []
    await control(f"people/{person}/start", code="LATE")
    crowd = sandbox.state.crowd
    assert await crowd.member(person).changed.until(lambda: len(bot.texts) > 1, 5)
    assert bot.texts[0] == "/start LATE"
    assert [who for who, _ in bot.taps] == [person]


@pytest.mark.parametrize(
    "body",
    [
        {"people": 1, "diligence": 2},
        {"people": 1, "diligence": True},
        {"people": ["Ama"]},
        {"people": []},
        {"people": [{"answers": [{"when": "x"}]}]},
        {"people": [{"answers": ["Yes"]}]},
    ],
)
async def test_habits_that_are_none(web: httpx.AsyncClient, bot: SurveyBot, body: Json) -> None:
    answer = await web.post("/sandbox/crowd", json=body | {"link": LINK})
    assert answer.status_code == 400
    assert answer.json()["error"]

"""How a bot collects its updates: long polling, acknowledgement, the choice of kinds, and how long they are kept."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from sandbox.server import Serving, serving
from sandbox.state import Pace
from tests.sandbox.hooks import texts

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]


async def test_updates_stay_until_they_are_acknowledged(call: Call, control: Call, ama: int) -> None:
    for text in ("one", "two", "three"):
        await control(f"people/{ama}/say", text=text)
    first = (await call("getUpdates", limit=2))["result"]
    assert texts(first) == ["one", "two"]
    assert texts((await call("getUpdates"))["result"]) == ["one", "two", "three"]
    rest = (await call("getUpdates", offset=first[1]["update_id"]))["result"]
    assert texts(rest) == ["two", "three"]
    assert [update["update_id"] for update in rest] == [first[1]["update_id"], first[1]["update_id"] + 1]
    assert texts((await call("getUpdates", offset=-1))["result"]) == ["three"]
    assert texts((await call("getUpdates"))["result"]) == ["three"]
    assert (await call("getUpdates", offset=rest[-1]["update_id"] + 1))["result"] == []


async def test_a_long_poll_ends_when_something_arrives(call: Call, control: Call, ama: int) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await control(f"people/{ama}/say", text="here")
    async with asyncio.timeout(5):
        assert texts((await poll)["result"]) == ["here"]


async def test_the_older_of_two_polls_is_sent_away(sandbox: Serving, call: Call, control: Call, ama: int) -> None:
    older = asyncio.create_task(call("getUpdates", timeout=30))
    queue = sandbox.state.bots[42].updates
    async with asyncio.timeout(5):
        while not queue.arrived._waiting:
            await call("getMe")
    newer = asyncio.create_task(call("getUpdates", timeout=30))
    answer = await older
    assert answer["error_code"] == 409
    assert answer["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await control(f"people/{ama}/say", text="for the newer")
    assert texts((await newer)["result"]) == ["for the newer"]


async def test_polling_and_a_webhook_exclude_one_another(call: Call, ama: int) -> None:
    await call("setWebhook", url="http://127.0.0.1:9/")
    answer = await call("getUpdates")
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: can't use getUpdates method while webhook is active")
    await call("deleteWebhook")
    assert (await call("getUpdates"))["ok"]


async def test_the_choice_of_updates_is_kept(call: Call, control: Call, ama: int) -> None:
    await call("getUpdates", allowed_updates=["my_chat_member"])
    await control(f"people/{ama}/say", text="unheard")
    await control(f"people/{ama}/block")
    [update] = (await call("getUpdates"))["result"]
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await call("getUpdates", offset=update["update_id"] + 1, allowed_updates=[])
    await control(f"people/{ama}/start")
    kinds = [set(update) - {"update_id"} for update in (await call("getUpdates"))["result"]]
    assert kinds == [{"my_chat_member"}, {"message"}]


async def test_a_webhook_sends_a_waiting_poll_away(sandbox: Serving, call: Call, ama: int) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    async with asyncio.timeout(5):
        while not sandbox.state.bots[42].updates.arrived._waiting:
            await call("getMe")
    await call("setWebhook", url="http://127.0.0.1:9/")
    async with asyncio.timeout(5):
        answer = await poll
    assert (answer["error_code"], answer["description"]) == (409, "Conflict: terminated by setWebhook request")


async def test_names_of_kinds_that_do_not_exist_mean_nothing(call: Call, control: Call, ama: int) -> None:
    await call("getUpdates", allowed_updates=["my_chat_member", "telepathy"])
    await control(f"people/{ama}/say", text="unheard")
    assert (await call("getUpdates"))["result"] == []
    await call("getUpdates", allowed_updates=["telepathy"])
    await control(f"people/{ama}/say", text="heard again")
    assert texts((await call("getUpdates"))["result"]) == ["heard again"]


async def test_a_hundred_at_most(call: Call, control: Call, ama: int) -> None:
    for number in range(103):
        await control(f"people/{ama}/say", text=str(number))
    for limit in (None, 100, 101, 0):
        given = (await call("getUpdates", limit=limit))["result"]
        assert texts(given) == [str(number) for number in range(100)]
    rest = (await call("getUpdates", offset=given[-1]["update_id"] + 1))["result"]
    assert texts(rest) == ["100", "101", "102"]
    assert texts((await call("getUpdates", offset=-2))["result"]) == ["101", "102"]


HOURS = 3600


@pytest.fixture
async def forgetful() -> AsyncIterator[httpx.AsyncClient]:
    """A sandbox that keeps nothing longer because it came just before the clock was moved."""
    async with (
        serving(pace=Pace(update_grace=0)) as running,
        httpx.AsyncClient(base_url=running.url, timeout=10, verify=False) as client,
    ):
        yield client


async def test_updates_are_kept_for_a_day(forgetful: httpx.AsyncClient) -> None:
    async def act(path: str, **values: Any) -> Any:
        return (await forgetful.post(path, json=values)).json()

    async def waiting() -> list[str]:
        return texts((await act("/bot42:x/getUpdates"))["result"])

    await act("/bot42:x/getMe")
    person = (await act("/sandbox/people", name="Ama"))["id"]
    await act(f"/sandbox/people/{person}/start")
    await act("/sandbox/clock", advance=12 * HOURS)
    await act(f"/sandbox/people/{person}/say", text="half a day later")
    await act("/sandbox/clock", advance=12 * HOURS - 60)
    assert await waiting() == ["/start", "half a day later"]
    await act("/sandbox/clock", advance=60)
    assert await waiting() == ["half a day later"]
    await act("/sandbox/clock", advance=12 * HOURS)
    assert await waiting() == []
    assert (await forgetful.get("/sandbox/bots")).json()[0]["pending_updates"] == 0


async def test_a_move_takes_nothing_that_has_just_come(call: Call, control: Call, ama: int) -> None:
    await control(f"people/{ama}/say", text="a moment ago")
    await control("clock", advance=30 * 24 * HOURS)
    assert texts((await call("getUpdates"))["result"]) == ["a moment ago"]

"""The clock moves from one thing that the bot has to do to the next, and over none."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from sandbox.clock import SandboxClock

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
Following = Callable[[list[str]], Awaitable[Any]]

MORNING = "2027-03-01T08:00:00+00:00"
NOON = "2027-03-01T12:00:00+00:00"
NEXT_DAY = "2027-03-02T08:00:00+00:00"
NEXT_WEEK = "2027-03-08T08:00:00+00:00"


@pytest.fixture
async def frozen(control: Call) -> None:
    await control("clock", frozen=True)
    await control("clock", to=MORNING)


async def test_it_runs_with_real_time_until_it_is_moved() -> None:
    real = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    clock = SandboxClock(lambda: real)
    assert clock.now() == real
    clock.set(real + timedelta(days=7))
    real += timedelta(minutes=5)
    assert clock.now() == datetime(2026, 11, 28, 9, 5, tzinfo=UTC)
    clock.freeze()
    real += timedelta(hours=1)
    assert clock.now() == datetime(2026, 11, 28, 9, 5, tzinfo=UTC)
    clock.resume()
    real += timedelta(minutes=1)
    assert clock.now() == datetime(2026, 11, 28, 9, 6, tzinfo=UTC)
    clock.back_to_reality()
    assert clock.now() == real


async def test_without_a_bot_that_follows_it_jumps(control: Call, frozen: None) -> None:
    answer = await control("clock", advance=86400)
    assert (answer["now"], answer["steps"], answer["unanswered"]) == (NEXT_DAY, 1, 0)
    assert (await control("clock", to=MORNING))["now"] == MORNING


async def test_it_stops_at_everything_the_bot_has_to_do(
    control: Call, web: httpx.AsyncClient, follower: Following, frozen: None
) -> None:
    bot = await follower([NOON, NEXT_DAY])
    answer = await control("clock", to=NEXT_WEEK)
    assert bot.done == [NOON, NEXT_DAY]
    assert list(dict.fromkeys(bot.seen_at)) == [MORNING, NOON, NEXT_DAY, NEXT_WEEK]
    assert (answer["now"], answer["steps"], answer["unanswered"], answer["next"]) == (NEXT_WEEK, 3, 0, None)
    assert (await web.get("/sandbox/clock")).json()["frozen"] is True


async def test_a_clock_that_ran_goes_on_and_the_bot_knows(control: Call, follower: Following) -> None:
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()  # noqa: TID251 - the sandbox begins in real time
    bot = await follower([soon])
    answer = await control("clock", advance=86400)
    assert (answer["frozen"], answer["settled"], bot.done) == (False, True, [soon])


async def test_next_goes_to_the_next_thing_only(control: Call, follower: Following, frozen: None) -> None:
    bot = await follower([NOON, NEXT_DAY])
    answer = await control("clock", next=True)
    assert (answer["now"], answer["next"], bot.done) == (NOON, NEXT_DAY, [NOON])
    await control("clock", next=True)
    nothing_left = await control("clock", next=True)
    assert (nothing_left["now"], nothing_left["steps"]) == (NEXT_DAY, 0)


async def test_what_comes_up_on_the_way_is_not_missed(control: Call, follower: Following, frozen: None) -> None:
    bot = await follower([NOON])
    bot.agenda.append(NEXT_DAY)  # it has not announced this yet
    await control("clock", to=NEXT_WEEK)
    assert NEXT_DAY in bot.seen_at


async def test_a_bot_that_does_not_get_on_is_not_waited_for_without_end(
    control: Call, web: httpx.AsyncClient, frozen: None
) -> None:
    async def stuck() -> None:
        version = 0
        while True:
            clock = (await web.get("/sandbox/clock", params={"after": version})).json()
            version = clock["version"]
            await web.post("/sandbox/agenda", json={"next": MORNING, "seen": version})

    bot = asyncio.create_task(stuck())
    async with asyncio.timeout(5):
        while not (await web.get("/sandbox/clock")).json()["next"]:
            pass
    answer = await control("clock", advance=86400)
    bot.cancel()
    assert (answer["now"], answer["unanswered"]) == (NEXT_DAY, 0)
    # 1, 2, 4, 8, 16, 32 minutes, then hours.
    assert answer["steps"] == 6 + 23


async def test_a_bot_that_fell_silent_is_left_behind(control: Call, follower: Following, frozen: None) -> None:
    bot = await follower([NOON])
    bot.answers = False
    answer = await control("clock", to=NEXT_WEEK)
    assert (answer["now"], answer["unanswered"], answer["steps"]) == (NEXT_WEEK, 2, 3)


async def test_moves_wait_for_one_another(control: Call, frozen: None) -> None:
    answers = await asyncio.gather(*(control("clock", advance=3600) for _ in range(4)))
    assert max(answer["now"] for answer in answers) == NOON


async def test_waiting_for_another_version(control: Call, web: httpx.AsyncClient) -> None:
    version = (await web.get("/sandbox/clock")).json()["version"]
    waiting = asyncio.create_task(web.get("/sandbox/clock", params={"after": version}, timeout=30))
    await control("clock", advance=60)
    assert (await waiting).json()["version"] > version


async def test_settled_means_that_the_bot_has_seen_the_present_version(control: Call, web: httpx.AsyncClient) -> None:
    clock = (await web.get("/sandbox/clock")).json()
    assert clock["settled"] is True
    await control("agenda", next=None, seen=clock["version"] - 1)
    assert (await web.get("/sandbox/clock")).json()["settled"] is False
    await control("agenda", next=None, seen=clock["version"])
    assert (await web.get("/sandbox/clock")).json()["settled"] is True


async def test_what_is_no_move(web: httpx.AsyncClient) -> None:
    naive = "2027-03-01T08:00:00"
    for body in ({}, {"to": "tomorrow"}, {"to": naive}, {"advance": -1}, {"advance": "1"}, {"frozen": 1}):
        answer = await web.post("/sandbox/clock", json=body)
        assert (answer.status_code, list(answer.json())) == (400, ["error"]), body

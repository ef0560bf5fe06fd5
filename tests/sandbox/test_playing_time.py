"""A year in a minute: the clock plays at a pace, stops at everything a bot has to do, and can be stopped."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from sandbox.server import Serving
from tests.sandbox.listening import page

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
Following = Callable[[list[str]], Awaitable[Any]]

MORNING = "2027-03-01T08:00:00+00:00"
NOON = "2027-03-01T12:00:00+00:00"
NEXT_DAY = "2027-03-02T08:00:00+00:00"
NEXT_WEEK = "2027-03-08T08:00:00+00:00"
MANY = [f"2027-03-{day:02}T{hour:02}:30:00+00:00" for day in range(1, 8) for hour in range(9, 20)]


@pytest.fixture
async def frozen(control: Call, sandbox: Serving) -> None:
    sandbox.state.mover._beat = 0.02
    await control("clock", frozen=True)
    await control("clock", to=MORNING)


@pytest.fixture
async def playing(control: Call, frozen: None, sandbox: Serving) -> asyncio.Task[Json]:
    """A week in a quarter of an hour, begun."""
    task = asyncio.create_task(control("clock", play={"days": 7, "seconds": 900}))
    assert await sandbox.state.clock.changed.until(lambda: sandbox.state.clock.now().isoformat() > MORNING, 5)
    return task


async def test_it_takes_the_time_it_is_given(control: Call, frozen: None, sandbox: Serving) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    with page(sandbox) as heard:
        answer = await control("clock", play={"days": 7, "seconds": 0.2})
    assert 0.19 <= loop.time() - began < 2
    assert (answer["now"], answer["reached"], answer["stopped"]) == (NEXT_WEEK, NEXT_WEEK, False)
    shown = [event["clock"] for event in heard("clock")]
    assert len({clock["now"] for clock in shown}) >= 5  # it is seen to run
    assert {clock["moving_to"] for clock in shown if clock["now"] < NEXT_WEEK} == {NEXT_WEEK}
    assert [clock["playing"] for clock in (shown[0], shown[-1])] == [True, False]


async def test_it_stops_at_everything_however_much_there_is(control: Call, follower: Following, frozen: None) -> None:
    bot = await follower(MANY)
    loop = asyncio.get_running_loop()
    began = loop.time()
    answer = await control("clock", play={"days": 7, "seconds": 0.3})
    assert bot.done == MANY
    assert set(MANY) <= set(bot.seen_at)
    assert (answer["now"], answer["unanswered"]) == (NEXT_WEEK, 0)
    assert loop.time() - began < 5


async def test_what_comes_up_while_it_waits_is_not_missed(
    control: Call, follower: Following, frozen: None, sandbox: Serving
) -> None:
    sandbox.state.mover._beat = 0.25  # the first step would go well beyond noon
    bot = await follower([NEXT_DAY])
    task = asyncio.create_task(control("clock", play={"days": 7, "seconds": 0.5}))
    assert await sandbox.state.clock.changed.until(lambda: sandbox.state.mover.playing, 5)
    bot.agenda.insert(0, NOON)
    await bot.announce(sandbox.state.clock.version)
    await task
    assert NOON in bot.seen_at


async def test_stop_ends_it_at_once(control: Call, web: httpx.AsyncClient, playing: asyncio.Task[Json]) -> None:
    await control("clock", stop=True)
    async with asyncio.timeout(1):
        answer = await playing
    assert answer["stopped"] is True
    assert MORNING < answer["reached"] < NOON
    clock = (await web.get("/sandbox/clock")).json()
    assert (clock["playing"], clock["moving"], clock["moving_to"], clock["frozen"]) == (False, False, None, True)


async def test_stop_ends_a_move_at_its_next_step(
    control: Call, follower: Following, frozen: None, sandbox: Serving
) -> None:
    bot = await follower(MANY)
    move = asyncio.create_task(control("clock", to=NEXT_WEEK))
    assert await sandbox.state.clock.changed.until(lambda: bool(bot.done), 5)
    await control("clock", stop=True)
    answer = await move
    assert (answer["stopped"], answer["now"] < NEXT_WEEK, len(bot.done) < len(MANY)) == (True, True, True)


async def test_stop_holds_for_those_that_wait_too(control: Call, playing: asyncio.Task[Json]) -> None:
    waiting = asyncio.create_task(control("clock", advance=3600))
    await asyncio.sleep(0.05)
    await control("clock", stop=True)
    stopped = await waiting
    assert (stopped["steps"], stopped["stopped"]) == (0, True)
    # And for no later one.
    later = await control("clock", advance=3600)
    assert (later["steps"], later["stopped"]) == (1, False)
    await playing


async def test_two_plays_at_once(control: Call, web: httpx.AsyncClient, playing: asyncio.Task[Json]) -> None:
    refused = await web.post("/sandbox/clock", json={"play": {"days": 1, "seconds": 1}})
    assert (refused.status_code, refused.json()["error"]) == (409, "the clock is moving already: stop that first")
    await control("clock", stop=True)
    await playing


async def test_a_clock_that_ran_goes_on(control: Call, web: httpx.AsyncClient, frozen: None) -> None:
    await control("clock", frozen=False)
    answer = await control("clock", play={"days": 7, "seconds": 0.05})
    assert NEXT_WEEK <= answer["reached"] < "2027-03-08T09"
    assert (await web.get("/sandbox/clock")).json()["frozen"] is False


async def test_what_is_no_play(web: httpx.AsyncClient) -> None:
    good = {"days": 1, "seconds": 1}
    for wrong in ({"days": 0}, {"seconds": 0}, {"days": 4000}, {"seconds": 4000}, {"days": "1"}, {"seconds": None}):
        answer = await web.post("/sandbox/clock", json={"play": good | wrong})
        assert (answer.status_code, "a play has" in answer.json()["error"]) == (400, True), wrong
    assert (await web.post("/sandbox/clock", json={"stop": False})).status_code == 400

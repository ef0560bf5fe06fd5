"""What waits while an event is stopped, and what becomes of it: the whole bot but for Telegram."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

from bot.channels import FromPerson, Rendered, TooMany
from conversations.buttons import Manage
from conversations.cues import Said, Tapped
from conversations.policy import Reason
from conversations.roles import Act
from storage import events, plans
from storage.states import PlanState, State
from tests.bot.emergency.stopping import (
    EVENT,
    LATER,
    READY,
    ROW,
    SURVEY,
    coordinator,
    keys,
    logged,
    participants,
    planned,
    said_to,
    states,
    stop,
    tap,
)
from tests.bot.outgoing import texts
from tests.conversations.samples import event_with
from tests.rig import Rig, rig_in

CROWD = [str(1000 + number) for number in range(500)]


class _Interrupted:
    """A platform on which the coordinator taps “stop” once so many have got the message."""

    def __init__(self, rig: Rig, after: int) -> None:
        self._rig, self._after, self._say = rig, after, rig.channel.say
        self.arrived = 0
        self.may_leave: set[int] = set()
        self.stopping: asyncio.Task[None] | None = None

    async def say(self, address: str, message: Rendered) -> str:
        if message.paragraphs[0].text == READY:
            self.arrived += 1
            if self.arrived == self._after:
                self.stopping = asyncio.create_task(self._stop())
        return await self._say(address, message)

    async def _stop(self) -> None:
        done = await self._rig.turns.take(FromPerson(90_000, "1", Tapped(keys(self._rig, "1")["Stop everything now"])))
        self._rig.delivery.submit(done.outgoing)
        # Whatever was handed over by now is gone; nothing else may leave.
        self.may_leave = {row for row, state in await states(self._rig) if state is not State.FAILED}


async def test_after_the_tap_nothing_more_leaves_of_five_hundred_in_the_queue(either_rig: Rig) -> None:
    rig = either_rig
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, *CROWD)
    await rig.person("1", Said("/pauseall"))
    platform = _Interrupted(rig, after=40)
    rig.channel.say = platform.say  # type: ignore[method-assign]
    rig.clock.time += LATER
    due = await rig.thread.run(lambda connection: plans.due(connection, rig.clock.now(), 1000, None))
    rig.delivery.submit([each for one in due for each in (await rig.turns.strike(one)).outgoing])
    await rig.delivery.idle()
    assert platform.stopping is not None
    await platform.stopping
    await rig.delivery.idle()
    await rig.scheduler.tick()
    await rig.delivery.idle()
    ends = dict(await states(rig))
    assert len(ends) == 500
    assert {row for row, state in ends.items() if state is State.SENT} == platform.may_leave
    assert platform.arrived == len(platform.may_leave) < 150
    waiting = [each for each in await planned(rig) if each == (PlanState.PLANNED, Reason.STOPPED)]
    assert len(waiting) == 500 - platform.arrived


async def test_it_stops_in_the_middle_of_a_slice_and_goes_on_where_it_was(either_rig: Rig) -> None:
    rig = either_rig
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, *CROWD[:120])
    await rig.person("1", Said("/pauseall"))
    platform = _Interrupted(rig, after=5)
    rig.channel.say = platform.say  # type: ignore[method-assign]
    await rig.pass_time(LATER)
    assert platform.stopping is not None
    await platform.stopping
    stopped_at = platform.arrived
    await rig.pass_time(timedelta(minutes=5))
    assert platform.arrived == stopped_at < 120
    await rig.person("1", Said("/resume"))
    await tap(rig, "1", "Go on and send it")
    await rig.pass_time(timedelta())
    assert [len(texts(rig.channel.heard, each)) for each in CROWD[:120]] == [1] * 120, "each of them once"


async def test_a_platform_that_asks_for_patience_gets_nothing_more_either(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, *CROWD[:30])
    tries, real = 0, rig.channel.say

    async def storm(address: str, message: Rendered) -> str:
        nonlocal tries
        if message.paragraphs[0].text != READY:
            return await real(address, message)
        tries += 1
        if tries == 40:
            await rig.turns.take(FromPerson(90_000, "1", Said("/pauseall")))
            number = await rig.thread.run(lambda connection: events.number_of(connection, EVENT.code))
            await rig.turns.take(FromPerson(90_001, "1", Tapped(Manage(Act.STOP, number))))
        raise TooMany(1)

    rig.channel.say = storm  # type: ignore[method-assign]
    await rig.pass_time(LATER)
    assert tries < 40 + 64, "those under way had been handed over"
    assert set(await planned(rig)) == {(PlanState.PLANNED, Reason.STOPPED)}
    assert texts(rig.channel.heard) == []


async def test_it_says_what_was_held_and_what_would_be_sent(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, "11", "12", "13", "14", "15", "16")
    rig.clock.time += LATER
    await stop(rig, "1")
    assert said_to(rig, "1").startswith(
        "All messages of Small event are stopped.\nWhat was about to be sent waits.\n"
        "At least, in steps of five:\n– 5 micro-surveys\nFewer than five of a kind are not told."
    )
    await rig.person("1", Said("/resume"))
    preview = said_to(rig, "1")
    assert "What was due meanwhile waits.\nAt least, in steps of five:\n– 5 micro-surveys" in preview
    assert "on Monday, 16 November 2026, 13:00." in preview, "as it was in Nairobi"
    assert list(keys(rig, "1")) == ["Go on and send it", "Go on without it", "Not yet"]
    await tap(rig, "1", "Not yet")
    assert "stay stopped" in said_to(rig, "1")
    await rig.pass_time(timedelta())
    assert texts(rig.channel.heard, "11") == []


async def test_what_is_over_is_told_and_not_sent(rig: Rig) -> None:
    event = event_with(replace(ROW, window=replace(ROW.offset, amount=2)), surveys=(SURVEY,))
    rig.take_in(event)
    await coordinator(rig, "1", event)
    await participants(rig, event, "11")
    await stop(rig, "1")
    rig.clock.time += 4 * LATER
    await rig.person("1", Said("/reprendre"))
    assert "What is over by now is not sent in any case." in said_to(rig, "1")
    await tap(rig, "1", "Go on and send it")
    await rig.pass_time(timedelta())
    assert await planned(rig) == [(PlanState.HELD, Reason.TOO_LATE)]


async def test_going_on_without_what_waited(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, "11")
    await stop(rig, "1")
    rig.clock.time += 2 * LATER
    await rig.person("1", Said("/resume"))
    await tap(rig, "1", "Go on without it")
    await rig.pass_time(timedelta(days=1))
    assert await planned(rig) == [(PlanState.HELD, Reason.STOPPED)]
    assert texts(rig.channel.heard, "11") == []
    assert await logged(rig) == [("small", "e-stop"), ("small", "e-drop")]


async def test_what_waited_comes_by_the_policy_and_not_at_night(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, "11")
    await stop(rig, "1")
    rig.clock.time += timedelta(hours=12)  # midnight in Nairobi
    await rig.person("1", Said("/resume"))
    await tap(rig, "1", "Go on and send it")
    await rig.pass_time(timedelta())
    assert await planned(rig) == [(PlanState.PLANNED, Reason.QUIET_HOURS)]
    await rig.pass_time(timedelta(hours=14))
    assert texts(rig.channel.heard, "11") == [READY]


async def test_a_stop_outlives_a_restart_and_the_scheduler_goes_on_after_it(folder: Path) -> None:
    async with rig_in(folder) as rig:
        rig.take_in(EVENT)
        await coordinator(rig, "1", EVENT)
        await participants(rig, EVENT, "11")
        await stop(rig, "1")
    async with rig_in(folder) as rig:
        rig.updates = count(1_000)
        await rig.delivery.start()
        await rig.pass_time(LATER)
        assert rig.channel.heard == []
        await rig.person("1", Said("/resume"))
        await tap(rig, "1", "Go on and send it")
        await rig.pass_time(timedelta())
        assert texts(rig.channel.heard, "11") == [READY]

"""What is due gets its turn: all of it, once, and a fault of ours does not lose it."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, func, select, update

from bot.scheduler import SLICE
from conversations.buttons import Go, Move
from conversations.cues import Blocked, Said, Started, Tapped
from conversations.policy import Reason
from storage.states import PlanState
from storage.tables import chats, plans
from tests.bot.outgoing import texts
from tests.conversations.samples import event_with, touchpoint
from tests.rig import MONDAY, Rig

NUDGE = "You have a new message."
EVENT = event_with(touchpoint(offset="1 hour", time=None))


async def join(rig: Rig, address: str, code: str) -> None:
    done = await rig.person(address, Started(code))
    serial = done.outgoing[-1].serial or 0
    await rig.person(address, Tapped(Go(serial, Move.DONE)))
    await rig.person(address, Tapped(Go(serial + 1, Move.YES)))
    rig.channel.heard.clear()


async def plans_of(rig: Rig) -> list[tuple[PlanState, Reason | None, datetime]]:
    query = select(plans.c.state, plans.c.reason, plans.c.due_at).order_by(plans.c.id)
    return [tuple(row) for row in await rig.thread.run(lambda connection: connection.execute(query).all())]


async def test_a_nudge_comes_when_it_is_due_and_once(rig: Rig) -> None:
    rig.take_in(EVENT)
    await join(rig, "11", rig.invite(EVENT))
    await rig.pass_time(timedelta(minutes=59))
    assert rig.channel.heard == []
    await rig.pass_time(timedelta(minutes=1))
    await rig.pass_time(timedelta(hours=1))
    assert texts(rig.channel.heard) == [NUDGE]
    assert [each[:2] for each in await plans_of(rig)] == [(PlanState.SENT, Reason.SENT)]


async def test_two_ticks_at_once_send_it_once(rig: Rig) -> None:
    rig.take_in(EVENT)
    await join(rig, "11", rig.invite(EVENT))
    rig.clock.time += timedelta(hours=1)
    await asyncio.gather(*(rig.scheduler.tick() for _ in range(5)))
    await rig.delivery.idle()
    assert texts(rig.channel.heard) == [NUDGE]


async def test_what_is_due_at_night_waits_for_the_morning(rig: Rig) -> None:
    rig.clock.time = datetime(2026, 11, 16, 16, 30, tzinfo=UTC)  # half past seven in the evening in Nairobi
    rig.take_in(EVENT)
    await join(rig, "11", rig.invite(EVENT))
    await rig.pass_time(timedelta(hours=1))
    morning = datetime(2026, 11, 17, 5, 0, tzinfo=UTC)
    assert await plans_of(rig) == [(PlanState.PLANNED, Reason.QUIET_HOURS, morning)]
    rig.clock.time = morning
    await rig.pass_time(timedelta())
    assert texts(rig.channel.heard) == [NUDGE]


async def test_every_nudge_that_is_held_back_has_its_reason(rig: Rig) -> None:
    rig.take_in(EVENT)
    await join(rig, "11", rig.invite(EVENT))
    await rig.person("11", Blocked())
    await rig.pass_time(timedelta(hours=1))
    assert [each[:2] for each in await plans_of(rig)] == [(PlanState.HELD, Reason.UNREACHABLE)]


async def test_a_thousand_people_are_all_told(rig: Rig) -> None:
    event = replace(EVENT, policy=replace(EVENT.policy, weekly_cap=1000))
    rig.take_in(event)
    await join(rig, "11", rig.invite(event))

    def crowd(connection: Connection) -> None:
        row = dict(connection.execute(select(plans)).mappings().one())
        del row["id"]
        # A thousand plans of one person weigh as much on a tick as one plan of a thousand people.
        connection.execute(plans.insert(), [{**row, "occurrence": number} for number in range(1, 1000)])
        # Nobody gets a thousand messages; to this one it is as if they had answered each.
        connection.execute(update(chats).values(heard_at=MONDAY + timedelta(days=1)))

    await rig.thread.run(crowd)
    assert SLICE < 1000
    await rig.pass_time(timedelta(hours=1))
    assert len(rig.channel.heard) == 1000
    assert all(state is PlanState.SENT for state, *_ in await plans_of(rig))


async def test_a_fault_of_ours_puts_one_thing_off_and_no_other(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    rig.take_in(EVENT)
    await join(rig, "11", rig.invite(EVENT))
    await join(rig, "12", rig.invite(EVENT))

    def damage(connection: Connection) -> None:
        first = connection.scalar(select(func.min(plans.c.chat_id)))
        connection.execute(update(chats).where(chats.c.id == first).values(address=b"damaged"))

    await rig.thread.run(damage)
    await rig.pass_time(timedelta(hours=1))
    due = MONDAY + timedelta(hours=1)
    assert texts(rig.channel.heard, "12") == [NUDGE]
    assert await plans_of(rig) == [
        (PlanState.PLANNED, Reason.FAULT, due + timedelta(hours=1)),
        (PlanState.SENT, Reason.SENT, due),
    ]
    assert "is put off" in caplog.text
    assert "Traceback" not in caplog.text, "whose last line may repeat what somebody wrote"


async def test_somebody_in_the_middle_of_joining_again_is_not_interrupted(rig: Rig) -> None:
    other = event_with(touchpoint(offset="9 days"), code="other")
    rig.take_in(EVENT)
    rig.take_in(other)
    await join(rig, "11", rig.invite(EVENT))
    rig.clock.time += timedelta(minutes=59)
    await rig.person("11", Started(rig.invite(other)))
    rig.channel.heard.clear()
    await rig.pass_time(timedelta(minutes=1))
    assert rig.channel.heard == []
    assert [each[:2] for each in await plans_of(rig)] == [(PlanState.PLANNED, Reason.BUSY)]
    await rig.person("11", Said("no"))
    rig.channel.heard.clear()
    await rig.pass_time(timedelta(hours=1))
    assert texts(rig.channel.heard) == [NUDGE]


async def test_a_tick_that_the_stop_cuts_short_is_no_news(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    rig.scheduler.start()
    rig.scheduler.stop()
    ticker = logging.getLogger("apscheduler.executors.default")
    ticker.error("stopped", exc_info=asyncio.CancelledError())
    ticker.error("failed", exc_info=ValueError())
    assert caplog.messages == ["failed"]

"""Delivery when the disk or our own code lets it down: nothing overtakes, nothing comes twice, nothing is stuck."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.channels import Faltered, NotSent, Rendered, Tap
from bot.delivery import Delivery
from bot.limits import Limits
from bot.storage_thread import StorageUnavailable
from conversations.buttons import Go, Move
from conversations.cues import Started, Tapped
from conversations.model import Event, Language
from storage import plans
from tests.conversations.samples import sample_event
from tests.rig import Rig

HELLO = Started(None, Language.EN)
FIRST_NUDGE = timedelta(days=3)
A_MOMENT = 0.1
"""Seconds; the limits wait for less than this here, and delivery, when the network fails, for more."""


@pytest.fixture(scope="module")
def sample() -> Event:
    return sample_event()


async def test_what_was_sent_is_noted_once_the_disk_is_back(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    real, failures = rig.thread.run, iter([True, True])

    async def failing(work: Any, chat: str | None = None, **more: bool) -> Any:
        if chat is None and next(failures, False):
            raise StorageUnavailable("disk I/O error")
        return await real(work, chat, **more)

    monkeypatch.setattr(rig.thread, "run", failing)
    await rig.person("11", HELLO)
    assert len(rig.channel.heard) == 1
    with rig.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT state FROM outbox").scalars().all() == ["sent"]


async def test_one_message_that_cannot_be_read_does_not_hold_up_the_next(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, broken = rig.channel.say, iter([True])

    async def saying(address: str, message: Any) -> str:
        if next(broken, False):
            raise KeyError("message_id")
        return await real(address, message)

    monkeypatch.setattr(rig.channel, "say", saying)
    await rig.person("11", HELLO)
    await rig.person("11", HELLO)
    assert len(rig.channel.heard) == 1
    with rig.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT state FROM outbox ORDER BY id").scalars().all() == ["failed", "sent"]


async def nudged(rig: Rig, event: Event, people: int = 1) -> None:
    """That many people have joined and got past everything that joining says; their first nudge is due next."""
    rig.take_in(event)
    code = rig.invite(event)
    for person in range(people):
        await join(rig, str(100 + person), code)
    rig.channel.heard.clear()


async def join(rig: Rig, address: str, code: str) -> None:
    await rig.person(address, Started(code, Language.EN))
    for serial, move in ((1, Move.DONE), (2, Move.SKIP), (3, Move.SKIP), (4, Move.SKIP), (5, Move.YES)):
        await rig.person(address, Tapped(Go(serial, move)), Tap("1", "1"))


def states(rig: Rig, kind: str = "nudge") -> list[str]:
    with rig.engine.connect() as connection:
        statement = text("SELECT state FROM outbox WHERE kind = :kind ORDER BY id")
        return list(connection.scalars(statement, {"kind": kind}))


async def test_a_stop_in_the_middle_of_a_burst_loses_no_nudge(rig: Rig, sample: Event) -> None:
    await nudged(rig, sample, people=8)
    reached, arrived = asyncio.Event(), []

    async def saying(address: str, message: Rendered) -> str:
        arrived.append(address)
        if len(arrived) == 3:
            reached.set()
            await asyncio.Event().wait()  # this one's answer never comes
        return str(len(arrived))

    rig.channel.say = saying  # type: ignore[method-assign]
    rig.delivery._slots = asyncio.Semaphore(1)
    rig.clock.time += FIRST_NUDGE
    ticking = asyncio.create_task(rig.scheduler.tick())
    await reached.wait()
    await ticking
    await rig.delivery.stop()
    assert sorted(states(rig)) == [*["pending"] * 5, "sending", *["sent"] * 2]


async def test_a_refused_connection_leaves_a_nudge_waiting(rig: Rig, sample: Event) -> None:
    await nudged(rig, sample)
    seen: list[list[str]] = []

    async def sleeping(seconds: float) -> None:
        if seconds > A_MOMENT:
            seen.append(states(rig))
        await asyncio.sleep(0)

    rig.clock.sleep = sleeping  # type: ignore[method-assign]
    rig.channel.troubles = [NotSent(), NotSent()]
    await rig.pass_time(FIRST_NUDGE)
    assert seen == [["pending"], ["pending"]]
    assert states(rig) == ["sent"]


async def test_two_deliveries_on_one_database_send_a_nudge_once(rig: Rig, sample: Event) -> None:
    await nudged(rig, sample, people=3)
    other = Delivery(rig.channel, rig.thread, rig.vault, rig.clock, Limits(rig.clock, 1000, 1000))
    rig.clock.time += FIRST_NUDGE
    with rig.engine.connect() as connection:
        due = plans.due(connection, rig.clock.now(), 10, None)
    outgoing = [each for planned in due for each in (await rig.turns.strike(planned)).outgoing]
    rig.delivery.submit(outgoing)
    other.submit(outgoing)
    await rig.delivery.idle()
    await other.idle()
    assert sorted(heard.address for heard in rig.channel.heard) == ["100", "101", "102"]


async def test_a_nudge_that_waited_into_the_night_comes_in_the_morning(rig: Rig, sample: Event) -> None:
    await nudged(rig, sample)

    async def sleeping(seconds: float) -> None:
        if seconds > A_MOMENT:
            rig.clock.time += timedelta(hours=14)  # the network is gone until 21:00 UTC
        await asyncio.sleep(0)

    rig.clock.sleep = sleeping  # type: ignore[method-assign]
    rig.channel.troubles = [NotSent()]
    await rig.pass_time(FIRST_NUDGE)
    assert rig.channel.heard == []
    await rig.pass_time(timedelta(hours=13))
    assert len(rig.channel.heard) == 1


async def test_a_nudge_on_its_way_does_not_reach_somebody_who_has_left(rig: Rig, sample: Event) -> None:
    await nudged(rig, sample)

    async def sleeping(seconds: float) -> None:
        with rig.engine.begin() as connection:
            connection.execute(text("UPDATE enrolments SET left_at = :now"), {"now": "2026-11-19 08:00:00.000000"})
        await asyncio.sleep(0)

    rig.clock.sleep = sleeping  # type: ignore[method-assign]
    rig.channel.troubles = [NotSent()]
    await rig.pass_time(FIRST_NUDGE)
    assert rig.channel.heard == []
    assert states(rig) == ["failed"]


async def test_a_reply_outlives_a_platform_that_fails_for_a_while(rig: Rig) -> None:
    rig.channel.troubles = [Faltered()] * 10
    await rig.person("11", HELLO)
    assert len(rig.channel.heard) == 1
    assert sum(rig.clock.slept) > 60, "and it is not hammered meanwhile"

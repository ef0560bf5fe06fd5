"""Several people, workers and clocks at the same moment: one effect, and nobody gets anything twice."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from bot.channels import FromPerson, Tap
from bot.delivery import Delivery
from bot.jobs import Jobs
from bot.limits import Limits
from bot.scheduler import Scheduler
from bot.storage_thread import StorageThread
from bot.turns import Turns
from conversations.broadcasts import BroadcastState
from conversations.buttons import Button, Manage
from conversations.cues import Tapped
from conversations.model import Purpose
from conversations.roles import Act
from storage import broadcasts, chats, plans, tables
from storage.events import Contents
from tests.audience import ANNOUNCEMENT, JOINED, Coordinator, event, people, text
from tests.rig import Rig, rig_in

pytestmark = pytest.mark.postgres
_taps = count(10_000)


@pytest.fixture
async def rig(tmp_path: Path, postgres_database: str) -> AsyncIterator[Rig]:
    async with rig_in(tmp_path, postgres_database) as rig:
        rig.take_in(event())
        yield rig


async def team(rig: Rig, *addresses: str) -> list[Coordinator]:
    coordinators = [Coordinator(rig, each) for each in addresses]
    for each in coordinators:
        await each.arrive()
    return coordinators


async def at_once(rig: Rig, presses: Iterable[tuple[Coordinator, Button | None]]) -> list[str | None]:
    """All of them tap at the same moment; the passing words in answer."""

    async def press(who: Coordinator, button: Button | None) -> str | None:
        return (await who.press(button, str(next(_taps)))) or None

    return list(await asyncio.gather(*(press(who, button) for who, button in presses)))


def take_part(rig: Rig, *coordinators: Coordinator) -> None:
    """They are participants of the event as well."""
    with rig.engine.begin() as connection:
        place = connection.execute(select(tables.revisions.c.event_id, tables.revisions.c.id)).one()
        for each in coordinators:
            chat = chats.find(connection, rig.vault, "telegram", each.address)
            assert chat is not None
            row = {"chat_id": chat.id, "event_id": place.event_id, "revision_id": place.id, "joined_at": JOINED}
            enrolment = connection.execute(insert(tables.enrolments).returning(tables.enrolments.c.id), row).scalar()
            given = {"enrolment_id": enrolment, "purpose": Purpose.SURVEYS, "given_at": JOINED}
            connection.execute(insert(tables.consents), given)


def reached(rig: Rig, addresses: list[str]) -> Counter[str]:
    return Counter(each.address for each in rig.channel.heard if each.address in addresses and not each.edit)


@pytest.mark.parametrize("attempt", range(3))
async def test_two_who_agree_at_once_send_it_once(rig: Rig, attempt: int) -> None:
    addresses = people(rig, 40)
    grace, ama, kofi = await team(rig, "77", "78", "79")
    take_part(rig, ama, kofi)
    addresses += ["78", "79"]
    rig.channel.heard.clear()
    await grace.write()
    await grace.tap("Urgent", "Preview and send", "Send it…", "Ask for consent")
    answers = await at_once(rig, [(each, each.button("I agree")[1]) for each in (ama, kofi)])
    assert sum(each is not None and "changed meanwhile" in each for each in answers) == 1
    await rig.pass_time(timedelta(seconds=61))
    nudged = [each for each in rig.channel.heard if text(each) == ANNOUNCEMENT]
    assert Counter(each.address for each in nudged) == dict.fromkeys(addresses, 1)
    with rig.engine.begin() as connection:
        consents = connection.execute(select(tables.broadcasts.c.consent_by, tables.broadcasts.c.version)).all()
        sent = connection.scalar(
            select(func.count()).select_from(tables.audit).where(tables.audit.c.details.contains("SendBroadcast"))
        )
    assert len(consents) == 1
    assert sent == 1


@pytest.mark.parametrize("attempt", range(3))
async def test_of_agreeing_refusing_and_taking_back_at_once_one_counts(rig: Rig, attempt: int) -> None:
    people(rig, 10)
    grace, ama, kofi = await team(rig, "77", "78", "79")
    await grace.write()
    await grace.tap("Urgent", "Preview and send", "Send it…", "Ask for consent")
    presses = [(grace, grace.button("Take it back")[1]), (ama, ama.button("I agree")[1])]
    presses.append((kofi, kofi.button("No, do not send it")[1]))
    answers = await at_once(rig, presses)
    assert sum(each is not None and "changed meanwhile" in each for each in answers) == 2
    with rig.engine.begin() as connection:
        state = connection.scalar(select(tables.broadcasts.c.state))
        planned = connection.scalar(select(func.count()).select_from(tables.plans))
    assert planned == (10 if state is BroadcastState.CONFIRMED else 0)
    assert state in {BroadcastState.CONFIRMED, BroadcastState.DRAFT}


@pytest.mark.parametrize("attempt", range(3))
async def test_pausing_resuming_and_ticking_of_two_workers_send_nothing_twice(rig: Rig, attempt: int) -> None:
    """The workers share the database; each has its own delivery, as two processes have."""
    addresses = people(rig, 60)
    grace, ama = await team(rig, "77", "78")
    await grace.write()
    await grace.confirm()
    rig.clock.time += timedelta(seconds=61)
    async with StorageThread(rig.engine) as thread:
        delivery = Delivery(rig.channel, thread, rig.vault, rig.clock, Limits(rig.clock, 1000, 1000))
        turns = Turns(thread, rig.vault, Contents(), rig.clock, "telegram", "suivi_bot")
        jobs = Jobs(rig.channel, thread, rig.vault, turns, delivery)
        other = Scheduler(turns, thread, delivery, rig.clock, jobs, rig.replanner)
        for _ in range(3):
            await asyncio.gather(rig.scheduler.tick(), other.tick(), _turned(rig, ama))
            await asyncio.gather(rig.delivery.adopt(), delivery.adopt())
        await asyncio.gather(rig.delivery.idle(), delivery.idle())
        with rig.engine.begin() as connection:
            one = broadcasts.by_id(connection, rig.vault, 1, 0)
            assert one is not None
            if one.state is BroadcastState.PAUSED:
                broadcasts.resume(connection, 1)
        await rig.pass_time(timedelta(seconds=1))
        await rig.delivery.adopt()
        await asyncio.gather(rig.delivery.idle(), delivery.idle())
        await delivery.stop()
    assert reached(rig, addresses) == dict.fromkeys(addresses, 1)
    with rig.engine.begin() as connection:
        tally = broadcasts.tally(connection, 1)
    assert (tally.sent, tally.recipients) == (60, 60)


async def _turned(rig: Rig, who: Coordinator) -> None:
    """Pause it where it runs, resume it where it is paused."""
    with rig.engine.begin() as connection:
        one = broadcasts.by_id(connection, rig.vault, 1, 0)
    assert one is not None
    with rig.engine.begin() as connection:
        number = connection.scalar(select(tables.events.c.id))
    act = Act.BROADCAST_RESUME if one.state is BroadcastState.PAUSED else Act.BROADCAST_PAUSE
    await rig.turns.take(_tapped(rig, who, Manage(act, int(number or 0), 1, one.version)))


def _tapped(rig: Rig, who: Coordinator, button: Button) -> FromPerson:
    return FromPerson(next(rig.updates), who.address, Tapped(button), Tap("1", "1"))


@pytest.mark.parametrize("attempt", range(3))
async def test_cancelling_while_it_is_handed_out_leaves_sums_that_add_up(rig: Rig, attempt: int) -> None:
    addresses = people(rig, 60)
    grace, ama = await team(rig, "77", "78")
    await grace.write()
    await grace.confirm()
    rig.clock.time += timedelta(seconds=61)
    await ama.say("/broadcast")
    await ama.tap("1: ", "Cancel it")
    _, button = ama.button("Yes, cancel it")
    await asyncio.gather(rig.scheduler.tick(), ama.press(button))
    await rig.delivery.idle()
    with rig.engine.begin() as connection:
        tally = broadcasts.tally(connection, 1)
        assert plans.due(connection, rig.clock.time + timedelta(days=30), 10, None) == []
    found = reached(rig, addresses)
    assert max(found.values(), default=0) <= 1
    assert tally.sent == len(found)
    assert tally.recipients == 60
    assert tally.waiting == 0

"""Over HTTP: a coordinator sends a real workbook, publishes it, changes it while it is live, closes and reopens it."""

import re
from datetime import timedelta

import aiohttp
from sqlalchemy import select

from bot.storage_thread import Work
from conversations.model import EventState, Role
from storage import tables
from tests.bot.setting_up import sample, workbook
from tests.journeys.conftest import World
from tests.journeys.phones import Phone, text_of
from tests.journeys.stories import REFRESHER, WEEK_1, joined

TITLE = ("Learning and Sharing Event 2026", "Learning and Sharing Event of 2026")


async def send(world: World, phone: Phone, content: bytes, name: str) -> None:
    """Send a file from the phone, and wait until the bot has read it."""
    form = aiohttp.FormData({"chat": str(phone.chat), "as": "document"})
    form.add_field("file", content, filename=name)
    async with phone.phones._session.post(f"/sandbox/people/{phone.person}/send", data=form) as response:
        assert response.status == 200, await response.text()
    await phone.phones.settle()
    await world.app.scheduler._jobs.work()
    await phone.phones.settle()


async def coordinator(world: World, language: str = "en") -> Phone:
    grace = await world.phones.person("Grace", language)
    await grace.start(world.invitation(Role.COORDINATOR))
    return grace


def state_of(code: str) -> Work[EventState | None]:
    return lambda connection: connection.scalar(select(tables.events.c.state).where(tables.events.c.code == code))


async def test_a_workbook_becomes_an_event_that_people_join(world: World) -> None:
    grace = await coordinator(world)
    await send(world, grace, workbook(), "My Event (final) 2.xlsx")
    await grace.sees("I am reading it")
    await grace.sees("✓ Nothing stands in the way")
    await grace.tap("Publish …", "Yes, publish it")
    await grace.sees("West Africa is live.")
    assert await world.look(state_of("wca-27")) is EventState.LIVE
    await grace.say("/events")
    listed = text_of(await grace.sees("Your events"))
    assert re.search(r"West Africa: live", listed)


async def test_a_report_turns_its_pages_and_comes_as_a_file(world: World) -> None:
    grace = await coordinator(world)
    faulty = sample(("| | start | 2026-11-10", "| | start | someday"))
    await send(world, grace, faulty, "pack.md")
    await grace.sees("✗ Not yet")
    await grace.tap("Go through them")
    await grace.sees("event · line 11 · value")
    await grace.tap("All of it as a file")
    [document] = await world.phones.journal("sendDocument")
    assert document["response"]["ok"]
    assert document["response"]["result"]["document"]["file_name"] == "lse2026.html"


async def test_a_live_event_is_changed_closed_and_opened_again(world: World) -> None:
    grace = await coordinator(world)
    moussa = await joined(world, "Moussa", "fr")
    await send(world, grace, sample(TITLE), "pack.md")
    await grace.tap("Publish …")
    await grace.sees("1 person has joined so far.")
    await grace.tap("Yes, change it")
    await grace.sees("what is still to come is planned for everybody")
    await grace.say("/close")
    await grace.tap("Yes, close it")
    await world.phones.until(WEEK_1)
    assert not await moussa.times(REFRESHER["fr"]), "nothing comes while it is closed"
    await grace.say("/reopen")
    await grace.tap("Yes, open it")
    await world.phones.advance(timedelta(weeks=4))
    assert any("courtes" in text_of(each) or "message" in text_of(each) for each in (await moussa.received())[-3:])

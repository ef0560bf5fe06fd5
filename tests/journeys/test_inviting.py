"""A coordinator invites from the chat: a link, a picture, a poster, a list; people come by what they were sent."""

from io import BytesIO

import aiohttp
import pytest
from openpyxl import load_workbook

from conversations.model import Role
from storage import rosters
from storage.rosters import ExpectedCounts
from tests.bot.guests import code_in
from tests.bot.test_roster_reader import workbook
from tests.journeys.conftest import World
from tests.journeys.phones import Phone, text_of
from tests.journeys.stories import JOINED, JOINING
from tests.journeys.test_postgres import postgres_world  # noqa: F401 # a fixture

NAME = "Aïcha Bâ"


async def coordinator(world: World) -> Phone:
    grace = await world.phones.person("Grace", "en")
    await grace.start(world.invitation(Role.COORDINATOR))
    return grace


async def comes(phone: Phone, code: str) -> None:
    await phone.start(code)
    await phone.tap(*(label.format(country="Kenya") for label in JOINING["en"]))


async def send(world: World, phone: Phone, content: bytes) -> None:
    form = aiohttp.FormData({"as": "document"})
    form.add_field("file", content, filename="list.xlsx")
    path = f"{world.sandbox.url}/sandbox/people/{phone.person}/send"
    async with aiohttp.ClientSession() as session, session.post(path, data=form) as answer:
        assert answer.status == 200
    await world.phones.settle()


async def test_a_link_a_picture_and_a_poster(world: World) -> None:
    grace, amina = await coordinator(world), await world.phones.person("Amina", "en")
    await grace.say("/invite")
    await grace.tap("New invitation", "Hosts", "30", "Until tomorrow")
    code = code_in(text_of(await grace.sees("You are invited.")))
    await grace.tap("QR picture")
    await grace.sees("to join, scan this picture")
    await grace.tap("Poster (PDF, A4)")
    await grace.sees("a poster to print")
    photos, files = await world.phones.journal("sendPhoto"), await world.phones.journal("sendDocument")
    assert [each["response"]["ok"] for each in (*photos, *files)] == [True, True]
    await comes(amina, code)
    await amina.sees(JOINED["en"])
    await grace.say("/invite")
    await grace.sees("30 places, fewer than 5 of them taken; until Tuesday, 17 November 2026")


async def last_place(world: World) -> None:
    grace = await coordinator(world)
    people = [await world.phones.person(name, "en") for name in ("Amina", "Moussa")]
    await grace.say("/invite")
    await grace.tap("New invitation", "Anybody", "1", "No end")
    code = code_in(text_of(await grace.sees("You are invited.")))
    for phone in people:
        await phone.start(code)
        await phone.tap(*(label.format(country="Kenya") for label in JOINING["en"][:-1]))
    buttons = [await phone.button("Yes") for phone in people]
    for phone, (message, button) in zip(people, buttons, strict=True):
        phone.press(message["id"], button)
    await world.phones.settle()
    told = [text_of(message) for phone in people for message in await phone.received()]
    assert sum(JOINED["en"] in each for each in told) == 1
    assert sum("All places of this invitation are taken." in each for each in told) == 1


async def test_two_who_tap_at_once_for_the_last_place(world: World) -> None:
    await last_place(world)


@pytest.mark.postgres
async def test_two_who_tap_at_once_for_the_last_place_on_postgresql(
    postgres_world: World,  # noqa: F811 # the fixture
) -> None:
    await last_place(postgres_world)


async def test_a_list_comes_back_with_links(world: World) -> None:
    grace, amina = await coordinator(world), await world.phones.person("Amina", "en")
    await grace.say("/roster")
    await send(world, grace, workbook(("Nom", "Rôle"), (NAME, "host"), ("Ken", None)))
    await grace.sees("I am reading the list")
    await grace.sees("I have kept no names.")
    [sent] = await world.phones.journal("sendDocument")
    assert sent["response"]["ok"]
    file = sent["response"]["result"]["document"]["file_id"]
    content = await world.app.telegram.fetch(file)
    assert content is not None
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert sheet.cell(2, 1).value == NAME
    await comes(amina, code_in(str(sheet.cell(2, 3).value)))
    assert await world.look(lambda conn: rosters.expected_counts(conn, world.event.code)) == ExpectedCounts(2, 1)

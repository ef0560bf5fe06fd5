"""A form with photos, places and repeated groups: filled in on a phone, exported, its files saved."""

import asyncio
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import aiohttp
import pandas as pd
from PIL import Image

from bot.reports.dataset import Labels, Style
from bot.reports.exporting import Format, Manner, export
from bot.reports.gathering import Wish, attachments, gather
from bot.settings import Settings
from bot.telegram.downloads import Saved, save_files
from bot.workbook import read
from sandbox.server import Serving
from tests.journeys.conftest import World, bot_at, settings_for
from tests.journeys.phones import Phone, Phones
from tests.journeys.stories import SAVED, SEND
from tests.sandbox.test_media import picture

FORM = """
| survey   |                   |        |                     |                    |                |
| -------- | ----------------- | ------ | ------------------- | ------------------ | -------------- |
|          | type              | name   | label::English (en) | label::French (fr) | calculation    |
|          | select_one yes_no | agree  | Agreed?             | D’accord ?         |                |
|          | integer           | people | How many people?    | Combien ?          |                |
|          | calculate         | twice  |                     |                    | ${people} * 2  |
|          | dateTime          | met    | When did you meet?  | Quand ?            |                |
|          | image             | proof  | A photo?            | Une photo ?        |                |
|          | begin_repeat      | member | A member            | Un membre          |                |
|          | text              | role   | Which role?         | Quel rôle ?        |                |
|          | end_repeat        |        |                     |                    |                |
| choices  |                   |        |                     |                    |                |
|          | list_name         | name   | label::English (en) | label::French (fr) |                |
|          | yes_no            | yes    | Yes indeed          | Oui                |                |
|          | yes_no            | no     | Not at all          | Non                |                |
| settings |                   |        |                     |                    |                |
|          | form_title        | form_id |                    |                    |                |
|          | Visit             | visit  |                     |                    |                |
"""


async def test_what_was_filled_in_on_a_phone_comes_out_with_its_files(
    sandbox: Serving, phones: Phones, tmp_path: Path
) -> None:
    file = tmp_path / "visit.md"
    file.write_text(FORM, encoding="utf-8")
    settings = settings_for(tmp_path, sandbox.url)
    async with bot_at(settings, sandbox, phones, read(file)) as world:
        amina = await phones.person("Amina", "en")
        await amina.start(world.invitation())
        await amina.tap("Yes to all, join", "Yes", "Open", "Yes indeed")
        await amina.say("12", "02/03/2026 14:30")
        await sends(sandbox, phones, amina, picture(50, 50))
        await amina.tap("Yes")
        await amina.say("Nurse")
        await amina.tap("No", SEND["en"])
        await amina.sees(SAVED["en"])
        await assert_tables_hold_it(world, tmp_path)
        await assert_the_submission_holds_it(world, tmp_path)
        await assert_the_photo_is_saved(world, settings, tmp_path / "files")


async def assert_tables_hold_it(world: World, folder: Path) -> None:
    tables = pd.read_excel(await exported(world, Format.XLSX, folder / "visit.xlsx"), sheet_name=None)
    row = tables["visit"].iloc[0]
    assert [row["agree"], row["people"], row["twice"], row["_status"]] == ["yes", 12, 24, "complete"]
    assert row["met"] == pd.Timestamp("2026-03-02 14:30")
    assert list(tables["member"]["member/role"]) == ["Nurse"]


async def assert_the_submission_holds_it(world: World, folder: Path) -> None:
    with zipfile.ZipFile(await exported(world, Format.XML, folder / "visit.zip")) as archive:
        (name,) = archive.namelist()
        document = ElementTree.fromstring(archive.read(name))
    assert [each.tag for each in document] == ["agree", "people", "twice", "met", "proof", "member", "meta"]
    assert document.findtext("twice") == "24"
    assert document.findtext("member/role") == "Nurse"


async def assert_the_photo_is_saved(world: World, settings: Settings, folder: Path) -> None:
    folder.mkdir()
    gathered = gather(world.store, Wish(world.event.code), world.clock.now())
    wanted = attachments(world.store, gathered, Labels.NAMES)
    assert await save_files(settings, world.clock, wanted, folder, lambda _: None) == Saved(1, ())
    row = pd.read_excel(folder.parent / "visit.xlsx").iloc[0]
    with Image.open(folder / row["proof"]) as image:
        assert image.size == (50, 50)


async def exported(world: World, format_: Format, path: Path) -> Path:
    def write() -> None:
        gathered = gather(world.store, Wish(world.event.code), world.clock.now())
        export(world.store, gathered, Manner(format_, Style()), path, lambda _: None, overwrite=False)

    await asyncio.to_thread(write)
    return path


async def sends(sandbox: Serving, phones: Phones, phone: Phone, photo: bytes) -> None:
    form = aiohttp.FormData({"as": "photo"})
    form.add_field("file", photo, filename="group.png")
    path = f"{sandbox.url}/sandbox/people/{phone.person}/send"
    async with aiohttp.ClientSession() as session, session.post(path, data=form) as answer:
        assert answer.status == 200
    await phones.settle()

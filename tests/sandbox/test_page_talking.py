"""Talking on the page as in any chat client: photos and files, replies, reactions, polls, one's own messages mended."""

import io
from pathlib import Path

import httpx
import pytest
from PIL import Image
from playwright.async_api import Locator, expect

from sandbox.server import Serving
from tests.sandbox.browsing import PHONE, Call, Json, Updates, furnished, next_update, phone_of, reading

pytestmark = pytest.mark.browser


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (320, 200), "teal").save(file, "JPEG")
    return file.getvalue()


async def send_files(web: httpx.AsyncClient, chat: int) -> None:
    """A photo and a report by the bot."""
    files = [("Photo", "room.jpg", picture(), "The room"), ("Document", "Report.xlsx", b"x" * 3400, "")]
    for kind, name, data, caption in files:
        answer = await web.post(
            f"/bot42:test-token/send{kind}",
            data={"chat_id": chat, "caption": caption},
            files={kind.lower(): (name, data)},
        )
        assert answer.json()["ok"], answer.text


def said(phone: Locator, text: str) -> Locator:
    """The bubble that says so."""
    return phone.locator(".message", has_text=text).last


async def do(message: Locator, label: str) -> None:
    """Open what can be done with a message, and do it."""
    await message.hover()
    await message.locator(".act").click()
    await message.locator(".action-sheet").get_by_role("button", name=label).click()


async def test_photos_and_files_of_the_bot(sandbox: Serving, call: Call, control: Call, web: httpx.AsyncClient) -> None:
    amina, moussa, _ = await furnished(call, control)
    await send_files(web, amina)
    await send_files(web, moussa)
    async with reading(sandbox.url) as page:
        phone = phone_of(page, amina)
        await phone.get_by_role("button", name="Photo, The room, enlarge").click()
        viewer = page.get_by_role("dialog", name="Photo")
        await expect(viewer).to_contain_text("The room")
        assert await viewer.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 320
        await page.keyboard.press("Escape")
        await expect(viewer).to_have_count(0)
        await expect(phone.locator(".photo")).to_be_focused()
        async with page.expect_download() as download:
            await phone.get_by_role("link", name="File, Report.xlsx, 3.4 kB, download").click()
        assert (await download.value).suggested_filename == "Report.xlsx"
        french = phone_of(page, moussa).get_by_role("link", name="Fichier, Report.xlsx, 3,4 ko, télécharger")
        await expect(french.locator(".file-kind")).to_have_text("XLSX")


async def test_replies_reactions_and_own_messages(
    sandbox: Serving, call: Call, control: Call, updates: Updates
) -> None:
    amina, _, _ = await furnished(call, control)
    await call("sendMessage", chat_id=amina, text="What have you kept?")
    await updates()
    async with reading(sandbox.url) as page:
        phone = phone_of(page, amina)
        write = phone.get_by_role("textbox", name="Message")
        await do(said(phone, "What have you kept?"), "Reply")
        await expect(phone.locator(".about-bar")).to_contain_text("Reply to Suivi What have you kept?")
        await write.fill("Courrage")
        await write.press("Enter")
        assert (await next_update(updates, "message"))["reply_to_message"]["text"] == "What have you kept?"
        mine = phone.locator(".message.own").last
        await mine.get_by_role("button", name="Suivi What have you kept?").click()
        await expect(said(phone, "What have you kept?").first).to_be_visible()

        await do(mine, "Edit")
        await expect(write).to_have_value("Courrage")
        await write.fill("Courage")
        await write.press("Enter")
        assert (await next_update(updates, "edited_message"))["text"] == "Courage"
        await expect(mine.locator(".stamp")).to_contain_text("edited")
        await expect(write).to_be_focused()

        question = phone.locator(".message.other").first
        await do(question, "React with applause")
        chip = question.get_by_role("button", name="applause, 1 person")
        await expect(chip).to_have_attribute("aria-pressed", "true")
        await chip.click()
        await expect(chip).to_have_count(0)
        await do(mine, "Delete")
        await expect(phone.locator(".message", has_text="Courage")).to_have_count(0)


async def test_a_person_sends_a_workbook_in_french(
    sandbox: Serving, call: Call, control: Call, updates: Updates, tmp_path: Path
) -> None:
    _, moussa, group = await furnished(call, control)
    await updates()
    workbook = tmp_path / "rencontre.xlsx"
    workbook.write_bytes(b"PK" * 600)
    async with reading(sandbox.url, PHONE, locale="fr-FR", scheme="dark") as page:
        await page.get_by_role("tab", name="Moussa").click()
        phone = phone_of(page, moussa)
        await phone.locator("summary[aria-label=Joindre]").click()
        async with page.expect_file_chooser() as chooser:
            await phone.get_by_role("button", name="Fichier").click()
        await (await chooser.value).set_files(workbook)
        await expect(phone.locator(".about-bar")).to_contain_text("rencontre.xlsx 1,2 ko")
        caption = phone.get_by_role("textbox", name="Message")
        await expect(caption).to_have_attribute("placeholder", "Légende")
        await caption.fill("Le programme")
        await phone.get_by_role("button", name="Envoyer").click()
        message = await next_update(updates, "message")
        assert (message["document"]["file_name"], message["caption"]) == ("rencontre.xlsx", "Le programme")
        await expect(phone.locator(".message.own .file")).to_be_visible()

        question = {
            "question": "On se revoit ?",
            "options": [{"text": "Lundi"}, {"text": "Mardi"}],
            "is_anonymous": False,
        }
        await call("sendPoll", chat_id=group, **question)
        await page.get_by_role("tab", name="Peers").click()
        together = phone_of(page, group)
        await together.get_by_role("button", name="Mardi").click()
        await expect(together.locator(".poll-result.mine")).to_contain_text("Mardi")
        await expect(together.locator(".poll-result.mine")).to_contain_text("100\u00a0%")
        assert (await next_update(updates, "poll_answer"))["option_ids"] == [1]
        await together.get_by_role("button", name="Retirer mon vote").click()
        await expect(together.get_by_role("button", name="Lundi")).to_be_visible()


async def test_news_while_reading_above(sandbox: Serving, call: Call, control: Call) -> None:
    amina, _, _ = await furnished(call, control)
    for number in range(30):
        await call("sendMessage", chat_id=amina, text=f"Line {number}")
    keys = [[{"text": "Yes", "callback_data": "y"}]]
    asked = await call("sendMessage", chat_id=amina, text="Well?", reply_markup={"inline_keyboard": keys})
    async with reading(sandbox.url) as page:
        phone = phone_of(page, amina)
        await expect(phone.get_by_text("Well?")).to_be_in_viewport()
        await phone.locator(".log").evaluate("log => { log.scrollTop = 0; }")
        await expect(phone.locator(".down")).to_be_visible()
        await call("sendMessage", chat_id=amina, text="The latest")
        await expect(phone.locator(".caption .count")).to_have_text("1")
        await phone.get_by_role("button", name="To the newest message, 1 unread").click()
        await expect(phone.get_by_text("The latest")).to_be_in_viewport()
        await expect(phone.locator(".caption .count")).to_be_hidden()

        # Whoever taps by keyboard goes on from there when the bot has put another text in place.
        await phone.get_by_role("button", name="Yes").focus()
        await page.keyboard.press("Enter")
        again = {"inline_keyboard": [[{"text": "Sure", "callback_data": "s"}]]}
        number = asked["result"]["message_id"]
        await call("editMessageText", chat_id=amina, message_id=number, text="Really?", reply_markup=again)
        await expect(phone.get_by_role("button", name="Sure")).to_be_focused()
        await expect(page.locator("#announcer p").last).to_have_text("Amina: Suivi writes: The latest")


async def test_a_link_to_the_bot_opens_ones_own_chat_with_it(
    sandbox: Serving, call: Call, control: Call, updates: Updates
) -> None:
    amina, _, group = await furnished(call, control)
    await updates()
    await call(
        "sendMessage", chat_id=amina, text="Join: https://t.me/sandbox42_bot?start=NEW-1 or https://example.org/"
    )
    await control(f"people/{amina}/say", chat=group, text="Come: https://t.me/sandbox42_bot?start=NEW-2")
    async with reading(sandbox.url) as page:
        phone = phone_of(page, amina)
        await expect(phone.get_by_role("link", name="https://example.org/")).to_be_visible()
        await phone.get_by_role("button", name="start=NEW-1").click()
        assert (await started(updates, "NEW-1"))["from"]["id"] == amina
        await phone_of(page, group).get_by_role("button", name="start=NEW-2").click()
        update = await started(updates, "NEW-2")
        assert update["chat"]["type"] == "private"


async def started(updates: Updates, code: str) -> Json:
    """The message by which somebody opened the chat with that code."""
    while True:
        message = await next_update(updates, "message")
        if message["text"] == f"/start {code}":
            return message

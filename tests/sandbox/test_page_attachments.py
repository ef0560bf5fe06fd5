"""Places and recordings on the page: sent from the attach menu, shown so that everybody can hear, see and read them."""

from pathlib import Path

import httpx
import pytest
from playwright.async_api import Locator, Page, expect

import sandbox.samples
from sandbox.server import Serving
from tests.sandbox.browsing import PHONE, Call, Json, Updates, furnished, next_update, phone_of, reading
from tests.sandbox.test_page_for_everybody import NAMELESS, TWICE

pytestmark = pytest.mark.browser

SAMPLES = Path(sandbox.samples.__file__).parent
WIDER = "element => element.scrollWidth > element.clientWidth"


async def attached(page: Page, phone: Locator, entry: str, name: str) -> None:
    """Pick a file by an entry of the attach menu."""
    await phone.locator("[data-key=attach]").click()
    async with page.expect_file_chooser() as chooser:
        await phone.locator(".clip").get_by_role("button", name=entry, exact=True).click()
    await (await chooser.value).set_files(SAMPLES / name)
    await expect(phone.locator(".about-bar")).to_contain_text(name)


async def sent(phone: Locator, updates: Updates) -> Json:
    await phone.locator("[data-key=send]").click()
    return await next_update(updates, "message")


async def heard_for(phone: Locator, tag: str) -> float:
    """How long the player of the newest message says that it plays."""
    player = phone.locator(f".message.own {tag}").last
    await expect(player).to_have_js_property("error", None)
    seconds: float = await player.evaluate(
        """player => player.readyState ? player.duration
            : new Promise(done => player.addEventListener("loadedmetadata", () => done(player.duration)))"""
    )
    return seconds


async def test_a_voice_note_an_audio_and_a_video(sandbox: Serving, call: Call, control: Call, updates: Updates) -> None:
    amina, _, _ = await furnished(call, control)
    await updates()
    async with reading(sandbox.url, PHONE) as page:
        phone = phone_of(page, amina)
        await attached(page, phone, "Voice note", "voice.ogg")
        message = await sent(phone, updates)
        assert (message["voice"]["mime_type"], message["voice"]["duration"]) == ("audio/ogg", 2)
        await expect(phone.get_by_label("Voice note", exact=True).last).to_be_visible()
        assert round(await heard_for(phone, "audio")) == 2

        await attached(page, phone, "File", "audio.mp3")
        assert (await sent(phone, updates))["audio"]["file_name"] == "audio.mp3"
        await expect(phone.get_by_label("Audio, audio.mp3", exact=True)).to_be_visible()

        await attached(page, phone, "Photo or video", "video.mp4")
        await phone.get_by_role("textbox", name="Message").fill("Our room")
        video = (await sent(phone, updates))["video"]
        assert (video["width"], video["height"], video["duration"]) == (320, 180, 2)
        await expect(phone.get_by_label("Video, Our room", exact=True)).to_be_visible()
        assert round(await heard_for(phone, "video")) == 2
        await phone.locator("video").evaluate("video => { video.currentTime = 1.5; }")
        await expect(phone.locator("video")).to_have_js_property("currentTime", 1.5)
        assert not await phone.locator(".log").evaluate(WIDER)


async def test_whoever_sends_says_what_it_is_sent_as(
    sandbox: Serving, call: Call, control: Call, updates: Updates
) -> None:
    amina, _, _ = await furnished(call, control)
    await updates()
    async with reading(sandbox.url, PHONE, scheme="dark") as page:
        phone = phone_of(page, amina)
        choice = phone.get_by_label("Send as")
        for entry, name, offered, default in (
            ("Photo or video", "photo.jpg", ["Photo", "File"], "photo"),
            ("File", "photo.jpg", ["Photo", "File"], "document"),
            ("Voice note", "audio.mp3", ["Voice note", "Audio", "File"], "voice"),
            ("File", "voice.ogg", ["Voice note", "Audio", "File"], "audio"),
            ("File", "video.mp4", ["Video", "File"], "video"),
        ):
            await attached(page, phone, entry, name)
            assert await choice.locator("option").all_text_contents() == offered
            await expect(choice).to_have_value(default)
        await choice.focus()
        await choice.select_option("File")
        await page.keyboard.press("Tab")
        assert "document" in await sent(phone, updates)
        await attached(page, phone, "File", "document.txt")
        await expect(choice).to_have_count(0)
        assert (await sent(phone, updates))["document"]["file_name"] == "document.txt"


async def test_a_place_by_keyboard_in_french(sandbox: Serving, call: Call, control: Call, updates: Updates) -> None:
    _, moussa, _ = await furnished(call, control)
    await updates()
    async with reading(sandbox.url, PHONE, locale="fr-FR", scheme="dark") as page:
        await page.get_by_role("tab", name="Moussa").click()
        phone = phone_of(page, moussa)
        await phone.locator("summary[aria-label=Joindre]").focus()
        await page.keyboard.press("Enter")
        await phone.locator("[data-key=attach-location]").focus()
        await page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Position")
        await expect(dialog).to_contain_text("Coordonnées proposées\u00a0: Dakar")
        latitude = dialog.get_by_label("Latitude")
        await expect(latitude).to_be_focused()
        await expect(latitude).to_have_value("14.6928")
        assert await page.evaluate(NAMELESS) == []
        assert await page.evaluate(TWICE) == []
        await latitude.fill("91")
        await page.keyboard.press("Enter")
        await expect(dialog).to_be_visible()
        await latitude.fill("14.7")
        await dialog.get_by_label("Précision (en mètres)").fill("")
        await page.keyboard.press("Enter")
        await expect(dialog).to_have_count(0)
        assert (await next_update(updates, "message"))["location"] == {"latitude": 14.7, "longitude": -17.4467}
        card = phone.get_by_role("group", name="Position")
        await expect(card).to_contain_text("Latitude 14,7000")
        await expect(card).to_contain_text("-17,4467")
        await expect(phone.get_by_role("textbox", name="Message")).to_be_focused()

        await phone.locator("[data-key=attach]").click()
        await phone.locator("[data-key=attach-location]").click()
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
        await expect(phone.locator(".place")).to_have_count(1)


async def test_a_key_that_asks_for_the_place_opens_the_dialog(
    sandbox: Serving, call: Call, control: Call, updates: Updates
) -> None:
    amina, _, _ = await furnished(call, control)
    await updates()
    keys = {"keyboard": [[{"text": "Share my location", "request_location": True}]]}
    await call("sendMessage", chat_id=amina, text="Where?", reply_markup=keys)
    async with reading(sandbox.url, PHONE) as page:
        phone = phone_of(page, amina)
        await phone.get_by_role("button", name="Share my location").click()
        await page.get_by_role("dialog", name="Location").get_by_role("button", name="Send").click()
        where = (await next_update(updates, "message"))["location"]
        assert where == {"latitude": -1.2864, "longitude": 36.8172, "horizontal_accuracy": 20}
        await expect(phone.get_by_role("group", name="Location")).to_contain_text("within 20 m")


async def test_a_passer_by_learns_what_came_but_not_from_where(
    sandbox: Serving, call: Call, control: Call, web: httpx.AsyncClient
) -> None:
    _, moussa, group = await furnished(call, control)
    async with reading(sandbox.url) as page:
        await page.get_by_role("button", name="Lock all phones").click()
        await control(f"people/{moussa}/location", latitude=14.7, longitude=-17.4, chat=group)
        await web.post(
            f"/sandbox/people/{moussa}/send",
            data={"as": "voice", "chat": group},
            files={"file": ("voice.ogg", (SAMPLES / "voice.ogg").read_bytes())},
        )
        notifications = phone_of(page, group).locator(".notifications")
        await expect(notifications).to_contain_text("Location")
        await expect(notifications).to_contain_text("Voice note")
        await expect(notifications).not_to_contain_text("14.7")
        await page.get_by_role("button", name="Unlock all phones").click()
        voice = phone_of(page, group).locator(".message", has_text="Voice note")
        await voice.hover()
        await voice.locator(".act").click()
        await voice.locator(".action-sheet").get_by_role("button", name="Reply").click()
        await expect(phone_of(page, group).locator(".about-bar")).to_contain_text("Reply to Moussa Voice note")
        await phone_of(page, group).get_by_role("textbox", name="Message").fill("Heard")
        await page.keyboard.press("Enter")
        await expect(phone_of(page, group).locator(".quoted")).to_contain_text("Voice note")

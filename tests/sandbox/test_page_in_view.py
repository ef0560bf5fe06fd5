"""What somebody wants to see is in view: the newest message, the top of a long one, the tab of the phone shown."""

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox.server import Serving
from tests.sandbox.browsing import DEMO, DESKTOP, PHONE, Call, furnished, phone_of, reading

pytestmark = pytest.mark.browser

FROM_END = "log => log.scrollHeight - log.clientHeight - log.scrollTop"
FROM_TOP = "item => item.getBoundingClientRect().top - item.parentElement.getBoundingClientRect().top"
WIDTH = "element => element.clientWidth"
EDGES = "element => [element.getBoundingClientRect().top, element.getBoundingClientRect().bottom]"
LONG = "You are free to take part or not. " * 60
SCENE = {
    "id": "wait",
    "name": {"en": "Hello", "fr": "Bonjour"},
    "about": {"en": "Amina waits", "fr": "Amina attend"},
    "steps": [
        {"do": "lock", "who": "Moussa", "caption": {"en": "She waits for a word. " * 5, "fr": "Elle attend. " * 5}},
        {"do": "tap", "who": "Amina", "text": "Go"},
    ],
}


async def at_its_end(phone: Locator) -> None:
    """The log has come to rest at its end."""
    await expect(phone.locator(".message").last).to_be_in_viewport(ratio=1)
    assert await phone.locator(".log").evaluate(FROM_END) < 2


async def test_phones_that_come_leave_the_others_at_their_end(sandbox: Serving, call: Call, control: Call) -> None:
    amina, _, _ = await furnished(call, control)
    for number in range(12):
        await call("sendMessage", chat_id=amina, text=f"{number} " + "What have you kept of all we said? " * 4)
    async with reading(sandbox.url) as page:
        phone = phone_of(page, amina)
        await at_its_end(phone)
        wide = await phone.evaluate(WIDTH)
        body = {"role": "participant", "name": "Yao", "language": "fr", "zone": "Africa/Abidjan"}
        await control("demo/person", **body)
        await expect(page.locator(".phone")).to_have_count(4)
        assert await phone.evaluate(WIDTH) < wide
        await at_its_end(phone)
        await call("sendMessage", chat_id=amina, text="Well?")
        await expect(phone.get_by_text("Well?")).to_be_in_viewport()
        await expect(phone.locator(".caption .count")).to_be_hidden()


async def test_a_long_message_is_read_from_its_top(sandbox: Serving, call: Call, control: Call) -> None:
    amina, _, _ = await furnished(call, control)
    async with reading(sandbox.url, PHONE) as page:
        phone = phone_of(page, amina)
        for number in range(12):
            await call("sendMessage", chat_id=amina, text=f"Line {number}")
        await expect(phone.get_by_text("Line 11", exact=True)).to_be_in_viewport()
        await at_its_end(phone)
        keys = [[{"text": "Yes", "callback_data": "y"}]]
        await call("sendMessage", chat_id=amina, text=LONG, reply_markup={"inline_keyboard": keys})
        long = phone.locator(".message", has_text="You are free").last
        await expect(long).to_be_in_viewport()
        assert abs(await long.evaluate(FROM_TOP)) < 2
        await call("sendMessage", chat_id=amina, text="Well?")
        await expect(phone.get_by_role("button", name="To the newest message, 1 unread")).to_be_visible()
        assert abs(await long.evaluate(FROM_TOP)) < 2

        # A tap that a scene makes does not scroll; the answer to it leads on.
        tapped = await control(f"people/{amina}/tap", text="Yes")
        await call("answerCallbackQuery", callback_query_id=tapped["callback_query_id"])
        await expect(phone.get_by_text("Well?")).to_be_in_viewport()
        await expect(phone.locator(".down")).to_be_hidden()

        # Whoever moves the clock wants to see what comes then.
        await call("sendMessage", chat_id=amina, text=LONG)
        await expect(phone.locator(".down")).to_be_visible()
        await control("clock", advance=86_400)
        await call("sendMessage", chat_id=amina, text="A day later")
        await expect(phone.get_by_text("A day later")).to_be_in_viewport()


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
async def test_the_caption_of_a_scene_covers_nothing(
    sandbox: Serving, call: Call, control: Call, size: tuple[int, int]
) -> None:
    await call("getMe")
    await control("demo", **DEMO, scenes=[SCENE])
    async with reading(sandbox.url, size) as page:
        await control("scenes/wait/play")
        bar = page.locator("#scene-bar")
        await expect(bar).to_contain_text("She waits")
        await expect(bar.get_by_role("button", name="Stop the scene")).to_be_in_viewport(ratio=1)
        await expect(bar).to_be_in_viewport(ratio=1)
        top, bottom = await bar.evaluate(EDGES)
        assert (await page.locator(".phone:visible").first.evaluate(EDGES))[1] <= top
        if size == PHONE:
            assert bottom <= (await page.locator("#tabs").evaluate(EDGES))[0]


async def test_a_narrow_page_in_french_begins_with_a_phone_in_french(
    sandbox: Serving, call: Call, control: Call
) -> None:
    await furnished(call, control)
    async with reading(sandbox.url, PHONE, locale="fr-FR") as page:
        await expect(page.get_by_role("tab", name="Moussa")).to_have_attribute("aria-selected", "true")
        for name in ("Aïssatou", "Nadège", "Mariam"):
            await control("demo/person", role="participant", name=name, language="fr", zone="Africa/Douala")
        await expect(page.locator(".tab-name")).to_have_text(
            ["Amina", "Moussa", "Aïssatou", "Nadège", "Mariam", "Peers"]
        )
        await group_comes_into_view(page)


async def group_comes_into_view(page: Page) -> None:
    """The last tab is beyond the edge until the keyboard gets there."""
    last = page.get_by_role("tab", name="Peers")
    await expect(last).not_to_be_in_viewport(ratio=1)
    await page.get_by_role("tab", name="Moussa").focus()
    for _ in range(4):
        await page.keyboard.press("ArrowRight")
    await expect(last).to_be_in_viewport(ratio=1)


async def test_a_heart_is_drawn_in_colour_and_sent_bare(sandbox: Serving, call: Call, control: Call) -> None:
    amina, _, _ = await furnished(call, control)
    await call("sendMessage", chat_id=amina, text="Thank you")
    async with reading(sandbox.url) as page:
        message = phone_of(page, amina).locator(".message.other").last
        await message.hover()
        await message.locator(".act").click()
        heart = message.get_by_role("button", name="React with a heart")
        await expect(heart).to_have_text("❤\ufe0f")
        await heart.click()
        await expect(message.get_by_role("button", name="a heart, 1 person")).to_have_text("❤\ufe0f1")
    (chat,) = (chat for chat in sandbox.state.private_chats.values() if chat.id == amina)
    assert [given for each in chat.messages.values() for given in each.reactions.values()] == ["❤"]

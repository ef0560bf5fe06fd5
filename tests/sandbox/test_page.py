"""The page in a real browser: somebody starts the bot, reads, taps, moves the clock, and adds more phones."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox.server import Serving
from tests.sandbox.browsing import DEMO, LINK, PHONE, Call, Updates, furnished, next_update, phone_of, reading

pytestmark = pytest.mark.browser

QUESTION = {
    "text": "What have you <b>kept</b>? &lt;script&gt; or /help",
    "parse_mode": "HTML",
    "reply_markup": {"inline_keyboard": [[{"text": "A lot", "callback_data": "lot"}]]},
}
SWIPE = """by => {
    const shelf = document.getElementById("phones");
    const touch = x => [new Touch({ identifier: 1, target: shelf, clientX: x, clientY: 300 })];
    shelf.dispatchEvent(new TouchEvent("touchstart", { touches: touch(80) }));
    shelf.dispatchEvent(new TouchEvent("touchend", { changedTouches: touch(80 + by) }));
}"""
SCENE = {
    "id": "hello",
    "name": {"en": "Hello", "fr": "Bonjour"},
    "about": {"en": "Amina says hello", "fr": "Amina dit bonjour"},
    "steps": [
        {"do": "start", "who": "Amina", "caption": {"en": "Amina comes in", "fr": "Amina arrive"}},
        {"do": "lock", "who": "Amina"},
        {"do": "tap", "who": "Amina", "text": "Go", "caption": {"en": "She taps", "fr": "Elle touche"}},
    ],
}


async def start_and_answer(phone: Locator, call: Call, updates: Updates) -> None:
    """Follow the invitation, get a question, tap, see the answer and the edit."""
    await expect(phone.locator(".invitation-link")).to_have_text(LINK)
    await phone.get_by_role("button", name="START").click()
    message = await next_update(updates, "message")
    assert message["text"] == "/start LSE-1"
    await expect(phone.locator(".message.own .text")).to_have_text("/start")
    chat = message["chat"]["id"]

    await call("sendChatAction", chat_id=chat, action="typing")
    await expect(phone.locator(".subtitle")).to_have_text("typing")
    sent = (await call("sendMessage", chat_id=chat, **QUESTION))["result"]
    bubble = phone.locator(".message.other .text")
    await expect(bubble).to_have_text("What have you kept? <script> or /help")
    await expect(bubble.locator("strong")).to_have_text("kept")
    await expect(phone.locator(".subtitle")).to_have_text("bot")

    key = phone.get_by_role("button", name="A lot")
    await key.click()
    query = await next_update(updates, "callback_query")
    await expect(key).to_have_attribute("aria-busy", "true")
    await call("answerCallbackQuery", callback_query_id=query["id"], text="Noted")
    await expect(phone.locator(".toast")).to_have_text("Noted")
    await expect(key).not_to_have_attribute("aria-busy", "true")
    await call("editMessageText", chat_id=chat, message_id=sent["message_id"], text="Thank you")
    await expect(bubble).to_have_text("Thank you")
    await expect(key).to_have_count(0)


async def write_and_choose_a_command(phone: Locator, updates: Updates) -> None:
    await phone.get_by_role("textbox", name="Message").fill("  Hello\nthere ")
    await phone.get_by_role("button", name="Send").click()
    assert (await next_update(updates, "message"))["text"] == "Hello\nthere"
    await phone.locator("summary[aria-label=Commands]").click()
    await phone.get_by_role("button", name="/help What I can do").click()
    assert (await next_update(updates, "message"))["text"] == "/help"


async def speak_in_the_group(phone: Locator, updates: Updates) -> None:
    await phone.get_by_label("Speaking as").select_option(label="Moussa")
    await phone.get_by_role("textbox", name="Message").fill("/help")
    await phone.get_by_role("button", name="Send").click()
    message = await next_update(updates, "message")
    assert (message["from"]["first_name"], message["chat"]["title"]) == ("Moussa", "Peers")


async def move_the_clock(page: Page, call: Call, chat: int) -> None:
    days = page.locator(f"#phone-{chat} .day")
    await expect(days).to_have_count(1)
    await page.get_by_role("button", name="+1 day").click()
    await expect(page.locator("#clock-status")).to_have_text("The clock has moved, 1 stop on the way")
    await call("sendMessage", chat_id=chat, text="A day later")
    await expect(days).to_have_count(2)


async def test_the_page(sandbox: Serving, call: Call, control: Call, updates: Updates) -> None:
    await call("setMyName", name="Follow-up")
    await call("setMyName", name="Suivi", language_code="fr")
    await call("setMyCommands", commands=[{"command": "help", "description": "What I can do"}])
    amina = (await control("demo", **DEMO))["people"][0]["id"]
    await updates()  # that the bot was added to the group
    async with reading(sandbox.url) as page:
        await expect(page.locator(".phone")).to_have_count(3)
        english, french, group = (page.locator(".phone").nth(index) for index in range(3))
        await expect(english.locator(".who strong")).to_have_text("Follow-up")
        await expect(french.locator(".who strong")).to_have_text("Suivi")
        await expect(french.get_by_role("button", name="DÉMARRER")).to_be_visible()
        await expect(french.locator(".city")).to_have_text("Dakar")

        await start_and_answer(english, call, updates)
        await write_and_choose_a_command(english, updates)
        await speak_in_the_group(group, updates)
        await move_the_clock(page, call, amina)
        await page.get_by_role("button", name="Français").click()
        await expect(page.get_by_role("button", name="+1 jour")).to_be_visible()
        await page.reload()
        await expect(page.get_by_role("button", name="+1 jour")).to_be_visible()
        await expect(english.locator(".message").last.locator(".text")).to_have_text("A day later")
        await page.locator("#people > summary").click()
        await page.get_by_role("button", name="10 personnes participent et répondent").click()
        await expect(page.locator("#crowd-status")).to_contain_text("10 personnes simulées")


@pytest.mark.parametrize(("locale", "week"), [("en-GB", "+1 week"), ("fr-FR", "+1 semaine")])
async def test_a_narrow_window_shows_one_phone(
    sandbox: Serving, call: Call, control: Call, locale: str, week: str
) -> None:
    amina, _, group = await furnished(call, control)
    async with reading(sandbox.url, PHONE, locale=locale) as page:
        await expect(page.locator(".phone:visible")).to_have_count(1)
        await expect(page.get_by_role("button", name=week)).to_be_visible()
        await call("sendMessage", chat_id=group, text="Good morning, everybody")
        tab = page.get_by_role("tab", name="Peers")
        await expect(tab.locator(".count")).to_have_text("1")
        await page.get_by_role("tab", name="Amina").focus()
        for _ in range(2):
            await page.keyboard.press("ArrowRight")
        await expect(tab).to_be_focused()
        await expect(page.locator(".phone:visible .who strong")).to_have_text("Peers")
        await expect(tab.locator(".count")).to_be_hidden()
        await page.evaluate(SWIPE, 200)
        await expect(page.get_by_role("tab", name="Moussa")).to_have_attribute("aria-selected", "true")
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        assert await phone_of(page, amina).get_attribute("role") == "tabpanel"


async def test_more_people_and_groups(sandbox: Serving, call: Call, control: Call) -> None:
    await furnished(call, control)
    async with reading(sandbox.url) as page:
        await add(page, "Add a coordinator…", Name="Grace")
        grace = page.locator(".phone").nth(2)
        await expect(grace.locator(".caption")).to_contain_text("Grace’s phone")
        await expect(grace.locator(".invitation-link")).to_have_text(f"{LINK}-C")
        await add(page, "Add a participant…", Name="Yao", Language="Français", Where="Abidjan")
        await expect(page.locator(".phone").nth(3).locator(".city")).to_have_text("Abidjan")
        await expect(page.locator(".phone").nth(3).get_by_role("button", name="DÉMARRER")).to_be_visible()
        await page.locator("#people > summary").click()
        await expect(page.get_by_role("button", name="Add a coordinator…")).to_have_count(0)  # no link is left
        await page.keyboard.press("Escape")
        await add(page, "Add a group…", Title="A smaller circle", ordinary=True)
        circle = page.locator(".phone").last
        await expect(page.locator(".caption").nth(4)).to_have_text("Peers")
        await expect(circle.locator(".caption")).to_have_text("A smaller circle")
        await expect(circle.locator(".subtitle")).to_have_text("4 members, with the bot")
        await in_the_group_menu(circle)


async def in_the_group_menu(circle: Locator) -> None:
    """Somebody leaves and comes back; the group becomes a supergroup, and goes on under another id."""
    await choose(circle, "Amina leaves the group")
    await expect(circle.locator(".notice").last).to_have_text("Amina left the group")
    await expect(circle.get_by_label("Speaking as")).to_have_value(re.compile("."))
    await choose(circle, "Amina joins the group")
    await expect(circle.locator(".notice").last).to_have_text("Amina joined the group")
    before = await circle.get_attribute("id")
    await choose(circle, "Make it a supergroup")
    await expect(circle).not_to_have_attribute("id", str(before))
    await expect(circle.locator(".notice").first).to_have_text("This group has become a supergroup")


async def test_blocking_and_the_language_of_the_app(
    sandbox: Serving, call: Call, control: Call, updates: Updates
) -> None:
    amina, _, _ = await furnished(call, control)
    await updates()
    async with reading(sandbox.url) as page:
        phone = phone_of(page, amina)
        await choose(phone, "Block the bot")
        assert (await call("sendMessage", chat_id=amina, text="Hello?"))["error_code"] == 403
        await phone.get_by_role("button", name="UNBLOCK AND RESTART").click()
        await expect(phone.get_by_role("textbox", name="Message")).to_be_focused()
        assert (await next_update(updates, "message"))["text"] == "/start"
        await choose(phone, "Switch the app to French")
        await expect(phone.get_by_role("button", name="Envoyer")).to_be_visible()


async def test_a_scene_plays_and_is_stopped(sandbox: Serving, call: Call, control: Call) -> None:
    await call("getMe")
    await control("demo", **DEMO, scenes=[SCENE])
    async with reading(sandbox.url) as page:
        await page.locator("#scenes > summary").click()
        await page.get_by_role("button", name="Hello").click()
        bar = page.locator("#scene-bar")
        await expect(bar).to_contain_text("She taps")
        await expect(page.locator(".phone").first.locator(".lock")).to_be_visible()
        await page.get_by_role("button", name="Français").click()
        await expect(bar).to_contain_text("Bonjour · 3 sur 3")
        await bar.get_by_role("button", name="Arrêter la scène").click()
        await expect(bar.get_by_role("button", name="Arrêter la scène")).to_have_count(0)


async def test_faults_are_switched_on_and_off(sandbox: Serving, call: Call, control: Call) -> None:
    await furnished(call, control)
    async with reading(sandbox.url) as page:
        await page.locator("#faults > summary").click()
        slow = page.get_by_role("checkbox", name="Answers come slowly")
        await slow.check()
        await expect(page.locator("#faults > summary")).to_have_attribute("aria-label", "Faults: 1 on")
        assert [fault["kind"] for fault in sandbox.state.faults.view()] == ["slow"]
        await slow.uncheck()
        await expect(page.locator("#faults > summary")).to_have_attribute("aria-label", "Faults")
        assert sandbox.state.faults.view() == []


async def choose(phone: Locator, entry: str) -> None:
    """Open the menu of a phone and choose an entry."""
    await phone.locator("summary[aria-label=More]").click()
    await phone.get_by_role("button", name=entry).click()


async def add(page: Page, entry: str, *, ordinary: bool = False, **fields: str) -> None:
    """Add somebody, or a group, by the menu of people."""
    await page.locator("#people > summary").click()
    await page.get_by_role("button", name=entry).click()
    dialog = page.get_by_role("dialog")
    for label, value in fields.items():
        field = dialog.get_by_label(label)
        if await field.evaluate("field => field.localName") == "select":
            await field.select_option(label=value)
        else:
            await field.fill(value)
    if ordinary:
        await dialog.get_by_role("checkbox").check()
    await dialog.get_by_role("button", name="Add", exact=True).click()
    await expect(dialog).to_have_count(0)

"""The page in a real browser: somebody starts the bot, reads, taps, moves the clock."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from sandbox.server import Serving

pytestmark = pytest.mark.browser

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
Updates = Callable[[], Awaitable[list[Json]]]

DEMO = {
    "people": [{"name": "Amina", "language": "en"}, {"name": "Benoît", "language": "fr"}],
    "group": {"title": "Peers"},
    "invitation": {"link": "https://t.me/sandbox42_bot?start=LSE-1"},
    "crowd": {"link": "https://t.me/sandbox42_bot?start=LSE-1"},
}
QUESTION = {
    "text": "What have you <b>kept</b>? &lt;script&gt; or /help",
    "parse_mode": "HTML",
    "reply_markup": {"inline_keyboard": [[{"text": "A lot", "callback_data": "lot"}]]},
}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    path = os.environ.get("SUIVI_CHROMIUM") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        await browser.close()


async def opened(browser: Browser, url: str, width: int, height: int, problems: list[str]) -> Page:
    """A page that notes every error and every request to elsewhere."""
    context = await browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    page = await context.new_page()
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: problems.append(request.url) if not request.url.startswith(url) else None)
    await page.goto(url)
    await expect(page.locator(".phone")).to_have_count(3)
    return page


async def next_update(updates: Updates, kind: str) -> Json:
    async with asyncio.timeout(10):
        while True:
            for update in await updates():
                if kind in update:
                    found: Json = update[kind]
                    return found


async def start_and_answer(phone: Locator, call: Call, updates: Updates) -> None:
    """Follow the invitation, get a question, tap, see the answer and the edit."""
    await expect(phone.locator(".invitation-link")).to_have_text(DEMO["invitation"]["link"])
    await phone.get_by_role("button", name="START").click()
    message = await next_update(updates, "message")
    assert message["text"] == "/start LSE-1"
    chat = message["chat"]["id"]

    await call("sendChatAction", chat_id=chat, action="typing")
    await expect(phone.locator(".subtitle")).to_have_text("typing…")
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
    await phone.get_by_label("Speaking as").select_option(label="Benoît")
    await phone.get_by_role("textbox", name="Message").fill("/help")
    await phone.get_by_role("button", name="Send").click()
    message = await next_update(updates, "message")
    assert (message["from"]["first_name"], message["chat"]["title"]) == ("Benoît", "Peers")


async def move_the_clock(page: Page, call: Call, chat: int) -> None:
    days = page.locator(f"#phone-{chat} .day")
    await expect(days).to_have_count(1)
    await page.get_by_role("button", name="+1 day").click()
    await expect(page.locator("#clock-status")).to_have_text("The clock has moved, 1 stop on the way")
    await call("sendMessage", chat_id=chat, text="A day later")
    await expect(days).to_have_count(2)


async def test_the_page(sandbox: Serving, call: Call, control: Call, updates: Updates, browser: Browser) -> None:
    problems: list[str] = []
    await call("setMyName", name="Follow-up")
    await call("setMyName", name="Suivi", language_code="fr")
    await call("setMyCommands", commands=[{"command": "help", "description": "What I can do"}])
    amina = (await control("demo", **DEMO))["people"][0]["id"]
    await updates()  # that the bot was added to the group
    page = await opened(browser, sandbox.url, 1280, 800, problems)
    english, french, group = (page.locator(".phone").nth(index) for index in range(3))
    await expect(english.locator(".who strong")).to_have_text("Follow-up")
    await expect(french.locator(".who strong")).to_have_text("Suivi")
    await expect(french.get_by_role("button", name="DÉMARRER")).to_be_visible()

    await start_and_answer(english, call, updates)
    await write_and_choose_a_command(english, updates)
    await speak_in_the_group(group, updates)
    await move_the_clock(page, call, amina)
    await page.get_by_role("button", name="Français").click()
    await expect(page.get_by_role("button", name="+1 jour")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("button", name="+1 jour")).to_be_visible()
    await expect(english.locator(".message").last.locator(".text")).to_have_text("A day later")
    await page.get_by_role("button", name="10 personnes participent").click()
    await expect(page.locator("#crowd-status")).to_contain_text("10 personnes simulées")

    narrow = await opened(browser, sandbox.url, 360, 740, problems)
    await expect(narrow.locator(".phone:visible")).to_have_count(1)
    await narrow.get_by_role("tab", name="Peers").click()
    await expect(narrow.locator(".phone:visible .who strong")).to_have_text("Peers")
    assert await narrow.evaluate("document.documentElement.scrollWidth") == 360
    assert problems == []

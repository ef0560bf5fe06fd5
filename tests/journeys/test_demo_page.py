"""The demonstration as a newcomer meets it: one command, a page in a browser, a phone as narrow as phones are."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.conftest import CHROMIUM
from tests.journeys.conftest import free_port
from tests.journeys.process import BotProcess
from tests.sandbox.conftest import hold_against_aiogram, hold_against_schema

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 360, 740
WAIT = 15_000
"""Milliseconds for what must come; only a failing test waits so long."""


@pytest.fixture
async def demonstration(tmp_path: Path) -> AsyncIterator[tuple[BotProcess, str]]:
    """`suivi run` without a token, and the address of its page."""
    port = free_port()
    process = BotProcess({"SUIVI_SANDBOX_PORT": str(port)}, tmp_path)
    await process.start()
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        if process.alive:
            await process.interrupt()


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser: Browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = await browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
        context.set_default_timeout(WAIT)
        yield await context.new_page()
        await browser.close()


async def test_a_newcomer(demonstration: tuple[BotProcess, str], page: Page) -> None:
    process, url = demonstration
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    await _printed(process, url)
    await page.goto(url)
    await page.get_by_role("tab", name="Moussa").click()
    phone = page.locator(".phone:visible")
    await expect(phone).to_have_count(1)

    await phone.get_by_role("button", name="DÉMARRER").click()
    for label in ("Oui à tout, je participe", "Sénégal", "Passer", "Passer", "Oui"):
        await phone.get_by_role("button", name=label, exact=True).click()
        await _no_overflow(page)
    await expect(phone.locator(".message.other .text").last).to_contain_text("Vous participez maintenant")

    for _ in range(3):  # whatever the day of the week, and should there be holidays
        await page.get_by_role("button", name="+1 week").click()
        await expect(page.locator("#clock-status")).to_contain_text("The clock has moved")
        declining = phone.get_by_role("button", name="Pas cette fois", exact=True)
        while left := await declining.count():  # surveys and their reminders go before refreshers
            await declining.first.click()
            await expect(declining).to_have_count(left - 1)
    refresher = phone.locator(".message.other", has_text="Vous avez un nouveau message").first
    await refresher.get_by_role("button", name="Ouvrir", exact=True).click()
    await phone.get_by_role("button", name="Je ne m’en souviens pas").click()
    explained = phone.locator(".message.other .text", has_text="Voici la réponse")
    await expect(explained).to_be_visible()
    await phone.get_by_role("button", name="Transmettre", exact=True).click()
    await expect(phone.locator(".message.other img").last).to_be_visible()
    await _no_overflow(page)

    await page.get_by_role("tab", name="Learning and Sharing Event 2026").click()
    await expect(phone.locator(".message.other .text").last).to_contain_text("This group now gets the digests")
    await _no_overflow(page)
    assert problems == []
    await _journal_holds(url)
    assert await process.interrupt() == 0
    with pytest.raises(aiohttp.ClientConnectionError):
        async with aiohttp.ClientSession() as session:
            await session.get(url)


async def test_a_scene_comes_to_the_front(demonstration: tuple[BotProcess, str], page: Page) -> None:
    process, url = demonstration
    await _printed(process, url)
    await page.goto(url)
    await page.locator("#scenes summary").click()
    await page.get_by_text("A coordinator links a group").click()
    await expect(page.locator("#scene-bar")).to_contain_text("Grace opens a coordinator’s invitation")
    await expect(page.get_by_role("tab", name="Grace")).to_have_attribute("aria-selected", "true")
    phone = page.locator(".phone:visible")
    await expect(phone.locator(".message.other .text").last).to_contain_text("You are now a coordinator")
    await _no_overflow(page)
    await page.get_by_role("button", name="Stop the scene").click()
    await expect(page.locator("#scene-bar")).to_contain_text("The scene was stopped.")


async def _printed(process: BotProcess, url: str) -> None:
    """The address stands in what the command says, once the page is ready."""
    async with asyncio.timeout(20):
        while f"{url}/" not in process.log.read_text(encoding="utf-8"):
            assert process.alive, process.log.read_text(encoding="utf-8")
            await asyncio.sleep(0.05)


async def _no_overflow(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth") <= WIDTH


async def _journal_holds(url: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/sandbox/journal") as response:
        lines = (await response.text()).splitlines()
    assert len(lines) > 20
    hold_against_aiogram(lines)
    hold_against_schema(lines)

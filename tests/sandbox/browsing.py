"""A reader of the page: a real Chromium that notes every error, and every request to elsewhere."""

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from playwright.async_api import Locator, Page, async_playwright, expect

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
Updates = Callable[[], Awaitable[list[Json]]]

PATIENCE = 5_000
"""Milliseconds for what must come; only a failing test waits so long."""

LINK = "https://t.me/sandbox42_bot?start=LSE-1"
DEMO: Json = {
    "people": [
        {"name": "Amina", "language": "en", "zone": "Africa/Nairobi"},
        {"name": "Moussa", "language": "fr", "zone": "Africa/Dakar"},
    ],
    "group": {"title": "Peers"},
    "invitations": {"participant": {"link": LINK}, "coordinator": {"links": [f"{LINK}-C"]}},
    "crowd": {"link": LINK},
}
DESKTOP = (1280, 800)
PHONE = (360, 740)


@contextlib.asynccontextmanager
async def reading(
    url: str, size: tuple[int, int] = DESKTOP, *, locale: str = "en-GB", scheme: Any = "light"
) -> AsyncIterator[Page]:
    """The page in a browser of that size; in the end nothing may have gone wrong in it."""
    path = os.environ.get("SUIVI_CHROMIUM") or shutil.which("chromium")
    problems: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        context = await browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=locale,
            color_scheme=scheme,
            timezone_id="Africa/Nairobi",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        own = (url, f"blob:{url}")
        page.on("request", lambda request: problems.append(request.url) if not request.url.startswith(own) else None)
        await page.goto(url)
        await expect(page.locator("#clock-time")).not_to_be_empty()
        yield page
        await browser.close()
    assert problems == []


async def next_update(updates: Updates, kind: str) -> Json:
    """The next update of that kind that the bot gets."""
    async with asyncio.timeout(10):
        while True:
            for update in await updates():
                if kind in update:
                    found: Json = update[kind]
                    return found


async def furnished(call: Call, control: Call) -> tuple[int, int, int]:
    """A bot, two people who have started it, and their group: the ids of their chats."""
    await call("setMyName", name="Suivi")
    demo = await control("demo", **DEMO)
    amina, moussa = (person["id"] for person in demo["people"])
    for person in (amina, moussa):
        await control(f"people/{person}/start", code="LSE-1")
    return amina, moussa, demo["groups"][0]["id"]


def phone_of(page: Page, chat: int) -> Locator:
    """The phone that shows a chat."""
    return page.locator(f"#phone-{chat}")

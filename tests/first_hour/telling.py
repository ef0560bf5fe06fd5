"""The hour from its beginning to its end: the demonstration is started, played in a browser, and told."""

import asyncio
import os
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page, async_playwright

from conversations.model import Language
from tests.first_hour.play import Hour
from tests.first_hour.reader import Reader
from tests.first_hour.steps import play

PHONE = (360, 740)
NOON = "2026-12-07T09:00:00+00:00"
"""A Monday: noon in Nairobi, nine o’clock in Dakar."""
_LOCALES = {Language.EN: "en-GB", Language.FR: "fr-FR"}


async def played(language: Language, folder: Path, pictures: Path | None = None) -> str:
    """The page of the docs, as it would be written now."""
    async with _demonstration(folder) as url, _page(url, language) as page:
        reader = Reader(page, url)
        await reader.until_time(NOON)
        hour = Hour(reader, language, folder, pictures)
        await play(hour)
    minutes = round(reader.seconds / 60)
    spent = hour.words("spent").format(minutes=minutes, taps=reader.taps)
    told = [f"# {hour.words('title')}", hour.words("intro"), *hour.told, f"## {hour.words('time')}", spent]
    return "\n\n".join(told) + "\n"


@asynccontextmanager
async def _demonstration(folder: Path) -> AsyncIterator[str]:
    """`suivi run` without a token, as its own process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SUIVI_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli", "run"),
        env=environment | {"SUIVI_SANDBOX_PORT": str(port), "PYTHONPATH": str(Path.cwd())},
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        while b"Open" not in await asyncio.wait_for(process.stdout.readline(), 60):
            pass
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def _page(url: str, language: Language) -> AsyncIterator[Page]:
    path = os.environ.get("SUIVI_CHROMIUM") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        context = await browser.new_context(
            viewport={"width": PHONE[0], "height": PHONE[1]},
            locale=_LOCALES[language],
            timezone_id="Africa/Nairobi",
            reduced_motion="reduce",
        )
        page = await context.new_page()
        await page.goto(url)
        await page.locator(".phone").first.wait_for(state="attached")
        yield page
        await browser.close()

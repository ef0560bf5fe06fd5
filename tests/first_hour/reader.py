"""Somebody who sits before the page at phone size: what they tap, type and send, and how long that takes.

Time is reckoned by the keystroke-level model (Card, Moran and Newell, The Keystroke-Level Model for User Performance
Time with Interactive Systems, 1980), with its operators as they are for a slow typist on a phone, and reading at 200
words a minute.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page

Json = dict[str, Any]
PATIENCE = 60_000
"""Milliseconds for what must come."""
SECONDS_A_TAP = 1.1 + 1.35
"""To point at something, and to make up one's mind."""
SECONDS_A_KEY = 0.5
SECONDS_A_WORD = 60 / 200


@dataclass
class Reader:
    """The page, and what has been done on it."""

    page: Page
    url: str
    seconds: float = 0
    taps: int = 0

    async def messages(self, chat: int) -> list[Json]:
        answer = await self.page.request.get(f"{self.url}/sandbox/chats/{chat}/messages")
        found: list[Json] = await answer.json()
        return found

    def phone(self, chat: int) -> Locator:
        return self.page.locator(f"#phone-{chat}")

    async def hold(self, chat: int) -> None:
        """Take that phone into the hand: in a narrow window one is seen at a time."""
        tab = self.page.locator(f"#tabs [role=tab][aria-controls='phone-{chat}']")
        if await tab.is_visible():
            await tab.click()

    def spent(self, *, taps: int = 0, typed: str = "") -> None:
        self.taps += taps
        self.seconds += taps * SECONDS_A_TAP + len(typed) * SECONDS_A_KEY

    async def tap(self, chat: int, label: str) -> None:
        """Tap the newest button that begins so."""
        button = (
            self.phone(chat)
            .locator(".keyboard button, button.command-link, button.start")
            .filter(has_text=re.compile(re.escape(label)))
        )
        await button.last.click(timeout=PATIENCE)
        self.spent(taps=1)

    async def say(self, chat: int, words: str) -> None:
        box = self.phone(chat).locator("textarea")
        await box.fill(words, timeout=PATIENCE)
        await box.press("Enter")
        self.spent(taps=1, typed=words)

    async def send(self, chat: int, file: Path) -> None:
        await self.phone(chat).locator("input[data-kind=document]").set_input_files(file)
        await self.phone(chat).locator("textarea").press("Enter")
        self.spent(taps=4)

    async def download(self, chat: int, folder: Path) -> Path:
        async with self.page.expect_download() as coming:
            await self.phone(chat).locator("a.file").last.click(timeout=PATIENCE)
        self.spent(taps=1)
        got = await coming.value
        path = folder / got.suggested_filename
        await got.save_as(path)
        return path

    async def until(self, chat: int, words: str, *, shown: bool = True) -> None:
        """Wait for a message in which these words stand; not `shown` while another phone is in the hand."""
        found = self.phone(chat).locator(".message", has_text=words).last
        await found.wait_for(state="visible" if shown else "attached", timeout=PATIENCE)

    async def asked(self, chat: int, after: int) -> tuple[int, list[str]]:
        """The number of the newest message, one later than that one, and its keyboard, once it has one."""
        for _ in range(PATIENCE // 100):
            message = (await self.messages(chat))[-1]
            rows = (message.get("markup") or {}).get("inline_keyboard") or []
            if message["id"] > after and rows:
                return message["id"], [key["text"] for row in rows for key in row]
            await self.page.wait_for_timeout(100)
        raise AssertionError(f"nothing was asked after message {after}")

    async def crowd(self, people: int, link: str) -> None:
        """So many simulated people follow the link, join, and answer what comes."""
        body = {"people": people, "link": link, "seed": 1}
        answer = await self.page.request.post(f"{self.url}/sandbox/crowd", data=body, timeout=60_000)
        assert answer.ok, await answer.text()

    async def until_time(self, instant: str) -> None:
        """Move the clock of the page."""
        await self._move({"to": instant})

    async def advance(self, seconds: float) -> None:
        await self._move({"advance": seconds})

    async def _move(self, how: Json) -> None:
        answer = await self.page.request.post(f"{self.url}/sandbox/clock", data=how, timeout=60_000)
        assert answer.ok, await answer.text()

    async def picture(self, path: Path) -> None:
        await self.page.evaluate(
            "for (const log of document.querySelectorAll('.log')) log.scrollTop = log.scrollHeight"
        )
        await self.page.wait_for_timeout(400)
        await self.page.screenshot(path=path)

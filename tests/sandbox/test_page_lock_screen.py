"""The lock screen shows what anybody could read who sees a phone lie on a table: that, and no more."""

import pytest
from playwright.async_api import expect

from sandbox.server import Serving
from tests.sandbox.browsing import PHONE, Call, furnished, phone_of, reading

pytestmark = pytest.mark.browser


async def test_what_a_lock_screen_reveals(sandbox: Serving, call: Call, control: Call) -> None:
    amina, moussa, group = await furnished(call, control)
    await control("clock", frozen=True)
    await control("clock", to="2027-03-04T06:05:00+00:00")
    async with reading(sandbox.url) as page:
        await phone_of(page, moussa).get_by_role("button", name="Verrouiller ce téléphone").click()
        locked = phone_of(page, moussa).locator(".lock")
        await expect(locked.get_by_role("button", name="Déverrouiller")).to_be_focused()
        await expect(locked.locator(".lock-time")).to_have_text("06:05")  # in Dakar; in Nairobi it is three hours later
        await expect(locked.locator(".lock-date")).to_have_text("jeudi 4 mars · Dakar")
        await expect(locked).to_contain_text("Aucune notification")
        await expect(phone_of(page, amina).locator(".status-bar time")).to_have_text("09:05")

        keys = {"inline_keyboard": [[{"text": "Ouvrir", "callback_data": "o"}]]}
        sent = await call("sendMessage", chat_id=moussa, text="Vous avez un nouveau message.", reply_markup=keys)
        first = locked.locator(".notification").first
        await expect(first).to_contain_text("Suivi")
        await expect(first.locator(".notification-text")).to_have_text("Vous avez un nouveau message.")
        await expect(locked).not_to_contain_text("Ouvrir")
        await expect(page.locator("#announcer p").last).to_contain_text("Moussa, locked phone: Suivi: Vous avez")
        hidden = "Le mot est <tg-spoiler>secret</tg-spoiler>"
        await call("sendMessage", chat_id=moussa, text=hidden, parse_mode="HTML", disable_notification=True)
        await expect(first.locator(".notification-text")).to_have_text("Le mot est ░░░░░░")
        await expect(first.get_by_role("img", name="Envoyé sans son")).to_be_visible()
        await expect(phone_of(page, moussa).locator(".caption .count")).to_have_text("2")

        await expect(first.locator("time")).to_have_text("06:05")
        await control("clock", to="2027-03-05T06:00:00+00:00")
        await expect(first.locator("time")).to_have_text("4 mars")

        await call("deleteMessage", chat_id=moussa, message_id=sent["result"]["message_id"])
        await expect(locked.locator(".notification")).to_have_count(1)
        await expect(phone_of(page, moussa).locator(".caption .count")).to_have_text("1")
        await first.click()
        await expect(locked).to_be_hidden()
        await expect(phone_of(page, moussa).locator(".caption .count")).to_be_hidden()

        await page.get_by_role("button", name="Lock all phones").click()
        await expect(page.locator(".lock:visible")).to_have_count(3)
        await control(f"people/{moussa}/say", chat=group, text="Bonjour à tout le monde")
        together = phone_of(page, group).locator(".notification-text")
        await expect(together).to_have_text("Moussa: Bonjour à tout le monde")
        await page.get_by_role("button", name="Unlock all phones").click()
        await expect(page.locator(".lock:visible")).to_have_count(0)


async def test_a_locked_phone_stays_locked_in_a_narrow_window(sandbox: Serving, call: Call, control: Call) -> None:
    _, moussa, _ = await furnished(call, control)
    async with reading(sandbox.url, PHONE, locale="fr-FR", scheme="dark") as page:
        await page.get_by_role("tab", name="Moussa").click()
        await phone_of(page, moussa).get_by_role("button", name="Verrouiller ce téléphone").click()
        for number in range(6):
            await call("sendMessage", chat_id=moussa, text=f"Rappel {number}")
        locked = phone_of(page, moussa).locator(".lock")
        await expect(locked.locator(".notification")).to_have_count(4)
        await expect(locked).to_contain_text("et 2 autres")
        await page.get_by_role("tab", name="Amina").click()
        await expect(page.get_by_role("tab", name="Moussa").locator(".count")).to_have_text("6")
        await page.reload()
        await page.get_by_role("tab", name="Moussa").click()
        await expect(locked).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        await locked.get_by_role("button", name="Déverrouiller").press("Enter")
        await expect(locked).to_be_hidden()
        await expect(phone_of(page, moussa).get_by_role("button", name="Verrouiller ce téléphone")).to_be_focused()

"""The calendar on the page: what is planned, sent or held back, and why; and the clock that goes there."""

import re
from datetime import timedelta

import httpx
import pytest
from playwright.async_api import Page, expect

from sandbox.server import Serving
from tests.sandbox.browsing import PHONE, Call, Json, furnished, reading

pytestmark = pytest.mark.browser

NOW = "2027-03-04T06:05:00+00:00"  # a Thursday
REASON = {"en": "it was night there", "fr": "il y faisait nuit"}


def entry(name: str, at: str, chat: int | None, state: str, **more: str | dict[str, str]) -> Json:
    title = {"en": f"Refresher {name}", "fr": f"Rappel {name}"}
    return {"id": name, "at": at, "chat": chat, "title": title, "kind": "refresher", "state": state, **more}


async def planned(call: Call, control: Call) -> None:
    """A calendar around a Thursday at which the clock stands still."""
    amina, moussa, group = await furnished(call, control)
    await control("clock", frozen=True)
    await control("clock", to=NOW)
    entries = [
        entry("A", "2027-03-01T07:00:00+00:00", amina, "sent"),
        entry("B", "2027-03-03T21:00:00+00:00", moussa, "held", reason=REASON, moved_to="2027-03-05T08:00:00+00:00"),
        entry("C", "2027-03-02T07:00:00+00:00", amina, "skipped", reason=REASON),
        entry("D", "2027-03-10T23:30:00+00:00", amina, "planned"),
        entry("E", "2028-02-10T07:00:00+00:00", group, "planned"),
    ]
    await control("calendar", entries=entries)


async def test_the_year_at_a_glance(sandbox: Serving, call: Call, control: Call) -> None:
    await planned(call, control)
    async with reading(sandbox.url) as page:
        await expect(page.locator(".week")).to_have_count(50)
        present = page.get_by_role("button", name="Week of 1 March 2027: 1 sent, 1 held back, 1 skipped")
        await expect(present).to_have_attribute("aria-current", "date")
        assert await marks(page) == {"sent", "held", "skipped"}
        await expect(page.locator("#clock-coming")).to_have_text("Next: Fri 5 Mar, 08:00 (Dakar), Refresher B")

        await present.click()
        rows = page.locator("#week-list li")
        await expect(rows).to_have_count(3)
        await expect(rows.nth(2)).to_contain_text("Moussa · Wed 3 Mar, 21:00 (Dakar)")
        await expect(rows.nth(2)).to_contain_text("it was night there")
        await expect(rows.nth(2)).to_contain_text("Moved to Fri 5 Mar, 08:00")
        await page.get_by_role("button", name="Français").click()
        await expect(rows.nth(1).locator(".state-skipped")).to_have_text("il y faisait nuit")
        await page.get_by_label("Affiché pour").select_option(label="Moussa")
        await expect(rows).to_have_count(1)
        await page.locator("#week-list").get_by_role("button", name="Fermer").click()
        await expect(page.locator(".week.present")).to_be_focused()

        await page.get_by_label("Affiché pour").select_option(label="tous les téléphones")
        await page.locator(".week.present").press("ArrowRight")
        await page.keyboard.press("Enter")
        await expect(rows).to_contain_text("Amina · jeu. 11 mars, 02:30 (Nairobi)")
        await control("calendar", entries=[entry("D", "2027-03-10T23:30:00+00:00", None, "failed")])
        await expect(rows).to_contain_text("Tout le monde")
        await expect(rows).to_contain_text("échoué")
        await page.keyboard.press("Escape")
        await expect(page.locator("#week-list")).to_be_hidden()


async def marks(page: Page) -> set[str]:
    """The signs in the present week; two signs never share a shape."""
    signs: list[list[str]] = await page.locator(".week.present .mark").evaluate_all(
        "marks => marks.map(mark => [mark.classList[1].slice(5), mark.querySelector('path').getAttribute('d')])"
    )
    assert len({shape for _, shape in signs}) == len(signs)
    return {state for state, _ in signs}


async def test_going_there_on_a_narrow_screen(
    sandbox: Serving, call: Call, control: Call, web: httpx.AsyncClient
) -> None:
    await planned(call, control)
    async with reading(sandbox.url, PHONE, locale="fr-FR") as page:
        await expect(page.locator("#calendar")).to_be_hidden()
        await page.get_by_role("button", name="Calendrier").click()
        await page.locator(".week.present").click()
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        await page.get_by_role("button", name="Avancer l’horloge jusqu’à\u00a0: Rappel B").click()
        await expect(page.locator("#clock-time")).to_have_text("11:00")
        await expect(page.locator("#clock-date")).to_have_text("ven. 5 mars 2027")

        await page.locator("#clock-more > summary").click()
        await page.get_by_label("Régler l’horloge sur").fill("2027-04-01T12:00")
        await page.get_by_role("button", name="Y aller", exact=True).click()
        await expect(page.locator("#clock-date")).to_have_text("jeu. 1er avr. 2027")
        await expect(page.locator("#clock-status")).to_contain_text("L’horloge a avancé")
        await expect(page.locator(".week.present")).to_have_attribute("aria-label", re.compile("^Semaine du 29 mars"))


async def test_a_year_is_played_and_stopped(sandbox: Serving, call: Call, control: Call) -> None:
    await planned(call, control)
    # Only where a bot announces its next deed does the clock walk there instead of jumping.
    async with httpx.AsyncClient(base_url=sandbox.url) as bot:
        await bot.post("/sandbox/agenda", json={"next": "2028-02-10T07:00:00Z", "seen": 99})
    before = sandbox.state.clock.now()
    async with reading(sandbox.url) as page:
        await page.get_by_role("button", name="Play a year in a minute").click()
        stop = page.get_by_role("button", name="Stop", exact=True)
        await expect(stop).to_be_visible()
        await expect(page.get_by_role("button", name="+1 week")).to_be_disabled()
        await stop.click()
        await expect(page.get_by_role("button", name="+1 week")).to_be_enabled()
    assert sandbox.state.clock.now() - before < timedelta(days=365)

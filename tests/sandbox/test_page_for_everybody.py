"""The page is there for those who use a keyboard or a screen reader, in light and dark, in English and French alike."""

import re

import pytest
from playwright.async_api import Page

from sandbox.server import Serving
from tests.sandbox.browsing import Call, Json, furnished, reading

pytestmark = pytest.mark.browser

COLOURS = """names => {
    const probe = document.body.appendChild(document.createElement("i"));
    const colour = name => {
        probe.style.color = `var(--${name})`;
        return getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map(Number);
    };
    return Object.fromEntries(names.map(name => [name, colour(name)]));
}"""
NAMELESS = """() => [...document.querySelectorAll("button, summary, a, input:not([hidden]), select, textarea")].filter(
    element => element.checkVisibility() && !(element.ariaLabel || element.textContent.trim() || element.labels?.length)
).map(element => element.outerHTML)"""
TWICE = """() => {
    const ids = [...document.querySelectorAll("[id]")].map(({id}) => id);
    return ids.filter((id, index) => ids.indexOf(id) !== index);
}"""
WORDS = """async () => {
    const [{ EN }, { FR }] = await Promise.all([import("./words_en.js"), import("./words_fr.js")]);
    const said = value => typeof value === "function" ? [0, 1, 2].map(n => value(n, n, n)).join() : value;
    const flat = (words, path = "") => Object.entries(words).flatMap(([name, value]) =>
        typeof value === "object" ? flat(value, `${path}${name}.`) : [[path + name, said(value)]]);
    return [Object.fromEntries(flat(EN)), Object.fromEntries(flat(FR))];
}"""

TEXT_ON = {  # each may be written on that ground; 4.5 to 1 is what WCAG 2.2 asks for at level AA
    "paper": ["ink", "faint", "accent", "warn", "sent", "planned", "held", "skipped", *(f"hue-{n}" for n in range(6))],
    "sand": ["ink", "faint"],
    "chat": ["ink", "accent"],
    "other": ["ink", "soft", "faint", "accent", *(f"hue-{n}" for n in range(6))],
    "own": ["ink", "soft", "accent"],
    "accent": ["accent-ink"],
    "accent-soft": ["ink", "faint", "accent"],
}
LEAST = 4.5


def luminance(colour: list[float]) -> float:
    """The relative luminance of WCAG: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: list[float], other: list[float]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


async def too_faint(page: Page) -> list[str]:
    names = sorted({*TEXT_ON, *(name for texts in TEXT_ON.values() for name in texts)})
    colours: dict[str, list[float]] = await page.evaluate(COLOURS, names)
    pairs = [(text, ground) for ground, texts in TEXT_ON.items() for text in texts]
    return [f"{text} on {ground}" for text, ground in pairs if contrast(colours[text], colours[ground]) < LEAST]


async def test_everything_has_a_name_and_can_be_read(sandbox: Serving, call: Call, control: Call) -> None:
    amina, moussa, group = await furnished(call, control)
    keys = {
        "inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "More", "url": "https://example.org"}]]
    }
    await call("sendMessage", chat_id=amina, text="Well? See /help", reply_markup=keys)
    options = [{"text": "Monday"}, {"text": "Tuesday"}]
    await call("sendPoll", chat_id=group, question="When?", options=options, allows_multiple_answers=True)
    entry: Json = {"id": "a", "at": "2030-01-01T08:00:00+00:00", "chat": moussa, "title": {"en": "A", "fr": "A"}}
    await control("calendar", entries=[entry])
    async with reading(sandbox.url) as page:
        await page.locator(".week").first.click()
        await page.locator(f"#phone-{amina} .act").last.click()
        for menu in await page.locator("details.menu").all():
            await menu.evaluate("menu => menu.setAttribute('open', '')")
        assert await page.evaluate(NAMELESS) == []
        assert await page.evaluate(TWICE) == []
        assert await too_faint(page) == []
        await page.emulate_media(color_scheme="dark")
        assert await too_faint(page) == []
        await page.get_by_role("button", name="Lock all phones").click()
        assert await page.evaluate(NAMELESS) == []


async def test_both_languages_say_the_same_things(sandbox: Serving) -> None:
    async with reading(sandbox.url) as page:
        english, french = await page.evaluate(WORDS)
    assert english.keys() == french.keys()
    same = {name for name in english if english[name] == french[name]}
    assert same == {"bot", "latitude", "longitude", "messages", "ok", "photo", "write"}
    for text in french.values():
        assert not re.search(r"[^\u00a0\s][!?;:](?:\s|$)| [!?;:»]|«[^\u00a0]|'", text), text
    for text in english.values():
        assert "'" not in text, text

"""The report as a page: whole, safe, for a narrow phone and for a screen reader, by day and by night."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright

from bot.drawing.palette import contrast
from bot.reports.figures.page import page
from bot.reports.figures.wording import OPENED, count_words, described, interval_words, section_words, value_words
from conversations.model import Bilingual, Language
from conversations.report.values import Report
from locales.phrases import say
from tests.conftest import CHROMIUM
from tests.reports.extremes import EXTREMES, SENTENCE, WORD
from tests.reports.published import REPORT
from tests.strict_html import Parsed

PHONE, DESK = (360, 740), (1100, 800)
SCRIPT = "<script>alert(1)</script> & “Co” \u202eשלום\ud800"
HOSTILE = replace(
    REPORT,
    title=Bilingual(f"{SCRIPT} {WORD}", WORD),
    figures=tuple(
        replace(figure, title=f"{WORD} {number} {SCRIPT}", base=SENTENCE) for number, figure in enumerate(EXTREMES)
    ),
    takeaways=(replace(REPORT.takeaways[0], text=Bilingual(SCRIPT, WORD), source=Bilingual(SCRIPT, WORD)),),
    about=(SCRIPT, WORD),
    opened=True,
)
each_language = pytest.mark.parametrize("language", Language)


def parsed(report: Report, language: Language) -> Parsed:
    return Parsed(page(report, language).decode())


def words_of(report: Report, language: Language) -> str:
    return " ".join(parsed(report, language).words[language].split(" "))


def tables(report: Report, language: Language) -> list[str]:
    return re.findall(r"<table>.*?</table>", page(report, language).decode(), re.DOTALL)


@each_language
def test_it_says_all_of_the_report(language: Language) -> None:
    written = words_of(REPORT, language)
    for figure in REPORT.figures:
        for words in (figure.title, figure.sentence, figure.base, *figure.notes, *figure.rows):
            assert say(words, language) in written
        assert section_words(figure.section, language) in written
        assert described(figure, REPORT, language) in written
    for takeaway in REPORT.takeaways:
        assert say(takeaway.text, language) in written
        assert say(takeaway.source, language) in written
    for words in (REPORT.title, *REPORT.about):
        assert say(words, language) in written
    assert say(OPENED, language) not in written
    assert say(OPENED, language) in words_of(replace(REPORT, opened=True), language)


@each_language
def test_every_number_stands_in_a_table_as_well(language: Language) -> None:
    for figure, table in zip(REPORT.figures, tables(REPORT, language), strict=True):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", table)
        shown = [cell for series in figure.series for cell in series.cells]
        for cell in shown:
            assert count_words(cell, REPORT, language) in cells
            if not cell.hidden and cell.whole:
                interval = interval_words(cell, language)
                share = value_words(cell, REPORT, language)
                assert (f"{share}<br><small>{interval}</small>" if interval else share) in cells
        assert cells.count({"en": "fewer than 5", "fr": "moins de 5"}[language]) == sum(cell.hidden for cell in shown)
        for words in (figure.title, *figure.rows):
            assert say(words, language).replace("&", "&amp;") in table


def test_a_report_without_key_messages_has_no_place_for_them() -> None:
    source = page(replace(REPORT, takeaways=()), Language.EN).decode()
    assert "Key messages" not in source
    assert 'href="#key-messages"' not in source


@pytest.mark.parametrize("report", [REPORT, HOSTILE], ids=["sample", "hostile"])
@each_language
def test_nothing_comes_from_elsewhere_nothing_runs_and_every_link_leads_somewhere(
    report: Report, language: Language
) -> None:
    source = page(report, language).decode()
    found = Parsed(source)
    assert found.tags["script"] == found.tags["link"] == found.tags["img"] == found.tags["iframe"] == 0
    assert source.count("url(") == source.count("url(data:font/woff;base64,") == 2
    assert not {name for name, _ in found.attributes} & {"src", "srcset", "action", "onclick", "onload"}
    assert "\u202e" not in source
    ids = [target for name, target in found.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    wanted = {(target or "")[1:] for name, target in found.attributes if name == "href"}
    wanted |= {one for name, target in found.attributes if name == "aria-labelledby" for one in (target or "").split()}
    assert wanted <= set(ids)
    assert found.tags["svg"] == found.tags["article"] == found.tags["table"] == len(report.figures)
    assert found.tags["h1"] == found.tags["main"] == found.tags["nav"] == 1
    assert found.words.keys() <= {None, language}


def test_hostile_words_stay_words() -> None:
    assert "<script>alert(1)</script> & “Co” שלום" in words_of(HOSTILE, Language.EN)


def test_it_is_small_enough_to_be_sent() -> None:
    assert len(page(REPORT, Language.FR)) < 100_000


@asynccontextmanager
async def reading(source: bytes, folder: Path, size: tuple[int, int], **wishes: Any) -> AsyncIterator[Page]:
    """The page in a real browser, every table open; in the end nothing may have gone wrong in it."""
    file = folder / "report.html"
    file.write_bytes(source)
    problems: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = await browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, **wishes)
        reader = await context.new_page()
        reader.on("console", lambda message: problems.append(message.text))
        reader.on("request", lambda request: problems.append(request.url) if "file:" not in request.url else None)
        reader.on("dialog", lambda dialog: problems.append(dialog.message))
        await reader.goto(file.as_uri())
        await reader.evaluate("document.fonts.ready")
        await reader.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        yield reader
        await browser.close()
    assert [each for each in problems if not each.startswith("data:font/")] == []


BEYOND = """() => [...document.querySelectorAll("body *")].filter(each => {
    const {left, right, width} = each.getBoundingClientRect();
    return width && (left < -0.5 || right > innerWidth + 0.5) && !each.closest(".hidden");
}).map(each => each.outerHTML.slice(0, 200))"""
WRITTEN = """() => [...document.querySelectorAll("svg")].flatMap(svg => {
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const edge = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")].map(text => {
        const {left, right, top, bottom} = text.getBoundingClientRect();
        return {
            words: text.textContent, chart: svg.querySelector("title").id, left, right, top, bottom,
            size: scale * parseFloat(getComputedStyle(text).fontSize),
            outside: left < edge.left - 1 || right > edge.right + 1,
        };
    });
})"""
COLOURS = """() => {
    const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
    const ground = element => {
        for (let each = element; each; each = each.parentElement) {
            const colour = numbers(getComputedStyle(each).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour.slice(0, 3);
        }
    };
    const ink = each => numbers(getComputedStyle(each)[each.tagName === "text" ? "fill" : "color"]);
    const own = each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    return [...document.querySelectorAll("body *")].filter(
        each => own(each) && !each.closest("title, desc, .hidden") && each.getAttribute("fill") !== "#FFFFFF"
    ).map(each => [each.textContent, ink(each), ground(each)]);
}"""


@pytest.mark.browser
@pytest.mark.parametrize("report", [REPORT, HOSTILE], ids=["sample", "hostile"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@each_language
async def test_it_fits_a_narrow_phone(report: Report, language: Language, scheme: str, tmp_path: Path) -> None:
    async with reading(page(report, language), tmp_path, PHONE, color_scheme=scheme) as reader:
        assert await reader.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        assert await reader.evaluate(BEYOND) == []
        written = await reader.evaluate(WRITTEN)
        assert min(each["size"] for each in written) >= 12
        assert [each["words"] for each in written if each["outside"]] == []


@pytest.mark.browser
@each_language
async def test_no_words_lie_on_others_in_a_real_browser(language: Language, tmp_path: Path) -> None:
    async with reading(page(REPORT, language), tmp_path, DESK) as reader:
        assert await reader.evaluate("document.fonts.check('14px \"Source Sans Pro\"')")
        assert await reader.evaluate("[...document.fonts].map(each => each.status)") == ["loaded", "loaded"]
        written = await reader.evaluate(WRITTEN)
    assert len(written) > 80
    for number, one in enumerate(written):
        for other in written[number + 1 :]:
            beside = one["right"] <= other["left"] or other["right"] <= one["left"]
            # A box reaches from the highest accent to the lowest tail: lines may share a third of it.
            step = abs(one["top"] - other["top"])
            assert one["chart"] != other["chart"] or beside or step >= 0.6 * one["size"], (one, other)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everything_can_be_read_by_day_and_by_night(scheme: str, tmp_path: Path) -> None:
    opened = replace(REPORT, opened=True)
    async with reading(page(opened, Language.EN), tmp_path, DESK, color_scheme=scheme) as reader:
        told = await reader.evaluate(COLOURS)
        ground = await reader.evaluate("getComputedStyle(document.querySelector('article')).backgroundColor")
    assert len(told) > 150
    for words, ink, paper in told:
        assert contrast(tuple(ink[:3]), tuple(paper)) >= 4.5, (words, ink, paper)
    assert (ground == "rgb(250, 247, 240)") == (scheme == "light")


@pytest.mark.browser
async def test_a_screen_reader_meets_pictures_with_names_and_words(tmp_path: Path) -> None:
    async with reading(page(REPORT, Language.FR), tmp_path, DESK) as reader:
        for figure in REPORT.figures:
            title = say(figure.title, Language.FR)
            picture = reader.get_by_role("img", name=title)
            assert await picture.count() == 1
            assert await reader.get_by_role("table", name=title).count() == 1
        assert await reader.locator("html").get_attribute("lang") == "fr"


@pytest.mark.browser
async def test_on_paper_the_tables_are_open_and_no_figure_is_cut(tmp_path: Path) -> None:
    async with reading(page(REPORT, Language.FR), tmp_path, DESK) as reader:
        await reader.evaluate("for (const each of document.querySelectorAll('details')) each.open = false")
        await reader.emulate_media(media="print")
        assert all([await table.is_visible() for table in await reader.locator("table").all()])
        assert not await reader.locator("nav").is_visible()
        kept = await reader.evaluate(
            "[...document.querySelectorAll('article')].every(each => getComputedStyle(each).breakInside === 'avoid')"
        )
        assert kept

"""The report as a PDF: every word is text, every picture is told in words, and the file tells nothing of its maker."""

import logging
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from bot.drawing.paper import drawable, font
from bot.reports.figures.paper import pdf
from bot.reports.figures.wording import OPENED, described, interval_words, section_words, value_words
from conversations.model import Bilingual, Language, Words
from conversations.report.values import Report
from locales.phrases import say
from tests.reports.drawn import Box
from tests.reports.extremes import EXTREMES, LONGEST, SENTENCE, WORD
from tests.reports.published import CYCLE, REPORT

ROOT = Path(__file__).parents[2]
MILLIMETRE = 72 / 25.4
EXTREME = replace(
    REPORT,
    figures=tuple(replace(figure, notes=(SENTENCE, WORD), base=SENTENCE) for figure in EXTREMES),
    title=Bilingual(f"{WORD} <b>\u202eשלום</b>\ud800", WORD),
    takeaways=tuple(replace(REPORT.takeaways[0], text=Bilingual(SENTENCE, WORD)) for _ in range(30)),
    about=(SENTENCE * 60, WORD),
    opened=True,
)
each_language = pytest.mark.parametrize("language", Language)


def read(report: Report, language: Language) -> PdfReader:
    return PdfReader(BytesIO(pdf(report, language)))


def words_of(pages: list[PageObject]) -> str:
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def joined(words: Words, language: Language) -> str:
    """The words as they stand on paper, whose lines end elsewhere."""
    return " ".join(drawable(say(words, language), language).split())


def elements(reader: PdfReader) -> list[dict[str, Any]]:
    """What the pages consist of for a screen reader, in its order."""
    root: Any = reader.root_object["/StructTreeRoot"]
    (document,) = (kid.get_object() for kid in root["/K"])
    return [kid.get_object() for kid in document["/K"]]


@each_language
def test_all_of_it_can_be_found_as_text(language: Language) -> None:
    written = words_of(read(REPORT, language).pages[:])
    for figure in REPORT.figures:
        told = (figure.title, figure.sentence, figure.base, *figure.notes, *figure.rows)
        for words in told:
            assert joined(words, language) in written
        assert joined(section_words(figure.section, language), language) in written
        for cell in (cell for series in figure.series for cell in series.cells):
            assert joined(value_words(cell, REPORT, language), language) in written
            assert joined(interval_words(cell, language), language) in written
    for takeaway in REPORT.takeaways:
        assert joined(takeaway.text, language) in written
        assert joined(takeaway.source, language) in written
    for words in (REPORT.title, *REPORT.about):
        assert joined(words, language) in written


@each_language
def test_what_is_hidden_is_said_as_often_as_it_is_hidden(language: Language) -> None:
    written = words_of(read(REPORT, language).pages[:])
    cells = [cell for figure in REPORT.figures for series in figure.series for cell in series.cells]
    words = {"en": "fewer than 5", "fr": "moins de 5"}[language]
    assert written.count(words) == sum(cell.hidden for cell in cells) > 5


@each_language
def test_a_report_that_shows_small_numbers_says_so_where_it_begins(language: Language) -> None:
    warning = joined(OPENED, language)
    first = read(replace(REPORT, opened=True), language).pages[0]
    assert warning in words_of([first])
    assert warning not in words_of(read(REPORT, language).pages[:])


@each_language
def test_a_screen_reader_meets_headings_paragraphs_and_pictures_with_words(language: Language) -> None:
    reader = read(REPORT, language)
    found = elements(reader)
    kinds = [each["/S"] for each in found]
    sections = {figure.section for figure in REPORT.figures}
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == len(sections) + 2
    assert kinds.count("/H3") == kinds.count("/Figure") == len(REPORT.figures)
    told = [each["/Alt"] for each in found if each["/S"] == "/Figure"]
    assert told == [described(figure, REPORT, language) for figure in REPORT.figures]
    assert reader.root_object["/Lang"] == language
    assert reader.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]


def test_bookmarks_lead_to_every_section_and_figure() -> None:
    reader = read(REPORT, Language.FR)
    marked: list[tuple[int, str]] = []

    def walk(outline: list[Any], level: int) -> None:
        for each in outline:
            if isinstance(each, list):
                walk(each, level + 1)
            else:
                page = reader.get_destination_page_number(each)
                assert joined(each.title, Language.FR) in words_of([reader.pages[page]])
                marked.append((level, each.title))

    walk(reader.outline, 0)
    assert [title for level, title in marked if level == 1] == [say(each.title, Language.FR) for each in REPORT.figures]
    assert [title for level, title in marked if level == 0][-2:] == ["Messages clés", "À propos de ces chiffres"]


def test_it_is_a4_with_numbered_pages_and_light_enough_to_be_sent() -> None:
    content = pdf(REPORT, Language.FR)
    pages = PdfReader(BytesIO(content)).pages
    assert {(round(page.mediabox.width / MILLIMETRE), round(page.mediabox.height / MILLIMETRE)) for page in pages} == {
        (210, 297)
    }
    for number, page in enumerate(pages, start=1):
        assert words_of([page]).endswith(f" {number}")
    assert len(content) < 200_000
    assert not [image for page in pages for image in page.images], "charts are drawings"


def test_the_file_tells_its_title_alone() -> None:
    reader = read(REPORT, Language.FR)
    assert dict(reader.metadata or {}) == {"/Title": REPORT.title.fr}
    assert "/ID" not in reader.trailer
    assert "/Metadata" not in reader.root_object


def boxes(page: PageObject) -> list[Box]:
    """Each line of text on the page, from the top of its capitals to its base, in points from the upper left corner."""
    found: list[Box] = []
    high = float(page.mediabox.height)

    def text(words: str, cm: list[float], tm: list[float], face: dict[str, str] | None, size: float) -> None:
        words = words.strip("\n")
        if words.strip() and face:
            weight = "Semibold" if "Semibold" in face["/BaseFont"] else "Regular"
            scale = abs(tm[0] * cm[0])
            left, base = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            wide = font(weight, 1_000).getlength(words) * size * scale / 1_000
            found.append(Box(words, left, high - base - 0.66 * size * scale, left + wide, high - base))

    page.extract_text(visitor_text=text)
    return found


@pytest.mark.parametrize("report", [REPORT, EXTREME], ids=["sample", "extreme"])
@each_language
def test_nothing_written_meets_or_leaves_the_page(report: Report, language: Language) -> None:
    pages = read(report, language).pages
    assert sum(len(boxes(page)) for page in pages) > 120
    for page in pages:
        written = boxes(page)
        for box in written:
            assert 15 * MILLIMETRE <= box.left <= box.right <= 195 * MILLIMETRE, box
            assert 15 * MILLIMETRE <= box.top <= box.bottom <= 290 * MILLIMETRE, box
        for one, other in combinations(written, 2):
            assert not one.meets(other), (one, other)


@each_language
def test_of_extreme_reports_every_share_is_there_too(language: Language) -> None:
    written = words_of(read(EXTREME, language).pages[:])
    for cell in (cell for figure in EXTREMES for series in figure.series for cell in series.cells):
        assert joined(value_words(cell, REPORT, language), language) in written


def test_a_list_that_is_longer_than_a_page_goes_on_on_the_next_one() -> None:
    reader = read(replace(REPORT, figures=(CYCLE, LONGEST)), Language.EN)
    written = words_of(reader.pages[:])
    for row in LONGEST.rows:
        assert f"{say(row, Language.EN)} " in written
    told = [each["/Alt"] for each in elements(reader) if each["/S"] == "/Figure"]
    assert len(told) > 2
    assert sum(each.count("Country ") for each in told) == len(LONGEST.rows)


MAKES = """
import hashlib
from bot.reports.figures.page import page
from bot.reports.figures.paper import pdf
from bot.reports.figures.pictures import png, svg
from conversations.model import Language
from tests.reports.published import REPORT

made = [make(REPORT.figures[0], REPORT, Language.FR) for make in (svg, png)]
made += [make(REPORT, Language.FR) for make in (page, pdf)]
print(*(hashlib.sha256(each).hexdigest() for each in made))
"""


def test_every_form_of_the_same_report_has_the_same_bytes_whenever_it_is_made() -> None:
    runs = {
        subprocess.run(
            [sys.executable, "-c", MAKES],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Africa/Nairobi"))
    }
    assert [len(set(run.split())) for run in runs] == [4]


def test_what_is_written_gets_into_no_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        pdf(EXTREME, Language.EN)
    assert not caplog.records

"""Posters: what is on the page, and where."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from itertools import combinations

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from bot.drawing import poster as module
from bot.drawing.paper import font
from bot.drawing.poster import Poster, poster_pdf
from bot.drawing.qr import QUIET_ZONE
from conversations.model import Bilingual, Language
from locales.phrases import say
from tests.bot.pictures import modules

LINK = "https://t.me/suivi_bot?start=Ab3-xYz_09lI1O0o"
LONGEST_LINK = f"https://t.me/{'b' * 32}?start={'W' * 64}"
TITLE = Bilingual("Learning and Sharing Event", "Événement d’apprentissage : « partager »")
POSTER = Poster(TITLE, LINK, date(2026, 9, 1), 40)
LONG = Bilingual(
    f"{'What we learnt with one another, ' * 7}"[:200], f"{'Ce que nous avons appris ensemble, ' * 6}"[:200]
)
MILLIMETRE = 72 / 25.4


@dataclass(frozen=True)
class Box:
    """Something on the page, in points from its lower left corner."""

    what: str
    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )


def page_of(poster: Poster) -> PageObject:
    (page,) = PdfReader(BytesIO(poster_pdf(poster))).pages
    return page


def words_of(poster: Poster) -> str:
    return " ".join(page_of(poster).extract_text().replace("\u00a0", " ").split())


def boxes(poster: Poster) -> list[Box]:
    """Each line of text, and the code."""
    found: list[Box] = []

    def text(words: str, _cm: list[float], tm: list[float], face: dict[str, str] | None, size: float) -> None:
        if words.strip() and face:
            weight = "Semibold" if "Semibold" in face["/BaseFont"] else "Regular"
            width = font(weight, 1_000).getlength(words.strip("\n"), features=["-kern"]) * size / 1_000
            found.append(Box(words.strip(), tm[4], tm[5] - 0.24 * size, tm[4] + width, tm[5] + 0.74 * size))

    def image(operator: bytes, _operands: list[object], cm: list[float], _tm: list[float]) -> None:
        if operator == b"Do":
            found.append(Box("the code", cm[4], cm[5], cm[4] + cm[0], cm[5] + cm[3]))

    page_of(poster).extract_text(visitor_text=text, visitor_operand_before=image)
    assert [box.what for box in found].count("the code") == 1
    return found


def check_that_nothing_meets(poster: Poster) -> None:
    drawn = boxes(poster)
    page = Box("page", 15 * MILLIMETRE, 15 * MILLIMETRE, 195 * MILLIMETRE, 282 * MILLIMETRE)
    for box in drawn:
        assert page.left <= box.left <= box.right <= page.right, box
        assert page.bottom <= box.bottom <= box.top <= page.top, box
    for one, other in combinations(drawn, 2):
        assert not one.meets(other), (one, other)


def phrases() -> Iterator[str]:
    for words in (module._WHAT, module._HOW, module._FREE, *module._limits(POSTER)):
        for language in Language:
            yield " ".join(say(words, language).replace("\u00a0", " ").split())


def test_it_is_one_page_of_a4() -> None:
    box = page_of(POSTER).mediabox
    assert (round(box.width / MILLIMETRE), round(box.height / MILLIMETRE)) == (210, 297)


def test_all_of_its_words_can_be_found_in_both_languages() -> None:
    shown = words_of(POSTER)
    for words in (TITLE.en, TITLE.fr, *phrases(), "Tuesday, 1 September 2026", "mardi 1er septembre 2026"):
        assert words in shown
    assert LINK.removeprefix("https://") in shown


def test_there_is_no_word_of_a_limit_where_there_is_none() -> None:
    shown = words_of(Poster(TITLE, LINK))
    assert "2026" not in shown
    assert "40" not in shown
    assert "There is 1 place." in words_of(Poster(TITLE, LINK, places=1))


def test_a_title_that_is_the_same_in_both_languages_stands_there_once() -> None:
    assert words_of(Poster(Bilingual("Connect", "Connect"), LINK)).count("Connect") == 1


def test_the_code_is_that_of_the_link_and_can_be_tapped() -> None:
    page = page_of(POSTER)
    (image,) = page.images
    code = segno.make_qr(LINK, error="m")
    across, _ = code.symbol_size(border=QUIET_ZONE)
    sampled = modules(image.image, across)
    inner = slice(QUIET_ZONE, across - QUIET_ZONE)
    assert tuple(row[inner] for row in sampled[inner]) == tuple(map(bytes, code.matrix))
    (annotation,) = page["/Annots"]
    assert annotation["/A"]["/URI"] == LINK


@pytest.mark.parametrize("title", [TITLE, LONG, Bilingual("W" * 200, "É" * 200), Bilingual("", "")])
@pytest.mark.parametrize("link", [LINK, LONGEST_LINK])
def test_nothing_meets_nor_leaves_the_page(title: Bilingual, link: str) -> None:
    check_that_nothing_meets(replace(POSTER, title=title, link=link))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200), st.dates(), st.none() | st.integers(1, 10_000))
def test_whatever_the_title_is_nothing_meets(en: str, fr: str, until: date, places: int | None) -> None:
    check_that_nothing_meets(Poster(Bilingual(en, fr), LINK, until, places))


def test_a_title_of_200_characters_is_there_in_full_beside_a_large_code() -> None:
    fullest = replace(POSTER, title=LONG, link=LONGEST_LINK)
    shown = words_of(fullest)
    assert LONG.en.strip() in shown
    assert LONG.fr.strip() in shown
    code = next(box for box in boxes(fullest) if box.what == "the code")
    assert code.right - code.left >= 75 * MILLIMETRE


def test_a_title_without_end_ends_visibly() -> None:
    assert "…" in words_of(replace(POSTER, title=Bilingual(LONG.en * 5, LONG.fr)))


def test_the_file_tells_its_title_alone() -> None:
    reader = PdfReader(BytesIO(poster_pdf(POSTER)))
    assert dict(reader.metadata or {}) == {
        "/Title": "Learning and Sharing Event / Événement d’apprentissage\u00a0: «\u00a0partager\u00a0»"
    }
    assert "/ID" not in reader.trailer
    assert "/Metadata" not in reader.root_object


def test_only_the_letters_that_are_used_are_in_the_file() -> None:
    assert len(poster_pdf(POSTER)) < 40_000
    fonts = page_of(POSTER)["/Resources"]["/Font"].values()
    assert all("FontFile2" in str(face["/DescendantFonts"][0]["/FontDescriptor"]) for face in fonts)


def test_the_same_poster_gives_the_same_bytes() -> None:
    assert poster_pdf(POSTER) == poster_pdf(POSTER)
    assert poster_pdf(POSTER) != poster_pdf(replace(POSTER, places=41))


def test_what_is_written_gets_into_no_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        poster_pdf(replace(POSTER, title=Bilingual("السلامة", "\u202e🎉\ud800")))
    assert not caplog.records

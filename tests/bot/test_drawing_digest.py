"""Digests as pictures: the bands can be read, everything fits, and the same words give the same picture."""

from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.channels import RenderedFile
from bot.drawing.digest import TALL, TALLEST, WIDTH, digest_png
from bot.drawing.paper import ACCENT, PAPER
from bot.files import caption_of, make
from conversations.digest_json import Drawn, picture_from_json, picture_to_json
from conversations.digests import Bar, Share
from conversations.messages import FileKind
from conversations.model import Bilingual, Language
from tests.bot.pictures import opened

LEFT = 40
"""A column of pixels that goes through the first box of every bar."""


def words(text: str) -> Bilingual:
    return Bilingual(text, f"{text}, en français")


def finding(*shares: Share, title: str = "Did it help?", retained: bool = False) -> Drawn:
    return Drawn(words(title), tuple(Bar(each, words(f"option {each}")) for each in shares), retained)


def drawn(*findings: Drawn, language: Language = Language.EN) -> Image.Image:
    """The picture, looked at for what holds of each."""
    content = digest_png(findings, language)
    assert content == digest_png(findings, language), "the same words, the same bytes"
    assert len(content) < 60_000
    picture = opened(content)
    assert picture.width == WIDTH
    assert picture.height <= TALLEST
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, PAPER)).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert min(left, top, WIDTH - right, picture.height - bottom) >= 24
    return picture


def filled(picture: Image.Image) -> list[int]:
    """How many boxes of each bar are filled, from the top."""
    bars = []
    for _, rows in groupby(range(picture.height), lambda y: picture.getpixel((LEFT, y)) == ACCENT):
        run = list(rows)
        middle = run[len(run) // 2]
        if picture.getpixel((LEFT, middle)) == ACCENT and len(run) > 15:
            boxes = [picture.getpixel((LEFT + 46 * number, middle)) == ACCENT for number in range(5)]
            bars.append(sum(boxes))
    return bars


@pytest.mark.parametrize("language", Language)
def test_each_share_fills_so_many_of_five_boxes_the_greatest_first(language: Language) -> None:
    picture = drawn(finding(*reversed(Share)), language=language)
    assert filled(picture) == [5, 4, 3, 2, 1]
    assert filled(drawn(finding(Share.HALF, Share.HALF), language=language)) == [3], "options of one share share a bar"


def test_it_is_in_the_readers_language() -> None:
    assert digest_png([finding(Share.MOST)], Language.EN) != digest_png([finding(Share.MOST)], Language.FR)


def test_what_has_no_room_is_left_out_and_the_picture_says_so() -> None:
    many = [finding(Share.MOST, Share.FEW, title=f"Question {number}") for number in range(6)]
    picture, fitting = drawn(*many), drawn(*many[:2])
    assert len(filled(picture)) == 4
    assert fitting.height < picture.height <= TALL, "with a line that says where the rest is"


def test_one_finding_that_needs_it_makes_the_picture_taller() -> None:
    long = Drawn(words("Was it of any use? " * 20), tuple(Bar(each, words("a long option " * 9)) for each in Share))
    picture = drawn(long, finding(Share.MOST))
    assert filled(picture) == [5, 4, 3, 2, 1]
    assert TALL < picture.height <= TALLEST


def test_the_facts_of_the_file_are_the_frozen_shares_alone() -> None:
    findings = (finding(Share.MOST, Share.FEW), finding(Share.HALF, retained=True))
    facts = picture_to_json(findings)
    assert picture_from_json(facts) == findings
    file = RenderedFile(FileKind.DIGEST, (("findings", facts),), Language.FR)
    assert make(file).content == digest_png(findings, Language.FR)
    assert caption_of(file) == "Le bilan en image. Le message ci-dessous dit la même chose avec des mots."
    assert caption_of(RenderedFile(FileKind.QR, (("link", "x"),), Language.FR)) is None


bars = st.builds(Bar, st.sampled_from(Share), st.builds(Bilingual, st.text(max_size=200), st.text(max_size=200)))
findings_ = st.builds(
    Drawn, st.builds(Bilingual, st.text(max_size=400), st.text(max_size=400)), st.lists(bars, max_size=6).map(tuple)
)


@settings(max_examples=30, deadline=None)
@given(st.lists(findings_, max_size=5), st.sampled_from(Language))
def test_whatever_a_pack_says_it_fits(some: list[Drawn], language: Language) -> None:
    picture = opened(digest_png(some, language))
    assert picture.width == WIDTH
    assert picture.height <= TALLEST

"""Cards to pass on: how they look. How they are sent is with the pictures."""

from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot import cards
from bot.cards import WIDTH, draw
from bot.channels import Rendered, RenderedCard, RenderedParagraph
from bot.drawing.paper import ACCENT, INK, PAPER, SOFT
from bot.rendering import dumps, loads, render
from bot.workbook import read_draft
from conversations.messages import Card, Message, Paragraph, phrase
from conversations.model import Bilingual, KeyMessage, Language
from tests.bot.pictures import chunks

MESSAGES = read_draft(Path(__file__).parents[2] / "events" / "learning-and-sharing" / "pack.md").event.messages
SAFETY = MESSAGES[0].text
PICTURE = "a" * 64
TALL = 2560
SMALL = 50_000
FRENCH = "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ«»‹›“”‘’…–—·•€°²№½ɛɔŋɓɗ"


def card(text: str, source: str | None = None, language: Language = Language.EN) -> RenderedCard:
    return RenderedCard(text, source, language)


def opened(words: RenderedCard) -> Image.Image:
    """The picture of the card, looked at for what holds of every card."""
    content = draw(words)
    assert len(content) < 150_000
    picture = Image.open(BytesIO(content))
    assert picture.format == "PNG"
    assert picture.width == WIDTH
    assert WIDTH <= picture.height <= TALL
    shown = picture.convert("RGB")
    left, top, right, bottom = drawn_on(shown)
    assert left >= 90
    assert right <= WIDTH - 90
    assert top >= 90
    assert bottom <= picture.height - 90
    return shown


def drawn_on(picture: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, PAPER)).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize(
    ("message", "language"), list(product(MESSAGES, Language)), ids=lambda each: getattr(each, "name", each)
)
def test_every_key_message_of_the_sample_fits_a_square(message: KeyMessage, language: Language) -> None:
    words = card(message.text.in_language(language), message.source.in_language(language), language)
    assert opened(words).size == (WIDTH, WIDTH)
    assert len(draw(words)) < SMALL


@pytest.mark.parametrize(("length", "largest"), [(1, 1080), (60, 1080), (250, 1080), (400, 1350), (3_000, TALL)])
@pytest.mark.parametrize("language", Language)
def test_nothing_is_cut(length: int, largest: int, language: Language) -> None:
    text = f"{SAFETY.in_language(language)} " * 20
    drawn = cards._fitting(text[:length], 0)
    assert " ".join(drawn.lines).split() == text[:length].split()
    assert opened(card(text[:length], None, language)).height <= largest


def test_a_short_text_has_larger_letters_than_a_long_one() -> None:
    sizes = [cards._fitting(text, 0).font.size for text in (SAFETY.en[:40], SAFETY.en, SAFETY.en * 2, SAFETY.en * 9)]
    assert sizes == sorted(set(sizes), reverse=True)
    assert sizes[2] >= 48


def luminance(colour: tuple[int, ...]) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_everything_stands_out_from_the_paper() -> None:
    used = {colour for _, colour in opened(card(SAFETY.en, "A source")).getcolors() or ()}
    assert {PAPER, INK, ACCENT, SOFT} <= used
    assert len(used) <= 16
    for colour in (INK, ACCENT, SOFT):
        assert (luminance(PAPER) + 0.05) / (luminance(colour) + 0.05) >= 7


def test_the_file_holds_nothing_but_the_picture() -> None:
    assert chunks(draw(card(SAFETY.fr))) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def test_the_same_words_give_the_same_bytes() -> None:
    assert draw(card(SAFETY.fr, "Source", Language.FR)) == draw(card(SAFETY.fr, "Source", Language.FR))
    assert draw(card(SAFETY.fr, "Source", Language.FR)) != draw(card(SAFETY.fr, "Sources", Language.FR))


def test_french_is_drawn_right() -> None:
    box = draw(card("ع"))
    pictures = {sign: draw(card(sign)) for sign in f"{FRENCH}aceiou"}
    assert box not in pictures.values()
    assert len(set(pictures.values())) == len(pictures)
    assert draw(card("e\u0301")) == pictures["é"], "also when it is typed in two signs"
    assert drawn_on(opened(card("a\u00a0b"))) == pytest.approx(drawn_on(opened(card("a b"))), abs=1)


def test_punctuation_keeps_to_its_word_in_french_also_when_its_author_did_not_care() -> None:
    assert cards._drawable("« Oui » : non ?", Language.FR) == "«\u00a0Oui\u00a0»\u00a0: non\u00a0?"


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Well done 👩🏽‍⚕️🎉!", "Well done !"),
        ("non\u2011smoker, \u2460 \U0001d400ll", "non-smoker, 1 All"),
        ("\u202egnihton\u202c \x00\ud800\ue000here\r\n\tnow", "gnihton here \n now"),
        ("السلامة", "السلامة"),
    ],
)
def test_what_the_font_lacks(text: str, drawn: str) -> None:
    assert cards._drawable(text, Language.EN) == drawn
    opened(card(text))


@pytest.mark.parametrize(
    "text",
    [
        SAFETY.fr * 60,
        "x" * 500,
        "W" * 10_000,
        "\u0301" * 10_000,
        "a\n" * 5_000,
        "🎉" * 400,
        "السلامة أولا " * 300,
        "",
        " \n",
    ],
    ids=["long", "one word", "wide", "marks", "lines", "emoji", "arabic", "empty", "blank"],
)
def test_hostile_words_still_give_a_picture(text: str) -> None:
    assert opened(card(text, text)) == opened(card(text, text))


def test_what_does_not_fit_ends_visibly() -> None:
    assert cards._fitting("a\n" * 1_500, 200).lines[-1] == "a…"
    assert cards._drawable("a" * 3_001, Language.EN) == "a" * 2_999 + "…"


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=400), st.none() | st.text(max_size=100), st.sampled_from(Language))
def test_whatever_is_written_gives_a_picture(text: str, source: str | None, language: Language) -> None:
    opened(card(text, source, language))


def test_a_card_is_rendered_and_kept_on_the_way() -> None:
    source = Bilingual("Session on safety", "Séance sur la sécurité")
    message = Message((Paragraph(Bilingual("Why?", "Pourquoi ?")),), cards=(Card(SAFETY, source), Card("Ubuntu")))
    french = render(message, Language.FR)
    assert french.cards == (card(SAFETY.fr, source.fr, Language.FR), card("Ubuntu", None, Language.FR))
    assert render(message, Language.EN).cards[0] == card(SAFETY.en, source.en)
    body = dumps(french)
    assert loads(body) == french
    assert loads(body) == french, "also when it is read back from the outbox"


def test_phrases_of_the_bot_can_be_on_a_card() -> None:
    (shown,) = render(Message((), cards=(Card(phrase("{many} ways", many=1_000)),)), Language.EN).cards
    assert shown == card("1,000 ways")


def test_a_message_from_before_there_were_cards_is_read() -> None:
    paragraphs = '"paragraphs":[{"text":"Why?","strong":false,"close":false}]'
    written = f'{{{paragraphs},"keyboard":[],"pictures":["{PICTURE}"]}}'
    assert loads(written) == Rendered((RenderedParagraph("Why?"),), (), (PICTURE,))

"""What is passed on, opened again: slides, a page and pictures hold what was chosen, and nothing about anybody."""

import logging
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation
from pptx.util import Pt
from pypdf import PdfReader

from bot.cards import draw
from bot.channels import RenderedCard, RenderedFile
from bot.drawing import deck_template, lettering, pass_on_page
from bot.drawing.paper import font
from bot.drawing.pass_on_deck import deck_pptx
from bot.drawing.pass_on_page import page_pdf
from bot.files import make
from bot.rendering import render
from conversations.dialogues.passing_on.forms import Form, _carrying
from conversations.handout import _NARROW, READABLE, Handout, Passed, facts_of, fitting, handout
from conversations.messages import FileKind, Message
from conversations.model import Language
from tests.bot.pictures import chunks
from tests.conversations.samples import sample_event

EN, FR = Language
MEGABYTE = 1_000_000
NAMES = [each.name for each in sample_event().messages]
CHOSEN = NAMES[1::2]
LONG = Handout(
    "W" * 100,
    "Appelez-nous. " * 200,
    FR,
    tuple(Passed(f"{n}. " + "Éàü« 漢字 » ? " * 249, f"{n}: " + "pourquoi ? " * 270, "Source " * 42) for n in range(40)),
)
HOSTILE = [
    "",
    " \n\t ",
    "a\n" * 1_500,
    "W" * 3_000,
    "\u202egnol\u202c \x00\x0b\ud800\ufffe 🎉👩🏽‍⚕️",
    "<a:t>&amp;</a:t> ]]> %s {count}",
    "السلامة أولا " * 200,
    "e\u0301" * 1_000,
    "https://example.org/" + "a" * 900,
]


def chosen(language: Language, names: Iterable[str] = CHOSEN) -> Handout:
    return handout(sample_event(), names, language)


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def slides_in(content: bytes) -> list[str]:
    """The words of each slide."""
    return [
        plain(" ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame))
        for slide in Presentation(BytesIO(content)).slides
    ]


def words_of_page(content: bytes) -> str:
    (page,) = PdfReader(BytesIO(content)).pages
    return plain(page.extract_text())


def words_of_slides(content: bytes) -> str:
    return " ".join(slides_in(content))


def cards_of(passed: Handout) -> tuple[RenderedCard, ...]:
    # Whoever asks for them reads another language.
    return render(_carrying(Message(()), Form.PICTURES, passed), passed.language.other).cards


Words = Callable[[Handout], str]
FORMS: dict[str, Words] = {
    "slides": lambda passed: words_of_slides(deck_pptx(passed)),
    "page": lambda passed: words_of_page(page_pdf(passed)),
    "pictures": lambda passed: " ".join(f"{each.text} {each.source} {each.contact}" for each in cards_of(passed)),
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("words", FORMS.values(), ids=FORMS.keys())
def test_what_was_chosen_is_there_in_that_language_and_nothing_else(words: Words, language: Language) -> None:
    event, found = sample_event(), plain(words(chosen(language)))
    for message in event.messages:
        there = plain(message.text.in_language(language)) in found
        assert there is (message.name in CHOSEN), message.name
        assert plain(message.text.in_language(language.other)) not in found
        source = {EN: "Source: ", FR: "Source : "}[language] + plain(message.source.in_language(language))
        assert (source in found) is (message.name in CHOSEN)
    assert plain(event.contact.in_language(language)) in found
    for told in (event.welcome, event.consent, *(question.label for question in event.profile)):
        assert plain(told.in_language(language))[:60] not in found


@pytest.mark.parametrize("language", Language)
def test_a_deck_has_a_title_a_slide_for_each_message_and_how_to_make_it_ones_own(language: Language) -> None:
    event, passed = sample_event(), chosen(language)
    first, *middle, last = slides_in(deck_pptx(passed))
    assert event.title.in_language(language) in first
    assert len(middle) == len(CHOSEN)
    for slide, each in zip(middle, passed.messages, strict=True):
        assert all(plain(words) in slide for words in (each.text, each.why, each.source))
    assert {EN: "These slides are yours", FR: "Ces diapositives sont à vous"}[language] in last
    assert event.title.in_language(language) in last
    assert plain(passed.contact) in last


def test_a_message_is_the_title_of_its_slide_in_large_letters() -> None:
    deck = Presentation(BytesIO(deck_pptx(chosen(FR, NAMES))))
    sizes = set()
    for slide, each in zip(list(deck.slides)[1:-1], chosen(FR, NAMES).messages, strict=True):
        assert plain(slide.shapes.title.text) == plain(each.text)
        sizes |= {run.font.size.pt for par in slide.shapes.title.text_frame.paragraphs for run in par.runs}
    assert len(sizes) == 1, "all of them look alike"
    assert sizes.pop() >= 28


@pytest.mark.parametrize("passed", [chosen(EN, NAMES), chosen(FR, NAMES), LONG], ids=["en", "fr", "long"])
def test_nothing_leaves_a_slide_and_no_text_meets_another(passed: Handout) -> None:
    for slide in Presentation(BytesIO(deck_pptx(passed))).slides:
        assert all(shape.left >= 0 and shape.top >= 0 for shape in slide.shapes)
        for shape in slide.shapes:
            assert shape.left + shape.width <= Pt(deck_template.WIDTH)
            assert shape.top + shape.height <= Pt(deck_template.HEIGHT)
        texts = [each for each in slide.shapes if each.has_text_frame and each.text_frame.text.strip()]
        for one, other in combinations(texts, 2):
            apart = one.top + needed(one) <= other.top + Pt(1) or other.top + needed(other) <= one.top + Pt(1)
            beside = one.left + one.width <= other.left or other.left + other.width <= one.left
            assert apart or beside, (one.name, one.text_frame.text[:40], other.name, other.text_frame.text[:40])


def needed(shape) -> int:
    """How high its words are, or the shape where they stand in its middle."""
    width = shape.width / Pt(1)
    high = sum(
        lettering.lines_in(run.text, width, int(run.font.size.pt), bold=bool(run.font.bold)) * run.font.size.pt * 1.2
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    )
    if shape.is_placeholder and shape.placeholder_format.idx == 0:
        assert high <= shape.height / Pt(1) + 1, shape.text_frame.text[:40]
        return int(shape.height)
    return int(Pt(high))


def test_a_message_that_is_too_long_has_its_reason_on_the_next_slide() -> None:
    short, long = (
        Passed("Rights come first.", "They are everybody’s."),
        Passed("word " * 80, "because " * 160, "A source"),
    )
    passed = Handout("An event", "Call us.", EN, (short, long))
    _, first, second, third, _ = slides_in(deck_pptx(passed))
    assert "They are everybody’s." in first
    assert plain("word " * 80) in second
    assert "because" not in second
    assert plain("because " * 160) in third


def test_a_contact_that_is_too_long_for_the_last_slide_has_one_of_its_own() -> None:
    slides = slides_in(deck_pptx(replace(chosen(EN), contact="Call us at the office. " * 60)))
    assert plain("Call us at the office. " * 60) in slides[-1]
    assert "These slides are yours" in slides[-2]


def test_a_page_is_a4_and_says_why_where_there_is_room() -> None:
    few, all_ = chosen(FR, NAMES[:3]), chosen(FR, NAMES)
    (page,) = PdfReader(BytesIO(page_pdf(all_))).pages
    assert (round(page.mediabox.width * 25.4 / 72), round(page.mediabox.height * 25.4 / 72)) == (210, 297)
    assert all(plain(each.why) in words_of_page(page_pdf(few)) for each in few.messages)
    assert not any(plain(each.why) in words_of_page(page_pdf(all_)) for each in all_.messages)


def letters_on(content: bytes) -> list[tuple[str, float, float, float, float]]:
    """Each line of a page: its words, where it begins and ends, where its base is, and its size, in points."""
    (page,) = PdfReader(BytesIO(content)).pages
    found: list[tuple[str, float, float, float, float]] = []

    def text(words: str, _cm: list[float], tm: list[float], face: dict[str, str] | None, size: float) -> None:
        if words.strip() and face:
            weight = "Semibold" if "Semibold" in face["/BaseFont"] else "Regular"
            width = font(weight, 1_000).getlength(words.strip("\n"), features=["-kern"]) * size / 1_000
            found.append((words.strip(), tm[4], tm[4] + width, tm[5], size))

    page.extract_text(visitor_text=text)
    return found


signs = st.sampled_from("aeiournstlmwMWÉœ漢ж…—’ﬃ０?!:« »") | st.characters(codec="utf-8", max_codepoint=0x2FF)
sentences = st.lists(st.text(signs, min_size=1, max_size=12), max_size=120).map(" ".join)
pages = st.builds(
    Handout,
    st.text(signs, max_size=100),
    sentences,
    st.sampled_from(Language),
    st.lists(st.builds(Passed, sentences, sentences, st.text(signs, max_size=90)), min_size=1, max_size=12).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(pages)
def test_what_is_said_to_fit_on_a_page_does_in_letters_that_can_be_read(passed: Handout) -> None:
    room = fitting(passed)
    if not room:
        return
    drawn = letters_on(page_pdf(replace(passed, messages=passed.messages[:room])))
    for words, left, right, base, size in drawn:
        assert left >= 45, words
        assert right <= 210 / 25.4 * 72 - 45, words
        assert 45 <= base <= 297 / 25.4 * 72 - 45, words
        assert size >= 0.7 * READABLE, words


def test_messages_are_never_smaller_than_what_can_be_read() -> None:
    message = Passed("Rights belong to everybody, and nobody has to earn them. " * 4, source="A declaration")
    many = Handout("An event", "Write to us.", EN, (message,) * 40)
    full = replace(many, messages=many.messages[: fitting(many)])
    drawn = letters_on(page_pdf(full))
    assert min(size for words, *_, size in drawn if "Rights" in words) >= READABLE
    with pytest.raises(ValueError, match="40 messages do not fit"):
        page_pdf(many)


def test_the_estimate_of_a_page_takes_no_letter_for_narrower_than_it_is() -> None:
    for weight in ("Regular", "Semibold"):
        face = font(weight, 1_000)
        assert all(face.getlength(sign) <= 565 for sign in _NARROW)
        latin = (chr(code) for code in range(0x20, 0x250))
        assert all(face.getlength(sign) <= 1_130 for sign in latin if not unicodedata.category(sign).startswith("C"))


@pytest.mark.parametrize("make_it", [deck_pptx, page_pdf], ids=["slides", "page"])
def test_the_same_handout_gives_the_same_bytes(make_it: Callable[[Handout], bytes]) -> None:
    assert make_it(chosen(FR)) == make_it(chosen(FR))
    assert make_it(chosen(FR)) != make_it(chosen(EN))


@pytest.mark.parametrize("passed", [chosen(EN, NAMES), chosen(FR, NAMES), LONG], ids=["en", "fr", "long"])
def test_every_file_is_small(passed: Handout) -> None:
    page = replace(passed, messages=passed.messages[: fitting(passed)])
    assert len(deck_pptx(passed)) < MEGABYTE
    assert all(len(draw(each)) < MEGABYTE for each in cards_of(passed)[:3])
    if page.messages:
        assert len(page_pdf(page)) < MEGABYTE


def test_a_file_tells_nothing_of_who_made_it_nor_what_it_is_about() -> None:
    about = Presentation(BytesIO(deck_pptx(chosen(FR)))).core_properties
    assert (about.title, about.author, about.last_modified_by, about.comments) == ("Messages clés", "", "", "")
    assert (about.keywords, about.subject, about.category) == ("", "", "")
    with zipfile.ZipFile(BytesIO(deck_pptx(chosen(FR)))) as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(map(file.read, file.namelist())).decode("utf-8", "replace")
    page = PdfReader(BytesIO(page_pdf(chosen(EN))))
    assert dict(page.metadata or {}) == {"/Title": "Key messages"}
    assert "/ID" not in page.trailer
    for word in ("suivi", "python", "telegram", "lse2026"):
        assert word not in everything.lower()
        assert word.encode() not in page_pdf(chosen(EN)).lower()
    assert all(chunks(draw(each)) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"} for each in cards_of(chosen(EN)))


def test_a_file_has_a_name_that_tells_nothing() -> None:
    facts = facts_of(chosen(EN))
    names = {
        make(RenderedFile(kind, facts, language)).name
        for kind in (FileKind.HANDOUT_SLIDES, FileKind.HANDOUT_PAGE)
        for language in Language
    }
    assert names == {"messages-en.pptx", "messages-fr.pptx", "messages-en.pdf", "messages-fr.pdf"}
    assert not any(make(RenderedFile(FileKind.HANDOUT_PAGE, facts, EN)).picture for _ in names)


def test_a_picture_is_as_wide_as_any_card_and_says_whom_to_ask() -> None:
    with_contact = cards_of(chosen(EN))[0]
    picture = Image.open(BytesIO(draw(with_contact)))
    assert picture.width == 1080
    assert 1080 <= picture.height <= 1350
    assert draw(with_contact) != draw(replace(with_contact, contact=None))
    assert draw(with_contact) != draw(replace(with_contact, contact="Contact: nobody"))
    assert draw(replace(with_contact, source=None)) != draw(with_contact)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_still_give_files_that_open(text: str) -> None:
    passed = Handout(text[:100], text, FR, (Passed(text, text, plain(text[:300])), Passed("Rights come first.")))
    assert "Rights come first." in words_of_slides(deck_pptx(passed))
    card = RenderedCard(text, text[:300], FR, text)
    assert Image.open(BytesIO(draw(card))).width == 1080
    page = replace(passed, contact="", messages=(Passed(text[:400]), passed.messages[1]))
    if fitting(page) == 2:
        assert "Rights come first." in words_of_page(page_pdf(page))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=100), st.sampled_from(Language))
def test_whatever_is_written_gives_a_deck(text: str, why: str, title: str, language: Language) -> None:
    content = deck_pptx(Handout(title, why, language, (Passed(text, why, title),)))
    shown = "".join(re.sub(r"\s", "", each) for each in slides_in(content))
    kept = "".join(re.findall(r"[a-zA-Z0-9]", text))
    assert kept in "".join(re.findall(r"[a-zA-Z0-9]", shown))


def test_what_is_written_gets_into_no_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        page_pdf(Handout("السلامة", "\u202e🎉", FR, (Passed("السلامة", "", "\ud800"),)))
        deck_pptx(Handout("السلامة", "\u202e🎉", FR, (Passed("السلامة", "", "\ud800"),)))
    assert not caplog.records


def test_the_neutral_title_is_the_same_in_all_files() -> None:
    assert pass_on_page.NAME.msgid == "Key messages"

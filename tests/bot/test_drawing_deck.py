"""Slides: a deck that anybody can change, that says nothing of who made it, and whose texts stay on the slide."""

import zipfile
from datetime import date
from io import BytesIO
from itertools import combinations

import pytest
from pptx import Presentation

from bot.drawing import deck, deck_file, deck_template, lettering, palette
from bot.drawing.lettering import Box, Text
from bot.drawing.paper import INK
from conversations.model import Language

EN, FR = Language
DAY = date(2027, 11, 20)


def made(title: str = "A week together", paragraphs: int = 3) -> bytes:
    slides = deck_template.blank()
    first = deck.begin_slide(slides, title, [Text("10–13 Nov 2026", 28)], EN)
    topic = deck.topic_slide(slides, "What people learnt", title, "A week together", EN)
    deck.put(topic, Box(deck_template.MARGIN, deck.top_below(title), deck_template.ROOM, 40), [Text("90% agree.")], EN)
    deck.speak(topic, ["90% agree."], EN)
    texts = deck.text_slides(slides, "", "À propos", [Text("Une phrase assez longue. " * 9, 22)] * paragraphs, "", FR)
    deck_file.divide(slides, {"English": [first, topic], "Français": texts})
    return deck_file.saved(slides, title, DAY)


def test_a_file_says_nothing_of_who_made_it_where_or_when() -> None:
    content = made()
    about = Presentation(BytesIO(content)).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.created is not None
    assert about.created.date() == DAY
    with zipfile.ZipFile(BytesIO(content)) as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(map(file.read, file.namelist()))
        assert not [name for name in file.namelist() if "printer" in name or "thumbnail" in name or "app.xml" in name]
    for word in (b"Canny", b"python", b"Macintosh"):
        assert word not in everything


def test_the_same_deck_gives_the_same_bytes() -> None:
    assert made() == made()


def test_every_text_is_marked_with_its_language() -> None:
    languages = [
        {run.font.language_id.name for frame in frames(slide) for each in frame.paragraphs for run in each.runs}
        for slide in Presentation(BytesIO(made())).slides
    ]
    assert languages == [{"ENGLISH_UK"}, {"ENGLISH_UK"}, {"FRENCH"}]


def frames(slide):
    return [shape.text_frame for shape in slide.shapes if shape.has_text_frame]


def test_what_takes_more_room_than_a_slide_goes_on_on_the_next() -> None:
    slides = list(Presentation(BytesIO(made(paragraphs=12))).slides)[2:]
    assert len(slides) > 1
    assert [slide.shapes.title.text for slide in slides] == ["À propos"] * len(slides)
    assert sum(len(slide.placeholders[1].text_frame.paragraphs) for slide in slides) == 12


def test_a_long_title_becomes_smaller_and_then_is_cut() -> None:
    sizes = []
    for title in ("Short", "Words of a title " * 8, "Words of a title " * 60):
        slide = Presentation(BytesIO(made(title))).slides[1]
        run = slide.shapes.title.text_frame.paragraphs[0].runs[0]
        sizes.append(run.font.size.pt)
        lines = lettering.lines_in(run.text, deck_template.ROOM, int(run.font.size.pt), bold=True)
        assert lines <= 3
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1] >= lettering.READABLE
    assert run.text.endswith("…")


def test_one_thing_to_remember_fills_a_slide_and_a_longer_one_several() -> None:
    for words, wanted in (("Ask each person first.", 1), ("Ask each person before you share. " * 90, 3)):
        own = deck_template.blank()
        made_of_it = deck.statement_slides(own, "Key messages", words, "Source: session 2", "", EN)
        assert len(made_of_it) == wanted
        told = " ".join(frame.text for slide in made_of_it for frame in frames(slide))
        assert told.count("person") == words.count("person")
        assert any("Source: session 2" in frame.text for frame in frames(made_of_it[-1]))


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    assert lettering.spoken("a\x0bb\x00c\ud800d\ne", EN) == "abcd\ne"


def test_colours_can_be_seen_on_white_and_letters_be_read_on_them() -> None:
    scale = palette.agreement([True, True, None, False, False])
    for colour in (*palette.SERIES, *scale):
        assert palette.contrast(colour, palette.WHITE) >= 4.5
        assert palette.contrast(palette.ink_on(colour), colour) >= 4.5
    assert len(set(scale)) == 5
    assert not set(scale) & set(palette.SERIES), "a scale stays one when the theme is changed"


@pytest.mark.parametrize("sides", [[True, False], [True, None, False], [False, False, True, True], [None], [True] * 3])
def test_a_scale_is_darkest_at_its_ends(sides: list[bool | None]) -> None:
    scale = palette.agreement(sides)
    assert len(scale) == len(sides)
    for side in (True, False):
        own = [
            palette.contrast(colour, palette.WHITE) for each, colour in zip(sides, scale, strict=True) if each is side
        ]
        assert own == sorted(own, reverse=side)


def test_two_steps_between_the_sides_do_not_look_alike() -> None:
    assert len(set(palette.agreement([True, None, None, False]))) == 4


def test_no_two_series_look_alike() -> None:
    assert set(palette.side_by_side(5)) | {palette.SERIES[0]} == set(palette.SERIES)
    assert len(palette.side_by_side(12)) == 12
    for one, other in combinations(palette.side_by_side(5), 2):
        assert sum(abs(a - b) for a, b in zip(one, other, strict=True)) > 60
    assert palette.contrast(INK, palette.WHITE) == palette.contrast(palette.WHITE, INK)

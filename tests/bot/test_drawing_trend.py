"""Trends as pictures: what the line tells, and that everything fits."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.drawing import trend as module
from bot.drawing.paper import ACCENT, INK, PAPER, SOFT, font
from bot.drawing.trend import WIDTH, Trend, trend_png
from conversations.messages import phrase
from conversations.model import Bilingual, Language
from tests.bot.pictures import opened

TITLE = Bilingual("Answered a survey", "Une réponse à une enquête")
GROWING = (6, 14, 22, 27, 33, 39)


def trend(*people: int | None, out_of: int | None = 60, language: Language = Language.EN) -> Trend:
    return Trend(TITLE, people, language, out_of)


def drawn(shown: Trend) -> Image.Image:
    """The picture, looked at for what holds of each."""
    content = trend_png(shown)
    assert len(content) < 20_000
    picture = opened(content)
    assert picture.width == WIDTH
    assert 380 <= picture.height <= 540
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, PAPER)).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert min(left, top, WIDTH - right, picture.height - bottom) >= 24
    return picture


def line(picture: Image.Image) -> dict[int, list[int]]:
    """Where the line is: across, and from the top."""
    pixels = bytes(pixel == ACCENT for pixel in picture.get_flattened_data())
    columns = {x: pixels[x :: picture.width] for x in range(picture.width)}
    return {x: [y for y, hit in enumerate(column) if hit] for x, column in columns.items() if any(column)}


def pieces(shown: Trend) -> int:
    across = line(drawn(shown))
    return bool(across) + sum(second - first > 1 for first, second in pairwise(across))


def ends(shown: Trend) -> tuple[float, float]:
    """How high above the edge of the picture the first and the last dot are."""
    picture = drawn(shown)
    marked = list(line(picture).values())
    return tuple(picture.height - sum(rows) / len(rows) for rows in (marked[0], marked[-1]))


@pytest.mark.parametrize("language", Language)
def test_the_line_goes_up_with_the_numbers(language: Language) -> None:
    first, last = ends(trend(*GROWING, language=language))
    assert last > first
    level, still_level = ends(trend(5, 5, 5, language=language))
    assert still_level == pytest.approx(level, abs=1)


def test_a_share_is_drawn_between_none_and_all_however_small_it_is() -> None:
    none, half = ends(trend(0, 30))
    few, all_of_them = ends(trend(6, 60))
    assert all_of_them - none == pytest.approx(2 * (half - none), abs=2)
    assert few - none == pytest.approx((all_of_them - none) / 10, abs=2)
    assert ends(trend(1, 5, out_of=10)) == ends(trend(6, 30, out_of=60))


@pytest.mark.parametrize(
    ("people", "lines"),
    [
        (GROWING, 1),
        ((6, None, 22, 27), 2),
        ((None, None, 22, 27), 1),
        ((6, 14, None, None), 1),
        ((6, 14, None, 22, None, 33), 3),
        ((6, 14, None, None, 14, 6), 2),
        ((7,), 1),
        ((None, None), 0),
        ((), 0),
    ],
)
def test_what_must_not_be_shown_is_a_gap(people: tuple[int | None, ...], lines: int) -> None:
    assert pieces(trend(*people)) == lines


def test_a_hidden_number_leaves_no_trace_but_words() -> None:
    whole, hidden = drawn(trend(6, 20, 14)), drawn(trend(6, None, 14))
    assert hidden.height > whole.height, "the note"
    middle = sorted(line(whole))
    x = (middle[0] + middle[-1]) // 2
    assert x in line(whole)
    assert not {each for each in line(hidden) if abs(each - x) < 100}


@pytest.mark.parametrize(
    ("language", "share", "number"), [(Language.EN, "62%", "1,234"), (Language.FR, "62\u00a0%", "1\u202f234")]
)
def test_numbers_are_written_as_in_the_language(language: Language, share: str, number: str) -> None:
    assert module._told(trend(52, out_of=84, language=language), 52) == share
    assert module._told(trend(out_of=None, language=language), 1_234) == number


def test_who_is_counted_is_said_in_words() -> None:
    assert module._unit(trend(out_of=84)).count == 84
    assert trend_png(trend(6, 12, out_of=60)) != trend_png(trend(7, 14, out_of=70))


def test_whatever_the_colours_mean_nothing_and_stand_out() -> None:
    used = {colour for _, colour in drawn(trend(*GROWING, None)).getcolors() or ()}
    assert {PAPER, INK, ACCENT, SOFT} <= used
    assert len(used) <= 16


@pytest.mark.parametrize("weeks", [*range(2, 60), 104, 105, 300])
def test_the_weeks_that_are_named_do_not_touch(weeks: int) -> None:
    named = list(module._weeks(weeks))
    assert named[0] == 1
    width = font("Regular", module._SMALL).getlength(str(weeks))
    apart = 440 / (weeks - 1)
    assert all((second - first) * apart > width + 8 for first, second in pairwise(named))


@pytest.mark.parametrize(("people", "top"), [(0, 2), (2, 2), (3, 4), (9, 10), (10, 10), (11, 20), (55, 60), (101, 200)])
def test_the_axis_of_numbers_ends_at_a_round_one(people: int, top: int) -> None:
    assert module._round(people) == top


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=300),
    st.lists(st.none() | st.integers(0, 20_000), max_size=60),
    st.booleans(),
    st.sampled_from(Language),
)
def test_whatever_it_is_it_fits(title: str, people: list[int | None], share: bool, language: Language) -> None:
    drawn(Trend(title, tuple(people), language, 20_000 if share else None))


def test_the_title_may_be_words_of_the_bot() -> None:
    assert trend_png(Trend(phrase("Number of people"), (1,), Language.EN)) == trend_png(
        Trend("Number of people", (1,), Language.EN)
    )


def test_the_same_trend_gives_the_same_bytes() -> None:
    assert trend_png(trend(*GROWING)) == trend_png(trend(*GROWING))
    assert trend_png(trend(*GROWING)) != trend_png(trend(*GROWING, language=Language.FR))

"""Figures as pictures: all is said and can be read, what is hidden is not there, and nothing gives anyone away."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.drawing.palette import WHITE, contrast
from bot.drawing.paper import INK, PAPER, drawable
from bot.reports.figures.charts.fills import fills
from bot.reports.figures.pictures import SHARPNESS, WIDTH, bare, png, svg
from bot.reports.figures.wording import described, interval_words, value_words
from conversations.model import Bilingual, Language, Words
from conversations.report.values import Cell, Chart, Figure, Series
from locales.phrases import say
from tests.bot import pictures
from tests.reports.drawn import COLOURS, SVG, boxes, check_that_nothing_meets, marks, opened, texts, words_of
from tests.reports.extremes import EXTREMES, LONGEST, agreement
from tests.reports.published import CHANGE, CONNECTIONS, CYCLE, PROGRESS, RECALL, REPORT, RESPONSE

NARROW, PAGE = 296, 640
each_figure = pytest.mark.parametrize("figure", REPORT.figures, ids=lambda figure: figure.chart)
each_language = pytest.mark.parametrize("language", Language)
HIDDEN = {Language.EN: "fewer than 5", Language.FR: "moins de 5"}


def joined(words: Words, language: Language) -> str:
    """The words as they stand on a picture, whose lines end elsewhere."""
    return drawable(say(words, language), language)


def all_cells(figure: Figure) -> list[Cell]:
    return [cell for series in figure.series for cell in series.cells]


def without(figure: Figure) -> Figure:
    """The figure with every cell hidden."""
    series = tuple(replace(each, cells=tuple(Cell(None, 100) for _ in each.cells)) for each in figure.series)
    return replace(figure, series=series)


@each_figure
@each_language
def test_it_says_all_that_a_reader_needs_who_has_nothing_else(figure: Figure, language: Language) -> None:
    written = words_of(svg(figure, REPORT, language))
    told = (figure.title, figure.sentence, figure.base, *figure.notes, *figure.rows)
    for words in told:
        assert joined(words, language) in written
    if len(figure.series) > 1:
        for series in figure.series:
            assert joined(series.name, language) in written
    for cell in all_cells(figure):
        assert value_words(cell, REPORT, language) in written
        assert interval_words(cell, language) in written


@each_figure
@each_language
def test_what_is_hidden_is_said_in_words_as_often_as_it_is_hidden(figure: Figure, language: Language) -> None:
    written = words_of(bare(figure, REPORT, language, NARROW, "a").svg)
    assert written.count(HIDDEN[language]) == sum(cell.hidden for cell in all_cells(figure)) > 0 or (
        figure.chart is Chart.PROGRESS
    )


@pytest.mark.parametrize("figure", EXTREMES + REPORT.figures)
def test_what_is_hidden_has_no_mark(figure: Figure) -> None:
    """When everything is hidden, the only shapes in a colour of a series are those that explain it."""
    left = marks(bare(without(figure), REPORT, Language.EN, NARROW, "a").svg)
    match figure.chart:
        case Chart.PARTS:
            assert {each.get("width") for each in left} == {"13"}
        case Chart.PAIRS:
            assert [each.tag for each in left] == [f"{SVG}circle"] * 2
        case Chart.CYCLE | Chart.INTERVALS:
            assert {each.get("stroke") or each.get("fill") for each in left} <= {"#404C56"}, "arrows, and the legend"
        case _:
            assert left == []


def test_hiding_one_row_leaves_the_others_as_they_were() -> None:
    series = CONNECTIONS.series[0]
    hidden = replace(series, cells=(*series.cells[:2], Cell(None, 30), *series.cells[3:]))
    before = marks(bare(CONNECTIONS, REPORT, Language.EN, NARROW, "a").svg)
    after = marks(bare(replace(CONNECTIONS, series=(hidden,)), REPORT, Language.EN, NARROW, "a").svg)
    assert [each.attrib for each in before[:2] + before[3:]] == [each.attrib for each in after]


def test_bars_are_as_long_as_their_shares() -> None:
    drawn = bare(CONNECTIONS, REPORT, Language.EN, NARROW, "a")
    lengths = [float(each.get("width", "")) for each in marks(drawn.svg)]
    shares = [float(cell.share) for cell in CONNECTIONS.series[0].cells if cell.share is not None]
    assert [length / lengths[0] for length in lengths] == pytest.approx(
        [share / shares[0] for share in shares], rel=0.01
    )
    assert lengths[0] < NARROW * shares[0], "a share of all would end before its words do"


def test_the_parts_of_a_row_take_their_share_of_it() -> None:
    drawn = marks(bare(RESPONSE, REPORT, Language.EN, NARROW, "a").svg)
    parts = [float(each.get("width", "")) + 1.5 for each in drawn if each.get("height") == "26"]
    assert parts == pytest.approx([NARROW * share for share in (20 / 62, 36 / 62, 6 / 62, 12 / 40, 28 / 40)], abs=0.1)


def test_an_interval_reaches_from_its_low_end_to_its_high_end() -> None:
    drawn = opened(bare(RECALL, REPORT, Language.EN, NARROW, "a").svg)
    grid = [each for each in drawn.iter(f"{SVG}line") if each.get("stroke") == "#CDC8BC"][:3]
    zero, _, one = (float(each.get("x1", "")) for each in grid)
    lines = [
        (float(each.get("x1", "")), float(each.get("x2", "")))
        for each in drawn.iter(f"{SVG}line")
        if each.get("stroke") in {"#0072B2", "#B34F00"} and each.get("y1") == each.get("y2")
    ]
    ends = [(cell.low, cell.high) for row in (0, 1) for cell in (each.cells[row] for each in RECALL.series) if cell.low]
    assert [((low - zero) / (one - zero), (high - zero) / (one - zero)) for low, high in lines] == [
        pytest.approx(each, abs=0.01) for each in ends
    ]


def test_a_target_that_was_passed_is_marked_within_the_bar() -> None:
    passed = replace(PROGRESS, rows=("Trained",), series=(replace(PROGRESS.series[0], cells=(Cell(13, 10),)),))
    drawn = bare(passed, REPORT, Language.EN, NARROW, "a").svg
    [bar] = marks(drawn)
    end = float(bar.get("x", "")) + float(bar.get("width", ""))
    target = [each for each in opened(drawn).iter(f"{SVG}line") if each.get("stroke") == "#16222E"][-1]
    assert float(target.get("x1", "")) == pytest.approx(end * 10 / 13, abs=0.1)
    assert "130%" in words_of(drawn)


def test_a_line_between_two_times_leads_from_one_share_to_the_other() -> None:
    figure = replace(CHANGE, rows=CHANGE.rows[:1], series=tuple(replace(s, cells=s.cells[:1]) for s in CHANGE.series))
    drawn = bare(figure, REPORT, Language.EN, NARROW, "a").svg
    before, after = (box for box in boxes(drawn) if box.words in {"60%", "76%"})
    [line] = [each for each in marks(drawn) if each.tag == f"{SVG}line"]
    assert before.right < float(line.get("x1", "")) < float(line.get("x2", "")) < after.left


def test_the_stages_follow_one_another_clockwise() -> None:
    drawn = bare(CYCLE, REPORT, Language.EN, NARROW, "a").svg
    at = {box.words: box for box in boxes(drawn)}
    first, second, third, fourth = (at[say(words, Language.EN)] for words in CYCLE.rows)
    assert first.right < second.left
    assert second.bottom < third.top
    assert fourth.right < third.left
    assert first.bottom < fourth.top
    assert first.top == second.top


@pytest.mark.parametrize("width", [NARROW, PAGE])
@pytest.mark.parametrize("figure", REPORT.figures + EXTREMES)
@each_language
def test_nothing_written_meets_or_leaves_the_picture(figure: Figure, language: Language, width: float) -> None:
    check_that_nothing_meets(bare(figure, REPORT, language, width, "a").svg)


@pytest.mark.parametrize("figure", [*EXTREMES, LONGEST])
def test_of_extreme_figures_every_share_is_there_too(figure: Figure) -> None:
    written = words_of(bare(figure, REPORT, Language.FR, NARROW, "a").svg)
    for cell in all_cells(figure):
        assert value_words(cell, REPORT, Language.FR) in written


@each_figure
def test_the_letters_can_be_read_on_a_narrow_phone(figure: Figure) -> None:
    sizes = [float(each.get("font-size", "")) for each in texts(svg(figure, REPORT, Language.FR))]
    assert min(sizes) >= 12
    assert WIDTH == 360


def test_a_text_without_end_ends_visibly() -> None:
    endless = replace(CONNECTIONS, title=Bilingual("word " * 5_000, ""), rows=("word " * 5_000, *CONNECTIONS.rows[1:]))
    written = words_of(bare(endless, REPORT, Language.EN, NARROW, "a").svg)
    assert "…" in written
    assert len(written) < 2_000
    assert pictures.opened(png(endless, REPORT, Language.EN)).height < 4_000


@each_figure
@each_language
def test_the_png_is_a_sharp_picture_and_nothing_else(figure: Figure, language: Language) -> None:
    content = png(figure, REPORT, language)
    picture = pictures.opened(content)
    assert picture.width == WIDTH * SHARPNESS == 1_080
    assert picture.getpixel((2, 2)) == PAPER
    assert INK in {colour for _, colour in picture.getcolors(1 << 20) or []}
    assert len(content) < 200_000


@each_figure
@each_language
def test_who_cannot_see_it_is_told_what_it_shows(figure: Figure, language: Language) -> None:
    root = opened(svg(figure, REPORT, language))
    assert (root.get("role"), root.get("lang")) == ("img", language)
    named = {each.get("id"): each.text for each in root if each.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert [named[name] for name in root.get("aria-labelledby", "").split()] == [
        say(figure.title, language),
        described(figure, REPORT, language),
    ]


@each_figure
def test_the_svg_brings_its_letters_and_asks_nobody_for_anything(figure: Figure) -> None:
    content = svg(figure, REPORT, Language.FR).decode()
    assert content.count("@font-face") == 2
    assert content.count("url(") == content.count("url(data:font/woff;base64,")
    assert "href" not in content
    assert content.replace('xmlns="http://www.w3.org/2000/svg"', "").count("http") == 0
    assert len(content) < 40_000


def test_a_picture_names_neither_the_event_nor_a_day() -> None:
    content = svg(CYCLE, REPORT, Language.EN).decode()
    for words in (REPORT.code, REPORT.title.en, "2026", "2027"):
        assert words not in content


def test_marks_stand_out_from_the_paper_and_words_from_marks() -> None:
    for colour in COLOURS:
        assert contrast(colour, PAPER) >= 3
        assert contrast(colour, WHITE) >= 4.5


@pytest.mark.parametrize("agreeing", [1, 2, 3])
@pytest.mark.parametrize("disagreeing", [1, 2, 3])
@pytest.mark.parametrize("between", [True, False])
def test_parts_side_by_side_differ_without_their_colours(agreeing: int, disagreeing: int, between: bool) -> None:
    figure = agreement(agreeing, disagreeing)
    levels = tuple(each for each in figure.series if between or each.positive is not None)
    for one, other in pairwise(fills(levels)):
        assert one.hatch != other.hatch
    unsure = tuple(replace(each, positive=None) for each in figure.series[-2:])
    for one, other in pairwise(fills((*levels, *unsure))):
        assert one.hatch != other.hatch
    plain = tuple(Series(each.name, each.cells) for each in figure.series)
    for one, other in pairwise(fills(plain)):
        assert one.hatch != other.hatch


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "]]>&amp;<!--", "\u202eשלום\u0000\ud800", "🎉" * 40, ""]
)
@each_figure
def test_hostile_words_stay_words(figure: Figure, words: str) -> None:
    hostile = replace(
        figure,
        title=words,
        sentence=Bilingual(words, words),
        base=words,
        rows=tuple(words for _ in figure.rows),
        series=tuple(replace(each, name=words) for each in figure.series),
        notes=(words,),
    )
    content = svg(hostile, REPORT, Language.FR)
    tags = {each.tag.removeprefix(SVG) for each in opened(content).iter()}
    assert tags <= {
        "svg",
        "title",
        "desc",
        "style",
        "g",
        "rect",
        "line",
        "circle",
        "path",
        "polyline",
        "polygon",
        "text",
    }
    assert not set("\u202e\x00") & set(content.decode())
    check_that_nothing_meets(content)
    assert pictures.opened(png(hostile, REPORT, Language.FR)).width == WIDTH * SHARPNESS


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(REPORT.figures),
    st.sampled_from(list(Language)),
    st.lists(st.text(max_size=80), min_size=30, max_size=30),
    st.lists(st.none() | st.integers(0, 30), min_size=40, max_size=40),
)
def test_whatever_is_counted_and_written_nothing_meets(
    figure: Figure, language: Language, words: list[str], counts: list[int | None]
) -> None:
    given_words, given_counts = iter(words), iter(counts)
    parts = len(figure.series) if figure.chart is Chart.PARTS else 1
    series = tuple(
        Series(next(given_words), tuple(Cell(next(given_counts), 30 * parts) for _ in each.cells), each.positive)
        for each in figure.series
    )
    drawn = replace(figure, rows=tuple(next(given_words) for _ in figure.rows), series=series)
    content = bare(drawn, REPORT, language, NARROW, "a").svg
    check_that_nothing_meets(content)
    for cell in all_cells(drawn):
        assert value_words(cell, REPORT, language) in words_of(content)


def test_the_same_figure_gives_the_same_bytes() -> None:
    other = replace(CYCLE, series=(replace(CYCLE.series[0], cells=(Cell(30, 32), *CYCLE.series[0].cells[1:])),))
    for make in (svg, png):
        assert make(CYCLE, REPORT, Language.FR) == make(CYCLE, REPORT, Language.FR)
        assert make(CYCLE, REPORT, Language.FR) != make(other, REPORT, Language.FR)

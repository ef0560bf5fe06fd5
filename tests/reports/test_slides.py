"""The report as slides: a coordinator opens the file, finds every figure in it, changes one, and shows them at home."""

import re
import subprocess
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from bot.drawing.deck_template import HEIGHT, MARGIN, ROOM, WIDTH
from bot.drawing.lettering import LEADING, SMALL, Box, lines_in, width_of
from bot.reports.figures.chart_layout import SIZES, laid_out, pages
from bot.reports.figures.plotted import NUMBER_FORMAT, not_shown, row_names, whole_percent
from bot.reports.figures.slides import slides
from bot.reports.figures.wording import section_words, value_words
from conversations.model import Bilingual, Language
from conversations.report.values import SECTIONS, Cell, Chart, Figure, Hiding, Report, Series, Takeaway
from locales.phrases import say
from tests.reports.office import COUNTRIES, CROWDED, DRAWN, FULL, files_in, hidden_at
from tests.reports.published import (
    AGREEMENT,
    CHANGE,
    CONNECTIONS,
    CYCLE,
    PROGRESS,
    RECALL,
    REPORT,
    RESPONSE,
    SQUARE,
    cells,
)

EN, FR = Language
BOTH = (EN, FR)
WITHHELD = {EN: "Not shown, so that nobody", FR: "Non montré, pour que personne"}
BEFORE, AFTER = 1, 4
"""Slides before the figures of the report, and after them: its title; two key messages with theirs, and what it says
about itself."""


@pytest.fixture(scope="module", params=BOTH)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def shown(language):
    """The slides of the report in one language."""
    return opened(REPORT, language)


made = cache(slides)
"""Made once for all tests that only read it."""


def opened(report: Report, *languages: Language):
    return list(Presentation(BytesIO(made(report, languages))).slides)


def of(figure: Figure, shown):
    """The slide of that figure."""
    return shown[BEFORE + REPORT.figures.index(figure)]


def chart_on(slide):
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    return frame.chart


def texts_on(slide) -> list[str]:
    found = []
    for shape in slide.shapes:
        if shape.shape_type is not None and hasattr(shape, "shapes"):
            found += [each.text_frame.text for each in shape.shapes]
        elif shape.has_text_frame:
            found.append(shape.text_frame.text)
    return found


def test_a_slide_for_each_figure_says_what_it_shows_and_of_whom(shown, language) -> None:
    assert len(shown) == BEFORE + len(REPORT.figures) + AFTER
    for figure in REPORT.figures:
        slide = of(figure, shown)
        assert slide.shapes.title.text == say(figure.title, language)
        texts = "\n".join(texts_on(slide))
        for words in (section_words(figure.section, language), figure.sentence, figure.base, *figure.notes):
            assert say(words, language) in texts


def test_the_first_slide_says_of_which_event_and_of_which_day(shown, language) -> None:
    assert texts_on(shown[0]) == [
        say(REPORT.title, language),
        {EN: "10–13 Nov 2026\nFigures as of 20 November 2027", FR: "10–13 nov. 2026\nChiffres au 20 novembre 2027"}[
            language
        ],
    ]


def test_key_messages_are_for_colleagues_who_were_not_there(shown, language) -> None:
    heading, *messages = shown[-AFTER:-1]
    assert (
        texts_on(heading)
        == {
            EN: ["Key messages", "For colleagues who were not there."],
            FR: ["Messages clés", "Pour les collègues qui n’y étaient pas."],
        }[language]
    )
    for slide, takeaway in zip(messages, REPORT.takeaways, strict=True):
        assert slide.shapes.title.text == say(takeaway.text, language)
        assert say(takeaway.source, language) in "\n".join(texts_on(slide))


def test_the_end_says_how_the_figures_came_to_be(shown, language) -> None:
    assert shown[-1].placeholders[1].text_frame.text == "\n".join(say(each, language) for each in REPORT.about)


@pytest.mark.parametrize("figure", DRAWN, ids=lambda figure: figure.name)
def test_every_chart_draws_what_is_shown_and_nothing_else(figure: Figure, shown, language) -> None:
    chart = chart_on(of(figure, shown))
    drawn = [tuple(series.values) for series in chart.plots[0].series]
    if figure.chart is Chart.PAIRS:
        drawn = list(zip(*drawn, strict=True))
    assert drawn == [
        tuple(None if cell.share is None else whole_percent(cell.share) for cell in series.cells)
        for series in figure.series
    ]


@pytest.mark.parametrize("figure", DRAWN, ids=lambda figure: figure.name)
def test_every_chart_has_a_workbook_whose_cells_can_be_changed(figure: Figure, shown, language) -> None:
    chart = chart_on(of(figure, shown))
    sheet = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).worksheets[0]
    columns = list(sheet.iter_cols(values_only=True))
    assert columns[0][1:] == tuple(chart.plots[0].categories)
    for column, series in zip(columns[1:], chart.plots[0].series, strict=False):
        assert column == (series.name, *series.values)
    formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []
    # What the chart draws comes from these very cells.
    for letter, _ in zip("BCDEFGH", chart.plots[0].series, strict=False):
        assert f"Sheet1!${letter}$2:${letter}${len(columns[0])}" in chart.part.blob.decode()


def test_names_that_look_like_formulas_stay_names() -> None:
    name = '=HYPERLINK("http://example.org")'
    figure = replace(RESPONSE, rows=(Bilingual(name, name),) * 2)
    chart = chart_on(opened(replace(REPORT, figures=(figure,)), EN)[1])
    sheet = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in (sheet["A2"], sheet["A3"])] == [(name, "s")] * 2


def test_intervals_reach_from_their_low_to_their_high_end(shown, language) -> None:
    chart = chart_on(of(RECALL, shown))
    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    for number, series in enumerate(chart.element.findall(".//c:ser", space)):
        for cell, place in zip(RECALL.series[number].cells, range(2), strict=True):
            share = series.find(f"c:val//c:pt[@idx='{place}']/c:v", space)
            above = series.find(f"c:errBars/c:plus//c:pt[@idx='{place}']/c:v", space)
            below = series.find(f"c:errBars/c:minus//c:pt[@idx='{place}']/c:v", space)
            if cell.hidden:
                assert (share, above, below) == (None, None, None)
                continue
            assert float(share.text) + float(above.text) == pytest.approx(whole_percent(cell.high))
            assert float(share.text) - float(below.text) == pytest.approx(whole_percent(cell.low))


def test_the_table_tells_shares_and_the_numbers_behind_them(shown, language) -> None:
    (table,) = [shape.table for shape in of(SQUARE, shown).shapes if shape.has_table]
    rows = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    assert (
        rows
        == {
            EN: [
                ["", "Inside the organisation", "Outside the organisation"],
                ["Informally", "75%\n24 of 32", "22%\n7 of 32"],
                ["Formally", "56%\n18 of 32", "fewer than 5"],
            ],
            FR: [
                ["", "En interne", "À l’extérieur"],
                ["De façon informelle", "75\u00a0%\n24 sur 32", "22\u00a0%\n7 sur 32"],
                ["De façon formelle", "56\u00a0%\n18 sur 32", "moins de 5"],
            ],
        }[language]
    )


def test_the_stages_are_arrows_with_their_shares(shown, language) -> None:
    texts = texts_on(of(CYCLE, shown))
    for cell, name in zip(CYCLE.series[0].cells, CYCLE.rows, strict=True):
        assert value_words(cell, REPORT, language) in texts
        assert any(text.split("\n")[0] == say(name, language) for text in texts)


def test_what_is_hidden_has_no_bar_and_says_why(shown, language) -> None:
    few = {EN: "fewer than 5", FR: "moins de 5"}[language]
    names = list(chart_on(of(CONNECTIONS, shown)).plots[0].categories)
    assert [name for name in names if few in name] == [names[-1]]
    for figure in (RESPONSE, AGREEMENT, RECALL, CHANGE):
        (told,) = [text for text in texts_on(of(figure, shown)) if WITHHELD[language] in text]
        for series in figure.series:
            assert (say(series.name, language) in told) is any(cell.hidden for cell in series.cells)


def test_what_every_row_lacks_is_named_once_and_rows_that_lack_the_same_together(language) -> None:
    few = Cell(None, 62)
    answered, not_reached, declined = RESPONSE.series
    rows = (*RESPONSE.rows, Bilingual("Others", "Autres"))
    told = {}
    for name, lacking in (("all", (few, few, few)), ("two", (few, Cell(6, 62), few)), ("none", cells(62, 6, 6, 6))):
        series = (
            replace(answered, cells=cells(62, 20, 20, 20)),
            replace(not_reached, cells=cells(62, 30, 30, 30)),
            replace(declined, cells=lacking),
        )
        told[name] = not_shown(replace(RESPONSE, rows=rows, series=series), language).partition(WITHHELD[language])[2]
    first, _, third = (say(row, language) for row in rows)
    assert told["all"].endswith(say(declined.name, language))
    assert first not in told["all"]
    assert f"{first}, {third}" in told["two"]
    assert told["none"] == ""


@pytest.mark.parametrize("hiding", Hiding)
def test_what_is_hidden_is_nowhere_in_the_file(hiding: Hiding) -> None:
    for name, content in files_in(slides(hidden_at(7919, hiding), BOTH)):
        assert b"7919" not in content, name


def test_a_number_without_a_target_is_told_at_its_name(shown, language) -> None:
    names = list(chart_on(of(PROGRESS, shown)).plots[0].categories)
    assert (
        names
        == {
            EN: ["People reached by mini trainings: 4,489 of 10,000", "Sites: 6 of 16", "Staff trained: 140"],
            FR: [
                "Personnes touchées par des mini-formations\u00a0: 4\u202f489 sur 10\u202f000",
                "Sites\u00a0: 6 sur 16",
                "Membres du personnel formés\u00a0: 140",
            ],
        }[language]
    )


def test_halves_are_rounded_as_in_words_though_office_would_round_them_up() -> None:
    figure = replace(CONNECTIONS, rows=CONNECTIONS.rows[:2], series=(Series(Bilingual("", ""), cells(8, 5, 1)),))
    (series,) = chart_on(opened(replace(REPORT, figures=(figure,)), EN)[1]).plots[0].series
    assert tuple(series.values) == (0.62, 0.12)
    assert value_words(Cell(5, 8), REPORT, EN) == "62%"


def test_shares_are_written_as_in_the_language(shown, language) -> None:
    for figure in DRAWN:
        blob = chart_on(of(figure, shown)).part.blob.decode()
        assert f'formatCode="{NUMBER_FORMAT[language]}"'.replace('0"\u00a0"%', "0&quot;\u00a0&quot;%") in blob or (
            f"<c:formatCode>{NUMBER_FORMAT[language]}</c:formatCode>" in blob
        )


def test_whoever_does_not_see_a_slide_hears_what_is_on_it(shown, language) -> None:
    for figure in REPORT.figures:
        (described,) = [
            words
            for shape in of(figure, shown).shapes
            if (words := shape.element.xpath("./*[1]/p:cNvPr")[0].get("descr"))
        ]
        for row in figure.rows:
            assert say(row, language) in described
        for series in figure.series:
            for cell in series.cells:
                assert value_words(cell, REPORT, language) in described


def test_a_slide_is_read_aloud_from_its_title_to_its_foot(shown, language) -> None:
    for figure in DRAWN:
        kinds = []
        for shape in of(figure, shown).shapes:
            text = shape.text_frame.text if shape.has_text_frame else ""
            for words in (figure.title, figure.sentence, figure.base):
                kinds += [say(words, language)] if text.startswith(say(words, language)) else []
            kinds += ["chart"] if shape.has_chart else []
            kinds += ["foot"] if "Footer" in shape.name else []
        title, sentence, base = (say(words, language) for words in (figure.title, figure.sentence, figure.base))
        assert list(dict.fromkeys(kinds)) == [title, sentence, "chart", base, "foot"]


def test_no_two_shapes_of_a_slide_have_the_same_number(shown) -> None:
    for slide in shown:
        numbers = slide.element.xpath(".//p:cNvPr/@id")
        assert len(set(numbers)) == len(numbers)


def test_the_notes_have_all_that_whoever_presents_needs(shown, language) -> None:
    for figure in REPORT.figures:
        notes = of(figure, shown).notes_slide.notes_text_frame.text
        for words in (figure.sentence, figure.base, *figure.notes, *figure.rows):
            assert say(words, language) in notes


def test_both_languages_are_two_decks_in_one_file_of_which_one_can_be_removed() -> None:
    content = made(REPORT, BOTH)
    deck = Presentation(BytesIO(content))
    titles = [slide.shapes.title.text for slide in deck.slides]
    alone = {language: [slide.shapes.title.text for slide in opened(REPORT, language)] for language in BOTH}
    assert titles == alone[EN] + alone[FR]
    space = {"p14": "http://schemas.microsoft.com/office/powerpoint/2010/main"}
    sections = deck.part.presentation.element.findall(".//p14:section", space)
    assert [section.get("name") for section in sections] == ["English", "Français"]
    numbers = [int(each.get("id")) for section in sections for each in section.findall(".//p14:sldId", space)]
    assert numbers == [slide.slide_id for slide in deck.slides]


def test_every_word_is_marked_with_its_language(shown, language) -> None:
    tag = {EN: "en-GB", FR: "fr-FR"}[language]
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    for slide in shown:
        runs = slide.element.xpath(".//a:r[not(ancestor::p:sp//p:ph[@type='sldNum'])]/a:rPr")
        assert runs
        assert {run.get("lang") for run in runs} == {tag}
        for shape in slide.shapes:
            if shape.has_chart:
                letters = shape.chart.element.findall(".//a:defRPr", space)
                assert {each.get("lang") for each in letters} == {tag}


def test_the_same_report_gives_the_same_file_made_on_its_day_by_nobody() -> None:
    content = made(REPORT, BOTH)
    assert slides(REPORT, BOTH) == content
    about = Presentation(BytesIO(content)).core_properties
    assert (about.author, about.last_modified_by, about.title) == ("", "", "Learning and Sharing Event 2026")
    assert about.created.date() == about.modified.date() == REPORT.day
    for name, inside in files_in(content):
        if name.endswith("xlsx/docProps/core.xml"):
            assert b">2027-11-20T00:00:00Z<" in inside
            assert b"<dc:creator></dc:creator>" in inside


def test_a_report_that_shows_small_numbers_says_so_first() -> None:
    assert "somebody could be recognised" in texts_on(opened(FULL, EN)[0])[1]
    assert "somebody could be recognised" not in texts_on(opened(REPORT, EN)[0])[1]


@pytest.mark.parametrize("report", [REPORT, FULL], ids=["report", "full"])
def test_everything_is_on_the_slide_and_nothing_lies_on_anything_else(report: Report, language) -> None:
    for slide in opened(report, language):
        boxes = sorted(
            (shape.top.pt, shape.left.pt, shape.width.pt, shape.height.pt)
            for shape in slide.shapes
            if shape.width and not shape.is_placeholder
        )
        for top, left, width, height in boxes:
            assert left >= 0
            assert top >= 0
            assert left + width <= WIDTH + 0.1
            assert top + height <= HEIGHT + 0.1
        across = [(top, top + height) for top, left, width, height in boxes if width > ROOM / 2]
        assert all(end <= begin + 0.1 for (_, end), (begin, _) in pairwise(across))


@pytest.mark.parametrize("report", [REPORT, FULL], ids=["report", "full"])
def test_texts_fit_their_boxes_in_letters_that_can_be_read(report: Report, language) -> None:
    for slide in opened(report, language):
        for shape in slide.shapes:
            if not shape.has_text_frame or not shape.width:
                continue
            paragraphs = [(each.text, each.runs[0].font.size.pt) for each in shape.text_frame.paragraphs if each.runs]
            lines = [lines_in(text, shape.width.pt, int(size)) * size * LEADING for text, size in paragraphs]
            assert all(size >= SMALL for _, size in paragraphs)
            assert sum(lines) <= shape.height.pt + 1, shape.text_frame.text


@pytest.mark.parametrize("figure", [*DRAWN, CROWDED, COUNTRIES], ids=lambda figure: figure.name)
def test_names_and_numbers_of_a_chart_fit_their_rows(figure: Figure, language) -> None:
    box = Box(MARGIN, 150, ROOM, 260)
    for cut in pages(figure, REPORT, box, language):
        layout = laid_out(cut, REPORT, box, language)
        assert layout.size in SIZES
        assert layout.chart.top + layout.chart.height <= box.top + box.height + 0.1
        if cut.chart is Chart.PAIRS:
            continue
        row = layout.plot.height / len(cut.rows)
        for name in row_names(cut, REPORT, language):
            assert lines_in(name, layout.plot.left, layout.size) * layout.size * LEADING <= row
            longest = max(name.split(), key=len)
            assert width_of(longest, layout.size) <= layout.plot.left


def test_many_rows_go_on_on_further_slides_and_none_is_lost() -> None:
    for figure in (CROWDED, COUNTRIES):
        parted = opened(replace(REPORT, figures=(figure,)), EN)[1:-AFTER]
        assert len(parted) > 1
        parts = [text for slide in parted for text in texts_on(slide) if re.search(r"\(\d/\d\)$", text)]
        part = say(SECTIONS[figure.section], EN)
        assert parts == [f"{part} ({number}/{len(parted)})" for number in range(1, len(parted) + 1)]
        names = [name for slide in parted for name in chart_on(slide).plots[0].categories]
        assert names == [say(row, EN) for row in figure.rows]


def test_parts_of_nobody_have_no_number() -> None:
    blob = chart_on(opened(replace(REPORT, figures=(COUNTRIES,)), EN)[1]).part.blob.decode()
    assert blob.count('<c:delete val="1"/>') >= 9


def test_a_long_key_message_goes_on_on_further_slides() -> None:
    words = "Ask each person before you share a photo. " * 70
    report = replace(REPORT, figures=(), takeaways=(Takeaway(Bilingual(words, words), Bilingual("Session 2", "")),))
    _, heading, *message, about = opened(report, EN)
    assert [slide.shapes.title.text for slide in (heading, *message)] == ["Key messages"] * 4
    told = " ".join(each.placeholders[1].text_frame.text for each in message)
    assert told.split() == [*words.split(), "Source:", "Session", "2"]
    assert about.shapes.title.text == "About these figures"


def test_lines_that_end_close_together_have_their_numbers_apart() -> None:
    rows = tuple(Bilingual(name, name) for name in "ABCDE")
    times = [replace(each, cells=cells(50, 30, 30, 31, 29, 50)) for each in CHANGE.series]
    slide = opened(replace(REPORT, figures=(replace(CHANGE, rows=rows, series=tuple(times)),)), EN)[1]
    chart = chart_on(slide)
    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    high = next(shape.height.pt for shape in slide.shapes if shape.has_chart)
    layout = chart.element.find(".//c:plotArea/c:layout/c:manualLayout/c:h", space)
    plot = float(layout.get("val"))
    at = []
    for series in chart.element.findall(".//c:ser", space):
        share = float(series.find("c:val//c:pt[@idx='0']/c:v", space).text)
        found = series.findall("c:dLbls/c:dLbl", space)
        labels = {each.find("c:idx", space).get("val"): each for each in found}
        at.append(((1 - share) * plot + float(labels["0"].find(".//c:y", space).get("val"))) * high)
    at.sort()
    assert all(below - above >= SIZES[0] for above, below in pairwise(at))


@pytest.mark.office
def test_libreoffice_opens_every_slide(tmp_path: Path) -> None:
    (tmp_path / "report.pptx").write_bytes(made(REPORT, BOTH))
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "report.pptx"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=120, capture_output=True)
    pages_ = PdfReader(tmp_path / "report.pdf").pages
    assert len(pages_) == 2 * (BEFORE + len(REPORT.figures) + AFTER)
    for figure, page in zip(REPORT.figures, pages_[BEFORE:], strict=False):
        text = " ".join(page.extract_text().split())
        assert say(figure.title, EN).split("?")[0] in text
        for series in figure.series:
            for cell in series.cells:
                if cell.share is not None:
                    assert value_words(cell, REPORT, EN) in text, figure.name

"""The report as a workbook: whoever works out figures of their own finds every number, and the chart that draws it."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.reports.figures.plotted import NUMBER_FORMAT, whole_percent
from bot.reports.figures.sheets import sheets
from bot.reports.figures.wording import section_words
from conversations.model import Bilingual, Language
from conversations.report.values import Chart, Figure, Hiding, Report
from locales.phrases import say
from tests.reports.office import FULL, files_in, hidden_at
from tests.reports.published import CONNECTIONS, REPORT

EN, FR = Language
FEW = {EN: "fewer than 5", FR: "moins de 5"}
DETAILS = {EN: ("Name", "Group", "Number", "Out of", "Share"), FR: ("Intitulé", "Groupe", "Nombre", "Sur", "Part")}
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module", params=Language)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def book(language):
    return opened(REPORT, language)


def opened(report: Report, language: Language):
    return load_workbook(BytesIO(sheets(report, language)))


def rows_of(sheet: Worksheet) -> list[tuple[object, ...]]:
    """Its cells, row by row, without the empty ones at the end of a row."""
    return [_filled(row) for row in sheet.iter_rows(values_only=True)]


def _filled(row: tuple[object, ...]) -> tuple[object, ...]:
    return row[: max((place for place, cell in enumerate(row, start=1) if cell is not None), default=0)]


def below(head: tuple[object, ...], sheet: Worksheet) -> list[tuple[object, ...]]:
    """The rows below the one that begins so, up to an empty one or the end."""
    rows = rows_of(sheet)
    first = next(place for place, row in enumerate(rows) if row[: len(head)] == head) + 1
    return [row for place, row in enumerate(rows[first:], start=first) if all(rows[first : place + 1])]


def test_the_first_sheet_leads_to_every_figure_and_back(book, language) -> None:
    contents, *others = book.worksheets
    assert contents.title == {EN: "Contents", FR: "Sommaire"}[language]
    assert [sheet.title for sheet in others] == [figure.name for figure in REPORT.figures]
    listed = {}
    for row in contents.iter_rows(min_col=1, max_col=3):
        if row[1].hyperlink:
            listed[row[1].hyperlink.location] = tuple(cell.value for cell in row)
    assert listed == {
        f"'{figure.name}'!A1": (
            section_words(figure.section, language),
            say(figure.title, language),
            say(figure.sentence, language),
        )
        for figure in REPORT.figures
    }
    for sheet in others:
        (back,) = [cell.hyperlink.location for cell in sheet["A"] if cell.hyperlink]
        assert back == f"'{contents.title}'!A1"


def test_the_first_sheet_says_of_which_event_and_how_the_figures_came_to_be(book, language) -> None:
    told = [cell for row in rows_of(book.worksheets[0]) for cell in row]
    assert (
        told[:3]
        == {
            EN: ["Learning and Sharing Event 2026", "10–13 Nov 2026", "Figures as of 20 November 2027"],
            FR: ["Rencontre d’apprentissage et de partage 2026", "10–13 nov. 2026", "Chiffres au 20 novembre 2027"],
        }[language]
    )
    for words in (*REPORT.about, *(part for each in REPORT.takeaways for part in (each.text, each.source))):
        assert say(words, language) in told


@pytest.mark.parametrize("figure", REPORT.figures, ids=lambda figure: figure.name)
def test_a_sheet_says_what_the_figure_shows_and_of_whom(figure: Figure, book, language) -> None:
    told = [cell.value for cell in book[figure.name]["A"]]
    assert told[:3] == [say(words, language) for words in (figure.title, figure.sentence, figure.base)]
    for note in figure.notes:
        assert say(note, language) in told


@pytest.mark.parametrize("figure", REPORT.figures, ids=lambda figure: figure.name)
def test_every_number_is_there_and_what_is_hidden_is_said_to_be(figure: Figure, book, language) -> None:
    wanted = []
    for place, name in enumerate(figure.rows):
        for series in figure.series:
            cell = series.cells[place]
            row: list[object] = [say(name, language), say(series.name, language)]
            if cell.hidden:
                row.append(FEW[language])
            elif cell.share is None:
                row += [cell.count, cell.whole, "–"]
            else:
                row += [cell.count, cell.whole, whole_percent(cell.share)]
                row += [] if cell.low is None else [whole_percent(cell.low), whole_percent(cell.high)]
            wanted.append(tuple(row))
    assert below(DETAILS[language], book[figure.name]) == wanted


@pytest.mark.parametrize("figure", REPORT.figures, ids=lambda figure: figure.name)
def test_the_chart_draws_cells_of_its_sheet(figure: Figure, book, language) -> None:
    sheet = book[figure.name]
    (chart,) = sheet._charts
    drawn = [_values(sheet, each.val.numRef.f) for each in chart.series]
    shares = [
        [None if cell.share is None else whole_percent(cell.share) for cell in series.cells] for series in figure.series
    ]
    if figure.chart is Chart.PAIRS:
        shares = [list(pair) for pair in zip(*shares, strict=True)]
        names = figure.rows
    else:
        names = tuple(series.name for series in figure.series)
    assert drawn == shares
    assert [_values(sheet, each.tx.strRef.f) for each in chart.series] == [[say(name, language)] for name in names]
    wanted = {Chart.PARTS: "stacked", Chart.PAIRS: "standard"}.get(figure.chart, "clustered")
    assert chart.grouping == wanted


def _values(sheet: Worksheet, formula: str) -> list[object]:
    """What is in the cells that a chart refers to."""
    name, _, cells = formula.rpartition("!")
    assert name.strip("'") == sheet.title
    found = sheet[cells.replace("$", "")]
    return [cell.value for row in (found if isinstance(found, tuple) else ((found,),)) for cell in row]


def test_intervals_are_drawn_from_cells_too(book) -> None:
    sheet = book["recall"]
    (chart,) = sheet._charts
    above, below_ = (
        _values(sheet, end.numRef.f) for end in (chart.series[0].errBars.plus, chart.series[0].errBars.minus)
    )
    assert above == pytest.approx([0.06, 0.11])
    assert below_ == pytest.approx([0.13, 0.15])


def test_shares_are_written_as_in_the_language(book, language) -> None:
    for figure in REPORT.figures:
        formats = {cell.number_format for row in book[figure.name].iter_rows() for cell in row if _is_share(cell.value)}
        assert formats == {NUMBER_FORMAT[language]}


def _is_share(value: object) -> bool:
    return isinstance(value, float) and value < 1


def test_whoever_does_not_see_a_chart_hears_what_it_shows(language) -> None:
    with zipfile.ZipFile(BytesIO(sheets(REPORT, language))) as file:
        drawings = [name for name in file.namelist() if name.startswith("xl/drawings/drawing")]
        assert len(drawings) == len(REPORT.figures)
        told = "".join(file.read(name).decode() for name in drawings)
    for figure in REPORT.figures:
        assert say(figure.title, language).replace("&", "&amp;") in told


@pytest.mark.parametrize("hiding", Hiding)
def test_what_is_hidden_is_nowhere_in_the_file(hiding: Hiding, language) -> None:
    for name, content in files_in(sheets(hidden_at(7919, hiding), language)):
        assert b"7919" not in content, name


def test_names_that_look_like_formulas_stay_names(language) -> None:
    name = "=1+1"
    figure = replace(CONNECTIONS, title=Bilingual(name, name), rows=(Bilingual(name, name), *CONNECTIONS.rows[1:]))
    for sheet in opened(replace(REPORT, figures=(figure,)), language):
        for row in sheet.iter_rows():
            assert not [cell for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("name", ["contents", "sommaire", "history"])
def test_a_figure_may_be_called_like_another_sheet(name: str, language) -> None:
    book = opened(replace(REPORT, figures=(replace(CONNECTIONS, name=name),)), language)
    contents, figure = book.worksheets
    (link,) = [cell.hyperlink.location for cell in contents["B"] if cell.hyperlink]
    assert link == f"'{figure.title}'!A1"
    assert figure["A1"].value == say(CONNECTIONS.title, language)


def test_rows_are_as_high_as_what_stands_in_them() -> None:
    sheet = opened(FULL, EN)["connections"]
    long = [cell for cell in sheet["A"] if isinstance(cell.value, str) and cell.value.startswith("To reflect")]
    assert len(long) == 30
    for cell in long:
        assert cell.alignment.wrap_text
        assert sheet.row_dimensions[cell.row].height == 45


def test_a_report_that_shows_small_numbers_says_so_first() -> None:
    told = [[cell for row in rows_of(opened(report, EN).worksheets[0]) for cell in row] for report in (FULL, REPORT)]
    assert [any("somebody could be recognised" in cell for cell in cells) for cells in told] == [True, False]


def test_the_same_report_gives_the_same_file_made_on_its_day_by_nobody(language) -> None:
    content = sheets(REPORT, language)
    assert sheets(REPORT, language) == content
    about = load_workbook(BytesIO(content)).properties
    assert about.created.date() == about.modified.date() == REPORT.day
    assert (about.creator or "", about.lastModifiedBy or "") == ("", "")
    assert about.title == say(REPORT.title, language)

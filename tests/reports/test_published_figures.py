"""The figures that were published after two learning events, from answers that reproduce them, by the real path."""

import re
import shutil
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from bot.reports.figures.forms import Form, files
from bot.workbook import read
from conversations.model import Language
from conversations.report.making import report
from conversations.report.values import Cell, Figure, Hiding, Report
from conversations.report.wanted import wanted
from locales.phrases import say
from storage.database import connect
from storage.events import Contents, import_event
from storage.report_counts import counts, waves_of
from storage.vault import Vault, open_keys
from tests.reports.answers_published import LONG_AFTER, PACK, fill_in

Reports = dict[bool, Report]
"""With small numbers opened, and as it is otherwise."""


@pytest.fixture(scope="module")
def reports(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """Both, from the rows of 102 people."""
    folder, event = tmp_path_factory.mktemp("published"), read(PACK)
    shutil.copy(built, folder / "main.db")
    engine, keys = connect(f"sqlite:///{folder / 'main.db'}"), open_keys(f"sqlite:///{folder / 'keys.db'}")
    with engine.begin() as connection:
        import_event(connection, event, datetime(2026, 11, 1, tzinfo=UTC))
        fill_in(connection, Vault(bytes(range(32)), keys))
    with engine.connect() as connection:
        asked = wanted(event, waves_of(connection, event.code, LONG_AFTER))
        found = counts(connection, Contents(), event, asked, LONG_AFTER)
    for each in (engine, keys):
        each.dispose()
    return {opened: report(event, found, LONG_AFTER.date(), opened=opened) for opened in (True, False)}


def figure(made: Report, name: str) -> Figure:
    return next(each for each in made.figures if each.name == name)


def shares(figure: Figure, row: str) -> list[int | None]:
    """The shares of a row, in percent."""
    place = [say(each, Language.EN).partition(" (")[0] for each in figure.rows].index(row)
    return [None if cell.share is None else round(100 * cell.share) for cell in cells(figure, place)]


def cells(figure: Figure, place: int) -> list[Cell]:
    return [series.cells[place] for series in figure.series]


def test_the_published_figures_come_out(reports: Reports) -> None:
    opened = reports[True]
    assert shares(figure(opened, "response"), "Any of the surveys")[0] == 31
    assert say(figure(opened, "understand-programmes").sentence, Language.EN) == "90% agree."
    assert say(figure(opened, "understand-programmes").sentence, Language.FR) == "90\u00a0% sont d’accord."
    assert say(figure(opened, "applied").sentence, Language.EN) == "88% agree."
    assert say(figure(opened, "relations-africa").sentence, Language.EN) == "68% agree."
    sides = figure(opened, "sides-passed-on")
    assert (shares(sides, "Inside the organisation"), shares(sides, "Outside the organisation")) == ([97], [22])
    assert shares(figure(opened, "square-passed-on"), "Informally")[0] == 75


def test_all_shares_of_connections_and_changes_come_out(reports: Reports) -> None:
    opened = reports[True]
    connected = figure(opened, "connections")
    told = [round(100 * cell.share) for cell in connected.series[0].cells if cell.share is not None]
    assert told[:-1] == sorted(told[:-1], reverse=True)
    assert sorted(told, reverse=True) == [53, 47, 47, 43, 43, 40, 33, 33, 27, 27, 20, 17, 7, 7, 3]
    assert say(connected.rows[-1], Language.EN) == "I have not been in touch"
    changed = figure(opened, "changes").series[0].cells
    assert [round(100 * cell.share) for cell in changed if cell.share] == [55, 48, 45, 42, 42, 32]


def test_the_cycle_has_a_headline_from_each_stage(reports: Reports) -> None:
    cycle = figure(reports[True], "cycle")
    told = {say(row, Language.EN): shares(cycle, say(row, Language.EN)) for row in cycle.rows}
    assert told == {"Created": [62], "Acquired": [90], "Interpreted": [68], "Passed on": [97], "Applied": [88]}


def test_unless_it_is_opened_nobody_can_be_made_out(reports: Reports) -> None:
    hidden = reports[False]
    connected = figure(hidden, "connections").series[0].cells
    assert {cell.count for cell in connected if cell.count is not None} == {16, 14, 13, 12, 10, 8, 6, 5}
    assert sum(cell.hiding is Hiding.FEW for cell in connected if cell.hidden) == 3
    assert say(figure(hidden, "applied").sentence, Language.EN) == "At least 28 of 32 agree."
    inside = figure(hidden, "sides-passed-on").series[0].cells[0]
    assert (inside.count, inside.hiding) == (None, Hiding.NEARLY_ALL)


def read_pages(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def read_slides(content: bytes) -> str:
    slides = Presentation(BytesIO(content)).slides
    return " ".join(
        (slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "")
        + " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in slides
    )


def read_sheets(content: bytes) -> str:
    book = load_workbook(BytesIO(content))
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)
    return " ".join(f"{100 * cell.value:.0f}%" if "%" in cell.number_format else str(cell.value) for cell in cells)


def read_drawings(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as archive:
        return " ".join(" ".join(fromstring(archive.read(name)).itertext()) for name in archive.namelist())


def read_page(content: bytes) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", content.decode()))


READERS = {
    Form.SLIDES: read_slides,
    Form.SHEETS: read_sheets,
    Form.PAPER: read_pages,
    Form.PAGE: read_page,
    Form.DRAWINGS: read_drawings,
}
SAID = {
    Language.EN: ("31% answered: 32 of 102 people.", "90% agree.", "88% agree.", "68% agree."),
    Language.FR: ("31% ont répondu", "90% sont d’accord.", "88% sont d’accord.", "68% sont d’accord."),
}
SHARES = (97, 22, 75, 53, 47, 43, 40, 33, 27, 20, 17, 7, 3, 55, 48, 45, 42, 32)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("form", READERS)
def test_the_published_figures_stand_in_every_format(form: Form, language: Language, reports: Reports) -> None:
    [(name, content)] = files(reports[True], form, (language,))
    assert name.startswith(f"lse2026-2027-12-01-{language}")
    # French sets a space before the sign, and a PDF breaks lines where it must.
    text = re.sub(r"\s+", " ", READERS[form](content)).replace("\u00a0%", "%").replace(" %", "%")
    for said in SAID[language]:
        assert said in text
    for share in SHARES:
        assert re.search(rf"\b{share}%", text), share

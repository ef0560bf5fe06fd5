"""Whatever people type is kept to the last character, and harms nobody who opens an export."""

import csv
import re
import zipfile
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.app import Store
from bot.reports.exporting import Format
from bot.reports.safe import disarmed, escaped
from conversations.model import QuestionType, Survey
from tests.reports.conftest import Exported
from tests.reports.samples import CODE, event_of, one_response, question, words


def unescaped(text: str) -> str:
    """The text that `escaped` was given, as Excel reads it."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


CORPUS = (
    "x" * 4096,
    "\N{FAMILY}\N{ZERO WIDTH JOINER}🏽" * 1365,
    "שלום \N{RIGHT-TO-LEFT OVERRIDE}txt.exe\N{POP DIRECTIONAL FORMATTING} مرحبا",
    "zero\N{ZERO WIDTH SPACE}width\N{ZERO WIDTH NON-JOINER}\N{WORD JOINER}\ufeff",
    "e\N{COMBINING ACUTE ACCENT}" * 3 + "Z̸̢͈a̵l̶g̷o̸",
    "<script>alert(1)</script> & <b>bold</b> ]]> <!-- &amp; &#0; -->",
    '=HYPERLINK("http://evil.example","click")',
    "=1+1",
    "+33 6 12 34 56 78",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "＝1＋1",
    "\t=1+1",
    "\r=1+1",
    "line one\nline two\r\nline three\rline four",
    "bell \x07 escape \x1b[31m red",
    "what Excel writes: _x0008_ and _x005F_",
    "no characters: \ufffe \uffff",
    "'; DROP TABLE answers; --",
    "{{ 7 * 7 }} ${7*7} %s %n {0}",
    "12",
    "2026-03-01",
    "NA",
    "nan",
    '"quoted", with, commas; and\tt\ta\tb\ts',
    "https://example.org/a?b=c mailto:a@b",
    "🇨🇩🇰🇪 🏳️‍🌈 1️⃣",
)
FORM = Survey(
    CODE,
    words("Hostile"),
    tuple(question(f"q{number}", QuestionType.TEXT) for number in range(len(CORPUS))),
)
GIVEN = {f"q{number}": text for number, text in enumerate(CORPUS)}


@pytest.fixture
def answered(store: Store) -> None:
    one_response(store, GIVEN, event_of(FORM))


def csv_rows(path: Path) -> list[list[str]]:
    return list(csv.reader(StringIO(path.read_bytes().decode(), newline="")))


@pytest.mark.usefixtures("answered")
def test_raw_csv_keeps_every_character(exported: Exported) -> None:
    header, row = csv_rows(exported(Format.CSV, raw=True))
    assert dict(zip(header, row, strict=True)) | GIVEN == dict(zip(header, row, strict=True))


@pytest.mark.usefixtures("answered")
def test_no_cell_of_a_csv_file_is_a_formula_or_moves_a_terminal(exported: Exported) -> None:
    header, row = csv_rows(exported(Format.CSV))
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))]
    assert not {sign for cell in row for sign in cell if ord(sign) < 32} - {"\t", "\r", "\n"}
    cells = dict(zip(header, row, strict=True))
    assert all(unescaped(cells[key]).removeprefix("'") == text.removeprefix("'") for key, text in GIVEN.items())


@pytest.mark.usefixtures("answered")
def test_excel_has_every_character_as_a_text_and_no_formula_or_link(exported: Exported) -> None:
    path = exported(Format.XLSX)
    sheet = load_workbook(path).active
    cells = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert {cell.data_type for key, cell in cells.items() if key in GIVEN} <= {"s", "inlineStr"}
    # XML readers turn the end of a line into \n; Excel itself reads _x000D_.
    assert {key: unescaped(str(cells[key].value)) for key in GIVEN} == GIVEN
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "sheets/" in name]
    assert not any(b"<f>" in each or b"<hyperlink" in each for each in sheets)


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("format_", [Format.SAV, Format.DTA])
def test_spss_and_stata_have_every_character(exported: Exported, format_: Format) -> None:
    read = pyreadstat.read_sav if format_ is Format.SAV else pyreadstat.read_dta
    frame, _ = read(exported(format_))
    assert {key: frame[key][0] for key in GIVEN} == GIVEN


@pytest.mark.usefixtures("answered")
def test_an_odk_submission_has_every_character_and_is_well_formed(exported: Exported) -> None:
    with zipfile.ZipFile(exported(Format.XML)) as archive:
        document = ElementTree.fromstring(archive.read(archive.namelist()[0]))
    assert {key: unescaped(str(document.findtext(key))) for key in GIVEN} == GIVEN


@given(st.text())
def test_what_is_escaped_comes_back(text: str) -> None:
    assert unescaped(escaped(text)) == text


@given(st.text())
def test_what_is_escaped_can_stand_in_xml(text: str) -> None:
    root = ElementTree.Element("x")
    root.text = escaped(text)
    ElementTree.fromstring(ElementTree.tostring(root))


@given(st.text(alphabet="=+-@\t\rab1 '", max_size=6))
def test_what_is_disarmed_starts_no_formula(text: str) -> None:
    assert not disarmed(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert disarmed(text).endswith(text)

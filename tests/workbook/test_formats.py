"""The same form in each kind of file, whatever its ending says."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlwt
from openpyxl import Workbook, load_workbook
from pyxform.xls2json_backends import md_table_to_workbook

from bot.workbook import ContentErrors, read, read_draft
from conversations.model import Event
from tests.workbook.conftest import english

FORM = """
| survey | | | | |
| | type | name | label | default |
| | select_one yn | going | Still going, or not? | |
| | date | since | Since when? | 2026-11-10 |
| | | | | |
| | decimal | share | What share? | 1.5 |
| choices | | | | |
| | list_name | name | label | |
| | yn | 1 | Yes | |
| | yn | 0 | No | |
| settings | | | | |
| | form_title | form_id | | |
| | A form | formats | | |
"""


def markdown() -> bytes:
    return FORM.encode()


def excel() -> bytes:
    content = BytesIO()
    md_table_to_workbook(FORM).save(content)
    return content.getvalue()


def rows() -> dict[str, list[tuple[str, ...]]]:
    """The cells of each sheet."""
    book = load_workbook(BytesIO(excel()))
    return {
        sheet.title: [tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    }


def old_excel() -> bytes:
    book, content = xlwt.Workbook(), BytesIO()
    for name, cells in rows().items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(cells):
            for column, cell in enumerate(row):
                sheet.write(number, column, float(cell) if cell in ("1", "0", "1.5") else cell)
    book.save(content)
    return content.getvalue()


def commas(separator: str = ",") -> bytes:
    text = StringIO()
    writer = csv.writer(text, delimiter=separator)
    for name, cells in rows().items():
        writer.writerow([name])
        writer.writerows(["", *row] for row in cells)
    return text.getvalue().encode()


def semicolons() -> bytes:
    return b"\xef\xbb\xbf" + commas(";")


@pytest.mark.parametrize("written", [excel, old_excel, commas, semicolons, markdown])
@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".csv", ".md", ".XLSM", ""])
def test_the_content_decides_and_not_the_ending(written: Callable[[], bytes], ending: str, tmp_path: Path) -> None:
    plain = tmp_path / "form.md"
    plain.write_bytes(markdown())
    path = tmp_path / f"other{ending}"
    path.write_bytes(written())
    event = read(path)
    assert event == read(plain)
    assert isinstance(event, Event)


@pytest.mark.parametrize(("written", "row"), [(excel, 4), (old_excel, 4), (commas, 5), (markdown, 6)])
def test_a_row_has_the_number_that_its_author_sees(written: Callable[[], bytes], row: int, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(written())
    assert read_draft(path).places.questions["share"] == row + (written is markdown)


def test_dates_and_ticks_of_an_old_workbook(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet 1")
    for column, header in enumerate(("type", "name", "label", "required", "default")):
        sheet.write(0, column, header)
    date = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for column, cell in enumerate(("date", "since", "Since?", True)):
        sheet.write(1, column, cell)
    sheet.write(1, 4, 46336, date)
    book.save(str(tmp_path / "old.xls"))
    (question,) = read(tmp_path / "old.xls").surveys[0].questions
    assert (question.required, question.default) == (True, "'2026-11-10'")


def test_a_workbook_of_one_sheet_is_a_survey(tmp_path: Path) -> None:
    book = Workbook()
    for row in (("type", "name", "label"), ("text", "a", "A?")):
        book.worksheets[0].append(row)
    book.save(tmp_path / "one.xlsx")
    assert [question.name for question in read(tmp_path / "one.xlsx").surveys[0].questions] == ["a"]


def test_a_wrong_size_of_a_sheet_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(excel())
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"<sheetData>", b'<dimension ref="A1"/><sheetData>'))
    assert len(read(path).surveys[0].questions) == 3


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "xl\\..\\..\\evil.xml"])
def test_a_workbook_that_names_files_outside_itself(name: str, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(excel())
    with ZipFile(path, "a") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(ContentErrors, match="names files outside itself"):
        read(path)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b" \n ", "the file is empty"),
        (b"<?xml version='1.0'?><h:html/>", "a page or an XForm"),
        (b"\x00\x01\x02\x03" * 50, "no text either"),
        (b"a,b\n" * 3, "there is no sheet survey"),
        (b"type,name,label\nnote,a,A\n", "the form asks nothing"),
        (b'survey\n,type,name,label\n,text,a,"' + b"x" * 200_000, "no table"),
        (b",type,name\n", "belongs to no sheet"),
        ("survey\n,type,name,label\n,text,a,été".encode("mac_roman"), "not UTF-8"),
        (b"survey\n" + b",a,b\n" * 20_002, "more than 20,000 rows"),
    ],
)
def test_files_that_are_no_forms(content: bytes, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_bytes(content)
    assert any(problem in english(fault.problem) for fault in read_draft(path).faults), read_draft(path).faults


def test_every_cut_of_an_old_workbook_is_told(tmp_path: Path) -> None:
    content = old_excel()
    path = tmp_path / "form.xls"
    for length in range(8, len(content), max(1, len(content) // 40)):
        path.write_bytes(content[:length])
        draft = read_draft(path)
        assert draft.event is not None or draft.faults


FRENCH = """type;name;label
text;who;Où êtes-vous allé à l’été, cœur léger ?
text;why;Pourquoi « là-bas » – et pas ici…
"""


def test_a_csv_as_excel_saves_it_in_french_is_read_and_remarked_on(tmp_path: Path) -> None:
    (tmp_path / "form.csv").write_bytes(FRENCH.encode("cp1252"))
    draft = read_draft(tmp_path / "form.csv")
    assert draft.event is not None, draft.faults
    assert draft.event.surveys[0].questions[0].label.fr == "Où êtes-vous allé à l’été, cœur léger ?"
    (remark,) = (each for each in draft.remarks if "Windows-1252" in english(each.problem))
    assert "“CSV UTF-8”" in english(remark.remedy)


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp1251"])
def test_a_csv_in_another_encoding_is_never_guessed(encoding: str, tmp_path: Path) -> None:
    text = FRENCH if encoding != "cp1251" else FRENCH.replace("Où êtes-vous allé à l’été, cœur léger", "Привет")
    (tmp_path / "form.csv").write_bytes(text.encode(encoding, "replace"))
    draft = read_draft(tmp_path / "form.csv")
    assert draft.event is None
    assert "“CSV UTF-8”" in english(draft.faults[0].remedy)


def test_utf_8_with_one_broken_sign_is_not_taken_for_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "form.csv").write_bytes(FRENCH.encode() + b"text;z;caf\xe9\n")
    assert english(read_draft(tmp_path / "form.csv").faults[0].problem) == "the file is not UTF-8 text"

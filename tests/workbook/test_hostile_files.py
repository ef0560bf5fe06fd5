"""Files from anybody: whatever they hold, their sender is told what is wrong and nothing breaks."""

import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pyxform.xls2json_backends import md_table_to_workbook

from bot.workbook import ContentError, ContentErrors, excel, grid, read
from conversations.model import Event
from tests.workbook.conftest import english

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Refuser = Callable[[Path], ContentError]


@pytest.fixture
def workbook(good: str, tmp_path: Path) -> Path:
    """The good pack in Excel's form."""
    path = tmp_path / "pack.xlsx"
    md_table_to_workbook(good).save(path)
    return path


def refused(path: Path) -> ContentError:
    """The only fault of a file that cannot be read at all."""
    with pytest.raises(ContentErrors) as caught:
        read(path)
    (error,) = caught.value.errors
    assert (error.file, error.sheet) == (path.name, "")
    return error


def with_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The same workbook with one of its parts changed."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_no_such_file(tmp_path: Path) -> None:
    assert english(refused(tmp_path / "pack.xlsx").problem) == "there is no such file"


def test_a_folder_is_no_pack_but_one_may_lie_in_it(tmp_path: Path) -> None:
    with pytest.raises(ContentErrors) as caught:
        read(tmp_path)
    (error,) = caught.value.errors
    assert english(error.problem) == "this is a folder"
    assert english(error.remedy) == f"name the file in it, such as {tmp_path / 'pack.md'}"


def test_a_name_that_no_disk_can_hold() -> None:
    assert "cannot be opened" in english(refused(Path("a\0b.md")).problem)


@pytest.mark.parametrize("name", ["pack.xls", "pack.csv", "pack.ods", "pack"])
def test_other_kinds_of_file(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"anything")
    assert ".xlsx" in english(refused(tmp_path / name).remedy)


def test_a_password(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    path.write_bytes(OLD + bytes(504) + "EncryptedPackage".encode("utf-16-le"))
    assert english(refused(path).remedy) == "take the password off and save it as an Excel workbook (.xlsx)"


@pytest.mark.parametrize(
    "content",
    [b"\0\1\2", b"PK\x03\x04" + b"\xff" * 200, b"PK\x05\x06" + bytes(18), b"<?xml?><html/>", OLD + bytes(600)],
)
def test_not_a_workbook(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    path.write_bytes(content)
    assert "workbook" in english(refused(path).problem)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (OLD + bytes(600) + "WordDocument".encode("utf-16-le"), "a Word document"),
        (b"{\\rtf1\\ansi A form}", "a Word document"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
    ],
)
def test_a_file_of_another_program_is_called_so(content: bytes, what: str, tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(content)
    error = refused(tmp_path / "form.xlsx")
    assert english(error.problem) == f"this is {what}"
    assert ".xlsx" in english(error.remedy)


@pytest.mark.parametrize(
    ("part", "what"), [("word/document.xml", "a Word document"), ("content.xml", "an OpenDocument file")]
)
def test_so_is_one_that_is_packed_as_a_workbook_is(part: str, what: str, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "form.docx", "w") as archive:
        archive.writestr(part, "<document/>")
    assert english(refused(tmp_path / "form.docx").problem) == f"this is {what}"


def test_a_workbook_cut_short(workbook: Path) -> None:
    workbook.write_bytes(workbook.read_bytes()[:-40])
    assert "workbook" in english(refused(workbook).problem)


def test_a_damaged_directory(workbook: Path) -> None:
    workbook.write_bytes(workbook.read_bytes().replace(b"PK\x01\x02", b"PK\x01\xff"))
    assert english(refused(workbook).problem) == "the workbook is damaged (BadZipFile)"


def test_a_damaged_part(workbook: Path) -> None:
    with_part(workbook, "xl/worksheets/sheet3.xml", lambda content: content[: len(content) // 2])
    assert "damaged" in english(refused(workbook).problem)


def test_too_large(tmp_path: Path) -> None:
    for name in ("pack.md", "pack.xlsx"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(10_000_001)
        assert english(refused(tmp_path / name).problem) == "the file is larger than 10 MB"


def test_a_bomb(workbook: Path) -> None:
    with_part(workbook, "xl/media/image.bin", lambda _: bytes(2_000_000))
    assert "too large" in english(refused(workbook).problem)


def test_too_much_in_all(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "LARGEST_UNPACKED", 1_000)
    assert "too large" in english(refused(workbook).problem)


def test_a_size_that_lies(workbook: Path) -> None:
    with_part(workbook, "xl/worksheets/sheet1.xml", lambda content: content + b" " * 5_000_000)
    content = bytearray(workbook.read_bytes())
    with ZipFile(workbook) as archive:
        true_size = struct.pack("<L", archive.getinfo("xl/worksheets/sheet1.xml").file_size)
    workbook.write_bytes(content.replace(true_size, struct.pack("<L", 700)))
    assert "damaged" in english(refused(workbook).problem)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    "entity", ['<!ENTITY e SYSTEM "file:///etc/hostname">', '<!ENTITY a "ha"><!ENTITY e "&a;&a;">']
)
def test_entities(part: str, entity: str, workbook: Path) -> None:
    def infect(content: bytes) -> bytes:
        start = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0
        return content[:start] + f"<!DOCTYPE x [{entity}]>".encode() + content[start:]

    book = load_workbook(workbook)
    book.save(workbook)
    with_part(workbook, part, infect)
    assert "EntitiesForbidden" in english(refused(workbook).problem)


def test_formulas(workbook: Path) -> None:
    book = load_workbook(workbook)
    book["settings"]["B2"] = '=HYPERLINK("http://localhost","Course")'
    book["messages"]["K2"] = "=1/0"
    book["messages"]["G3"] = "=CONCAT(A1)"
    book.save(workbook)

    def fail(content: bytes) -> bytes:
        return content.replace(b"<f>1/0</f><v />", b"<f>1/0</f><v>#DIV/0!</v>").replace(b'r="K2"', b'r="K2" t="e"')

    with_part(workbook, "xl/worksheets/sheet5.xml", fail)
    with pytest.raises(ContentErrors) as caught:
        read(workbook)
    told = {(error.sheet, error.row, english(error.problem)) for error in caught.value.errors}
    assert ("messages", 3, "this cell is empty") in told
    assert ("messages", 2, "a formula gives the error #DIV/0!") in told


def test_a_huge_cell(workbook: Path) -> None:
    book = load_workbook(workbook)
    book["messages"]["B2"] = "ha" * 16_000
    book["messages"]["F2"] = "ha" * 16_000
    book.save(workbook)
    with pytest.raises(ContentErrors) as caught:
        read(workbook)
    assert {error.column for error in caught.value.errors} == {"text::English (en)", "choices"}
    assert all(len(str(error)) < 300 for error in caught.value.errors)


def test_rows_without_end(workbook: Path) -> None:
    book = load_workbook(workbook)
    book["messages"].cell(grid.MOST_ROWS + 1, 1, "lost")
    book["schedule"].cell(1_000_000, 16_000, "far away")
    book.save(workbook)
    with pytest.raises(ContentErrors) as caught:
        read(workbook)
    problems = {english(error.problem) for error in caught.value.errors if error.row is None}
    assert problems == {f"the sheet has more than {grid.MOST_ROWS:,} rows"}


def test_an_empty_workbook(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "pack.xlsx")
    with pytest.raises(ContentErrors) as caught:
        read(tmp_path / "pack.xlsx")
    assert {english(error.problem) for error in caught.value.errors} == {"the form asks nothing"}


@pytest.mark.parametrize(
    ("content", "problem", "row"),
    [
        (b"", "the file is empty", None),
        (b"Only prose.\n", "the file holds no tables", None),
        ("| survey |\n| | é |".encode("latin-1"), "the file is not UTF-8 text", 2),
        (b"\n| | type | name |\n", "this row belongs to no sheet", 2),
    ],
)
def test_markdown_without_tables(content: bytes, problem: str, row: int | None, tmp_path: Path) -> None:
    path = tmp_path / "pack.md"
    path.write_bytes(content)
    error = refused(path)
    assert (english(error.problem), error.row) == (problem, row)


def test_sheets_without_rows(event_of: Callable[[str], Event]) -> None:
    with pytest.raises(ContentErrors) as caught:
        event_of(
            "\n".join(f"| {name} |" for name in ("settings", "event", "survey", "choices", "messages", "schedule"))
        )
    empty = {error.sheet for error in caught.value.errors if english(error.problem) == "the sheet is empty"}
    assert empty == {"settings", "event", "survey", "choices", "messages", "schedule"}


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 400), text=st.text(max_size=80))
@example(place=8, text="${")
@example(place=100, text="<br>")
def test_any_text_in_any_cell(
    place: int, text: str, tmp_path_factory: pytest.TempPathFactory, good_cells: list[str]
) -> None:
    cells = list(good_cells)
    cells[place % len(cells)] = f" {text} "
    path = tmp_path_factory.getbasetemp() / "any_text.md"
    path.write_text("|".join(cells), encoding="utf-8", errors="surrogatepass")
    with suppress(ContentErrors):
        assert isinstance(read(path), Event)


@pytest.fixture(scope="module")
def good_cells(request: pytest.FixtureRequest) -> list[str]:
    """The good pack cut at its pipes, so that any piece can be changed."""
    conftest = request.config.pluginmanager.getplugin(str(Path(__file__).with_name("conftest.py")))
    return str(conftest.GOOD).split("|")


@settings(max_examples=60, deadline=None)
@given(
    content=st.binary(max_size=300), prefix=st.sampled_from([b"", b"PK\x03\x04", b"| survey |\n| | type | name |\n"])
)
@pytest.mark.parametrize("name", ["any_bytes.md", "any_bytes.xlsx"])
def test_any_bytes(name: str, prefix: bytes, content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(prefix + content)
    with pytest.raises(ContentErrors):
        read(path)

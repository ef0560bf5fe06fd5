"""Lists of expected people: from any program, with any header, and from whoever means harm."""

import asyncio
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.reader import Unreadable, read
from bot.roster_reader import roster_of
from conversations.model import Language
from conversations.roles import Act
from conversations.rosters import LONGEST_NAME, MOST_PEOPLE, Person, Roster, folded
from locales.phrases import say
from storage.codec import roster_from_json, roster_to_json


def workbook(*rows: tuple[str | int | None, ...], sheets: tuple[str, ...] = ()) -> bytes:
    """An Excel workbook with these rows in its last sheet; before it stand these, which are empty."""
    book = Workbook()
    for name in sheets:
        book.create_sheet(name, 0)
    for row in rows:
        book.worksheets[-1].append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def names(content: bytes) -> list[str]:
    roster = roster_of(content)
    assert roster.faults == ()
    return [each.name for each in roster.people]


def faults(content: bytes) -> list[str]:
    """What is wrong, as English tells it."""
    roster = roster_of(content)
    return [
        f"{each.row}: {say(each.problem, Language.EN)} -> {say(each.remedy, Language.EN)}" for each in roster.faults
    ]


def test_a_workbook_with_names_and_parts() -> None:
    content = workbook(("Name", "Country", "Part"), ("Awa Diallo", "Senegal", "host"), ("Ken  Otieno", "Kenya", None))
    assert roster_of(content) == Roster((Person(2, "Awa Diallo", "host"), Person(3, "Ken Otieno")))


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (("Nom complet",), ("Aïcha Bâ",)),
        (("Nom et prénom(s)",), ("Aïcha Bâ",)),
        (("NOM",), ("Aïcha Bâ",)),
        (("Pays", "Prénom", "Nom"), ("Sénégal", "Aïcha", "Bâ")),
        (("Last name", "First name", "Rôle"), ("Bâ", "Aïcha", "")),
        (("Full name:",), ("Aïcha Bâ",)),
    ],
)
def test_headers_in_english_and_french(header: tuple[str, ...], cells: tuple[str, ...]) -> None:
    assert names(workbook(header, cells)) == ["Aïcha Bâ"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_as_excel_writes_it(encoding: str, separator: str) -> None:
    text = f'Nom{separator}Rôle\r\nAïcha Bâ{separator}hôte\r\n"Otieno{separator} Ken"{separator}\r\n'
    roster = roster_of(text.encode(encoding))
    assert [(each.name, each.part) for each in roster.people] == [
        ("Aïcha Bâ", "hôte"),
        (" ".join(f"Otieno{separator} Ken".split()), ""),
    ]
    assert bool(roster.remarks) is (encoding == "cp1252"), "who wrote it is asked to look at the accents"


def test_the_line_that_names_the_separator_is_no_row() -> None:
    assert names(b"sep=;\r\nname;part\r\nAwa, the first;host\r\n") == ["Awa, the first"]


def test_what_stands_above_the_header_is_passed_over() -> None:
    rows = (("List of the workshop", None), ("12 to 14 May", None), (None, "Name"), (1, "Awa"), (2, "Ken"))
    assert names(workbook(*rows, sheets=("Cover",))) == ["Awa", "Ken"]


def test_the_rows_are_those_that_the_author_sees() -> None:
    found = faults(workbook(("name", "part"), (None, None), ("Awa", ""), (None, "host"), ("AWA", "")))
    assert found == [
        "4: this row has no name -> write one, or take the row out",
        (
            "5: the same name stands in row 3 -> take one of the rows out, or add what tells the two apart, such as an "
            "initial"
        ),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty"),
        (b"%PDF-1.7", "this is a PDF"),
        (b"\x00\x01\x02", "no text either"),
        (b"Awa\nKen\n", "no column with names"),
        (b"name\n", "nobody on the list"),
        (b"PK\x03\x04 and no more", "not an Excel workbook"),
        (f"name\n{'a' * (LONGEST_NAME + 1)}\n".encode(), "this name is too long"),
        (("name\n" + "".join(f"p{n}\n" for n in range(MOST_PEOPLE + 1))).encode(), "more than 5,000 people"),
        (("name\n" + "p\n" * 1_000_000).encode(), "more than 20,000 rows"),
    ],
)
def test_what_is_wrong_is_told(content: bytes, told: str) -> None:
    assert told in "\n".join(faults(content))


def test_a_bomb_is_not_unpacked() -> None:
    content = BytesIO(workbook(("name",), ("Awa",)))
    with ZipFile(content, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", bytes(400_000_000))
    assert "far too large" in "\n".join(faults(content.getvalue()))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("\u202eawA", "awA"),
        ("ليلى حسن", "ليلى حسن"),
        ("👩🏽‍⚕️ Ama", "👩🏽‍⚕️ Ama"),
        ("Awa\x07Diallo", "Awa Diallo"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ],
)
def test_names_of_all_scripts_come_back_without_signs_that_hide_or_turn(written: str, kept: str) -> None:
    assert names(f'name\n"{written}"\n'.encode()) == [kept]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Aïcha Bâ", "AICHA  BA", True),
        ("Jose\u0301", "José", True),
        ("Awa\u200f Diallo", "awa diallo", True),
        ("Ｋｅｎ", "Ken", True),
        ("Élise N’Dour", "elise n'dour", True),
        ("Élise N‘Dour", "Élise N`Dour", True),
        ("Awa Diallo", "Diallo Awa", False),
        ("राम", "रम", False),
        ("Awa D.", "Awa F.", False),
    ],
)
def test_which_names_are_the_same(one: str, other: str, same: bool) -> None:
    assert (folded(one) == folded(other)) is same


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"name\n{text}".encode("utf-8", "replace")))
@example(b'name\n"unclosed')
@example("name\n\ud800".encode("utf-8", "surrogatepass"))
def test_whatever_a_file_holds_there_is_a_list_or_a_fault(content: bytes) -> None:
    roster = roster_of(content)
    assert roster.people or roster.faults
    assert roster_from_json(roster_to_json(roster)) == roster
    assert all(each.name.isprintable() or not each.name.isascii() for each in roster.people)
    assert len({folded(each.name) for each in roster.people}) == len(roster.people)


async def test_it_is_read_in_a_process_of_its_own() -> None:
    content = workbook(("name",), ("Awa",))
    assert roster_from_json(await read(Act.ROSTER, ".xlsx", content)) == Roster((Person(2, "Awa"),))


async def test_what_takes_too_long_is_given_up() -> None:
    with pytest.raises(Unreadable):
        await asyncio.wait_for(read(Act.ROSTER, ".xlsx", workbook(("name",), ("Awa",)), seconds=0.001), 30)

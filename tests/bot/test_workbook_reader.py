"""The process that reads a workbook: what it gives, and what a file can do to it."""

import asyncio
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from bot.reader import Unreadable, read
from conversations.findings import Kind
from conversations.roles import Act
from conversations.setting_up import Upload
from storage.uploads import upload_from_json
from tests.bot.setting_up import sample, workbook

FORM = """
| settings |
| | form_title | {header} |
| | Follow-up | follow_up |

| survey |
| | type | name | label::English (en) | label::French (fr) |
| | text | what | What stayed? | Que reste-t-il ? |
"""


async def reading(content: bytes, ending: str = ".xlsx") -> Upload:
    return upload_from_json(await read(Act.WORKBOOK, ending, content))


async def test_a_workbook_comes_back_whole_with_its_figures() -> None:
    upload = await reading(workbook())
    assert upload.code == "wca-27"
    assert upload.event is not None
    assert upload.event.title.fr == "Afrique de l’Ouest"
    assert len(upload.report.figures) >= 5
    assert set(upload.report.contacts) == {"ke", ""}
    assert upload.digest == (await reading(workbook())).digest, "the same file is the same workbook"


async def test_nothing_of_it_depends_on_the_day() -> None:
    upload = await reading(sample(("2026-11-02", "2019-11-02")), ".md")
    assert upload.event is not None
    assert not any(each.kind is Kind.REFERRAL for each in upload.report.findings)


async def test_the_code_is_known_while_something_else_blocks() -> None:
    upload = await reading(sample(("| | start | 2026-11-10", "| | start | someday")), ".md")
    assert (upload.code, upload.event) == ("lse2026", None)
    assert [each.kind for each in upload.report.findings] == [Kind.BLOCKS]


async def test_a_plain_form_needs_an_id_of_its_own() -> None:
    named = await reading(FORM.format(header="form_id").encode(), ".md")
    assert (named.code, named.event is not None) == ("follow_up", True)
    nameless = await reading(FORM.format(header="version").encode(), ".md")
    assert (nameless.code, nameless.event) == ("", None)
    assert nameless.report.findings[0].kind is Kind.BLOCKS


async def test_a_form_sees_no_file_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / "secrets.csv").write_text("name,label\nx,hidden", encoding="utf-8")
    for name in ("secrets.csv", f"{tmp_path}/secrets.csv", "../secrets.csv", "/etc/passwd"):
        form = (
            FORM.format(header="form_id")
            + f"| | calculate | c | | |\n| | select_one_from_file {name} | d | D? | D ? |\n"
        )
        upload = await reading(form.encode(), ".md")
        assert upload.event is None, name
        assert "hidden" not in repr(upload)


async def test_it_knows_no_secret_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUIVI_MASTER_KEY", "a secret")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    seen: list[dict[str, str]] = []
    start = asyncio.create_subprocess_exec

    async def watched(*command: str, **how: object) -> asyncio.subprocess.Process:
        seen.append(how["env"])  # type: ignore[arg-type]
        return await start(*command, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", watched)
    with pytest.raises(Unreadable, match="too long"):
        await read(Act.WORKBOOK, ".xlsx", workbook(), seconds=0.01)
    monkeypatch.setattr("tempfile.tempdir", None)
    assert not any(name.startswith("SUIVI_") for name in seen[0])
    assert "SUIVI_MASTER_KEY" in os.environ
    assert list(tmp_path.iterdir()) == []


def packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(packed({"xl/workbook.xml": b" " * 150_000_000}), id="a bomb"),
        pytest.param(packed({"../../evil": b"x", "xl/workbook.xml": b"<x/>"}), id="a way out"),
        pytest.param(b"PK\x03\x04" + os.urandom(2000), id="broken"),
        pytest.param(b"\xd0\xcf\x11\xe0" + os.urandom(2000), id="a broken .xls"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\0" * 1000, id="zeros"),
    ],
)
async def test_a_hostile_file_is_a_fault_and_no_more(content: bytes) -> None:
    upload = await reading(content)
    assert (upload.code, upload.event) == ("", None)
    assert {each.kind for each in upload.report.findings} == {Kind.BLOCKS}


GREEDY = """
import sys
from bot import reader
from conversations.roles import Act
reader.READERS = {Act.WORKBOOK: lambda content, ending: str(len(bytearray(2 << 30)))}
sys.argv = ["reader", "workbook", ".xlsx"]
reader.main()
"""


def test_whatever_wants_too_much_room_ends_its_process_alone() -> None:
    ended = subprocess.run([sys.executable, "-c", GREEDY], input=b"", capture_output=True, check=False)
    assert ended.returncode != 0
    assert b"MemoryError" in ended.stderr
    assert ended.stdout == b""

"""`suivi export` and `suivi responses` as somebody types them."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from bot.app import Store, open_store
from bot.cli import main
from bot.settings import Settings, load
from tests.reports.samples import CODE, FULL, answers, imported, joins, planned


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A folder of its own with an event that two people are in; one has answered."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SUIVI_{name.upper()}", raising=False)
    store = open_store(load())
    with store.engine.begin() as conn:
        imported(conn)
        answered, silent = joins(store, conn, "1"), joins(store, conn, "2")
        answers(store, conn, answered, planned(conn, answered), FULL)
        planned(conn, silent)
    yield store
    store.engine.dispose()


def suivi(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def complaint(*arguments: str, code: int = 1) -> str:
    result = suivi(*arguments)
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


@pytest.mark.usefixtures("store")
def test_an_export_goes_into_a_file_with_the_date_and_says_what_it_holds() -> None:
    result = suivi("export", CODE)
    assert result.exit_code == 0, result.output
    assert re.fullmatch(rf"{CODE}-\d{{4}}-\d\d-\d\d\.xlsx\n", result.stdout)
    assert len(pd.read_excel(result.stdout.strip())) == 2
    assert "2 rows, of which 1 have answers and 1 have none (--only-responses leaves those out)," in result.stderr
    assert "from 1 survey. This file is sensitive" in result.stderr
    assert "Marked as sensitive: story (--without-sensitive leaves them out)" in result.stderr


@pytest.mark.usefixtures("store")
def test_what_is_left_out_already_is_not_spoken_of() -> None:
    assert "1 rows, of which 1 have answers, from 1 survey." in suivi("export", CODE, "--only-responses").stderr


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("format_", ["csv", "sav", "dta", "xml"])
def test_several_files_are_a_zip(format_: str) -> None:
    result = suivi("export", CODE, "--format", format_, "--output", "all.zip", "--without-sensitive")
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile("all.zip") as archive:
        assert all(name.endswith(f".{format_}") for name in archive.namelist())
    assert "Marked as sensitive" not in result.stderr


@pytest.mark.usefixtures("store")
def test_what_cannot_be_done_is_told_in_a_line() -> None:
    assert "there is no event 'lse9'. Known: lse1" in complaint("export", "lse9")
    assert "no survey 'before' in lse1. Known: after" in complaint("export", CODE, "--survey", "before")
    assert "all.csv must end in .zip: it holds several files" in complaint(
        "export", CODE, "--format", "csv", "--output", "all.csv"
    )
    assert "no place for --history" in complaint("export", CODE, "--format", "xml", "--history", code=2)
    assert "--raw and --bom are for --format csv" in complaint("export", CODE, "--raw", code=2)
    assert "cannot be written (No such file or directory)" in complaint("export", CODE, "--output", "not/there.xlsx")
    Path("mine.xlsx").write_text("mine")
    assert "mine.xlsx is there already; --overwrite replaces it" in complaint("export", CODE, "--output", "mine.xlsx")
    assert suivi("export", CODE, "--output", "mine.xlsx", "--overwrite").exit_code == 0


@pytest.mark.usefixtures("store")
def test_responses_are_counted_wave_by_wave() -> None:
    told = suivi("responses", CODE).output
    assert "registered: 2\nstarted: 1\ncompleted: 1\n" in told
    header, row = told.splitlines()[-2:]
    cells = dict(zip(re.split(r"\s{2,}", header), re.split(r"\s{2,}", row), strict=True))
    assert cells["survey"] == "after"
    assert {name: cells[name] for name in ("wave", "registered", "due", "opened", "completed", "not reached")} == {
        "wave": "1",
        "registered": "2",
        "due": "2",
        "opened": "1",
        "completed": "1",
        "not reached": "1",
    }


@pytest.mark.usefixtures("store")
def test_files_need_the_token_and_nothing_is_written_without_it(tmp_path: Path) -> None:
    assert "--files needs SUIVI_BOT_TOKEN" in complaint("export", CODE, "--output", "a.xlsx", "--files", "photos")
    assert not (tmp_path / "a.xlsx").exists()


def test_what_exports_need_is_loaded_by_exports_alone() -> None:
    """The running bot starts within a second and stays small."""
    heavy = "{'numpy', 'pandas', 'pyreadstat', 'xlsxwriter'}"
    modules = "bot.cli, bot.main, bot.reports.gathering, bot.reports.exporting"
    code = f"import sys, {modules}; print({heavy} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout == "set()\n"


@pytest.mark.usefixtures("store")
def test_what_a_killed_export_has_left_goes_with_the_next_one(tmp_path: Path) -> None:
    left, running = tmp_path / ".suivi-export-dead", tmp_path / ".suivi-export-alive"
    for folder in (left, running):
        folder.mkdir()
        (folder / "export").write_text("in clear", encoding="utf-8")
    long_ago = left.stat().st_mtime - 2 * 3600
    for each in (left / "export", left):
        os.utime(each, (long_ago, long_ago))
    assert suivi("export", CODE).exit_code == 0
    assert not left.exists()
    assert running.exists(), "another export may be at it"

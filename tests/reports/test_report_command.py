"""`suivi report` as somebody types it."""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.app import Store, open_store
from bot.cli import main
from bot.settings import Settings, load
from bot.workbook import read
from storage import audit
from storage.events import import_event
from tests.reports.answers_published import PACK, fill_in


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A folder of its own with the sample event, in which nobody takes part yet."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SUIVI_{name.upper()}", raising=False)
    store = open_store(load())
    with store.engine.begin() as connection:
        import_event(connection, read(PACK), datetime(2026, 11, 1, tzinfo=UTC))
    yield store
    store.engine.dispose()


@pytest.fixture
def answered(store: Store) -> Store:
    """The same with 102 people, whose first survey was due."""
    with store.engine.begin() as connection:
        fill_in(connection, store.vault)
    return store


def suivi(*arguments: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=answer)


@pytest.mark.usefixtures("answered")
def test_slides_in_both_languages_are_what_comes_without_a_word_more() -> None:
    result = suivi("report", "lse2026")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("lse2026-")
    assert result.stdout.endswith("-en-fr.pptx\n")
    assert "small numbers are hidden" in result.stderr
    [file] = Path().glob("*.pptx")
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("answered")
def test_all_forms_come_into_a_folder() -> None:
    Path("reports").mkdir()
    result = suivi("report", "lse2026", "--form", "all", "--language", "fr", "--folder", "reports")
    assert result.exit_code == 0, result.output
    endings = sorted("".join(path.suffixes) for path in Path("reports").iterdir())
    assert endings == [".html", ".pdf", ".pptx", ".xlsx", ".zip", ".zip"]
    for path in Path("reports").glob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            assert all(name[:2].isdigit() for name in archive.namelist())


def test_small_numbers_are_shown_only_after_a_yes_and_the_log_tells_it(answered: Store) -> None:
    refused = suivi("report", "lse2026", "--form", "html", "--language", "en", "--open", answer="n\n")
    assert (refused.exit_code, list(Path().glob("*.html"))) == (1, [])
    shown = suivi("report", "lse2026", "--form", "html", "--language", "en", "--open", answer="y\n")
    assert "give it only to those who need it" in shown.stderr
    careful = suivi("report", "lse2026", "--form", "html", "--language", "en", "--overwrite", "--without-sensitive")
    assert careful.exit_code == 0, careful.output
    with answered.engine.connect() as connection:
        told = [entry.details for entry in audit.entries(connection, "lse2026")]
    assert told == [("Opened", "html"), ("WithoutSensitive", "html")]


@pytest.mark.usefixtures("answered")
def test_a_file_that_is_there_is_not_overwritten_unasked() -> None:
    command = ("report", "lse2026", "--form", "html", "--language", "en")
    assert suivi(*command).exit_code == 0
    again = suivi(*command)
    assert again.exit_code == 1
    assert "--overwrite replaces it" in again.output


@pytest.mark.usefixtures("store")
def test_where_nobody_was_asked_there_is_nothing_to_report() -> None:
    result = suivi("report", "lse2026")
    assert result.exit_code == 1
    assert "nobody has been asked anything yet" in result.output


@pytest.mark.usefixtures("store")
def test_an_unknown_event_is_named_beside_those_there_are() -> None:
    result = suivi("report", "lse2025")
    assert result.exit_code != 0
    assert "lse2026" in result.output

"""`suivi rehearse` as it is typed: what it refuses, before anything is started."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.rehearsal import command
from bot.rehearsal.command import Wish, fulfilled, understood
from bot.rehearsal.outcomes import Rehearsal
from bot.rehearsal.play import Progress, span_of
from bot.rehearsal.stage import Wanted
from bot.settings import Settings
from conversations.model import Event, Language
from tests.rehearsal.conftest import PACK


def refused(*arguments: str) -> str:
    """What is said of a mistake: never a traceback."""
    result = CliRunner().invoke(main, ["rehearse", *arguments])
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    return result.output


def test_a_pack_with_faults_is_told_as_check_tells_it(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.md"
    wrong.write_text(PACK.replace("Africa/Nairobi | | |", "Africa/Nowhere | | |"), encoding="utf-8")
    checked = CliRunner().invoke(main, ["check", str(wrong)])
    for words in ("'Africa/Nowhere' is not a time zone", "line 13", "write an IANA name such as Africa/Nairobi"):
        assert words in checked.output
        assert words in refused(str(wrong))


def test_a_pack_that_is_not_there() -> None:
    assert "no-such-pack.xlsx" in refused("no-such-pack.xlsx")


def test_nobody_of_that_name(pack: Path) -> None:
    message = refused(str(pack), "--personas", "late,grumpy")
    assert "'grumpy'" in message
    assert "keen-fr, keen-en, late, pauses, half, silent, blocks" in message


@pytest.mark.parametrize("name", ["course.md", "rehearsal", "no-such-folder/rehearsal.html"])
def test_a_page_is_never_written_over_a_pack_nor_into_nowhere(pack: Path, name: str) -> None:
    before = pack.read_bytes()
    assert "--html: " in refused(str(pack), "--html", str(pack.parent / name))
    assert pack.read_bytes() == before


def test_the_words_around_are_in_both_languages_on_a_page_and_in_one_in_a_terminal(tmp_path: Path) -> None:
    page = tmp_path / "rehearsal.html"
    assert understood(page, None, "", 10, 1).languages == (Language.EN, Language.FR)
    assert understood(None, None, "", 10, 1).languages == (Language.EN,)
    assert understood(None, "fr", "", 10, 1).languages == (Language.FR,)
    assert understood(None, "both", "late, half", 0, 1).languages == (Language.EN, Language.FR)


async def test_a_page_is_written_and_its_address_told(
    event: Event,
    rehearsal: Rehearsal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def played(wanted: Wanted, _: Settings, progress: Progress) -> Rehearsal:
        span = span_of(wanted)
        for part in (0.5, 0.5, 1, 2):
            progress(span.start + part * span.length)
        return rehearsal

    monkeypatch.setattr(command, "rehearse", played)
    path = tmp_path / "rehearsal.html"
    path.write_text("an older one", encoding="utf-8")
    wish: Wish = understood(path, "both", "late", 0, 1)
    told = await fulfilled(wish, event, {}, progress=True)
    assert path.absolute().as_uri() in told
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert capsys.readouterr().err == "Rehearsing: 50 %\nRehearsing: 100 %\n"
    await fulfilled(wish, event, {}, progress=False)
    assert capsys.readouterr().err == ""

"""The command line: help for everything, and mistakes told in a line."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from bot.cli import main
from bot.clock import SystemClock
from bot.settings import Settings, load
from storage.database import connect
from storage.tables import pack_files
from tests.conversations.samples import NOW, PACK


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(SystemClock, "now", lambda _: NOW)  # as fresh as the sample's contacts
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SUIVI_{name.upper()}", raising=False)


def everything() -> list[tuple[str, ...]]:
    """Every command by its words, those in a group among them."""
    found: list[tuple[str, ...]] = [(name,) for name in main.commands]
    for name, command in main.commands.items():
        found += [(name, each) for each in getattr(command, "commands", {})]
    return found


def command_at(words: tuple[str, ...]) -> click.Command:
    command: click.Command = main
    for word in words:
        assert isinstance(command, click.Group)
        command = command.commands[word]
    return command


def suivi(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def complaint(*arguments: str, code: int = 1) -> str:
    """What is said of a mistake: never a traceback."""
    result = suivi(*arguments)
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


@pytest.mark.parametrize("words", [(), *everything()], ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_explains_itself(words: tuple[str, ...], option: str) -> None:
    result = suivi(*words, option)
    assert result.exit_code == 0
    assert "Usage:" in result.output
    command = command_at(words)
    assert command.help
    assert all(each in result.output for each in getattr(command, "commands", {}))


def test_every_option_says_what_it_does() -> None:
    for words in everything():
        assert all(each.help for each in command_at(words).params if isinstance(each, click.Option)), words


def test_the_sample_has_no_faults_and_is_taken_in_once() -> None:
    assert "No faults. Event: lse2026. Key messages: 8." in suivi("check", str(PACK)).output
    assert "Event lse2026 is in, revision 1." in suivi("import", str(PACK)).output
    assert "word for word: nothing changed" in suivi("import", str(PACK)).output
    assert "registered: 0" in suivi("responses", "lse2026").output


def test_the_pictures_of_a_form_are_taken_in_with_it() -> None:
    form = PACK.parents[1] / "site-visit" / "form.md"
    assert "ready" in suivi("check", str(form)).output
    for _ in range(2):
        assert "Event site_visit is in" in suivi("import", str(form)).output
    with connect(load().main_database).connect() as connection:
        contents = connection.scalars(select(pack_files.c.content)).all()
    assert contents == [(form.parent / "scale.png").read_bytes()]


def test_a_pack_with_faults_is_not_taken_in(tmp_path: Path) -> None:
    pack = tmp_path / "wrong.md"
    pack.write_text(PACK.read_text(encoding="utf-8").replace("Africa/Nairobi", "Africa/Nowhere"), encoding="utf-8")
    assert "Nothing was taken in." in complaint("import", str(pack))
    assert "Africa/Nowhere" in complaint("check", str(pack))
    assert "there is no event 'lse2026'" in complaint("responses", "lse2026")


def test_a_contact_that_was_checked_on_a_day_to_come_is_not_taken_in(tmp_path: Path) -> None:
    pack = tmp_path / "hasty.md"
    pack.write_text(PACK.read_text(encoding="utf-8").replace("2026-11-02", "2027-11-02"), encoding="utf-8")
    for command in ("import", "check"):
        assert "'2027-11-02' has not come yet" in complaint(command, str(pack))


def test_a_pack_that_is_not_there() -> None:
    assert "no-such-pack.xlsx" in complaint("check", "no-such-pack.xlsx", code=2)
    assert "no-such-pack.xlsx" in complaint("import", "no-such-pack.xlsx")


@pytest.mark.parametrize("command", ["responses", "invite"])
def test_a_wrong_event_is_told_with_those_that_are_known(command: str) -> None:
    assert "Known: none yet; suivi import PACK takes one in" in complaint(command, "lse2027")
    suivi("import", str(PACK))
    assert "there is no event 'lse2027'. Known: lse2026" in complaint(command, "lse2027")


def test_a_wrong_role_is_told_with_those_that_there_are() -> None:
    message = complaint("invite", "lse2026", "--role", "boss", code=2)
    assert "participant" in message
    assert "coordinator" in message


def test_an_invitation_needs_a_token() -> None:
    suivi("import", str(PACK))
    assert "SUIVI_BOT_TOKEN is missing" in complaint("invite", "lse2026")


def test_a_wrong_setting_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUIVI_SENDS_PER_SECOND", "0")
    for command in (["run"], ["responses", "lse2026"], ["invite", "lse2026"]):
        message = complaint(*command)
        assert message.startswith("Error: SUIVI_SENDS_PER_SECOND: ")
        assert message.count("\n") == 1


def test_a_folder_to_keep_a_trial_in_is_new_and_for_a_trial_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    monkeypatch.setenv("SUIVI_SANDBOX_PORT", str(unused_tcp_port))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("a year of work")
    assert "--keep: there are things in mine already" in complaint("run", "--keep", "mine")
    monkeypatch.setenv("SUIVI_BOT_TOKEN", "1:a")
    assert "--keep is for the local Telegram" in complaint("run", "--keep", "new", code=2)
    assert not (tmp_path / "new").exists()


def test_a_template_is_written_checked_and_never_overwritten_by_chance(tmp_path: Path) -> None:
    path = tmp_path / "my-event.xlsx"
    assert suivi("template", str(path)).exit_code == 0
    assert "No faults" in suivi("check", str(path)).output
    path.write_bytes(b"a year of work")
    assert "--overwrite replaces it" in complaint("template", str(path))
    assert path.read_bytes() == b"a year of work"
    assert suivi("template", str(path), "--overwrite").exit_code == 0
    assert path.read_bytes() != b"a year of work"


@pytest.mark.parametrize("name", ["my-event.xls", "my-event", "no/such/folder/my-event.xlsx"])
def test_a_template_with_nowhere_to_go(name: str) -> None:
    assert name.rsplit("/", maxsplit=1)[-1] in complaint("template", name)


def test_a_new_key_is_one() -> None:
    assert len(suivi("new-key").output.strip()) == 44

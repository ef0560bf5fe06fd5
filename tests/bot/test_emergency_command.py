"""`suivi pauseall` and `suivi resume`, as an operator types them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.app import open_store
from bot.cli import main
from bot.settings import Settings, load
from conversations.stops import Stopped
from storage import audit, stops
from tests.conversations.samples import PACK


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SUIVI_{name.upper()}", raising=False)
    assert suivi("import", str(PACK)).exit_code == 0


def suivi(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def said(*arguments: str, code: int = 0) -> str:
    result = suivi(*arguments)
    assert result.exit_code == code, result.output
    return result.output


def stopped() -> Stopped:
    with open_store(load()).engine.connect() as connection:
        return stops.stopped(connection)


def test_an_event_is_stopped_and_goes_on() -> None:
    told = said("pauseall", "lse2026")
    assert "Event lse2026 is stopped.\nwaits: nothing\n" in told
    assert "Next: suivi resume lse2026 shows what would be sent." in told
    assert stopped().covers("lse2026")
    assert "Event lse2026 is stopped already." in said("pauseall", "lse2026")
    shown = said("resume", "lse2026")
    assert "by the operator." in shown
    assert "Nothing was changed." in shown
    assert stopped().covers("lse2026")
    assert "What waited is sent by the usual rules." in said("resume", "lse2026", "--send")
    assert not stopped()
    assert "Event lse2026 is not stopped." in said("resume", "lse2026", code=1)


def test_the_whole_bot_is_stopped_apart_from_its_events() -> None:
    said("pauseall", "lse2026")
    assert "The whole bot is stopped." in said("pauseall")
    going_on = said("resume", "lse2026", "--let-go")
    assert "What waited is let go." in going_on
    assert "The whole bot is stopped all the same: suivi resume\n" in going_on
    said("pauseall", "lse2026")
    assert "Event lse2026 is stopped all the same: suivi resume lse2026\n" in said("resume", "--send")
    assert stopped() == Stopped(events=frozenset({"lse2026"}))


def test_what_is_there_to_be_said_where_nothing_is_stopped_by_itself() -> None:
    said("pauseall")
    assert "The whole bot is stopped all the same" in said("resume", "lse2026", "--send", code=1)
    assert stopped().everything


def test_mistakes_are_told_in_a_line() -> None:
    assert "there is no event 'nowhere'. Known: lse2026" in said("pauseall", "nowhere", code=1)
    assert "there is no event 'nowhere'. Known: lse2026" in said("resume", "nowhere", code=1)
    said("pauseall")
    assert "not both" in said("resume", "--send", "--let-go", code=2)
    assert stopped().everything


def test_each_is_in_the_audit_log_once() -> None:
    for arguments in (("pauseall",), ("pauseall",), ("resume", "--let-go"), ("pauseall", "lse2026")):
        said(*arguments)
    store = open_store(load())
    with store.engine.connect() as connection:
        lines = [(each.actor, each.event, each.act) for each in audit.entries(connection)]
        assert audit.verify(connection, store.vault).broken is None
    assert lines[0] == ("operator", "lse2026", "import")
    assert lines[1:] == [("operator", "", "e-stop"), ("operator", "", "e-drop"), ("operator", "lse2026", "e-stop")]

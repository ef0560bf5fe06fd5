"""Settings: what is wrong is told in one line that names it, and the master key is kept as it should be."""

import re
import stat
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from bot.app import open_store
from bot.settings import ConfigError, Settings, load, master_key, new_key

KEY = urlsafe_b64encode(bytes(range(32))).decode()
DOCS = Path(__file__).parents[2] / "docs" / "settings.md"
SECRET = "a-secret-of-16-characters"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting but the test's own: neither a .env file nor the environment."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SUIVI_{name.upper()}", raising=False)


def complaint() -> str:
    with pytest.raises(ConfigError) as caught:
        load()
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("TELEGRAM_API_URL", "ftp://api.telegram.org"),
        ("TELEGRAM_API_URL", "https://example.org/?x=1"),
        ("TELEGRAM_API_URL", "https://"),
        ("TELEGRAM_API_URL", "https://[::1"),
        ("WEBHOOK_LISTEN", "8080"),
        ("WEBHOOK_LISTEN", "127.0.0.1:"),
        ("WEBHOOK_LISTEN", "127.0.0.1:0"),
        ("WEBHOOK_LISTEN", "127.0.0.1:65536"),
        ("WEBHOOK_LISTEN", ":8080"),
        ("SENDS_PER_SECOND", "0"),
        ("SENDS_PER_SECOND", "many"),
        ("SENDS_PER_SECOND", "1.5"),
        ("CHAT_SENDS_PER_SECOND", "-1"),
        ("CLOCK_URL", "localhost:8107"),
        ("SANDBOX_PORT", "0"),
        ("SANDBOX_PORT", "65536"),
        ("WEBHOOK_SECRET", "short"),
        ("WEBHOOK_SECRET", "sixteen or more characters, but blank"),
        ("WEBHOOK_SECRET", "seize-caractères-ou-plus"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(name: str, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"SUIVI_{name}", wrong)
    assert f"SUIVI_{name}" in complaint()


def test_several_wrong_settings_are_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUIVI_SENDS_PER_SECOND", "0")
    monkeypatch.setenv("SUIVI_SANDBOX_PORT", "x")
    line = complaint()
    assert "SUIVI_SENDS_PER_SECOND" in line
    assert "SUIVI_SANDBOX_PORT" in line


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUIVI_WEBHOOK_URL", "https://example.org/updates/")
    assert "SUIVI_WEBHOOK_SECRET" in complaint()
    monkeypatch.setenv("SUIVI_WEBHOOK_SECRET", SECRET)
    assert load().webhook_url == "https://example.org/updates"


def test_no_complaint_repeats_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUIVI_WEBHOOK_SECRET", "blank in here is wrong")
    monkeypatch.setenv("SUIVI_BOT_TOKEN", "123:token")
    assert "blank in here" not in complaint()
    monkeypatch.delenv("SUIVI_WEBHOOK_SECRET")
    assert "123:token" not in repr(load())


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUIVI_SENDS_PER_SECOND", "")
    monkeypatch.setenv("SUIVI_BOT_TOKEN", "")
    settings = load()
    assert settings.sends_per_second == 30
    assert settings.token is None


def test_a_file_called_env_is_read_and_the_environment_counts_more(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("SUIVI_SANDBOX_PORT=9000\nSUIVI_SENDS_PER_SECOND=5\nOTHER=1\n")
    monkeypatch.setenv("SUIVI_SANDBOX_PORT", "9001")
    settings = load()
    assert (settings.sandbox_port, settings.sends_per_second) == (9001, 5)


def test_the_token_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(" 123:abc \n")
    assert Settings(bot_token_file=file).token == "123:abc"
    assert Settings(bot_token="456:def", bot_token_file=file).token == "456:def"


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe"])
def test_a_token_file_without_a_token_is_named(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match="SUIVI_BOT_TOKEN_FILE"):
        _ = Settings(bot_token_file=file).token


def test_a_key_is_made_once_for_its_owner_alone_and_apart_from_the_data() -> None:
    settings = load()
    key, made = master_key(settings, begun=False)
    assert made
    assert len(key) == 32
    file = settings.master_key_file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert not file.resolve().is_relative_to(settings.data_dir.resolve())
    assert master_key(load(), begun=True) == (key, False)


def test_a_key_file_among_the_data_is_refused(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", master_key_file=tmp_path / "data" / "keys" / "master.key")
    with pytest.raises(ConfigError, match="SUIVI_MASTER_KEY_FILE"):
        master_key(settings, begun=False)
    assert not settings.master_key_file.exists()


def test_a_lost_key_is_never_replaced_while_there_are_data() -> None:
    open_store(load()).engine.dispose()
    load().master_key_file.unlink()
    with pytest.raises(ConfigError, match=r"SUIVI_MASTER_KEY_FILE.* put it back"):
        open_store(load())
    assert not load().master_key_file.exists()


def test_another_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(load()).engine.dispose()
    monkeypatch.setenv("SUIVI_MASTER_KEY", new_key())
    with pytest.raises(ConfigError, match="SUIVI_MASTER_KEY"):
        open_store(load())


@pytest.mark.parametrize("key", ["short", "!", KEY[:-4], KEY + KEY, "é" * 44])
def test_a_key_of_the_wrong_size_is_refused(key: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^SUIVI_MASTER_KEY[ :]"):
        master_key(Settings(master_key=key), begun=False)
    file = tmp_path / "key"
    file.write_text(key, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"^SUIVI_MASTER_KEY_FILE[ :]"):
        master_key(Settings(master_key_file=file), begun=False)


def test_a_new_key_is_one() -> None:
    assert len(master_key(Settings(master_key=new_key()), begun=False)[0]) == 32
    assert new_key() != new_key()


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("database_url", "mysql://localhost/suivi"),
        ("database_url", "not an address"),
        ("database_url", "sqlite:////no/such/folder/suivi.sqlite3"),
        ("keys_url", "mysql://localhost/suivi"),
        ("keys_url", "sqlite:////no/such/folder/keys.sqlite3"),
    ],
)
def test_a_database_that_cannot_be_opened_is_named(name: str, url: str) -> None:
    with pytest.raises(ConfigError, match=f"^SUIVI_{name.upper()}: ") as caught:
        open_store(Settings(**{name: url}, master_key=KEY))  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_every_setting_is_documented_with_its_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    documented = {name: default.strip("`") for name, default, _ in rows}
    defaults = {}
    for name, field in Settings.model_fields.items():
        assert field.default is not PydanticUndefined
        assert field.description
        defaults[f"SUIVI_{name.upper()}"] = "none" if field.default is None else str(field.default)
    assert documented == defaults
    assert [name for name, _, _ in rows] == list(defaults), "in the order of the code"

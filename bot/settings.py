"""Settings: environment variables (or a .env file), read once at start-up. docs/settings.md documents every one."""

import os
import secrets
from base64 import b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_KEY_BYTES = 32
_SHORTEST_SECRET = 16


class ConfigError(Exception):
    """A setting is wrong; the message is one line that names it and says what to do."""


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an address such as https://example.org or http://127.0.0.1:8107")
    return url.rstrip("/")


def _host_and_port(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 2**16:
        raise ValueError("must be HOST:PORT, such as 127.0.0.1:8080")
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]
HostAndPort = Annotated[str, AfterValidator(_host_and_port)]


class Settings(BaseSettings):
    """All settings; each field's description is what docs/settings.md says of it."""

    model_config = SettingsConfigDict(env_prefix="SUIVI_", env_file=".env", env_ignore_empty=True, extra="ignore")

    bot_token: SecretStr | None = Field(None, description="The bot's token, as BotFather gave it.")
    bot_token_file: Path | None = Field(None, description="A file that holds the token instead.")
    telegram_api_url: WebAddress = Field(
        "https://api.telegram.org", description="Base URL of the Bot API; `/bot<token>/METHOD` is appended."
    )
    data_dir: Path = Field(Path("var/data"), description="Folder of the databases.")
    database_url: str | None = Field(
        None, description="SQLAlchemy URL of the main database. Default: SQLite in the data folder."
    )
    keys_url: str | None = Field(
        None, description="SQLAlchemy URL of the database of person keys. Default: SQLite in the data folder."
    )
    master_key: SecretStr | None = Field(
        None, description="The master key: 32 bytes in URL-safe base64. It unlocks all that is encrypted."
    )
    master_key_file: Path = Field(
        Path("var/secrets/master.key"), description="A file that holds the master key instead; made on first run."
    )
    webhook_url: WebAddress | None = Field(
        None, description="Public HTTPS address for Telegram to deliver to. Without it, Suivi polls."
    )
    webhook_secret: SecretStr | None = Field(
        None, description="Secret that Telegram repeats with each delivery; 16 or more of A-Z a-z 0-9 _ -."
    )
    webhook_listen: HostAndPort = Field(
        "127.0.0.1:8080", description="Where the webhook server listens, behind your reverse proxy."
    )
    sends_per_second: int = Field(
        30, ge=1, description="Messages a second over all chats. Telegram allows 30, or more if you pay for it."
    )
    chat_sends_per_second: int = Field(
        1, ge=1, description="Messages a second in one private chat, after a burst of four. Telegram allows 1."
    )
    clock_url: WebAddress | None = Field(
        None, description="Address of a sandbox whose movable clock to follow, for rehearsals only."
    )
    sandbox_port: int = Field(
        8107, ge=1, le=65535, description="Port of the local Telegram that `suivi run` starts without a token."
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("SUIVI_WEBHOOK_SECRET is missing: a webhook without it would accept anybody's updates")
        if self.webhook_secret:
            secret = self.webhook_secret.get_secret_value()
            if len(secret) < _SHORTEST_SECRET or not set(secret) <= _SECRET_CHARACTERS:
                raise ValueError("SUIVI_WEBHOOK_SECRET must be 16 or more characters of A-Z a-z 0-9 _ -")
        return self

    @property
    def token(self) -> str | None:
        """The bot's token, None when there is none. Raises ConfigError when its file cannot be read."""
        if self.bot_token is not None:
            return self.bot_token.get_secret_value().strip()
        if self.bot_token_file is not None:
            token = _text_of(self.bot_token_file, "SUIVI_BOT_TOKEN_FILE")
            if not token:
                raise ConfigError(
                    f"SUIVI_BOT_TOKEN_FILE: {self.bot_token_file} is empty; the bot's token belongs there"
                )
            return token
        return None

    @property
    def main_database(self) -> str:
        """SQLAlchemy URL of the main database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'suivi.sqlite3'}"

    @property
    def keys_database(self) -> str:
        """SQLAlchemy URL of the database of person keys."""
        return self.keys_url or f"sqlite:///{self.data_dir / 'keys.sqlite3'}"


_SECRET_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def load() -> Settings:
    """The settings of this environment. Raises ConfigError with one clear line."""
    try:
        return Settings()
    except ValidationError as error:
        raise ConfigError("; ".join(_complaint(dict(each)) for each in error.errors())) from None


def master_key(settings: Settings, *, begun: bool) -> tuple[bytes, bool]:
    """The master key, and whether it was made just now. Raises ConfigError.

    `begun` tells whether there are data already: they need the key that they were begun with, so none is made.
    """
    if settings.master_key is not None:
        return _key_from(settings.master_key.get_secret_value(), "SUIVI_MASTER_KEY"), False
    path = settings.master_key_file
    if path.resolve().is_relative_to(settings.data_dir.resolve()):
        raise ConfigError("SUIVI_MASTER_KEY_FILE lies in the data folder: whoever takes one would have both; move it")
    if path.exists():
        return _key_from(_text_of(path, "SUIVI_MASTER_KEY_FILE"), "SUIVI_MASTER_KEY_FILE"), False
    if begun:
        raise ConfigError(f"SUIVI_MASTER_KEY_FILE: {path} is missing, yet there are data that need it; put it back")
    return _make_key(path), True


def _make_key(path: Path) -> bytes:
    key = secrets.token_bytes(_KEY_BYTES)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(urlsafe_b64encode(key) + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise ConfigError(f"SUIVI_MASTER_KEY_FILE: {path} cannot be written ({error.strerror})") from None
    return key


def _key_from(text: str, setting: str) -> bytes:
    try:
        key = b64decode(text.strip(), altchars=b"-_", validate=True)
    except (Base64Error, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise ConfigError(f"{setting} must be 32 bytes in URL-safe base64; `suivi new-key` prints one")
    return key


def _text_of(path: Path, setting: str) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{setting}: {path} cannot be read as text; check the path and who may read it") from None


def _complaint(error: dict[str, object]) -> str:
    place = error["loc"]
    name = f"SUIVI_{str(place[0]).upper()}" if isinstance(place, tuple) and place else ""
    reason = str(error["msg"]).removeprefix("Value error, ")
    return f"{name}: {reason}" if name else reason


def new_key() -> str:
    """A fresh master key, as SUIVI_MASTER_KEY takes it."""
    return urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)).decode("ascii")

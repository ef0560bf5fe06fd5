"""A local Telegram for a demonstration or a rehearsal: the sandbox as a process of its own, spoken to over HTTP alone.

Everything is kept in a temporary folder and gone at the end, unless somebody names a folder to keep it in.
"""

import asyncio
import contextlib
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shlex import quote

from pydantic import SecretStr

from bot.settings import ConfigError, Settings, new_key
from bot.workbook import ContentErrors, read_draft
from conversations.model import Event

TOKEN = "1000001:a-local-token-that-opens-nothing"  # noqa: S105 # the sandbox takes any
SAMPLE_PACK = Path(__file__).parent.parent / "events" / "learning-and-sharing" / "pack.md"
START_SECONDS = 20
STOP_SECONDS = 5


def local_settings(settings: Settings, url: str, folder: Path) -> Settings:
    """The same settings for a bot that talks to the sandbox at `url` and keeps its data in `folder`."""
    return settings.model_copy(
        update={
            "bot_token": SecretStr(TOKEN),
            "telegram_api_url": url,
            "data_dir": folder,
            "database_url": None,
            "keys_url": None,
            "master_key": SecretStr(new_key()),
            "webhook_url": None,
            "sends_per_second": 1000,
            "chat_sends_per_second": 100,
        }
    )


def kept_settings(settings: Settings, url: str, folder: Path) -> Settings:
    """The same for a folder that stays: other commands find the data and the master key there, see `reading_kept`.

    A master key of the environment is used, since it would count more than any file for those commands, too.
    """
    return local_settings(settings, url, folder / "data").model_copy(
        update={"master_key": settings.master_key, "master_key_file": folder / "master.key"}
    )


def reading_kept(settings: Settings, kept: Settings) -> str:
    """What to write before a command, in the environment of `settings`, so that it reads what was kept."""
    said = {"SUIVI_DATA_DIR": str(kept.data_dir), "SUIVI_MASTER_KEY_FILE": str(kept.master_key_file)}
    if settings.database_url is not None:
        said["SUIVI_DATABASE_URL"] = kept.main_database
    if settings.keys_url is not None:
        said["SUIVI_KEYS_URL"] = kept.keys_database
    return " ".join(f"{name}={quote(value)}" for name, value in said.items())


def folder_to_keep(folder: Path) -> Path:
    """The folder, made for its owner alone; its whole path. Raises ConfigError when there is anything in it.

    Data of an earlier run are no exception: a new local Telegram gives its people and updates the same numbers again,
    and the bot would take them for those that it knows.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ConfigError(f"--keep: there are things in {folder} already; name a new folder for each run")
    except OSError as error:
        raise ConfigError(f"--keep: {folder} cannot be used ({error.strerror})") from None
    return folder.resolve()


def event_of(pack: Path) -> tuple[Event, Mapping[str, bytes]]:
    """The event of a pack and its files. Raises ConfigError with every fault."""
    draft = read_draft(pack)
    try:
        return draft.whole(), draft.files
    except ContentErrors as errors:
        listed = "\n".join(str(error) for error in errors.errors)
        raise ConfigError(f"{pack} has faults:\n{listed}") from None


def check_port(port: int) -> None:
    """Raises ConfigError when something else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise ConfigError(f"port {port} is taken; choose another one: SUIVI_SANDBOX_PORT={port + 1}") from None


def held_lately(event: Event, today: date) -> Event:
    """The event as if it had ended a week ago, so that its year lies ahead whenever it is shown.

    Its contacts were checked on its last day, and are no older than in a year that is lived.
    """
    end = today - timedelta(weeks=1)
    moved = end - event.end
    rest = tuple(replace(each, first=each.first + moved, last=each.last + moved) for each in event.policy.rest)
    referrals = tuple(replace(each, checked=end) for each in event.referrals)
    policy = replace(event.policy, rest=rest)
    return replace(event, start=event.start + moved, end=end, policy=policy, referrals=referrals)


@contextlib.asynccontextmanager
async def sandbox_process(port: int, *options: str) -> AsyncIterator[str]:
    """A sandbox on that port while the context lasts, with those options; 0 takes any free port. Gives its URL.

    Raises ConfigError when it does not start.
    """
    # It ends when this process does, even by force, for then its input ends. In a session of its own it does not hear
    # the Ctrl-C that is meant for this process, which ends it in order.
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", str(port), "--until-input-ends", *options),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield await _url_of(process)
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _url_of(process: asyncio.subprocess.Process) -> str:
    """Where it listens, in its own words: whatever else answers at a port is not the process that was started."""
    assert process.stdout is not None  # noqa: S101 # it was asked for
    with contextlib.suppress(TimeoutError):
        line = await asyncio.wait_for(process.stdout.readline(), START_SECONDS)
        if line:
            return line.decode().split()[-1].rstrip("/")
    raise ConfigError(
        "the local Telegram did not start: is its port taken by something else? SUIVI_SANDBOX_PORT chooses another one"
    )

"""A local Telegram for a demonstration or a rehearsal: the sandbox as a process of its own, spoken to over HTTP alone.

Everything is kept in a temporary folder and gone at the end.
"""

import asyncio
import contextlib
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

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
    """The event as if it had ended a week ago, so that its year lies ahead whenever it is shown."""
    end = today - timedelta(weeks=1)
    return replace(event, start=end - (event.end - event.start), end=end)


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

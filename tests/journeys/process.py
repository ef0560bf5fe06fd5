"""The bot as an operator runs it: a process of its own, told by its environment, killed without a word."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
DYING_SECONDS = 90
"""Even a killed process first waits for its disk, and a busy one can take its time; only a failing test waits long."""


class BotProcess:
    """`suivi run`, started again and again on the same data. What it logs is gathered in `log`."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("SUIVI_")}
        self._environment = {**inherited, "PYTHONPATH": str(ROOT), **environment}
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self.log = folder / "bot.log"

    async def start(self, *options: str) -> None:
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.cli", "-v", "run", *options),
                cwd=self._folder,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    def strike(self) -> None:
        """SIGKILL this instant, without waiting for the end."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()

    async def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        await self._end(signal.SIGKILL)

    async def interrupt(self) -> int:
        """Ctrl-C; gives the exit code."""
        return await self._end(signal.SIGINT)

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(number)
        async with asyncio.timeout(DYING_SECONDS):
            return await self._process.wait()


def environment_of(settings: Settings, clock_url: str) -> dict[str, str]:
    """The environment in which a process has these settings, and follows that clock."""
    assert settings.token is not None
    assert settings.master_key is not None
    environment = {
        "SUIVI_BOT_TOKEN": settings.token,
        "SUIVI_TELEGRAM_API_URL": settings.telegram_api_url,
        "SUIVI_CLOCK_URL": clock_url,
        "SUIVI_DATA_DIR": str(settings.data_dir),
        "SUIVI_MASTER_KEY": settings.master_key.get_secret_value(),
        "SUIVI_SENDS_PER_SECOND": str(settings.sends_per_second),
        "SUIVI_CHAT_SENDS_PER_SECOND": str(settings.chat_sends_per_second),
    }
    if settings.webhook_url is not None and settings.webhook_secret is not None:
        environment["SUIVI_WEBHOOK_URL"] = settings.webhook_url
        environment["SUIVI_WEBHOOK_SECRET"] = settings.webhook_secret.get_secret_value()
        environment["SUIVI_WEBHOOK_LISTEN"] = settings.webhook_listen
    return environment

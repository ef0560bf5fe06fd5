"""A bot in a process of its own: started, waited for, its processor time read, killed."""

import asyncio
import os
import socket
import sys
from pathlib import Path

from bot.clock import SystemClock

START_SECONDS = 60.0
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class NotStartedError(Exception):
    """The bot ended, or did not open its port in time; the message holds the end of what it printed."""


def free_port() -> int:
    """A TCP port of this computer that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class BotProcess:
    """``python -m MODULE`` with the options that every bot of the benchmark takes."""

    def __init__(self, module: str, port: int, data_dir: Path) -> None:
        self._module = module
        self._port = port
        self._data_dir = data_dir
        self._log = data_dir / "output.log"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, api_url: str, token: str, secret: str) -> None:
        """Start it and wait until its webhook can be reached. Raises NotStartedError."""
        options = {
            "--port": str(self._port),
            "--api-url": api_url,
            "--token": token,
            "--secret": secret,
            "--data-dir": str(self._data_dir),
        }
        with self._log.open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                self._module,
                *(part for option in options.items() for part in option),
                stdout=log,
                stderr=log,
            )
        clock = SystemClock()
        deadline = clock.elapsed() + START_SECONDS
        while not await self._listens():
            if self._process.returncode is not None or clock.elapsed() > deadline:
                await self.kill()
                raise NotStartedError(f"{self._module} does not listen. It printed:\n{self.printed()}")
            await asyncio.sleep(0.05)

    def printed(self) -> str:
        """The end of what it wrote to its output."""
        return self._log.read_text(errors="replace")[-2000:]

    def cpu_seconds(self) -> float:
        """Processor time of the process and its children up to now, user and system."""
        return 0.0 if self._process is None else cpu_seconds(self._process.pid)

    async def kill(self) -> None:
        """End it at once (SIGKILL), as a power cut would: what it had not yet written is lost."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def _listens(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            return False
        writer.close()
        return True


def cpu_seconds(pid: int) -> float:
    """Processor time of a process, its ended and its living children, user and system (proc(5))."""
    folder = Path(f"/proc/{pid}")
    # The name in brackets may hold spaces; after it, utime to cstime are the fields 14 to 17 of the line.
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    own = sum(int(ticks) for ticks in fields[11:15]) / TICKS_PER_SECOND
    children = {child for task in (folder / "task").glob("*/children") for child in task.read_text().split()}
    return own + sum(cpu_seconds(int(child)) for child in children)

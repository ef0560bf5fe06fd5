"""Reading files that coordinators send, in a process of its own: a file that is made to do harm harms nothing else.

`python -m bot.reader ACT ENDING` reads the file from its input and prints the result, which is text. Only so much time
and memory is given to it. The running bot stays small: whatever reads office formats is never loaded there.
"""

import asyncio
import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from tempfile import TemporaryDirectory

from conversations.roles import Act

SECONDS = 60
MEMORY = 1 << 30
"""In bytes, of address space: reading the largest workbook that is taken needs a quarter of it."""

Reader = Callable[[bytes, str], str]
"""Gives the result for a file's content and its ending, with the dot."""


def _workbook(content: bytes, ending: str) -> str:
    from bot.workbook_reader import read_workbook  # noqa: PLC0415 # only the process that reads one loads it

    return read_workbook(content, ending)


def _roster(content: bytes, ending: str) -> str:
    from bot.roster_reader import read_roster  # noqa: PLC0415 # only the process that reads one loads it

    return read_roster(content, ending)


READERS: Mapping[Act, Reader] = {Act.WORKBOOK: _workbook, Act.ROSTER: _roster}


class Unreadable(Exception):
    """Reading the file failed, took too long or took too much memory."""


async def read(act: Act, ending: str, content: bytes, *, seconds: float = SECONDS) -> str:
    """The result of reading a file. Raises Unreadable."""
    # What it leaves behind when it is ended by force goes with its folder. It knows no token and no key.
    with TemporaryDirectory(prefix="suivi-reading-") as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SUIVI_")}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.reader", act, ending),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # what goes wrong may quote the file
            start_new_session=True,
            env={**environment, "TMPDIR": folder},
        )
        try:
            told, _ = await asyncio.wait_for(process.communicate(content), seconds)
        except TimeoutError:
            raise Unreadable("it took too long") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    if process.returncode != 0:
        raise Unreadable(f"reading ended with {process.returncode}")
    return told.decode()


def main() -> None:
    """The process itself."""
    act, ending = Act(sys.argv[1]), sys.argv[2]
    with contextlib.suppress(ImportError):  # there is none on Windows
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.buffer.write(READERS[act](sys.stdin.buffer.read(), ending).encode())


if __name__ == "__main__":
    main()

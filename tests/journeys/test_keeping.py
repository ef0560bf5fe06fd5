"""From trying a form on the local Telegram to an export of it: the line that is printed, as it is printed."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pandas as pd
import pytest

from tests.journeys.conftest import free_port
from tests.journeys.process import ROOT, BotProcess

WAIT = 30
"""Real seconds for what must come; only a failing test waits so long."""
FORM = """
| survey  |                    |       |           |
|         | type               | name  | label     |
|         | select_one yes_no  | going | Going?    |
|         | integer            | homes | How many? |
| choices |                    |       |           |
|         | list_name          | name  | label     |
|         | yes_no             | yes   | Yes       |
|         | yes_no             | no    | No        |
"""


@pytest.fixture
async def tried(tmp_path: Path) -> AsyncIterator[tuple[BotProcess, str]]:
    """`suivi run --pack visits.md --keep "my folder"`, and its address; a database is set that it must not touch."""
    (tmp_path / "visits.md").write_text(FORM, encoding="utf-8")
    port = free_port()
    process = BotProcess({"SUIVI_SANDBOX_PORT": str(port), "SUIVI_DATABASE_URL": "sqlite:///real.db"}, tmp_path)
    await process.start("--pack", "visits.md", "--keep", "my folder")
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        if process.alive:
            await process.interrupt()


async def test_answers_that_were_tried_out_are_exported_as_the_command_says(
    tried: tuple[BotProcess, str], tmp_path: Path
) -> None:
    process, url = tried
    command = await _printed(process)
    async with aiohttp.ClientSession(base_url=url, raise_for_status=True) as session:
        await session.post("/sandbox/crowd", json={"people": 1, "texts": ["12"]})
        # It may be night where they are. The answer comes when they have nothing left to react to.
        await session.post("/sandbox/clock", json={"advance": 24 * 60 * 60})
    assert await _exported(command, tmp_path) == ["complete"]
    assert await process.interrupt() == 0
    assert await _exported(command, tmp_path) == ["complete"]
    assert (tmp_path / "my folder").stat().st_mode & 0o777 == 0o700
    assert not (tmp_path / "real.db").exists()


async def _printed(process: BotProcess) -> str:
    """The command that exports what is kept."""
    async with asyncio.timeout(WAIT):
        while not (found := re.search(r"^  (SUIVI_.* suivi export \S+)\n", process.log.read_text(), re.MULTILINE)):
            assert process.alive, process.log.read_text(encoding="utf-8")
            await asyncio.sleep(0.05)
    return found[1]


async def _exported(command: str, folder: Path) -> list[str]:
    """The statuses in the export that the command makes in a shell, in the environment that `suivi run` had."""
    suivi = folder / "bin" / "suivi"
    suivi.parent.mkdir(exist_ok=True)
    suivi.write_text(f'#!/bin/sh\nexec {sys.executable} -m bot.cli "$@"\n', encoding="utf-8")
    suivi.chmod(0o700)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SUIVI_")}
    path = f"{suivi.parent}{os.pathsep}{os.environ['PATH']}"
    process = await asyncio.create_subprocess_shell(
        f"{command} --overwrite --output answers.xlsx",
        cwd=folder,
        env={**inherited, "PATH": path, "PYTHONPATH": str(ROOT), "SUIVI_DATABASE_URL": "sqlite:///real.db"},
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    return list(pd.read_excel(folder / "answers.xlsx")["_status"])

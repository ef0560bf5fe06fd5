"""The world of these tests, made once and copied for each."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from tests.bot.rights.world import NOW, build
from tests.bot.teams import Teams
from tests.rig import Rig, rig_in


async def _build(folder: Path) -> None:
    async with rig_in(folder) as rig:
        await build(rig)


@pytest.fixture(scope="session")
def world(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the databases of that world lie."""
    folder = tmp_path_factory.mktemp("world")
    shutil.copy(migrated, folder / "suivi.sqlite3")
    asyncio.run(_build(folder))
    return folder


def hurry(rig: Rig) -> None:
    """Nothing of these tests has to outlive a power cut: do not wait for the disk."""

    def at_once(connection: Any, _entry: object) -> None:  # whatever the driver calls it
        connection.execute("PRAGMA synchronous = OFF")

    event.listen(rig.engine.pool, "connect", at_once)
    rig.engine.dispose()  # those that are open wait


@pytest.fixture
async def teams(world: Path, tmp_path: Path) -> AsyncIterator[Teams]:
    """Both teams in the middle of their year, and everybody else."""
    shutil.copytree(world, tmp_path, dirs_exist_ok=True)
    async with rig_in(tmp_path) as rig:
        hurry(rig)
        rig.clock.time = NOW
        rig.updates = count(100_000)  # those before were seen while the world was made
        yield Teams(rig)

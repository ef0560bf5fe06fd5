"""The world of these tests, made once and copied for each."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.database import connect
from tests.bot.rights.world import NOW, build
from tests.bot.teams import Teams
from tests.rig import hurried, rig_in


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


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the copy lies that a test works with."""
    return tmp_path_factory.mktemp("stage")


@pytest.fixture(scope="session")
def engine(stage: Path) -> Engine:
    """One for all of these tests, since it takes longer to compile its statements than to run them."""
    return hurried(connect(f"sqlite:///{stage / 'suivi.sqlite3'}"))


@pytest.fixture
async def teams(world: Path, stage: Path, engine: Engine) -> AsyncIterator[Teams]:
    """Both teams in the middle of their year, and everybody else."""
    shutil.rmtree(stage)
    shutil.copytree(world, stage)
    async with rig_in(stage, engine=engine) as rig:
        rig.clock.time = NOW
        rig.updates = count(100_000)  # those before were seen while the world was made
        yield Teams(rig)

"""A rig for every test: the whole bot but for Telegram, on a database of its own."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import connect, upgrade
from tests.rig import Rig, rig_in


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all migrations run, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "suivi.sqlite3"
    engine = connect(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture
def folder(migrated: Path, tmp_path: Path) -> Path:
    """Where this test's databases lie."""
    shutil.copy(migrated, tmp_path / "suivi.sqlite3")
    return tmp_path


@pytest.fixture
async def rig(folder: Path) -> AsyncIterator[Rig]:
    async with rig_in(folder) as rig:
        yield rig

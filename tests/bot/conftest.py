"""A rig for every test: the whole bot but for Telegram, on a database of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.rig import Rig, rig_in


@pytest.fixture
async def rig(folder: Path) -> AsyncIterator[Rig]:
    async with rig_in(folder) as rig:
        yield rig

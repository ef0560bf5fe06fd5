"""The rig on either database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.rig import Rig, rig_in


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def either_rig(request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[Rig]:
    url = request.getfixturevalue("postgres_database") if request.param == "postgresql" else None
    async with rig_in(folder, url) as rig:
        yield rig

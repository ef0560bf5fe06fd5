"""Two coordinators of an event."""

import pytest

from tests.audience import Coordinator, event
from tests.rig import Rig


@pytest.fixture
async def grace(rig: Rig) -> Coordinator:
    """Grace coordinates the event and takes no part in it herself."""
    rig.take_in(event())
    coordinator = Coordinator(rig, "77")
    await coordinator.arrive()
    return coordinator


@pytest.fixture
async def ama(rig: Rig, grace: Coordinator) -> Coordinator:
    """Ama coordinates it as well."""
    coordinator = Coordinator(rig, "78")
    await coordinator.arrive()
    return coordinator

"""Stop, over HTTP: in the middle of a wave, by a tap or by the operator; then on again, and nobody gets it twice."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.app import open_store
from bot.emergency import pause_all, resume_all, waiting
from bot.limits import Limits
from conversations.model import Event, Role
from conversations.timing import TouchpointKind
from sandbox.journal import Journal
from sandbox.server import Serving
from tests.journeys.conftest import World, bot_at, settings_for
from tests.journeys.phones import Json, Phone, Phones
from tests.journeys.stories import AVOID, DAY, JOINED, REFRESHER, SURVEY, WEEK_1, join, joined
from tests.journeys.test_postgres import own_databases

LEAVE = [*SURVEY.values(), *REFRESHER.values()]
"""What these simulated people leave alone: the test is about what comes to them."""
RESTS = "This chat rests for the moment."
PER_SECOND = 100
"""Messages a second, so that a wave takes a while."""


class Watch(Journal):
    """The sandbox's journal, which counts the invitations to a survey, and does something at one of them."""

    def __init__(self, at: int, then: Callable[[], None]) -> None:
        super().__init__()
        self._at, self._then = at, then
        self.invited: Counter[str] = Counter()

    def response(self, method: str, request: Mapping[str, Any], response: Json, fault: str | None = None) -> None:
        super().response(method, request, response, fault)
        if method == "sendMessage" and any(words in str(request["text"]) for words in SURVEY.values()):
            self.invited[str(request["chat_id"])] += 1
            if self.invited.total() == self._at:
                self._then()


@pytest.fixture(params=[("sqlite", 300), pytest.param(("postgresql", 100), marks=pytest.mark.postgres)], ids=str)
async def crowded(
    request: pytest.FixtureRequest, tmp_path: Path, sandbox: Serving, phones: Phones, sample_event: Event
) -> AsyncIterator[tuple[World, set[str]]]:
    """A running bot, and the many people who take part."""
    database, people = request.param
    if database == "sqlite":
        async with bot_at(settings_for(tmp_path, sandbox.url), sandbox, phones, sample_event) as world:
            yield world, await many(world, people)
        return
    with own_databases() as (main_url, keys):
        settings = settings_for(tmp_path, sandbox.url, database_url=main_url, keys_url=keys)
        async with bot_at(settings, sandbox, phones, sample_event) as world:
            yield world, await many(world, people)


async def many(world: World, people: int) -> set[str]:
    """So many people join as fast as they can; from then on messages leave at the pace of a wave."""
    found: set[str] = set()
    for seed in range(people // 50):
        found |= {str(each) for each in await world.phones.crowd(50, world.link, AVOID, seed=seed, leave=LEAVE)}
    assert len(found) == people
    world.app.delivery._limits = Limits(world.clock, PER_SECOND, world.settings.chat_sends_per_second)
    return found


async def coordinator(world: World, name: str = "Grace") -> Phone:
    grace = await world.phones.person(name, "en")
    await grace.start(world.invitation(Role.COORDINATOR))
    return grace


async def test_a_wave_is_stopped_in_the_middle_and_goes_on_where_it_was(crowded: tuple[World, set[str]]) -> None:
    world, people = crowded
    grace, thandi = await coordinator(world), await coordinator(world, "Thandi")
    await grace.say("/pauseall")
    message, button = await grace.button("Stop everything now")
    watch = Watch(len(people) // 3, lambda: grace.press(message["id"], button))
    watch.entries.extend(world.sandbox.state.journal.entries)
    world.sandbox.state.journal = watch
    await world.phones.until(WEEK_1)
    await grace.sees("All messages of")
    await thandi.sees("has stopped all messages of")
    reached = watch.invited.total()
    assert len(people) // 3 <= reached < len(people) - 10, "those who were next on the list are spared"
    await world.phones.advance(DAY)
    assert watch.invited.total() == reached
    await grace.say("/resume")
    await grace.sees("What was due meanwhile waits.")
    assert watch.invited.total() == reached, "it is shown before it is sent"
    await grace.tap("Go on and send it")
    await world.phones.advance(2 * DAY)
    assert watch.invited == Counter(people), "each of them once"
    await thandi.sees("lets the messages of")


@pytest.fixture
def watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot looks often for what others left to be sent: it looks in real time, whatever the clock of the test."""
    monkeypatch.setattr("bot.scheduler.ADOPT_SECONDS", 0.2)


async def test_the_operator_stops_a_running_bot_beside_it(watchful: None, world: World) -> None:
    grace = await coordinator(world)
    amina = await joined(world, "Amina", "en")
    store = open_store(world.settings)  # as another process has it
    begun, _ = pause_all(store, None, world.clock)
    assert begun
    await grace.sees("The operator has stopped all messages of this bot")
    await world.phones.until(WEEK_1)
    assert await amina.times(SURVEY["en"]) == []
    await amina.say("/calendar")
    await amina.sees(RESTS)
    moussa = await world.phones.person("Moussa", "fr")
    await moussa.start(world.invitation())
    assert JOINED["fr"] not in str(await moussa.messages())
    stop, backlog = waiting(store, None, world.clock)
    assert stop is not None
    assert (TouchpointKind.SURVEY, 1) in backlog.waiting
    assert resume_all(store, None, world.clock, let_go=False)
    await world.phones.advance(DAY)
    assert len(await amina.times(SURVEY["en"])) == 1
    await grace.sees("The operator lets the messages of this bot go on.")
    await moussa.start(world.invitation())
    await join(moussa, "fr")
    store.engine.dispose()

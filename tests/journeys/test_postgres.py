"""The same journey on PostgreSQL, in databases of its own."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, create_engine, make_url, select

from bot.settings import Settings
from conversations.model import Event
from sandbox.server import Serving
from storage import tables
from tests.conftest import POSTGRES
from tests.journeys import kept
from tests.journeys.conftest import World, bot_at, settings_for
from tests.journeys.phones import Phones, text_of
from tests.journeys.stories import AVOID, SURVEY, WEEK, WEEK_1, answer_survey, joined, stored
from tests.journeys.test_asking_for_help import two_take_it_at_once
from tests.journeys.test_digests import FIRST_DIGEST, PREPARED, assert_words_alone, digests_in

pytestmark = pytest.mark.postgres


@contextmanager
def own_databases() -> Iterator[tuple[str, str]]:
    """The URLs of two new databases, which are dropped at the end."""
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    names = [f"suivi_journey_{uuid4().hex}{suffix}" for suffix in ("", "_keys")]
    with server.connect() as connection:
        for name in names:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        main, keys = (make_url(POSTGRES).set(database=name).render_as_string(hide_password=False) for name in names)
        yield main, keys
    finally:
        with server.connect() as connection:
            for name in names:
                connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        server.dispose()


@pytest.fixture
async def postgres_world(tmp_path: Path, sandbox: Serving, phones: Phones, sample_event: Event) -> AsyncIterator[World]:
    with own_databases() as (main, keys):
        settings: Settings = settings_for(tmp_path, sandbox.url, database_url=main, keys_url=keys)
        async with bot_at(settings, sandbox, phones, sample_event) as world:
            yield world


async def test_of_two_who_take_a_request_at_once_one_has_it(postgres_world: World) -> None:
    await two_take_it_at_once(postgres_world)


async def test_join_answer_and_read_the_digest(postgres_world: World) -> None:
    world = postgres_world
    group = await world.group("Tous ensemble", linked="fr")
    moussa = await joined(world, "Moussa", "fr")
    await world.phones.crowd(9, world.link, AVOID)
    await world.phones.until(WEEK_1)
    assert len(await moussa.times(SURVEY["fr"])) == 1
    await answer_survey(moussa, "week_1", "fr")
    assert await world.look(kept.survey_of(world.store.vault, moussa.person, "week_1")) == stored("week_1")
    await world.phones.until(FIRST_DIGEST)
    [digest] = await digests_in(group, "fr")
    assert PREPARED["fr"] in text_of(digest)
    assert_words_alone(world, digest, "fr")
    await world.phones.advance(2 * WEEK)
    assert len(await digests_in(group, "fr")) == 1


async def test_twenty_people_at_once(postgres_world: World) -> None:
    world = postgres_world
    group = await world.group("Together", linked="en")
    people = await world.phones.crowd(20, world.link, AVOID)
    await world.phones.until(FIRST_DIGEST)
    vault = world.store.vault
    given = [await world.look(kept.survey_of(vault, person, "week_1")) for person in people]
    assert all(len(answers) == 4 for answers in given)
    assert Counter(await world.look(completed_surveys)) == {"week_1": 20}
    [digest] = await digests_in(group, "en")
    assert_words_alone(world, digest, "en")
    sent = [entry for entry in await world.phones.journal("sendMessage") if SURVEY["en"] in entry["request"]["text"]]
    assert len({entry["request"]["chat_id"] for entry in sent}) == len(sent) == 10


def completed_surveys(connection: Connection) -> list[str]:
    rows = tables.responses
    return [row[0] for row in connection.execute(select(rows.c.survey).where(rows.c.completed_at.is_not(None)))]

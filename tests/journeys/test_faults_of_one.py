"""What goes wrong for one person is no trouble for another."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from tests.journeys import kept
from tests.journeys.conftest import World
from tests.journeys.stories import FIRST_REFRESHER, REFRESHER, joined

REFUSING = """
    CREATE TRIGGER refusing BEFORE UPDATE ON plans WHEN old.id = {plan} AND new.state = 'sent'
    BEGIN SELECT RAISE(ABORT, 'this row cannot be changed'); END
"""


async def test_one_nudge_that_fails_stops_no_other(world: World, caplog: pytest.LogCaptureFixture) -> None:
    people = [await joined(world, name, "en") for name in ("Amina", "Awa", "Binta")]
    unlucky = people[1]
    with closing(sqlite3.connect(world.settings.data_dir / "suivi.sqlite3")) as database:
        own = "SELECT id FROM plans WHERE name = 'safety' AND occurrence = 0 ORDER BY id"
        plans = [row[0] for row in database.execute(own)]
        database.execute(REFUSING.format(plan=plans[1]))
        database.commit()
    await world.phones.until(FIRST_REFRESHER)
    assert [await each.announced(REFRESHER["en"]) for each in people] == [1, 0, 1]
    assert f"planned thing {plans[1]} failed" in caplog.text

    with closing(sqlite3.connect(world.settings.data_dir / "suivi.sqlite3")) as database:
        database.execute("DROP TRIGGER refusing")
        database.commit()
    await world.phones.advance(timedelta(hours=1))
    assert [await each.announced(REFRESHER["en"]) for each in people] == [1, 1, 1]
    reasons = await world.look(kept.reasons_of(world.store.vault, unlucky.person))
    assert reasons["refresher safety 0"] == "sent"

"""kill -9, a dozen times, while people answer: what was acknowledged is kept, once, and nobody is nudged twice.

After each kill a copy of the data is held against every answer whose update the platform counts as acknowledged.
"""

import asyncio
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.app import open_store
from bot.main import import_into, new_invitation
from bot.sandbox_clock import SandboxClock
from bot.settings import Settings
from conversations.model import Event, Role
from sandbox.journal import Journal
from sandbox.server import Serving
from tests.journeys import kept
from tests.journeys.conftest import following, settings_for, webhook_settings
from tests.journeys.lives import Deed, Kept, Life, living
from tests.journeys.phones import Json, Phones, nudges_in
from tests.journeys.process import BotProcess, environment_of
from tests.journeys.stories import JOINED, MONTH_1, MONTH_3, WEEK_1

KILLS = 12
PEOPLE = 8
NUDGES_EACH = 9  # six refreshers and three surveys in three months
WAY_IN = {"polling": settings_for, "webhook": webhook_settings}

# Whatever reached somebody and was not answered to the end, and whatever is still to be sent.
_OPEN = """
    SELECT (SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending'))
         + (SELECT count(*) FROM outbox WHERE plan_id IS NOT NULL AND state = 'sent'
            AND plan_id NOT IN (SELECT plan_id FROM responses WHERE completed_at IS NOT NULL)
            AND plan_id NOT IN (SELECT plan_id FROM recalls WHERE recalled_at IS NOT NULL))
         + (SELECT count(*) FROM responses WHERE completed_at IS NULL)
"""


class Watch(Journal):
    """The sandbox's journal, which strikes when as many nudges as `nudges_left` says have arrived."""

    def __init__(self, strike: Callable[[], None]) -> None:
        super().__init__()
        self._strike = strike
        self.nudges_left = 0
        self.struck = 0

    def response(self, method: str, request: Mapping[str, Any], response: Json, fault: str | None = None) -> None:
        super().response(method, request, response, fault)
        if method == "sendMessage" and self.nudges_left and nudges_in(request):
            self.nudges_left -= 1
            if self.nudges_left == 0:
                self.struck += 1
                self._strike()


@dataclass
class Trial:
    """One bot that is killed again and again, and the people who talk to it."""

    settings: Settings
    sandbox: Serving
    phones: Phones
    process: BotProcess
    chance: random.Random
    deeds: dict[int, Deed] = field(default_factory=dict)
    people: list[int] = field(default_factory=list)
    kills: int = 0
    answers_lost: int = 0

    @property
    def acknowledged(self) -> int:
        """The number of the first update that the platform still keeps for the bot."""
        updates = self.sandbox.state.main_bot().updates
        return updates.pending[0]["update_id"] if updates.pending else updates.next_id

    async def kill_now_and_then(self) -> None:
        """Kill it in the midst of things, look at what is kept, start it again.

        It dies either soon after some more updates were acknowledged, or at the very moment when a nudge has reached
        somebody and the platform's answer has not reached the bot.
        """
        watch = Watch(self.process.strike)
        watch.entries.extend(self.sandbox.state.journal.entries)
        self.sandbox.state.journal = watch
        while self.kills < KILLS:
            watch.nudges_left = self.chance.randint(1, 10)
            goal = self.acknowledged + self.chance.randint(1, 8)
            updates = self.sandbox.state.main_bot().updates
            while self.acknowledged < goal and self.process.alive:
                await updates.arrived.until(lambda: not self.process.alive, 0.005)
            await asyncio.sleep(self.chance.uniform(0, 0.04))
            await self.process.kill()
            await asyncio.sleep(0.05)  # what it had sent off before it died still arrives
            self.kills += 1
            self.check()
            await self.process.start()
        watch.nudges_left = 0
        self.answers_lost = watch.struck

    def check(self) -> None:
        """Every acknowledged answer is in the store as it was given."""
        found = self._found()
        for number, deed in self.deeds.items():
            if number < self.acknowledged:
                assert found[deed.person].get(deed.place) == deed.value, f"update {number} was lost"

    def check_all(self) -> None:
        """Nothing but what was answered is in the store, and each of it once."""
        expected: dict[int, Kept] = {person: {} for person in self.people}
        for deed in self.deeds.values():
            expected[deed.person][deed.place] = deed.value
        assert self._found() == expected

    def _found(self) -> dict[int, Kept]:
        copy = self.settings.data_dir.with_name("copy")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.settings.data_dir, copy)
        store = open_store(self.settings.model_copy(update={"data_dir": copy}))
        with store.engine.connect() as connection:
            found = {}
            for person in self.people:
                recalled = kept.recalls_of(store.vault, person)(connection)
                answers: Kept = {**kept.answers_of(store.vault, person)(connection)}
                found[person] = answers | {("recall", message): choice for message, choice, _ in recalled}
        store.engine.dispose()
        return found

    async def go_through_three_months(self) -> None:
        """Move the clock from survey to survey, each answered to its end."""
        for instant in (WEEK_1, MONTH_1, MONTH_3):
            await self.phones.until(instant)
            await self._finished()

    async def _finished(self) -> None:
        """Wait until everything that reached somebody is answered, and nothing waits to be sent."""
        database = f"file:{self.settings.data_dir / 'suivi.sqlite3'}?mode=ro"
        async with asyncio.timeout(40):
            while True:
                with closing(sqlite3.connect(database, uri=True)) as connection:
                    [left] = connection.execute(_OPEN).fetchone()
                if left == 0 and not self.sandbox.state.main_bot().updates.pending and self.process.alive:
                    return
                await asyncio.sleep(0.05)


async def prepared(settings: Settings, sandbox: Serving, event: Event) -> str:
    """Take the event in, as an operator does before the first run; gives an invitation."""
    async with SandboxClock(sandbox.url) as clock:
        store = open_store(settings)
        import_into(store, event, clock)
        code = new_invitation(store, event.code, Role.PARTICIPANT, None, clock)
        store.engine.dispose()
    return code


@pytest.mark.parametrize("way_in", WAY_IN)
async def test_killed_a_dozen_times(
    tmp_path: Path, sandbox: Serving, phones: Phones, sample_event: Event, way_in: str
) -> None:
    settings = WAY_IN[way_in](tmp_path, sandbox.url)
    code = await prepared(settings, sandbox, sample_event)
    process = BotProcess(environment_of(settings, sandbox.url), tmp_path)
    trial = Trial(settings, sandbox, phones, process, random.Random(way_in))
    await process.start()
    try:
        await following(sandbox)
        lives = await _people(trial, code, sample_event)
        async with living(lives):
            for life in lives:
                await life.phone.sees(JOINED["en"])
            async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
                tasks.create_task(trial.kill_now_and_then())
                tasks.create_task(trial.go_through_three_months())
        assert await process.interrupt() == 0
    finally:
        await process.kill()
    trial.check_all()
    assert trial.kills == KILLS
    assert trial.answers_lost > 0
    await _assert_nudged_once(phones)
    _assert_discreet(process.log, trial)


async def _people(trial: Trial, code: str, event: Event) -> list[Life]:
    lives = []
    for number in range(PEOPLE):
        phone = await trial.phones.person(f"Zenobia-{number}", "en")
        await phone.start(code)
        trial.people.append(phone.person)
        lives.append(Life(phone, event, random.Random(number), trial.deeds))
    return lives


async def _assert_nudged_once(phones: Phones) -> None:
    nudges: Counter[str] = Counter()
    for entry in await phones.journal("sendMessage"):
        nudges.update(nudges_in(entry["request"]))
    assert set(nudges.values()) == {1}
    # One that was on its way when the process died is never sent again: rather missed than twice.
    assert PEOPLE * NUDGES_EACH - KILLS * PEOPLE <= len(nudges) <= PEOPLE * NUDGES_EACH


def _assert_discreet(log: Path, trial: Trial) -> None:
    """The log, at its most talkative, names nobody and holds no word that was said; and nothing of ours failed."""
    text = log.read_text(encoding="utf-8")
    assert "Traceback" not in text, text
    for secret in ("Zenobia", "Partnership", "a-local-token", *map(str, trial.people)):
        assert secret not in text

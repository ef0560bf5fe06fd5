"""Two coordinators, a crowd and a clock, and presses in any order, of buttons new, old and made up.

Whatever happens: nobody gets a broadcast twice, nothing leaves of one that is not confirmed, not before its minute, and
the numbers add up.
"""

import asyncio
import random
import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channels import DeliveryError, Faltered, InDoubt, NotSent, TooMany, Unreachable
from conversations.broadcasts import BroadcastState
from conversations.buttons import Button, Manage, decode
from conversations.roles import Act
from storage import broadcasts, tables
from tests.audience import Coordinator, event, people
from tests.rig import Rig, rig_in

_ACTS = [each for each in Act if each.name.startswith("BROADCAST")]
_SENDING = [Act.BROADCAST_SEE, Act.BROADCAST_SEND, Act.BROADCAST_CONFIRM, Act.BROADCAST_AGREE, Act.BROADCAST_URGENT]
_TROUBLES: tuple[DeliveryError, ...] = (
    InDoubt("lost"),
    NotSent("gone"),
    Unreachable("blocked"),
    TooMany(1.0),
    Faltered("500"),
)


class Trial:
    """One run: what happens next is chance, what must hold is looked at after each step."""

    def __init__(self, rig: Rig, chance: random.Random) -> None:
        self.rig = rig
        self.chance = chance
        self.team = [Coordinator(rig, "77"), Coordinator(rig, "78")]
        self.crowd: list[str] = []

    async def begin(self) -> None:
        self.rig.take_in(event())
        for each in self.team:
            await each.arrive()
        self.crowd = people(self.rig, 4) + people(self.rig, 4, zone="Asia/Tokyo")

    async def step(self) -> None:
        who, kind = self.chance.choice(self.team), self.chance.random()
        if kind < 0.15:
            trouble = [self.chance.choice(_TROUBLES) for _ in range(self.chance.randint(0, 3))]
            self.rig.channel.troubles[:] = trouble
            await self.rig.pass_time(timedelta(seconds=self.chance.choice((1, 30, 61, 3600, 40_000))))
            await self.rig.scheduler.progress.look()
            await self.rig.delivery.idle()
            self.rig.channel.troubles.clear()
        elif kind < 0.3:
            await who.say(self.chance.choice(("/broadcast", "Hello", "Bonjour", "tomorrow 10:00", "/help")))
        elif kind < 0.5:
            await who.press(self._made_up())
        else:
            buttons = self._seen(who if kind < 0.9 else self.chance.choice(self.team))
            if buttons:
                await who.press(*self.chance.choice(buttons[-12:] if kind < 0.8 else buttons))

    def _seen(self, who: Coordinator) -> list[tuple[Button | None, str]]:
        """Every button that they were ever shown, the newest last."""
        return [(decode(key.data), each.id) for each in who.heard for row in each.message.keyboard for key in row]

    def _made_up(self) -> Manage:
        with self.rig.engine.begin() as connection:
            rows = connection.execute(select(tables.broadcasts.c.id, tables.broadcasts.c.version)).all()
            number = connection.scalar(select(tables.events.c.id)) or 0
        item, version = self.chance.choice(rows) if rows else (1, 0)
        act = self.chance.choice(_ACTS + 4 * _SENDING)
        return Manage(act, number, item, max(0, version + self.chance.choice((-1, 0, 0, 0, 0, 1))))

    def check(self) -> None:
        with self.rig.engine.begin() as connection:
            rows = connection.execute(select(tables.broadcasts)).all()
            sent = connection.execute(
                select(tables.plans.c.name, tables.outbox.c.chat_id, tables.outbox.c.state)
                .join(tables.plans, tables.plans.c.id == tables.outbox.c.plan_id)
                .where(tables.outbox.c.state.in_(("sent", "in_doubt", "sending")))
            ).all()
            tallies = {row.id: broadcasts.tally(connection, row.id) for row in rows}
        twice = [each for each, number in Counter((each.name, each.chat_id) for each in sent).items() if number > 1]
        assert not twice
        for row in rows:
            tally = tallies[row.id]
            assert tally.recipients == row.recipients
            left = [each for each in sent if each.name == str(row.id)]
            if row.state in {BroadcastState.DRAFT, BroadcastState.WAITING}:
                assert tally.recipients == 0
                assert not left
            else:
                assert self.rig.clock.time >= row.confirmed_at + timedelta(minutes=1) or not left
                assert not row.urgent or row.consent_by not in {None, row.chat_id}

    def check_people(self) -> None:
        """What reached people is what the rows say; only what is in doubt may have been lost."""
        reached = Counter(each.address for each in self.rig.channel.heard if each.address in self.crowd)
        with self.rig.engine.begin() as connection:
            confirmed = len(
                connection.scalars(
                    select(tables.broadcasts.c.id).where(tables.broadcasts.c.confirmed_at.is_not(None))
                ).all()
            )
        assert max(reached.values(), default=0) <= confirmed


@pytest.mark.parametrize("seed", range(16))
def test_presses_in_any_order_send_nothing_twice(seed: int, migrated: Path, tmp_path: Path) -> None:
    shutil.copy(migrated, tmp_path / "suivi.sqlite3")
    asyncio.run(_trial(tmp_path, random.Random(seed)))  # which looks at everything after each step


def test_the_trials_do_send_something(migrated: Path, tmp_path: Path) -> None:
    """Or all of the above would hold for nothing."""
    total = 0
    for seed in range(6):
        folder = tmp_path / str(seed)
        folder.mkdir()
        shutil.copy(migrated, folder / "suivi.sqlite3")
        total += asyncio.run(_trial(folder, random.Random(seed)))
    assert total >= 3


async def _trial(folder: Path, chance: random.Random) -> int:
    async with rig_in(folder) as rig:
        trial = Trial(rig, chance)
        await trial.begin()
        await trial.team[0].write()
        await trial.team[0].tap("Preview and send", "Send it…")
        for _ in range(60):
            await trial.step()
            trial.check()
        trial.check_people()
        return sum(each.address in trial.crowd for each in rig.channel.heard)

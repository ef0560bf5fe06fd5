"""The whole bot but for Telegram: real storage, turns and delivery, a clock set by hand, a channel that listens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot.channels import DeliveryError, FromGroup, FromPerson, Incoming, Rendered
from bot.delivery import Delivery
from bot.doing import Done
from bot.jobs import Jobs
from bot.limits import Limits
from bot.replanner import Replanner
from bot.scheduler import Scheduler
from bot.storage_thread import StorageThread
from bot.turns import Turns
from conversations.cues import Cue, GroupCue
from conversations.model import Event, Role
from storage import events
from storage.database import connect, upgrade
from storage.events import Contents
from storage.vault import Vault, open_keys
from tests.reading import read_once

KEY = bytes(range(32))
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""The Monday after the sample event, when most people join."""


class ManualClock:
    """Time stands still until somebody moves it; sleeping takes no real time."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.time = now
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    def elapsed(self) -> float:
        return sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)


@dataclass
class Heard:
    """One thing that reached the platform."""

    address: str
    message: Rendered
    id: str
    edit: bool = False


@dataclass
class ListeningChannel:
    """A platform that takes everything, unless `troubles` says what to raise next."""

    name: str = "telegram"
    heard: list[Heard] = field(default_factory=list)
    troubles: list[DeliveryError | None] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    ids: count = field(default_factory=lambda: count(1))  # type: ignore[type-arg]

    def is_group(self, address: str) -> bool:
        return address.startswith("-")

    async def say(self, address: str, message: Rendered) -> str:
        self._trouble()
        said = Heard(address, message, str(next(self.ids)))
        self.heard.append(said)
        return said.id

    async def edit(self, address: str, message_id: str, message: Rendered) -> None:
        self._trouble()
        self.heard.append(Heard(address, message, message_id, edit=True))

    async def toast(self, tap: str, text: str | None) -> None:
        pass

    async def fetch(self, reference: str) -> bytes | None:
        return self.files.get(reference)

    def _trouble(self) -> None:
        if self.troubles and (trouble := self.troubles.pop(0)) is not None:
            raise trouble


@dataclass
class Rig:
    """All parts, and the few things a test does with them."""

    engine: Engine
    vault: Vault
    thread: StorageThread
    clock: ManualClock
    channel: ListeningChannel
    delivery: Delivery
    turns: Turns
    scheduler: Scheduler
    jobs: Jobs
    replanner: Replanner
    updates: count = field(default_factory=lambda: count(1))  # type: ignore[type-arg]

    def take_in(self, event: Event) -> None:
        with self.engine.begin() as connection:
            events.import_event(connection, event, self.clock.now())

    def invite(self, event: Event, role: Role = Role.PARTICIPANT, *, vouched: bool = True) -> str:
        with self.engine.begin() as connection:
            places = None if role is Role.PARTICIPANT else 1
            return events.invite(connection, event.code, role, self.clock.now(), None, places, vouched=vouched)

    async def take(self, incoming: Incoming) -> Done:
        done = await self.turns.take(incoming)
        self.delivery.submit(done.outgoing)
        await self.delivery.idle()
        return done

    async def person(self, address: str, cue: Cue, tap: object = None) -> Done:
        return await self.take(FromPerson(next(self.updates), address, cue, tap))  # type: ignore[arg-type]

    async def group(self, address: str, cue: GroupCue, sender: str | None = None) -> Done:
        return await self.take(FromGroup(next(self.updates), address, cue, sender))

    async def pass_time(self, by: timedelta) -> None:
        self.clock.time += by
        await self.scheduler.tick()
        await self.delivery.idle()


def hurried(engine: Engine) -> Engine:
    """That engine; on SQLite it does not wait for the disk, since nothing here has to outlive a power cut."""

    def hurry(connection: Any, _entry: object) -> None:  # whatever the driver calls it
        connection.execute("PRAGMA synchronous = OFF")

    if engine.dialect.name == "sqlite":
        event.listen(engine.pool, "connect", hurry)
    return engine


@asynccontextmanager
async def rig_in(folder: Path, url: str | None = None, *, engine: Engine | None = None) -> AsyncIterator[Rig]:
    """A rig on a database of its own: SQLite in that folder, or the one at `url`, or of that engine."""
    engine = engine or hurried(connect(url or f"sqlite:///{folder / 'suivi.sqlite3'}"))
    upgrade(engine)
    vault = Vault(KEY, open_keys(f"sqlite:///{folder / 'keys.sqlite3'}"))
    vault.verify()
    clock, channel = ManualClock(), ListeningChannel()
    async with StorageThread(engine) as thread:
        delivery = Delivery(channel, thread, vault, clock, Limits(clock, 1000, 1000))
        turns = Turns(thread, vault, Contents(), clock, channel.name, "suivi_bot")
        jobs = Jobs(channel, thread, vault, turns, delivery, read_once)
        replanner = Replanner(thread, vault, turns.contents, clock, delivery)
        scheduler = Scheduler(turns, thread, delivery, clock, jobs, replanner)
        yield Rig(engine, vault, thread, clock, channel, delivery, turns, scheduler, jobs, replanner)
        await delivery.stop()
    engine.dispose()

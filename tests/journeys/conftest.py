"""The whole bot against the sandbox, over HTTP, with a clock that moves at a word."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import App, Store, open_store, running, serve
from bot.main import import_into, new_invitation
from bot.sandbox_clock import SandboxClock
from bot.settings import Settings, new_key
from bot.storage_thread import Work
from bot.workbook import read
from conversations.model import Event, Role
from sandbox.server import Serving, serving
from sandbox.state import Pace
from tests.journeys.phones import Phone, Phones
from tests.sandbox.conftest import hold_against_aiogram, hold_against_schema
from tests.steady import steady

SAMPLE = Path(__file__).parents[2] / "events" / "learning-and-sharing" / "pack.md"
TOKEN = "1000001:a-local-token"
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""The Monday after the sample event, when people join. Time stands still there until a test moves it."""

Found = TypeVar("Found")
QUICK = Pace(webhook_retry=0.02, crowd_pause=0.001, crowd_silence=0.05)


@dataclass
class World:
    """A running bot, its sandbox, and the sample event."""

    sandbox: Serving
    settings: Settings
    store: Store
    app: App
    clock: SandboxClock
    phones: Phones
    event: Event

    def invitation(self, role: Role = Role.PARTICIPANT, *, vouched: bool = True) -> str:
        lifetime = timedelta(minutes=15) if role is Role.COORDINATOR else None
        return new_invitation(self.store, self.event.code, role, lifetime, self.clock, vouched=vouched)

    @property
    def link(self) -> str:
        return f"https://t.me/{self.app.telegram.bot.username}?start={self.invitation()}"

    async def look(self, work: Work[Found]) -> Found:
        """Look something up in the store, between two turns."""
        return await self.app.thread.run(work)

    async def group(self, title: str, *members: Phone, linked: str | None = None) -> Phone:
        """A group with a coordinator in it, who links it in that language."""
        grace = await self.phones.person("Grace", "en")
        group = await self.phones.group(title, [grace, *members])
        await grace.start(self.invitation(Role.COORDINATOR))
        if linked is not None:
            await group.say(f"/link {self.event.code} {linked}")
        return group


def settings_for(folder: Path, url: str, **more: Any) -> Settings:
    return Settings(
        bot_token=SecretStr(TOKEN),
        telegram_api_url=url,
        data_dir=folder / "data",
        master_key=SecretStr(new_key()),
        sends_per_second=10_000,
        chat_sends_per_second=1_000,
        **more,
    )


def webhook_settings(folder: Path, url: str) -> Settings:
    listen = f"127.0.0.1:{free_port()}"
    secret = SecretStr("a-secret-of-the-webhook")
    return settings_for(folder, url, webhook_url=f"http://{listen}/hook", webhook_secret=secret, webhook_listen=listen)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@asynccontextmanager
async def bot_at(settings: Settings, sandbox: Serving, phones: Phones, event: Event) -> AsyncIterator[World]:
    async with SandboxClock(sandbox.url) as clock:
        store = open_store(settings)
        import_into(store, event, clock)
        async with running(settings, store, clock) as app:
            tasks = [asyncio.create_task(serve(settings, app, clock)), asyncio.create_task(clock.follow(app))]
            phones.quiet = app.delivery.idle
            try:
                await following(sandbox)
                yield World(sandbox, settings, store, app, clock, phones, event)
            finally:
                phones.quiet = None
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
        store.engine.dispose()


async def following(sandbox: Serving) -> None:
    """Wait until a bot has called, and follows the clock."""
    agenda = sandbox.state.agenda
    assert await agenda.changed.until(lambda: agenda.seen is not None, 20), "no bot follows the clock"


@pytest.fixture(scope="session")
def sample_event() -> Event:
    return steady(read(SAMPLE))


@asynccontextmanager
async def standing_still() -> AsyncIterator[Serving]:
    """A sandbox where it is Monday."""
    async with serving(pace=QUICK) as sandbox:
        await sandbox.state.mover.freeze(frozen=True)
        await sandbox.state.mover.to(MONDAY)
        yield sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[Serving]:
    """A sandbox where it is Monday. All that passed through it is held against Telegram's types in the end."""
    async with standing_still() as running_sandbox:
        yield running_sandbox
        lines = running_sandbox.state.journal.lines().splitlines()
    hold_against_aiogram(lines)
    hold_against_schema(lines)


@asynccontextmanager
async def phones_of(sandbox: Serving) -> AsyncIterator[Phones]:
    async with aiohttp.ClientSession(base_url=sandbox.url) as session:
        yield Phones(session, sandbox.state)


@pytest.fixture
async def phones(sandbox: Serving) -> AsyncIterator[Phones]:
    async with phones_of(sandbox) as ready:
        yield ready


@pytest.fixture
async def world(tmp_path: Path, sandbox: Serving, phones: Phones, sample_event: Event) -> AsyncIterator[World]:
    async with bot_at(settings_for(tmp_path, sandbox.url), sandbox, phones, sample_event) as running_world:
        yield running_world


@pytest.fixture
async def webhook_world(tmp_path: Path, sandbox: Serving, phones: Phones, sample_event: Event) -> AsyncIterator[World]:
    async with bot_at(webhook_settings(tmp_path, sandbox.url), sandbox, phones, sample_event) as running_world:
        yield running_world

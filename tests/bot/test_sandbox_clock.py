"""Following a sandbox's clock, up to its end."""

import asyncio
from contextlib import AsyncExitStack
from types import SimpleNamespace
from typing import Any

import pytest

from bot.sandbox_clock import SandboxClock
from bot.settings import ConfigError
from sandbox.server import serving


class Hurried(SandboxClock):
    """Takes no pauses."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


async def nothing(*_: object) -> dict[str, Any]:
    return {}


IDLE: Any = SimpleNamespace(
    scheduler=SimpleNamespace(tick=nothing),
    delivery=SimpleNamespace(idle=nothing),
    thread=SimpleNamespace(run=nothing),
    telegram=SimpleNamespace(name="telegram"),
)
"""A bot with nothing to do."""


async def test_whoever_follows_a_sandbox_that_has_ended_hears_of_it() -> None:
    async with AsyncExitStack() as ending:
        sandbox = await ending.enter_async_context(serving())
        async with Hurried(sandbox.url) as clock:
            await ending.aclose()
            with pytest.raises(ConfigError, match="the sandbox has ended"):
                await asyncio.wait_for(clock.follow(IDLE), 10)

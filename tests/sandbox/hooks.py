"""A bot's own server, for tests of what the sandbox delivers to it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


@dataclass
class Hook:
    """It notes what it gets and answers as it was told; while `closed`, it keeps whoever calls waiting."""

    url: str = ""
    answers: list[tuple[int, Any]] = field(default_factory=list)
    received: list[tuple[str | None, Json]] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.opened.set()

    async def handle(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.received.append((secret, await request.json()))
        self.moments.append(asyncio.get_running_loop().time())
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.arrived.set()
        await self.opened.wait()
        self.at_once -= 1
        status, body = self.answers.pop(0) if self.answers else (200, {})
        return web.Response(status=status, text=json.dumps(body), content_type="application/json")

    async def wait_for(self, count: int) -> list[str]:
        async with asyncio.timeout(5):
            while len(self.received) < count:
                self.arrived.clear()
                await self.arrived.wait()
        return texts([update for _, update in self.received])


@asynccontextmanager
async def listening() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    hook.opened.set()
    await runner.cleanup()

"""What a rehearsal is played on: the running bot, its sandbox, and how both are spoken to.

Between the bot and the sandbox there is HTTP alone, as between the bot and Telegram.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from bot.app import App, Store
from bot.clock import Clock
from bot.invented_answers import Invented
from bot.main import new_invitation
from bot.rehearsal.outcomes import Watch
from bot.rehearsal.personas import Persona
from bot.settings import ConfigError
from conversations.model import Event, Language, Role
from storage import plans

Json = dict[str, Any]

_GLANCES = 1500
_GLANCE = 0.02


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to rehearse: with whom, how many others, and the languages of the groups that read the digests.

    `files` are those of the pack, by their SHA-256.
    """

    event: Event
    personas: tuple[Persona, ...]
    crowd: int
    seed: int
    groups: tuple[Language, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Span:
    """From when people join until the last planned thing (UTC)."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long that is."""
        return self.end - self.start


@dataclass(slots=True)
class Stage:
    """Everything that is running, and who is on it so far: their ids in the sandbox, and when they came and went.

    `answers` are what people of each language answer.
    """

    wanted: Wanted
    span: Span
    store: Store
    app: App
    web: aiohttp.ClientSession
    answers: dict[Language, Invented]
    watch: Watch = field(default_factory=Watch)
    now: datetime = field(init=False)
    next: datetime | None = None
    people: dict[str, int] = field(default_factory=dict)
    joined: dict[str, datetime] = field(default_factory=dict)
    blocked: dict[str, datetime] = field(default_factory=dict)
    groups: dict[Language, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now = self.span.start

    async def move(self, **how: object) -> None:
        """Move the clock, and look at what became of what was planned. Raises ConfigError when the bot stands still."""
        answer = await self.post("clock", **how)
        if answer["unanswered"]:
            raise ConfigError("the rehearsal came to a stop: the bot did not keep up with the clock on this computer")
        self.now = datetime.fromisoformat(answer["now"])
        self.next = datetime.fromisoformat(answer["next"]) if answer["next"] else None
        self.watch.look(await self.app.thread.run(plans.told))

    def link(self, role: Role, lifetime: timedelta | None, clock: Clock) -> str:
        """A new invitation."""
        code = new_invitation(self.store, self.wanted.event.code, role, lifetime, clock, vouched=True)
        return f"https://t.me/{self.app.telegram.bot.username}?start={code}"

    async def post(self, path: str, **body: object) -> Json:
        """Do something in the sandbox, and give its answer."""
        return await post(self.web, path, **body)

    async def is_followed(self) -> bool:
        """Whether the bot follows the clock: before that, a move would not wait for it."""
        return bool((await self._get("clock"))["followed"])

    async def is_answered(self, chat: int) -> bool:
        """Whether the last word in this chat is the bot's."""
        messages = await self._get(f"chats/{chat}/messages")
        return bool(messages) and bool(messages[-1]["from"]["is_bot"])

    async def is_heard(self) -> bool:
        """Whether no update waits for the bot any more: what it acknowledged is on disk."""
        return not any(bot["pending_updates"] for bot in await self._get("bots"))

    async def journal(self) -> list[str]:
        """All that has passed through the sandbox, line by line."""
        async with self.web.get("/sandbox/journal") as response:
            return (await response.text()).splitlines()

    async def _get(self, path: str) -> Any:  # noqa: ANN401 # whatever JSON there is
        async with self.web.get(f"/sandbox/{path}") as response:
            return await response.json()


async def post(web: aiohttp.ClientSession, path: str, **body: object) -> Json:
    """Say something to the control interface of the sandbox."""
    async with web.post(f"/sandbox/{path}", json=body) as response:
        answer: Json = await response.json()
        return answer


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Look again until it is so. Raises ConfigError when it never is."""
    for _ in range(_GLANCES):
        if await condition():
            return
        await asyncio.sleep(_GLANCE)
    raise ConfigError("the rehearsal came to a stop: the bot does not answer the local Telegram")

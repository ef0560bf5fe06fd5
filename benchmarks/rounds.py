"""One round: one fresh bot, N participants who join uncounted and then answer the ten questions all at once."""

import asyncio
import os
import statistics
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp

from benchmarks.bots import INVITATION_FILE, BotUnderTest
from benchmarks.participants import FIRST_CHAT, Participant, Webhook
from benchmarks.process import BotProcess, cpu_seconds, free_port
from benchmarks.stub import JsonObject, StubApi
from bot.clock import SystemClock

TOKEN = "42:benchmark-token-of-no-bot"
SECRET = "benchmark-secret-of-no-bot"
JOINING_SECONDS = 180.0


class RoundError(Exception):
    """The bot lost somebody on the way; the message says where and holds the end of what it printed."""


@dataclass(frozen=True, slots=True)
class Load:
    """How hard a round is.

    Args:
        participants: how many answer at once.
        latency: seconds the Bot API takes for each request.
        seconds: the counted phase is broken off after this long; what was answered until then counts.
    """

    participants: int
    latency: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What one round measured. An answer is complete when the bot's next message has followed it.

    Args:
        rate: complete answers a second, from the first post to the last message that followed one.
        cpu: seconds of processor time of the bot for each of them, user and system.
        driver_cpu: the same of this process, which plays the participants and the Bot API.
        calls: requests to the Bot API for each of them.
        wait: seconds from an answer to the bot's next message; 95 % of the answers stayed below.
        acknowledged: how many answers the webhook answered with 2xx.
        stored: how many answers were on disk after the bot had been killed; None if it means to keep none.
    """

    rate: float
    cpu: float
    driver_cpu: float
    calls: float
    wait: float
    acknowledged: int
    stored: int | None


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything one round needs, running."""

    process: BotProcess
    stub: StubApi
    people: list[Participant]


async def play(bot: BotUnderTest, load: Load) -> Figures:
    """Play one round. Raises NotStartedError or RoundError."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        data_dir = Path(folder)
        async with _stage(bot, load, data_dir) as stage:
            try:
                questions = await _join(stage, data_dir)
                figures = await _measure(stage, questions, load.seconds)
            except ExceptionGroup as failures:
                raise RoundError(f"{failures.exceptions[0]!r}. The bot printed:\n{stage.process.printed()}") from None
        if bot.count_stored is None:
            return figures
        # Counted now that the bot has been killed: only what had reached the disk is there.
        stored = bot.count_stored(data_dir)
        if bot.loses_nothing and stored < figures.acknowledged:
            raise RoundError(f"{bot.name} acknowledged {figures.acknowledged} answers and kept {stored}")
        return replace(figures, stored=stored)


@asynccontextmanager
async def _stage(bot: BotUnderTest, load: Load, data_dir: Path) -> AsyncIterator[Stage]:
    port = free_port()
    process = BotProcess(bot.module, port, data_dir)
    people: dict[int, Participant] = {}

    def said(message: JsonObject) -> None:
        if (listener := people.get(message["chat"]["id"])) is not None:
            listener.inbox.put_nowait(message)

    async with (
        StubApi(load.latency, said) as stub,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session,
    ):
        webhook = Webhook(session, f"http://127.0.0.1:{port}/webhook", SECRET)
        for chat_id in range(FIRST_CHAT, FIRST_CHAT + load.participants):
            people[chat_id] = Participant(chat_id, bot, webhook, stub)
        try:
            await process.start(stub.url, TOKEN, SECRET)
            yield Stage(process, stub, list(people.values()))
        finally:
            await process.kill()


async def _join(stage: Stage, data_dir: Path) -> list[JsonObject]:
    """Everybody up to their first question, uncounted."""
    invitation = data_dir / INVITATION_FILE
    greeting = f"/start {invitation.read_text()}" if invitation.exists() else "/start"
    try:
        async with asyncio.timeout(JOINING_SECONDS), asyncio.TaskGroup() as group:
            joining = [group.create_task(each.join(greeting)) for each in stage.people]
    except TimeoutError:
        here = sum(task.done() and not task.cancelled() for task in joining)
        raise RoundError(
            f"only {here} of {len(joining)} reached the first question. The bot printed:\n{stage.process.printed()}"
        ) from None
    return [task.result() for task in joining]


async def _measure(stage: Stage, questions: list[JsonObject], seconds: float) -> Figures:
    """The counted phase."""
    began, before = SystemClock().elapsed(), _spent(stage)
    try:
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            for participant, question in zip(stage.people, questions, strict=True):
                group.create_task(participant.answer_all(question))
    except TimeoutError:
        pass  # a slow bot; what it answered until now counts
    after = _spent(stage)
    waits = [wait for each in stage.people for wait in each.waits]
    if len(waits) < 2:
        raise RoundError(f"the bot asked nothing further. It printed:\n{stage.process.printed()}")
    ended = max(each.last_answer_at for each in stage.people)
    cpu, driver_cpu, calls = ((late - early) / len(waits) for early, late in zip(before, after, strict=True))
    return Figures(
        rate=len(waits) / (ended - began),
        cpu=cpu,
        driver_cpu=driver_cpu,
        calls=calls,
        wait=statistics.quantiles(waits, n=20)[-1],
        acknowledged=sum(each.acknowledged for each in stage.people),
        stored=None,
    )


def _spent(stage: Stage) -> tuple[float, float, int]:
    """Processor seconds of the bot, those of this process, and requests to the Bot API, all up to now."""
    bot = stage.process.cpu_seconds()
    # The reading of this process includes the bot, its child.
    return bot, cpu_seconds(os.getpid()) - bot, stage.stub.calls

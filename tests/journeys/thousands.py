"""A broadcast to a crowd, while the platform loses answers and refuses in storms, people block, and the bot dies.

`python -m tests.journeys.thousands --people 5000` plays it with as many people as one likes, a test with fewer.
"""

import argparse
import asyncio
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bot.app import open_store
from bot.clock import SystemClock
from bot.local_habits import ignored, never_tapped
from bot.main import import_into, new_invitation
from bot.sandbox_clock import SandboxClock
from bot.settings import Settings
from conversations.model import Language, Role
from sandbox.crowd import Newcomer
from sandbox.habits import Habits
from sandbox.journal import Journal
from sandbox.server import Serving
from storage import broadcasts
from storage.database import connect
from storage.vault import open_keys
from tests.audience import event, seat
from tests.journeys.conftest import following, phones_of, settings_for, standing_still
from tests.journeys.phones import Json, Phone, Phones, nudges_in, text_of
from tests.journeys.process import BotProcess, environment_of

KILLS = 2
STORMS = 10
"""How often everything is refused for a second or so, at most."""
FAULTS = (
    {"kind": "lost_answer", "methods": ["sendMessage"], "share": 0.02},
    {"kind": "storm", "methods": ["sendMessage"], "share": 0.03, "seconds": 1, "times": STORMS},
)
BLOCKED_ONE_IN = 20
ENGLISH, FRENCH = "The meeting moves to Friday.", "La rencontre est déplacée à vendredi."
_OPEN = """
    SELECT (SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending'))
         + (SELECT count(*) FROM plans WHERE kind = 'broadcast' AND state = 'planned')
         + (SELECT count(*) FROM broadcasts WHERE state = 'confirmed')
"""


class Watch(Journal):
    """The sandbox's journal, which kills when so many more people have been written to, and counts whom it saw."""

    def __init__(self, people: set[int], strike: Callable[[], None]) -> None:
        super().__init__()
        self._people = people
        self._strike = strike
        self.written_to: Counter[int] = Counter()
        self.lost = 0
        self.left: int | None = None
        self.struck = asyncio.Event()

    def response(self, method: str, request: Mapping[str, Any], response: Json, fault: str | None = None) -> None:
        super().response(method, request, response, fault)
        chat = int(request.get("chat_id", 0))
        if method != "sendMessage" or chat not in self._people or not response["ok"] or not nudges_in(request):
            return
        self.written_to[chat] += 1
        self.lost += fault == "lost_answer"
        if self.left is not None:
            self.left -= 1
            if self.left == 0:
                self.left = None
                self._strike()
                self.struck.set()


@dataclass
class Outcome:
    """What people got and what the coordinator was told; `lost` answers never reached the bot."""

    people: int
    blocked: int
    kills: int
    lost: int
    written_to: Counter[int]
    report: dict[str, int]
    opened: int = 0
    seconds: float = 0.0
    log: str = field(default="", repr=False)

    def check(self) -> None:
        """Nobody got it twice, and the numbers of the report are those of the world."""
        assert self.kills == KILLS
        assert max(self.written_to.values()) == 1, "somebody got it twice"
        told = self.report
        assert told["recipients"] == self.people
        assert sum(count for name, count in told.items() if name != "recipients") == self.people
        assert told["waiting"] == told["failed"] == told["held"] == 0
        # Who was written to when the bot died, or when the answer was lost, is in doubt.
        assert told["sent"] <= len(self.written_to) <= told["sent"] + told["in_doubt"]
        assert self.lost <= told["in_doubt"]
        assert told["blocked"] <= self.blocked
        assert self.blocked - told["blocked"] <= told["in_doubt"], "one that was on its way may have been blocked"
        assert self.opened > 0
        assert "Traceback" not in self.log
        for secret in (ENGLISH, FRENCH):
            assert secret not in self.log


async def trial(folder: Path, number: int, patience: float = 60.0) -> Outcome:
    """Let a coordinator write to so many people, and kill the bot twice meanwhile; what came of it."""
    clock = SystemClock()
    async with _stage(folder) as (settings, sandbox, phones):
        people = _crowd(sandbox, number)
        code = await _prepared(settings, sandbox, people)
        process = BotProcess(environment_of(settings, sandbox.url), folder)
        watch = Watch(set(people), process.strike)
        sandbox.state.journal = watch
        await process.start()
        try:
            await following(sandbox)
            grace = await phones.person("Grace", "en")
            await grace.start(code)
            await _write(grace)
            blocked = _block(sandbox, people)
            await phones.post("/sandbox/faults", {"faults": list(FAULTS), "seed": 7})
            began = clock.elapsed()
            kills = await _send(phones, process, watch, number, settings, patience)
            seconds = clock.elapsed() - began
            await phones.post("/sandbox/faults", {"faults": []})
            report = await _report(grace, settings)
            await sandbox.state.crowd.settle(patience)
            opened = sum(ENGLISH in text_of(each) or FRENCH in text_of(each) for each in _newest(sandbox, people))
            assert await process.interrupt() == 0
        finally:
            await process.kill()
        log = process.log.read_text(encoding="utf-8")
    return Outcome(number, blocked, kills, watch.lost, watch.written_to, report, opened, seconds, log)


@asynccontextmanager
async def _stage(folder: Path) -> AsyncIterator[tuple[Settings, Serving, Phones]]:
    async with standing_still() as sandbox, phones_of(sandbox) as phones:
        yield settings_for(folder, sandbox.url), sandbox, phones


def _crowd(sandbox: Serving, number: int) -> list[int]:
    """People who have opened the chat once; whatever comes they open, three of ten times, and go nowhere else."""
    bot_id = 1000001  # that of the token
    habits = Habits(frozenset(never_tapped(event())), frozenset(ignored()), diligence=0.3)
    newcomers = [Newcomer(f"Zenobia-{place}", ("en", "fr")[place % 2], habits) for place in range(number)]
    arrived = sandbox.state.crowd.gather(newcomers, 1, bot_id, None)
    for each in arrived:
        sandbox.state.private_chat(bot_id, each.id).started = True
    return [each.id for each in arrived]


def _block(sandbox: Serving, people: list[int]) -> int:
    """One in twenty blocks the bot, which does not hear of it before it writes."""
    blocking = people[::BLOCKED_ONE_IN]
    for each in blocking:
        sandbox.state.private_chat(1000001, each).blocked = True
    return len(blocking)


async def _prepared(settings: Settings, sandbox: Serving, people: list[int]) -> str:
    """All of them take part; gives an invitation for a coordinator."""
    async with SandboxClock(sandbox.url) as clock:
        store, keys = open_store(settings), open_keys(settings.keys_database)
        import_into(store, event(), clock)
        _wait_for_no_disk(store.vault._keys)
        seat(
            store.engine,
            store.vault,
            [str(each) for each in people],
            language=lambda place: (Language.EN, Language.FR)[place % 2],
        )
        code = new_invitation(store, event().code, Role.COORDINATOR, None, clock, vouched=True)
        for engine in (store.engine, store.vault._keys, keys):
            engine.dispose()
    return code


def _wait_for_no_disk(engine: Engine) -> None:
    """Thousands of keys are made for the crowd, each in a commit of its own."""
    raw = engine.raw_connection()
    raw.cursor().execute("PRAGMA synchronous = OFF")
    raw.close()


async def _write(grace: Phone) -> None:
    await grace.say("/broadcast")
    await grace.tap("New broadcast")
    await grace.sees("Write the broadcast in English")
    await grace.say(ENGLISH)
    await grace.sees("Now write it in French")
    await grace.say(FRENCH)
    for label in ("Preview and send", "Send it…", "Yes, send it"):
        await grace.tap(label)
    await grace.sees("for one minute nothing leaves")


async def _send(
    phones: Phones, process: BotProcess, watch: Watch, number: int, settings: Settings, patience: float
) -> int:
    """The minute goes by; in the midst of the sending the bot dies, twice, and is started again."""
    watch.left = number // 4
    moving = asyncio.create_task(phones.post("/sandbox/clock", {"advance": 61}))
    kills = 0
    async with asyncio.timeout(patience):
        while kills < KILLS:
            await watch.struck.wait()
            await process.kill()
            kills += 1
            await asyncio.sleep(0.05)  # what it had sent off before it died still arrives
            watch.struck.clear()
            watch.left = number // 4 if kills < KILLS else None
            await process.start()
        while True:
            if not _left(settings):
                break
            await asyncio.sleep(0.1)
    moving.cancel()
    await asyncio.gather(moving, return_exceptions=True)
    return kills


def _left(settings: Settings) -> int:
    database = f"file:{settings.data_dir / 'suivi.sqlite3'}?mode=ro"
    with closing(sqlite3.connect(database, uri=True)) as connection:
        [left] = connection.execute(_OPEN).fetchone()
    return int(left)


async def _report(grace: Phone, settings: Settings) -> dict[str, int]:
    """What became of everybody, exactly; the coordinator reads that it is done, in steps of five."""
    shown = text_of(await grace.sees("is done"))
    engine = connect(f"sqlite:///{settings.data_dir / 'suivi.sqlite3'}")
    with engine.connect() as connection:
        told = broadcasts.tally(connection, 1)
    engine.dispose()
    assert f"Sent: {told.sent - told.sent % 5} or more" in shown.replace(",", "")
    held = sum(count for _, count in told.held)
    numbers = {"sent": told.sent, "held": held, "blocked": told.blocked, "in_doubt": told.in_doubt}
    return {"recipients": told.recipients, **numbers, "failed": told.failed, "waiting": told.waiting}


def _newest(sandbox: Serving, people: list[int]) -> list[Json]:
    """The newest message of everybody who got any."""
    chats = (sandbox.state.private_chat(1000001, each) for each in people)
    newest = [list(each.messages.values())[-1] for each in chats if each.messages]
    return [{"text": each.text} for each in newest]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.thousands", description=__doc__)
    parser.add_argument("--people", type=int, default=5000, help="how many people get it [5000]")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="thousands-") as folder:
        outcome = asyncio.run(trial(Path(folder), chosen.people, patience=600))
    outcome.check()
    print(f"{outcome.people} people, {outcome.kills} kills, {outcome.lost} answers lost: {outcome.report}")
    print(f"{len(outcome.written_to)} were written to, each once; {outcome.seconds:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()

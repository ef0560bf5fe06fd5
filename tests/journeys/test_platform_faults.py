"""Ten people and a group, while the platform misbehaves in every way it can: all is told, once, and answers are kept.

The people answer whatever reaches them; who hears nothing more in the middle of something asks on, as people do. To the
bot a real second seems twenty times as long, so that a pause that the platform demands costs a test little.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.sandbox_clock import SandboxClock
from bot.telegram.transport import AiohttpTransport
from conversations.buttons import Seek, encode
from conversations.conversation import Idle
from conversations.model import Event
from sandbox import people
from sandbox.server import Serving
from storage import chats, enrolments
from tests.journeys import kept
from tests.journeys.conftest import World, bot_at, settings_for, webhook_settings
from tests.journeys.lives import Deed, Kept, Life, living
from tests.journeys.phones import Json, Phones, nudges_in
from tests.journeys.stories import FIRST_REFRESHER, WEEK_1
from tests.journeys.test_digests import FIRST_DIGEST, digests_in

PEOPLE = 10
NUDGES_EACH = 2  # a refresher and a survey until the digest comes
HURRY = 20
SAYING = ["sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates"]
WAY_IN = {"polling": settings_for, "webhook": webhook_settings}


class Hurried(SandboxClock):
    """The sandbox's clock, for a bot whose real seconds are short."""

    def elapsed(self) -> float:
        return super().elapsed() * HURRY

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / HURRY)


@dataclass(frozen=True)
class Trouble:
    """What the sandbox is told to do wrong; what may be missed for it is a nudge or a digest, what repeated a reply.

    `patience` is for how many real seconds the bot waits for an answer.
    """

    faults: tuple[Json, ...]
    misses: bool = False
    repeats: bool = True
    patience: float = 10.0
    way_in: str = "polling"


TROUBLES = {
    "answers lost": Trouble(({"kind": "lost_answer", "methods": SAYING, "share": 0.25},)),
    "connections cut": Trouble(({"kind": "cut", "methods": SAYING, "share": 0.15},), misses=True),
    "gateway down": Trouble(({"kind": "server_error", "methods": SAYING, "share": 0.25, "html": True},), misses=True),
    "failing after the deed": Trouble(({"kind": "server_error", "methods": SAYING, "share": 0.25, "after": True},)),
    "slower than patience": Trouble(
        ({"kind": "slow", "methods": SAYING[:3], "share": 0.1, "seconds": 0.2},), patience=0.1
    ),
    "storms": Trouble(({"kind": "storm", "methods": SAYING, "share": 0.25, "seconds": 1},), repeats=False),
    "updates twice": Trouble(({"kind": "duplicate", "share": 0.5}, {"kind": "reorder", "share": 0.5}), repeats=False),
    "updates twice by webhook": Trouble(
        ({"kind": "duplicate", "share": 0.5}, {"kind": "reorder", "share": 0.5}), repeats=False, way_in="webhook"
    ),
    "all at once": Trouble(
        tuple(
            {"kind": kind, "share": 0.06} | ({} if kind in ("duplicate", "reorder") else {"methods": SAYING})
            for kind in ("lost_answer", "cut", "server_error", "storm", "duplicate", "reorder")
        ),
        misses=True,
        way_in="webhook",
    ),
}


@dataclass
class Company:
    """The people of a journey, and all that they did."""

    world: World
    lives: list[Life]
    deeds: dict[int, Deed]

    async def settles(self) -> None:
        """Wait until everybody has answered all that reached them, to its end."""
        async with asyncio.timeout(40):
            while True:
                await self.world.phones.settle()
                journal = self.world.phones.sandbox.journal
                before = len(journal.entries)
                at_rest = await self.world.look(self._at_rest)
                if all(at_rest) and not any(self._unanswered(life) for life in self.lives):
                    return
                for life, rests in zip(self.lives, at_rest, strict=True):
                    # Only if nothing has happened since the store was looked at.
                    if not rests and len(journal.entries) == before and self._hears_nothing(life):
                        life.phone.write("/continue")
                await asyncio.sleep(0.05)

    def _at_rest(self, connection: Connection) -> list[bool]:
        """Whether each person takes part, and is not being asked anything."""
        vault = self.world.store.vault
        known = [chats.find(connection, vault, "telegram", str(life.phone.person)) for life in self.lives]
        return [
            chat is not None and bool(enrolments.of_chat(connection, chat.id)) and chat.conversation.step == Idle()
            for chat in known
        ]

    def _hears_nothing(self, life: Life) -> bool:
        """Whether nothing is on its way between this person and the bot."""
        idle = not self.world.app.delivery._queues and not self.world.phones.sandbox.main_bot().updates.pending
        return idle and not self._unanswered(life)

    def _unanswered(self, life: Life) -> bool:
        sandbox = self.world.phones.sandbox
        messages = sandbox.private_chat(sandbox.main_bot().id, life.phone.person).messages.values()
        everywhere = encode(Seek())
        keyboards = [{button["callback_data"] for button in people.buttons(each)} - {everywhere} for each in messages]
        return any(keyboard and keyboard.isdisjoint(life.done) for keyboard in keyboards)

    def kept(self, connection: Connection) -> dict[int, Kept]:
        """What the store holds of each."""
        found: dict[int, Kept] = {}
        for person in (life.phone.person for life in self.lives):
            answers: Kept = {**kept.answers_of(self.world.store.vault, person)(connection)}
            recalls = kept.recalls_of(self.world.store.vault, person)(connection)
            assert len({message for message, _, _ in recalls}) == len(recalls)
            found[person] = answers | {("recall", message): choice for message, choice, _ in recalls}
        return found

    def given(self) -> dict[int, Kept]:
        """What each answered."""
        given: dict[int, Kept] = {life.phone.person: {} for life in self.lives}
        for deed in self.deeds.values():
            assert deed.place not in given[deed.person], "somebody was asked again what was answered already"
            given[deed.person][deed.place] = deed.value
        return given


@asynccontextmanager
async def company(world: World) -> AsyncIterator[Company]:
    """Ten people, who follow an invitation and live from then on."""
    code, deeds = world.invitation(), dict[int, Deed]()
    phones = [await world.phones.person(f"Zenobia-{number}", "en") for number in range(PEOPLE)]
    lives = [Life(phone, world.event, random.Random(number), deeds) for number, phone in enumerate(phones)]
    async with living(lives):
        await asyncio.gather(*(phone.start(code) for phone in phones))
        yield Company(world, lives, deeds)


async def three_weeks(together: Company) -> None:
    """They join, recall and answer; then the digest is due."""
    for moment in (FIRST_REFRESHER, WEEK_1, FIRST_DIGEST):
        await together.settles()
        await together.world.phones.until(moment)
    await together.settles()


async def arrived(phones: Phones) -> list[Json]:
    """All that reached a chat, whether or not the bot ever heard of it."""
    return [entry["request"] for entry in await phones.journal("sendMessage") if entry["response"]["ok"]]


async def nudges_of(phones: Phones) -> Counter[tuple[str, str]]:
    """How often each nudge reached its chat."""
    return Counter((str(each["chat_id"]), nudge) for each in await arrived(phones) for nudge in nudges_in(each))


async def repeated_replies(phones: Phones) -> set[tuple[str, str]]:
    """The replies that reached their chat more than once."""
    replies = [each for each in await arrived(phones) if not nudges_in(each)]
    counted = Counter((str(each["chat_id"]), each["text"]) for each in replies)
    return {reply for reply, times in counted.items() if times > 1}


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.journeys.conftest.SandboxClock", Hurried)


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
async def test_a_journey_through(
    trouble: Trouble,
    tmp_path: Path,
    sandbox: Serving,
    phones: Phones,
    sample_event: Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    impatient = partial(AiohttpTransport, read_timeout=trouble.patience)
    monkeypatch.setattr("bot.telegram.client.AiohttpTransport", impatient)
    settings = WAY_IN[trouble.way_in](tmp_path, sandbox.url)
    async with bot_at(settings, sandbox, phones, sample_event) as world:
        group = await world.group("Together", linked="en")
        await phones.post("/sandbox/faults", {"faults": trouble.faults, "seed": 1})
        async with company(world) as together:
            await three_weeks(together)
        struck = [fault["struck"] for fault in (await phones.get("/sandbox/faults"))["faults"]]
        assert all(struck), struck

        assert await world.look(together.kept) == together.given()
        nudges, digests = await nudges_of(phones), await digests_in(group, "en")
        assert set(nudges.values()) == {1}
        assert trouble.repeats or not await repeated_replies(phones)
        if trouble.misses:
            assert PEOPLE <= len(nudges) <= PEOPLE * NUDGES_EACH
            assert len(digests) <= 1
        else:
            assert len(nudges) == PEOPLE * NUDGES_EACH
            assert len(digests) == 1
        await is_well_again(together)


async def is_well_again(together: Company) -> None:
    """Once the platform behaves, everybody is heard as ever."""
    await together.world.phones.post("/sandbox/faults", {"faults": []})
    for life in together.lives:
        await life.phone.say("/help")
        assert "/stop" in (await life.phone.received())[-1]["text"]


async def test_a_journey_within_the_limits_of_telegram(
    tmp_path: Path, sandbox: Serving, phones: Phones, sample_event: Event
) -> None:
    """A bot that takes no care itself is told to wait, waits, and loses nothing; the limits are hurried too."""
    async with bot_at(settings_for(tmp_path, sandbox.url), sandbox, phones, sample_event) as world:
        group = await world.group("Together", linked="en")
        await phones.post("/sandbox/limits", {"enabled": True, "per_chat_second": 4, "chat_burst": 1})
        async with company(world) as together:
            await three_weeks(together)
        assert await world.look(together.kept) == together.given()
        refused = [entry for entry in await phones.journal("sendMessage") if not entry["response"]["ok"]]
        assert {entry["response"]["error_code"] for entry in refused} == {429}
        nudges = await nudges_of(phones)
        assert len(nudges) == PEOPLE * NUDGES_EACH
        assert set(nudges.values()) == {1}
        assert not await repeated_replies(phones)
        assert len(await digests_in(group, "en")) == 1

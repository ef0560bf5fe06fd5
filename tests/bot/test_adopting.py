"""What another process left in the outbox: a running bot sends it, and nothing is sent twice over it."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot import scheduler
from bot.channels import Rendered
from bot.rendering import dumps, render
from conversations.effects import SayKind
from conversations.messages import message
from conversations.model import Language
from storage import chats, outbox
from storage.chats import ChatKind
from storage.outbox import Operation, Outgoing, State
from tests.bot.outgoing import put, send, state_of, texts
from tests.rig import ListeningChannel, Rig


@dataclass
class WaitingChannel(ListeningChannel):
    """A platform that takes its time: until `open` is set, nothing that it was given has arrived."""

    open: asyncio.Event = field(default_factory=asyncio.Event)
    called: asyncio.Event = field(default_factory=asyncio.Event)

    async def say(self, address: str, message: Rendered) -> str:
        self.called.set()
        await self.open.wait()
        return await super().say(address, message)


def written_elsewhere(rig: Rig, text: str, address: str = "11", kind: SayKind = SayKind.REPLY) -> Outgoing:
    """By a process of its own: on another connection, committed, and told to nobody."""
    with rig.engine.begin() as connection:
        now = rig.clock.now()
        chat = chats.arrive(connection, rig.vault, "telegram", address, ChatKind.PRIVATE, Language.EN, now)
        body = dumps(render(message(text), Language.EN))
        return outbox.add(connection, rig.vault, chat, Operation.SAY, kind, body, now)


async def test_what_another_process_left_is_sent_once(rig: Rig) -> None:
    left = [written_elsewhere(rig, each, address) for each, address in (("one", "11"), ("two", "12"), ("three", "11"))]
    for _ in range(2):
        await rig.delivery.adopt()
        await rig.delivery.idle()
    assert texts(rig.channel.heard, "11") == ["one", "three"]
    assert texts(rig.channel.heard, "12") == ["two"]
    assert [await state_of(rig, each) for each in left] == [(State.SENT, None)] * 3


async def test_what_is_on_its_way_is_not_adopted(rig: Rig) -> None:
    channel = WaitingChannel()
    rig.delivery._channel = channel
    own = await put(rig, "own")
    rig.delivery.submit([own])
    await channel.called.wait()
    await rig.delivery.adopt()
    channel.open.set()
    await rig.delivery.idle()
    assert texts(channel.heard) == ["own"]


async def test_what_was_adopted_before_its_own_turn_hands_it_over_is_sent_once(rig: Rig) -> None:
    own = await put(rig, "own")
    await rig.delivery.adopt()
    rig.delivery.submit([own])
    await rig.delivery.idle()
    assert texts(rig.channel.heard) == ["own"]


@pytest.mark.parametrize("kind", [SayKind.REPLY, SayKind.NUDGE])
async def test_what_was_adopted_and_sent_before_its_own_turn_hands_it_over_is_sent_once(
    rig: Rig, kind: SayKind
) -> None:
    """A tick hands over what a hundred turns said when all of them are over; the first may have been sent by then."""
    own = await put(rig, "own", kind=kind)
    await rig.delivery.adopt()
    await rig.delivery.idle()
    assert await state_of(rig, own) == (State.SENT, None)
    rig.delivery.submit([own])
    await rig.delivery.idle()
    assert texts(rig.channel.heard) == ["own"]


async def test_whatever_comes_first_everything_is_sent_once(rig: Rig) -> None:
    own = [await put(rig, f"own {number}", str(number % 5)) for number in range(40)]
    left = [written_elsewhere(rig, f"left {number}", str(number % 5)) for number in range(40)]
    adopting = [rig.delivery.adopt() for _ in range(3)]
    await asyncio.gather(*adopting, *(send(rig, each) for each in own), rig.delivery.adopt())
    await rig.delivery.idle()
    said = [f"own {number}" for number in range(40)] + [f"left {number}" for number in range(40)]
    assert sorted(texts(rig.channel.heard)) == sorted(said)
    assert {await state_of(rig, each) for each in (*own, *left)} == {(State.SENT, None)}


async def test_a_number_that_a_database_gives_anew_is_sent_all_the_same(rig: Rig) -> None:
    """Messages go with their chat, and SQLite gives the number of a row that is gone to the next one."""
    first = written_elsewhere(rig, "first")
    await rig.delivery.adopt()
    await rig.delivery.idle()
    with rig.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM chats")
    second = written_elsewhere(rig, "second")
    assert second.id == first.id
    await rig.delivery.adopt()
    await rig.delivery.idle()
    assert texts(rig.channel.heard) == ["first", "second"]


async def test_a_running_bot_picks_it_up_by_itself(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = WaitingChannel()
    channel.open.set()
    rig.delivery._channel = channel
    monkeypatch.setattr(scheduler, "ADOPT_SECONDS", 0.01)
    rig.scheduler.start()
    try:
        written_elsewhere(rig, "from the operator")
        async with asyncio.timeout(10):
            await channel.called.wait()
        await rig.delivery.idle()
    finally:
        rig.scheduler.stop()
    assert texts(channel.heard) == ["from the operator"]

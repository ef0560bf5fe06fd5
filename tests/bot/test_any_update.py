"""Whatever arrives as an update, and in whatever order people do things: the bot goes on."""

import asyncio
import random
import shutil
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import FromGroup, FromPerson, Tap
from bot.telegram.acknowledge import take_in
from bot.telegram.inbound import read
from conversations.buttons import Go, Move, Seek, decode, encode
from conversations.conversation import Asking
from conversations.cues import Blocked, Cue, Returned, Said, Sent, Started, Tapped
from conversations.model import Language, Role
from storage import chats
from storage.chats import ChatKind
from tests.bot.updates import message
from tests.conversations.samples import sample_event
from tests.conversations.test_any_order import SMALL
from tests.rig import Rig, rig_in

NONSENSE = (LookupError, TypeError, ValueError, AttributeError, OverflowError)
KEYS = [
    "update_id",
    "message",
    "callback_query",
    "my_chat_member",
    "chat",
    "from",
    "text",
    "id",
    "type",
    "data",
    "is_bot",
]
KEYS += [
    "new_chat_member",
    "status",
    "message_id",
    "migrate_to_chat_id",
    "via_bot",
    "sender_chat",
    "language_code",
    "photo",
]
plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["private", "group", "supergroup", "kicked", "/start x", "/link x", "c:1:1", "fr"]),
)
anything = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=12,
)
party = st.fixed_dictionaries({"id": plain, "type": plain}) | anything
almost = st.fixed_dictionaries(
    {"update_id": st.integers(0, 9) | plain},
    optional={
        "message": st.dictionaries(st.sampled_from(KEYS), party, max_size=6) | anything,
        "callback_query": st.dictionaries(st.sampled_from(KEYS), party, max_size=6) | anything,
        "my_chat_member": st.dictionaries(st.sampled_from(KEYS), party, max_size=6) | anything,
    },
)


@settings(max_examples=300, deadline=None)
@given(almost | anything)
def test_an_update_is_read_or_is_nonsense(update: Any) -> None:
    try:
        incoming = read(update)
    except NONSENSE:
        return
    assert incoming is None or isinstance(incoming, FromPerson | FromGroup)


@settings(max_examples=60, deadline=None)
@given(updates=st.lists(almost | anything, min_size=1, max_size=4))
def test_taking_in_never_raises_and_the_next_person_is_answered(updates: list[Any], migrated: Path) -> None:
    async def story() -> None:
        with TemporaryDirectory() as folder:
            shutil.copy(migrated, Path(folder) / migrated.name)
            await take_all(Path(folder))

    async def take_all(folder: Path) -> None:
        async with rig_in(folder) as rig:
            for update in updates:
                await take_in(update, rig.turns, rig.delivery)
            _, done = await take_in(message("hello", 2**40 + 7), rig.turns, rig.delivery)
            assert len(done.outgoing) == 1
            await rig.delivery.idle()

    asyncio.run(story())


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_long_walk_through_the_whole_bot(seed: int, rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    """The same as tests/conversations/test_any_order.py, with real storage: each turn finds what it needs."""
    chance = random.Random(seed)
    for event in (SMALL, sample_event()):
        rig.take_in(event)
    codes = [rig.invite(SMALL), rig.invite(sample_event()), rig.invite(SMALL, Role.COORDINATOR), "unknown"]
    words = ["oui", "oui", "no", "stop", "/help", "continuer", "français", "1", "1, 2", "12", "14:30", "hm", "x" * 5000]
    asked = 0
    joining: list[Cue] = [Started(codes[0], Language.EN), Tapped(Go(1, Move.DONE)), Tapped(Go(2, Move.YES))]
    for cue in joining:
        await rig.person("11", cue)
    for _ in range(250):
        shown = [
            (each.id, key.data)
            for each in rig.channel.heard[-2:]
            for row in each.message.keyboard
            for key in row
            if key.data != encode(Seek())  # it is on every screen, and makes a week quiet
        ]
        happens = chance.choices(["tap", "say", "wait", "other"], [14, 2, 3, 1])[0]
        if happens == "tap" and shown:
            on, data = chance.choice(shown)
            await rig.person("11", Tapped(decode(data)), Tap("1", on))
        elif happens == "say":
            await rig.person("11", Said(chance.choice(words)))
        elif happens == "wait":
            await rig.pass_time(timedelta(hours=chance.choice([1, 5, 24, 24 * 7])))
        else:
            others: list[Cue] = [Started(chance.choice(codes)), Started(codes[0]), Sent(), Blocked(), Tapped(None)]
            others += [Tapped(Seek())]
            await rig.person("11", chance.choice(others))
            await rig.person("11", Returned())
        asked += isinstance(await step_of(rig), Asking)
    assert asked > 5, "the walk went through surveys"
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def step_of(rig: Rig) -> object:
    chat = await rig.thread.run(
        lambda connection: chats.arrive(
            connection, rig.vault, "telegram", "11", ChatKind.PRIVATE, Language.EN, rig.clock.now()
        )
    )
    return chat.conversation.step

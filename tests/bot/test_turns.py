"""Turns with real storage: a group that has moved, and people who are heard of again."""

from sqlalchemy import func, select

from bot.channels import FromGroup
from conversations.cues import Blocked, Cue, LinkAsked, Moved, Said, Sent, Started, Tapped
from conversations.model import Role
from storage import chats, groups
from storage.states import ChatKind
from storage.tables import chats as rows
from tests.conversations.samples import sample_event
from tests.rig import Rig


async def test_a_move_from_an_address_that_nobody_knows_changes_nothing(rig: Rig) -> None:
    rig.take_in(sample_event())
    await rig.person("11", Started(rig.invite(sample_event(), Role.COORDINATOR)))
    await rig.group("-5", LinkAsked(sample_event().code), "11")
    old = await rig.thread.run(lambda connection: chats.find(connection, rig.vault, "telegram", "-5"))
    assert old is not None
    # Delivery hears of it first; then the message of the old group comes, twice as Telegram may.
    await rig.thread.run(lambda connection: chats.move(connection, rig.vault, old, "-1005"))
    update = FromGroup(900, "-5", Moved("-1005"))
    for _ in range(2):
        await rig.take(update)
    new = await rig.thread.run(lambda connection: chats.find(connection, rig.vault, "telegram", "-1005"))
    assert new is not None
    assert new.id == old.id
    assert await rig.thread.run(lambda connection: groups.linked_event(connection, new.id)) == sample_event().code
    count = select(func.count()).select_from(rows).where(rows.c.kind == ChatKind.GROUP)
    assert await rig.thread.run(lambda connection: connection.scalar(count)) == 1


async def test_a_move_of_a_known_group_is_followed(rig: Rig) -> None:
    rig.take_in(sample_event())
    await rig.person("11", Started(rig.invite(sample_event(), Role.COORDINATOR)))
    await rig.group("-5", LinkAsked(sample_event().code), "11")
    await rig.group("-5", Moved("-1005"))
    new = await rig.thread.run(lambda connection: chats.find(connection, rig.vault, "telegram", "-1005"))
    assert new is not None
    assert await rig.thread.run(lambda connection: groups.linked_event(connection, new.id)) == sample_event().code


async def test_whoever_writes_again_can_be_reached_again(rig: Rig) -> None:
    cues: list[Cue] = [Started(), Said("hello"), Sent(), Tapped(None)]
    await rig.person("11", Said("hello"))
    for cue in cues:
        await rig.person("11", Blocked())
        assert not await reachable(rig)
        await rig.person("11", cue)
        assert await reachable(rig), cue


async def reachable(rig: Rig) -> bool:
    chat = await rig.thread.run(lambda connection: chats.find(connection, rig.vault, "telegram", "11"))
    assert chat is not None
    return chat.reachable

"""Sending, honestly: in order, again where that is safe, and never twice what must not come twice."""

import asyncio
from pathlib import Path

import pytest

from bot.channels import InDoubt, MovedTo, NotSent, Rejected, Rendered, TooMany, Unreachable
from bot.delivery import LONGEST_PAUSE
from conversations.effects import SayKind
from storage import outbox
from storage.outbox import Outgoing
from tests.bot.outgoing import put, reachable, send, state_of, texts
from tests.rig import Rig, rig_in

SENT = ("sent", None)
ONCE = (SayKind.NUDGE, SayKind.DIGEST)
AGAIN = (SayKind.REPLY, SayKind.RECEIPT)


async def test_what_is_said_in_one_chat_arrives_in_that_order(rig: Rig) -> None:
    messages = [await put(rig, f"{number}", str(11 + number % 3)) for number in range(30)]
    rig.channel.troubles = [NotSent(), None, InDoubt(), TooMany(3), None, NotSent()]
    await send(rig, *messages)
    for address in ("11", "12", "13"):
        arrived = texts(rig.channel.heard, address)
        assert arrived == sorted(arrived, key=int)
        assert len(set(arrived)) == 10


async def test_a_chat_that_waits_holds_up_no_other(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    slow, quick = await put(rig, "slow", "11"), await put(rig, "quick", "12")
    let_go, passed = asyncio.Event(), asyncio.Event()
    really_say = rig.channel.say

    async def say(address: str, message: Rendered) -> str:
        if address == "11":
            await let_go.wait()
        sent = await really_say(address, message)
        passed.set()
        return sent

    monkeypatch.setattr(rig.channel, "say", say)
    rig.delivery.submit([slow, quick])
    await passed.wait()
    assert texts(rig.channel.heard) == ["quick"]
    let_go.set()
    await rig.delivery.idle()
    assert texts(rig.channel.heard) == ["quick", "slow"]


@pytest.mark.parametrize("kind", SayKind)
async def test_what_was_certainly_not_sent_is_sent_again_until_it_is(rig: Rig, kind: SayKind) -> None:
    message = await put(rig, "hello", kind=kind)
    rig.channel.troubles = [NotSent()] * 12
    await send(rig, message)
    assert texts(rig.channel.heard) == ["hello"]
    assert await state_of(rig, message) == SENT
    assert len(rig.clock.slept) == 12
    assert max(rig.clock.slept) <= LONGEST_PAUSE
    assert rig.clock.slept[5] > rig.clock.slept[0], "each pause is longer"


@pytest.mark.parametrize("kind", ONCE)
async def test_a_nudge_whose_answer_was_lost_is_never_said_again(rig: Rig, kind: SayKind) -> None:
    message = await put(rig, "hello", kind=kind)
    rig.channel.troubles = [InDoubt()]
    await send(rig, message)
    assert texts(rig.channel.heard) == []
    assert await state_of(rig, message) == ("in_doubt", "answer lost")


@pytest.mark.parametrize("kind", AGAIN)
async def test_a_reply_whose_answer_was_lost_is_said_once_more_and_no_more(rig: Rig, kind: SayKind) -> None:
    message = await put(rig, "hello", kind=kind)
    rig.channel.troubles = [InDoubt()]
    await send(rig, message)
    assert texts(rig.channel.heard) == ["hello"]
    assert await state_of(rig, message) == SENT
    another = await put(rig, "again", kind=kind)
    rig.channel.troubles = [InDoubt(), InDoubt()]
    await send(rig, another)
    assert texts(rig.channel.heard) == ["hello"]
    assert (await state_of(rig, another))[0] == "in_doubt"


async def test_an_edit_in_doubt_is_made_again_because_twice_is_the_same_as_once(rig: Rig) -> None:
    await send(rig, await put(rig, "question", serial=4))
    rig.channel.troubles = [InDoubt(), InDoubt(), InDoubt()]
    edit = await put(rig, "answered", carrying=4)
    await send(rig, edit)
    assert [(each.id, each.edit) for each in rig.channel.heard] == [("1", False), ("1", True)]
    assert await state_of(rig, edit) == SENT


async def test_an_edit_finds_its_message_after_a_restart_too(folder: Path) -> None:
    async with rig_in(folder) as rig:
        await send(rig, await put(rig, "question", serial=4))
    async with rig_in(folder) as rig:
        await send(rig, await put(rig, "answered", carrying=4))
        assert [(each.id, each.edit) for each in rig.channel.heard] == [("1", True)]


async def test_an_edit_of_a_message_that_never_arrived_is_let_go(rig: Rig) -> None:
    edit = await put(rig, "answered", carrying=99)
    await send(rig, edit)
    assert rig.channel.heard == []
    assert await state_of(rig, edit) == SENT


async def test_whoever_blocked_the_bot_gets_nothing_more_until_they_return(rig: Rig) -> None:
    messages = [await put(rig, text) for text in ("one", "two", "three")]
    elsewhere = await put(rig, "other", "12")
    rig.channel.troubles = [Unreachable()]
    await send(rig, *messages[:2], elsewhere, messages[2])
    assert texts(rig.channel.heard) == ["other"]
    assert [await state_of(rig, each) for each in messages] == [("failed", "unreachable")] * 3
    assert not await reachable(rig, messages[0])
    assert await reachable(rig, elsewhere)


async def test_a_message_that_is_refused_does_not_hold_up_the_next(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    wrong, right = await put(rig, "wrong"), await put(rig, "right")
    rig.channel.troubles = [Rejected("message is too long")]
    await send(rig, wrong, right)
    assert texts(rig.channel.heard) == ["right"]
    assert await state_of(rig, wrong) == ("failed", "rejected")
    assert "too long" in caplog.text
    assert "wrong" not in caplog.text, "no log has a text"


async def test_a_group_that_has_moved_is_followed(rig: Rig) -> None:
    messages = [await put(rig, text, "-1001") for text in ("one", "two")]
    rig.channel.troubles = [MovedTo("-1002")]
    await send(rig, *messages)
    assert texts(rig.channel.heard, "-1002") == ["one", "two"]
    later = await put(rig, "three", "-1002")
    assert later.chat_id == messages[0].chat_id


@pytest.mark.parametrize("kind", SayKind)
async def test_too_many_is_obeyed_to_the_second(rig: Rig, kind: SayKind) -> None:
    message = await put(rig, "hello", kind=kind)
    rig.channel.troubles = [TooMany(17), TooMany(4)]
    await send(rig, message)
    assert rig.clock.slept == [17, 4]
    assert await state_of(rig, message) == SENT


async def killed_while_sending(rig: Rig, *messages: Outgoing) -> None:
    """The process dies while the first message of each chat is on its way."""
    reached = asyncio.Semaphore(0)

    async def never(address: str, message: Rendered) -> str:
        reached.release()
        return await asyncio.Event().wait() and ""

    rig.channel.say = never  # type: ignore[method-assign]
    rig.delivery.submit(messages)
    for _ in {each.chat_id for each in messages}:
        await reached.acquire()
    await rig.delivery.stop()


async def test_after_a_restart_what_waited_goes_out_and_what_was_on_its_way_is_in_doubt(folder: Path) -> None:
    async with rig_in(folder) as rig:
        nudge, reply = await put(rig, "nudge", "11", SayKind.NUDGE), await put(rig, "reply", "12")
        waiting = await put(rig, "waiting nudge", "11", SayKind.NUDGE)
        never_submitted = await put(rig, "saved a moment before", "13", SayKind.RECEIPT)
        await killed_while_sending(rig, nudge, reply, waiting)
    async with rig_in(folder) as rig:
        await rig.delivery.start()
        await rig.delivery.idle()
        assert sorted(texts(rig.channel.heard)) == ["reply", "saved a moment before", "waiting nudge"]
        assert await state_of(rig, nudge) == ("in_doubt", "crashed")
        assert [await state_of(rig, each) for each in (reply, waiting, never_submitted)] == [SENT] * 3
        assert await rig.thread.run(lambda connection: outbox.waiting(connection, rig.vault, 10)) == []
    async with rig_in(folder) as rig:
        await rig.delivery.start()
        await rig.delivery.idle()
        assert rig.channel.heard == [], "and nothing comes a second time"


async def test_more_than_a_page_is_taken_up_in_order(rig: Rig) -> None:
    messages = await asyncio.gather(*(put(rig, f"{number}", str(11 + number % 3)) for number in range(1100)))
    await rig.delivery.start()
    await rig.delivery.idle()
    assert len(rig.channel.heard) == len(messages)
    for address in ("11", "12", "13"):
        arrived = texts(rig.channel.heard, address)
        assert arrived == sorted(arrived, key=int)

"""Somebody who coordinates wants to find out about one person by what a broadcast tells of whom it reaches.

They know the day on which she joined, her country and her kind of organisation. Whatever becomes of her, they read the
same.
"""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from conversations.cues import Said, Started
from conversations.model import Language
from storage import tables
from tests.audience import JOINED, Coordinator, event, labels, people, sent_off, text
from tests.rig import MONDAY, Rig

Becomes = Callable[[Rig, str], Awaitable[None]]
_LATER = MONDAY - timedelta(days=1)


async def _asks_for_help(rig: Rig, address: str) -> None:
    await rig.person(address, Said("I need help", Language.EN))


async def _blocks(rig: Rig, address: str) -> None:
    lookup = rig.vault.lookup("telegram", address)
    with rig.engine.begin() as connection:
        changing = update(tables.chats).where(tables.chats.c.lookup == lookup)
        connection.execute(changing.values(reachable=False))


async def _leaves(rig: Rig, address: str) -> None:
    await rig.person(address, Said("/stop", Language.EN))
    await rig.person(address, Said("yes", Language.EN))


BECOMES = [_asks_for_help, _blocks, _leaves]


async def crowd(rig: Rig) -> str:
    """A dozen people, and the one it is about."""
    people(rig, 6, profile={"country": "ke", "kind": "ngo"})
    people(rig, 6, profile={"country": "tg", "kind": "ngo"}, joined=JOINED + timedelta(days=1))
    [amina] = people(rig, 1, profile={"country": "ke", "kind": "cbo"}, joined=_LATER)
    return amina


async def screens(grace: Coordinator, *taps: str) -> list[str]:
    """All that the coordinator reads from choosing that audience to a broadcast that is undone, and in the list."""
    await grace.write()
    await grace.tap("To whom")
    start = len(grace.heard)
    await grace.tap(*taps)
    if taps[-1] == "Joined before":
        await grace.say("16 November")
    else:
        await grace.tap("All criteria")
    await grace.tap("Back to the draft")
    await grace.confirm()
    await grace.tap("Undo")
    await grace.say("/broadcast")
    read = [_numberless(text(each)) for each in grace.heard[start:]]
    return [each for each in read if "Everybody who takes part" not in each]


def _numberless(told: str) -> str:
    """What was read, each line once, without the numbers that broadcasts go by."""
    return "\n".join(dict.fromkeys(re.sub(r"Broadcast \d+|^\d+(?=: )", "", each) for each in told.splitlines()))


AUDIENCES = [
    ("Country?", "Kenya", "All criteria", "Organisation?", "Community-based"),
    ("Country?", "Kenya"),
    ("Organisation?", "Community-based"),
    ("Language", "Reads English"),
    ("Joined before",),
]


@pytest.mark.parametrize("becomes", BECOMES)
@pytest.mark.parametrize("taps", AUDIENCES)
async def test_no_draft_for_part_of_the_people_tells_what_became_of_one(
    taps: tuple[str, ...], becomes: Becomes, rig: Rig, grace: Coordinator
) -> None:
    amina = await crowd(rig)
    await screens(grace, *taps)
    before = await screens(grace, *taps)
    await becomes(rig, amina)
    assert await screens(grace, *taps) == before


async def test_no_draft_for_those_who_answered_tells_who_has_just_done_so(rig: Rig, grace: Coordinator) -> None:
    await crowd(rig)
    people(rig, 6, answered=True)
    taps = ("Answered or not", "Answered: After the event")
    await screens(grace, *taps)
    before = await screens(grace, *taps)
    people(rig, 1, answered=True)
    assert await screens(grace, *taps) == before


@pytest.mark.parametrize("becomes", BECOMES)
@pytest.mark.parametrize("others", [0, 9, 11])
async def test_a_draft_for_everybody_tells_what_became_of_nobody(
    others: int, becomes: Becomes, rig: Rig, grace: Coordinator
) -> None:
    [amina, *_] = people(rig, 1 + others)
    await grace.write()
    before = grace.last
    await becomes(rig, amina)
    await rig.person("4711", Started(rig.invite(event()), Language.EN))  # and somebody has opened the link
    await grace.tap("Preview and send", "Change it")
    assert grace.last == before


@pytest.mark.parametrize("becomes", BECOMES)
async def test_nothing_is_told_of_a_broadcast_to_everybody_while_it_runs(
    becomes: Becomes, rig: Rig, grace: Coordinator
) -> None:
    [amina, *_] = people(rig, 12)
    await grace.write()
    await grace.tap("Later")
    await grace.say("15:30")
    await grace.confirm()
    await sent_off(rig)
    before = grace.last
    await becomes(rig, amina)
    await sent_off(rig)
    assert grace.last == before
    await grace.tap("Cancel it", "Yes, cancel it")
    assert "Still to be sent" not in grace.last
    await sent_off(rig)
    assert "it reached nobody" in grace.last


async def test_what_became_of_part_of_the_people_is_told_in_steps_of_five(rig: Rig, grace: Coordinator) -> None:
    people(rig, 8, profile={"country": "ke"})
    people(rig, 3, profile={"country": "ke"}, paused_until=MONDAY + timedelta(days=20))
    await grace.write()
    await grace.tap("To whom", "Country?", "Kenya")
    assert "Meant: 10 or more" in grace.last
    await grace.tap("All criteria", "Back to the draft")
    await grace.confirm()
    assert "%" not in grace.last
    await sent_off(rig)
    assert "is done" in grace.last
    assert "Sent: 5 or more" in grace.last
    assert "Held back: fewer than 5" in grace.last


@pytest.mark.parametrize("becomes", BECOMES)
async def test_stopping_the_event_before_it_leaves_tells_nothing_either(
    becomes: Becomes, rig: Rig, grace: Coordinator
) -> None:
    amina = await crowd(rig)
    before = await stopped(rig, grace)
    await becomes(rig, amina)
    assert await stopped(rig, grace) == before


async def stopped(rig: Rig, grace: Coordinator) -> tuple[str, list[str]]:
    """What is said to wait, and what can be done, when all is stopped while a broadcast to one person is to leave."""
    await grace.write()
    await grace.tap("To whom", "Organisation?", "Community-based", "All criteria", "Back to the draft")
    await grace.confirm()
    await grace.say("/pauseall")
    await grace.tap("Stop everything now")
    await rig.pass_time(timedelta(seconds=90))
    await grace.say("/resume")
    told = grace.last.partition("What was due meanwhile waits.")[2], labels(grace.heard[-1])
    await grace.tap("Go on without it")
    return told


@pytest.mark.parametrize("becomes", BECOMES)
async def test_the_bar_moves_by_quarters_and_for_no_single_person(
    becomes: Becomes, rig: Rig, grace: Coordinator
) -> None:
    people(rig, 18)
    [amina, *_] = people(rig, 6, zone="Pacific/Auckland")  # where it is night
    await grace.write()
    await grace.confirm()
    await sent_off(rig)
    assert "▓" * 9 + "░" * 3 in grace.last
    before = grace.last
    await becomes(rig, amina)
    await sent_off(rig)
    assert grace.last == before


async def test_fewer_than_twenty_people_have_no_bar(rig: Rig, grace: Coordinator) -> None:
    people(rig, 12)
    people(rig, 7, zone="Pacific/Auckland")
    await grace.write()
    await grace.confirm()
    await sent_off(rig)
    assert "is being sent" in grace.last
    assert "▓" not in grace.last


async def test_the_fifth_answer_is_not_seen_at_the_moment_it_comes(rig: Rig, grace: Coordinator) -> None:
    people(rig, 4, answered=True)
    people(rig, 9)
    taps = ("To whom", "Answered or not", "Answered: After the event")
    await grace.write()
    await grace.tap(*taps)
    assert "Not possible: fewer than 5" in grace.last
    people(rig, 1, answered=True)
    with rig.engine.begin() as connection:
        newest = select(func.max(tables.responses.c.plan_id)).scalar_subquery()
        now = update(tables.responses).where(tables.responses.c.plan_id == newest)
        connection.execute(now.values(completed_at=rig.clock.time))
    await grace.tap("All criteria", "Answered or not")
    assert "Not possible: fewer than 5" in grace.last
    rig.clock.time += timedelta(days=1)
    await grace.tap("All criteria", "Answered or not")
    assert "is told by /status alone" in grace.last

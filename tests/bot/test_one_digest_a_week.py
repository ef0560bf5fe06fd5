"""However a group is rearranged: two digests that nobody asked for are never less than a week apart.

A digest is due every day there, and there is always something new to tell. Meanwhile the group is linked anew, moved to
other days and topics, thrown out of, promoted to another address, and the bot is started anew.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count, pairwise
from pathlib import Path
from random import Random

import pytest

from conversations.buttons import Manage
from conversations.cues import Added, GroupTapped, LinkAsked, Moved, Removed, Started, UnlinkAsked
from conversations.linking import GroupLink
from conversations.model import Language, Role
from conversations.roles import Act
from conversations.timing import TouchpointKind
from storage import chats, groups, plans
from tests.conversations.samples import both, distance, event_with, touchpoint
from tests.rig import Rig, rig_in

DAILY = touchpoint(
    TouchpointKind.DIGEST, "", "1 day", every=distance("1 day"), until=distance("20 weeks"), window=distance("3 days")
)
TWICE = touchpoint(
    TouchpointKind.DIGEST, "", "2 days", every=distance("3 days"), until=distance("20 weeks"), weekdays=(0, 3)
)
HERE = event_with(DAILY, TWICE, code="here", title=both("The event here"))
THERE = replace(HERE, code="there", title=both("The event there"))
COORDINATOR = "22"
DAYS = 56


@dataclass
class Group:
    """The group, the address that it goes by, and when digests came there."""

    rig: Rig
    address: str
    came: list[datetime]
    news: int = 0

    def link(self) -> GroupLink | None:
        with self.rig.engine.connect() as connection:
            chat = chats.find(connection, self.rig.vault, "telegram", self.address)
            return groups.link_of(connection, chat.id) if chat is not None else None

    async def linked(self, code: str, topic: int | None = None) -> None:
        await self.rig.group(self.address, UnlinkAsked(), COORDINATOR)
        await self.rig.group(self.address, LinkAsked(code, topic=topic), COORDINATOR)

    async def another_topic(self, chance: Random) -> None:
        await self.rig.group(self.address, LinkAsked(topic=chance.randint(2, 9)), COORDINATOR)

    async def linked_anew(self, chance: Random) -> None:
        await self.linked(chance.choice((HERE.code, THERE.code)), chance.choice((None, 4)))

    async def thrown_out(self, chance: Random) -> None:
        await self.rig.group(self.address, Removed(), COORDINATOR)
        await self.rig.group(self.address, Added(), COORDINATOR)
        await self.linked_anew(chance)

    async def another_choice(self, chance: Random) -> None:
        link = self.link()
        assert link is not None
        act, number = chance.choice([(Act.GROUP_TIME, each) for each in range(5)] + [(Act.GROUP_LANGUAGE, 2)])
        await self.rig.group(self.address, GroupTapped(Manage(act, link.event_id, link.chat, number)), COORDINATOR)

    async def promoted(self, chance: Random) -> None:
        """It gets another address; sometimes the bot has been linked there before it hears of that."""
        before, self.address = self.address, str(int(self.address) - 1)
        if chance.random() < 0.5:
            await self.rig.group(self.address, LinkAsked(HERE.code), COORDINATOR)
        await self.rig.group(before, Moved(self.address), None)

    async def a_day(self) -> None:
        """There is something new to tell of both events; then a day goes by, hour by hour."""
        self.news_come()
        for _ in range(24):
            heard = len(self.rig.channel.heard)
            await self.rig.pass_time(timedelta(hours=1))
            self.note(heard)

    def note(self, heard: int) -> None:
        """Keep the time of the digests that came after so many messages."""
        said = self.rig.channel.heard[heard:]
        self.came += [self.rig.clock.time for each in said if each.message.paragraphs[0].text.startswith("News")]

    def news_come(self) -> None:
        """As another group would have read them first."""
        with self.rig.engine.begin() as connection:
            told = chats.find(connection, self.rig.vault, "telegram", COORDINATOR)
            assert told is not None
            for code in (HERE.code, THERE.code):
                name, words = f"q{self.news}", both(f"News {self.news}\nMost: Yes")
                groups.release(connection, code, "after", name, (), words, told.id, self.rig.clock.now())
        self.news += 1


Happening = Callable[[Group, Random], Awaitable[None]]
HAPPENINGS: tuple[Happening, ...] = (
    Group.another_topic,
    Group.linked_anew,
    Group.thrown_out,
    Group.another_choice,
    Group.promoted,
)


async def begin(rig: Rig) -> None:
    for event in (HERE, THERE):
        rig.take_in(event)
        await rig.person(COORDINATOR, Started(rig.invite(event, Role.COORDINATOR), Language.EN))


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_happens_a_week_lies_between_two_digests(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    came: list[datetime] = []
    address, news, now = "-1000", 0, None
    days = 0
    while days < DAYS:  # from one start of the bot to the next
        async with rig_in(tmp_path) as rig:
            rig.clock.time, rig.updates = now or rig.clock.time, count(1 + 1_000 * days)
            if now is None:
                await begin(rig)
            group = Group(rig, address, came, news)
            if group.link() is None:
                await group.linked(HERE.code)
            for _ in range(chance.randint(3, 15)):
                if chance.random() < 0.6:
                    await chance.choice(HAPPENINGS)(group, chance)
                if group.link() is None:
                    await group.linked(HERE.code)
                await group.a_day()
                days += 1
            address, news, now = group.address, group.news, rig.clock.time
    apart = [later - earlier for earlier, later in pairwise(came)]
    assert len(came) >= DAYS // 14, "and yet there are digests"
    assert min(apart) >= timedelta(days=7), came


async def test_what_was_said_right_before_the_bot_was_off_for_days_does_not_meet_the_next_one(tmp_path: Path) -> None:
    came: list[datetime] = []
    async with rig_in(tmp_path) as rig:
        await begin(rig)
        group = Group(rig, "-1000", came)
        await group.linked(HERE.code)
        group.news_come()
        rig.clock.time += timedelta(days=1)
        with rig.engine.begin() as connection:
            (due,) = plans.due(connection, rig.clock.now(), 10, None)
        assert (await rig.turns.strike(due)).outgoing, "it is said, and before it is sent the bot goes down"
        later = rig.clock.time + timedelta(days=6)
    async with rig_in(tmp_path) as rig:
        rig.clock.time, rig.updates = later, count(1_000)
        group = Group(rig, "-1000", came, news=1)
        await rig.delivery.start()
        await rig.delivery.idle()
        group.note(0)
        for _ in range(14):
            await group.a_day()
    assert len(came) >= 2
    assert min(after - before for before, after in pairwise(came)) >= timedelta(days=7), came

"""Stories from their authors over the team to the group, with real storage: who learns what, and what can be undone."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.rendering import plain_text
from conversations.buttons import Manage
from conversations.cues import Started
from conversations.model import Language
from conversations.policy import Reason
from conversations.roles import Act
from conversations.stories import StoryState
from conversations.timing import TouchpointKind
from storage import chats
from storage.states import State
from storage.tables import outbox, plans, stories
from tests.bot.rights.steps import Says, walk
from tests.bot.teams import COORDINATOR, GROUP, HERE, MODERATOR, SECOND, SECOND_GROUP, Teams
from tests.conversations.samples import distance, touchpoint
from tests.rig import rig_in

WEEK = timedelta(weeks=1)
AUTHORS = [str(number) for number in range(61, 67)]
WORDS = {each: f"Our team tried the mulberry way number {each}." for each in AUTHORS}
WEEKLY = replace(
    HERE,
    schedule=(touchpoint(TouchpointKind.DIGEST, "", "1 day", every=distance("1 week"), until=distance("20 weeks")),),
)
HEADING = "What people did after the event, in their own words:"


@pytest.fixture
async def teams(tmp_path: Path) -> AsyncIterator[Teams]:
    """A team, its group with a digest each week, and six people who take part."""
    async with rig_in(tmp_path) as rig:
        teams = await Teams(rig).gather()
        rig.take_in(WEEKLY)
        code = rig.invite(HERE)
        for each in AUTHORS:
            await rig.person(each, Started(code, Language.EN))
            await walk(teams, each, "Yes to all", "Yes")
        await teams.linked()
        yield teams


async def tell(teams: Teams, who: str, *way: str) -> None:
    await walk(teams, who, "/story", *way, Says(WORDS[who]), "In English", "Yes, share it like this")


async def approve_all(teams: Teams, by: str = MODERATOR) -> None:
    while numbers := rows(teams, stories.c.id, state=StoryState.WAITING):
        await teams.taps(by, Manage(Act.STORY_APPROVE, teams.number(HERE), numbers[0]))


def rows(teams: Teams, column: object, state: StoryState) -> list[int]:
    with teams.rig.engine.connect() as connection:
        return list(connection.scalars(select(column).where(stories.c.state == state)))  # type: ignore[call-overload]


async def days_pass(teams: Teams, days: int) -> None:
    for _ in range(days * 4):
        await teams.rig.pass_time(timedelta(hours=6))


def read(teams: Teams, who: str) -> str:
    """All that they ever read."""
    heard = [each for each in teams.rig.channel.heard if each.address == who]
    return "\n".join(plain_text(each.message.paragraphs) for each in heard)


def told_in(teams: Teams, group: str = GROUP) -> set[str]:
    """Whose stories stand in that group."""
    return {who for who, words in WORDS.items() if words in read(teams, group)}


async def test_five_are_told_after_a_week_and_nobody_learns_whose_they_are(
    teams: Teams, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for each in AUTHORS[:4]:
            await tell(teams, each)
        assert read(teams, MODERATOR).count("A story waits to be read.") == 1, "they are called once"
        await approve_all(teams)
        await days_pass(teams, 15)
        assert told_in(teams) == set(), "four are not told, however long they wait"
        await tell(teams, AUTHORS[4])
        await approve_all(teams)
        await days_pass(teams, 6)
        assert told_in(teams) == set(), "the fifth is not a week old"
        in_clear = [
            words for file in tmp_path.iterdir() for words in WORDS.values() if words.encode() in file.read_bytes()
        ]
        assert in_clear == []
        await days_pass(teams, 8)
    assert told_in(teams) == set(AUTHORS[:5])
    assert read(teams, GROUP).count(HEADING) == 1
    record = str([(entry.act, entry.details, entry.item) for entry in teams.record()])
    logged = "\n".join(each.getMessage() for each in caplog.records)
    assert not [words for words in WORDS.values() if words in record + logged]
    assert not [file for file in tmp_path.iterdir() if b"mulberry" in file.read_bytes()], "not even once it is told"


async def test_an_author_hears_of_it_and_sees_how_it_stands(teams: Teams) -> None:
    await tell(teams, AUTHORS[0])
    await walk(teams, MODERATOR, "/stories", "Story ", "Ask for another wording", "it names a person")
    await days_pass(teams, 1)
    assert read(teams, AUTHORS[0]).count("You have a new message.") == 1
    opened = await walk(teams, AUTHORS[0], "Open")
    assert "Why: it names a person or a place" in plain_text(opened.said[0].paragraphs)
    await walk(
        teams, AUTHORS[0], "Write my story anew", Says("Our team tried it."), "In English", "Yes, share it like this"
    )
    assert "“Our team tried it.”" in plain_text((await walk(teams, SECOND, "/stories", "Story ")).said[0].paragraphs)


async def test_a_translation_stands_in_a_french_group_once_its_author_agreed(teams: Teams) -> None:
    for each in AUTHORS[:5]:
        await tell(teams, each)
    number = teams.number(HERE)
    for story in rows(teams, stories.c.id, state=StoryState.WAITING):
        await teams.taps(COORDINATOR, Manage(Act.STORY_TRANSLATE, number, story))
        await teams.says(COORDINATOR, f"Notre équipe a essayé {story}.")
    await approve_all(teams)
    await days_pass(teams, 1)
    await walk(teams, AUTHORS[0], "Open", "Yes, with this translation")
    await walk(teams, AUTHORS[1], "Open", "No, without it")
    await teams.linked(SECOND_GROUP)
    await teams.says(SECOND, "/groups")
    await walk(teams, SECOND, "Group 2", "Français")
    await days_pass(teams, 16)
    in_french = read(teams, SECOND_GROUP)
    assert in_french.count("« Notre équipe a essayé".replace("« ", "«\u00a0")) == 1
    assert in_french.count("En anglais\u00a0: «\u00a0Our team tried") == 4
    assert told_in(teams) == set(AUTHORS[:5])


async def ready(teams: Teams) -> None:
    """Five stories stand approved for a week, and a digest is about to be due."""
    for each in AUTHORS[:5]:
        await tell(teams, each)
    await approve_all(teams)
    await days_pass(teams, 7)
    assert told_in(teams) == set()


async def until_digest(teams: Teams) -> None:
    """The digest has been handed to delivery, and the platform has not been asked yet."""
    with teams.rig.engine.connect() as connection:
        coming = plans.c.kind == TouchpointKind.DIGEST, plans.c.reason.is_(None)
        due = connection.scalars(select(plans.c.due_at).where(*coming).order_by(plans.c.due_at)).first()
    assert due is not None
    teams.rig.clock.time = due
    teams.rig.delivery.submit = lambda outgoing: None  # type: ignore[method-assign] # as if the network were gone
    await teams.rig.scheduler.tick()
    del teams.rig.delivery.submit  # type: ignore[misc]
    with teams.rig.engine.connect() as connection:
        assert connection.scalars(select(outbox.c.state).where(outbox.c.kind == "digest")).all()[-1] == State.PENDING
    assert len(rows(teams, stories.c.id, state=StoryState.RELEASED)) == 5


@pytest.mark.parametrize("how", ["withdraws", "leaves"])
async def test_who_takes_theirs_back_before_it_left_is_not_told_and_neither_are_the_other_four(
    teams: Teams, how: str
) -> None:
    await ready(teams)
    await until_digest(teams)
    if how == "leaves":
        await walk(teams, AUTHORS[0], "/stop", "Yes, leave")
    else:
        await walk(teams, AUTHORS[0], "/story", "Story 1", "Withdraw it", "Yes, withdraw it")
    assert len(rows(teams, stories.c.id, state=StoryState.APPROVED)) == 4
    await teams.rig.delivery.adopt()
    await days_pass(teams, 8)
    assert told_in(teams) == set()
    await tell(teams, AUTHORS[5])
    await approve_all(teams)
    await days_pass(teams, 15)
    assert told_in(teams) == set(AUTHORS[1:])


async def test_what_is_on_phones_stays_there_and_reaches_no_other_group(teams: Teams) -> None:
    await ready(teams)
    await days_pass(teams, 8)
    assert told_in(teams) == set(AUTHORS[:5])
    asked = await walk(teams, AUTHORS[0], "/story", "Story 1", "Withdraw it")
    assert "Where it was posted already, nobody can remove it." in plain_text(asked.said[0].paragraphs)
    await walk(teams, AUTHORS[0], "Yes, withdraw it")
    await teams.linked(SECOND_GROUP)
    await days_pass(teams, 16)
    assert told_in(teams, SECOND_GROUP) == set()


async def test_who_comes_later_reads_the_same_words(teams: Teams) -> None:
    await ready(teams)
    await days_pass(teams, 8)
    await teams.linked(SECOND_GROUP)
    await days_pass(teams, 15)
    chapters = [
        [plain_text(each.message.paragraphs) for each in teams.rig.channel.heard if each.address == group][-1]
        for group in (GROUP, SECOND_GROUP)
    ]
    assert HEADING in chapters[0]
    assert chapters[0] == chapters[1]


async def test_several_of_one_author_never_stand_in_one_digest(teams: Teams) -> None:
    await ready(teams)
    await tell(teams, AUTHORS[0], "Tell another story")
    await tell(teams, AUTHORS[0], "Tell another story")
    await approve_all(teams)
    await days_pass(teams, 30)
    assert len(rows(teams, stories.c.id, state=StoryState.RELEASED)) == 5
    assert len(rows(teams, stories.c.id, state=StoryState.APPROVED)) == 2, "those wait for four others"


async def test_a_digest_without_stories_says_why_it_did_not_come(teams: Teams) -> None:
    await days_pass(teams, 10)
    with teams.rig.engine.connect() as connection:
        reasons = set(connection.scalars(select(plans.c.reason).where(plans.c.kind == TouchpointKind.DIGEST)))
    assert Reason.NOT_ENOUGH_ANSWERS in reasons
    assert read(teams, GROUP).count("News from") == 0


async def test_of_whoever_erased_themselves_nothing_is_told_and_nothing_fails(
    teams: Teams, caplog: pytest.LogCaptureFixture
) -> None:
    await ready(teams)
    with teams.rig.engine.begin() as connection:
        connection.execute(stories.update().values(news_at=teams.rig.clock.now()))
        chat = chats.find(connection, teams.rig.vault, "telegram", AUTHORS[0])
    assert chat is not None
    teams.rig.vault.destroy(chat.key_id)
    await days_pass(teams, 15)
    assert told_in(teams) == set()
    with teams.rig.engine.connect() as connection:
        assert connection.scalars(select(stories.c.id).where(stories.c.news_at.is_not(None))).all() == []
    assert not [each for each in caplog.records if each.levelname == "ERROR"]

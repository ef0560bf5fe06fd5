"""Stories on both databases: sealed to the last, told whole or not at all, gone with their author."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select
from storage_samples import ALL, DAY, EVENT, NOW, imported, joined, person

from conversations.buttons import Manage
from conversations.desk import Desk, Duty
from conversations.model import Bilingual, EventState, Language, Role
from conversations.roles import Act
from conversations.stories import RIPENS, TOGETHER, Objection, Story, StoryDesk, StoryState, ripe
from storage import chats, enrolments, events, groups, stories, team
from storage.chats import Chat, ChatKind
from storage.events import Contents
from storage.looking import Looking
from storage.tables import stories as table
from storage.tables import story_releases
from storage.vault import Vault

WORDS = "Nous écoutons d’abord."
LATER = NOW + RIPENS


@pytest.fixture
def author(conn: Connection, vault: Vault) -> Chat:
    imported(conn)
    return joined(conn, vault)


@pytest.fixture
def moderator(conn: Connection, vault: Vault, author: Chat) -> Chat:
    del author
    reader = person(conn, vault, "77")
    team.appoint(conn, reader.id, events.number_of(conn, EVENT.code), Role.MODERATOR, NOW)
    return reader


def looking(conn: Connection, vault: Vault, chat: Chat) -> Looking:
    return Looking(conn, vault, Contents(), chat, NOW)


def tell(conn: Connection, vault: Vault, chat: Chat, number: int = 100_001, words: str = WORDS) -> int:
    event = events.number_of(conn, EVENT.code)
    stories.keep(conn, vault, chat, number, event, words, Language.FR, 0, NOW)
    return number


def own(conn: Connection, vault: Vault, chat: Chat, number: int = 100_001) -> Story:
    found = stories.storytelling(looking(conn, vault, chat)).story(number)
    assert found is not None
    return found


def desk(conn: Connection, vault: Vault, reader: Chat, act: Act = Act.STORIES, number: int = 0) -> StoryDesk:
    event = events.number_of(conn, EVENT.code)
    duty = Duty(event, EVENT.code, Role.MODERATOR, EventState.LIVE, EVENT.title)
    laid = stories.loaded(looking(conn, vault, reader), Desk((duty,), duty), duty, Manage(act, event, number))
    assert laid.stories is not None
    return laid.stories


def approved(conn: Connection, vault: Vault, *addresses: str) -> list[Chat]:
    """So many people whose stories were approved a week ago."""
    people = [joined(conn, vault, address) for address in addresses]
    for number, each in enumerate(people, start=1):
        stories.settle(conn, tell(conn, vault, each, number, f"Récit {number}"), StoryState.APPROVED, None, NOW)
    return people


def group(conn: Connection, vault: Vault, address: str = "-7") -> Chat:
    chat = person(conn, vault, address, ChatKind.GROUP)
    groups.link(conn, chat.id, EVENT.code, NOW)
    return chat


def told(number: int) -> Bilingual:
    return Bilingual(f"In French: “Récit {number}”", f"« Récit {number} »")


def release(conn: Connection, vault: Vault, chat: Chat, numbers: tuple[int, ...] = (3, 1, 5, 2, 4)) -> None:
    stories.release(conn, vault, EVENT.code, [(each, told(each)) for each in numbers], chat.id, LATER)


def state(conn: Connection, number: int) -> str | None:
    return conn.scalar(select(table.c.state).where(table.c.id == number))


def test_the_words_are_sealed_and_come_back_to_their_author(conn: Connection, vault: Vault, author: Chat) -> None:
    tell(conn, vault, author)
    row = conn.execute(select(table)).one()
    assert WORDS.encode() not in row.words
    story = own(conn, vault, author)
    assert (story.words, story.language, story.state, story.version) == (WORDS, Language.FR, StoryState.WAITING, 0)
    assert stories.storytelling(looking(conn, vault, person(conn, vault, "99"))).stories == ()


def test_where_stories_are_taken_and_whether_the_team_is_to_be_called(
    conn: Connection, vault: Vault, author: Chat
) -> None:
    [audience] = stories.storytelling(looking(conn, vault, author)).audiences
    assert (audience.event, audience.is_open, audience.silent) == (EVENT.code, False, True), "nobody could read it"
    team.appoint(conn, person(conn, vault, "77").id, audience.event_id, Role.MODERATOR, NOW)
    tell(conn, vault, author)
    [audience] = stories.storytelling(looking(conn, vault, author)).audiences
    assert (audience.is_open, audience.silent) == (True, False)
    number = stories.storytelling(looking(conn, vault, author)).fresh
    assert 100_000 <= number < 1_000_000
    assert number != 100_001


def test_a_team_reads_what_waits_and_never_its_own(
    conn: Connection, vault: Vault, author: Chat, moderator: Chat
) -> None:
    number = tell(conn, vault, author)
    assert [each.words for each in desk(conn, vault, moderator).stories] == [WORDS]
    assert desk(conn, vault, author).stories == ()
    assert desk(conn, vault, author, Act.STORY_READ, number).picked is None
    stories.settle(conn, number, StoryState.REFUSED, Objection.RISK, NOW)
    assert desk(conn, vault, moderator).stories == ()
    assert desk(conn, vault, moderator, Act.STORY_APPROVE, number).picked is None
    assert own(conn, vault, author).objection is Objection.RISK


def test_of_whoever_erased_themselves_nothing_is_read(
    conn: Connection, vault: Vault, author: Chat, moderator: Chat
) -> None:
    number = tell(conn, vault, author)
    vault.destroy(author.key_id)
    assert desk(conn, vault, moderator).stories == ()
    assert desk(conn, vault, moderator, Act.STORY_READ, number).picked is None


def test_the_author_is_told_of_what_the_team_does_and_of_nothing_else(
    conn: Connection, vault: Vault, author: Chat
) -> None:
    number = tell(conn, vault, author)
    assert stories.news_due(conn, NOW + DAY, 10) == []
    stories.settle(conn, number, StoryState.APPROVED, None, NOW)
    assert stories.news_due(conn, NOW, 10) == [stories.News(number, author.id)]
    stories.tell_news(conn, number, NOW + DAY)
    assert stories.news_due(conn, NOW, 10) == []
    stories.tell_news(conn, number, None)
    assert stories.news_due(conn, NOW + 9 * DAY, 10) == []
    stories.offer_translation(conn, vault, number, "We listen first.", NOW)
    assert stories.news_due(conn, NOW, 10) == [stories.News(number, author.id)]


def test_consent_to_a_translation_begins_the_week_anew(conn: Connection, vault: Vault) -> None:
    imported(conn)
    people = approved(conn, vault, *"12345")
    here = group(conn, vault)
    assert len(ripe(stories.shelf(conn, vault, here.id, EVENT.code).candidates, LATER)) == TOGETHER
    stories.offer_translation(conn, vault, 3, "Story 3", LATER)
    offered = ripe(stories.shelf(conn, vault, here.id, EVENT.code).candidates, LATER)
    assert len(offered) == TOGETHER, "what nobody agreed to yet holds nothing up"
    stories.answer_translation(conn, 3, LATER, agreed=True)
    assert ripe(stories.shelf(conn, vault, here.id, EVENT.code).candidates, LATER) == ()
    assert len(ripe(stories.shelf(conn, vault, here.id, EVENT.code).candidates, LATER + RIPENS)) == TOGETHER
    assert own(conn, vault, people[2], 3).translation == "Story 3"
    stories.offer_translation(conn, vault, 4, "Story 4", LATER)
    stories.answer_translation(conn, 4, LATER, agreed=False)
    assert own(conn, vault, people[3], 4).translation == ""


def test_what_was_told_here_is_told_there_in_the_same_words_once(conn: Connection, vault: Vault) -> None:
    imported(conn)
    approved(conn, vault, *"12345")
    first, second = group(conn, vault), group(conn, vault, "-8")
    release(conn, vault, first)
    assert stories.shelf(conn, vault, first.id, EVENT.code) == stories.Shelf()
    [again] = stories.shelf(conn, vault, second.id, EVENT.code).unposted
    assert again.words == tuple(told(each) for each in (3, 1, 5, 2, 4))
    stories.post(conn, again.id, second.id, LATER)
    assert stories.shelf(conn, vault, second.id, EVENT.code) == stories.Shelf()


@pytest.mark.parametrize("how", ["withdraws", "leaves", "is erased"])
def test_as_soon_as_one_is_taken_back_no_further_group_gets_any(conn: Connection, vault: Vault, how: str) -> None:
    imported(conn)
    people = approved(conn, vault, *"12345")
    first, second = group(conn, vault), group(conn, vault, "-8")
    release(conn, vault, first)
    match how:
        case "withdraws":
            stories.withdraw(conn, 2, LATER)
        case "leaves":
            enrolments.leave_all(conn, people[1].id, LATER)
        case _:
            vault.destroy(people[1].key_id)
    assert stories.shelf(conn, vault, second.id, EVENT.code) == stories.Shelf()


def test_a_digest_that_did_not_leave_has_told_no_story(conn: Connection, vault: Vault) -> None:
    imported(conn)
    approved(conn, vault, *"12345")
    here = group(conn, vault)
    before = stories.shelf(conn, vault, here.id, EVENT.code)
    release(conn, vault, here)
    groups.take_back(conn, here.id, LATER)
    assert {each.story.id for each in stories.shelf(conn, vault, here.id, EVENT.code).candidates} == {
        each.story.id for each in before.candidates
    }
    assert conn.execute(select(story_releases)).all() == []
    stories.withdraw(conn, 2, LATER)
    assert ripe(stories.shelf(conn, vault, here.id, EVENT.code).candidates, LATER) == ()


def test_what_another_group_has_read_stays_told_when_a_digest_did_not_leave(conn: Connection, vault: Vault) -> None:
    imported(conn)
    approved(conn, vault, *"12345")
    first, second = group(conn, vault), group(conn, vault, "-8")
    release(conn, vault, first)
    [again] = stories.shelf(conn, vault, second.id, EVENT.code).unposted
    stories.post(conn, again.id, second.id, LATER + DAY)
    groups.take_back(conn, second.id, LATER + DAY)
    assert stories.shelf(conn, vault, second.id, EVENT.code).unposted == (again,)
    assert state(conn, 1) == StoryState.RELEASED


def test_a_group_that_moved_is_not_told_again(conn: Connection, vault: Vault) -> None:
    imported(conn)
    approved(conn, vault, *"12345")
    old = group(conn, vault)
    release(conn, vault, old)
    new = group(conn, vault, "-1007")
    groups.link(conn, new.id, EVENT.code, LATER)
    chats.move(conn, vault, old, "-1007")
    assert stories.shelf(conn, vault, new.id, EVENT.code) == stories.Shelf(), "the linked one lives on, and knows"


def test_withdrawing_wipes_every_word(conn: Connection, vault: Vault) -> None:
    imported(conn)
    approved(conn, vault, *"12345")
    stories.offer_translation(conn, vault, 2, "Story 2", NOW)
    release(conn, vault, group(conn, vault))
    stories.withdraw(conn, 2, LATER)
    row = conn.execute(select(table).where(table.c.id == 2)).one()
    assert (row.state, row.words, row.translation, row.told, row.news_at) == (
        StoryState.WITHDRAWN,
        None,
        None,
        None,
        None,
    )


def test_a_new_wording_takes_the_place_of_the_old_one_of_the_same_person_alone(
    conn: Connection, vault: Vault, author: Chat
) -> None:
    event = events.number_of(conn, EVENT.code)
    mine = tell(conn, vault, author)
    theirs = tell(conn, vault, joined(conn, vault, "43"), 100_002)
    stories.keep(conn, vault, author, 100_003, event, "Autrement.", Language.FR, mine, NOW)
    stories.keep(conn, vault, author, 100_004, event, "Encore.", Language.FR, theirs, NOW)
    assert set(conn.scalars(select(table.c.id))) == {theirs, 100_003, 100_004}


def test_who_left_and_came_back_begins_anew(conn: Connection, vault: Vault, author: Chat) -> None:
    tell(conn, vault, author)
    enrolments.leave_all(conn, author.id, NOW)
    revision = events.latest(conn, EVENT.code)
    assert revision is not None
    enrolments.enrol(conn, author.id, EVENT.code, revision, ALL, (), NOW)
    assert stories.storytelling(looking(conn, vault, author)).stories == ()


@pytest.mark.parametrize(
    ("ended", "after", "left"),
    [
        (StoryState.REFUSED, timedelta(days=30), 1),
        (StoryState.REFUSED, timedelta(days=30, seconds=1), 0),
        (StoryState.WITHDRAWN, timedelta(days=30, seconds=1), 0),
        (StoryState.WAITING, timedelta(days=400), 1),
        (StoryState.APPROVED, timedelta(days=400), 1),
        (StoryState.APPROVED, timedelta(days=400, seconds=1), 0),
    ],
)
def test_what_is_over_is_forgotten(
    conn: Connection, vault: Vault, author: Chat, ended: StoryState, after: timedelta, left: int
) -> None:
    number = tell(conn, vault, author)
    if ended is StoryState.WITHDRAWN:
        stories.withdraw(conn, number, NOW)
    else:
        stories.settle(conn, number, ended, None, NOW)
    stories.forget(conn, NOW + after)
    assert len(conn.execute(select(table)).all()) == left

"""Groups from the day the bot is added: greeted, linked, arranged, read in a topic, left and taken up again."""

from datetime import UTC, datetime, timedelta

from conversations.model import Role
from storage import groups
from tests.journeys import kept
from tests.journeys.conftest import World
from tests.journeys.phones import Json, Phone, buttons_of, text_of
from tests.journeys.stories import AVOID, WEEK
from tests.journeys.test_digests import FIRST_DIGEST, NEWS, digests_in

GREETING = "A coordinator links this group with /link"
LINKED = "This group now gets the digests"
MONDAYS = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
"""Nine in the morning in Nairobi, on the first Monday from the Friday of the workbook on."""


async def grace_in(world: World) -> Phone:
    grace = await world.phones.person("Grace", "en")
    await grace.start(world.invitation(Role.COORDINATOR))
    return grace


async def said_in(world: World, group: Phone, text: str, topic: int) -> None:
    body = {"chat": group.chat, "text": text, "topic": topic}
    await world.phones.act(f"/sandbox/people/{group.person}/say", body)


async def topic_in(world: World, group: Phone) -> int:
    number: int = (await world.phones.post(f"/sandbox/groups/{group.chat}/begin_topic", {"name": "News"}))["topic"]
    await world.phones.settle()
    return number


async def tap_in(group: Phone, who: Phone, label: str) -> None:
    await Phone(group.phones, who.person, group.chat).tap(label)


def marked(message: Json) -> list[str]:
    return [each["text"] for each in buttons_of(message) if each["text"].startswith("☑")]


async def test_a_group_is_greeted_linked_without_a_code_and_gets_its_digest_when_it_was_chosen(world: World) -> None:
    grace, kofi = await grace_in(world), await world.phones.person("Kofi", "en")
    group = await world.phones.group("Together", [grace, kofi])
    greeting = await group.sees(GREETING)
    assert "\n" not in text_of(greeting)
    assert world.event.title.en not in text_of(greeting)
    await group.say("/link@" + world.app.telegram.bot.username)
    assert marked(await group.sees(LINKED)) == ["☑ English", "☑ As planned"]
    await tap_in(group, kofi, "Mondays")
    await Phone(group.phones, kofi.person, group.chat).toasted("This button is not in use any more")
    assert marked(await group.sees(LINKED)) == ["☑ English", "☑ As planned"]
    await tap_in(group, grace, "Mondays")
    assert any(each.startswith("☑ Mondays") for each in marked(await group.sees(LINKED)))
    await world.phones.crowd(10, world.link, AVOID)
    await world.phones.until(FIRST_DIGEST)
    assert await digests_in(group, "en") == []
    await world.phones.until(MONDAYS)
    await world.phones.advance(timedelta(minutes=1))
    [digest] = await digests_in(group, "en")
    assert datetime.fromtimestamp(digest["date"], UTC) == MONDAYS
    await world.phones.advance(2 * WEEK)
    assert len(await digests_in(group, "en")) == 1


async def test_digests_are_read_in_the_topic_of_the_link_and_in_the_general_one_once_it_is_closed(world: World) -> None:
    grace = await grace_in(world)
    open_, closed, gone = [await world.phones.group(name, [grace]) for name in ("Open", "Closed", "Gone")]
    topics = {}
    for group in (open_, closed, gone):
        topics[group.chat] = await topic_in(world, group)
        await said_in(world, group, "/link lse2026 fr", topics[group.chat])
        linked = await group.sees("Ce groupe recevra désormais les bilans")
        assert linked["topic"] == topics[group.chat]
    for group, action in ((closed, "close_topic"), (gone, "delete_topic")):
        await world.phones.act(f"/sandbox/groups/{group.chat}/{action}", {"topic": topics[group.chat]})
    await world.phones.crowd(10, world.link, AVOID)
    await world.phones.until(FIRST_DIGEST)
    places = [[each.get("topic") for each in await digests_in(group, "fr")] for group in (open_, closed, gone)]
    assert places == [[topics[open_.chat]], [None], [None]]
    calls = [each for each in await world.phones.journal("sendMessage") if NEWS["fr"] in each["request"]["text"]]
    assert len(calls) == 5, "one for the open topic, two each for those that take nothing any more"


async def test_the_link_outlasts_promotion_and_migration_and_ends_when_the_bot_is_taken_out(world: World) -> None:
    grace = await grace_in(world)
    body = {"title": "Together", "members": [grace.person], "basic": True}
    made = await world.phones.post("/sandbox/groups", body)
    group = Phone(world.phones, grace.person, made["id"])
    await world.phones.act(f"/sandbox/groups/{group.chat}/add_bot", {})
    await group.say("/link")
    await tap_in(group, grace, "Mondays")
    for administrator in (True, False):
        await world.phones.act(f"/sandbox/groups/{group.chat}/add_bot", {"administrator": administrator})
    moved = Phone(
        world.phones, grace.person, (await world.phones.post(f"/sandbox/groups/{group.chat}/migrate", {}))["id"]
    )
    await world.phones.settle()
    await grace.say("/groups")
    await grace.tap("Group 1")
    assert any(each.startswith("☑ Mondays") for each in marked((await grace.messages())[-1]))
    assert len(await group.times(GREETING)) == 1
    assert await moved.times(GREETING) == []

    await world.phones.act(f"/sandbox/groups/{moved.chat}/remove_bot", {})
    await grace.sees("Its link has ended.")
    await grace.say("/groups")
    await grace.sees("There is none yet.")
    await world.phones.act(f"/sandbox/groups/{moved.chat}/add_bot", {})
    await moved.sees(GREETING)
    assert await world.look(kept.count("group_links")) == 0
    await moved.say("/link")
    await moved.sees(LINKED)


async def test_a_link_is_ended_in_the_group_and_nothing_comes_any_more(world: World) -> None:
    grace, kofi = await grace_in(world), await world.phones.person("Kofi", "en")
    group = await world.phones.group("Together", [grace, kofi])
    await group.say("/link")
    await Phone(group.phones, kofi.person, group.chat).say("/unlink")
    await group.sees("This can't be done here.")
    assert await world.look(kept.count("group_links")) == 1
    await group.say("/unlink")
    await group.sees("This group gets no digests any more.")
    assert await world.look(lambda connection: groups.linked(connection, world.event.code)) == ()
    await world.phones.crowd(10, world.link, AVOID)
    await world.phones.until(FIRST_DIGEST + WEEK)
    assert await digests_in(group, "en") == []


async def test_a_coordinator_who_was_removed_links_and_chooses_nothing(world: World) -> None:
    grace, ama = await grace_in(world), await world.phones.person("Ama", "en")
    await ama.start(world.invitation(Role.COORDINATOR))
    group = await world.phones.group("Together", [ama, grace])
    await group.say("/link")
    await grace.say("/team")
    signs = [each["text"] for each in buttons_of((await grace.messages())[-1]) if each["text"].startswith("Remove")]
    own = next(line for line in text_of((await grace.messages())[-1]).splitlines() if "that is you" in line)[:4]
    await grace.tap(next(each for each in signs if own not in each), "Yes, remove")
    await tap_in(group, ama, "Mondays")
    await Phone(group.phones, ama.person, group.chat).toasted("This button is not in use any more")
    await Phone(group.phones, ama.person, group.chat).say("/unlink")
    await group.sees("This can't be done here.")
    assert await world.look(kept.count("group_links")) == 1

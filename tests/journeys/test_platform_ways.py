"""What else happens on Telegram: groups get another id, accounts are deleted, pictures come where words were asked."""

from dataclasses import replace

import aiohttp

from conversations.model import Role
from tests.journeys import kept
from tests.journeys.conftest import World
from tests.journeys.phones import Phone, text_of
from tests.journeys.stories import AVOID, FIRST_REFRESHER, REFRESHER, WEEK, WEEK_1, joined, opened
from tests.journeys.test_digests import FIRST_DIGEST, digests_in
from tests.sandbox.conftest import picture


async def basic_group(world: World) -> Phone:
    """An ordinary group, no supergroup yet, which a coordinator has linked."""
    grace = await world.phones.person("Grace", "en")
    made = await world.phones.post("/sandbox/groups", {"title": "Peers", "members": [grace.person], "basic": True})
    group = Phone(world.phones, grace.person, made["id"])
    await world.phones.act(f"/sandbox/groups/{group.chat}/add_bot", {})
    await grace.start(world.invitation(Role.COORDINATOR))
    await group.say(f"/link {world.event.code} en")
    await group.sees("This group now gets the digests")
    return group


async def test_a_group_that_was_upgraded_reads_its_digest(world: World) -> None:
    group = await basic_group(world)
    upgraded = await world.phones.act(f"/sandbox/groups/{group.chat}/migrate", {})
    await world.phones.crowd(10, world.link, AVOID)
    await world.phones.until(FIRST_DIGEST)
    there = replace(group, chat=upgraded["id"])
    [digest] = await digests_in(there, "en")
    assert "Before the event" in text_of(digest)
    assert await digests_in(group, "en") == []


async def test_the_upgrade_is_learnt_from_the_refusal_as_well(world: World) -> None:
    group = await basic_group(world)
    # The bot is told by an update, which gets lost here.
    queue = world.sandbox.state.main_bot().updates
    wanted, queue.allowed = queue.allowed, ("callback_query",)
    upgraded = await world.phones.post(f"/sandbox/groups/{group.chat}/migrate", {})
    queue.allowed = wanted
    await world.phones.crowd(10, world.link, AVOID)
    await world.phones.until(FIRST_DIGEST)
    assert len(await digests_in(replace(group, chat=upgraded["id"]), "en")) == 1
    sent = [*await world.phones.journal("sendPhoto"), *await world.phones.journal("sendMessage")]
    refused = [entry["response"] for entry in sent if not entry["response"]["ok"]]
    assert [answer["parameters"] for answer in refused] == [{"migrate_to_chat_id": upgraded["id"]}]


async def test_a_deleted_account_is_left_in_peace(world: World) -> None:
    awa = await joined(world, "Awa", "fr")
    await world.phones.act(f"/sandbox/people/{awa.person}/deactivate", {})
    await world.phones.until(WEEK_1 + WEEK)
    # No update tells of it: the first refresher is refused, and nothing is tried after that.
    refused = [entry["response"] for entry in await world.phones.journal("sendMessage") if not entry["response"]["ok"]]
    assert [answer["description"] for answer in refused] == ["Forbidden: user is deactivated"]
    plans = await world.look(kept.reasons_of(world.store.vault, awa.person))
    assert plans["survey week_1 0"] == "unreachable"


async def test_a_picture_in_place_of_an_answer(world: World) -> None:
    awa = await joined(world, "Awa", "fr")
    await world.phones.until(FIRST_REFRESHER)
    await opened(awa, REFRESHER["fr"], "fr")
    form = aiohttp.FormData({"as": "photo"})
    form.add_field("file", picture(50, 50), filename="moi.png")
    path = f"{world.sandbox.url}/sandbox/people/{awa.person}/send"
    async with aiohttp.ClientSession() as session, session.post(path, data=form) as answer:
        assert answer.status == 200
    await world.phones.settle()
    await awa.sees("Ici, seuls les mots et les boutons fonctionnent.")

"""Every scene of the demonstration, played by the sandbox against the real bot, with its outcome."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.demo import fill_page
from bot.demo_scenes import scenes
from conversations.model import Event, Language
from tests.journeys import kept
from tests.journeys.conftest import MONDAY, World
from tests.journeys.phones import Phone, text_of
from tests.journeys.stories import JOINED, SAVED, SURVEYS

Play = Callable[[str], Awaitable[None]]
LONGEST = 60
"""Real seconds for one scene; only a failing test ever waits this long."""


@pytest.fixture
async def page(world: World) -> World:
    """The sandbox as the demonstration fills it, without pauses for people to read."""
    world.sandbox.state.pace = replace(world.sandbox.state.pace, scene_pause=0.0, scene_patience=5.0)
    await fill_page(world.sandbox.url, world.event, world.store, world.app, world.clock)
    return world


@pytest.fixture
def play(page: World) -> Play:
    """Play a scene to its end."""

    async def playing(name: str) -> None:
        view = await page.phones.post(f"/sandbox/scenes/{name}/play", {})
        assert view["playing"] == name
        async with asyncio.timeout(LONGEST):
            while view["playing"]:
                await asyncio.sleep(0.02)
                view = await page.phones.get("/sandbox/scenes")
        await page.phones.settle()
        assert view["outcome"] == "done", view["caption"]

    return playing


async def phone(world: World, name: str) -> Phone:
    person = next(each for each in await world.phones.get("/sandbox/people") if each["name"] == name and each["phone"])
    return Phone(world.phones, person["id"], person["id"])


def group(world: World, title: str) -> Phone:
    found = next(each for each in world.sandbox.state.groups.values() if each.title == title)
    return Phone(world.phones, found.members[0], found.id)


def test_there_is_a_scene_for_each_thing(sample_event: Event) -> None:
    offered = [scene["id"] for scene in scenes(sample_event, "Together", MONDAY)]
    assert offered == ["join", "survey", "refresher", "language", "digest", "link", "stop"]
    bare = replace(sample_event, schedule=())
    assert [scene["id"] for scene in scenes(bare, "Together", MONDAY)] == ["join", "link", "stop"]


async def test_joining_in_french(page: World, play: Play) -> None:
    await play("join")
    moussa = await phone(page, "Moussa")
    await moussa.sees(JOINED["fr"])
    zones = {person.id: person.zone for person in page.sandbox.state.people.values()}
    assert zones[moussa.person] == "Africa/Dakar"


async def test_the_first_questions(page: World, play: Play) -> None:
    await play("survey")
    amina = await phone(page, "Amina")
    await amina.sees(SAVED["en"])
    answers = await page.look(kept.survey_of(page.store.vault, amina.person, "week_1"))
    assert answers.keys() == SURVEYS["week_1"].keys()


async def test_a_refresher(page: World, play: Play) -> None:
    await play("refresher")
    awa = await phone(page, "Awa")
    [(message, _, _)] = await page.look(kept.recalls_of(page.store.vault, awa.person))
    await awa.sees(page.event.message(message).text.fr)


async def test_a_change_of_language(page: World, play: Play) -> None:
    await play("language")
    joy = await phone(page, "Joy")
    await joy.sees(SAVED["fr"])
    answers = await page.look(kept.survey_of(page.store.vault, joy.person, "week_1"))
    assert answers.keys() == SURVEYS["week_1"].keys()


async def test_a_digest(page: World, play: Play) -> None:
    await play("digest")
    read = await group(page, page.event.title.en).received()
    assert "at least ten people" in text_of(read[-1])


async def test_a_coordinator(page: World, play: Play) -> None:
    await play("link")
    circle = group(page, "Cercle francophone")
    await circle.sees("Ce groupe recevra désormais les bilans")
    # Once more: the invitation of before is used up, and another Grace comes.
    await play("link")
    names = [person["name"] for person in await page.phones.get("/sandbox/people") if person["phone"]]
    assert {"Grace", "Grace 2"} <= set(names)


async def test_leaving_and_coming_back(page: World, play: Play) -> None:
    await play("stop")
    awa = await phone(page, "Awa")
    written = [text_of(each) for each in await awa.received()]
    left = next(index for index, text in enumerate(written) if "Vous êtes parti" in text or "plus rien" in text)
    assert "Vous avez un nouveau message." not in written[:left]
    assert sum(JOINED["fr"] in text for text in written) == 2


async def test_the_same_scene_twice_is_played_by_somebody_new(page: World, play: Play) -> None:
    await play("join")
    await play("join")
    await (await phone(page, "Moussa 2")).sees(JOINED["fr"])


async def test_the_calendar_tells_what_comes_and_what_came(page: World, play: Play) -> None:
    await play("survey")
    amina = await phone(page, "Amina")
    entries = (await page.phones.get("/sandbox/calendar"))["entries"]
    mine = [entry for entry in entries if entry["chat"] == amina.person]
    assert [entry["state"] for entry in mine[:3]] == ["sent", "sent", "planned"]
    survey = page.event.survey("week_1").title
    assert mine[1]["title"] == {"en": f"Survey: {survey.en}", "fr": f"Enquête\u00a0: {survey.fr}"}
    clock = await page.phones.get("/sandbox/clock")
    assert clock["next_title"] in [entry["title"] for entry in entries if entry["at"] == clock["next"]]
    assert Language.FR in clock["next_title"]

"""Scenes that play themselves: each kind of step, what a step waits for, and every way in which a scene ends."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from sandbox.server import Serving
from tests.sandbox.listening import page
from tests.sandbox.test_scene_mistakes import BOTH, ended, scene

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
Updates = Callable[[], Awaitable[list[Json]]]
Following = Callable[[list[str]], Awaitable[Any]]

LINK = "https://t.me/sandbox42_bot?start=INVITED"
NOON = "2027-03-01T12:00:00+00:00"


@pytest.fixture
async def offer(call: Call, control: Call, sandbox: Serving) -> Call:
    """Hand in a scene of these steps, without pauses; a bot has called and invites people."""
    sandbox.state.pace = replace(sandbox.state.pace, scene_pause=0.0, scene_patience=0.2)
    await call("getMe")

    async def offering(*steps: Json, cast: tuple[Json, ...] = ()) -> Json:
        invitations = {"participant": {"link": LINK}, "coordinator": {"links": [LINK + "2", LINK + "3"]}}
        return await control("demo", invitations=invitations, scenes=[scene(*steps, cast=cast)])

    return offering


@pytest.fixture
def played(control: Call, web: httpx.AsyncClient) -> Call:
    """Play the scene to its end."""

    async def playing() -> Json:
        await control("scenes/one/play")
        return await ended(web)

    return playing


@pytest.fixture
async def parrot(call: Call) -> AsyncIterator[None]:
    """A bot that answers each word with a button, and each tap by changing the message."""

    async def answering() -> None:
        offset = 0
        while True:
            for update in (await call("getUpdates", offset=offset, timeout=2))["result"]:
                offset = update["update_id"] + 1
                if query := update.get("callback_query"):
                    message = query["message"]
                    place = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
                    await call("editMessageText", **place, text=f"tapped {query['data']}", reply_markup=keys("Again"))
                elif message := update.get("message"):
                    said = message.get("text", "")
                    await call("sendMessage", chat_id=message["chat"]["id"], text=f"heard {said}", reply_markup=keys())

    task = asyncio.create_task(answering())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def keys(*more: str) -> Json:
    return {"inline_keyboard": [[{"text": text, "callback_data": text.lower()} for text in ("Yes", "No", *more)]]}


async def test_they_are_offered_by_name(offer: Call, web: httpx.AsyncClient) -> None:
    await offer({"do": "wait"}, {"do": "wait"})
    view = (await web.get("/sandbox/scenes")).json()
    assert view == {
        "scenes": [{"id": "one", "name": BOTH, "about": BOTH, "steps": 2}],
        "playing": None,
        "step": 0,
        "caption": None,
        "chat": None,
        "outcome": None,
    }


@pytest.mark.usefixtures("parrot")
async def test_somebody_new_talks_to_the_bot(
    offer: Call, played: Call, sandbox: Serving, web: httpx.AsyncClient
) -> None:
    ama = {"name": "Ama", "language": "fr", "zone": "Africa/Accra"}
    await offer(
        {"do": "start", "who": "Ama"},
        {"do": "tap", "who": "Ama", "text": "Yes"},
        {"do": "wait", "who": "Ama", "text": "tapped yes"},
        {"do": "tap", "who": "Ama", "data": "no"},
        {"do": "tap", "who": "Ama", "place": 3},
        {"do": "say", "who": "Ama", "text": "bye"},
        {"do": "wait", "who": "Ama", "text": "heard bye"},
        cast=(ama,),
    )
    assert (await played())["outcome"] == "done"
    [person] = [each for each in sandbox.state.people.values() if each.name == "Ama"]
    assert (person.phone, person.language, person.zone) == (True, "fr", "Africa/Accra")
    texts = [message["text"] for message in (await web.get(f"/sandbox/chats/{person.id}/messages")).json()]
    assert texts == ["/start INVITED", "tapped again", "bye", "heard bye"]


@pytest.mark.usefixtures("parrot")
async def test_the_cast_is_new_each_time(offer: Call, played: Call, sandbox: Serving, control: Call) -> None:
    waiting = (await control("people", name="Ama", phone=True))["id"]
    await offer({"do": "start", "who": "Ama"}, cast=({"name": "Ama"},))
    assert (await played())["outcome"] == "done"
    assert sandbox.state.private_chat(42, waiting).started  # her phone was there and had not been used
    await played()
    await played()
    assert [person.name for person in sandbox.state.people.values()] == ["Ama", "Ama 2", "Ama 3"]


@pytest.mark.usefixtures("parrot")
async def test_coordinators_use_up_their_invitations(offer: Call, played: Call, web: httpx.AsyncClient) -> None:
    grace = {"name": "Grace", "role": "coordinator"}
    await offer(
        {"do": "start", "who": "Grace"}, {"do": "wait", "who": "Grace", "text": "heard /start INVITED"}, cast=(grace,)
    )
    assert [(await played())["outcome"] for _ in range(2)] == ["done", "done"]
    refused = await web.post("/sandbox/scenes/one/play")
    assert (refused.status_code, "invitation left" in refused.json()["error"]) == (409, True)


@pytest.mark.usefixtures("parrot")
async def test_a_group_comes_together(offer: Call, played: Call, sandbox: Serving) -> None:
    steps = (
        {"do": "group", "chat": "Peers", "members": ["Ama", "Ben"]},
        {"do": "say", "who": "Ben", "chat": "Peers", "text": "/hello"},
        {"do": "wait", "chat": "Peers", "text": "heard /hello"},
    )
    await offer(*steps)
    assert (await played())["outcome"] == "done"
    assert (await played())["outcome"] == "done"
    [group] = sandbox.state.groups.values()
    assert group.phone
    assert sorted(sandbox.state.people[each].name for each in group.members) == ["Ama", "Ben"]


@pytest.mark.usefixtures("parrot")
async def test_blocking_and_changing_the_language(offer: Call, played: Call, sandbox: Serving) -> None:
    await offer(
        {"do": "start", "who": "Ama"},
        {"do": "block", "who": "Ama"},
        {"do": "language", "who": "Ama", "language": "fr"},
        cast=({"name": "Ama"},),
    )
    assert (await played())["outcome"] == "done"
    [ama] = sandbox.state.people.values()
    assert (ama.language, sandbox.state.private_chat(42, ama.id).blocked) == ("fr", True)


async def test_people_send_files_and_where_they_are(offer: Call, played: Call, sandbox: Serving) -> None:
    steps = [{"do": "send", "who": "Ama", "kind": kind} for kind in ("photo", "voice", "location")]
    await offer({"do": "start", "who": "Ama"}, *steps, cast=({"name": "Ama"},))
    assert (await played())["outcome"] == "done"
    [ama] = sandbox.state.people
    started, *sent = sandbox.state.private_chat(42, ama).messages.values()
    assert started.text == "/start INVITED"
    assert [next(iter(each.media.content() if each.media else each.content)) for each in sent] == [
        "photo",
        "voice",
        "location",
    ]


async def test_a_phone_is_locked_on_the_page(offer: Call, played: Call, sandbox: Serving) -> None:
    await offer({"do": "lock", "who": "Ama"}, {"do": "unlock", "who": "Ama"}, cast=({"name": "Ama"},))
    with page(sandbox) as heard:
        await played()
    [ama] = sandbox.state.people
    assert heard("lock") == [{"type": "lock", "locked": locked, "chat": ama} for locked in (True, False)]


async def test_time_goes_on(offer: Call, played: Call, control: Call, follower: Following) -> None:
    await control("clock", frozen=True)
    await control("clock", to="2027-03-01T08:00:00+00:00")
    bot = await follower([NOON])
    await offer({"do": "next"}, {"do": "advance", "days": 1, "hours": 2})
    assert (await played())["outcome"] == "done"
    assert bot.done == [NOON]
    assert (await control("clock", frozen=True))["now"] == "2027-03-02T14:00:00+00:00"


async def test_until_goes_from_one_thing_to_the_next(
    offer: Call, played: Call, control: Call, call: Call, follower: Following, ama: int, sandbox: Serving
) -> None:
    await control("clock", frozen=True)
    await control("clock", to="2027-03-01T08:00:00+00:00")
    days = [f"2027-03-{day:02}T12:00:00+00:00" for day in range(1, 9)]
    await follower(days)
    reached = sandbox.state.clock.changed

    async def late() -> None:
        """On the third day something comes."""
        await reached.until(lambda: sandbox.state.clock.now().day >= 3, 5)
        await call("sendMessage", chat_id=ama, text="It is time")

    coming = asyncio.create_task(late())
    await offer({"do": "until", "who": "Ama", "text": "It is time", "days": 30})
    assert (await played())["outcome"] == "done"
    await coming
    assert 3 <= sandbox.state.clock.now().day < 8
    view = await played()  # nothing of the kind comes any more
    assert (view["outcome"], "It is time" in view["caption"]["fr"]) == ("failed", True)


async def test_the_page_hears_each_step(offer: Call, played: Call, sandbox: Serving) -> None:
    captions = [{"en": "First", "fr": "D’abord"}, {"en": "Then", "fr": "Ensuite"}]
    await offer(*({"do": "wait", "caption": caption} for caption in captions), {"do": "wait"})
    with page(sandbox) as heard:
        await played()
    told = [(event["playing"], event["step"], event["caption"]["en"]) for event in heard("scenes")]
    assert told == [("one", 1, "First"), ("one", 2, "Then"), ("one", 3, "Then"), (None, 3, "The scene is over.")]


async def test_a_button_that_never_comes(offer: Call, played: Call) -> None:
    await offer({"do": "tap", "who": "Ama", "text": "Yes"}, {"do": "wait"}, cast=({"name": "Ama"},))
    view = await played()
    assert (view["outcome"], view["step"]) == ("failed", 1)
    assert view["caption"] == {
        "en": "The scene stopped here: Ama sees no button “Yes”.",
        "fr": "La scène s’arrête ici\u00a0: Ama ne voit pas de bouton «\u00a0Yes\u00a0».",
    }


async def test_what_cannot_be_done_ends_it_in_words(offer: Call, played: Call, control: Call) -> None:
    await offer({"do": "block", "who": "Ama"}, {"do": "say", "who": "Ama", "text": "hello"})
    view = await played()
    assert (view["outcome"], view["step"]) == ("failed", 2)
    assert "has blocked the bot" in view["caption"]["en"]
    assert "l’étape 2" in view["caption"]["fr"]
    await offer({"do": "say", "who": "Ama", "chat": "Nowhere", "text": "hello"})
    assert "il n’y a pas de groupe" in (await played())["caption"]["fr"]


async def test_a_fault_of_the_sandbox_ends_it_as_well(offer: Call, played: Call, sandbox: Serving) -> None:
    await offer({"do": "next"})
    sandbox.state.mover.to_next = None  # type: ignore[method-assign, assignment]
    assert (await played())["caption"]["en"] == "The scene stopped here: step 1 cannot be done now (TypeError)."


async def test_stopping(offer: Call, control: Call, web: httpx.AsyncClient, sandbox: Serving) -> None:
    sandbox.state.pace = replace(sandbox.state.pace, scene_patience=20.0)
    await offer({"do": "wait", "who": "Ama", "text": "never"})
    await control("scenes/one/play")
    again = await web.post("/sandbox/scenes/one/play")
    assert (again.status_code, "stop it first" in again.json()["error"]) == (409, True)
    view = await control("scenes/stop")
    assert (view["playing"], view["outcome"], view["caption"]["fr"]) == (None, "stopped", "La scène a été arrêtée.")
    assert (await control("scenes/stop"))["outcome"] == "stopped"
    await control("scenes/one/play")
    await control("reset")
    assert (await web.get("/sandbox/scenes")).json() == {
        "scenes": [],
        "playing": None,
        "step": 0,
        "caption": None,
        "chat": None,
        "outcome": None,
    }


async def test_stopping_the_clock_stops_the_scene(
    offer: Call, control: Call, web: httpx.AsyncClient, follower: Following, sandbox: Serving
) -> None:
    await control("clock", frozen=True)
    await control("clock", to="2027-03-01T08:00:00+00:00")
    bot = await follower([f"2027-03-01T12:{minute:02}:00+00:00" for minute in range(60)])
    await offer({"do": "advance", "days": 1}, {"do": "wait"})
    await control("scenes/one/play")
    moved = sandbox.state.clock.changed
    assert await moved.until(lambda: bool(bot.done), 5)
    await control("clock", stop=True)
    assert (await ended(web))["outcome"] == "stopped"
    assert len(bot.done) < 60

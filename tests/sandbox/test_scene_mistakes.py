"""What a bot's owner may hand in as scenes, and how a mistake is told."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]

BOTH = {"en": "Hello", "fr": "Bonjour"}


def scene(*steps: Json, cast: tuple[Json, ...] = (), id_: str = "one") -> Json:
    return {"id": id_, "name": BOTH, "about": BOTH, "cast": list(cast), "steps": list(steps)}


async def ended(web: httpx.AsyncClient) -> Json:
    """What the sandbox says once no scene plays any more."""
    async with asyncio.timeout(5):
        while True:
            view: Json = (await web.get("/sandbox/scenes")).json()
            if not view["playing"]:
                return view
            await asyncio.sleep(0.005)


async def test_an_unknown_scene(control: Call, web: httpx.AsyncClient) -> None:
    await control("demo", scenes=[scene({"do": "wait"})])
    assert (await web.post("/sandbox/scenes/two/play")).status_code == 404


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        ({"do": "fly"}, "fly"),
        ({}, "None"),
        ({"do": "say", "who": "Ama"}, "say needs text"),
        ({"do": "send", "who": "Ama"}, "send needs kind"),
        ({"do": "send", "who": "Ama", "kind": "parcel"}, "parcel"),
        ({"do": "tap", "who": "Ama"}, "tap needs the text, the data or the place"),
        ({"do": "wait", "text": "hello"}, "who, or a chat"),
        ({"do": "advance", "days": -1}, "upwards"),
        ({"do": "advance", "days": "many"}, "many"),
        ({"do": "wait", "caption": {"en": "only"}}, "caption"),
        ("wait", "str"),
    ],
)
async def test_a_step_with_a_mistake_is_named(control: Call, web: httpx.AsyncClient, step: Any, problem: str) -> None:
    await control("demo", scenes=[scene({"do": "wait"})])
    answer = await web.post("/sandbox/demo", json={"scenes": [scene({"do": "wait"}, step, id_="new")]})
    assert answer.status_code == 400
    assert "scene 'new', step 2" in answer.json()["error"]
    assert problem in answer.json()["error"]
    assert [each["id"] for each in (await web.get("/sandbox/scenes")).json()["scenes"]] == ["one"]


async def test_what_is_no_scene(web: httpx.AsyncClient) -> None:
    for scenes in ({"id": "one"}, [{}], [{"id": "one"}], [scene()], [scene({"do": "wait"}, cast=({"role": "king"},))]):
        assert (await web.post("/sandbox/demo", json={"scenes": scenes})).status_code == 400, scenes

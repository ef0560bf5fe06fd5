"""Faults on demand: what a client library sees of them, what was carried out, and how often they struck."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import httpx
import pytest

from sandbox.server import Serving
from tests.sandbox.hooks import Hook, listening, texts

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
Send = Callable[[], Awaitable[Json]]
TOKEN = "42:test-token"


@pytest.fixture
def send(call: Call, ama: int) -> Send:
    """The bot writes to Ama."""

    async def sending() -> Json:
        return await call("sendMessage", chat_id=ama, text="Hello")

    return sending


async def arrived(web: httpx.AsyncClient, person: int) -> int:
    """How many messages of the bot have reached a person."""
    messages = (await web.get(f"/sandbox/chats/{person}/messages")).json()
    return sum(message["from"]["is_bot"] for message in messages)


async def struck(web: httpx.AsyncClient) -> list[int]:
    return [fault["struck"] for fault in (await web.get("/sandbox/faults")).json()["faults"]]


@pytest.mark.parametrize(("kind", "reaches"), [("cut", 0), ("lost_answer", 1)])
async def test_the_connection_breaks_for_any_client(
    kind: str, reaches: int, sandbox: Serving, web: httpx.AsyncClient, control: Call, send: Send, ama: int
) -> None:
    await control("faults", faults=[{"kind": kind, "times": 2}])
    with pytest.raises(httpx.RemoteProtocolError):
        await send()
    async with aiohttp.ClientSession(sandbox.url) as session:
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await session.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": ama, "text": "Hello"})
    assert await arrived(web, ama) == 2 * reaches
    assert (await send())["ok"]
    assert await struck(web) == [2]


async def test_other_connections_stay_whole(control: Call, call: Call, ama: int) -> None:
    waiting = asyncio.create_task(call("getUpdates", timeout=30))
    await control("faults", faults=[{"kind": "cut"}])
    with pytest.raises(httpx.RemoteProtocolError):
        await call("sendMessage", chat_id=ama, text="Hello")
    await control(f"people/{ama}/say", text="still there")
    async with asyncio.timeout(5):
        assert texts((await waiting)["result"]) == ["still there"]


@pytest.mark.parametrize(("after", "reaches"), [(False, 0), (True, 1)])
async def test_a_server_error_in_the_words_of_telegram(
    after: bool, reaches: int, web: httpx.AsyncClient, control: Call, send: Send, ama: int
) -> None:
    await control("faults", faults=[{"kind": "server_error", "after": after, "status": 500}])
    assert await send() == {"ok": False, "error_code": 500, "description": "Internal Server Error"}
    assert await arrived(web, ama) == reaches


async def test_a_gateway_answers_with_a_page(web: httpx.AsyncClient, control: Call, ama: int) -> None:
    await control("faults", faults=[{"kind": "server_error", "html": True}])
    answer = await web.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": ama, "text": "Hello"})
    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert "<h1>502 Bad Gateway</h1>" in answer.text


async def test_a_slow_answer_comes_when_its_time_has_come(
    web: httpx.AsyncClient, control: Call, send: Send, ama: int
) -> None:
    await control("faults", faults=[{"kind": "slow", "seconds": 0.1}])
    loop = asyncio.get_running_loop()
    begun = loop.time()
    assert (await send())["ok"]
    assert loop.time() - begun >= 0.1

    await control("faults", faults=[{"kind": "slow", "seconds": 600}])
    waiting = asyncio.create_task(send())
    async with asyncio.timeout(5):
        while await arrived(web, ama) < 2:
            pass
        assert not waiting.done()
        await control("faults", faults=[])
        assert (await waiting)["ok"]


async def test_a_storm_is_over_after_so_many_calls(web: httpx.AsyncClient, control: Call, send: Send) -> None:
    await control("faults", faults=[{"kind": "storm", "times": 2, "seconds": 7}])
    refusal = {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert [await send(), await send()] == [refusal, refusal]
    assert (await send())["ok"]
    assert await struck(web) == [2]


async def test_only_sending_is_struck_unless_methods_are_named(control: Call, call: Call, send: Send, ama: int) -> None:
    await control("faults", faults=[{"kind": "storm"}])
    assert (await call("getMe"))["ok"]
    assert (await call("sendChatAction", chat_id=ama, action="typing"))["ok"]
    assert not (await send())["ok"]
    await control("faults", faults=[{"kind": "storm", "methods": ["GETME"]}])
    assert not (await call("getme"))["ok"]
    assert (await send())["ok"]


async def test_a_fault_in_one_chat_spares_the_others(control: Call, call: Call, send: Send, ama: int) -> None:
    kofi = (await control("people", name="Kofi"))["id"]
    await control(f"people/{kofi}/start")
    await control("faults", faults=[{"kind": "storm", "chat": kofi}])
    assert (await send())["ok"]
    assert not (await call("sendMessage", chat_id=str(kofi), text="Hello"))["ok"]


async def test_the_same_seed_strikes_the_same_calls(web: httpx.AsyncClient, control: Call, send: Send) -> None:
    async def pattern(seed: int, *more: Json) -> list[bool]:
        await control("faults", faults=[{"kind": "storm", "share": 0.5}, *more], seed=seed)
        return [(await send())["ok"] for _ in range(20)]

    first = await pattern(1)
    assert 0 < sum(first) < 20
    assert (await struck(web))[0] == 20 - sum(first)
    assert await pattern(1, {"kind": "slow", "seconds": 0, "share": 0.5}) == first
    assert await pattern(2) != first


async def test_an_update_comes_again_after_it_was_acknowledged(
    web: httpx.AsyncClient, control: Call, call: Call, ama: int
) -> None:
    await control("faults", faults=[{"kind": "duplicate", "times": 1}])
    for text in ("one", "two"):
        await control(f"people/{ama}/say", text=text)
    first = (await call("getUpdates"))["result"]
    assert texts(first) == ["one", "two"]
    offset = first[-1]["update_id"] + 1
    assert (await call("getUpdates", offset=offset))["result"] == first[:1]
    assert (await call("getUpdates", offset=offset))["result"] == []
    assert await struck(web) == [1]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    async with listening() as ready:
        yield ready


async def test_an_update_comes_twice_to_a_webhook(
    web: httpx.AsyncClient, control: Call, call: Call, ama: int, hook: Hook
) -> None:
    await control("faults", faults=[{"kind": "duplicate", "times": 1}])
    await call("setWebhook", url=hook.url)
    await control(f"people/{ama}/say", text="one")
    await control(f"people/{ama}/say", text="two")
    assert await hook.wait_for(3) == ["one", "one", "two"]
    assert len({update["update_id"] for _, update in hook.received}) == 2
    assert await struck(web) == [1]


async def test_updates_change_their_order(web: httpx.AsyncClient, control: Call, call: Call, ama: int) -> None:
    await control("faults", faults=[{"kind": "reorder", "seconds": 0.2, "times": 1}])
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    for text in ("one", "two"):
        await control(f"people/{ama}/say", text=text)
    assert texts((await poll)["result"]) == ["two", "one"]
    assert texts((await call("getUpdates"))["result"]) == ["one", "two"]
    assert await struck(web) == [1]


async def test_a_webhook_gets_another_chat_first(control: Call, call: Call, ama: int, hook: Hook) -> None:
    people = [(await control("people", name=name))["id"] for name in ("Kofi", "Efua", "Issa")]
    for person in (ama, *people):
        await control(f"people/{person}/say", text=str(person))
    await control("faults", faults=[{"kind": "reorder"}])
    await call("setWebhook", url=hook.url, max_connections=1)
    given, in_order = await hook.wait_for(4), [str(person) for person in (ama, *people)]
    assert given != in_order
    assert sorted(given) == in_order


async def test_a_page_that_is_open_hears_of_every_stroke(sandbox: Serving, control: Call, send: Send) -> None:
    async with (
        httpx.AsyncClient(timeout=5) as reader,
        reader.stream("GET", f"{sandbox.url}/sandbox/stream") as page,
    ):
        lines = page.aiter_lines()
        events: list[Json] = []
        await control("faults", faults=[{"kind": "storm", "times": 1}])
        await send()
        async with asyncio.timeout(5):
            while len(events) < 2:
                line = await anext(lines)
                event = json.loads(line.removeprefix("data: ")) if line else {}
                events += [event] if event.get("type") == "faults" else []
    assert [[(fault["kind"], fault["struck"]) for fault in event["faults"]] for event in events] == [
        [("storm", 0)],
        [("storm", 1)],
    ]


async def test_the_journal_says_which_fault_struck(sandbox: Serving, control: Call, send: Send) -> None:
    await control("faults", faults=[{"kind": "cut", "times": 1}, {"kind": "lost_answer", "times": 1}])
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            await send()
    await send()
    sent = [entry for entry in sandbox.state.journal.entries if entry.get("method") == "sendMessage"]
    assert [(entry["response"]["ok"], entry.get("fault")) for entry in sent] == [(True, "lost_answer"), (True, None)]


async def test_a_new_beginning_has_no_faults(web: httpx.AsyncClient, control: Call) -> None:
    await control("faults", faults=[{"kind": "cut"}], seed=3)
    await control("reset")
    assert (await web.get("/sandbox/faults")).json()["faults"] == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "the field 'faults' is missing"),
        ({"faults": "cut"}, "'faults' is a list"),
        ({"faults": ["cut"]}, "each fault is a JSON object"),
        ({"faults": [{"kind": "flood"}]}, "no such kind of fault: 'flood' (lost_answer, cut, "),
        ({"faults": [{"kind": "cut", "shares": 1}]}, "a fault has no field 'shares'"),
        ({"faults": [{"kind": "cut", "share": 1.5}]}, "'share' is a number from 0 to 1"),
        ({"faults": [{"kind": "slow", "seconds": -1}]}, "'seconds' is a number from 0 to 3600"),
        ({"faults": [{"kind": "cut", "times": 0}]}, "'times' is at least 1"),
        ({"faults": [{"kind": "cut", "methods": "getMe"}]}, "'methods' is a list of names"),
        ({"faults": [{"kind": "server_error", "status": 404}]}, "'status' is one of (500, 502, 503, 504)"),
    ],
)
async def test_faults_that_make_no_sense(body: Json, reason: str, web: httpx.AsyncClient) -> None:
    answer = await web.post("/sandbox/faults", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(reason)

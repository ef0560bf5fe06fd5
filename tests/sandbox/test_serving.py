"""The server as such: it starts anywhere, tells pages what happens, and stops at once."""

import asyncio
import json
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx

from sandbox.server import Serving, serving

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]


async def test_two_sandboxes_side_by_side() -> None:
    async with serving() as one, serving() as two, httpx.AsyncClient(verify=False) as web:
        assert one.url != two.url
        person = await web.post(f"{one.url}/sandbox/people", json={"name": "Ama"})
        assert [each["id"] for each in (await web.get(f"{one.url}/sandbox/people")).json()] == [person.json()["id"]]
        assert (await web.get(f"{two.url}/sandbox/people")).json() == []


async def test_it_stops_while_everybody_waits() -> None:
    async with httpx.AsyncClient(verify=False, timeout=30) as web:
        async with serving() as sandbox:
            await web.get(f"{sandbox.url}/bot42:x/getMe")
            version = sandbox.state.clock.version
            waiting = [
                asyncio.create_task(web.get(f"{sandbox.url}/bot42:x/getUpdates?timeout=30")),
                asyncio.create_task(web.get(f"{sandbox.url}/sandbox/clock?after={version}")),
                asyncio.create_task(web.get(f"{sandbox.url}/sandbox/stream")),
            ]
            async with asyncio.timeout(5):
                while not (sandbox.state.bots[42].updates.arrived._waiting and sandbox.state.stream.has_listeners):
                    await web.get(f"{sandbox.url}/sandbox/clock")
        async with asyncio.timeout(5):
            answers = await asyncio.gather(*waiting)
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0].json() == {"ok": True, "result": []}


async def test_a_page_hears_of_its_phones_only(sandbox: Serving, call: Call, control: Call, ama: int) -> None:
    amina = (await control("people", name="Amina", phone=True))["id"]
    await control(f"people/{amina}/start")
    async with (
        httpx.AsyncClient(verify=False, timeout=5) as web,
        web.stream("GET", f"{sandbox.url}/sandbox/stream") as page,
    ):
        lines = page.aiter_lines()
        first = await event(lines)
        assert (first["type"], [phone["chat"] for phone in first["phones"]]) == ("snapshot", [amina])
        assert [message["text"] for message in first["phones"][0]["messages"]] == ["/start"]
        await call("sendMessage", chat_id=ama, text="Not shown")
        sent = (await call("sendMessage", chat_id=amina, text="Shown"))["result"]["message_id"]
        await call("deleteMessage", chat_id=amina, message_id=sent)
        shown, gone = await event(lines), await event(lines)
        assert (shown["type"], shown["chat"], shown["message"]["text"]) == ("message", amina, "Shown")
        assert (gone["type"], gone["message_id"]) == ("deleted", sent)


async def test_as_a_program() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", str(port)), stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert program.stdout is not None
    assert (await program.stdout.readline()).decode().split() == ["Phones:", f"http://127.0.0.1:{port}/"]
    async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(retries=8, verify=False)) as web:
        answer = await web.get(f"http://127.0.0.1:{port}/bot42:x/getMe")
    program.terminate()
    async with asyncio.timeout(10):
        await program.wait()
    assert answer.json()["result"]["username"] == "sandbox42_bot"


async def event(lines: Any) -> Json:
    async for line in lines:
        if line.startswith("data: "):
            found: Json = json.loads(line.removeprefix("data: "))
            return found
    raise AssertionError("the stream ended")

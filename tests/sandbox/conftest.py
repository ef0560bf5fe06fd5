"""A sandbox for each test, and a look at all that passed through it when the test is over."""

import asyncio
import importlib.util
import io
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import aiogram.methods
import httpx
import pytest
from aiogram.types import TelegramObject, Update
from PIL import Image
from pydantic import TypeAdapter

from sandbox.methods import METHODS
from sandbox.server import Serving, serving
from sandbox.state import Pace

QUICK = Pace(webhook_retry=0.01, agenda_patience=0.2, crowd_pause=0.001, crowd_silence=0.05)
TOKEN = "42:test-token"

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Serving]:
    async with serving(pace=QUICK) as running:
        yield running
        lines = running.state.journal.lines().splitlines()
    hold_against_aiogram(lines)
    hold_against_schema(lines)


@pytest.fixture
async def web(sandbox: Serving) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=sandbox.url, timeout=10, verify=False) as client:
        yield client


@pytest.fixture
def call(web: httpx.AsyncClient) -> Call:
    """Call a method of the Bot API; gives the envelope, whose code is also the HTTP status."""

    async def calling(method: str, *, token: str = TOKEN, **values: Any) -> Json:
        answer = await web.post(f"/bot{token}/{method}", json=values)
        body: Json = answer.json()
        assert answer.status_code == body.get("error_code", 200)
        return body

    return calling


@pytest.fixture
def control(web: httpx.AsyncClient) -> Call:
    """POST to the control interface; refuses nothing but success."""

    async def controlling(path: str, **values: Any) -> Json:
        answer = await web.post(f"/sandbox/{path}", json=values)
        assert answer.status_code == 200, answer.text
        body: Json = answer.json()
        return body

    return controlling


@pytest.fixture
def send_file(web: httpx.AsyncClient) -> Callable[..., Awaitable[httpx.Response]]:
    """Somebody sends a file; `how` names the other fields of the form."""

    async def sending(person: int, name: str, data: bytes, **how: Any) -> httpx.Response:
        return await web.post(f"/sandbox/people/{person}/send", data=how, files={"file": (name, data)})

    return sending


def picture(width: int, height: int, kind: str = "PNG", colour: Any = "teal") -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    mode = {"PNG": "RGBA", "GIF": "P"}.get(kind, "RGB")  # to look for the palette of a large GIF takes many seconds
    Image.new(mode, (width, height), colour).save(file, kind)
    return file.getvalue()


def methods_that_worked(sandbox: Serving) -> set[str]:
    """The names of all methods that a bot called with success."""
    answered = [entry for entry in sandbox.state.journal.entries if "method" in entry]
    return {entry["method"] for entry in answered if entry["response"]["ok"]}


def every_method() -> set[str]:
    return {method.name for method in METHODS.values()}


@pytest.fixture
async def ama(call: Call, control: Call) -> int:
    """The id of Ama, who reads French and has started the bot; her /start is already acknowledged."""
    await call("getMe")
    person: int = (await control("people", name="Ama", language="fr"))["id"]
    await control(f"people/{person}/start", code="")
    updates = await call("getUpdates")
    await call("getUpdates", offset=updates["result"][-1]["update_id"] + 1)
    return person


@pytest.fixture
def updates(call: Call) -> Callable[[], Awaitable[list[Json]]]:
    """Collect and acknowledge what waits for the bot."""

    async def collecting() -> list[Json]:
        waiting: list[Json] = (await call("getUpdates", timeout=2))["result"]
        if waiting:
            await call("getUpdates", offset=waiting[-1]["update_id"] + 1)
        return waiting

    return collecting


@pytest.fixture
def left(call: Call) -> Callable[[], Awaitable[list[Json]]]:
    """What waits for the bot this instant. A deed is an update by the time that it is answered: none comes later."""

    async def looking() -> list[Json]:
        waiting: list[Json] = (await call("getUpdates"))["result"]
        return waiting

    return looking


def hold_against_aiogram(lines: list[str]) -> None:
    """Every line of a journal is what the types of an independent library say it is, and nothing more."""
    for line in lines:
        entry = with_newer_rights(json.loads(line))
        if "update" in entry:
            assert not unknown_fields(Update.model_validate(entry["update"])), line
        elif entry["response"]["ok"]:
            result = result_type(entry["method"]).validate_python(entry["response"]["result"])
            assert not unknown_fields(result), line
        else:
            assert entry["response"].keys() >= {"error_code", "description"}, line


@cache
def result_type(method: str) -> TypeAdapter[Any]:
    name = METHODS[method.lower()].name
    return TypeAdapter(getattr(aiogram.methods, name[0].upper() + name[1:]).__returning__)


def with_newer_rights(value: Any) -> Any:
    """aiogram follows Bot API 10.3, where administrators have a right that 10.0, hence the sandbox, does not know."""
    if isinstance(value, list):
        return [with_newer_rights(item) for item in value]
    if not isinstance(value, dict):
        return value
    newer = {"can_send_welcome_messages": True} if value.get("status") == "administrator" else {}
    return {name: with_newer_rights(item) for name, item in value.items()} | newer


def unknown_fields(value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for item in value for name in unknown_fields(item)]
    if not isinstance(value, TelegramObject):
        return []
    inner = [name for field in type(value).model_fields for name in unknown_fields(getattr(value, field))]
    return list(value.model_extra or ()) + inner


def hold_against_schema(lines: list[str]) -> None:
    """Where Telegram's schema and its checker are at hand, they have to agree as well."""
    checker = schema_checker()
    for line in lines if checker else ():
        entry = json.loads(line)
        if "update" in entry:
            assert not checker.faults_of_update(entry["update"]), line
        else:
            assert not checker.faults_of_response(entry["method"], entry["response"]), line


@cache
def schema_checker() -> Any:
    path = os.environ.get("BOT_API_CHECKER")
    return load(Path(path)) if path else None


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Follower:
    """A bot that follows the clock: it has something to do at each of its instants, and announces the next one."""

    def __init__(self, web: httpx.AsyncClient, agenda: list[str]) -> None:
        self._web = web
        self.agenda = sorted(agenda)
        self.seen_at: list[str] = []
        self.done: list[str] = []
        self.answers = True
        self._task = asyncio.create_task(self._follow())

    async def announce(self, version: int) -> None:
        body = {"next": self.agenda[0] if self.agenda else None, "seen": version}
        await self._web.post("/sandbox/agenda", json=body)

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _follow(self) -> None:
        version = 0
        while True:
            clock = (await self._web.get("/sandbox/clock", params={"after": version}, timeout=30)).json()
            version = clock["version"]
            self.seen_at.append(clock["now"])
            while self.agenda and self.agenda[0] <= clock["now"] and self.answers:
                self.done.append(self.agenda.pop(0))
            if self.answers:
                await self.announce(version)


@pytest.fixture
async def follower(web: httpx.AsyncClient) -> AsyncIterator[Callable[[list[str]], Awaitable[Follower]]]:
    followers: list[Follower] = []

    async def following(agenda: list[str]) -> Follower:
        new = Follower(web, agenda)
        followers.append(new)
        async with asyncio.timeout(5):
            while not (await web.get("/sandbox/clock")).json()["next"] and agenda:
                pass
        return new

    yield following
    for each in followers:
        await each.stop()

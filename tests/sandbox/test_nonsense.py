"""What makes no sense is refused in words, and nothing of it stays."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.photos import UnreadablePhoto, sizes_of
from sandbox.strict_json import from_json

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]

ROOT = Path(__file__).parents[2]
FAULT = {"kind": "slow", "methods": ["sendmessage"]}
STEP = {"do": "wait"}
BOTH = {"en": "Hello", "fr": "Bonjour"}


def scene(**how: Any) -> Json:
    return {"scenes": [{"id": "one", "name": BOTH, "about": BOTH, "steps": [STEP]} | how]}


@pytest.mark.parametrize(
    "raw",
    [
        b"NaN",
        b"[1e999]",
        b"-Infinity",
        b'{"a": 1%s}' % (b"0" * 30),
        b'"\\ud800"',
        b'"\\uDFFF"',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_json_that_could_not_be_given_out_again(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_json(raw)


def test_a_character_written_as_two_escapes_is_one() -> None:
    assert from_json(b'"\\ud83d\\ude00"') == "\U0001f600"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("agenda", {"seen": "soon"}),
        ("clock", {"advance": 10**15}),
        ("clock", {"to": "9999-12-31T23:59:59+00:00"}),
        ("clock", {"to": "0001-01-01T00:00:00+14:00"}),
        ("crowd", {"people": 1, "quiet": True, "languages": 5}),
        ("crowd", {"people": 1, "quiet": True, "texts": 5}),
        ("crowd", {"people": 1.5, "quiet": True}),
        ("crowd", {"people": [{"zone": "Africa/Nowhere"}], "quiet": True}),
        ("demo", {"crowd": "all"}),
        ("demo", {"people": ["Ama"]}),
        ("demo", {"people": [{"name": "Ama", "zone": "Africa/Nowhere"}]}),
        ("demo", scene(cast="Ama")),
        ("demo", scene(cast=[{"name": "Ama", "zone": "Africa/Nowhere"}])),
        ("demo", scene(steps=[{"do": "advance", "days": 1e12}])),
        ("demo/person", {"name": "Ama", "zone": "Africa/Nowhere"}),
        ("faults", {"faults": [FAULT | {"after": "no"}]}),
        ("groups", {"title": "Team", "members": 5}),
        ("groups", {"title": "Team", "basic": "no"}),
        ("limits", {"enabled": "false"}),
        ("limits", {"enabled": True, "per_second": 1e-300}),
    ],
)
async def test_what_the_control_interface_refuses(call: Call, web: httpx.AsyncClient, path: str, body: Json) -> None:
    await call("getMe")
    before = (await web.get("/sandbox/people")).json()
    answer = await web.post(f"/sandbox/{path}", json=body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]
    assert (await web.get("/sandbox/people")).json() == before


async def test_half_a_character_reaches_no_chat(call: Call, web: httpx.AsyncClient, ama: int) -> None:
    refused = await web.post("/bot42:x/sendMessage", data={"chat_id": ama, "text": "x", "reply_markup": '"\\ud800"'})
    assert refused.status_code == 400
    assert (await web.get("/sandbox/journal")).status_code == 200


async def test_a_deleted_account_joins_nothing(control: Call, web: httpx.AsyncClient, ama: int) -> None:
    group = (await control("groups", title="Team"))["id"]
    await control(f"people/{ama}/deactivate")
    for path, body in ((f"groups/{group}/join", {"person": ama}), ("groups", {"title": "More", "members": [ama]})):
        assert (await web.post(f"/sandbox/{path}", json=body)).status_code == 409


async def test_nobody_is_twice_in_a_group_and_nobody_throws_a_bot_out_of_an_empty_one(
    call: Call, control: Call, web: httpx.AsyncClient, ama: int
) -> None:
    await call("getMe")
    group = await control("groups", title="Team", members=[ama, ama])
    assert group["members"] == [ama]
    await control(f"groups/{group['id']}/add_bot")
    await control(f"groups/{group['id']}/leave", person=ama)
    assert (await web.post(f"/sandbox/groups/{group['id']}/remove_bot", json={})).status_code == 409


def test_no_program_is_started_for_a_drawing() -> None:
    drawing = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n"
    with pytest.raises(UnreadablePhoto):
        sizes_of(drawing)


async def begun(web: httpx.AsyncClient) -> None:
    """Wait until a play is under way."""
    for _ in range(1000):
        if (await web.get("/sandbox/clock")).json()["playing"]:
            return
        await asyncio.sleep(0.005)
    raise AssertionError("nothing plays")


async def test_a_reset_ends_the_play(control: Call, web: httpx.AsyncClient) -> None:
    playing = asyncio.create_task(control("clock", play={"days": 3000, "seconds": 600}))
    await begun(web)
    await control("reset")
    async with asyncio.timeout(5):
        assert (await playing)["stopped"]


async def test_it_stops_when_its_input_ends_whatever_plays() -> None:
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", "0", "--until-input-ends"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert program.stdin is not None
    assert program.stdout is not None
    url = (await program.stdout.readline()).decode().split()[-1]
    async with httpx.AsyncClient(base_url=url, timeout=10, verify=False) as web:
        playing = asyncio.create_task(web.post("/sandbox/clock", json={"play": {"days": 3000, "seconds": 600}}))
        await begun(web)
        program.stdin.close()
        async with asyncio.timeout(10):
            assert (await playing).json()["stopped"]
            assert await program.wait() == 0

"""The calendar: a bot tells what it plans and what became of it, and the page shows it."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from sandbox.server import Serving
from tests.sandbox.listening import page

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]

MONDAY, TUESDAY, FRIDAY = (f"2027-03-0{day}T08:00:00+00:00" for day in (1, 2, 5))
SURVEY = {"en": "Survey", "fr": "Enquête"}
NIGHT = {"en": "it was night there", "fr": "il faisait nuit sur place"}


def entry(id_: str, at: str = MONDAY, **more: Any) -> Json:
    return {"id": id_, "at": at, "chat": None, "title": SURVEY, "kind": "survey", "state": "planned", **more}


async def listed(web: httpx.AsyncClient) -> list[Json]:
    found: list[Json] = (await web.get("/sandbox/calendar")).json()["entries"]
    return found


async def test_what_a_bot_told_is_listed_by_time(control: Call, web: httpx.AsyncClient) -> None:
    assert await control("calendar", entries=[entry("b", FRIDAY), entry("a", TUESDAY)]) == {"known": 2}
    first, second = await listed(web)
    assert (first["id"], second["id"]) == ("a", "b")
    assert first == entry("a", TUESDAY) | {"reason": None, "moved_to": None}


async def test_an_entry_told_again_takes_the_place_of_the_old_one(control: Call, web: httpx.AsyncClient) -> None:
    await control("calendar", entries=[entry("a"), entry("b")])
    held = entry("a", state="held", reason=NIGHT, moved_to=TUESDAY)
    assert await control("calendar", entries=[held]) == {"known": 2}
    assert {each["id"]: each["state"] for each in await listed(web)} == {"a": "held", "b": "planned"}
    assert await control("calendar", clear=True) == {"known": 0}
    assert await listed(web) == []


async def test_the_page_hears_what_has_changed_for_its_phones(control: Call, sandbox: Serving) -> None:
    amina = (await control("people", name="Amina", phone=True))["id"]
    hidden = (await control("people", name="Ben"))["id"]
    entries = [entry("group"), entry("hers", chat=amina), entry("his", chat=hidden)]
    with page(sandbox) as heard:
        await control("calendar", entries=entries)
        await control("calendar", entries=[*entries[:2], entry("his", TUESDAY, chat=hidden)])
    assert [[each["id"] for each in event["entries"]] for event in heard("calendar")] == [["group", "hers"]]
    assert [each["id"] for each in sandbox.state.calendar.entries()] == ["group", "hers"]
    assert len(sandbox.state.calendar.entries(everybody=True)) == 3


async def test_the_clock_says_what_comes_next(control: Call, web: httpx.AsyncClient) -> None:
    await control("agenda", next=TUESDAY, seen=10_000)
    assert (await web.get("/sandbox/clock")).json()["next_title"] is None
    put_off = entry("a", state="held", reason=NIGHT, moved_to=TUESDAY)
    await control("calendar", entries=[put_off, entry("b", FRIDAY), entry("c", TUESDAY, state="sent")])
    assert (await web.get("/sandbox/clock")).json()["next_title"] == SURVEY
    await control("agenda", next=FRIDAY, seen=10_000)
    assert (await web.get("/sandbox/clock")).json()["next_title"] == SURVEY
    await control("agenda", next=None, seen=10_000)
    assert (await web.get("/sandbox/clock")).json()["next_title"] is None


async def test_of_two_at_once_the_one_on_the_page_is_named(control: Call, web: httpx.AsyncClient) -> None:
    hidden = (await control("people", name="Ben"))["id"]
    amina = (await control("people", name="Amina", phone=True))["id"]
    refresher = {"en": "Refresher", "fr": "Rappel"}
    await control("agenda", next=MONDAY, seen=10_000)
    await control("calendar", entries=[entry("1", chat=hidden), entry("2", chat=amina, title=refresher)])
    assert (await web.get("/sandbox/clock")).json()["next_title"] == refresher


async def test_a_reset_forgets_it(control: Call, web: httpx.AsyncClient) -> None:
    await control("calendar", entries=[entry("a")])
    await control("reset")
    assert await listed(web) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "2027-03-01T08:00:00"},
        {"at": None},
        {"id": ""},
        {"state": "lost"},
        {"title": {"en": "Survey"}},
        {"reason": "night"},
        {"chat": "Amina"},
        {"moved_to": "tomorrow"},
    ],
)
async def test_one_mistake_and_nothing_is_taken_in(control: Call, web: httpx.AsyncClient, wrong: Json) -> None:
    body = {"entries": [entry("good"), entry("bad") | wrong]}
    answer = await web.post("/sandbox/calendar", json=body)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])
    assert await listed(web) == []


async def test_what_is_no_calendar(web: httpx.AsyncClient) -> None:
    for body in ({}, {"entries": {}}, {"entries": [1]}, {"clear": False}):
        assert (await web.post("/sandbox/calendar", json=body)).status_code == 400, body

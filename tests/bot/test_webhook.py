"""The webhook: who may deliver, what is answered when, and that 200 means on disk."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import Connection, func, select
from starlette.types import Message

from bot.telegram.webhook import LARGEST_UPDATE, SECRET_HEADER, application
from storage.tables import inbox
from tests.bot.outgoing import texts
from tests.bot.updates import in_group, message, tap
from tests.rig import Rig

SECRET = "a-secret-of-16-characters"
HEADERS = {SECRET_HEADER: SECRET}


@pytest.fixture
async def web(rig: Rig) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(application("/updates", SECRET, rig.turns, rig.delivery))
    async with httpx.AsyncClient(transport=transport, base_url="https://example.org") as client:
        yield client


async def seen(rig: Rig) -> int:
    query = select(func.count()).select_from(inbox)
    return await rig.thread.run(lambda connection: connection.scalar(query) or 0)


async def fill_the_disk(rig: Rig) -> None:
    def limit(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.exec_driver_sql("CREATE TABLE filler (words TEXT)")

    with pytest.raises(Exception, match="full"):
        await rig.thread.run(limit)


async def test_an_update_is_answered_when_it_is_on_disk(web: httpx.AsyncClient, rig: Rig) -> None:
    answer = await web.post("/updates", json=message("hello"), headers=HEADERS)
    assert answer.status_code == 200
    assert answer.content == b""
    assert await seen(rig) == 1
    await rig.delivery.idle()
    assert len(rig.channel.heard) == 1


async def test_the_same_update_again_changes_nothing(web: httpx.AsyncClient, rig: Rig) -> None:
    for _ in range(3):
        assert (await web.post("/updates", json=message("hello"), headers=HEADERS)).status_code == 200
    await rig.delivery.idle()
    assert len(rig.channel.heard) == 1


@pytest.mark.parametrize(
    "headers", [{}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: SECRET.upper()}, {SECRET_HEADER: ""}]
)
async def test_without_the_secret_not_a_byte_is_read(headers: dict[str, str], web: httpx.AsyncClient, rig: Rig) -> None:
    read = False

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        read = True
        yield json.dumps(message("hello")).encode()

    answer = await web.post("/updates", content=body(), headers=headers)
    assert answer.status_code == 403
    assert not read
    assert await seen(rig) == 0


async def test_a_secret_with_strange_letters_is_simply_wrong(web: httpx.AsyncClient) -> None:
    answer = await web.post("/updates", headers={SECRET_HEADER.encode(): "clé-secrète".encode()})
    assert answer.status_code == 403


async def test_too_much_is_not_read_to_its_end(web: httpx.AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 50 * LARGEST_UPDATE:
            sent += 64 * 1024
            yield b" " * 64 * 1024

    answer = await web.post("/updates", content=endless(), headers=HEADERS)
    assert answer.status_code == 413
    assert sent <= LARGEST_UPDATE + 2 * 64 * 1024


async def test_the_largest_update_is_taken(web: httpx.AsyncClient, rig: Rig) -> None:
    body = json.dumps(message("hello")).encode().ljust(LARGEST_UPDATE)
    assert (await web.post("/updates", content=body, headers=HEADERS)).status_code == 200
    assert await seen(rig) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"junk",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"12",
        b"{}",
        b'{"update_id": "x"}',
        b'{"update_id": 1, "message": []}',
        b'{"update_id": Infinity, "message": {}}',
        json.dumps(message("a number that no database holds", 10**20)).encode(),
        b"[" * 200_000,
    ],
)
async def test_junk_is_set_aside_and_never_asked_for_again(
    body: bytes, web: httpx.AsyncClient, rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await web.post("/updates", content=body, headers=HEADERS)
    assert answer.status_code == 200
    assert "set aside" in caplog.text
    assert await seen(rig) == 0
    assert (await web.post("/updates", json=message("hello"), headers=HEADERS)).status_code == 200
    assert await seen(rig) == 1, "and the next update is taken as ever"


async def test_the_answer_to_a_tap_rides_on_the_answer(web: httpx.AsyncClient) -> None:
    answer = (await web.post("/updates", json=tap("c:9:9"), headers=HEADERS)).json()
    assert (answer["method"], answer["callback_query_id"]) == ("answerCallbackQuery", "4242")
    assert answer["text"].startswith("This button is not in use any more.")


async def test_nothing_is_answered_in_a_group_that_talks(web: httpx.AsyncClient, rig: Rig) -> None:
    assert (await web.post("/updates", json=in_group("hello"), headers=HEADERS)).content == b""
    assert texts(rig.channel.heard) == []


async def test_what_cannot_be_saved_is_to_come_again(web: httpx.AsyncClient, rig: Rig) -> None:
    await fill_the_disk(rig)
    taken = 0
    while (answer := await web.post("/updates", json=message("hello", taken), headers=HEADERS)).status_code == 200:
        taken += 1
        assert taken < 300, "the disk was to be full by now"
    assert answer.status_code == 503
    assert await seen(rig) == taken
    await rig.thread.run(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 100000").scalar())
    assert (await web.post("/updates", json=message("hello", taken), headers=HEADERS)).status_code == 200
    assert await seen(rig) == taken + 1
    await rig.delivery.idle()


async def test_whoever_watches_sees_that_all_is_well(web: httpx.AsyncClient) -> None:
    answer = await web.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})


async def test_only_that_path_and_only_by_post(web: httpx.AsyncClient) -> None:
    assert (await web.get("/updates", headers=HEADERS)).status_code == 405
    assert (await web.post("/", json=message("hello"), headers=HEADERS)).status_code == 404


async def test_whoever_hangs_up_in_the_middle_leaves_nothing_behind(rig: Rig) -> None:
    web = application("/updates", SECRET, rig.turns, rig.delivery)
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/updates",
        "query_string": b"",
        "headers": [(SECRET_HEADER.lower().encode(), SECRET.encode())],
    }
    events: list[Message] = [
        {"type": "http.request", "body": b'{"update_id": 1, "mess', "more_body": True},
        {"type": "http.disconnect"},
    ]
    answered: list[Message] = []

    async def receive() -> Message:
        return events.pop(0)

    async def send(event: Message) -> None:
        answered.append(event)

    await web(scope, receive, send)
    assert answered == []
    assert events == []
    assert await seen(rig) == 0


async def test_what_is_set_aside_is_logged_without_a_word_of_it(
    web: httpx.AsyncClient, rig: Rig, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choke(*_: object) -> None:
        try:
            int("my secret in a cause")
        except ValueError as error:
            raise LookupError("my secret in a message") from error

    await web.post("/updates", json={"update_id": "my secret in a number", "message": {}}, headers=HEADERS)
    monkeypatch.setattr("bot.turns.respond", choke)
    await web.post("/updates", json=message("my secret", 77), headers=HEADERS)
    assert "update without a number is set aside: ValueError" in caplog.text
    assert "update 77 is set aside: LookupError" in caplog.text
    assert "turns.py" in caplog.text, "where it came from is told"
    assert "secret" not in caplog.text


@pytest.mark.parametrize("text", ["\\ud83d", "a\\ude00b", "/start \\udfff", "\\ude00\\ud83d"])
async def test_half_a_character_is_answered_like_any_word(text: str, web: httpx.AsyncClient, rig: Rig) -> None:
    body = json.dumps(message("@")).replace("@", text)
    assert (await web.post("/updates", content=body, headers=HEADERS)).status_code == 200
    assert await seen(rig) == 1
    await rig.delivery.idle()
    assert len(rig.channel.heard) == 1

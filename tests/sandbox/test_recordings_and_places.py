"""Recordings and places from people: what a bot gets of them, what it can fetch, and what nobody can send."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from sandbox.samples import sample

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
Updates = Callable[[], Awaitable[list[Json]]]
SendFile = Callable[..., Awaitable[httpx.Response]]
MEGABYTE = 1024 * 1024


def content(kind: str) -> bytes:
    return sample(kind)[0].data


async def newest(updates: Updates) -> Json:
    message: Json = (await updates())[-1]["message"]
    return message


RECORDINGS = [
    ("voice", "mine.ogg", {"duration": 2, "mime_type": "audio/ogg"}, "voice/file_1.oga"),
    ("audio", "song.mp3", {"duration": 2, "mime_type": "audio/mpeg", "file_name": "song.mp3"}, "music/file_1.mp3"),
    (
        "video",
        "room.mp4",
        {"duration": 2, "mime_type": "video/mp4", "file_name": "room.mp4", "width": 320, "height": 180},
        "videos/file_1.mp4",
    ),
]


@pytest.mark.parametrize(("kind", "name", "about", "path"), RECORDINGS)
async def test_a_bot_gets_a_recording_and_fetches_it(
    web: httpx.AsyncClient,
    call: Call,
    send_file: SendFile,
    updates: Updates,
    ama: int,
    kind: str,
    name: str,
    about: Json,
    path: str,
) -> None:
    data = content(kind)
    how = {"as": kind, "duration": 2, "width": 320, "height": 180, "caption": "Listen"}
    assert (await send_file(ama, name, data, **how)).status_code == 200
    message = await newest(updates)
    recording = message[kind]
    ids = {"file_id", "file_unique_id"}
    assert {key: value for key, value in recording.items() if key not in ids} == about | {"file_size": len(data)}
    assert message["caption"] == "Listen"
    assert "text" not in message
    file = (await call("getFile", file_id=recording["file_id"]))["result"]
    assert file["file_path"] == path
    assert (await web.get(f"/file/bot42:test-token/{path}")).content == data


async def test_the_same_sound_is_one_file_for_each_way_of_sending_it(
    call: Call, send_file: SendFile, updates: Updates, ama: int
) -> None:
    sent: list[Json] = []
    for kind in ("voice", "audio", "document", "voice"):
        await send_file(ama, "a.ogg", content("voice"), **{"as": kind})
        sent.append((await newest(updates))[kind])
    assert sent[0] == sent[3]
    assert len({each["file_id"] for each in sent}) == 3
    answer = await call("sendDocument", chat_id=ama, document=sent[0]["file_id"])
    assert answer["description"] == "Bad Request: can't use file of type Voice as Document"


async def test_the_type_is_what_the_sender_says_or_else_the_name(
    web: httpx.AsyncClient, send_file: SendFile, updates: Updates, ama: int
) -> None:
    file = {"file": ("blob", b"sound", "audio/webm")}
    await web.post(f"/sandbox/people/{ama}/send", data={"as": "voice"}, files=file)
    assert (await newest(updates))["voice"]["mime_type"] == "audio/webm"
    await web.post(
        f"/sandbox/people/{ama}/send", data={"as": "video"}, files={"file": ("A.MOV", b"x", "application/x-any")}
    )
    assert (await newest(updates))["video"]["mime_type"] == "video/quicktime"
    await send_file(ama, "a.amr", b"x", **{"as": "audio"})
    assert (await newest(updates))["audio"]["duration"] == 0, "nobody said how long it is"


async def test_recordings_that_nobody_can_send(
    web: httpx.AsyncClient, send_file: SendFile, left: Updates, ama: int
) -> None:
    refused = [
        (await send_file(ama, "a.txt", b"text", **{"as": "voice"}), "audio/…"),
        (await send_file(ama, "a.mp4", b"x", **{"as": "audio"}), "audio/…"),
        (await send_file(ama, "a.mp3", b"x", **{"as": "video"}), "video/…"),
        (await send_file(ama, "a.ogg", b"", **{"as": "voice"}), "non-empty"),
        (await send_file(ama, "a.ogg", b"x", **{"as": "voice", "duration": -1}), "'duration'"),
        (await send_file(ama, "a.ogg", b"x", **{"as": "voice", "duration": "long"}), "whole number"),
        (await send_file(ama, "a.mp4", b"x", **{"as": "video", "width": 10**9}), "'width'"),
        (await send_file(ama, "a.ogg", b"x", **{"as": "song"}), "one of photo, document, voice, audio, video"),
        (await send_file(ama, "a.ogg", b"x", **{"as": "voice", "caption": "x" * 1025}), "1024"),
    ]
    assert [answer.status_code for answer, _ in refused] == [400] * len(refused)
    for answer, words in refused:
        assert words in answer.json()["error"]
    assert await left() == []
    assert (await web.get("/sandbox/chats/700000001/messages")).json()[1:] == []


async def test_how_large_a_recording_may_be(
    call: Call, send_file: SendFile, updates: Updates, left: Updates, ama: int
) -> None:
    assert (await send_file(ama, "a.ogg", bytes(20 * MEGABYTE + 1), **{"as": "voice"})).status_code == 200
    voice = (await newest(updates))["voice"]
    assert voice["file_size"] == 20 * MEGABYTE + 1
    assert (await call("getFile", file_id=voice["file_id"]))["description"] == "Bad Request: file is too big"
    for size in (50 * MEGABYTE + 1, 60 * MEGABYTE):
        answer = await send_file(ama, "a.mp4", bytes(size), **{"as": "video"})
        assert (answer.status_code, answer.json()["error"]) == (413, "a file has at most 50 MB")
    assert await left() == []


async def test_recordings_on_the_page(web: httpx.AsyncClient, send_file: SendFile, control: Call, ama: int) -> None:
    number = (await send_file(ama, "a.ogg", b"0123456789", **{"as": "voice", "duration": 3})).json()["message_id"]
    await send_file(ama, "a.mp4", b"x", **{"as": "video", "width": 40, "height": 30})
    await control(f"people/{ama}/say", text="There", reply_to=number)
    voice, video, reply = (await web.get(f"/sandbox/chats/{ama}/messages")).json()[1:]
    assert voice["voice"].items() >= {"duration": 3, "type": "audio/ogg", "size": 10}.items()
    assert video["video"].items() >= {"width": 40, "height": 30, "name": "a.mp4"}.items()
    assert reply["reply_to"] == {"id": number, "name": "Ama", "text": "", "kind": "voice"}
    shown = await web.get(voice["voice"]["url"])
    assert (shown.status_code, shown.headers["content-type"]) == (200, "audio/ogg")
    assert shown.headers["content-disposition"].startswith("inline")
    assert "sandbox" in shown.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("wanted", "got", "told"),
    [
        ("bytes=2-4", b"234", "bytes 2-4/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
        ("bytes=-99", b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", b"0123456789", None),
        ("bytes=4-2", b"0123456789", None),
        ("bytes=-", b"0123456789", None),
        ("bytes=0-1,3-4", b"0123456789", None),
        ("lines=1-2", b"0123456789", None),
    ],
)
async def test_a_player_fetches_a_part(
    web: httpx.AsyncClient, send_file: SendFile, ama: int, wanted: str, got: bytes, told: str | None
) -> None:
    await send_file(ama, "a.ogg", b"0123456789", **{"as": "voice"})
    answer = await web.get("/sandbox/files/1", headers={"Range": wanted})
    assert (answer.content, answer.headers.get("content-range")) == (got, told)
    assert answer.status_code == (206 if told else 200)


async def test_a_bot_gets_a_place(control: Call, updates: Updates, ama: int) -> None:
    await control(f"people/{ama}/location", latitude=-1.28637481, longitude=36, horizontal_accuracy=12.5)
    assert (await newest(updates))["location"] == {
        "latitude": -1.286375,
        "longitude": 36,
        "horizontal_accuracy": 12.5,
    }
    first = await control(f"people/{ama}/location", latitude=90, longitude=-180)
    assert (await newest(updates))["location"] == {"latitude": 90, "longitude": -180}
    await control(f"people/{ama}/location", latitude=0, longitude=0, reply_to=first["message_id"])
    assert (await newest(updates))["reply_to_message"]["location"]["latitude"] == 90


async def test_a_place_in_a_group_is_seen_by_a_bot_that_may(
    call: Call, control: Call, updates: Updates, ama: int
) -> None:
    group = (await control("groups", title="Team", members=[ama]))["id"]
    await control(f"groups/{group}/add_bot", administrator=True)
    await updates()
    await control(f"people/{ama}/location", latitude=1, longitude=2, chat=group)
    message = await newest(updates)
    assert (message["chat"]["id"], message["location"]) == (group, {"latitude": 1, "longitude": 2})


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"latitude": 1},
        {"latitude": 90.1, "longitude": 0},
        {"latitude": 0, "longitude": -180.5},
        {"latitude": "0", "longitude": "0"},
        {"latitude": True, "longitude": 0},
        {"latitude": 0, "longitude": 0, "horizontal_accuracy": 1501},
        {"latitude": 0, "longitude": 0, "horizontal_accuracy": "good"},
    ],
)
async def test_places_that_are_none(web: httpx.AsyncClient, left: Updates, ama: int, body: Json) -> None:
    answer = await web.post(f"/sandbox/people/{ama}/location", json=body)
    assert answer.status_code == 400
    assert "is a number from" in answer.json()["error"]
    assert await left() == []


async def test_a_place_stays_as_it_was_sent(web: httpx.AsyncClient, control: Call, updates: Updates, ama: int) -> None:
    sent = await control(f"people/{ama}/location", latitude=1, longitude=2)
    answer = await web.post(f"/sandbox/people/{ama}/edit", json={"message_id": sent["message_id"], "text": "Here"})
    assert (answer.status_code, answer.json()["error"]) == (409, "a place cannot be changed")
    assert [list(update) for update in await updates()] == [["update_id", "message"]]


async def test_a_key_that_asks_for_the_place(
    web: httpx.AsyncClient, call: Call, control: Call, updates: Updates, ama: int
) -> None:
    keys = {"keyboard": [[{"text": "Share my location", "request_location": True}, "Later"]]}
    await call("sendMessage", chat_id=ama, text="Where?", reply_markup=keys)
    await control(f"people/{ama}/tap", text="Share my location")
    message = await newest(updates)
    assert (round(message["location"]["latitude"]), "text" in message) == (0, False)
    await control(f"people/{ama}/tap", text="Share my location", latitude=14.69, longitude=-17.44)
    assert (await newest(updates))["location"] == {"latitude": 14.69, "longitude": -17.44}
    wrong = await web.post(f"/sandbox/people/{ama}/tap", json={"text": "Share my location", "latitude": 99})
    assert wrong.status_code == 400
    await control(f"people/{ama}/tap", text="Later")
    assert (await newest(updates))["text"] == "Later"


@pytest.mark.parametrize(
    ("asks", "wanted"),
    [("request_location", "location"), ("request_contact", "phone number"), ("request_poll", "poll")],
)
async def test_a_group_is_not_asked_for_what_is_private(
    call: Call, control: Call, ama: int, asks: str, wanted: str
) -> None:
    group = (await control("groups", title="Team", members=[ama]))["id"]
    await control(f"groups/{group}/add_bot")
    keys = {"keyboard": [[{"text": "Share", asks: {"type": "regular"} if asks == "request_poll" else True}]]}
    answer = await call("sendMessage", chat_id=group, text="Where?", reply_markup=keys)
    assert answer["description"] == f"Bad Request: {wanted} can be requested in private chats only"

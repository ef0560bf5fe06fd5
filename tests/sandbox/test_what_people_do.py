"""What people do with messages that are there already, and with their accounts; and how the page sees it all."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
Updates = Callable[[], Awaitable[list[Json]]]
SendFile = Callable[..., Awaitable[httpx.Response]]


async def messages(web: httpx.AsyncClient, chat: int) -> list[Json]:
    shown: list[Json] = (await web.get(f"/sandbox/chats/{chat}/messages")).json()
    return shown


async def test_somebody_changes_their_words(
    control: Call, updates: Updates, web: httpx.AsyncClient, send_file: SendFile, ama: int
) -> None:
    said = (await control(f"people/{ama}/say", text="Helo", reply_to=1))["message_id"]
    sent = (await send_file(ama, "a.txt", b"text", **{"as": "document", "caption": "A fiel"})).json()["message_id"]
    await updates()
    await control(f"people/{ama}/edit", message_id=said, text=" Hello #all ")
    await control(f"people/{ama}/edit", message_id=sent, text="A file")
    await control(f"people/{ama}/edit", message_id=sent, text="")
    words, caption, bare = [update["edited_message"] for update in await updates()]
    assert (words["message_id"], words["text"], words["entities"][0]["type"]) == (said, "Hello #all", "hashtag")
    assert words["edit_date"] >= words["date"]
    assert words["reply_to_message"]["text"] == "/start"
    assert (caption["caption"], caption["document"]["file_name"], "caption" in bare) == ("A file", "a.txt", False)
    assert "edited" in (await messages(web, ama))[1]


async def test_changed_words_reach_those_who_saw_them(control: Call, updates: Updates, ama: int) -> None:
    group = (await control("groups", title="Peers", members=[ama]))["id"]
    await control(f"groups/{group}/add_bot")
    private = (await control(f"people/{ama}/say", chat=group, text="among us"))["message_id"]
    command = (await control(f"people/{ama}/say", chat=group, text="/help"))["message_id"]
    await updates()
    await control(f"people/{ama}/edit", chat=group, message_id=private, text="still among us")
    await control(f"people/{ama}/edit", chat=group, message_id=command, text="/help me")
    assert [update["edited_message"]["text"] for update in await updates()] == ["/help me"]


async def test_words_that_cannot_be_changed(call: Call, control: Call, web: httpx.AsyncClient, ama: int) -> None:
    kofi = (await control("people", name="Kofi"))["id"]
    group = (await control("groups", title="Peers", members=[ama, kofi]))["id"]
    await control(f"groups/{group}/add_bot")
    said = (await control(f"people/{ama}/say", chat=group, text="mine"))["message_id"]
    for person, body, status in [
        (kofi, {"message_id": said, "text": "x"}, 403),
        (ama, {"message_id": said, "text": "mine"}, 409),
        (ama, {"message_id": said, "text": " "}, 400),
        (ama, {"message_id": said}, 400),
        (ama, {"message_id": 99, "text": "x"}, 404),
        (ama, {"message_id": 1, "text": "x"}, 409),
    ]:
        answer = await web.post(f"/sandbox/people/{person}/edit", json={"chat": group, **body})
        assert (answer.status_code, list(answer.json())) == (status, ["error"]), body
    await control("clock", advance=48 * 3600 + 1)
    late = await web.post(f"/sandbox/people/{ama}/edit", json={"chat": group, "message_id": said, "text": "x"})
    assert late.status_code == 409


async def test_somebody_deletes_messages(
    call: Call, control: Call, updates: Updates, left: Updates, web: httpx.AsyncClient, ama: int
) -> None:
    sent = (await call("sendMessage", chat_id=ama, text="From the bot"))["result"]["message_id"]
    said = (await control(f"people/{ama}/say", text="From me"))["message_id"]
    await updates()
    await control(f"people/{ama}/delete", message_id=said)
    await control(f"people/{ama}/delete", message_id=sent)
    assert await left() == []
    assert [message["text"] for message in await messages(web, ama)] == ["/start"]
    answer = await call("editMessageText", chat_id=ama, message_id=sent, text="Still there?")
    assert answer["description"] == "Bad Request: message to edit not found"


async def test_in_a_group_only_those_in_charge_delete_for_others(
    control: Call, web: httpx.AsyncClient, ama: int
) -> None:
    kofi = (await control("people", name="Kofi"))["id"]
    group = (await control("groups", title="Peers", members=[ama, kofi]))["id"]
    await control(f"groups/{group}/add_bot")
    ids = [(await control(f"people/{ama}/say", chat=group, text="A"))["message_id"] for _ in range(2)]
    body = {"chat": group, "message_id": ids[0]}
    assert (await web.post(f"/sandbox/people/{kofi}/delete", json=body)).status_code == 403
    await control(f"groups/{group}/promote", person=kofi)
    await control(f"people/{kofi}/delete", **body)
    await control(f"people/{ama}/delete", chat=group, message_id=ids[1])
    assert [message.get("text") for message in await messages(web, group)] == [None]


async def test_a_deleted_account(
    call: Call, control: Call, updates: Updates, left: Updates, web: httpx.AsyncClient, ama: int
) -> None:
    kofi = (await control("people", name="Kofi"))["id"]
    group = (await control("groups", title="Peers", members=[ama, kofi]))["id"]
    await control(f"groups/{group}/add_bot")
    await updates()
    gone = await control(f"people/{ama}/deactivate")
    assert (gone["id"], gone["deactivated"]) == (ama, True)
    assert await left() == []
    for method, values in [("sendMessage", {"text": "Hello?"}), ("sendChatAction", {"action": "typing"})]:
        answer = await call(method, chat_id=ama, **values)
        assert (answer["error_code"], answer["description"]) == (403, "Forbidden: user is deactivated")
    assert (await call("getChat", chat_id=ama))["result"]["first_name"] == ""
    member = (await call("getChatMember", chat_id=group, user_id=ama))["result"]
    assert member["user"] == {"id": ama, "is_bot": False, "first_name": ""}
    for path, body in [
        ("say", {"text": "I am back"}),
        ("say", {"text": "x", "chat": group}),
        ("start", {}),
        ("unblock", {}),
    ]:
        assert (await web.post(f"/sandbox/people/{ama}/{path}", json=body)).status_code == 409
    never_started = await control(f"people/{kofi}/deactivate")
    answer = await call("sendMessage", chat_id=never_started["id"], text="Hello?")
    assert answer["description"] == "Forbidden: bot can't initiate conversation with a user"


async def test_time_zones(control: Call, web: httpx.AsyncClient) -> None:
    amina = await control("people", name="Amina", zone="Africa/Nairobi")
    assert amina["zone"] == "Africa/Nairobi"
    assert (await control("people", name="Benoît"))["zone"] is None
    assert [person["zone"] for person in (await web.get("/sandbox/people")).json()] == ["Africa/Nairobi", None]
    for zone in ("Africa/Atlantis", "../etc/passwd", ""):
        assert (await web.post("/sandbox/people", json={"name": "X", "zone": zone})).status_code == 400


async def test_what_a_quotation_shows(
    call: Call, control: Call, web: httpx.AsyncClient, send_file: SendFile, ama: int
) -> None:
    poll = (await call("sendPoll", chat_id=ama, question="Used?", options=["Yes", "No"]))["result"]["message_id"]
    file = (await send_file(ama, "a.txt", b"x", **{"as": "document", "caption": "Notes"})).json()["message_id"]
    bare = (await send_file(ama, "a.txt", b"x", **{"as": "document"})).json()["message_id"]
    for replied in (poll, file, bare, 1):
        await call("sendMessage", chat_id=ama, text="About it", reply_parameters={"message_id": replied})
    quoted = [message["reply_to"] for message in (await messages(web, ama))[-4:]]
    assert [(each["id"], each["text"]) for each in quoted] == [
        (poll, "Used?"),
        (file, "Notes"),
        (bare, ""),
        (1, "/start"),
    ]
    assert [each["name"] for each in quoted] == ["Sandbox bot", "Ama", "Ama", "Ama"]


async def test_many_messages_are_deleted_at_once(call: Call, control: Call, web: httpx.AsyncClient, ama: int) -> None:
    ids = [(await call("sendMessage", chat_id=ama, text=text))["result"]["message_id"] for text in "ABC"]
    assert (await call("deleteMessages", chat_id=ama, message_ids=[ids[0], ids[0], ids[2], 99, 1]))["result"] is True
    assert [message["text"] for message in await messages(web, ama)] == ["B"]
    for given, reason in [
        (None, "message identifiers are not specified"),
        ([], "message identifiers are not specified"),
        ({"a": 1}, "expected an Array of message identifiers"),
        (list(range(1, 102)), "too many message identifiers specified"),
        (["B"], "invalid message identifier specified"),
    ]:
        answer = await call("deleteMessages", chat_id=ama, message_ids=given)
        assert answer["description"] == f"Bad Request: {reason}"
    assert (await call("deleteMessages", chat_id=ama, message_ids=list(range(100, 200))))["result"] is True
    await control("clock", advance=47 * 3600)
    young = (await call("sendMessage", chat_id=ama, text="D"))["result"]["message_id"]
    await control("clock", advance=3601)
    late = await call("deleteMessages", chat_id=ama, message_ids=[young, ids[1]])
    assert late["description"] == "Bad Request: message can't be deleted for everyone"
    assert [message["text"] for message in await messages(web, ama)] == ["B", "D"]
    assert (await call("deleteMessages", chat_id=ama, message_ids=[young]))["result"] is True

"""Groups: who comes, goes and rises, what bots hear of it, and basic groups that become supergroups."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from sandbox.methods import METHODS

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
Updates = Callable[[], Awaitable[list[Json]]]


@pytest.fixture
async def kofi(control: Call) -> int:
    person: int = (await control("people", name="Kofi"))["id"]
    return person


def changes(updates: list[Json]) -> list[tuple[str, str, str]]:
    """Whose status changed, from what, to what."""
    told = [update["chat_member"] for update in updates if "chat_member" in update]
    return [
        (
            each["new_chat_member"]["user"]["first_name"],
            each["old_chat_member"]["status"],
            each["new_chat_member"]["status"],
        )
        for each in told
    ]


def notices(updates: list[Json]) -> list[str]:
    """Which service messages came."""
    known = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id")
    return [name for update in updates for name in update.get("message", ()) if name in known]


async def group_with(control: Call, members: list[int], *, administrator: bool = False, basic: bool = False) -> int:
    group: int = (await control("groups", title="Peers", members=members, basic=basic))["id"]
    await control(f"groups/{group}/add_bot", administrator=administrator)
    return group


async def test_an_administrator_hears_who_comes_and_goes(
    call: Call, control: Call, updates: Updates, ama: int, kofi: int
) -> None:
    group = await group_with(control, [ama], administrator=True)
    await call("getUpdates", allowed_updates=["message", "chat_member", "my_chat_member"])
    await updates()
    await control(f"groups/{group}/join", person=kofi)
    await control(f"groups/{group}/join", person=kofi)
    await control(f"groups/{group}/promote", person=kofi)
    await control(f"groups/{group}/promote", person=kofi)
    await control(f"groups/{group}/leave", person=kofi)
    await control(f"groups/{group}/join", person=kofi)
    await control(f"groups/{group}/remove", person=kofi)
    await control(f"groups/{group}/join", person=kofi)
    heard = await updates()
    assert changes(heard) == [
        ("Kofi", "left", "member"),
        ("Kofi", "member", "administrator"),
        ("Kofi", "administrator", "left"),
        ("Kofi", "left", "member"),
        ("Kofi", "member", "kicked"),
        ("Kofi", "kicked", "member"),
    ]
    by = [update["chat_member"]["from"]["first_name"] for update in heard if "chat_member" in update]
    assert by == ["Kofi", "Ama", "Kofi", "Kofi", "Ama", "Kofi"]
    came, went = "new_chat_members", "left_chat_member"
    assert notices(heard) == [came, went, came, went, came]


async def test_a_member_hears_the_notices_alone(
    call: Call, control: Call, updates: Updates, ama: int, kofi: int
) -> None:
    group = await group_with(control, [ama, kofi])
    await call("getUpdates", allowed_updates=["message", "chat_member"])
    await updates()
    await control(f"groups/{group}/leave", person=kofi)
    heard = await updates()
    assert (changes(heard), notices(heard)) == ([], ["left_chat_member"])
    assert heard[0]["message"]["left_chat_member"]["id"] == heard[0]["message"]["from"]["id"] == kofi


async def test_an_administrator_hears_of_another_bot(call: Call, control: Call, updates: Updates, ama: int) -> None:
    group = await group_with(control, [ama], administrator=True)
    await call("getMe", token="77:other")
    await call("getUpdates", allowed_updates=["chat_member", "message"])
    await updates()
    await control(f"groups/{group}/add_bot", bot=77)
    await control(f"groups/{group}/remove_bot", bot=77)
    heard = await updates()
    assert changes(heard) == [("Sandbox bot", "left", "member"), ("Sandbox bot", "member", "kicked")]
    assert notices(heard) == ["new_chat_members", "left_chat_member"]


async def test_ranks_as_a_bot_sees_them(call: Call, control: Call, ama: int, kofi: int) -> None:
    group = await group_with(control, [ama, kofi])

    async def status(person: int) -> str:
        answer = await call("getChatMember", chat_id=group, user_id=person)
        return str(answer["result"]["status"])

    assert [await status(ama), await status(kofi)] == ["creator", "member"]
    await control(f"groups/{group}/promote", person=kofi)
    administrators = (await call("getChatAdministrators", chat_id=group))["result"]
    assert [each["status"] for each in administrators] == ["creator", "administrator"]
    await control(f"groups/{group}/promote", person=kofi, administrator=False)
    assert await status(kofi) == "member"
    await control(f"groups/{group}/remove", person=kofi)
    assert await status(kofi) == "kicked"
    await control(f"groups/{group}/leave", person=ama)
    assert await status(ama) == "left"


async def test_what_members_cannot_do(control: Call, web: httpx.AsyncClient, ama: int, kofi: int) -> None:
    group = await group_with(control, [ama])
    for path, body, status in [
        (f"groups/{group}/leave", {"person": kofi}, 403),
        (f"groups/{group}/remove", {"person": kofi}, 403),
        (f"groups/{group}/remove", {"person": ama}, 409),
        (f"groups/{group}/promote", {"person": ama}, 409),
        (f"groups/{group}/migrate", {}, 409),
        ("groups/-1/leave", {"person": ama}, 404),
        (f"people/{kofi}/say", {"chat": group, "text": "Let me in"}, 403),
    ]:
        answer = await web.post(f"/sandbox/{path}", json=body)
        assert (answer.status_code, list(answer.json())) == (status, ["error"]), path


async def test_the_list_of_groups(control: Call, web: httpx.AsyncClient, ama: int, kofi: int) -> None:
    group = await group_with(control, [ama, kofi], basic=True)
    new = (await control(f"groups/{group}/migrate"))["id"]
    old, upgraded = (await web.get("/sandbox/groups")).json()
    assert (old["id"], old["basic"], old["upgraded_to"]) == (group, True, new)
    assert (upgraded["basic"], upgraded["upgraded_to"], upgraded["bots"]) == (
        False,
        None,
        [{"id": 42, "status": "member"}],
    )
    assert upgraded["members"] == [
        {"id": ama, "name": "Ama", "status": "creator"},
        {"id": kofi, "name": "Kofi", "status": "member"},
    ]


async def test_a_basic_group(call: Call, control: Call, updates: Updates, ama: int, kofi: int) -> None:
    group = await group_with(control, [ama, kofi], basic=True)
    assert -1_000_000_000 < group < 0
    changed, joined = await updates()
    assert changed["my_chat_member"]["chat"] == {"id": group, "type": "group", "title": "Peers"}
    assert joined["message"]["message_id"] == 2  # after the notice of its making
    assert (await call("getChat", chat_id=group))["result"]["type"] == "group"
    await control(f"groups/{group}/remove", person=kofi)
    assert (await call("getChatMember", chat_id=group, user_id=kofi))["result"]["status"] == "left"
    gone = {"chat_id": group, "message_id": 1}
    await control(f"groups/{group}/add_bot", administrator=True)
    assert (await call("deleteMessage", **gone))["description"] == "Bad Request: message can't be deleted"
    assert (await call("leaveChat", chat_id=group))["result"] is True
    answer = await call("sendMessage", chat_id=group, text="Hello?")
    assert answer["description"] == "Forbidden: bot is not a member of the group chat"
    await control(f"groups/{group}/add_bot")
    await control(f"groups/{group}/remove_bot")
    answer = await call("sendMessage", chat_id=group, text="Hello?")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was kicked from the group chat")


async def test_a_basic_group_becomes_a_supergroup(
    call: Call, control: Call, updates: Updates, web: httpx.AsyncClient, ama: int, kofi: int
) -> None:
    old = await group_with(control, [ama, kofi], basic=True, administrator=True)
    await control(f"groups/{old}/promote", person=kofi)
    await updates()
    new = (await control(f"groups/{old}/migrate"))["id"]
    assert new < -1_000_000_000_000
    there, here = [update["message"] for update in await updates()]
    assert (there["chat"]["id"], there["chat"]["type"], there["migrate_to_chat_id"]) == (old, "group", new)
    assert (here["chat"]["id"], here["chat"]["type"], here["migrate_from_chat_id"]) == (new, "supergroup", old)
    assert (there["message_id"], here["message_id"]) == (3, 1)
    assert (there["from"]["id"], here["from"]["username"], here["sender_chat"]["id"]) == (ama, "GroupAnonymousBot", new)

    sent = (await call("sendMessage", chat_id=new, text="Here we are"))["result"]
    assert sent["message_id"] == 2
    administrators = (await call("getChatAdministrators", chat_id=new))["result"]
    assert [member["user"]["id"] for member in administrators] == [ama, kofi, 42]
    for person in (ama, kofi):
        said = {"chat": old, "text": "Anybody?"}
        assert (await web.post(f"/sandbox/people/{person}/say", json=said)).status_code == 409
    for path in ("migrate", "remove_bot", "add_bot"):
        assert (await web.post(f"/sandbox/groups/{old}/{path}")).status_code == 409
    assert (await web.post(f"/sandbox/groups/{old}/join", json={"person": ama})).status_code == 409
    shown = (await web.get(f"/sandbox/chats/{new}/messages")).json()
    assert (shown[0]["migrate_from_chat_id"], shown[0]["from"]["name"]) == (old, "Group")


async def test_every_method_refuses_the_old_group(call: Call, control: Call, ama: int) -> None:
    old = await group_with(control, [ama], basic=True, administrator=True)
    sent = (await call("sendMessage", chat_id=old, text="Soon elsewhere"))["result"]["message_id"]
    new = (await control(f"groups/{old}/migrate"))["id"]
    about_chats = {
        *("sendMessage", "sendPhoto", "sendDocument", "sendPoll", "sendChatAction", "stopPoll", "setMessageReaction"),
        *("editMessageText", "editMessageCaption", "editMessageReplyMarkup", "deleteMessage", "deleteMessages"),
        *("getChat", "getChatMember", "getChatAdministrators", "leaveChat"),
    }
    values = {
        "chat_id": old,
        "message_id": sent,
        "text": "x",
        "message_ids": [sent],
        "user_id": ama,
        "action": "typing",
    }
    assert about_chats <= {method.name for method in METHODS.values()}
    for method in sorted(about_chats):
        assert await call(method, **values) == {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new},
        }, method
    stranger = await call("sendMessage", token="77:other", chat_id=old, text="x")
    assert stranger["description"] == "Bad Request: chat not found"

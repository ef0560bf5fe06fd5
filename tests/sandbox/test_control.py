"""The control interface: people, groups and what bots get to see of them, the demonstration, the reset."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from sandbox.server import Serving

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
Updates = Callable[[], Awaitable[list[Json]]]


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_privacy_in_a_group(control: Call, call: Call, updates: Updates, ama: int) -> None:
    group = (await control("groups", title="Peers", members=[ama]))["id"]
    await control(f"groups/{group}/add_bot")
    await updates()
    sent = (await call("sendMessage", chat_id=group, text="Hello all"))["result"]["message_id"]
    said = f"people/{ama}/say"
    await control(said, chat=group, text="nothing for bots")
    await control(said, chat=group, text="/help")
    await control(said, chat=group, text="/help@sandbox42_bot me")
    await control(said, chat=group, text="/help@other_bot")
    await control(said, chat=group, text="a reply", reply_to=sent)
    heard = await updates()
    assert texts(heard) == ["/help", "/help@sandbox42_bot me", "a reply"]
    assert heard[2]["message"]["reply_to_message"]["from"]["is_bot"] is True
    assert heard[0]["message"]["chat"] == {"id": group, "type": "supergroup", "title": "Peers"}


async def test_a_tap_in_a_group_names_who_tapped(control: Call, call: Call, updates: Updates, ama: int) -> None:
    kofi = (await control("people", name="Kofi"))["id"]
    group = (await control("groups", title="Peers", members=[ama]))["id"]
    await control(f"groups/{group}/add_bot")
    await control(f"groups/{group}/join", person=kofi)
    await updates()
    markup = {"inline_keyboard": [[{"text": "Me", "callback_data": "me"}]]}
    await call("sendMessage", chat_id=group, text="Who?", reply_markup=markup)
    await control(f"people/{kofi}/tap", chat=group, text="Me")
    [update] = await updates()
    assert update["callback_query"]["from"]["id"] == kofi
    assert update["callback_query"]["message"]["chat"]["id"] == group


async def test_keys_of_a_reply_keyboard_are_said(control: Call, call: Call, updates: Updates, ama: int) -> None:
    await call("sendMessage", chat_id=ama, text="Which?", reply_markup={"keyboard": [["Oui", "Non"]]})
    await control(f"people/{ama}/tap", text="Non")
    assert texts(await updates()) == ["Non"]


async def test_a_link_opens_without_the_bot_noticing(control: Call, call: Call, ama: int) -> None:
    markup = {"inline_keyboard": [[{"text": "Read", "url": "https://example.org/"}]]}
    await call("sendMessage", chat_id=ama, text="See", reply_markup=markup)
    assert await control(f"people/{ama}/tap", text="Read") == {"url": "https://example.org/"}
    assert (await call("getUpdates"))["result"] == []


async def test_blocking_and_coming_back_by_a_link(control: Call, updates: Updates, ama: int) -> None:
    await control(f"people/{ama}/block")
    await control(f"people/{ama}/block")
    [blocked] = await updates()
    change = blocked["my_chat_member"]
    assert (change["chat"]["type"], change["old_chat_member"]["status"]) == ("private", "member")
    assert change["new_chat_member"]["status"] == "kicked"
    await control(f"people/{ama}/start", code="again")
    unblocked, message = await updates()
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert message["message"]["text"] == "/start again"


async def test_the_language_of_the_app(control: Call, updates: Updates, ama: int) -> None:
    await control(f"people/{ama}/language", language="en")
    await control(f"people/{ama}/say", text="Hello")
    assert (await updates())[0]["message"]["from"]["language_code"] == "en"


async def test_two_bots_have_separate_chats(control: Call, call: Call, web: httpx.AsyncClient, ama: int) -> None:
    await call("getMe", token="77:other")
    await control(f"people/{ama}/say", text="for the second", bot=77)
    assert texts((await call("getUpdates", token="77:other"))["result"]) == ["for the second"]
    assert (await call("getUpdates"))["result"] == []
    first = (await web.get(f"/sandbox/chats/{ama}/messages")).json()
    second = (await web.get(f"/sandbox/chats/{ama}/messages", params={"bot": 77})).json()
    assert [[message["text"] for message in chat] for chat in (first, second)] == [["/start"], ["for the second"]]


MISTAKES: list[tuple[str, Json, int]] = [
    ("people", {}, 400),
    ("people/1/say", {"text": "x"}, 404),
    ("people/AMA/say", {"text": " "}, 400),
    ("people/AMA/say", {"text": "x" * 4097}, 400),
    ("people/AMA/say", {"text": "x", "chat": -5}, 404),
    ("people/AMA/say", {"text": "x", "chat": "here"}, 400),
    ("people/AMA/tap", {}, 400),
    ("people/AMA/tap", {"text": "No such button"}, 404),
    ("groups", {"title": "T", "members": [1]}, 404),
    ("crowd", {"people": 0, "link": "https://t.me/sandbox42_bot"}, 400),
]


async def test_mistakes(web: httpx.AsyncClient, ama: int) -> None:
    for path, body, status in MISTAKES:
        answer = await web.post(f"/sandbox/{path.replace('AMA', str(ama))}", json=body)
        assert (answer.status_code, list(answer.json())) == (status, ["error"]), (path, body)


async def test_nobody_to_talk_to(web: httpx.AsyncClient, control: Call) -> None:
    person = (await control("people", name="Ama"))["id"]
    answer = await web.post(f"/sandbox/people/{person}/say", json={"text": "Anybody there?"})
    assert (answer.status_code, answer.json()["error"]) == (409, "no bot has called the sandbox yet")


DEMO = {
    "people": [{"name": "Amina", "language": "en"}, {"name": "Benoît", "language": "fr"}],
    "group": {"title": "Peers"},
    "invitations": {"participant": {"link": "https://t.me/sandbox42_bot?start=A"}},
    "crowd": {"link": "https://t.me/sandbox42_bot?start=A", "avoid": {"en": ["Stop"], "fr": ["Arrêter"]}},
}


async def test_the_demonstration_is_set_up_once(sandbox: Serving, control: Call, call: Call) -> None:
    await call("getMe")
    first = await control("demo", **DEMO)
    assert await control("demo", **DEMO) == first
    assert [person["name"] for person in first["people"]] == ["Amina", "Benoît"]
    [group] = sandbox.state.groups.values()
    assert group.has_bot(42)
    assert len((await control("crowd", people=2))["people"]) == 2


async def test_a_reset_forgets_people_but_not_the_bot(
    control: Call, call: Call, web: httpx.AsyncClient, ama: int
) -> None:
    await call("setMyName", name="Follow-up")
    await control("clock", frozen=True)
    tomorrow = (await control("clock", advance=86400))["now"]
    await control(f"people/{ama}/say", text="forgotten")
    await control("reset")
    clock = (await web.get("/sandbox/clock")).json()
    assert clock["now"] < tomorrow
    assert clock["frozen"] is False
    assert (await web.get("/sandbox/people")).json() == []
    assert (await call("getUpdates"))["result"] == []
    assert (await call("getMyName"))["result"] == {"name": "Follow-up"}
    assert (await control("people", name="Kofi"))["id"] == ama + 1
    assert (await call("sendMessage", chat_id=ama, text="?"))["description"] == "Bad Request: chat not found"


async def test_the_page_asks_for_nothing_from_elsewhere(web: httpx.AsyncClient) -> None:
    for path in ("/", "/main.js", "/phone.js", "/style.css", "/icon.svg"):
        answer = await web.get(path)
        assert answer.status_code == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "https://" not in answer.text.replace("`https://${", "").replace("https?://", "")

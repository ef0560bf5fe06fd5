"""Polls and reactions: what a bot may ask, who answers how, and what the bot hears of it."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from sandbox.server import Serving

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
Updates = Callable[[], Awaitable[list[Json]]]
ALL_KINDS = ["message", "poll", "poll_answer", "message_reaction"]


async def status_of(web: httpx.AsyncClient, path: str, **body: Any) -> int:
    return (await web.post(f"/sandbox/{path}", json=body)).status_code


async def test_votes_with_names(call: Call, control: Call, web: httpx.AsyncClient, updates: Updates, ama: int) -> None:
    options = [{"text": "Yes"}, {"text": " No "}]
    sent = (await call("sendPoll", chat_id=ama, question=" Used? ", options=options, is_anonymous=False))["result"]
    poll = sent["poll"]
    assert (poll["question"], [option["text"] for option in poll["options"]]) == ("Used?", ["Yes", "No"])
    assert (poll["is_anonymous"], poll["allows_multiple_answers"], poll["allows_revoting"]) == (False, False, True)
    vote = {"message_id": sent["message_id"]}
    await control(f"people/{ama}/vote", **vote, options=[1])
    await control(f"people/{ama}/vote", **vote, options=[1])
    [update] = await updates()
    answer = update["poll_answer"]
    assert (answer["poll_id"], answer["user"]["id"], answer["option_ids"]) == (poll["id"], ama, [1])
    assert answer["option_persistent_ids"] == [poll["options"][1]["persistent_id"]]
    shown = (await web.get(f"/sandbox/chats/{ama}/messages")).json()[-1]["poll"]
    assert shown["options"] == [{"text": "Yes", "voters": [], "votes": 0}, {"text": "No", "voters": [ama], "votes": 1}]
    assert (shown["total"], shown["closed"]) == (1, False)

    await control(f"people/{ama}/vote", **vote, options=[])
    assert [update["poll_answer"]["option_ids"] for update in await updates()] == [[]]
    await control(f"people/{ama}/vote", **vote, options=[0])
    [_] = await updates()
    stopped = (await call("stopPoll", chat_id=ama, message_id=sent["message_id"]))["result"]
    assert ([option["voter_count"] for option in stopped["options"]], stopped["is_closed"]) == ([1, 0], True)
    assert [update["poll"] for update in await updates()] == [stopped]
    assert await status_of(web, f"people/{ama}/vote", **vote, options=[1]) == 409


async def test_votes_without_names(call: Call, control: Call, updates: Updates, ama: int) -> None:
    kofi = (await control("people", name="Kofi"))["id"]
    group = (await control("groups", title="Peers", members=[ama, kofi]))["id"]
    await control(f"groups/{group}/add_bot")
    await updates()
    values = {"question": "Which?", "options": ["A", "B", "C"], "allows_multiple_answers": True}
    sent = (await call("sendPoll", chat_id=group, **values))["result"]
    assert sent["poll"]["is_anonymous"] is True
    vote = {"message_id": sent["message_id"], "chat": group}
    await control(f"people/{ama}/vote", **vote, options=[2, 0, 2])
    await control(f"people/{kofi}/vote", **vote, options=[2])
    first, second = [update["poll"] for update in await updates()]
    assert ([option["voter_count"] for option in first["options"]], first["total_voter_count"]) == ([1, 0, 1], 1)
    assert ([option["voter_count"] for option in second["options"]], second["total_voter_count"]) == ([1, 0, 2], 2)
    assert "user" not in second


async def test_votes_that_a_poll_does_not_take(call: Call, control: Call, web: httpx.AsyncClient, ama: int) -> None:
    values = {"question": "Which?", "options": ["A", "B"], "allows_revoting": False}
    poll = (await call("sendPoll", chat_id=ama, **values))["result"]["message_id"]
    vote = f"people/{ama}/vote"
    for options, status in [([0, 1], 400), ([2], 400), ([-1], 400), (["A"], 400), ("A", 400)]:
        assert await status_of(web, vote, message_id=poll, options=options) == status
    assert await status_of(web, vote, message_id=1, options=[0]) == 409
    assert await status_of(web, vote, message_id=99, options=[0]) == 404
    await control(vote, message_id=poll, options=[0])
    assert await status_of(web, vote, message_id=poll, options=[1]) == 409


REFUSED_POLLS: list[tuple[Json, str]] = [
    ({"question": " "}, "poll question must be non-empty"),
    ({"question": "é" * 301}, "poll question length must not exceed 300"),
    ({"options": None}, "expected an Array of InputPollOption"),
    ({"options": []}, "poll must have at least 1 option"),
    ({"options": ["x"] * 13}, "poll can't have more than 12 options"),
    ({"options": ["A", " "]}, "poll options must be non-empty"),
    ({"options": ["A", "x" * 101]}, "poll options length must not exceed 100"),
    ({"options": ["A", {"label": "B"}]}, 'can\'t parse options: Field "text" must be of type String'),
    ({"type": "quiz"}, "the sandbox knows regular polls only, which stay open until they are stopped"),
]


async def test_polls_that_are_refused(call: Call, ama: int) -> None:
    for values, reason in REFUSED_POLLS:
        answer = await call("sendPoll", **{"chat_id": ama, "question": "?", "options": ["A", "B"], **values})
        assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {reason}"}, values
    assert (await call("sendPoll", chat_id=ama, question="x" * 300, options=["x" * 100] * 12))["ok"]


async def test_polls_that_cannot_be_stopped(call: Call, ama: int) -> None:
    text = (await call("sendMessage", chat_id=ama, text="No poll"))["result"]["message_id"]
    poll = (await call("sendPoll", chat_id=ama, question="?", options=["A", "B"]))["result"]["message_id"]
    assert (await call("stopPoll", chat_id=ama, message_id=poll))["ok"]
    for values, reason in [
        ({}, "message identifier is not specified"),
        ({"message_id": 99}, "message with poll to stop not found"),
        ({"message_id": text}, "message is not a poll"),
        ({"message_id": poll}, "poll has already been closed"),
    ]:
        answer = await call("stopPoll", chat_id=ama, **values)
        assert answer["description"] == f"Bad Request: {reason}"
    answer = await call("editMessageText", chat_id=ama, message_id=poll, text="x")
    assert answer["description"] == "Bad Request: there is no text in the message to edit"


async def test_a_poll_of_another_bot_is_not_stopped(call: Call, control: Call, ama: int) -> None:
    await call("getMe", token="77:other")
    group = (await control("groups", title="Peers", members=[ama]))["id"]
    for bot in (42, 77):
        await control(f"groups/{group}/add_bot", bot=bot)
    poll = (await call("sendPoll", chat_id=group, question="?", options=["A", "B"]))["result"]["message_id"]
    answer = await call("stopPoll", token="77:other", chat_id=group, message_id=poll)
    assert answer["description"] == "Bad Request: poll can't be stopped"


async def test_reactions_are_told_on_request(
    call: Call, control: Call, updates: Updates, left: Updates, ama: int
) -> None:
    sent = (await call("sendMessage", chat_id=ama, text="Well done"))["result"]["message_id"]
    await control(f"people/{ama}/react", message_id=sent, emoji="👍")
    assert await left() == []
    await call("getUpdates", allowed_updates=ALL_KINDS)
    await control(f"people/{ama}/react", message_id=sent, emoji="❤‍🔥")
    await control(f"people/{ama}/react", message_id=sent, emoji="❤‍🔥")
    await control(f"people/{ama}/react", message_id=sent, emoji="")
    changed, taken_back = [update["message_reaction"] for update in await updates()]
    assert (changed["message_id"], changed["user"]["id"], changed["chat"]["type"]) == (sent, ama, "private")
    assert changed["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert changed["new_reaction"] == taken_back["old_reaction"] == [{"type": "emoji", "emoji": "❤‍🔥"}]
    assert taken_back["new_reaction"] == []


async def test_in_groups_administrators_hear_of_reactions(
    call: Call, control: Call, updates: Updates, left: Updates, web: httpx.AsyncClient, ama: int
) -> None:
    kofi = (await control("people", name="Kofi"))["id"]
    group = (await control("groups", title="Peers", members=[ama, kofi]))["id"]
    await call("getUpdates", allowed_updates=ALL_KINDS)
    await control(f"groups/{group}/add_bot")
    said = (await control(f"people/{kofi}/say", chat=group, text="Hello"))["message_id"]
    await updates()
    await control(f"people/{ama}/react", chat=group, message_id=said, emoji="🎉")
    assert await left() == []
    await control(f"groups/{group}/add_bot", administrator=True)
    await control(f"people/{kofi}/react", chat=group, message_id=said, emoji="🎉")
    assert [update["message_reaction"]["user"]["first_name"] for update in await updates()] == ["Kofi"]
    reaction = [{"type": "emoji", "emoji": "🎉"}]
    assert (await call("setMessageReaction", chat_id=group, message_id=said, reaction=reaction))["result"] is True
    assert await left() == []
    shown = (await web.get(f"/sandbox/chats/{group}/messages")).json()
    assert shown[-1]["reactions"] == [{"emoji": "🎉", "from": [ama, kofi, 42]}]
    assert await status_of(web, f"people/{ama}/react", chat=group, message_id=1, emoji="👍") == 409


async def test_reactions_that_do_not_exist(call: Call, web: httpx.AsyncClient, ama: int) -> None:
    thumb = {"type": "emoji", "emoji": "👍"}
    for values, reason in [
        ({"message_id": 99}, "message to react not found"),
        ({"reaction": [{"type": "emoji", "emoji": "❤️"}]}, "REACTION_INVALID"),
        ({"reaction": [thumb, {"type": "emoji", "emoji": "🎉"}]}, "REACTIONS_TOO_MANY"),
        ({"reaction": thumb}, "expected an Array of ReactionType"),
        ({"reaction": ["👍"]}, "can't parse ReactionType: expected an Object"),
        ({"reaction": [{"type": "paid"}]}, "can't parse ReactionType: invalid reaction type specified"),
    ]:
        answer = await call("setMessageReaction", **{"chat_id": ama, "message_id": 1, "reaction": [thumb], **values})
        assert answer["description"] == f"Bad Request: {reason}"
    assert await status_of(web, f"people/{ama}/react", message_id=1, emoji="x") == 400
    assert (await call("setMessageReaction", chat_id=ama, message_id=1, reaction=[thumb]))["ok"]
    assert (await call("setMessageReaction", chat_id=ama, message_id=1))["ok"]
    assert "reactions" not in (await web.get(f"/sandbox/chats/{ama}/messages")).json()[0]


async def test_the_page_is_told_at_once(sandbox: Serving, call: Call, control: Call, ama: int) -> None:
    with_phone = (await control("people", name="Kofi", phone=True))["id"]
    await control(f"people/{with_phone}/start")
    poll = (await call("sendPoll", chat_id=with_phone, question="?", options=["A", "B"]))["result"]["message_id"]
    events = sandbox.state.stream.listen({"type": "first"})
    await anext(events)
    await control(f"people/{with_phone}/react", message_id=poll, emoji="❤️")
    await control(f"people/{with_phone}/vote", message_id=poll, options=[1])
    await call("stopPoll", chat_id=with_phone, message_id=poll)
    seen = [json.loads((await anext(events)).removeprefix("data: ")) for _ in range(3)]
    await events.aclose()
    assert [(event["type"], event["chat"]) for event in seen] == [("edited", with_phone)] * 3
    assert seen[0]["message"]["reactions"] == [{"emoji": "❤", "from": [with_phone]}]
    assert seen[1]["message"]["poll"]["options"][1] == {"text": "B", "voters": [with_phone], "votes": 1}
    assert (seen[2]["message"]["poll"]["closed"], "edited" in seen[2]["message"]) == (True, False)

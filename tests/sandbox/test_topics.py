"""Topics of a supergroup: who writes there, what a bot hears of it, and what it is told when it cannot."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]
Updates = Callable[[], Awaitable[list[Json]]]


@pytest.fixture
async def group(control: Call, ama: int) -> int:
    number: int = (await control("groups", title="Peers", members=[ama]))["id"]
    await control(f"groups/{number}/add_bot")
    return number


async def test_what_is_written_in_a_topic_belongs_to_it(
    call: Call, control: Call, updates: Updates, ama: int, group: int
) -> None:
    topic = (await control(f"groups/{group}/begin_topic", name="News"))["topic"]
    await control(f"people/{ama}/say", chat=group, text="/link", topic=topic)
    await control(f"people/{ama}/say", chat=group, text="/link")
    begun, there, general = [each["message"] for each in await updates() if "message" in each][-3:]
    assert begun["forum_topic_created"]["name"] == "News"
    assert begun["message_id"] == topic
    assert (there["message_thread_id"], there["is_topic_message"]) == (topic, True)
    assert there["chat"]["is_forum"] is True
    assert "message_thread_id" not in general
    said = (await call("sendMessage", chat_id=group, text="Here", message_thread_id=topic))["result"]
    assert (said["message_thread_id"], said["is_topic_message"]) == (topic, True)
    assert "message_thread_id" not in (await call("sendMessage", chat_id=group, text="There"))["result"]


async def test_a_closed_topic_takes_nothing_of_a_bot_that_is_no_administrator(
    call: Call, control: Call, group: int
) -> None:
    topic = (await control(f"groups/{group}/begin_topic", name="News"))["topic"]
    await control(f"groups/{group}/close_topic", topic=topic)
    answer = await call("sendMessage", chat_id=group, text="Here", message_thread_id=topic)
    assert (answer["error_code"], answer["description"]) == (400, "Bad Request: TOPIC_CLOSED")
    await control(f"groups/{group}/add_bot", administrator=True)
    assert (await call("sendMessage", chat_id=group, text="Here", message_thread_id=topic))["ok"]


async def test_a_topic_that_is_gone_or_never_was(call: Call, control: Call, ama: int, group: int) -> None:
    topic = (await control(f"groups/{group}/begin_topic", name="News"))["topic"]
    await control(f"people/{ama}/say", chat=group, text="Hello", topic=topic)
    await control(f"groups/{group}/delete_topic", topic=topic)
    for number in (topic, 999):
        answer = await call("sendMessage", chat_id=group, text="Here", message_thread_id=number)
        assert (answer["error_code"], answer["description"]) == (400, "Bad Request: message thread not found")


async def test_what_cannot_be(control: Call, web: httpx.AsyncClient, ama: int, group: int) -> None:
    basic = (await control("groups", title="Small", members=[ama], basic=True))["id"]
    assert (await web.post(f"/sandbox/groups/{basic}/begin_topic", json={"name": "News"})).status_code == 409
    for action in ("close_topic", "delete_topic"):
        assert (await web.post(f"/sandbox/groups/{group}/{action}", json={"topic": 5})).status_code == 404
    said = {"chat": group, "text": "Hello", "topic": 5}
    assert (await web.post(f"/sandbox/people/{ama}/say", json=said)).status_code == 404
    private = {"text": "Hello", "topic": 5}
    assert (await web.post(f"/sandbox/people/{ama}/say", json=private)).status_code == 404

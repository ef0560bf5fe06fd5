"""How updates reach a bot's own server: each chat in order, several chats at once, again and again until taken."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import pairwise
from typing import Any

import httpx
import pytest

from tests.sandbox.hooks import Hook, listening

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    async with listening() as ready:
        yield ready


async def until_nothing_waits(call: Call) -> Json:
    async with asyncio.timeout(5):
        while True:
            info = (await call("getWebhookInfo"))["result"]
            if not info["pending_update_count"]:
                return info


async def test_a_webhook_gets_updates_in_order(call: Call, control: Call, ama: int, hook: Hook) -> None:
    await call("setWebhook", url=hook.url, secret_token="s3cret")
    for text in ("one", "two", "three"):
        await control(f"people/{ama}/say", text=text)
    assert await hook.wait_for(3) == ["one", "two", "three"]
    assert {secret for secret, _ in hook.received} == {"s3cret"}
    assert "last_error_message" not in await until_nothing_waits(call)


async def test_a_failed_delivery_is_tried_again(call: Call, control: Call, ama: int, hook: Hook) -> None:
    hook.answers = [(500, {}), (503, {}), (200, {})]
    await call("setWebhook", url=hook.url)
    await control(f"people/{ama}/say", text="one")
    await control(f"people/{ama}/say", text="two")
    assert await hook.wait_for(4) == ["one", "one", "one", "two"]
    info = await until_nothing_waits(call)
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert info["last_error_date"] > 0


async def test_each_retry_comes_later_than_the_one_before(call: Call, control: Call, ama: int, hook: Hook) -> None:
    hook.answers = [(302, {}), (404, {}), (500, {}), (503, {})]
    await call("setWebhook", url=hook.url)
    await control(f"people/{ama}/say", text="one")
    await hook.wait_for(5)
    pauses = [after - before for before, after in pairwise(hook.moments)]
    for pause, least in zip(pauses, (0.01, 0.02, 0.04, 0.08), strict=True):
        assert pause >= least


async def test_a_method_in_the_answer_is_executed(
    web: httpx.AsyncClient, call: Call, control: Call, ama: int, hook: Hook
) -> None:
    hook.answers = [(200, {"method": "sendMessage", "chat_id": ama, "text": "By return of post"})]
    await call("setWebhook", url=hook.url)
    await control(f"people/{ama}/say", text="one")
    await control(f"people/{ama}/say", text="two")
    await hook.wait_for(2)  # the second comes only when the answer to the first was dealt with
    messages = (await web.get(f"/sandbox/chats/{ama}/messages")).json()
    assert sorted(message["text"] for message in messages) == ["/start", "By return of post", "one", "two"]


@pytest.mark.parametrize("method", ["deleteWebhook", "setWebhook", "getMe", "nothingLikeIt"])
async def test_what_an_answer_cannot_ask_for(method: str, call: Call, control: Call, ama: int, hook: Hook) -> None:
    hook.answers = [(200, {"method": method})]
    await call("setWebhook", url=hook.url)
    await control(f"people/{ama}/say", text="one")
    await control(f"people/{ama}/say", text="two")
    assert await hook.wait_for(2) == ["one", "two"]
    assert (await until_nothing_waits(call))["url"] == hook.url


@pytest.mark.parametrize(
    "answer", [{"method": "sendMessage", "chat_id": 1, "text": "To nobody"}, {"method": 7}, ["sendMessage"], "", None]
)
async def test_an_answer_that_leads_to_nothing(answer: Any, call: Call, control: Call, ama: int, hook: Hook) -> None:
    hook.answers = [(200, answer)]
    await call("setWebhook", url=hook.url)
    await control(f"people/{ama}/say", text="one")
    await control(f"people/{ama}/say", text="two")
    assert await hook.wait_for(2) == ["one", "two"]
    assert "last_error_message" not in await until_nothing_waits(call)


async def test_several_chats_at_once_and_each_in_order(call: Call, control: Call, ama: int, hook: Hook) -> None:
    kofi = (await control("people", name="Kofi"))["id"]
    hook.opened.clear()
    await call("setWebhook", url=hook.url)
    await control(f"people/{ama}/say", text="Ama 1")
    await control(f"people/{ama}/say", text="Ama 2")
    await control(f"people/{kofi}/start", code="")
    assert await hook.wait_for(2) == ["Ama 1", "/start"]
    assert (await call("getWebhookInfo"))["result"]["pending_update_count"] == 3
    hook.opened.set()
    assert await hook.wait_for(3) == ["Ama 1", "/start", "Ama 2"]
    assert hook.most_at_once == 2


async def test_one_chat_that_fails_does_not_hold_up_another(call: Call, control: Call, ama: int, hook: Hook) -> None:
    kofi = (await control("people", name="Kofi"))["id"]
    hook.answers = [(500, {})]
    hook.opened.clear()
    await call("setWebhook", url=hook.url)
    await control(f"people/{ama}/say", text="one")
    await hook.wait_for(1)
    await control(f"people/{kofi}/start", code="")
    await hook.wait_for(2)
    hook.opened.set()
    assert await hook.wait_for(3) == ["one", "/start", "one"]


async def test_no_more_connections_than_the_bot_wants(call: Call, control: Call, ama: int, hook: Hook) -> None:
    people = [(await control("people", name=name))["id"] for name in ("Kofi", "Efua", "Issa")]
    hook.opened.clear()
    await call("setWebhook", url=hook.url, max_connections=2)
    for person in people:
        await control(f"people/{person}/start", code="")
    await hook.wait_for(2)
    hook.opened.set()
    await hook.wait_for(3)
    assert hook.most_at_once == 2
    assert (await until_nothing_waits(call))["max_connections"] == 2


async def test_what_was_dropped_is_not_tried_again(call: Call, control: Call, ama: int, hook: Hook) -> None:
    hook.answers = [(500, {})] * 100
    await call("setWebhook", url=hook.url)
    await control(f"people/{ama}/say", text="one")
    await hook.wait_for(1)
    await call("setWebhook", url=hook.url, drop_pending_updates=True)
    hook.answers.clear()
    hook.received.clear()
    await control(f"people/{ama}/say", text="two")
    assert await hook.wait_for(1) == ["two"]
    assert (await until_nothing_waits(call))["pending_update_count"] == 0


async def test_a_webhook_that_cannot_be_reached(call: Call, control: Call, ama: int) -> None:
    await call("setWebhook", url="http://127.0.0.1:9/hook")
    await control(f"people/{ama}/say", text="one")
    async with asyncio.timeout(5):
        while "last_error_message" not in (info := (await call("getWebhookInfo"))["result"]):
            pass
    assert info["last_error_message"].startswith("Connection failed")
    assert info["pending_update_count"] == 1
    await call("deleteWebhook", drop_pending_updates=True)
    assert (await call("getUpdates"))["result"] == []


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"url": "ftp://example.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org", "secret_token": "no spaces"}, "secret token contains unallowed characters"),
    ],
)
async def test_bad_webhooks(call: Call, values: Json, reason: str) -> None:
    assert (await call("setWebhook", **values))["description"] == f"Bad Request: {reason}"

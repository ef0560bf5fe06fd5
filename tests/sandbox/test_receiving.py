"""How updates reach a bot: long polling and webhooks."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from aiohttp import web as aiohttp_web

from sandbox.server import Serving

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_stay_until_they_are_acknowledged(call: Call, control: Call, ama: int) -> None:
    for text in ("one", "two", "three"):
        await control(f"people/{ama}/say", text=text)
    first = (await call("getUpdates", limit=2))["result"]
    assert texts(first) == ["one", "two"]
    assert texts((await call("getUpdates"))["result"]) == ["one", "two", "three"]
    rest = (await call("getUpdates", offset=first[1]["update_id"]))["result"]
    assert texts(rest) == ["two", "three"]
    assert [update["update_id"] for update in rest] == [first[1]["update_id"], first[1]["update_id"] + 1]
    assert texts((await call("getUpdates", offset=-1))["result"]) == ["three"]
    assert texts((await call("getUpdates"))["result"]) == ["three"]
    assert (await call("getUpdates", offset=rest[-1]["update_id"] + 1))["result"] == []


async def test_a_long_poll_ends_when_something_arrives(call: Call, control: Call, ama: int) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await control(f"people/{ama}/say", text="here")
    async with asyncio.timeout(5):
        assert texts((await poll)["result"]) == ["here"]


async def test_the_older_of_two_polls_is_sent_away(sandbox: Serving, call: Call, control: Call, ama: int) -> None:
    older = asyncio.create_task(call("getUpdates", timeout=30))
    queue = sandbox.state.bots[42].updates
    async with asyncio.timeout(5):
        while not queue.arrived._waiting:
            await call("getMe")
    newer = asyncio.create_task(call("getUpdates", timeout=30))
    answer = await older
    assert answer["error_code"] == 409
    assert answer["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await control(f"people/{ama}/say", text="for the newer")
    assert texts((await newer)["result"]) == ["for the newer"]


async def test_polling_and_a_webhook_exclude_one_another(call: Call, ama: int) -> None:
    await call("setWebhook", url="http://127.0.0.1:9/")
    answer = await call("getUpdates")
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: can't use getUpdates method while webhook is active")
    await call("deleteWebhook")
    assert (await call("getUpdates"))["ok"]


async def test_the_choice_of_updates_is_kept(call: Call, control: Call, ama: int) -> None:
    await call("getUpdates", allowed_updates=["my_chat_member"])
    await control(f"people/{ama}/say", text="unheard")
    await control(f"people/{ama}/block")
    [update] = (await call("getUpdates"))["result"]
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await call("getUpdates", offset=update["update_id"] + 1, allowed_updates=[])
    await control(f"people/{ama}/start")
    kinds = [set(update) - {"update_id"} for update in (await call("getUpdates"))["result"]]
    assert kinds == [{"my_chat_member"}, {"message"}]


@dataclass
class Hook:
    """A bot's own server, which notes what it gets and answers as it was told."""

    url: str = ""
    answers: list[tuple[int, Json]] = field(default_factory=list)
    received: list[tuple[str | None, Json]] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: aiohttp_web.Request) -> aiohttp_web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.received.append((secret, await request.json()))
        self.arrived.set()
        status, body = self.answers.pop(0) if self.answers else (200, {})
        return aiohttp_web.Response(status=status, text=json.dumps(body), content_type="application/json")

    async def wait_for(self, count: int) -> list[str]:
        async with asyncio.timeout(5):
            while len(self.received) < count:
                self.arrived.clear()
                await self.arrived.wait()
        return texts([update for _, update in self.received])


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = aiohttp_web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = aiohttp_web.AppRunner(app)
    await runner.setup()
    site = aiohttp_web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


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


async def test_a_webhook_may_take_its_leave_in_its_answer(call: Call, control: Call, ama: int, hook: Hook) -> None:
    hook.answers = [(200, {"method": "deleteWebhook"})]
    await call("setWebhook", url=hook.url)
    await control(f"people/{ama}/say", text="one")
    async with asyncio.timeout(5):
        while (await call("getWebhookInfo"))["result"]["url"]:
            pass
    await control(f"people/{ama}/say", text="two")
    assert texts((await call("getUpdates"))["result"]) == ["two"]


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

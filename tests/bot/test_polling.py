"""Polling: Telegram may forget an update only when it is on disk."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Bot
from telegram.error import InvalidToken

from bot.apply import Done
from bot.channels import Incoming
from bot.storage_thread import StorageUnavailable
from bot.telegram.inbound import ALLOWED_UPDATES
from bot.telegram.polling import Polling
from bot.telegram.transport import AiohttpTransport
from tests.bot.updates import Json, message, tap
from tests.rig import Rig

Answer = list[Any] | int


class BotApi:
    """A Bot API that gives one answer after another to getUpdates, then keeps its caller waiting."""

    def __init__(self) -> None:
        self.first_troubles: list[int] = []
        self.answers: list[Answer] = []
        self.offsets: list[int] = []
        self.asked: list[Json] = []
        self.all_taken = asyncio.Event()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if not request.path.endswith("getUpdates"):
            if self.first_troubles:
                status = self.first_troubles.pop(0)
                return web.json_response({"ok": False, "error_code": status, "description": "x"}, status=status)
            return web.json_response({"ok": True, "result": True})
        asked = await request.json()
        self.asked.append(asked)
        self.offsets.append(int(asked["offset"]))
        if not self.answers:
            self.all_taken.set()
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, int):
            error: Json = {"ok": False, "error_code": answer, "description": "x"}
            if answer == 429:
                error["parameters"] = {"retry_after": 7}
            return web.json_response(error, status=answer)
        return web.json_response({"ok": True, "result": answer})


@pytest.fixture
def api() -> BotApi:
    return BotApi()


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", api.handle)
    async with TestServer(application) as server:
        url = str(server.make_url("")).rstrip("/")
        bot = Bot("123:abc", base_url=f"{url}/bot", request=AiohttpTransport())
        async with bot.request:
            yield bot


async def poll(bot: Bot, rig: Rig, api: BotApi, *answers: Answer) -> list[int]:
    """The offsets that Telegram was asked with while it gave those answers, and once more."""
    api.answers = list(answers)
    polling = asyncio.create_task(Polling(bot, rig.turns, rig.delivery, rig.clock).run())
    waiting = asyncio.create_task(api.all_taken.wait())
    await asyncio.wait({polling, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    polling.cancel()
    with suppress(asyncio.CancelledError):
        await polling
    await rig.delivery.idle()
    return api.offsets


async def test_the_offset_follows_the_newest_update_on_disk(bot: Bot, rig: Rig, api: BotApi) -> None:
    assert await poll(bot, rig, api, [message("a", 5), message("b", 6)], [], [message("c", 9)]) == [0, 7, 7, 10]
    assert len(rig.channel.heard) == 3
    assert api.asked[0]["allowed_updates"] == ALLOWED_UPDATES


async def test_what_cannot_be_saved_is_not_acknowledged(
    bot: Bot, rig: Rig, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = [message("a", 5), message("b", 6)]
    really_take = type(rig.turns).take
    failures = [StorageUnavailable("disk full"), StorageUnavailable("disk full")]

    async def take(turns: Any, incoming: Incoming) -> Done:
        if incoming.update == 6 and failures:
            raise failures.pop()
        return await really_take(turns, incoming)

    monkeypatch.setattr(type(rig.turns), "take", take)
    assert await poll(bot, rig, api, batch, batch, batch) == [0, 0, 0, 7]
    assert len(rig.channel.heard) == 2, "what was saved the first time is not answered twice"
    assert rig.clock.slept[:2] == [1, 2], "and each wait is longer"


@pytest.mark.parametrize(
    "junk", [{"update_id": 8, "message": []}, {"update_id": 8}, {}, {"update_id": "x"}, [], None, 3]
)
async def test_one_unreadable_update_stops_nothing(junk: Any, bot: Bot, rig: Rig, api: BotApi) -> None:
    offsets = await poll(bot, rig, api, [message("a", 7), junk, message("b", 9)])
    assert offsets == [0, 10]
    assert len(rig.channel.heard) == 2


@pytest.mark.parametrize(("trouble", "waits"), [(502, 1), (409, 1), (429, 7)])
async def test_trouble_on_the_way_is_waited_out(trouble: int, waits: float, bot: Bot, rig: Rig, api: BotApi) -> None:
    assert await poll(bot, rig, api, trouble, [message("a", 5)]) == [0, 0, 6]
    assert rig.clock.slept[0] == waits


async def test_trouble_at_the_very_start_is_waited_out_too(bot: Bot, rig: Rig, api: BotApi) -> None:
    api.first_troubles = [502, 502, 500]
    assert await poll(bot, rig, api, [message("a", 5)]) == [0, 6]
    assert rig.clock.slept[:3] == [1, 2, 4]


async def test_a_token_that_telegram_does_not_know_ends_it(bot: Bot, rig: Rig, api: BotApi) -> None:
    with pytest.raises(InvalidToken):
        await poll(bot, rig, api, 401)


async def test_every_tap_is_answered(bot: Bot, rig: Rig, api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    answered = []

    async def toast(tap_id: str, text: str | None) -> None:
        answered.append((tap_id, bool(text)))

    monkeypatch.setattr(rig.channel, "toast", toast)
    await poll(bot, rig, api, [tap("c:9:9", 5)], [tap("c:9:9", 5)])
    assert answered == [("4242", True), ("4242", False)]

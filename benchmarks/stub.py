"""A Bot API that answers every method with the least that is valid, after a given delay. It checks nothing."""

import asyncio
import json
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

from aiohttp import web

from bot.clock import SystemClock

JsonObject = dict[str, Any]

BOT_USER: JsonObject = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
MESSAGE_METHODS = {"sendmessage", "editmessagetext", "editmessagereplymarkup"}


def person(chat_id: int) -> JsonObject:
    """The ``User`` of a participant; their private chat has the same id."""
    return {"id": chat_id, "is_bot": False, "first_name": f"P{chat_id}", "language_code": "en"}


def seconds_now() -> int:
    """This moment as the Bot API counts: whole seconds since 1970, UTC."""
    return int(SystemClock().now().timestamp())


class StubApi:
    """The server. ``said`` is called with every message the bot sends or edits, as a Bot API ``Message``.

    Args:
        latency: seconds between the arrival of a request and its answer; the message is there after one half.
        said: what happens to the bot's messages.
    """

    def __init__(self, latency: float, said: Callable[[JsonObject], None]) -> None:
        self._latency = latency
        self._said = said
        self._ids = count(1)
        self._runner = web.ServerRunner(web.Server(self._answer, access_log=None))
        self.url = ""
        self.calls = 0

    async def __aenter__(self) -> "StubApi":
        """Listen on a free port of this computer."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening."""
        await self._runner.cleanup()

    def next_id(self) -> int:
        """A fresh message id, greater than all before."""
        return next(self._ids)

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        self.calls += 1
        method = request.path.rpartition("/")[2].lower()
        parameters = await _parameters(request)
        if self._latency:
            await asyncio.sleep(self._latency / 2)
        result = self._result(method, parameters)
        if self._latency:
            await asyncio.sleep(self._latency / 2)
        return web.Response(body=json.dumps({"ok": True, "result": result}).encode(), content_type="application/json")

    def _result(self, method: str, parameters: JsonObject) -> object:
        if method in MESSAGE_METHODS and "chat_id" in parameters:
            message = self._message(parameters)
            self._said(message)
            return message
        match method:
            case "getme":
                return BOT_USER | {
                    "can_join_groups": True,
                    "can_read_all_group_messages": False,
                    "supports_inline_queries": False,
                }
            case "getwebhookinfo":
                return {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
            case "getupdates" | "getmycommands":
                return []
            case "getchat":
                return _chat(int(parameters["chat_id"])) | {"accent_color_id": 0, "max_reaction_count": 0}
            case _:
                return True

    def _message(self, parameters: JsonObject) -> JsonObject:
        message: JsonObject = {
            "message_id": int(parameters.get("message_id", 0)) or self.next_id(),
            "date": seconds_now(),
            "chat": _chat(int(parameters["chat_id"])),
            "from": BOT_USER,
            "text": parameters.get("text", ""),
        }
        keyboard = parameters.get("reply_markup") or {}
        if isinstance(keyboard, str):
            keyboard = json.loads(keyboard)
        if "inline_keyboard" in keyboard:
            message["reply_markup"] = keyboard
        return message


def _chat(chat_id: int) -> JsonObject:
    return {"id": chat_id, "type": "private", "first_name": f"P{chat_id}"}


async def _parameters(request: web.BaseRequest) -> JsonObject:
    if request.content_type == "application/json":
        parsed: JsonObject = json.loads(await request.read() or b"{}")
        return parsed
    return dict(request.query) | dict(await request.post())


async def serve() -> None:
    """Serve without delay until the standard input is closed; the URL is the one line printed."""
    async with StubApi(0.0, lambda _: None) as stub:
        print(stub.url, flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve())

"""Updates by webhook: the answer is 200 only after the commit, and carries the answer to a tap for free."""

import hmac
import json
import logging
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.delivery import Delivery
from bot.storage_thread import StorageUnavailable
from bot.telegram.acknowledge import take_in
from bot.telegram.outbound import toast_parameters
from bot.turns import Turns

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 # the name of the header
LARGEST_UPDATE = 1024 * 1024
"""Bytes; Telegram's own updates are far smaller."""


def application(path: str, secret: str, turns: Turns, delivery: Delivery) -> Starlette:
    """The web application: updates at `path`, and /healthz for whoever watches the process."""

    async def health(_: Request) -> Response:
        try:
            await turns.thread.run(lambda connection: connection.exec_driver_sql("SELECT 1").scalar())
        except StorageUnavailable as error:
            return JSONResponse({"ok": False, "storage": str(error)}, 503)
        return JSONResponse({"ok": True})

    updates = Route(path, _Updates(secret, turns, delivery), methods=["POST"])
    return Starlette(routes=[updates, Route("/healthz", health)])


class _Updates:
    """Where Telegram delivers: an ASGI application of its own, without what the framework wraps around functions."""

    def __init__(self, secret: str, turns: Turns, delivery: Delivery) -> None:
        self._secret = secret.encode("ascii")
        self._turns = turns
        self._delivery = delivery

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await self._received(Request(scope, receive))
        except ClientDisconnect:
            return  # gone before the whole update was here: nothing was taken in, and nobody waits for an answer
        await response(scope, receive, send)

    async def _received(self, request: Request) -> Response:
        # Compared in constant time, and before a byte of the body is read.
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._secret):
            return PlainTextResponse("forbidden", 403)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            update = None
        if not isinstance(update, dict):
            log.error("an update that is no JSON object is set aside")  # its text may be logged nowhere
            return Response()
        return await self._taken(update)

    async def _taken(self, update: dict[str, Any]) -> Response:
        try:
            incoming, done = await take_in(update, self._turns, self._delivery)
        except StorageUnavailable as error:
            log.error("nothing can be saved (%s); Telegram brings the update again", error)  # one line
            return PlainTextResponse("try again later", 503)
        if incoming is None or incoming.tap is None:
            return Response()
        # "Making requests when getting updates": one method may ride on the answer.
        return JSONResponse({"method": "answerCallbackQuery", **toast_parameters(incoming.tap.id, done.toast)})


async def _body(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_UPDATE:
            return None
    return bytes(body)

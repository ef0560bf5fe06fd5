"""The Bot API as HTTP: /bot<token>/<Method>. Source: https://core.telegram.org/bots/api#making-requests."""

import math
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, assert_never

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.bots import Bot
from sandbox.calls import Call, read_parameters
from sandbox.errors import BotApiError, too_many_requests
from sandbox.faults import Fault, Kind
from sandbox.methods import METHODS

if TYPE_CHECKING:
    from sandbox.state import Sandbox

_TOKEN = re.compile(r"(?P<id>\d{1,15}):[\w-]{1,80}", re.ASCII)
_NOT_FOUND = BotApiError(404, "Not Found")
_NO_SUCH_METHOD = BotApiError(404, "Not Found: method not found")


async def bot_api(request: Request) -> Response:
    """Answer one call. The token is not checked against anything: every well-formed one is a bot."""
    sandbox: Sandbox = request.app.state.sandbox
    token = _TOKEN.fullmatch(request.path_params["token"])
    if token is None:
        return _answer(_NOT_FOUND.envelope())
    bot, name = sandbox.bot(int(token["id"])), request.path_params["method"]
    try:
        values = await read_parameters(request)
    except BotApiError as error:
        return _answer(error.envelope())
    fault = sandbox.faults.of_call(name, values)
    if fault is None:
        return _answer(await perform(sandbox, bot, name, values))
    return await _struck(fault, sandbox, bot, name, values)


async def perform(
    sandbox: "Sandbox", bot: Bot, name: str, values: dict[str, Any], fault: Kind | None = None
) -> dict[str, Any]:
    """Execute a method, however it was called, and note the answer in the journal."""
    method = METHODS.get(name.lower())
    try:
        if method is None:
            raise _NO_SUCH_METHOD
        body = {"ok": True, "result": await method.handler(Call(sandbox, bot, values))}
    except BotApiError as error:
        body = error.envelope()
    sandbox.journal.response(_spelt(name), values, body, fault)
    return body


async def _struck(fault: Fault, sandbox: "Sandbox", bot: Bot, name: str, values: dict[str, Any]) -> Response:
    """What becomes of a call that a fault strikes."""
    kind = fault.kind
    match kind:
        case Kind.CUT:
            return _Nothing()
        case Kind.LOST_ANSWER:
            await perform(sandbox, bot, name, values, kind)
            return _Nothing()
        case Kind.SLOW:
            body = await perform(sandbox, bot, name, values, kind)
            await sandbox.faults.linger(fault.seconds)
            return _answer(body)
        case Kind.STORM:
            refusal = too_many_requests(max(1, math.ceil(fault.seconds))).envelope()
            sandbox.journal.response(_spelt(name), values, refusal, kind)
            return _answer(refusal)
        case Kind.SERVER_ERROR:
            failure = BotApiError(fault.status, HTTPStatus(fault.status).phrase).envelope()
            if fault.after:
                await perform(sandbox, bot, name, values, kind)
            else:
                sandbox.journal.response(_spelt(name), values, failure, kind)
            return _gateway_page(fault.status) if fault.html else _answer(failure)
        case Kind.DUPLICATE | Kind.REORDER:
            raise AssertionError("these befall updates")
        case _:
            assert_never(kind)


def _spelt(name: str) -> str:
    """The name of a method as Telegram spells it, in whatever case it was called."""
    method = METHODS.get(name.lower())
    return method.name if method else name


def _answer(body: dict[str, Any]) -> JSONResponse:
    return JSONResponse(body, status_code=body.get("error_code", 200))


def _gateway_page(status: int) -> HTMLResponse:
    """What stands between a bot and the Bot API answers in its own way when it does not get through."""
    title = f"{status} {HTTPStatus(status).phrase}"
    page = f"<html>\r\n<head><title>{title}</title></head>\r\n<body><center><h1>{title}</h1></center></body>\r\n</html>"
    return HTMLResponse(page, status)


class _Nothing(Response):
    """No answer at all: the connection breaks. Only the server that holds it can do that."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["app"].state.hang_up(scope["client"])
        while (await receive())["type"] != "http.disconnect":
            pass

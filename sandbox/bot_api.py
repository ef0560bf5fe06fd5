"""The Bot API as HTTP: /bot<token>/<Method>. Source: https://core.telegram.org/bots/api#making-requests."""

import re
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from sandbox.bots import Bot
from sandbox.calls import Call, read_parameters
from sandbox.errors import BotApiError
from sandbox.methods import METHODS

if TYPE_CHECKING:
    from sandbox.state import Sandbox

_TOKEN = re.compile(r"(?P<id>\d{1,15}):[\w-]{1,80}", re.ASCII)
_NOT_FOUND = BotApiError(404, "Not Found")
_NO_SUCH_METHOD = BotApiError(404, "Not Found: method not found")


async def bot_api(request: Request) -> JSONResponse:
    """Answer one call. The token is not checked against anything: every well-formed one is a bot."""
    sandbox: Sandbox = request.app.state.sandbox
    token = _TOKEN.fullmatch(request.path_params["token"])
    if token is None:
        return _answer(_NOT_FOUND.envelope())
    bot = sandbox.bot(int(token["id"]))
    try:
        values = await read_parameters(request)
    except BotApiError as error:
        return _answer(error.envelope())
    return _answer(await perform(sandbox, bot, request.path_params["method"], values))


async def perform(sandbox: "Sandbox", bot: Bot, name: str, values: dict[str, Any]) -> dict[str, Any]:
    """Execute a method, however it was called, and note the answer in the journal."""
    method = METHODS.get(name.lower())
    try:
        if method is None:
            raise _NO_SUCH_METHOD
        body = {"ok": True, "result": await method.handler(Call(sandbox, bot, values))}
    except BotApiError as error:
        body = error.envelope()
    sandbox.journal.response(method.name if method else name, values, body)
    return body


def _answer(body: dict[str, Any]) -> JSONResponse:
    return JSONResponse(body, status_code=body.get("error_code", 200))

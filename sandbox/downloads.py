"""Files on their way out: to a bot by the path that getFile gave, to the page by number."""

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.errors import BotApiError, ControlError

if TYPE_CHECKING:
    from sandbox.state import Sandbox

_TOKEN = re.compile(r"(\d{1,15}):[\w-]{1,80}", re.ASCII)
# What people send is shown to others: nothing in it may run, not even when it is opened on its own.
_HARMLESS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


async def for_bots(request: Request) -> Response:
    """GET /file/bot<token>/<file_path> (https://core.telegram.org/bots/api#getfile)."""
    sandbox: Sandbox = request.app.state.sandbox
    token = _TOKEN.fullmatch(request.path_params["token"])
    known = token is not None and int(token[1]) in sandbox.bots
    file = sandbox.files.by_path(request.path_params["path"]) if known else None
    if file is None:
        return JSONResponse(BotApiError(404, "Not Found").envelope(), status_code=404)
    return Response(file.data, media_type="application/octet-stream")


async def for_the_page(request: Request) -> Response:
    """GET /sandbox/files/{number}, with or without a name: photos to look at, all else to save."""
    sandbox: Sandbox = request.app.state.sandbox
    file = sandbox.files.by_number(request.path_params["number"])
    if file is None:
        raise ControlError("there is no such file", 404)
    shown = "inline" if file.width else "attachment"
    headers = _HARMLESS | {"Content-Disposition": f"{shown}; filename*=UTF-8''{quote(file.name, safe='')}"}
    return Response(file.data, media_type=file.type, headers=headers)


ROUTES = [
    Route("/file/bot{token}/{path:path}", for_bots, methods=["GET"]),
    Route("/sandbox/files/{number:int}", for_the_page, methods=["GET"]),
    Route("/sandbox/files/{number:int}/{name}", for_the_page, methods=["GET"]),
]

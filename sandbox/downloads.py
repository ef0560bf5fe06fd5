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
_RANGE = re.compile(r"bytes=(?P<first>\d{0,15})-(?P<last>\d{0,15})", re.ASCII)
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
    """GET /sandbox/files/{number}, with or without a name: photos and recordings to be shown, all else to save."""
    sandbox: Sandbox = request.app.state.sandbox
    file = sandbox.files.by_number(request.path_params["number"])
    if file is None:
        raise ControlError("there is no such file", 404)
    shown = "inline" if file.is_shown else "attachment"
    headers = _HARMLESS | {
        "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(file.name, safe='')}",
        "Accept-Ranges": "bytes",
    }
    part = _part(request.headers.get("range", ""), len(file.data))
    if part is None:
        return Response(file.data, media_type=file.type, headers=headers)
    headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(file.data)}"
    return Response(file.data[part.start : part.stop], 206, media_type=file.type, headers=headers)


def _part(wanted: str, size: int) -> range | None:
    """The bytes that a player asks for to go to a place in a recording; None for the whole file.

    Source: https://www.rfc-editor.org/rfc/rfc9110#name-range. What is no single range within the file may be ignored.
    """
    match = _RANGE.fullmatch(wanted)
    if match is None or not (match["first"] or match["last"]):
        return None
    last = int(match["last"] or size)
    part = range(int(match["first"]), min(last + 1, size)) if match["first"] else range(max(0, size - last), size)
    return part or None


ROUTES = [
    Route("/file/bot{token}/{path:path}", for_bots, methods=["GET"]),
    Route("/sandbox/files/{number:int}", for_the_page, methods=["GET"]),
    Route("/sandbox/files/{number:int}/{name}", for_the_page, methods=["GET"]),
]

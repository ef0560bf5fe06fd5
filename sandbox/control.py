"""The control interface: what a test, a demonstration or the page does to the sandbox. See README.md.

Here is what all its parts share, and what concerns the sandbox as a whole.
"""

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.chats import Chat, Json, JsonValue, Person, PrivateChat
from sandbox.errors import ControlError
from sandbox.message_views import chat_messages
from sandbox.strict_json import from_json
from sandbox.views import snapshot

if TYPE_CHECKING:
    from sandbox.state import Sandbox


def sandbox_of(request: Request) -> "Sandbox":
    """The sandbox that a request is about."""
    sandbox: Sandbox = request.app.state.sandbox
    return sandbox


async def body_of(request: Request) -> Json:
    """The JSON object in the body, empty when there is no body.

    Raises:
        ControlError: the body is something else.
    """
    raw = await request.body()
    try:
        body = from_json(raw or b"{}")
    except ValueError as error:
        raise ControlError("the body is not JSON") from error
    if not isinstance(body, dict):
        raise ControlError("the body is not a JSON object")
    return body


def required(body: Json, name: str) -> JsonValue:
    """A field of the body.

    Raises:
        ControlError: it is missing.
    """
    if body.get(name) is None:
        raise ControlError(f"the field {name!r} is missing")
    return body[name]


def number(raw: JsonValue) -> int:
    """A whole number, such as an id.

    Raises:
        ControlError: it is none.
    """
    try:
        value = int(raw)
    except (TypeError, ValueError) as error:
        raise ControlError(f"not a whole number: {raw!r}") from error
    if isinstance(raw, bool) or (isinstance(raw, float) and raw != value):
        raise ControlError(f"not a whole number: {raw!r}")
    return value


def flag(body: Json, name: str, *, default: bool = False) -> bool:
    """A field that is true or false, and `default` when it is missing.

    Raises:
        ControlError: it is something else.
    """
    value = default if body.get(name) is None else body[name]
    if not isinstance(value, bool):
        raise ControlError(f"{name!r} is true or false, not {value!r}")
    return value


def listed(body: Json, name: str) -> list[JsonValue]:
    """A field that is a list, empty when it is missing.

    Raises:
        ControlError: it is something else.
    """
    value = [] if body.get(name) is None else body[name]
    if not isinstance(value, list):
        raise ControlError(f"{name!r} is a list, not {value!r}")
    return value


def optional(body: Json, name: str) -> int | None:
    """A whole number that may be missing; None when it is. Raises ControlError like `number`."""
    return None if body.get(name) is None else number(body[name])


def private_chat_of(request: Request, person: Person, body: Json) -> PrivateChat:
    """The chat of a person with the bot that the body names, or the first."""
    sandbox = sandbox_of(request)
    return sandbox.private_chat(sandbox.main_bot(optional(body, "bot")).id, person.id)


def person_of(request: Request) -> Person:
    """The person whose id is in the path."""
    return sandbox_of(request).person(number(request.path_params["id"]))


def chat_of(request: Request, person: Person, body: Json) -> Chat:
    """The chat that a person acts in: a group, or by default their private chat with the bot."""
    chat_id = body.get("chat")
    if chat_id is None or number(chat_id) == person.id:
        return private_chat_of(request, person, body)
    return sandbox_of(request).group(number(chat_id))


async def messages(request: Request) -> Response:
    """GET /sandbox/chats/{id}/messages: a private chat has the id of its person."""
    sandbox, chat_id = sandbox_of(request), number(request.path_params["id"])
    if chat_id in sandbox.people:
        bot_id = request.query_params.get("bot")
        bot = sandbox.main_bot(number(bot_id) if bot_id else None)
        return JSONResponse(chat_messages(sandbox.private_chat(bot.id, chat_id)))
    return JSONResponse(chat_messages(sandbox.group(chat_id)))


async def bots(request: Request) -> Response:
    """GET /sandbox/bots."""
    known = sandbox_of(request).bots.values()
    return JSONResponse([bot.user() | {"pending_updates": len(bot.updates.pending)} for bot in known])


async def journal(request: Request) -> Response:
    """GET /sandbox/journal."""
    return PlainTextResponse(sandbox_of(request).journal.lines(), media_type="application/jsonl")


async def reset(request: Request) -> Response:
    """POST /sandbox/reset."""
    sandbox_of(request).reset()
    return JSONResponse({"reset": True})


async def stream(request: Request) -> Response:
    """GET /sandbox/stream: server-sent events for the page."""
    sandbox = sandbox_of(request)
    return StreamingResponse(
        sandbox.stream.listen(snapshot(sandbox)),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


ROUTES = [
    Route("/sandbox/chats/{id}/messages", messages, methods=["GET"]),
    Route("/sandbox/bots", bots, methods=["GET"]),
    Route("/sandbox/journal", journal, methods=["GET"]),
    Route("/sandbox/reset", reset, methods=["POST"]),
    Route("/sandbox/stream", stream, methods=["GET"]),
]

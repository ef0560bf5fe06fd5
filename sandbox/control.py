"""The control interface: what a test, a demonstration or the page does to the sandbox. See README.md."""

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox import people
from sandbox.chats import Chat, Json, JsonValue, Person, PrivateChat
from sandbox.crowd import Habits
from sandbox.errors import ControlError
from sandbox.views import chat_messages, snapshot

if TYPE_CHECKING:
    from sandbox.state import Sandbox

Endpoint = Callable[[Request], Awaitable[Response]]
MOST_PEOPLE_AT_ONCE = 5000


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
        body = json.loads(raw or b"{}")
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
        return int(raw)
    except (TypeError, ValueError) as error:
        raise ControlError(f"not a whole number: {raw!r}") from error


def _optional(body: Json, name: str) -> int | None:
    return None if body.get(name) is None else number(body[name])


def _private_chat(request: Request, person: Person, body: Json) -> PrivateChat:
    """The chat of a person with the bot that the body names, or the first."""
    sandbox = sandbox_of(request)
    return sandbox.private_chat(sandbox.main_bot(_optional(body, "bot")).id, person.id)


def _person(request: Request) -> Person:
    return sandbox_of(request).person(number(request.path_params["id"]))


def _chat(request: Request, person: Person, body: Json) -> Chat:
    """The chat that a person acts in: a group, or by default their private chat with the bot."""
    chat_id = body.get("chat")
    if chat_id is None or number(chat_id) == person.id:
        return _private_chat(request, person, body)
    return sandbox_of(request).group(number(chat_id))


async def add_person(request: Request) -> Response:
    """POST /sandbox/people."""
    body = await body_of(request)
    person = sandbox_of(request).add_person(
        str(required(body, "name")),
        str(body.get("language", "en")),
        phone=bool(body.get("phone", False)),
        username=body.get("username"),
    )
    return JSONResponse(people.simplified(person))


async def list_people(request: Request) -> Response:
    """GET /sandbox/people."""
    return JSONResponse([people.simplified(person) for person in sandbox_of(request).people.values()])


async def say(request: Request) -> Response:
    """POST /sandbox/people/{id}/say."""
    sandbox, person, body = sandbox_of(request), _person(request), await body_of(request)
    chat = _chat(request, person, body)
    message = people.say(sandbox, person, chat, str(required(body, "text")), _optional(body, "reply_to"))
    return JSONResponse({"message_id": message.id})


async def tap(request: Request) -> Response:
    """POST /sandbox/people/{id}/tap."""
    sandbox, person, body = sandbox_of(request), _person(request), await body_of(request)
    if "data" not in body and "text" not in body:
        raise ControlError("a tap needs the 'data' or the 'text' of the button")
    return JSONResponse(people.tap(sandbox, person, _chat(request, person, body), _optional(body, "message_id"), body))


async def start(request: Request) -> Response:
    """POST /sandbox/people/{id}/start."""
    sandbox, person, body = sandbox_of(request), _person(request), await body_of(request)
    chat = _private_chat(request, person, body)
    return JSONResponse({"message_id": people.start(sandbox, person, chat, str(body.get("code", ""))).id})


async def block(request: Request) -> Response:
    """POST /sandbox/people/{id}/block and /unblock."""
    sandbox, person, body = sandbox_of(request), _person(request), await body_of(request)
    chat = _private_chat(request, person, body)
    people.set_blocked(sandbox, person, chat, blocked=request.url.path.endswith("/block"))
    return JSONResponse({"blocked": chat.blocked})


async def language(request: Request) -> Response:
    """POST /sandbox/people/{id}/language."""
    body = await body_of(request)
    changed = sandbox_of(request).change_language(_person(request).id, str(required(body, "language")))
    return JSONResponse(people.simplified(changed))


async def add_group(request: Request) -> Response:
    """POST /sandbox/groups."""
    body = await body_of(request)
    members = [number(member) for member in body.get("members", [])]
    group = sandbox_of(request).add_group(str(required(body, "title")), members, phone=bool(body.get("phone", False)))
    return JSONResponse({"id": group.id, "title": group.title, "members": group.members})


async def join_group(request: Request) -> Response:
    """POST /sandbox/groups/{id}/join."""
    sandbox, body = sandbox_of(request), await body_of(request)
    group = sandbox.group(number(request.path_params["id"]))
    people.join(sandbox, sandbox.person(number(required(body, "person"))), group)
    return JSONResponse({"members": group.members})


async def add_bot(request: Request) -> Response:
    """POST /sandbox/groups/{id}/add_bot: by the first member unless "person" says who."""
    sandbox, body = sandbox_of(request), await body_of(request)
    group = sandbox.group(number(request.path_params["id"]))
    if not group.members:
        raise ControlError("a group without members cannot add a bot", 409)
    actor = sandbox.person(number(body.get("person", group.members[0])))
    bot = sandbox.main_bot(_optional(body, "bot"))
    people.add_bot(sandbox, actor, group, bot, administrator=bool(body.get("administrator", False)))
    return JSONResponse({"bot": bot.id, "status": group.bots[bot.id]})


async def remove_bot(request: Request) -> Response:
    """POST /sandbox/groups/{id}/remove_bot: the bot is thrown out by the first member."""
    sandbox, body = sandbox_of(request), await body_of(request)
    group = sandbox.group(number(request.path_params["id"]))
    bot = sandbox.main_bot(_optional(body, "bot"))
    people.remove_bot(sandbox, sandbox.person(group.members[0]).user(), group, bot, "kicked")
    return JSONResponse({"bot": bot.id, "status": group.bots.get(bot.id, "left")})


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


async def limits(request: Request) -> Response:
    """GET and POST /sandbox/limits."""
    sandbox = sandbox_of(request)
    if request.method == "POST":
        sandbox.limits.enabled = bool(required(await body_of(request), "enabled"))
    return JSONResponse({"enabled": sandbox.limits.enabled})


async def reset(request: Request) -> Response:
    """POST /sandbox/reset."""
    sandbox_of(request).reset()
    return JSONResponse({"reset": True})


async def crowd(request: Request) -> Response:
    """GET and POST /sandbox/crowd."""
    sandbox = sandbox_of(request)
    if request.method == "GET":
        return JSONResponse(sandbox.crowd.view())
    body = sandbox.demo.get("crowd", {}) | await body_of(request)
    count = number(required(body, "people"))
    if not 1 <= count <= MOST_PEOPLE_AT_ONCE:
        raise ControlError(f"a crowd has 1 to {MOST_PEOPLE_AT_ONCE} people")
    habits = Habits(_flat(body.get("avoid", [])), tuple(body.get("texts") or Habits().texts))
    languages = [str(code) for code in body.get("languages") or ["en", "fr"]]
    arrived = sandbox.crowd.gather(count, number(body.get("seed", 1)), str(required(body, "link")), habits, languages)
    return JSONResponse({"people": [person.id for person in arrived]} | {"crowd": sandbox.crowd.view()})


def _flat(avoid: JsonValue) -> frozenset[str]:
    """Button texts never tapped, given as a list or as one list for each language."""
    if isinstance(avoid, dict):
        return frozenset(str(text) for texts in avoid.values() for text in texts)
    return frozenset(str(text) for text in avoid)


async def stream(request: Request) -> Response:
    """GET /sandbox/stream: server-sent events for the page."""
    sandbox = sandbox_of(request)
    return StreamingResponse(
        sandbox.stream.listen(snapshot(sandbox)),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


ROUTES = [
    Route("/sandbox/people", list_people, methods=["GET"]),
    Route("/sandbox/people", add_person, methods=["POST"]),
    Route("/sandbox/people/{id:int}/say", say, methods=["POST"]),
    Route("/sandbox/people/{id:int}/tap", tap, methods=["POST"]),
    Route("/sandbox/people/{id:int}/start", start, methods=["POST"]),
    Route("/sandbox/people/{id:int}/block", block, methods=["POST"]),
    Route("/sandbox/people/{id:int}/unblock", block, methods=["POST"]),
    Route("/sandbox/people/{id:int}/language", language, methods=["POST"]),
    Route("/sandbox/groups", add_group, methods=["POST"]),
    Route("/sandbox/groups/{id}/join", join_group, methods=["POST"]),
    Route("/sandbox/groups/{id}/add_bot", add_bot, methods=["POST"]),
    Route("/sandbox/groups/{id}/remove_bot", remove_bot, methods=["POST"]),
    Route("/sandbox/chats/{id}/messages", messages, methods=["GET"]),
    Route("/sandbox/bots", bots, methods=["GET"]),
    Route("/sandbox/journal", journal, methods=["GET"]),
    Route("/sandbox/limits", limits, methods=["GET", "POST"]),
    Route("/sandbox/reset", reset, methods=["POST"]),
    Route("/sandbox/crowd", crowd, methods=["GET", "POST"]),
    Route("/sandbox/stream", stream, methods=["GET"]),
]

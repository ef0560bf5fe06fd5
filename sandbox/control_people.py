"""The control interface of people: who is there, and what they do. See README.md."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import people
from sandbox.control import body_of, chat_of, optional, person_of, private_chat_of, required, sandbox_of
from sandbox.errors import ControlError


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
    sandbox, person, body = sandbox_of(request), person_of(request), await body_of(request)
    chat = chat_of(request, person, body)
    message = people.say(sandbox, person, chat, str(required(body, "text")), optional(body, "reply_to"))
    return JSONResponse({"message_id": message.id})


async def tap(request: Request) -> Response:
    """POST /sandbox/people/{id}/tap."""
    sandbox, person, body = sandbox_of(request), person_of(request), await body_of(request)
    if "data" not in body and "text" not in body:
        raise ControlError("a tap needs the 'data' or the 'text' of the button")
    return JSONResponse(people.tap(sandbox, person, chat_of(request, person, body), optional(body, "message_id"), body))


async def start(request: Request) -> Response:
    """POST /sandbox/people/{id}/start."""
    sandbox, person, body = sandbox_of(request), person_of(request), await body_of(request)
    chat = private_chat_of(request, person, body)
    return JSONResponse({"message_id": people.start(sandbox, person, chat, str(body.get("code", ""))).id})


async def block(request: Request) -> Response:
    """POST /sandbox/people/{id}/block and /unblock."""
    sandbox, person, body = sandbox_of(request), person_of(request), await body_of(request)
    chat = private_chat_of(request, person, body)
    people.set_blocked(sandbox, person, chat, blocked=request.url.path.endswith("/block"))
    return JSONResponse({"blocked": chat.blocked})


async def language(request: Request) -> Response:
    """POST /sandbox/people/{id}/language."""
    body = await body_of(request)
    changed = sandbox_of(request).change_language(person_of(request).id, str(required(body, "language")))
    return JSONResponse(people.simplified(changed))


ROUTES = [
    Route("/sandbox/people", list_people, methods=["GET"]),
    Route("/sandbox/people", add_person, methods=["POST"]),
    Route("/sandbox/people/{id:int}/say", say, methods=["POST"]),
    Route("/sandbox/people/{id:int}/tap", tap, methods=["POST"]),
    Route("/sandbox/people/{id:int}/start", start, methods=["POST"]),
    Route("/sandbox/people/{id:int}/block", block, methods=["POST"]),
    Route("/sandbox/people/{id:int}/unblock", block, methods=["POST"]),
    Route("/sandbox/people/{id:int}/language", language, methods=["POST"]),
]

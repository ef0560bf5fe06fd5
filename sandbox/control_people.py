"""The control interface of people: who is there, and what they do. See README.md."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import membership, people, recordings, responses, uploads
from sandbox.calls import UploadedFile, read_parameters
from sandbox.chats import Json
from sandbox.clock import zone_in
from sandbox.control import body_of, chat_of, flag, number, optional, person_of, private_chat_of, required, sandbox_of
from sandbox.errors import BotApiError, ControlError
from sandbox.places import place_in

KINDS = ("photo", "document", *recordings.KINDS)
# Of seconds and of pixels: nobody sends more than a day or a wall.
LARGEST_FIGURE = 100_000


async def add_person(request: Request) -> Response:
    """POST /sandbox/people."""
    body = await body_of(request)
    person = sandbox_of(request).add_person(
        str(required(body, "name")),
        str(body.get("language", "en")),
        phone=flag(body, "phone"),
        username=str(body["username"]) if body.get("username") else None,
        zone=zone_in(body.get("zone")),
    )
    return JSONResponse(people.simplified(person))


async def list_people(request: Request) -> Response:
    """GET /sandbox/people."""
    return JSONResponse([people.simplified(person) for person in sandbox_of(request).people.values()])


async def say(request: Request) -> Response:
    """POST /sandbox/people/{id}/say."""
    sandbox, person, body = sandbox_of(request), person_of(request), await body_of(request)
    chat = chat_of(request, person, body)
    text, reply_to, topic = str(required(body, "text")), optional(body, "reply_to"), optional(body, "topic")
    message = people.say(sandbox, person, chat, text, reply_to, topic)
    return JSONResponse({"message_id": message.id})


async def send(request: Request) -> Response:
    """POST /sandbox/people/{id}/send: a form with a file."""
    sandbox, person = sandbox_of(request), person_of(request)
    try:
        form = {name: value for name, value in (await read_parameters(request)).items() if value != ""}
        file, kind = required(form, "file"), form.get("as")
        if not isinstance(file, UploadedFile) or kind not in KINDS:
            raise ControlError(f"this takes a form with a 'file', sent 'as' one of {', '.join(KINDS)}")
        # Looked up first: nothing is to be kept for a chat that does not exist.
        chat = chat_of(request, person, form)
        media = await uploads.kept(sandbox, kind, file, _recording(form, kind, file))
    except BotApiError as error:
        too_large = error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        raise ControlError("a file has at most 50 MB" if too_large else error.description, error.code) from error
    message = people.send(sandbox, person, chat, media, str(form.get("caption", "")), optional(form, "reply_to"))
    return JSONResponse({"message_id": message.id})


def _recording(form: Json, kind: str, file: UploadedFile) -> recordings.Recording | None:
    """What the form says of a voice note, an audio or a video; None for what is no recording."""
    if kind not in recordings.KINDS:
        return None
    type_ = recordings.media_type(kind, file.name, file.content_type)
    figures = {name: optional(form, name) or 0 for name in ("duration", "width", "height")}
    if not all(0 <= figure <= LARGEST_FIGURE for figure in figures.values()):
        raise ControlError(f"'duration', 'width' and 'height' are whole numbers from 0 to {LARGEST_FIGURE}")
    return recordings.Recording(type_, **figures)


async def location(request: Request) -> Response:
    """POST /sandbox/people/{id}/location."""
    sandbox, person, body = sandbox_of(request), person_of(request), await body_of(request)
    chat, place = chat_of(request, person, body), place_in(body)
    return JSONResponse({"message_id": people.locate(sandbox, person, chat, place, optional(body, "reply_to")).id})


async def edit(request: Request) -> Response:
    """POST /sandbox/people/{id}/edit."""
    sandbox, person, body = sandbox_of(request), person_of(request), await body_of(request)
    chat, message_id = chat_of(request, person, body), number(required(body, "message_id"))
    return JSONResponse({"message_id": people.edit(sandbox, person, chat, message_id, str(required(body, "text"))).id})


async def delete(request: Request) -> Response:
    """POST /sandbox/people/{id}/delete."""
    sandbox, person, body = sandbox_of(request), person_of(request), await body_of(request)
    message_id = number(required(body, "message_id"))
    people.delete(sandbox, person, chat_of(request, person, body), message_id)
    return JSONResponse({"message_id": message_id})


async def react(request: Request) -> Response:
    """POST /sandbox/people/{id}/react: an empty emoji takes the reaction back."""
    sandbox, person, body = sandbox_of(request), person_of(request), await body_of(request)
    chat, message_id = chat_of(request, person, body), number(required(body, "message_id"))
    # Keyboards add a sign that asks for a coloured picture; Telegram's names of reactions lack it.
    emoji = str(required(body, "emoji")).replace("\ufe0f", "")
    responses.react(sandbox, person, chat, message_id, emoji)
    return JSONResponse({"message_id": message_id})


async def vote(request: Request) -> Response:
    """POST /sandbox/people/{id}/vote: no options take the vote back."""
    sandbox, person, body = sandbox_of(request), person_of(request), await body_of(request)
    chat, message_id, options = (
        chat_of(request, person, body),
        number(required(body, "message_id")),
        body.get("options"),
    )
    if not isinstance(options, list):
        raise ControlError("a vote needs the list of 'options'")
    responses.vote(sandbox, person, chat, message_id, [number(option) for option in options])
    return JSONResponse({"message_id": message_id})


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
    membership.set_blocked(sandbox, person, chat, blocked=request.url.path.endswith("/block"))
    return JSONResponse({"blocked": chat.blocked})


async def deactivate(request: Request) -> Response:
    """POST /sandbox/people/{id}/deactivate: the account is deleted."""
    return JSONResponse(people.simplified(membership.deactivate(sandbox_of(request), person_of(request))))


async def language(request: Request) -> Response:
    """POST /sandbox/people/{id}/language."""
    body = await body_of(request)
    changed = sandbox_of(request).change_language(person_of(request).id, str(required(body, "language")))
    return JSONResponse(people.simplified(changed))


_ACTIONS = {
    "say": say,
    "send": send,
    "location": location,
    "edit": edit,
    "delete": delete,
    "react": react,
    "vote": vote,
    "tap": tap,
    "start": start,
    "block": block,
    "unblock": block,
    "deactivate": deactivate,
    "language": language,
}

ROUTES = [
    Route("/sandbox/people", list_people, methods=["GET"]),
    Route("/sandbox/people", add_person, methods=["POST"]),
    *(Route(f"/sandbox/people/{{id:int}}/{name}", action, methods=["POST"]) for name, action in _ACTIONS.items()),
]

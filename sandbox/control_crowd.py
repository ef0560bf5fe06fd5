"""The control interface of the crowd of simulated people. See README.md."""

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.chats import Json, JsonValue, Person
from sandbox.clock import zone_in
from sandbox.control import body_of, flag, listed, number, optional, person_of, required, sandbox_of
from sandbox.crowd import Newcomer, invitation
from sandbox.errors import ControlError
from sandbox.habits import Habits, changed

if TYPE_CHECKING:
    from sandbox.state import Sandbox

MOST_PEOPLE_AT_ONCE = 5000


async def crowd(request: Request) -> Response:
    """GET and POST /sandbox/crowd."""
    sandbox = sandbox_of(request)
    if request.method == "GET":
        return JSONResponse(sandbox.crowd.view())
    arrived = gathered(sandbox, await body_of(request))
    return JSONResponse({"people": [person.id for person in arrived]} | {"crowd": sandbox.crowd.view()})


def gathered(sandbox: "Sandbox", body: Json) -> list[Person]:
    """Add the people that the body asks for; what it leaves out, the demonstration has said.

    Raises:
        ControlError: the body is not as README.md says.
    """
    body = sandbox.demo.get("crowd", {}) | body
    seed = number(body.get("seed", 1))
    newcomers = _newcomers(sandbox, body, seed)
    bot_id, code = _whom_and_how(sandbox, body)
    return sandbox.crowd.gather(newcomers, seed, bot_id, code)


async def habits(request: Request) -> Response:
    """POST /sandbox/crowd/{id}: somebody of the crowd changes their habits, from the next message on."""
    member = sandbox_of(request).crowd.member(person_of(request).id)
    member.habits = changed(member.habits, await body_of(request))
    return JSONResponse({"id": member.person.id, "diligence": member.habits.diligence})


def _newcomers(sandbox: "Sandbox", body: Json, seed: int) -> list[Newcomer]:
    """The people that the body asks for: so many, or each by name with habits of their own."""
    common = changed(Habits(), body)
    languages = [str(code) for code in listed(body, "languages") or ["en", "fr"]]
    wanted: JsonValue = required(body, "people")
    entries = wanted if isinstance(wanted, list) else [{}] * _count(number(wanted))
    if not all(isinstance(entry, dict) for entry in entries):
        raise ControlError('each of the people is an object such as {"name": "Ama", "language": "en"}')
    names = sandbox.crowd.names(_count(len(entries)), seed)
    return [
        Newcomer(
            name=str(entry.get("name") or names[index]),
            language=str(entry.get("language") or languages[index % len(languages)]),
            habits=changed(common, entry),
            zone=zone_in(entry.get("zone")),
        )
        for index, entry in enumerate(entries)
    ]


def _count(count: int) -> int:
    if not 1 <= count <= MOST_PEOPLE_AT_ONCE:
        raise ControlError(f"a crowd has 1 to {MOST_PEOPLE_AT_ONCE} people")
    return count


def _whom_and_how(sandbox: "Sandbox", body: Json) -> tuple[int, str | None]:
    """The bot that they meet, and the code with which they begin; None when they are quiet until led there."""
    if flag(body, "quiet"):
        return sandbox.main_bot(optional(body, "bot")).id, None
    return invitation(sandbox, str(required(body, "link")))


ROUTES = [
    Route("/sandbox/crowd", crowd, methods=["GET", "POST"]),
    Route("/sandbox/crowd/{id}", habits, methods=["POST"]),
]

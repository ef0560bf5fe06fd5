"""The control interface of the crowd of simulated people. See README.md."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.chats import JsonValue
from sandbox.control import body_of, number, required, sandbox_of
from sandbox.crowd import Habits
from sandbox.errors import ControlError

MOST_PEOPLE_AT_ONCE = 5000


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


ROUTES = [Route("/sandbox/crowd", crowd, methods=["GET", "POST"])]

"""A bot's owner fills the page: phones for people and a group, an invitation, a crowd that may join."""

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import people
from sandbox.chats import Json
from sandbox.control import body_of, sandbox_of

if TYPE_CHECKING:
    from sandbox.state import Sandbox


async def fill_page(request: Request) -> Response:
    """POST /sandbox/demo. Asking twice changes nothing: a bot may say it each time it starts."""
    sandbox, body = sandbox_of(request), await body_of(request)
    is_new = not sandbox.demo
    sandbox.demo.update({key: body[key] for key in ("invitation", "crowd") if body.get(key)})
    if is_new:
        _set_up(sandbox, body)
    sandbox.demo.setdefault("shown", True)
    sandbox.refresh_page()
    shown = [people.simplified(person) for person in sandbox.people.values() if person.phone]
    groups = [{"id": group.id, "title": group.title} for group in sandbox.groups.values() if group.phone]
    return JSONResponse({"people": shown, "groups": groups})


def _set_up(sandbox: "Sandbox", body: Json) -> None:
    members = [
        sandbox.add_person(str(entry.get("name", "?")), str(entry.get("language", "en")), phone=True).id
        for entry in body.get("people", [])
    ]
    if not (entry := body.get("group")):
        return
    group = sandbox.add_group(str(entry.get("title", "")), members, phone=True)
    if sandbox.bots and members and entry.get("bot", True):
        people.add_bot(sandbox, sandbox.people[members[0]], group, sandbox.main_bot(), administrator=False)


ROUTES = [Route("/sandbox/demo", fill_page, methods=["POST"])]

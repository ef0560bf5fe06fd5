"""The control interface of groups: made, joined, with a bot and without. See README.md."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import people
from sandbox.control import body_of, number, optional, required, sandbox_of
from sandbox.errors import ControlError


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
    bot = sandbox.main_bot(optional(body, "bot"))
    people.add_bot(sandbox, actor, group, bot, administrator=bool(body.get("administrator", False)))
    return JSONResponse({"bot": bot.id, "status": group.bots[bot.id]})


async def remove_bot(request: Request) -> Response:
    """POST /sandbox/groups/{id}/remove_bot: the bot is thrown out by the first member."""
    sandbox, body = sandbox_of(request), await body_of(request)
    group = sandbox.group(number(request.path_params["id"]))
    bot = sandbox.main_bot(optional(body, "bot"))
    people.remove_bot(sandbox, sandbox.person(group.members[0]).user(), group, bot, "kicked")
    return JSONResponse({"bot": bot.id, "status": group.bots.get(bot.id, "left")})


ROUTES = [
    Route("/sandbox/groups", add_group, methods=["POST"]),
    Route("/sandbox/groups/{id}/join", join_group, methods=["POST"]),
    Route("/sandbox/groups/{id}/add_bot", add_bot, methods=["POST"]),
    Route("/sandbox/groups/{id}/remove_bot", remove_bot, methods=["POST"]),
]

"""The control interface of groups: made, joined, left and upgraded, with a bot and without. See README.md."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import membership, topics
from sandbox.chats import Group, Json, Person
from sandbox.control import body_of, flag, listed, number, optional, required, sandbox_of
from sandbox.errors import ControlError


async def add_group(request: Request) -> Response:
    """POST /sandbox/groups."""
    body = await body_of(request)
    members = [number(member) for member in listed(body, "members")]
    if any(sandbox_of(request).person(member).deactivated for member in members):
        raise ControlError("one of these accounts was deleted", 409)
    phone, basic = flag(body, "phone"), flag(body, "basic")
    group = sandbox_of(request).add_group(str(required(body, "title")), members, phone=phone, basic=basic)
    return JSONResponse({"id": group.id, "title": group.title, "members": group.members, "basic": group.basic})


async def list_groups(request: Request) -> Response:
    """GET /sandbox/groups."""
    sandbox = sandbox_of(request)
    return JSONResponse([_listed(sandbox.people, group) for group in sandbox.groups.values()])


def _listed(people: dict[int, Person], group: Group) -> Json:
    members = [
        {"id": member, "name": people[member].name, "status": group.status_of(member)} for member in group.members
    ]
    bots = [{"id": bot, "status": status} for bot, status in group.bots.items()]
    listed: Json = {"id": group.id, "title": group.title, "basic": group.basic, "members": members, "bots": bots}
    return listed | {"phone": group.phone, "upgraded_to": group.upgraded_to}


def _group_of(request: Request) -> Group:
    """The group whose id is in the path."""
    return sandbox_of(request).group(number(request.path_params["id"]))


def _person_in(request: Request, body: Json) -> Person:
    """The person whom the body names."""
    return sandbox_of(request).person(number(required(body, "person")))


async def join(request: Request) -> Response:
    """POST /sandbox/groups/{id}/join."""
    group, body = _group_of(request), await body_of(request)
    membership.join(sandbox_of(request), _person_in(request, body), group)
    return JSONResponse({"members": group.members})


async def leave(request: Request) -> Response:
    """POST /sandbox/groups/{id}/leave."""
    group, body = _group_of(request), await body_of(request)
    membership.leave(sandbox_of(request), _person_in(request, body), group)
    return JSONResponse({"members": group.members})


async def remove(request: Request) -> Response:
    """POST /sandbox/groups/{id}/remove: by the owner."""
    group, body = _group_of(request), await body_of(request)
    membership.remove(sandbox_of(request), _person_in(request, body), group)
    return JSONResponse({"members": group.members})


async def promote(request: Request) -> Response:
    """POST /sandbox/groups/{id}/promote: by the owner."""
    group, body = _group_of(request), await body_of(request)
    person, administrator = _person_in(request, body), flag(body, "administrator", default=True)
    membership.promote(sandbox_of(request), person, group, administrator=administrator)
    return JSONResponse({"person": person.id, "status": group.status_of(person.id)})


async def migrate(request: Request) -> Response:
    """POST /sandbox/groups/{id}/migrate: a basic group becomes a supergroup, which has another id."""
    return JSONResponse({"id": membership.migrate(sandbox_of(request), _group_of(request)).id})


async def add_bot(request: Request) -> Response:
    """POST /sandbox/groups/{id}/add_bot: by the first member unless "person" says who."""
    sandbox, group, body = sandbox_of(request), _group_of(request), await body_of(request)
    if not group.members:
        raise ControlError("a group without members cannot add a bot", 409)
    actor = sandbox.person(number(body.get("person", group.members[0])))
    bot = sandbox.main_bot(optional(body, "bot"))
    membership.add_bot(sandbox, actor, group, bot, administrator=flag(body, "administrator"))
    return JSONResponse({"bot": bot.id, "status": group.bots[bot.id]})


async def remove_bot(request: Request) -> Response:
    """POST /sandbox/groups/{id}/remove_bot: the bot is thrown out by the first member."""
    sandbox, group, body = sandbox_of(request), _group_of(request), await body_of(request)
    bot = sandbox.main_bot(optional(body, "bot"))
    if not group.members:
        raise ControlError("a group without members cannot throw a bot out", 409)
    membership.remove_bot(sandbox, sandbox.person(group.members[0]).user(), group, bot, "kicked")
    return JSONResponse({"bot": bot.id, "status": group.bots.get(bot.id, "left")})


async def begin_topic(request: Request) -> Response:
    """POST /sandbox/groups/{id}/begin_topic: by the owner."""
    group, body = _group_of(request), await body_of(request)
    return JSONResponse({"topic": topics.begin(sandbox_of(request), group, str(required(body, "name")))})


async def close_topic(request: Request) -> Response:
    """POST /sandbox/groups/{id}/close_topic: only administrators write there from then on."""
    group, body = _group_of(request), await body_of(request)
    topics.close(sandbox_of(request), group, number(required(body, "topic")))
    return JSONResponse({"topics": list(group.topics)})


async def delete_topic(request: Request) -> Response:
    """POST /sandbox/groups/{id}/delete_topic: with all that was written there."""
    group, body = _group_of(request), await body_of(request)
    topics.delete(sandbox_of(request), group, number(required(body, "topic")))
    return JSONResponse({"topics": list(group.topics)})


_ACTIONS = {
    "join": join,
    "leave": leave,
    "remove": remove,
    "promote": promote,
    "migrate": migrate,
    "add_bot": add_bot,
    "remove_bot": remove_bot,
    "begin_topic": begin_topic,
    "close_topic": close_topic,
    "delete_topic": delete_topic,
}

ROUTES = [
    Route("/sandbox/groups", list_groups, methods=["GET"]),
    Route("/sandbox/groups", add_group, methods=["POST"]),
    *(Route(f"/sandbox/groups/{{id}}/{name}", action, methods=["POST"]) for name, action in _ACTIONS.items()),
]

"""A bot's owner fills the page: phones for people and a group, invitations, scenes, a crowd that may join.

What the page adds later, more phones and groups, is here as well.
"""

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import membership, people
from sandbox.chats import Group, Json, Person
from sandbox.clock import zone_in
from sandbox.control import body_of, flag, listed, required, sandbox_of
from sandbox.errors import ControlError
from sandbox.invitations import Role, role_in

if TYPE_CHECKING:
    from sandbox.state import Sandbox


async def fill_page(request: Request) -> Response:
    """POST /sandbox/demo. Asking twice adds nobody twice: a bot may say it each time it starts."""
    sandbox, body = sandbox_of(request), await body_of(request)
    is_new = not sandbox.demo
    entries, crowd, group = listed(body, "people"), body.get("crowd") or {}, body.get("group") or {}
    if not all(isinstance(each, dict) for each in (*entries, crowd, group)):
        raise ControlError("each of the 'people', the 'crowd' and the 'group' are JSON objects")
    zones = [zone_in(entry.get("zone")) for entry in entries]
    if body.get("invitations"):
        sandbox.invitations.take_in(body["invitations"])
    if body.get("scenes"):
        sandbox.scenes.take_in(body["scenes"])
    if crowd:
        sandbox.demo["crowd"] = crowd
    if is_new:
        for entry, zone in zip(entries, zones, strict=True):
            name, language = str(entry.get("name", "?")), str(entry.get("language", "en"))
            sandbox.add_person(name, language, zone=zone, phone=True)
        if group:
            _add_first_group(sandbox, group)
    sandbox.demo["shown"] = True
    sandbox.refresh_page()
    shown = [people.simplified(person) for person in sandbox.people.values() if person.phone]
    groups = [_simplified(group) for group in sandbox.groups.values() if group.phone]
    return JSONResponse({"people": shown, "groups": groups})


async def add_person(request: Request) -> Response:
    """POST /sandbox/demo/person: one more phone, with the invitation of its role."""
    sandbox, body = sandbox_of(request), await body_of(request)
    name, role = str(required(body, "name")), role_in(body.get("role", Role.PARTICIPANT))
    person = add_phone(sandbox, name, str(body.get("language", "en")), zone_in(body.get("zone")), role)
    return JSONResponse(people.simplified(person) | {"invitation": sandbox.invitations.of(person.id)})


def add_phone(sandbox: "Sandbox", name: str, language: str, zone: str | None, role: Role) -> Person:
    """Somebody new with a phone on the page, and the invitation of their role.

    Raises:
        ControlError: 409, there is no coordinator's invitation left.
    """
    link = sandbox.invitations.draw(role)
    person = sandbox.add_person(name, language, zone=zone, phone=True)
    sandbox.invitations.give(person.id, link)
    sandbox.refresh_page()
    return person


async def add_group(request: Request) -> Response:
    """POST /sandbox/demo/group: one more group, of everybody with a phone and the bot."""
    sandbox, body = sandbox_of(request), await body_of(request)
    members = [person.id for person in sandbox.people.values() if person.phone and not person.deactivated]
    title, basic = str(required(body, "title")), flag(body, "basic")
    group = sandbox.add_group(title, members, phone=True, basic=basic)
    _put_bot_into(sandbox, group)
    return JSONResponse(_simplified(group))


def _add_first_group(sandbox: "Sandbox", entry: Json) -> None:
    phones = [person.id for person in sandbox.people.values() if person.phone]
    group = sandbox.add_group(str(entry.get("title", "")), phones, phone=True)
    if flag(entry, "bot", default=True):
        _put_bot_into(sandbox, group)


def _put_bot_into(sandbox: "Sandbox", group: Group) -> None:
    if sandbox.bots and group.members:
        owner = sandbox.people[group.members[0]]
        membership.add_bot(sandbox, owner, group, sandbox.main_bot(), administrator=False)


def _simplified(group: Group) -> Json:
    return {"id": group.id, "title": group.title, "basic": group.basic, "members": group.members}


ROUTES = [
    Route("/sandbox/demo", fill_page, methods=["POST"]),
    Route("/sandbox/demo/person", add_person, methods=["POST"]),
    Route("/sandbox/demo/group", add_group, methods=["POST"]),
]

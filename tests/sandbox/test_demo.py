"""What the page adds to a demonstration: more phones with their invitations, more groups."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from sandbox.server import Serving
from sandbox.views import snapshot

Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]

LINK = "https://t.me/sandbox42_bot?start="
INVITATIONS = {"participant": {"link": f"{LINK}P"}, "coordinator": {"links": [f"{LINK}C1", f"{LINK}C2"]}}


@pytest.fixture
async def filled(call: Call, control: Call) -> None:
    await call("getMe")
    people = [{"name": "Amina", "language": "en", "zone": "Africa/Nairobi"}]
    await control("demo", people=people, group={"title": "Peers"}, invitations=INVITATIONS)


@pytest.mark.usefixtures("filled")
async def test_each_phone_shows_the_invitation_that_it_opens(control: Call, sandbox: Serving) -> None:
    await control("demo/person", name="Moussa", language="fr", zone="Africa/Dakar", role="participant")
    grace = await control("demo/person", name="Grace", role="coordinator")
    assert grace["invitation"] == f"{LINK}C1"
    shown = snapshot(sandbox.state)
    phones = [phone for phone in shown["phones"] if phone["kind"] == "private"]
    assert [(each["person"]["name"], each["person"]["zone"], each["invitation"]) for each in phones] == [
        ("Amina", "Africa/Nairobi", f"{LINK}P"),
        ("Moussa", "Africa/Dakar", f"{LINK}P"),
        ("Grace", None, f"{LINK}C1"),
    ]
    assert shown["invitations"] == {"participant": f"{LINK}P", "coordinator": True}


@pytest.mark.usefixtures("filled")
async def test_a_coordinators_invitation_goes_to_one_person_only(
    control: Call, web: httpx.AsyncClient, sandbox: Serving
) -> None:
    for name in ("Grace", "Efua"):
        await control("demo/person", name=name, role="coordinator")
    assert snapshot(sandbox.state)["invitations"]["coordinator"] is False
    answer = await web.post("/sandbox/demo/person", json={"name": "Kofi", "role": "coordinator"})
    assert answer.status_code == 409
    assert len(sandbox.state.people) == 3  # nobody came without one
    # A bot that starts anew says the same once more: what was given stays given.
    await control("demo", invitations=INVITATIONS)
    assert snapshot(sandbox.state)["invitations"]["coordinator"] is False


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("basic", [False, True])
async def test_another_group_has_everybody_and_the_bot(control: Call, sandbox: Serving, basic: bool) -> None:
    await control("demo/person", name="Moussa", language="fr")
    hidden = (await control("people", name="Ben"))["id"]
    answer = await control("demo/group", title="Second", basic=basic)
    group = sandbox.state.groups[answer["id"]]
    assert (group.phone, group.basic, group.has_bot(42)) == (True, basic, True)
    assert [sandbox.state.people[each].name for each in group.members] == ["Amina", "Moussa"]
    assert hidden not in group.members


async def test_without_a_bot_phones_can_be_added_all_the_same(control: Call, sandbox: Serving) -> None:
    person = await control("demo/person", name="Amina", role="participant")
    assert person["invitation"] is None
    group = await control("demo/group", title="Peers")
    assert sandbox.state.groups[group["id"]].members == [person["id"]]


async def test_what_is_no_invitation(web: httpx.AsyncClient) -> None:
    for wrong in ("link", {"participant": "link"}, {"coordinator": {"links": "link"}}, {"participant": {"link": 7}}):
        answer = await web.post("/sandbox/demo", json={"invitations": wrong})
        assert (answer.status_code, list(answer.json())) == (400, ["error"]), wrong
    answer = await web.post("/sandbox/demo/person", json={"name": "Ama", "role": "king"})
    assert (answer.status_code, "participant, coordinator" in answer.json()["error"]) == (400, True)

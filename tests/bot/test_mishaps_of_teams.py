"""How somebody comes into a team and out of it by mishap, or by what others mean to do to them."""

import pytest

from bot.channels import RenderedKey
from bot.rendering import plain_text
from conversations.buttons import Button, decode
from conversations.conversation import said_stop
from conversations.cues import LinkAsked, Started
from conversations.model import Language, Role
from conversations.roles import Act
from tests.bot.teams import (
    COORDINATOR,
    GROUP,
    HERE,
    MODERATOR,
    NOBODY,
    OTHER_COORDINATOR,
    PARTICIPANT,
    SECOND,
    Answer,
    Teams,
)
from tests.rig import Rig


@pytest.fixture
async def teams(rig: Rig) -> Teams:
    return await Teams(rig).gather()


def words(answer: Answer) -> str:
    return "\n".join(plain_text(each.paragraphs) for each in answer.said)


def button(answer: Answer, label: str) -> Button | None:
    keys = (key for each in answer.said for row in each.keyboard for key in row)
    return decode(next(key.data for key in keys if key.label == label))


@pytest.mark.parametrize("stop", ["/stop", "stop", "ARRÊT"])
async def test_whoever_only_coordinates_is_asked_before_they_lose_their_role(teams: Teams, stop: str) -> None:
    before = teams.roles()
    asked = await teams.says(COORDINATOR, stop)
    assert "leave the team of The event here" in words(asked)
    assert "/pauseall" in words(asked), "which may be what they meant"
    assert teams.roles() == before
    await teams.taps(COORDINATOR, button(asked, "No, stay"))
    assert teams.roles() == before
    assert (await teams.says(COORDINATOR, "/team")).said[0].keyboard


async def test_whoever_confirms_is_out_and_the_record_and_the_others_know(teams: Teams) -> None:
    asked = await teams.says(COORDINATOR, "/stop")
    told = await teams.taps(COORDINATOR, button(asked, "Yes, leave"))
    assert "You have left" in words(told)
    assert COORDINATOR not in teams.roles()
    line = teams.record()[-1]
    assert (line.act, line.event, line.details) == (Act.TEAM, HERE.code, ("Leave",))
    assert line.actor == teams.pseudonym(COORDINATOR)
    for other in (SECOND, MODERATOR):
        heard = [each for each in teams.rig.channel.heard if each.address == other]
        assert "Somebody has left the team of The event here." in plain_text(heard[-1].message.paragraphs)


async def test_typed_it_is_the_same(teams: Teams) -> None:
    await teams.says(MODERATOR, "/stop")
    await teams.says(MODERATOR, "hm")
    assert MODERATOR in teams.roles()
    await teams.says(MODERATOR, "oui")
    assert MODERATOR not in teams.roles()


async def test_whoever_does_something_else_in_between_is_still_asked(teams: Teams) -> None:
    await teams.says(COORDINATOR, "/stop")
    offered = await teams.says(COORDINATOR, "/template")
    asked = await teams.taps(COORDINATOR, button(offered, "For a new event"))
    assert said_stop(teams.conversation(COORDINATOR).step), "nothing that is planned comes meanwhile"
    back = await teams.taps(COORDINATOR, button(asked, "Back"))
    assert "leave the team of The event here" in words(back)
    await teams.taps(COORDINATOR, button(back, "Yes, leave"))
    assert COORDINATOR not in teams.roles()


async def test_a_coordinator_who_opens_a_moderators_link_stays_a_coordinator(teams: Teams) -> None:
    for vouched in (True, False):
        link = Started(teams.rig.invite(HERE, Role.MODERATOR, vouched=vouched), Language.EN)
        await teams.rig.person(COORDINATOR, link)
    assert teams.roles()[COORDINATOR] is Role.COORDINATOR
    assert "waits to be confirmed" not in words(await teams.says(SECOND, "/team"))


@pytest.mark.parametrize("vouched", [True, False])
async def test_a_link_to_a_team_that_was_used_leads_nobody_into_it_not_even_who_takes_part(
    teams: Teams, vouched: bool
) -> None:
    code = teams.rig.invite(HERE, Role.COORDINATOR, vouched=vouched)
    await teams.rig.person(NOBODY, Started(code, Language.EN))
    before = teams.roles()
    await teams.rig.person(PARTICIPANT, Started(code, Language.EN))
    assert teams.roles() == before
    assert sum(key.label.startswith("Confirm ") for key in await keys(teams)) == (not vouched)


async def keys(teams: Teams) -> list[RenderedKey]:
    """All buttons of the screen about the team."""
    return [key for each in (await teams.says(SECOND, "/team")).said for row in each.keyboard for key in row]


async def test_a_coordinator_of_another_event_does_not_take_a_group_over(teams: Teams) -> None:
    link = await teams.linked()
    told = await teams.in_group(LinkAsked("there"), OTHER_COORDINATOR)
    assert "another event" in words(told)
    assert "here" not in words(told).split(), "nor learns which"
    assert teams.link(GROUP) == link

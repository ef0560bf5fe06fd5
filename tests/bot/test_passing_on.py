"""Who may pass what on: those who take part, their teams, in the newest revision, and nobody while it is stopped."""

from dataclasses import replace

import pytest

from bot.files import make
from conversations.conversation import PassingOn
from conversations.model import EventState, Language, Role
from storage import lives, stops, team
from tests.bot.guests import Someone
from tests.conversations.samples import RIGHTS, both, event_with, sample_event
from tests.rig import Rig

NOTHING = "You are not part of any event here, so there is nothing to pass on."


@pytest.fixture
async def amina(rig: Rig) -> Someone:
    """She takes part in the sample event."""
    rig.take_in(sample_event())
    amina = Someone(rig, "11")
    await amina.join(rig.invite(sample_event()))
    return amina


async def somebody_of_the_team(rig: Rig, role: Role) -> Someone:
    rig.take_in(sample_event())
    grace = Someone(rig, "77")
    await grace.start(rig.invite(sample_event(), role))
    return grace


async def test_what_is_chosen_comes_as_a_file(amina: Someone) -> None:
    await amina.say("/pass_on")
    await amina.tap("☑ 2")
    await amina.tap("Next")
    await amina.tap("☐ Français")
    await amina.tap("One page, to print")
    (file,) = amina.files
    made = make(file)
    assert (made.name, made.picture) == ("messages-fr.pdf", False)
    assert made.content.startswith(b"%PDF")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MODERATOR])
async def test_a_team_passes_on_what_its_event_has(rig: Rig, role: Role) -> None:
    grace = await somebody_of_the_team(rig, role)
    assert "Chosen: 7 of 7" in await grace.say("/transmettre")
    await grace.tap("Next")
    await grace.tap("Slides, to present and change")
    assert make(grace.files[0]).content.startswith(b"PK")


async def test_whoever_looks_after_an_event_and_takes_part_in_it_is_not_asked_which(amina: Someone) -> None:
    await amina.start(amina.rig.invite(sample_event(), Role.MODERATOR))
    assert "Chosen: 7 of 7" in await amina.say("/pass_on")


async def test_of_two_events_one_is_chosen(amina: Someone) -> None:
    other = event_with(code="other", title=both("Another week", "Une autre semaine"))
    amina.rig.take_in(other)
    await amina.start(amina.rig.invite(other, Role.COORDINATOR))
    assert "From which event" in await amina.say("/pass_on")
    assert "Rights come first." in await amina.tap("Another week")
    await amina.tap("Back")
    assert "Safety comes first." in await amina.tap("Learning and Sharing Event 2026")


async def test_whoever_is_nobody_here_gets_nothing(rig: Rig) -> None:
    rig.take_in(sample_event())
    assert await Someone(rig, "66").say("/pass_on") == NOTHING


async def test_a_team_without_a_published_event_has_nothing_yet(rig: Rig) -> None:
    grace = await somebody_of_the_team(rig, Role.COORDINATOR)
    with rig.engine.begin() as connection:
        lives.change(connection, 1, EventState.ARCHIVED)
    assert await grace.say("/pass_on") == NOTHING, "what is put away is left to the operator"


async def test_whoever_leaves_or_loses_the_role_gets_no_more_by_an_old_button(rig: Rig) -> None:
    grace = await somebody_of_the_team(rig, Role.MODERATOR)
    await grace.say("/pass_on")
    await grace.tap("Next")
    slides = grace.button("Slides, to present and change")

    with rig.engine.begin() as connection:
        (member,) = team.of_event(connection, rig.vault, sample_event().code, rig.clock.now()).members
        team.dismiss(connection, member.chat, 1)
    assert await grace.press(slides) == "There is nothing to pass on at the moment."
    assert grace.files == ()
    assert not isinstance(await grace.step(), PassingOn)


async def test_while_the_event_is_stopped_nothing_is_passed_on_and_afterwards_it_is(amina: Someone) -> None:
    rig = amina.rig
    await amina.say("/pass_on")
    await amina.tap("Next")
    slides = amina.button("Slides, to present and change")
    with rig.engine.begin() as connection:
        assert stops.begin(connection, 1, "ABCD", rig.clock.now())
    assert await amina.press(slides) == "There is nothing to pass on at the moment."
    assert "This chat rests for the moment." in await amina.say("/pass_on")
    with rig.engine.begin() as connection:
        stops.end(connection, 1, rig.clock.now())
    assert "Chosen: 7 of 7" in await amina.say("/pass_on")


async def test_after_the_event_has_closed_its_messages_can_still_be_passed_on(amina: Someone) -> None:
    with amina.rig.engine.begin() as connection:
        lives.change(connection, 1, EventState.CLOSED)
    assert "Chosen: 7 of 7" in await amina.say("/pass_on")


async def test_a_message_that_is_withdrawn_while_somebody_chooses_is_not_passed_on(amina: Someone) -> None:
    await amina.say("/pass_on")
    await amina.tap("Next")
    amina.rig.take_in(replace(sample_event(), messages=(RIGHTS,), schedule=()))
    told = await amina.tap("Slides, to present and change")
    assert told.startswith("These messages were changed a moment ago.")
    assert "Safety" not in told
    assert amina.files == ()


async def test_whoever_is_still_joining_has_nothing_to_pass_on_and_loses_no_place(amina: Someone) -> None:
    moussa = Someone(amina.rig, "12", Language.FR)
    await moussa.start(amina.rig.invite(sample_event()))
    before = await moussa.step()
    assert (await moussa.say("/transmettre")).startswith("Vous ne participez à aucun événement")
    assert await moussa.step() == before

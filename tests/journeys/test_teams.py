"""How somebody comes into a team and out of it: by another coordinator's tap, by the operator, or too late."""

import re
from datetime import timedelta

from bot.app import open_store
from bot.operating import Operator
from conversations.model import Role
from tests.journeys.conftest import World
from tests.journeys.phones import Phone, buttons_of, text_of
from tests.journeys.test_comings_and_goings import WRONG_LINK

CONFIRMED = "You are now a coordinator of"
CHANGED = "This has changed meanwhile."


async def coordinator(world: World, name: str) -> Phone:
    phone = await world.phones.person(name, "en")
    await phone.start(world.invitation(Role.COORDINATOR))
    await phone.sees(CONFIRMED)
    return phone


async def invited(world: World, by: Phone, name: str, language: str = "en") -> tuple[Phone, str]:
    """Somebody opens the invitation that a coordinator has made in the chat; their letters, as on their own screen."""
    await by.say("/team")
    await by.tap("Invite a coordinator")
    link = re.search(r"\?start=(\S+)", text_of(await by.sees("An invitation for one coordinator")))
    assert link is not None
    phone = await world.phones.person(name, language)
    await phone.start(link[1])
    waits = text_of(await phone.sees("One step is left" if language == "en" else "Plus qu’une étape"))
    return phone, waits.split()[-1]


async def team_of(phone: Phone) -> str:
    await phone.say("/team")
    return text_of(await phone.sees("Suivi knows no names"))


async def test_an_invitation_is_opened_and_confirmed_by_another_coordinators_tap(world: World) -> None:
    grace = await coordinator(world, "Grace")
    moussa, sign = await invited(world, grace, "Moussa")
    assert sign in text_of(await grace.sees("Somebody opened an invitation"))
    await moussa.say("/team")
    await moussa.sees("No question asks for words now")
    await grace.tap("See the team", f"Confirm {sign}")
    await moussa.sees(CONFIRMED)
    assert f"{sign}: coordinator since" in await team_of(moussa)
    await moussa.start(world.invitation(Role.COORDINATOR))
    await moussa.sees("You are of the team of")


async def test_an_invitation_is_confirmed_by_the_operator_while_the_bot_runs(world: World) -> None:
    grace = await coordinator(world, "Grace")
    moussa, sign = await invited(world, grace, "Moussa")
    store = open_store(world.settings)
    operator = Operator(store, world.clock)
    operator.confirm(world.event.code, sign.lower())
    await world.app.delivery.adopt()
    await moussa.sees(CONFIRMED)
    await grace.tap("See the team")
    assert not [each for each in buttons_of((await grace.messages())[-1]) if each["text"].startswith("Confirm")]

    operator.remove(world.event.code, sign)
    await moussa.say("/team")
    await moussa.sees("No question asks for words now")
    for _ in range(2):
        await world.app.delivery.adopt()
        await world.app.delivery.idle()
    assert len(await moussa.times("You are no longer of the team")) == 1
    store.engine.dispose()


async def test_an_invitation_that_nobody_opened_in_time_opens_nothing(world: World) -> None:
    grace = await coordinator(world, "Grace")
    await grace.say("/team")
    await grace.tap("Invite a moderator")
    link = re.search(r"\?start=(\S+)", text_of(await grace.sees("An invitation for one moderator")))
    assert link is not None
    await world.phones.advance(timedelta(minutes=15))
    late = await world.phones.person("Late", "en")
    await late.start(link[1])
    await late.sees(WRONG_LINK)
    assert "waits" not in await team_of(grace)


async def test_whoever_waited_for_more_than_a_day_needs_a_new_invitation(world: World) -> None:
    grace = await coordinator(world, "Grace")
    moussa, sign = await invited(world, grace, "Moussa")
    assert f"{sign} opened an invitation" in await team_of(grace)
    message, button = await grace.button(f"Confirm {sign}")
    await world.phones.advance(timedelta(days=1, minutes=1))
    await grace.tap_under(message["id"], button["callback_data"])
    await grace.toasted(CHANGED)
    assert "waits" not in await team_of(grace)
    await moussa.say("/team")
    await moussa.sees("No question asks for words now")
    again, same = await invited(world, grace, "Moussa again")
    assert same != sign
    await grace.tap("See the team", f"Confirm {same}")
    await again.sees(CONFIRMED)


async def test_somebody_elses_and_an_old_keyboard_do_nothing(world: World) -> None:
    grace = await coordinator(world, "Grace")
    second = await coordinator(world, "Ama")
    _, sign = await invited(world, grace, "Moussa")
    await second.tap("See the team")
    message, button = await second.button(f"Confirm {sign}")
    stranger = await world.phones.person("Stranger", "en")
    await stranger.start()
    own = (await stranger.received())[-1]
    for data in (button["callback_data"], "s:team:1:0:0", "s:t-yes:0:0:0", "s:fly:1:0:0"):
        await stranger.forge(own["id"], data)
    await stranger.toasted("This button is not in use any more")
    assert f"{sign} opened an invitation" in await team_of(grace), "they still wait"
    await grace.tap("Turn down")
    await second.tap_under(message["id"], button["callback_data"])
    await second.toasted(CHANGED)
    await world.phones.each_tap_was_answered_once()

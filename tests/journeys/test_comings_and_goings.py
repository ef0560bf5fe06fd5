"""Leaving, blocking, coming back; links that do not work, and links that work once."""

from datetime import UTC, datetime, timedelta

from conversations.model import Role
from tests.journeys import kept
from tests.journeys.conftest import MONDAY, World
from tests.journeys.phones import Phone
from tests.journeys.stories import FIRST_REFRESHER, REFRESHER, SURVEY, WEEK, WEEK_1, YEAR_1, answer_survey, join, joined

LINKED = "This group now gets the digests"
NOT_HERE = "This can't be done here."
WRONG_LINK = "This invitation does not work, or not any more."


async def reasons(world: World, phone: Phone) -> dict[str, str | None]:
    return await world.look(kept.reasons_of(world.store.vault, phone.person))


async def test_whoever_leaves_gets_nothing_more(world: World) -> None:
    awa = await joined(world, "Awa", "fr")
    await awa.say("ARRÊT")
    await awa.tap("Oui, partir")
    last = (await awa.sees("Vous avez quitté le suivi"))["id"]
    await world.phones.until(YEAR_1)
    assert max(message["id"] for message in await awa.messages()) == last
    assert set((await reasons(world, awa)).values()) == {"left"}


async def test_nothing_comes_between_the_word_and_its_confirmation(world: World) -> None:
    awa = await joined(world, "Awa", "fr")
    await awa.say("stop")
    before = len(await awa.messages())
    await world.phones.until(FIRST_REFRESHER + timedelta(days=1))
    assert len(await awa.messages()) == before
    await awa.tap("Non, rester")
    await world.phones.until(WEEK_1)
    assert len(await awa.times(SURVEY["fr"])) == 1


async def test_coming_back_by_the_link(world: World) -> None:
    awa = await joined(world, "Awa", "fr")
    await world.phones.until(WEEK_1)
    await answer_survey(awa, "week_1", "fr")
    await awa.say("/stop")
    await awa.tap("Oui, partir")
    await world.phones.advance(2 * WEEK)
    assert len(await awa.times(REFRESHER["fr"])) == 1
    await awa.start(world.invitation())
    await join(awa, "fr")
    await world.phones.advance(2 * WEEK)
    # The year goes on where it is: what they had is not sent once more, what they missed is over, and the refresher of
    # the fourth week and the survey of the first month come on their days.
    assert await awa.announced(REFRESHER["fr"]) == 2
    assert await awa.announced(SURVEY["fr"]) == 2
    answers = await world.look(kept.survey_of(world.store.vault, awa.person, "week_1"))
    assert answers["prepared"] == "together"


async def test_blocked_and_back(world: World) -> None:
    awa = await joined(world, "Awa", "fr")
    await awa.block()
    await world.phones.until(FIRST_REFRESHER)
    assert (await reasons(world, awa))["refresher safety 0"] == "unreachable"
    calls = len(await world.phones.journal("sendMessage"))
    await world.phones.until(WEEK_1 - timedelta(days=1))
    assert len(await world.phones.journal("sendMessage")) == calls
    await awa.unblock()
    await world.phones.until(WEEK_1)
    assert len(await awa.times(SURVEY["fr"])) == 1
    await awa.block()
    await awa.start()
    await awa.sees("Vous revoilà")
    await world.phones.until(WEEK_1 + WEEK)
    assert len(await awa.times(REFRESHER["fr"])) == 1


async def test_wrong_links(world: World) -> None:
    amina = await world.phones.person("Amina", "en")
    await amina.start()
    await amina.sees("To join, open the invitation link")
    for code in ("nonsense", world.invitation()[:-1], "0", "A" * 64):
        before = len(await amina.times(WRONG_LINK))
        await amina.start(code)
        assert len(await amina.times(WRONG_LINK)) == before + 1
    assert await world.look(kept.count("enrolments")) == 0
    await amina.start(world.invitation())
    await join(amina, "en")


async def test_the_same_link_twice_joins_once(world: World) -> None:
    amina = await joined(world, "Amina", "en")
    await amina.start(world.invitation())
    await amina.sees("Welcome back! You are part of")
    assert await world.look(kept.count("enrolments")) == 1


async def test_saying_no_at_the_door(world: World) -> None:
    amina = await world.phones.person("Amina", "en")
    await amina.start(world.invitation())
    await amina.tap("No, thank you")
    before = len(await amina.messages())
    await world.phones.until(YEAR_1)
    assert len(await amina.messages()) == before
    assert await world.look(kept.count("enrolments")) == 0


async def test_a_coordinators_link_works_once(world: World) -> None:
    code = world.invitation(Role.COORDINATOR)
    grace, mallory = [await world.phones.person(name, "en") for name in ("Grace", "Mallory")]
    await grace.start(code)
    await grace.sees("You are now a coordinator of")
    await mallory.start(code)
    await mallory.sees(WRONG_LINK)
    group = await world.phones.group("Together", [mallory, grace])
    await group.say("/link lse2026")
    await group.sees(NOT_HERE)
    graces = Phone(world.phones, grace.person, group.chat)
    await graces.say("/link lse2026")
    await graces.sees(LINKED)


async def test_a_coordinators_link_expires(world: World) -> None:
    code = world.invitation(Role.COORDINATOR)
    in_time = world.invitation(Role.COORDINATOR)
    grace, late = [await world.phones.person(name, "en") for name in ("Grace", "Late")]
    await world.phones.until(MONDAY + timedelta(minutes=14))
    await grace.start(in_time)
    await grace.sees("You are now a coordinator of")
    await world.phones.until(MONDAY + timedelta(minutes=15))
    await late.start(code)
    await late.sees(WRONG_LINK)


async def test_a_link_by_somebody_else_tells_nothing(world: World) -> None:
    participant = await joined(world, "Amina", "en")
    group = await world.phones.group("Together", [participant])
    for wanted in ("lse2026", "nonsense", "lse2026 fr"):
        await group.say(f"/link {wanted}")
    _greeting, *replies = [message["text"] for message in await group.received() if "text" in message]
    assert len(replies) == 3
    assert len(set(replies)) == 1
    assert replies[0].startswith(NOT_HERE)
    assert await world.look(kept.count("group_links")) == 0


async def test_nothing_personal_in_a_group(world: World) -> None:
    group = await world.group("Together", linked="en")
    before = len(await group.received())
    await group.say("/start", f"/start {world.invitation()}", "/stop", "/help", "/continue")
    assert len(await group.received()) == before
    assert await world.look(kept.count("enrolments")) == 0


async def test_who_comes_back_takes_up_the_year_where_it_is(world: World) -> None:
    """They leave after four weeks and return a week later: the next thing of their own year comes, on the day told."""
    amina = await joined(world, "Amina", "en")
    await world.phones.advance(4 * WEEK)
    await amina.say("stop")
    await amina.tap("Yes, leave")
    await world.phones.advance(WEEK)
    await amina.start(world.invitation())
    await join(amina, "en")
    welcome = await amina.sees("Your first message comes on")
    await world.phones.advance(timedelta(minutes=1))
    while (last := (await amina.messages())[-1])["id"] == welcome["id"]:
        await world.phones.next()
    on = datetime.fromtimestamp(last["date"], UTC)
    assert f"{on.day} {on:%B %Y}" in welcome["text"]


async def test_continue_opens_what_waits(world: World) -> None:
    amina = await joined(world, "Amina", "en")
    await world.phones.until(WEEK_1 + timedelta(days=1))
    await amina.say("continue")
    await amina.sees("Question 1 of 4")
    await amina.tap("Later")
    await world.phones.advance(2 * WEEK)
    await amina.say("/continue")
    assert len([each for each in await amina.messages() if "Question 1 of 4" in each.get("text", "")]) == 1
    assert (await amina.messages())[-1]["text"].startswith("Question 1 of 4"), "at the same place, weeks later"

"""/invite: links by taps, for one part, some people, some days; what becomes of them; and who gets the last place."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.files import make
from conversations.buttons import Manage
from conversations.conversation import Consenting
from conversations.model import EventState, Role
from conversations.roles import Act, may
from storage import tables
from tests.bot.guests import CODE, Someone, code_in
from tests.conversations.samples import sample_event
from tests.rig import Rig

DAY = timedelta(days=1)


@pytest.fixture
async def grace(rig: Rig) -> Someone:
    """She coordinates the sample event."""
    rig.take_in(sample_event())
    grace = Someone(rig, "77")
    await grace.start(rig.invite(sample_event(), Role.COORDINATOR))
    return grace


async def invite(grace: Someone, *labels: str) -> str:
    """The code of a new invitation, made by these taps."""
    await grace.say("/invite")
    for label in ("New invitation", *labels):
        await grace.tap(label)
    return code_in(grace.text)


def row(rig: Rig, code: str) -> tuple[str, int | None, int]:
    with rig.engine.connect() as conn:
        found = conn.execute(select(tables.invitations).where(tables.invitations.c.code == code)).one()
        return found.part, found.places, found.uses


async def test_three_taps_make_a_link_that_can_be_forwarded_as_it_is(grace: Someone) -> None:
    code = await invite(grace, "Hosts", "30", "For a week")
    letter = grace.heard[-1].message
    assert letter.keyboard == ()
    title = sample_event().title
    for part in (title.en, title.fr, "You are invited.", f"https://t.me/suivi_bot?start={code}"):
        assert part in grace.text
    assert "It works until Monday, 23 November 2026." in grace.text
    assert row(grace.rig, code) == ("host", 30, 0)


async def test_nothing_but_the_title_is_told_of_the_event(grace: Someone) -> None:
    await invite(grace, "Anybody", "Any number", "No end")
    event, text = sample_event(), grace.text
    for told in (event.welcome, event.consent, event.contact, *(each.text for each in event.messages)):
        assert told.en not in text
        assert told.fr not in text


async def test_whoever_joins_has_the_part_of_their_link(grace: Someone) -> None:
    code = await invite(grace, "Visitors", "Any number", "No end")
    amina = Someone(grace.rig, "1")
    await amina.join(code)
    with grace.rig.engine.connect() as conn:
        assert conn.scalar(select(tables.enrolments.c.part)) == "visitor"
    assert row(grace.rig, code)[2] == 1


async def test_opening_a_link_takes_no_place_and_coming_back_takes_none_either(grace: Someone) -> None:
    code = await invite(grace, "Anybody", "1", "No end")
    amina = Someone(grace.rig, "1")
    await amina.start(code)
    await amina.tap("No, thank you")
    assert row(grace.rig, code)[2] == 0
    await amina.join(code)
    assert "Welcome back" in await amina.start(code)
    await amina.say("/stop")
    await amina.tap("Yes, leave")
    assert not await amina.is_in()
    assert "You have joined" in await amina.join(code)
    assert row(grace.rig, code)[2] == 1


async def test_of_two_the_last_place_goes_to_the_first_and_the_other_is_told_kindly(grace: Someone) -> None:
    code = await invite(grace, "Anybody", "1", "No end")
    first, second = Someone(grace.rig, "1"), Someone(grace.rig, "2")
    await second.start(code)
    await first.join(code)
    said = await second.go_on()
    assert said.startswith("We are sorry: you could not join.")
    assert "All places of this invitation are taken." in said
    assert "ask the organisers" in said
    assert not await second.is_in()
    assert row(grace.rig, code)[2] == 1


async def test_a_link_for_few_people_does_not_tell_who_opens_it_that_somebody_has_joined(grace: Someone) -> None:
    code = await invite(grace, "Anybody", "1", "No end")
    await Someone(grace.rig, "1").join(code)
    await Someone(grace.rig, "2").start(code)
    assert isinstance(await Someone(grace.rig, "2").step(), Consenting)
    await grace.say("/invite")
    assert "1 place" in grace.text
    assert "taken" not in grace.text
    assert "told from ten places on" in await grace.tap("1")


async def test_a_larger_one_that_is_full_says_so_when_it_is_opened(grace: Someone) -> None:
    code = await invite(grace, "Anybody", "10", "No end")
    for number in range(10):
        assert "You have joined" in await Someone(grace.rig, f"9{number}").join(code)
    assert "All places of this invitation are taken." in await Someone(grace.rig, "1").start(code)
    assert "Welcome back" in await Someone(grace.rig, "90").start(code)
    await grace.say("/invite")
    assert "10 places, at least 5 of them taken" in grace.text


async def test_an_invitation_ends_with_the_last_day_there_and_says_so(grace: Someone) -> None:
    code = await invite(grace, "Anybody", "Any number", "Until tomorrow")
    grace.rig.clock.time += DAY + timedelta(hours=11, minutes=59)  # a minute to midnight in Nairobi
    amina, moussa, late = (Someone(grace.rig, each) for each in "123")
    await amina.start(code)
    await moussa.start(code)
    grace.rig.clock.time += timedelta(minutes=1)
    assert "The time to join with this invitation is over." in await late.start(code)
    assert "You have joined" in await amina.go_on(), "whoever opened it in time has a day to finish"
    grace.rig.clock.time += DAY
    assert "The time to join with this invitation is over." in await moussa.go_on()
    assert "over since Tuesday, 17 November 2026" in await grace.say("/invite")


async def test_revoking_is_asked_first_and_counts_at_once_even_in_the_middle_of_joining(grace: Someone) -> None:
    code = await invite(grace, "Anybody", "Any number", "No end")
    amina, moussa = Someone(grace.rig, "1"), Someone(grace.rig, "2")
    await amina.join(code)
    await moussa.start(code)
    await grace.tap("Revoke")
    assert grace.text.startswith("Revoke invitation 1?")
    await grace.tap("Yes, revoke")
    said = await moussa.go_on()
    assert "This invitation does not work, or not any more." in said
    assert not await moussa.is_in()
    assert await amina.is_in()
    unknown = await Someone(grace.rig, "3").start("nobody-knows-this")
    assert await Someone(grace.rig, "4").start(code) == unknown, "nobody learns that it ever was one"


async def test_a_leaked_link_is_replaced_and_its_places_go_with_it(grace: Someone) -> None:
    code = await invite(grace, "Hosts", "30", "For a week")
    await Someone(grace.rig, "1").join(code)
    await grace.tap("Revoke")
    await grace.tap("Revoke and replace")
    new = code_in(grace.text)
    assert new != code
    assert row(grace.rig, new) == ("host", 30, 1)
    assert "does not work" in await Someone(grace.rig, "2").start(code)
    assert "You have joined" in await Someone(grace.rig, "2").join(new)
    await grace.say("/invite")
    assert "2. Hosts: 30 places, fewer than 5 of them taken; until" in grace.text
    assert "revoked" in grace.text


async def test_places_and_days_can_be_typed(grace: Someone) -> None:
    await grace.say("/invite")
    for label in ("New invitation", "Anybody", "Another number"):
        await grace.tap(label)
    for wrong in ("many", "0", "10000", "-5"):
        assert "from 1 to 9999" in await grace.say(wrong)
    await grace.say("45")
    await grace.tap("Until another day")
    assert "within two years" in await grace.say("12 March 2029")
    await grace.say("le 1er mars 2027")
    code = code_in(grace.text)
    assert row(grace.rig, code) == ("", 45, 0)
    assert "Monday, 1 March 2027" in grace.text


async def test_the_picture_and_the_poster_hold_the_link(grace: Someone) -> None:
    code = await invite(grace, "Anybody", "30", "For a week")
    await grace.tap("QR picture")
    (picture,) = grace.files
    assert dict(picture.facts) == {"link": f"https://t.me/suivi_bot?start={code}"}
    made = make(picture)
    assert made.picture
    assert made.content.startswith(b"\x89PNG")
    await grace.tap("Poster (PDF, A4)")
    (poster,) = grace.files
    facts = dict(poster.facts)
    assert (facts["until"], facts["places"]) == ("2026-11-23", "30")
    assert make(poster).content.startswith(b"%PDF")


async def test_buttons_that_are_tapped_twice_or_are_old_do_nothing_more(grace: Someone) -> None:
    await grace.say("/invite")
    for label in ("New invitation", "Anybody", "Any number"):
        await grace.tap(label)
    make_it = grace.button("No end")
    await grace.press(make_it)
    count = len(grace.heard)
    await grace.press(make_it)
    assert grace.toast == "This has changed meanwhile. See /invite."
    assert len(grace.heard) == count
    await grace.tap("Revoke")
    swap, end = grace.button("Revoke and replace"), grace.button("Yes, revoke")
    await grace.press(swap)
    count = len(grace.heard)
    for button in (swap, end):
        await grace.press(button)
        assert grace.toast == "This has changed meanwhile. See /invite."
    assert len(grace.heard) == count


async def test_two_coordinators_who_end_the_same_invitation_end_it_once(grace: Someone) -> None:
    await invite(grace, "Anybody", "Any number", "No end")
    ken = Someone(grace.rig, "78")
    await ken.start(grace.rig.invite(sample_event(), Role.COORDINATOR))
    await grace.tap("Revoke")
    swap = grace.button("Revoke and replace")
    await grace.press(swap)
    await ken.press(swap)
    assert ken.toast == "This has changed meanwhile. See /invite."
    with grace.rig.engine.connect() as conn:
        assert len(conn.execute(select(tables.invitations.c.number).where(tables.invitations.c.number > 0)).all()) == 2


INVITING = [act for act in Act if act.value.startswith(("invite", "i-", "roster", "r-"))]


@pytest.mark.parametrize("act", INVITING)
async def test_nobody_else_can_use_any_of_the_buttons(act: Act, grace: Someone) -> None:
    await invite(grace, "Anybody", "Any number", "No end")
    ken, amina = Someone(grace.rig, "78"), Someone(grace.rig, "1")
    await ken.start(grace.rig.invite(sample_event(), Role.MODERATOR))
    await amina.say("hello")
    assert not may(Role.MODERATOR, act)
    for somebody in (ken, amina):
        before = len(grace.rig.channel.heard)
        await somebody.press(Manage(act, 1, 1, 1))
        assert somebody.toast == "This button is not in use any more. See the newest message."
        assert len(grace.rig.channel.heard) == before


@pytest.mark.parametrize("act", INVITING)
@pytest.mark.parametrize(("item", "version"), [(0, 0), (7, 3), (999_999_999_999_999, 999_999_999_999_999)])
async def test_forged_numbers_change_nothing(act: Act, item: int, version: int, grace: Someone) -> None:
    code = await invite(grace, "Anybody", "Any number", "No end")
    await grace.press(Manage(act, 1, item, version))
    with grace.rig.engine.connect() as conn:
        rows = conn.execute(select(tables.invitations).where(tables.invitations.c.role == Role.PARTICIPANT)).all()
    assert [(each.code, each.revoked_at) for each in rows] == [(code, None)]


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.CLOSED])
async def test_nobody_is_invited_to_an_event_that_is_not_open_nor_joins_it(state: EventState, grace: Someone) -> None:
    code = await invite(grace, "Anybody", "Any number", "No end")
    amina, late = Someone(grace.rig, "1"), Someone(grace.rig, "2")
    await amina.start(code)
    with grace.rig.engine.begin() as conn:
        conn.execute(update(tables.events).where(tables.events.c.code == CODE).values(state=state))
    assert "nobody can join it any more" in await amina.go_on()
    assert "does not work" in await late.start(code)
    assert "nobody can join at the moment" in await grace.say("/invite")
    assert "New invitation" not in grace.labels()


async def test_many_invitations_come_on_pages_those_that_work_first(grace: Someone) -> None:
    for _ in range(6):
        await invite(grace, "Anybody", "Any number", "No end")
    await grace.tap("Revoke")
    await grace.tap("Yes, revoke")
    await grace.say("/invite")
    assert grace.labels()[:6] == ["5", "4", "3", "2", "1", "Older ones"]
    await grace.tap("Older ones")
    assert grace.labels()[:2] == ["6", "Newer ones"]
    assert await grace.tap("6")
    assert grace.labels() == ["All invitations"]

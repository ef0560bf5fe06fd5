"""What people can do while their event is stopped, and what others notice of it."""

from sqlalchemy import select

from bot.channels import Tap
from conversations.buttons import Cease, Choose, Go, Move, Open
from conversations.cues import Said, Started, Tapped
from conversations.model import Language
from storage.tables import answers
from storage.tables import plans as plans_table
from tests.bot.emergency.stopping import (
    EVENT,
    LATER,
    OTHER,
    READY,
    RESTS,
    coordinator,
    keys,
    participants,
    said_to,
    stop,
    tap,
)
from tests.bot.outgoing import texts
from tests.rig import Rig


async def test_other_events_and_their_people_notice_nothing(rig: Rig) -> None:
    for event in (EVENT, OTHER):
        rig.take_in(event)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, "11", "12")
    await participants(rig, OTHER, "12", "13")
    await stop(rig, "1")
    rig.channel.heard.clear()
    await rig.pass_time(LATER)
    assert [texts(rig.channel.heard, each) for each in ("11", "12", "13")] == [[], [READY], [READY]]
    await tap(rig, "13", "Open")
    assert said_to(rig, "13").endswith("applied")
    await rig.person("12", Said("/calendar"))
    assert "What is coming" in said_to(rig, "12")
    assert "Small event" not in said_to(rig, "12")
    await rig.person("11", Said("/calendar"))
    assert said_to(rig, "11").startswith(RESTS)


async def test_an_answer_is_not_taken_and_can_be_given_later(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, "11")
    await rig.pass_time(LATER)
    await tap(rig, "11", "Open")
    yes = keys(rig, "11")["Yes"]
    assert isinstance(yes, Choose)
    await stop(rig, "1")
    for cue in (Tapped(yes), Said("Yes"), Said("something"), Said("/continue"), Said("resume"), Started()):
        await rig.person("11", cue, Tap("2", "2") if isinstance(cue, Tapped) else None)
        assert said_to(rig, "11").startswith(RESTS), cue
        assert "applied" not in said_to(rig, "11")
    assert await rig.thread.run(lambda connection: connection.execute(select(answers)).all()) == []
    await rig.person("1", Said("/resume"))
    await tap(rig, "1", "Go on and send it")
    await tap(rig, "11", yes)
    assert len(await rig.thread.run(lambda connection: connection.execute(select(answers)).all())) == 1


async def test_leaving_help_language_and_taking_back_consent_work_all_the_same(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, "11")
    await rig.pass_time(LATER)
    await tap(rig, "11", "Open")
    nudge = (await rig.thread.run(lambda connection: connection.scalar(select(plans_table.c.id)))) or 0
    await stop(rig, "1")
    await rig.person("11", Said("/help"))
    assert "/calendar" in said_to(rig, "11")
    await rig.person("11", Said("Français"))
    assert "pause" not in said_to(rig, "11") or "applied" not in said_to(rig, "11")
    await rig.person("11", Said("English"))
    await tap(rig, "11", Cease(nudge))
    assert "No more surveys of this event" in said_to(rig, "11")
    await tap(rig, "11", Open(nudge))
    assert said_to(rig, "11").startswith(RESTS)
    await rig.person("11", Said("/stop"))
    await tap(rig, "11", "Yes, leave")
    assert said_to(rig, "11").startswith("You have left.")


async def leaving_in_the_middle(rig: Rig) -> None:
    """Somebody in the middle of a survey says stop, while the event is stopped."""
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, "11")
    await rig.pass_time(LATER)
    await tap(rig, "11", "Open")
    await stop(rig, "1")
    await rig.person("11", Said("/stop"))


async def test_who_is_leaving_is_not_taken_for_somebody_who_answers(rig: Rig) -> None:
    await leaving_in_the_middle(rig)
    leave = keys(rig, "11")["Yes, leave"]
    await rig.person("11", Said("maybe"))
    assert said_to(rig, "11") == "Please tap one of the buttons above."
    await tap(rig, "11", leave)
    assert said_to(rig, "11").startswith("You have left.")


async def test_an_invitation_opens_later_and_joining_rests_where_it_is(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    code = rig.invite(EVENT)
    await rig.person("11", Started(code, Language.EN))
    agreeing = keys(rig, "11")["Yes to all, join"]
    await stop(rig, "1")
    await tap(rig, "11", agreeing)
    assert said_to(rig, "11").startswith(RESTS)
    await rig.person("12", Started(code, Language.EN))
    assert said_to(rig, "12").startswith("This invitation opens later.")
    assert "Small event" not in said_to(rig, "12")
    await rig.person("1", Said("/resume"))
    await tap(rig, "1", "Go on and send it")
    await tap(rig, "11", agreeing)
    assert not said_to(rig, "11").startswith(RESTS)
    await rig.person("12", Started(code, Language.EN))
    assert said_to(rig, "12").startswith("Small event\nWelcome")


async def test_moving_on_in_words_of_leaving_again_is_possible_by_button(rig: Rig) -> None:
    await leaving_in_the_middle(rig)
    stay = keys(rig, "11")["No, stay"]
    assert isinstance(stay, Go)
    assert stay.move is Move.NO
    await tap(rig, "11", stay)
    assert said_to(rig, "11").startswith(RESTS), "the question that was on screen is not shown again"

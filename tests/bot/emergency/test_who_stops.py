"""Who may stop an event and let it go on, and what old buttons and several hands do."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, select

from bot.channels import FromPerson, Tap
from bot.delivery import Delivery
from bot.limits import Limits
from bot.scheduler import Scheduler
from conversations.buttons import Manage
from conversations.cues import LinkAsked, Said, Tapped
from conversations.model import Role
from conversations.policy import Reason
from conversations.roles import Act
from conversations.stops import Stopped
from conversations.timing import Anchor, TouchpointKind
from storage import events, plans, stops
from storage.audit import OPERATOR
from storage.states import PlanState
from storage.tables import appointments
from storage.tables import stops as stops_table
from tests.bot.emergency.stopping import (
    EVENT,
    LATER,
    OTHER,
    READY,
    coordinator,
    keys,
    logged,
    participants,
    said_to,
    stop,
    tap,
)
from tests.bot.outgoing import texts
from tests.conversations.samples import event_with, question, survey, touchpoint
from tests.rig import Rig


async def test_only_coordinators_resume_and_whoever_may_not_means_their_own_questions(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await coordinator(rig, "2", EVENT, role=Role.MODERATOR)
    await participants(rig, EVENT, "11")
    for address in ("1", "2", "11"):
        await rig.person(address, Said("/resume"))
        assert said_to(rig, address) == "There are no questions waiting for you."
    await rig.person("11", Said("/pauseall"))
    assert said_to(rig, "11").startswith("No question asks for words now")
    await stop(rig, "2")
    assert "All messages of Small event are stopped." in said_to(rig, "2")
    assert "has stopped all messages of Small event." in said_to(rig, "1")
    await rig.person("2", Said("/resume"))
    assert said_to(rig, "2") == "There are no questions waiting for you."
    (number,) = await rig.thread.run(lambda connection: connection.scalars(select(stops_table.c.event_id)).all())
    (row,) = await rig.thread.run(lambda connection: connection.scalars(select(stops_table.c.id)).all())
    for address in ("2", "11"):
        await tap(rig, address, Manage(Act.RESUME_SENDING, number or 0, 0, row))
    assert await rig.thread.run(lambda connection: stops.stopped(connection).covers(EVENT.code))
    await rig.person("1", Said("resume"))
    assert said_to(rig, "1") == "There are no questions waiting for you.", "without its slash it is everybody's word"


async def test_buttons_that_are_old_or_forged_stop_and_resume_nothing(rig: Rig) -> None:
    rig.take_in(EVENT)
    rig.take_in(OTHER)
    await coordinator(rig, "1", EVENT)
    await rig.person("1", Said("/toutarrêter"))
    old = keys(rig, "1")["Stop everything now"]
    await tap(rig, "1", old)
    await rig.person("1", Said("/resume"))
    go_on = keys(rig, "1")["Go on and send it"]
    await tap(rig, "1", go_on)
    await tap(rig, "1", old)
    assert said_to(rig, "1").startswith("Stop all messages of Small event?"), "it is asked once more"
    assert not await rig.thread.run(stops.stopped)
    await tap(rig, "1", go_on)
    assert said_to(rig, "1") == "The messages of Small event go on already."
    here = await rig.thread.run(lambda connection: events.number_of(connection, EVENT.code))
    other = await rig.thread.run(lambda connection: events.number_of(connection, OTHER.code))
    await stop(rig, "1")
    for act in Act:
        for event, version in ((other, 0), (10**14, 0), (here, 10**14), (0, 0)):
            await tap(rig, "1", Manage(act, event, 10**14, version))
    assert await rig.thread.run(stops.stopped) == Stopped(events=frozenset({EVENT.code}))


async def test_a_stop_on_a_stop_tells_who_was_first(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await coordinator(rig, "2", EVENT)
    await rig.person("2", Said("/pauseall"))
    late = keys(rig, "2")["Stop everything now"]
    await stop(rig, "1")
    await tap(rig, "2", late)
    first = said_to(rig, "2")
    assert " stopped all messages of Small event on Monday" in first
    await rig.person("2", Said("/pauseall"))
    assert said_to(rig, "2") == first
    assert await logged(rig) == [("small", "e-stop")]


async def test_two_who_press_at_once_have_one_effect(either_rig: Rig) -> None:
    rig = either_rig
    rig.take_in(EVENT)
    team = [str(number) for number in range(1, 9)]
    for address in team:
        await coordinator(rig, address, EVENT)
    await participants(rig, EVENT, "11")
    number = await rig.thread.run(lambda connection: events.number_of(connection, EVENT.code))
    for button in (Manage(Act.STOP, number), Manage(Act.RESUME_SENDING, number, 0, 1)):
        taken = [FromPerson(next(rig.updates), each, Tapped(button), Tap("1", "1")) for each in team]
        ends = await asyncio.gather(*(rig.turns.take(each) for each in taken))
        for end in ends:
            rig.delivery.submit(end.outgoing)
        await rig.delivery.idle()
    rows = await rig.thread.run(lambda connection: connection.execute(select(stops_table)).all())
    assert [(row.event_id, row.ended_at is not None) for row in rows] == [(number, True)]
    assert await logged(rig) == [("small", "e-stop"), ("small", "e-send")]
    told = [each for each in texts(rig.channel.heard) if " has stopped all messages of" in each]
    assert len(told) == len(team) - 1
    await rig.pass_time(LATER)
    assert texts(rig.channel.heard, "11") == [READY]


async def test_somebody_of_several_events_stops_all_of_theirs_and_nobody_elses(rig: Rig) -> None:
    third = replace(EVENT, code="third", title=replace(EVENT.title, en="Third event"))
    for event in (EVENT, OTHER, third):
        rig.take_in(event)
    await coordinator(rig, "1", EVENT, OTHER)
    await coordinator(rig, "2", OTHER)
    for event, address in ((EVENT, "11"), (OTHER, "12"), (third, "13")):
        await participants(rig, event, address)
    rig.clock.time += LATER
    await rig.person("1", Said("/pauseall"))
    assert list(keys(rig, "1")) == ["Other event", "Small event", "Stop all of them", "None of them"]
    everything = keys(rig, "1")["Stop all of them"]
    await tap(rig, "1", everything)
    assert "What was about to be sent waits." in said_to(rig, "1")
    assert "has stopped all messages of Other event." in said_to(rig, "2")
    assert await logged(rig) == [("other", "e-mine"), ("small", "e-mine")]
    await rig.pass_time(timedelta())
    assert [texts(rig.channel.heard, each) for each in ("11", "12", "13")] == [[], [], [READY]]
    await tap(rig, "1", everything)
    await rig.person("1", Said("/pauseall"))
    assert "Small event is stopped already." in said_to(rig, "1")
    assert len(await rig.thread.run(lambda connection: connection.execute(select(stops_table)).all())) == 2
    await rig.person("1", Said("/resume"))
    await tap(rig, "1", "Other event")
    await tap(rig, "1", "Go on and send it")
    await rig.pass_time(timedelta())
    assert [texts(rig.channel.heard, each) for each in ("11", "12")] == [[], [READY]]
    await rig.person("1", Said("/pauseall"))
    assert list(keys(rig, "1")) == ["Other event", "None of them"]
    await tap(rig, "1", "Other event")
    assert await rig.thread.run(stops.stopped) == Stopped(events=frozenset({"other", "small"}))


async def test_whoever_was_removed_meanwhile_stops_nothing(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await rig.person("1", Said("/pauseall"))
    await rig.thread.run(lambda connection: connection.execute(delete(appointments)) and None)
    await tap(rig, "1", "Stop everything now")
    assert not await rig.thread.run(stops.stopped)


async def test_a_digest_waits_as_well(rig: Rig) -> None:
    digest = touchpoint(TouchpointKind.DIGEST, "news", "1 week", anchor=Anchor.EVENT_END)
    event = event_with(digest, surveys=(survey(question("applied", group_ok=True)),))
    rig.take_in(event)
    await coordinator(rig, "1", event)
    await rig.group("-5", LinkAsked(event.code), "1")
    rig.channel.heard.clear()
    await stop(rig, "1")
    await rig.pass_time(timedelta(days=5))
    (waiting,) = await rig.thread.run(plans.told)
    assert (waiting.state, waiting.reason) == (PlanState.PLANNED, None)
    await rig.person("1", Said("/resume"))
    assert "– 1 digest for a group" in said_to(rig, "1")
    await tap(rig, "1", "Go on and send it")
    await rig.pass_time(timedelta())
    (settled,) = await rig.thread.run(plans.told)
    assert settled.reason is Reason.NOT_ENOUGH_ANSWERS


async def test_the_operators_stop_is_the_operators_to_end(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, "11")
    await rig.thread.run(lambda connection: stops.begin(connection, None, OPERATOR, rig.clock.now()))
    await rig.pass_time(LATER)
    assert rig.channel.heard == []
    await rig.person("1", Said("/resume"))
    assert "Only the operator can let it go on." in said_to(rig, "1")
    await stop(rig, "1")
    await rig.person("1", Said("/resume"))
    assert "The operator has stopped the whole bot" in said_to(rig, "1")
    await tap(rig, "1", "Go on and send it")
    await rig.pass_time(timedelta())
    assert texts(rig.channel.heard, "11") == []
    await rig.thread.run(lambda connection: stops.end(connection, None, rig.clock.now()))
    await rig.pass_time(timedelta())
    assert texts(rig.channel.heard, "11") == [READY]


async def test_a_second_bot_on_the_same_data_is_stopped_too(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, "11")
    other = Delivery(rig.channel, rig.thread, rig.vault, rig.clock, Limits(rig.clock, 1000, 1000))
    another = Scheduler(rig.turns, rig.thread, other, rig.clock, rig.jobs, rig.replanner)
    await stop(rig, "1")
    rig.clock.time += LATER
    await another.tick()
    await other.adopt()
    await other.idle()
    assert texts(rig.channel.heard, "11") == []

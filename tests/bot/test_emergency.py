"""An emergency, as the team and the people of an event live through it: the whole bot but for Telegram."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, select

from bot.channels import FromPerson, Rendered, Tap, TooMany
from bot.delivery import Delivery
from bot.doing import Done
from bot.limits import Limits
from bot.planning import replan_person
from bot.scheduler import Scheduler
from conversations.buttons import Button, Cease, Choose, Go, Manage, Move, Open, decode
from conversations.cues import LinkAsked, Said, Started, Tapped
from conversations.model import Event, Language, Purpose, Role
from conversations.policy import Reason
from conversations.roles import Act
from conversations.stops import Stopped
from conversations.timing import Anchor, TouchpointKind
from storage import audit, chats, enrolments, events, plans, stops
from storage.audit import OPERATOR
from storage.chats import ChatKind
from storage.states import PlanState, State
from storage.tables import answers, appointments, outbox
from storage.tables import plans as plans_table
from storage.tables import stops as stops_table
from tests.bot.outgoing import texts
from tests.conversations.samples import event_with, question, survey, touchpoint
from tests.rig import Rig, rig_in

SURVEY = survey(question("applied"), question("lasted"))
ROW = touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None)
EVENT = event_with(ROW, surveys=(SURVEY,))
OTHER = replace(EVENT, code="other", title=replace(EVENT.title, en="Other event"))
READY = "A few short questions are ready for you."
RESTS = "This chat rests for the moment. Nothing is lost."
LATER = timedelta(hours=1)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def either_rig(request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[Rig]:
    url = request.getfixturevalue("postgres_database") if request.param == "postgresql" else None
    async with rig_in(folder, url) as rig:
        yield rig


async def coordinator(rig: Rig, address: str, *of: Event, role: Role = Role.COORDINATOR) -> None:
    for event in of:
        await rig.person(address, Started(rig.invite(event, role), Language.EN))
    rig.channel.heard.clear()


async def participants(rig: Rig, event: Event, *addresses: str) -> None:
    """These take part; nothing of how they joined is said."""
    revision = await rig.thread.run(lambda connection: events.latest(connection, event.code) or 0)

    def join(connection: Connection, address: str) -> None:
        now, purposes = rig.clock.now(), frozenset(Purpose)
        chat = chats.arrive(connection, rig.vault, "telegram", address, ChatKind.PRIVATE, Language.EN, now)
        enrolments.enrol(connection, chat.id, event.code, revision, purposes, (), now)
        replan_person(connection, rig.turns.contents, chat.id, event.code, chat.conversation, now)

    for address in addresses:
        await rig.thread.run(lambda connection, address=address: join(connection, address))  # type: ignore[misc]


def said_to(rig: Rig, address: str) -> str:
    """The newest message that somebody has, as text."""
    newest = [each for each in rig.channel.heard if each.address == address][-1]
    return "\n".join(paragraph.text for paragraph in newest.message.paragraphs)


def keys(rig: Rig, address: str) -> dict[str, Button]:
    """The buttons of the newest message that somebody has."""
    newest = [each for each in rig.channel.heard if each.address == address][-1]
    found = {key.label: decode(key.data) for row in newest.message.keyboard for key in row}
    return {label: button for label, button in found.items() if button is not None}


async def tap(rig: Rig, address: str, button: Button | str) -> Done:
    pressed = keys(rig, address)[button] if isinstance(button, str) else button
    return await rig.person(address, Tapped(pressed), Tap("1", "1"))


async def stop(rig: Rig, address: str) -> None:
    await rig.person(address, Said("/pauseall"))
    await tap(rig, address, "Stop everything now")


async def states(rig: Rig) -> list[tuple[int, State]]:
    query = select(outbox.c.id, outbox.c.state).where(outbox.c.kind == "nudge").order_by(outbox.c.id)
    return [(row.id, row.state) for row in await rig.thread.run(lambda connection: connection.execute(query).all())]


async def planned(rig: Rig) -> list[tuple[PlanState, Reason | None]]:
    query = select(plans_table).where(plans_table.c.kind == TouchpointKind.SURVEY).order_by(plans_table.c.id)
    rows = await rig.thread.run(lambda connection: connection.execute(query).all())
    return [(row.state, row.reason) for row in rows]


async def logged(rig: Rig) -> list[tuple[str, str]]:
    lines = await rig.thread.run(audit.entries)
    return [(each.event, each.act) for each in lines if each.act.startswith("e-") and each.details]


CROWD = [str(1000 + number) for number in range(500)]


class _Interrupted:
    """A platform on which the coordinator taps “stop” once so many have got the message."""

    def __init__(self, rig: Rig, after: int) -> None:
        self._rig, self._after, self._say = rig, after, rig.channel.say
        self.arrived = 0
        self.may_leave: set[int] = set()
        self.stopping: asyncio.Task[None] | None = None

    async def say(self, address: str, message: Rendered) -> str:
        if message.paragraphs[0].text == READY:
            self.arrived += 1
            if self.arrived == self._after:
                self.stopping = asyncio.create_task(self._stop())
        return await self._say(address, message)

    async def _stop(self) -> None:
        done = await self._rig.turns.take(FromPerson(90_000, "1", Tapped(keys(self._rig, "1")["Stop everything now"])))
        self._rig.delivery.submit(done.outgoing)
        # Whatever was handed over by now is gone; nothing else may leave.
        self.may_leave = {row for row, state in await states(self._rig) if state is not State.FAILED}


async def test_after_the_tap_nothing_more_leaves_of_five_hundred_in_the_queue(either_rig: Rig) -> None:
    rig = either_rig
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, *CROWD)
    await rig.person("1", Said("/pauseall"))
    platform = _Interrupted(rig, after=40)
    rig.channel.say = platform.say  # type: ignore[method-assign]
    rig.clock.time += LATER
    due = await rig.thread.run(lambda connection: plans.due(connection, rig.clock.now(), 1000, None))
    rig.delivery.submit([each for one in due for each in (await rig.turns.strike(one)).outgoing])
    await rig.delivery.idle()
    assert platform.stopping is not None
    await platform.stopping
    await rig.delivery.idle()
    await rig.scheduler.tick()
    await rig.delivery.idle()
    ends = dict(await states(rig))
    assert len(ends) == 500
    assert {row for row, state in ends.items() if state is State.SENT} == platform.may_leave
    assert platform.arrived == len(platform.may_leave) < 150
    waiting = [each for each in await planned(rig) if each == (PlanState.PLANNED, Reason.STOPPED)]
    assert len(waiting) == 500 - platform.arrived


async def test_it_stops_in_the_middle_of_a_slice_and_goes_on_where_it_was(either_rig: Rig) -> None:
    rig = either_rig
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, *CROWD[:120])
    await rig.person("1", Said("/pauseall"))
    platform = _Interrupted(rig, after=5)
    rig.channel.say = platform.say  # type: ignore[method-assign]
    await rig.pass_time(LATER)
    assert platform.stopping is not None
    await platform.stopping
    stopped_at = platform.arrived
    await rig.pass_time(timedelta(minutes=5))
    assert platform.arrived == stopped_at < 120
    await rig.person("1", Said("/resume"))
    await tap(rig, "1", "Go on and send it")
    await rig.pass_time(timedelta())
    assert [len(texts(rig.channel.heard, each)) for each in CROWD[:120]] == [1] * 120, "each of them once"


async def test_a_platform_that_asks_for_patience_gets_nothing_more_either(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, *CROWD[:30])
    tries, real = 0, rig.channel.say

    async def storm(address: str, message: Rendered) -> str:
        nonlocal tries
        if message.paragraphs[0].text != READY:
            return await real(address, message)
        tries += 1
        if tries == 40:
            await rig.turns.take(FromPerson(90_000, "1", Said("/pauseall")))
            number = await rig.thread.run(lambda connection: events.number_of(connection, EVENT.code))
            await rig.turns.take(FromPerson(90_001, "1", Tapped(Manage(Act.STOP, number))))
        raise TooMany(1)

    rig.channel.say = storm  # type: ignore[method-assign]
    await rig.pass_time(LATER)
    assert tries < 40 + 64, "those under way had been handed over"
    assert set(await planned(rig)) == {(PlanState.PLANNED, Reason.STOPPED)}
    assert texts(rig.channel.heard) == []


async def test_it_says_what_was_held_and_what_would_be_sent(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, "11", "12", "13", "14", "15", "16")
    rig.clock.time += LATER
    await stop(rig, "1")
    assert said_to(rig, "1").startswith(
        "All messages of Small event are stopped.\nWhat was about to be sent waits.\n"
        "At least, in steps of five:\n– 5 micro-surveys\nFewer than five of a kind are not told."
    )
    await rig.person("1", Said("/resume"))
    preview = said_to(rig, "1")
    assert "What was due meanwhile waits.\nAt least, in steps of five:\n– 5 micro-surveys" in preview
    assert "on Monday, 16 November 2026, 13:00." in preview, "as it was in Nairobi"
    assert list(keys(rig, "1")) == ["Go on and send it", "Go on without it", "Not yet"]
    await tap(rig, "1", "Not yet")
    assert "stay stopped" in said_to(rig, "1")
    await rig.pass_time(timedelta())
    assert texts(rig.channel.heard, "11") == []


async def test_what_is_over_is_told_and_not_sent(rig: Rig) -> None:
    event = event_with(replace(ROW, window=replace(ROW.offset, amount=2)), surveys=(SURVEY,))
    rig.take_in(event)
    await coordinator(rig, "1", event)
    await participants(rig, event, "11")
    await stop(rig, "1")
    rig.clock.time += 4 * LATER
    await rig.person("1", Said("/reprendre"))
    assert "What is over by now is not sent in any case." in said_to(rig, "1")
    await tap(rig, "1", "Go on and send it")
    await rig.pass_time(timedelta())
    assert await planned(rig) == [(PlanState.HELD, Reason.TOO_LATE)]


async def test_going_on_without_what_waited(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, "11")
    await stop(rig, "1")
    rig.clock.time += 2 * LATER
    await rig.person("1", Said("/resume"))
    await tap(rig, "1", "Go on without it")
    await rig.pass_time(timedelta(days=1))
    assert await planned(rig) == [(PlanState.HELD, Reason.STOPPED)]
    assert texts(rig.channel.heard, "11") == []
    assert await logged(rig) == [("small", "e-stop"), ("small", "e-drop")]


async def test_what_waited_comes_by_the_policy_and_not_at_night(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, "11")
    await stop(rig, "1")
    rig.clock.time += timedelta(hours=12)  # midnight in Nairobi
    await rig.person("1", Said("/resume"))
    await tap(rig, "1", "Go on and send it")
    await rig.pass_time(timedelta())
    assert await planned(rig) == [(PlanState.PLANNED, Reason.QUIET_HOURS)]
    await rig.pass_time(timedelta(hours=14))
    assert texts(rig.channel.heard, "11") == [READY]


async def test_a_stop_outlives_a_restart_and_the_scheduler_goes_on_after_it(folder: Path) -> None:
    async with rig_in(folder) as rig:
        rig.take_in(EVENT)
        await coordinator(rig, "1", EVENT)
        await participants(rig, EVENT, "11")
        await stop(rig, "1")
    async with rig_in(folder) as rig:
        rig.updates = count(1_000)
        await rig.delivery.start()
        await rig.pass_time(LATER)
        assert rig.channel.heard == []
        await rig.person("1", Said("/resume"))
        await tap(rig, "1", "Go on and send it")
        await rig.pass_time(timedelta())
        assert texts(rig.channel.heard, "11") == [READY]


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


async def test_who_is_leaving_is_not_taken_for_somebody_who_answers(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, "11")
    await rig.pass_time(LATER)
    await tap(rig, "11", "Open")
    await stop(rig, "1")
    await rig.person("11", Said("/stop"))
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


async def test_moving_on_in_words_of_leaving_again_is_possible_by_button(rig: Rig) -> None:
    rig.take_in(EVENT)
    await coordinator(rig, "1", EVENT)
    await participants(rig, EVENT, "11")
    await rig.pass_time(LATER)
    await tap(rig, "11", "Open")
    await stop(rig, "1")
    await rig.person("11", Said("/stop"))
    stay = keys(rig, "11")["No, stay"]
    assert isinstance(stay, Go)
    assert stay.move is Move.NO
    await tap(rig, "11", stay)
    assert said_to(rig, "11").startswith(RESTS), "the question that was on screen is not shown again"

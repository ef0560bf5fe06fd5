"""A pause until a day that somebody types. It is Monday noon in Nairobi, 16 November 2026."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conversations.buttons import Go, Move, Pause, Span
from conversations.conversation import Asking, Consenting, Idle, Leaving, Pausing
from conversations.cues import NudgeDue, Sent, Started
from conversations.effects import SettleNudge, SetWishes, Toast
from conversations.model import Language
from conversations.policy import Reason
from conversations.timing import TouchpointKind
from tests.conversations.deeds import begin_survey, choose, move, question_of, says, somebody_in, tap
from tests.conversations.samples import event_with, question, survey, touchpoint
from tests.conversations.world import World

EVENT = event_with(
    touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None),
    touchpoint(offset="2 days"),
    surveys=(survey(question("used"), question("why")),),
)


@pytest.fixture
def world() -> World:
    """Somebody who was asked until which day they want a pause."""
    world = somebody_in(EVENT)
    tap(world, Pause(Span.DATE))
    assert isinstance(world.conversation.step, Pausing)
    return world


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("tomorrow", "2026-11-17"),
        ("Demain !", None),
        ("demain", "2026-11-17"),
        ("après-demain", "2026-11-18"),
        ("Monday", "2026-11-23"),
        ("lundi", "2026-11-23"),
        ("lundi prochain", "2026-11-23"),
        ("mardi", "2026-11-17"),
        ("Sunday", "2026-11-22"),
        ("in 3 weeks", "2026-12-07"),
        ("dans 3 semaines", "2026-12-07"),
        ("in a year", "2027-11-16"),
        ("12 March", "2027-03-12"),
        ("le 1er décembre", "2026-12-01"),
        ("12/03", "2027-03-12"),
        ("2027-02-28", "2027-02-28"),
        ("16 November", "2027-11-16"),
    ],
)
def test_days_to_come_as_people_write_them(world: World, typed: str, day: str | None) -> None:
    told = says(world, typed)
    if day is None:
        assert "Type a day" in told
        return
    year, month, number = map(int, day.split("-"))
    midnight = datetime(year, month, number, tzinfo=UTC)
    assert world.wishes.paused_until is not None
    assert (world.wishes.paused_until - midnight).total_seconds() == -3 * 3600, "midnight in Nairobi"
    assert "Paused until" in told
    assert isinstance(world.conversation.step, Idle)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("hello", "Type a day"),
        ("2", "Type a day"),
        ("😀" * 3000, "Type a day"),
        ("9999", "Type a day"),
        ("1 January 9999", "Type a day"),
        ("in 9999 years", "Type a day"),
        ("in 9999 weeks", "Type a day"),
        ("in 99 weeks", "within a year"),
        ("today", "after today"),
        ("yesterday", "after today"),
        ("lundi dernier", "after today"),
        ("12/03/2026", "after today"),
        ("18 November 2027", "within a year"),
        ("29 February", "within a year"),
        ("29 février 2028", "within a year"),
        ("29 February 2027", "no such day"),
        ("31/02/2027", "no such day"),
        ("Monday 17 November 2026", "do not fit"),
    ],
)
def test_what_is_no_such_day_is_asked_again(world: World, typed: str, hint: str) -> None:
    before = world.conversation
    assert hint in says(world, typed)
    assert world.conversation == before
    assert world.wishes.paused_until is None
    assert "Paused until" in says(world, "demain"), "and then it is understood"


def test_the_29th_of_february_is_a_day_where_there_is_one() -> None:
    world = somebody_in(replace(EVENT, start=EVENT.start.replace(year=2027), end=EVENT.end.replace(year=2027)))
    world.now = datetime(2028, 2, 1, 9, 0, tzinfo=UTC)
    tap(world, Pause(Span.DATE))
    says(world, "29 février")
    assert world.wishes.paused_until == datetime(2028, 2, 28, 21, 0, tzinfo=UTC)
    world.now = datetime(2028, 2, 29, 9, 0, tzinfo=UTC)
    tap(world, Pause(Span.DATE))
    assert "Paused until" in says(world, "in a year")


def test_a_day_whose_midnight_the_clocks_skip_begins_after_the_gap() -> None:
    # In Cairo the clocks go from midnight to one on 30 April 2027.
    cairo = replace(EVENT, timezone="Africa/Cairo")
    world = World({1: cairo}, now=datetime(2027, 4, 26, 9, 0, tzinfo=UTC))
    world.happens(Started("small"))
    move(world, Move.DONE)
    move(world, Move.YES)
    tap(world, Pause(Span.DATE))
    assert "Friday, 30 April 2027" in says(world, "30 April")
    assert world.wishes.paused_until == datetime(2027, 4, 29, 22, 0, tzinfo=UTC)


def test_back_leads_to_the_calendar_and_sets_nothing(world: World) -> None:
    back = Go(world.conversation.serial, Move.BACK)
    assert not any(isinstance(each, SetWishes) for each in tap(world, back))
    assert world.said[-1].startswith("What is coming")
    assert isinstance(world.conversation.step, Idle)
    assert [type(each) for each in tap(world, back)] == [Toast]


@pytest.mark.parametrize("forged", [Move.YES, Move.STOP, Move.DONE])
def test_no_other_move_means_anything(world: World, forged: Move) -> None:
    before = world.conversation
    assert [type(each) for each in move(world, forged)] == [Toast]
    assert [type(each) for each in choose(world, 0)] == [Toast]
    assert world.conversation == before


def test_commands_work_meanwhile(world: World) -> None:
    assert "/stop" in says(world, "/help")
    assert "What is coming" in says(world, "/calendar")
    says(world, "français")
    assert world.conversation.language is Language.FR
    assert isinstance(world.conversation.step, Pausing), "and the question stands again"
    world.happens(Sent())
    assert isinstance(world.conversation.step, Pausing)
    world.happens(Started())
    assert isinstance(world.conversation.step, Pausing)
    says(world, "/continue")
    assert isinstance(world.conversation.step, Idle)


def test_twice_tapped_is_asked_once(world: World) -> None:
    tap(world, Pause(Span.DATE))
    assert world.conversation.step == Pausing(Idle())


def test_a_survey_goes_on_where_it_was() -> None:
    world = somebody_in(EVENT)
    nudge = begin_survey(world)
    choose(world, 0)
    tap(world, Pause(Span.DATE))
    assert question_of(world) is None
    told = len(world.said)
    says(world, "tomorrow")
    assert any("Paused until" in each for each in world.said[told:])
    assert world.said[-1].startswith("Question 2 of 2")
    assert question_of(world) == "why"
    tap(world, Pause(Span.DATE))
    move(world, Move.BACK)
    assert world.said[-1].startswith("Question 2 of 2")
    tap(world, Pause(Span.DATE))
    says(world, "/continue")
    assert question_of(world) == "why"
    choose(world, 1)
    assert world.answers[nudge] == {"used": "yes", "why": "no"}


def test_continue_takes_up_what_was_put_aside() -> None:
    world = somebody_in(EVENT)
    begin_survey(world)
    move(world, Move.STOP)
    tap(world, Pause(Span.DATE))
    says(world, "/continue")
    assert question_of(world) == "used"


def test_a_stop_holds_behind_it() -> None:
    world = somebody_in(EVENT)
    says(world, "stop")
    tap(world, Pause(Span.DATE))
    [nudge] = [each.id for each in world.nudges.values() if each.pending and each.due < world.now.replace(hour=23)]
    [settled] = [each for each in world.happens(NudgeDue(nudge)).effects if isinstance(each, SettleNudge)]
    assert settled.reason is Reason.BUSY
    says(world, "tomorrow")
    assert isinstance(world.conversation.step, Leaving), "whether they leave is still to be said"
    assert world.said[-1].startswith("Do you want to leave?")


def test_a_stop_instead_of_a_day() -> None:
    world = somebody_in(EVENT)
    begin_survey(world)
    tap(world, Pause(Span.DATE))
    says(world, "stop")
    step = world.conversation.step
    assert isinstance(step, Leaving)
    assert isinstance(step.before, Asking)
    says(world, "oui")
    assert world.enrolments == {}
    assert isinstance(world.conversation.step, Idle)


def test_somebody_joining_a_second_event_comes_back_to_its_consent(world: World) -> None:
    second = replace(EVENT, code="second")
    world.events = {1: EVENT, 2: second}
    world.happens(Started("second"))
    tap(world, Pause(Span.DATE))
    says(world, "demain")
    assert isinstance(world.conversation.step, Consenting)
    move(world, Move.DONE)

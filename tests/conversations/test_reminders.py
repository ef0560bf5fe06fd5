"""Reminders of a survey: the pending question itself, twice at most, and none once it is answered or not wanted."""

from datetime import timedelta

import pytest

from conversations.buttons import Cease, Later, Open, Refuse
from conversations.conversation import Asking, Idle
from conversations.cues import Said
from conversations.effects import CompleteResponse, OpenResponse, Revise, SaveAnswer, Say
from conversations.model import Language, Purpose
from conversations.policy import Reason
from conversations.timing import REMINDERS, Offset, Policy, TouchpointKind, Unit
from tests.conversations.deeds import choose, open_newest, question_of, somebody_in, tap
from tests.conversations.samples import distance, event_with, question, survey, touchpoint
from tests.conversations.world import World

DAY = timedelta(days=1)
QUESTIONS = survey(question("one"), question("two"), question("three"))
ROW = touchpoint(TouchpointKind.SURVEY, "after", "3 days", reminders=REMINDERS)
EVENT = event_with(ROW, surveys=(QUESTIONS,), policy=Policy(public_holidays=False))
SURVEY = 1


@pytest.fixture
def world() -> World:
    """Somebody to whom the survey was announced a moment ago."""
    world = somebody_in(EVENT)
    while not world.sent:
        world.time_passes(timedelta(hours=1))
    return world


def next_reminder(world: World) -> int:
    """Time goes by until something more is sent; its button."""
    before = len(world.sent)
    while len(world.sent) == before:
        world.time_passes(timedelta(hours=1))
    button = next(each for each in reversed(world.buttons) if isinstance(each, Open))
    assert world.nudges[button.nudge].kind is TouchpointKind.REMINDER
    return button.nudge


def goes_quiet(world: World) -> None:
    before = len(world.sent)
    for _ in range(60):
        world.time_passes(DAY)
    assert len(world.sent) == before


def test_two_reminders_after_two_and_five_days_and_no_third(world: World) -> None:
    announced = world.sent[0]
    next_reminder(world)
    assert world.sent[1] == announced + 2 * DAY
    next_reminder(world)
    # Two messages in seven days are enough for anybody: the second reminder waits for the cap.
    assert world.sent[2] == announced + 7 * DAY
    goes_quiet(world)


def test_a_reminder_says_how_long_it_takes_and_nothing_else(world: World) -> None:
    next_reminder(world)
    assert world.said[-1] == "A few short questions are still waiting for you: about 1 minute."
    assert world.buttons[-4:] == [Open(world.buttons[-4].nudge), Later(SURVEY), Refuse(SURVEY), Cease(SURVEY)]  # type: ignore[union-attr]


def test_it_turns_into_the_very_question_that_was_left(world: World) -> None:
    open_newest(world)
    choose(world, 0)
    assert question_of(world) == "two"
    reminder = next_reminder(world)
    effects = tap(world, Open(reminder))
    assert question_of(world) == "two"
    assert not any(isinstance(each, OpenResponse | Say) for each in effects), "no second response, no new message"
    below, shown = [each for each in effects if isinstance(each, Revise)]
    assert below.carrying is not None
    assert shown.serial == world.conversation.serial
    assert "Question 2 of 3" in world.said[-1]
    choose(world, 0)
    assert question_of(world) == "three"


def test_it_opens_what_was_never_opened_at_the_first_question(world: World) -> None:
    effects = tap(world, Open(next_reminder(world)))
    assert question_of(world) == "one"
    assert [each.nudge for each in effects if isinstance(each, OpenResponse)] == [SURVEY]


def test_from_aside_it_goes_on_where_it_stopped(world: World) -> None:
    open_newest(world)
    choose(world, 1)
    world.conversation = type(world.conversation)(
        Language.EN, Idle(), world.conversation.serial, world.conversation.zone
    )
    tap(world, Open(next_reminder(world)))
    assert question_of(world) == "two"


def test_the_answer_ends_the_reminders(world: World) -> None:
    open_newest(world)
    for _ in range(3):
        choose(world, 0)
    effects = world.happens(Said("send")).effects
    assert any(isinstance(each, CompleteResponse) for each in effects)
    goes_quiet(world)
    reminders = [each for each in world.nudges.values() if each.kind is TouchpointKind.REMINDER]
    assert [world.settled[each.id][0] for each in reminders] == [Reason.ANSWERED] * 2


def test_an_old_reminder_opens_no_second_response(world: World) -> None:
    reminder = next_reminder(world)
    tap(world, Open(reminder))
    for _ in range(3):
        choose(world, 0)
    world.happens(Said("send"))
    effects = tap(world, Open(reminder))
    assert "already" in world.said[-1]
    assert not any(isinstance(each, OpenResponse) for each in effects)
    assert isinstance(world.conversation.step, Idle)


def test_not_this_one_ends_them_and_leaves_other_surveys_be(world: World) -> None:
    next_reminder(world)
    tap(world, Refuse(SURVEY))
    goes_quiet(world)
    assert Purpose.SURVEYS in world.enrolments["small"].purposes


def test_not_now_lets_the_next_reminder_come(world: World) -> None:
    next_reminder(world)
    tap(world, Later(SURVEY))
    assert isinstance(world.conversation.step, Idle)
    next_reminder(world)


def test_stop_asking_ends_all_surveys_of_the_event_until_it_is_taken_back(world: World) -> None:
    next_reminder(world)
    tap(world, Cease(SURVEY))
    assert world.enrolments["small"].purposes == {Purpose.NUDGES}
    goes_quiet(world)
    tap(world, Cease(SURVEY, again=True))
    assert world.enrolments["small"].purposes == {Purpose.NUDGES, Purpose.SURVEYS}
    tap(world, Open(SURVEY))
    assert isinstance(world.conversation.step, Asking)


def test_a_survey_that_closes_ends_its_reminders() -> None:
    row = touchpoint(TouchpointKind.SURVEY, "after", "3 days", reminders=REMINDERS, closes=distance("3 days"))
    world = somebody_in(event_with(row, surveys=(QUESTIONS,)))
    while not world.sent:
        world.time_passes(timedelta(hours=1))
    reminder = next_reminder(world)
    goes_quiet(world)
    assert [reason for reason, _ in world.settled.values()].count(Reason.TOO_LATE) == 1
    tap(world, Open(reminder))
    assert "closed" in world.said[-1]


@pytest.mark.parametrize("own", [(), (Offset(1, Unit.WEEKS),)])
def test_the_pack_may_have_fewer(own: tuple[Offset, ...]) -> None:
    row = touchpoint(TouchpointKind.SURVEY, "after", "3 days", reminders=own)
    world = somebody_in(event_with(row, surveys=(QUESTIONS,)))
    for _ in range(60):
        world.time_passes(DAY)
    assert len(world.sent) == 1 + len(own)


def test_what_is_only_planned_can_be_neither_put_off_nor_ended(world: World) -> None:
    fresh = somebody_in(EVENT)
    for button in (Later(SURVEY), Cease(SURVEY), Cease(SURVEY, again=True), Refuse(SURVEY)):
        before = fresh.enrolments.copy()
        tap(fresh, button)
        assert "not in use" in fresh.toasts[-1]
        assert fresh.enrolments == before


def test_stop_asking_with_a_question_on_screen_takes_no_more_answers(world: World) -> None:
    open_newest(world)
    next_reminder(world)
    tap(world, Cease(SURVEY))
    assert isinstance(world.conversation.step, Idle)
    assert not any(isinstance(each, SaveAnswer) for each in choose(world, 0))
    world.happens(Said("/continue"))
    assert isinstance(world.conversation.step, Idle)

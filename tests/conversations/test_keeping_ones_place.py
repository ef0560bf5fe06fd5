"""Stories of one person: stop and stay, answers that no longer count, and what is kept of somebody who has left."""

from datetime import timedelta

import pytest

from conversations.buttons import Choose, Go, Move, Recall
from conversations.conversation import Asking, Consenting, Idle, Leaving, Placing, Reviewing
from conversations.cues import Said, Started
from conversations.effects import DropAnswers, Enrol, RecordRecall, SaveAnswer, Toast
from conversations.scene import ResponseState
from tests.conversations.deeds import begin_survey, choose, move, open_newest, question_of, tap, two_hours_pass
from tests.conversations.samples import sample_event
from tests.conversations.test_any_order import SMALL
from tests.conversations.world import World


@pytest.fixture
def world() -> World:
    """Somebody who has joined the small event, of which a survey and then a refresher arrive within two hours."""
    world = World({1: sample_event(), 2: SMALL})
    world.happens(Started("small"))
    tap(world, Go(world.conversation.serial, Move.DONE))
    tap(world, Go(world.conversation.serial, Move.YES))
    return world


def test_a_survey_from_the_first_question_to_the_last(world: World) -> None:
    survey = begin_survey(world)
    choose(world, 0)
    choose(world, 1)
    choose(world, 2)
    move(world, Move.DONE)
    assert world.answers[survey] == {"used": "yes", "ways": ("teach", "other")}
    world.happens(Said("12"))
    assert world.said[-1].startswith("Question 4 of about 5\n\nmany"), "the note stands above the question after it"
    world.happens(Said("We listen better."))
    choose(world, 0)
    assert isinstance(world.conversation.step, Reviewing), "nothing is sent before it has been looked through"
    move(world, Move.SUBMIT)
    assert world.nudges[survey].response is ResponseState.COMPLETED
    assert world.said[-1].startswith("thanks"), "the closing note comes with the thanks"
    assert isinstance(world.conversation.step, Idle)


def test_a_changed_answer_takes_those_with_it_that_hung_on_it(world: World) -> None:
    survey = begin_survey(world)
    choose(world, 0)
    choose(world, 1)
    move(world, Move.DONE)
    world.happens(Said("12"))
    for _ in range(2):
        move(world, Move.BACK)
    assert question_of(world) == "ways"
    choose(world, 1)
    choose(world, 0)
    effects = move(world, Move.DONE)
    assert DropAnswers(survey, ("people",)) in effects
    assert world.answers[survey] == {"used": "yes", "ways": ("talk",)}
    assert "After this change, these answers do not count any more" in world.said[-1]
    assert "– people" in world.said[-1]
    move(world, Move.SUBMIT)
    assert world.nudges[survey].response is ResponseState.COMPLETED


def test_a_double_tap_on_a_box_leaves_it_ticked(world: World) -> None:
    begin_survey(world)
    choose(world, 0)
    serial = world.conversation.serial
    tap(world, Choose(serial, 1))
    effects = tap(world, Choose(serial, 1))
    assert all(isinstance(each, Toast) for each in effects)
    assert isinstance(world.conversation.step, Asking)
    assert world.conversation.step.chosen == ("teach",)


def test_a_required_question_can_be_left_for_later_but_not_passed(world: World) -> None:
    survey = begin_survey(world)
    assert question_of(world) == "used"
    assert all(isinstance(each, Toast) for each in move(world, Move.SKIP))
    assert question_of(world) == "used"
    move(world, Move.STOP)
    assert isinstance(world.conversation.step, Idle)
    world.happens(Said("/continue"))
    assert open_newest(world) == survey
    assert question_of(world) == "used"


def test_stop_in_a_survey_and_then_an_answer_goes_on_with_it(world: World) -> None:
    survey = begin_survey(world)
    world.happens(Said("stop"))
    assert isinstance(world.conversation.step, Leaving)
    world.happens(Said("Oui, beaucoup"))
    assert question_of(world) == "used", "what is no answer brings the question back"
    world.happens(Said("stop"))
    world.happens(Said("2"))
    assert world.answers[survey] == {"used": "no"}
    assert question_of(world) == "ways"


def test_yes_leave_is_never_taken_for_a_yes_to_something_else(world: World) -> None:
    # They are joining a second event when they say stop.
    world.happens(Started("lse2026"))
    choose(world, 0)
    world.happens(Said("stop"))
    leave = Go(world.conversation.serial, Move.YES)
    world.happens(Said("hm"))
    assert isinstance(world.conversation.step, Consenting)
    tap(world, leave)
    assert isinstance(world.conversation.step, Consenting), "the tap on “Yes, leave” agreed to nothing"
    move(world, Move.YES)
    while not isinstance(world.conversation.step, Placing):
        move(world, Move.SKIP)
    world.happens(Said("arrêt"))
    leave = Go(world.conversation.serial, Move.YES)
    world.happens(Said("hm"))
    assert not any(isinstance(each, Enrol) for each in tap(world, leave))
    assert "lse2026" not in world.enrolments


def test_nothing_arrives_while_somebody_is_asked_whether_they_leave(world: World) -> None:
    world.happens(Said("stop"))
    said = len(world.said)
    world.time_passes(timedelta(days=2))
    assert len(world.said) == said
    move(world, Move.NO)
    world.time_passes(timedelta(hours=2))
    assert len(world.said) > said


def test_of_somebody_who_has_left_not_even_a_recall_is_kept(world: World) -> None:
    two_hours_pass(world)
    open_newest(world)
    recall = next(each for each in world.buttons if isinstance(each, Recall))
    world.happens(Said("stop"))
    world.happens(Said("oui"))
    assert not any(isinstance(each, RecordRecall) for each in tap(world, recall))


def test_a_recall_question_counts_the_first_answer(world: World) -> None:
    two_hours_pass(world)
    nudge = open_newest(world)
    first = [each for each in tap(world, Recall(nudge, 0, 0)) if isinstance(each, RecordRecall)]
    again = [each for each in tap(world, Recall(nudge, 0, 1)) if isinstance(each, RecordRecall)]
    assert len(first) == 1
    assert again == []


def test_a_change_of_language_in_the_middle_keeps_answers_and_ticks(world: World) -> None:
    survey = begin_survey(world)
    choose(world, 0)
    choose(world, 1)
    world.happens(Said("français"))
    assert world.said[-1].startswith("Question 2 sur")
    effects = move(world, Move.DONE)
    assert SaveAnswer(survey, "ways", ("teach",)) in effects

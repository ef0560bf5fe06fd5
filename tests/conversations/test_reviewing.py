"""Answers are looked through before they are sent, and may be changed until the survey closes."""

from datetime import timedelta

import pytest

from conversations.buttons import Choose, Go, Move, Open, Refuse
from conversations.conversation import Asking, Idle, Reviewing
from conversations.cues import Said, Tapped
from conversations.effects import CompleteResponse, Decline, DropAnswers, OpenResponse, SaveAnswer
from conversations.model import SKIPPED, QuestionType
from conversations.scene import ResponseState
from conversations.timing import TouchpointKind
from tests.conversations.deeds import begin_survey, choose, move, question_of, says, somebody_in, tap
from tests.conversations.samples import distance, event_with, question, survey, touchpoint
from tests.conversations.world import World

FORM = survey(
    question("used"),
    question("people", QuestionType.INTEGER, relevant="${used} = 'yes'", constraint=". <= ${limit} or ${limit} = ''"),
    question("limit", QuestionType.INTEGER),
    question("story", QuestionType.TEXT),
)


@pytest.fixture
def world() -> World:
    """Somebody who has begun a survey that is open for ten days."""
    return somebody_in(
        event_with(
            touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None, closes=distance("10 days")),
            surveys=(FORM,),
        )
    )


def answered(world: World) -> int:
    nudge = begin_survey(world)
    choose(world, 0)
    for words in ("12", "20", "We listen."):
        says(world, words)
    return nudge


def test_everything_is_shown_before_it_is_sent(world: World) -> None:
    nudge = answered(world)
    assert isinstance(world.conversation.step, Reviewing)
    told = world.said[-1]
    for line in ("1. used\n▸ Yes", "2. people\n▸ 12", "3. limit\n▸ 20", "4. story\n▸ We listen."):
        assert line in told
    assert world.nudges[nudge].response is ResponseState.STARTED
    assert CompleteResponse(nudge) in move(world, Move.SUBMIT)
    assert isinstance(world.conversation.step, Idle)


@pytest.mark.parametrize("by_tap", [True, False])
def test_one_answer_is_changed_and_the_rest_stays(world: World, by_tap: bool) -> None:
    nudge = answered(world)
    _ = choose(world, 3) if by_tap else says(world, "4")
    assert question_of(world) == "story"
    assert "Your answer so far: We listen." in world.said[-1]
    says(world, "We listen better.")
    assert isinstance(world.conversation.step, Reviewing)
    assert world.answers[nudge] == {"used": "yes", "people": 12, "limit": 20, "story": "We listen better."}


def test_an_answer_that_is_looked_at_can_stay_as_it_is(world: World) -> None:
    nudge = answered(world)
    choose(world, 1)
    move(world, Move.KEEP)
    assert isinstance(world.conversation.step, Reviewing)
    assert world.answers[nudge]["people"] == 12


def test_an_answer_that_no_longer_fits_is_named_and_asked_again(world: World) -> None:
    nudge = answered(world)
    choose(world, 2)
    told = says(world, "10")
    assert "– people" in told
    assert question_of(world) == "people"
    assert "people" not in world.answers[nudge]
    says(world, "8")
    assert isinstance(world.conversation.step, Reviewing)


def test_what_is_said_below_the_answers_is_understood_in_both_languages(world: World) -> None:
    nudge = answered(world)
    assert "number of the answer" in says(world, "what now")
    world.happens(Said("français"))
    assert "Vos réponses" in world.said[-1]
    says(world, "envoyer")
    assert world.nudges[nudge].response is ResponseState.COMPLETED


def test_a_submitted_answer_can_be_changed_until_the_survey_closes(world: World) -> None:
    nudge = answered(world)
    move(world, Move.SUBMIT)
    world.time_passes(timedelta(days=9))
    effects = tap(world, Open(nudge))
    assert not any(isinstance(each, OpenResponse) for each in effects), "it is the same response"
    assert isinstance(world.conversation.step, Reviewing)
    choose(world, 0)
    effects = choose(world, 1)
    assert SaveAnswer(nudge, "used", "no", amends=True) in effects
    assert DropAnswers(nudge, ("people",), amends=True) in effects
    assert "Your answers are saved" in _last(world, Move.SUBMIT)
    world.time_passes(timedelta(days=2))
    tap(world, Open(nudge))
    assert isinstance(world.conversation.step, Idle)
    assert "closed" in world.said[-1]


def _last(world: World, where: Move) -> str:
    move(world, where)
    return world.said[-1]


@pytest.mark.parametrize("reviewing", [True, False])
def test_a_survey_that_closes_in_the_middle_takes_nothing_more(world: World, reviewing: bool) -> None:
    nudge = answered(world)
    if not reviewing:
        choose(world, 3)
    world.time_passes(timedelta(days=11))
    effects = move(world, Move.SUBMIT) if reviewing else world.happens(Said("too late")).effects
    assert not any(isinstance(each, SaveAnswer | CompleteResponse) for each in effects)
    assert "closed by now" in world.said[-1]
    assert isinstance(world.conversation.step, Idle)
    assert world.nudges[nudge].response is ResponseState.STARTED


def test_a_skipped_question_is_shown_as_such_and_never_asked_again(world: World) -> None:
    nudge = begin_survey(world)
    move(world, Move.SKIP)
    assert question_of(world) == "limit"
    move(world, Move.STOP)
    world.happens(Said("/continue"))
    assert question_of(world) == "limit"
    move(world, Move.SKIP)
    move(world, Move.SKIP)
    assert "1. used\n▸ Skipped" in world.said[-1]
    assert world.answers[nudge] == {"used": SKIPPED, "limit": SKIPPED, "story": SKIPPED}


def test_an_old_button_below_the_answers_does_nothing(world: World) -> None:
    answered(world)
    old = world.conversation.serial
    choose(world, 3)
    tap(world, Go(old, Move.SUBMIT))
    tap(world, Choose(old, 0))
    assert isinstance(world.conversation.step, Asking)
    assert question_of(world) == "story"


def test_somebody_can_say_no_to_a_survey_and_think_again(world: World) -> None:
    world.time_passes(timedelta(hours=1))
    refuse = next(each for each in world.buttons if isinstance(each, Refuse))
    assert Decline(refuse.nudge) in tap(world, refuse)
    assert isinstance(world.conversation.step, Idle)
    tap(world, Open(refuse.nudge))
    assert question_of(world) == "used"
    assert Decline(refuse.nudge) in world.happens(Tapped(refuse)).effects, "also once it was begun"
    assert "is kept" in world.said[-1]
    assert isinstance(world.conversation.step, Idle), "and nothing more is asked"
    for _ in range(60):
        world.time_passes(timedelta(days=1))
    assert "still waiting" not in world.said[-1]


def test_a_survey_of_one_question_is_sent_with_its_answer() -> None:
    world = somebody_in(
        event_with(touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None), surveys=(survey(question("used")),))
    )
    nudge = begin_survey(world)
    choose(world, 0)
    assert world.nudges[nudge].response is ResponseState.COMPLETED


def test_a_long_form_is_looked_through_page_by_page() -> None:
    many = survey(*(question(f"q{number}", QuestionType.TEXT) for number in range(1, 26)))
    world = somebody_in(event_with(touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None), surveys=(many,)))
    begin_survey(world)
    for _ in many.questions:
        says(world, "word " * 700)
    seen = [world.said[-1]]
    for _ in range(8):
        move(world, Move.NEXT)
        seen.append(world.said[-1])
    numbers = [int(part.split(".")[0]) for told in dict.fromkeys(seen) for part in told.split("\n\n") if ". q" in part]
    assert numbers == [*range(1, 26)], "every answer is shown once"
    for _ in range(8):
        move(world, Move.PREVIOUS)
    assert world.said[-1] == seen[0]


def test_after_a_change_the_review_goes_on_where_it_was_left() -> None:
    many = survey(*(question(f"q{number}", QuestionType.TEXT) for number in range(1, 26)))
    world = somebody_in(event_with(touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None), surveys=(many,)))
    begin_survey(world)
    for _ in many.questions:
        says(world, "so")
    assert "Answers 1 to 10 of 25" in world.said[-1]
    move(world, Move.NEXT)
    choose(world, 11)
    says(world, "otherwise")
    assert "Answers 11 to 20 of 25" in world.said[-1]
    assert "12. q12\n▸ otherwise" in world.said[-1]
    choose(world, 12)
    move(world, Move.BACK)
    assert "Answers 11 to 20 of 25" in world.said[-1], "back is where the person came from"


def test_what_was_sent_is_never_put_aside(world: World) -> None:
    nudge = answered(world)
    assert isinstance(world.conversation.step, Reviewing)
    move(world, Move.SUBMIT)
    tap(world, Open(nudge))
    choose(world, 0)
    later = [each for each in world.buttons if isinstance(each, Go) and each.serial == world.conversation.serial]
    assert Move.STOP not in {each.move for each in later}
    choose(world, 1)
    assert "Each change is kept at once." in world.said[-1]


def test_it_is_said_until_when_a_survey_is_open(world: World) -> None:
    begin_survey(world)
    assert "You can answer until" in world.said[-2]
    assert "26 November 2026" in world.said[-2]


def test_a_question_that_was_skipped_comes_back_when_it_has_to_be_answered() -> None:
    form = survey(question("used"), question("why", QuestionType.TEXT, required_when="${used} = 'yes'"))
    world = somebody_in(event_with(touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None), surveys=(form,)))
    begin_survey(world)
    choose(world, 1)
    move(world, Move.SKIP)
    choose(world, 0)
    choose(world, 0)
    assert question_of(world) == "why"
    assert "– why" in world.said[-1]


def test_nought_is_an_answer_that_can_be_kept(world: World) -> None:
    nudge = begin_survey(world)
    choose(world, 0)
    for words in ("0", "20", "We listen."):
        says(world, words)
    choose(world, 1)
    assert "Your answer so far: 0" in world.said[-1]
    move(world, Move.KEEP)
    assert isinstance(world.conversation.step, Reviewing)
    assert world.answers[nudge]["people"] == 0

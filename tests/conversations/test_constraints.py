"""An answer that does not fulfil its question's constraint: it is asked again, and nothing is lost."""

from datetime import timedelta

import pytest

from conversations.buttons import Choose, Go, Move, Open
from conversations.conversation import Asking
from conversations.cues import Said, Started, Tapped
from conversations.effects import SaveAnswer, Say, Toast
from conversations.messages import message
from conversations.model import QuestionType
from conversations.timing import TouchpointKind
from tests.conversations.samples import both, choices, event_with, question, survey, touchpoint
from tests.conversations.world import World

FEW = both("Tap two at most.", "Touchez-en deux au plus.")
REACHED = survey(
    question("people", QuestionType.INTEGER, constraint=". > 0"),
    question(
        "new",
        QuestionType.INTEGER,
        constraint=". >= 0 and . <= ${people}",
        constraint_message=both("No more than all.", "Pas plus que le total."),
    ),
    question(
        "ways",
        QuestionType.SELECT_MULTIPLE,
        choices(talk="Talk", teach="Teach", write="Write"),
        constraint="count-selected(.) <= 2",
        constraint_message=FEW,
    ),
)
EVENT = event_with(touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None), surveys=(REACHED,))


@pytest.fixture
def world() -> World:
    """Somebody with the first of the questions on screen."""
    world = World({1: EVENT})
    world.happens(Started("small"))
    for where in (Move.DONE, Move.YES):
        world.happens(Tapped(Go(world.conversation.serial, where)))
    world.time_passes(timedelta(hours=1))
    world.happens(Tapped(next(each for each in reversed(world.buttons) if isinstance(each, Open))))
    return world


def test_a_typed_answer_that_does_not_fit_is_asked_again(world: World) -> None:
    before = world.conversation
    (said,) = world.happens(Said("0")).effects
    assert isinstance(said, Say)
    assert world.said[-1] == "This answer does not seem to fit. Please check it."
    assert world.conversation == before
    assert not any(world.answers.values())


def test_its_own_message_is_said_and_earlier_answers_count(world: World) -> None:
    world.happens(Said("12"))
    assert world.happens(Said("13")).effects == (Say(message(both("No more than all.", "Pas plus que le total."))),)
    effects = world.happens(Said("12")).effects
    assert any(isinstance(each, SaveAnswer) and each.value == 12 for each in effects)
    assert isinstance(world.conversation.step, Asking)
    assert world.conversation.step.question == "ways"


def test_ticks_that_do_not_fit_stay_to_be_changed(world: World) -> None:
    for typed in ("12", "3"):
        world.happens(Said(typed))
    for index in range(3):
        world.happens(Tapped(Choose(world.conversation.serial, index)))
    assert world.happens(Tapped(Go(world.conversation.serial, Move.DONE))).effects == (Toast(FEW),)
    assert isinstance(world.conversation.step, Asking)
    assert world.conversation.step.chosen == ("talk", "teach", "write")
    world.happens(Tapped(Choose(world.conversation.serial, 2)))
    effects = world.happens(Tapped(Go(world.conversation.serial, Move.DONE))).effects
    assert any(isinstance(each, SaveAnswer) and each.value == ("talk", "teach") for each in effects)

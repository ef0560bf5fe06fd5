"""Whatever is still being asked, said once more, so that nobody loses their place."""

from dataclasses import replace
from typing import assert_never

from conversations import between, coordinating, resting
from conversations.conversation import (
    Asking,
    Confiding,
    Consenting,
    Conversation,
    Idle,
    Leaving,
    Narrating,
    PassingOn,
    Pausing,
    Placing,
    Profiling,
    Reviewing,
    Writing,
)
from conversations.dialogues import joining, leaving, passing_on, survey
from conversations.effects import Turn
from conversations.scene import Scene


def then_restated(turn: Turn, scene: Scene) -> Turn:
    """The turn, then whatever is still being asked, so that nobody loses their place."""
    again = restated(turn.conversation, scene)
    return Turn(again.conversation, (*turn.effects, *again.effects))


def restated(conversation: Conversation, scene: Scene) -> Turn:
    """What is still being asked, once more; nothing to whoever is asked nothing."""
    step = conversation.step
    if resting.step_rests(step, scene):
        return resting.rested(conversation)
    match step:
        case Idle():
            return Turn(conversation)
        case Consenting() | Profiling() | Placing():
            return joining.restated(conversation, scene)
        case Asking():
            return survey.restated(conversation, step, scene)
        case Reviewing():
            return survey.review_restated(conversation, step, scene)
        case Leaving():
            return leaving.restated(conversation, scene)
        case Pausing() | Confiding() | Narrating():
            return between.restated(conversation, step)
        case Writing():
            again = coordinating.restated(conversation, step, scene)
            return again or restated(replace(conversation, step=step.before), scene)
        case PassingOn():
            choosing = passing_on.restated(conversation, step, scene)
            return choosing or restated(replace(conversation, step=step.before), scene)
        case _:
            assert_never(step)

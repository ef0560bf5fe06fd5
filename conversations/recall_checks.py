"""The recall check: a micro-survey that asks each measured key message by its main question, the same at every wave.

It is a measurement, and no lesson. Nothing is said of whether an answer is right: whoever is told learns from being
told, so that the next wave would find what the check itself has taught. For the same reason refreshers never ask the
main question of a measured message while it has others (`conversations.refreshers.item_for`): people would remember
the question, and the check would take that for the message. Roediger and Karpicke (2006), "Test-Enhanced Learning",
Psychological Science 17, measured how much a test with and without feedback teaches.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from conversations.model import Bilingual, Event, KeyMessage, Question, QuestionType, Survey
from conversations.timing import RECALL_CHECK, Touchpoint, TouchpointKind

_TITLE: Final = Bilingual("What has stayed with you?", "Que vous en reste-t-il\u00a0?")


def is_recall_check(touchpoint: Touchpoint) -> bool:
    """Whether that row of the schedule is a wave of the recall check."""
    return touchpoint.kind is TouchpointKind.SURVEY and touchpoint.name == RECALL_CHECK


def measured(messages: Iterable[KeyMessage]) -> tuple[KeyMessage, ...]:
    """The key messages that a recall check asks for: those marked so, or all of them when none is."""
    found = tuple(messages)
    return tuple(each for each in found if each.measured) or found


def with_recall_check(event: Event) -> Event:
    """The event with the survey that its recall checks send; the same event when its schedule has none.

    What the survey asks for is marked as measured, so that refreshers leave its questions alone.
    """
    if not any(map(is_recall_check, event.schedule)):
        return event
    asked = measured(event.messages)
    messages = tuple(replace(each, measured=each in asked) for each in event.messages)
    return replace(event, messages=messages, surveys=(*event.surveys, recall_check(asked)))


def recall_check(messages: Iterable[KeyMessage]) -> Survey:
    """The survey that asks for these key messages, in their order, each by its main question.

    A question is called like its message. Its options come in an order that hides which is right and stays the same
    for everybody and at every wave, so that waves can be compared. No group ever hears of the answers.
    """
    return Survey(RECALL_CHECK, _TITLE, tuple(map(_question, messages)))


def _question(message: KeyMessage) -> Question:
    main = message.questions[0]
    return Question(
        name=message.name,
        type=QuestionType.SELECT_ONE,
        label=main.question,
        choices=main.choices,
        sensitive=message.sensitive,
        randomize=True,
        seed=f"'{RECALL_CHECK} {message.name}'",
    )

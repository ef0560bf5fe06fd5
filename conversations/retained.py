"""What people retain, as a question that the digest rule can be asked about: was the key message recalled, or not?

Each key message is a yes/no question of a survey that no pack has: who was asked for it by a refresher recalled it
rightly, or did not. So the rule, the cohorts and the releases of digests hold for it as they are, and nothing is told
of a message that is sensitive. The answers of recall checks are not used: see `conversations.recall_checks`.
"""

from typing import Final

from conversations.model import Bilingual, Choice, Event, KeyMessage, Question, QuestionType, Survey

RETAINED: Final = ":retained"
"""The name of that survey in releases; no survey of a pack is called so: XLSForm names begin with a letter."""
RIGHT: Final = "right"
NOT_RIGHT: Final = "not"

_TITLE: Final = Bilingual("What stays with us", "Ce qui nous reste")
_CHOICES: Final = (
    Choice(RIGHT, Bilingual("remember it", "s’en souviennent")),
    Choice(NOT_RIGHT, Bilingual("not yet", "pas encore")),
)


def retained(event: Event) -> Survey:
    """The survey whose questions are the event's key messages, each called like its message."""
    return Survey(RETAINED, _TITLE, tuple(map(_question, event.messages)))


def asks_the_same(asked: Event, event: Event, message: str) -> bool:
    """Whether what was right for that key message still is, as far as both revisions ask the same about it."""
    before, now = _rights(asked, message), _rights(event, message)
    return all(now.get(question, right) == right for question, right in before.items())


def _question(message: KeyMessage) -> Question:
    return Question(
        name=message.name,
        type=QuestionType.SELECT_ONE,
        label=message.text,
        choices=_CHOICES,
        group_ok=True,
        sensitive=message.sensitive,
    )


def _rights(event: Event, message: str) -> dict[Bilingual, Bilingual]:
    """The label of the right choice of each question that asks for that message."""
    asked = (each for known in event.messages if known.name == message for each in known.questions)
    return {each.question: choice.label for each in asked for choice in each.choices if choice.name == each.right}

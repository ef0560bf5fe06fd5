"""Boxes that are ticked."""

from conversations.model import QuestionType
from conversations.questions import toggled
from tests.conversations.samples import choices, question

WAYS = question(
    "ways", QuestionType.SELECT_MULTIPLE, choices(money="Money", laws="Laws", habits="Habits", none="None of these")
)


def test_a_second_tap_takes_the_tick_away() -> None:
    once = toggled(WAYS, WAYS.choices, (), 2)
    assert once == ("habits",)
    assert toggled(WAYS, WAYS.choices, once, 0) == ("money", "habits")
    assert toggled(WAYS, WAYS.choices, once, 2) == ()


def test_none_of_these_goes_with_no_other() -> None:
    assert toggled(WAYS, WAYS.choices, ("money",), 3) == ("none",)
    assert toggled(WAYS, WAYS.choices, ("none",), 0) == ("money",)

"""Boxes that are ticked, and questions that do not apply."""

from conversations.model import QuestionType, Value
from conversations.questions import relevant, toggled
from tests.conversations.samples import choices, question

WAYS = question(
    "ways", QuestionType.SELECT_MULTIPLE, choices(money="Money", laws="Laws", habits="Habits", none="None of these")
)


def test_a_second_tap_takes_the_tick_away() -> None:
    once = toggled(WAYS, (), 2)
    assert once == ("habits",)
    assert toggled(WAYS, once, 0) == ("money", "habits")
    assert toggled(WAYS, once, 2) == ()


def test_none_of_these_goes_with_no_other() -> None:
    assert toggled(WAYS, ("money",), 3) == ("none",)
    assert toggled(WAYS, ("none",), 0) == ("money",)


def test_an_irrelevant_question_reads_as_unanswered_down_the_chain() -> None:
    chain = (
        question("first"),
        question("second", relevant="${first} = 'yes'"),
        question("third", relevant="${second} = 'yes'"),
        question("always", QuestionType.TEXT),
    )
    answers: dict[str, Value] = {"first": "no", "second": "yes", "third": "no", "always": "x", "gone": "1"}
    applying, counting = relevant(chain, answers)
    assert [each.name for each in applying] == ["first", "always"]
    assert counting == {"first": "no", "always": "x"}
    applying, counting = relevant(chain, {**answers, "first": "yes"})
    assert [each.name for each in applying] == ["first", "second", "third", "always"]

"""How long a form is: surely, at the most, for most people, and in minutes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.readiness import words
from bot.readiness.filling import fillings
from bot.readiness.finding import Kind
from bot.readiness.report import Report, report_on
from bot.workbook import read_draft
from conversations.length import seconds_for
from conversations.model import Bilingual, Choice, Language, Question, QuestionType, Survey
from locales.phrases import say
from tests.conversations.deeds import begin_survey, somebody_in
from tests.conversations.samples import NOW, PACK

Reported = Callable[..., Report]


def question(type_: QuestionType, label: str = "How many?", *options: str) -> Question:
    choices = tuple(Choice(name, Bilingual(name, name)) for name in options)
    return Question("q", type_, Bilingual(label, label), choices=choices)


def test_without_conditions_everybody_is_asked_the_same(reported: Reported) -> None:
    (length,) = reported("integer | a | How many? | Combien ? | |", "note | n | Well. | Bien. | |").lengths
    assert length.least == length.typical == length.most
    assert length.least.questions == 1


def test_conditions_make_it_vary_and_the_same_form_gives_the_same_figures(reported: Reported) -> None:
    rows = ["select_one yn | a | Did it? | Est-ce ? | |"]
    rows += [f"text | more{n} | More {n}? | Plus {n} ? | ${{a}} = 'yes' |" for n in range(4)]
    (length,) = reported(*rows).lengths
    assert (length.least.questions, length.most.questions) == (1, 5)
    # Whoever says no at once is not the typical person.
    assert length.typical.questions == 5
    assert reported(*rows).lengths == (length,)


def test_branches_that_exclude_each_other_are_never_both_met(reported: Reported) -> None:
    rows = ["select_one yn | a | Did it? | Est-ce ? | |", "integer | z | How many? | Combien ? | |"]
    rows += [f"text | y{n} | Why {n}? | Pourquoi {n} ? | ${{a}} = 'yes' |" for n in range(3)]
    rows += [f"text | n{n} | Why not {n}? | Pourquoi pas {n} ? | ${{a}} = 'no' |" for n in range(3)]
    (length,) = reported(*rows).lengths
    assert (length.least.questions, length.typical.questions, length.most.questions) == (2, 5, 8)


def test_a_condition_of_a_group_holds_for_what_is_in_it(reported: Reported) -> None:
    (length,) = reported(
        "select_one yn | a | Did it? | Est-ce ? | |",
        "begin_group | g | More | Plus | ${a} = 'yes' |",
        "integer | b | How many? | Combien ? | |",
        "end_group | | | | |",
    ).lengths
    assert (length.least.questions, length.most.questions) == (1, 2)


@pytest.mark.parametrize(
    ("quicker", "slower"),
    [
        (question(QuestionType.NOTE), question(QuestionType.SELECT_ONE)),
        (question(QuestionType.SELECT_ONE), question(QuestionType.INTEGER)),
        (question(QuestionType.INTEGER), question(QuestionType.TEXT)),
        (question(QuestionType.SELECT_ONE), question(QuestionType.SELECT_MULTIPLE)),
        (question(QuestionType.TEXT, "Why?"), question(QuestionType.TEXT, "And why do you think that this was so?")),
        (question(QuestionType.SELECT_ONE, "a?", "b"), question(QuestionType.SELECT_ONE, "a?", "b", "c", "d")),
    ],
)
def test_more_to_read_and_more_to_give_takes_longer(quicker: Question, slower: Question) -> None:
    assert seconds_for([quicker]) < seconds_for([slower])


def test_what_nobody_is_asked_takes_no_time() -> None:
    assert seconds_for([question(QuestionType.CALCULATE)]) == 0


@pytest.mark.parametrize("type_", ["integer", "text", "note", "image", "select_one yn", "select_multiple yn"])
def test_the_chat_announces_the_minutes_of_the_report(type_: str, drawn: Callable[..., Path]) -> None:
    rows = [f"{type_} | q{n} | What else was there? | Quoi d’autre ? | |" for n in range(12)]
    path = drawn(*rows, "integer | z | How many? | Combien ? | |")
    report = report_on(read_draft(path), NOW.date())
    world = somebody_in(read_draft(path).whole())
    begin_survey(world)
    announced = next(each for each in world.said if "minute" in each)
    assert say(words.length(report.lengths[0]), Language.EN) in announced


def test_a_long_form_is_advised_to_be_cut(reported: Reported) -> None:
    report = reported(*(f"text | q{n} | What else was there? | Quoi d’autre ? | |" for n in range(45)))
    (advice,) = (each for each in report.findings if each.kind is Kind.LENGTH)
    assert 20 < report.lengths[0].typical.minutes < 30
    assert "cut it into 3 surveys" in say(advice.remedy, Language.EN)


def test_a_short_one_is_not(reported: Reported) -> None:
    report = reported("text | q | What else was there? | Quoi d’autre ? | |")
    assert not [each for each in report.findings if each.kind is Kind.LENGTH]


def test_a_group_that_is_repeated_is_counted_as_often_as_people_go_through_it(reported: Reported) -> None:
    (length,) = reported(
        "integer | a | How many? | Combien ? | |",
        "begin_repeat | child | A child | Un enfant | |",
        "integer | age | How old? | Quel âge ? | |",
        "text | likes | What is fun? | Qu’est-ce qui plaît ? | |",
        "end_repeat | | | | |",
    ).lengths
    assert length.repeated
    assert length.least.questions == 1
    assert length.least.questions < length.typical.questions < length.most.questions


def test_a_chain_of_a_thousand_conditions_takes_no_minutes_to_check() -> None:
    words = Bilingual("How many?", "Combien ?")
    chain = [Question("q0", QuestionType.INTEGER, words)]
    chain += [Question(f"q{n}", QuestionType.INTEGER, words, relevant=f"${{q{n - 1}}} != ''") for n in range(1, 1000)]
    survey = Survey("chain", words, tuple(chain))
    event = read_draft(PACK).whole()
    lived = fillings(survey, event)
    assert 1 <= len(lived) <= 20
    assert len(lived[0]) > 1

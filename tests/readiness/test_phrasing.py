"""Two questions in one, and questions that suggest their answer."""

import pytest

from bot.readiness.phrasing import check_phrasing
from bot.readiness.texts import Text
from bot.workbook import Places
from conversations.findings import Kind
from conversations.model import Bilingual, Language, Question, QuestionType

EN, FR = Language.EN, Language.FR

CASES = [
    (EN, "Did you come? Did you like it?", Kind.TWO_QUESTIONS),
    (EN, "How satisfied are you with the content and the food?", Kind.TWO_QUESTIONS),
    (FR, "Êtes-vous venu·e ? Cela vous a-t-il plu ?", Kind.TWO_QUESTIONS),
    (FR, "À quel point appréciez-vous le contenu et les repas ?", Kind.TWO_QUESTIONS),
    (EN, "Don’t you think it was good?", Kind.LEADING),
    (EN, "Surely you came?", Kind.LEADING),
    (FR, "Ne pensez-vous pas que c’était bien ?", Kind.LEADING),
    (FR, "C’était bien, n’est-ce pas ?", Kind.LEADING),
]
FINE = [
    (EN, "Have you shared it with colleagues and friends?"),
    (EN, "How satisfied are you with the content?"),
    (EN, "How many men and women came?"),
    (EN, "Which of these do you use (do you own it?)?"),
    (FR, "En avez-vous parlé à des collègues et à des proches ?"),
    (FR, "Dans quelle mesure êtes-vous d’accord ?"),
    (FR, "Vous n’avez pas pu venir. Pourquoi ?"),
]


def kinds(language: Language, label: str, type_: QuestionType = QuestionType.SELECT_ONE) -> list[Kind]:
    words = Bilingual(label, label)
    text = Text(words, "survey", 3, "label", "q", Question("q", type_, words))
    return [each.kind for each in check_phrasing([text], Places(), (language,))]


@pytest.mark.parametrize(("language", "label", "kind"), CASES)
def test_a_question_that_cannot_be_answered_well_is_told(language: Language, label: str, kind: Kind) -> None:
    assert kinds(language, label) == [kind]


@pytest.mark.parametrize(("language", "label"), FINE)
def test_a_plain_question_is_left_alone(language: Language, label: str) -> None:
    assert kinds(language, label) == []


def test_in_ones_own_words_two_things_can_be_said() -> None:
    assert kinds(EN, "What changed? And why?", QuestionType.TEXT) == []

"""Reading levels: syllables as they are spoken, the formulas as they were published, and too few words."""

import re

import pytest

from bot.readiness.reading_level import Band, check_reading, grade, kandel_moles, levels_of, words_of
from bot.readiness.syllables import syllables
from bot.readiness.texts import Text
from bot.workbook import Places
from conversations.model import Bilingual, Language
from locales.phrases import say

EN, FR = Language.EN, Language.FR

ENGLISH = """
one 1 people 2 the 1 asked 1 wanted 2 needed 2 create 2 media 3 period 3 idea 3 usual 3 situation 4 question 2 boxes 2
changes 2 services 3 safety 2 something 2 everybody 4 experience 4 organisation 5 colleagues 2 activism 4 rhythm 2
centres 2 little 2 doing 2 union 2 video 3 participant 4 questionnaire 3 understand 3 year 1 language 2 rarely 2
"""
FRENCH = """
oui 1 votre 1 question 2 réponses 2 année 2 dernière 2 personnes 2 école 2 réunion 3 maïs 2 théâtre 2 poésie 3 oublier 3
ouvrier 3 moyen 2 pays 2 idée 2 vie 1 rue 1 langue 1 quelques 1 œuvre 1 santé 2 dépistage 3 organisation 5 collègue 2
enfant 2 moment 2 formation 3 atelier 3 eau 1 beaucoup 2 employé 3 participante 4 évaluation 4
"""
HEARD = [
    (language, word, int(count))
    for language, words in ((EN, ENGLISH), (FR, FRENCH))
    for word, count in re.findall(r"(\w+) (\d)", words)
]

EASY_EN = "Did you talk about it at work? Who was there with you? What did they say? Was it good for them? "
HARD_EN = (
    "Considering the multiplicity of organisational interventions implemented throughout your constituency, to what "
    "extent do participating institutions demonstrate accountability regarding international recommendations? "
)
EASY_FR = "En avez-vous parlé au travail ? Qui était là avec vous ? Que vous ont-ils dit ? Est-ce bien pour eux ? "
HARD_FR = (
    "Considérant la multiplicité des interventions organisationnelles mises en œuvre dans votre circonscription, dans "
    "quelle mesure les institutions participantes démontrent-elles leur responsabilité internationale ? "
)


def label(words: Bilingual, row: int = 2) -> Text:
    return Text(words, "survey", row, "label", f"q{row}")


@pytest.mark.parametrize(("language", "word", "count"), HEARD, ids=[f"{each[0]}-{each[1]}" for each in HEARD])
def test_syllables_are_those_that_are_heard(language: Language, word: str, count: int) -> None:
    assert syllables(word, language) == count


def test_the_formulas_are_those_that_were_published() -> None:
    # 100 words in 5 sentences, 150 syllables: by hand.
    assert grade(100, 5, 150) == pytest.approx(0.39 * 20 + 11.8 * 1.5 - 15.59)
    assert kandel_moles(100, 5, 150) == pytest.approx(207 - 1.015 * 20 - 73.6 * 1.5)


def test_markup_and_numbers_are_no_words() -> None:
    assert words_of("How old is ${name}, <b>in</b> 2026? L’âge d'Awa: https://x.org/a") == [
        *("How", "old", "is", "x", "in", "L’âge", "d'Awa")
    ]


def test_easy_and_hard_texts_are_told_apart_in_both_languages() -> None:
    easy = levels_of([label(Bilingual(EASY_EN * 6, EASY_FR * 6))], tuple(Language))
    hard = levels_of([label(Bilingual(HARD_EN * 6, HARD_FR * 6))], tuple(Language))
    assert [level.band for level in easy] == [Band.EASY, Band.EASY]
    assert [level.band for level in hard] == [Band.HARD, Band.HARD]


def test_of_few_words_no_level_can_be_told() -> None:
    for level in levels_of([label(Bilingual("Are you well?", "Allez-vous bien ?"))], tuple(Language)):
        assert (level.value, level.band) == (None, None)


def test_the_five_hardest_are_named_with_what_would_help() -> None:
    long = "When you think of it, did you and they and all of us go to see the new one that was not there at the end?"
    texts = [label(Bilingual(HARD_EN, EASY_FR), row) for row in range(2, 9)] + [label(Bilingual(long, EASY_FR), 9)]
    found = list(check_reading(texts, Places(), tuple(Language)))
    assert [(each.row, each.column) for each in found] == [(row, "label::English (en)") for row in range(2, 7)]
    (of_long,) = check_reading([label(Bilingual(f"{long} {HARD_EN}", ""))], Places(), (EN,))
    assert "shorter" in say(of_long.remedy, EN)


def test_what_is_easy_is_not_named() -> None:
    assert list(check_reading([label(Bilingual(EASY_EN, EASY_FR))], Places(), tuple(Language))) == []


def test_words_that_stand_in_for_a_missing_translation_are_measured_by_neither_rule() -> None:
    texts = [label(Bilingual(HARD_EN * 6, HARD_EN * 6))]
    assert [level.words for level in levels_of(texts, tuple(Language))] == [0, 0]
    assert list(check_reading(texts, Places(), tuple(Language))) == []
    assert levels_of(texts, (EN,))[0].band is Band.HARD

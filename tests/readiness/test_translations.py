"""The two languages side by side."""

import pytest

from bot.readiness.texts import Text
from bot.readiness.translations import check_translations
from bot.workbook import Places
from conversations.findings import Kind
from conversations.model import Bilingual, Language
from locales.phrases import say

CASES = [
    ("How are you doing today?", "How are you doing today?", Kind.UNTRANSLATED, "label::French (fr)"),
    ("Comment allez-vous dans la vie ?", "Comment allez-vous dans la vie ?", Kind.UNTRANSLATED, "label::English (en)"),
    ("Is ${name} well?", "Est-ce que ça va ?", Kind.PLACEHOLDERS, "label::French (fr)"),
    ("Is that well?", "Est-ce que ${name} va bien ?", Kind.PLACEHOLDERS, "label::English (en)"),
    ("In the last 3 months", "Au cours des 2 derniers mois", Kind.NUMBERS, "label::French (fr)"),
    ("From 10 to 15 people", "De 10 à 20 personnes", Kind.NUMBERS, "label::French (fr)"),
]

ALIKE = [
    ("Burkina Faso", "Burkina Faso"),
    ("Is ${name} 3 years old?", "${name} a-t-elle 3 ans ?"),
    ("More than 5,000 people", "Plus de 5 000 personnes"),
    ("In the last two months", "Au cours des 2 derniers mois"),
    ("At 2 pm", "À 14 h"),
    ("A value of 1.5", "Une valeur de 1,5"),
    ("Your 2nd visit", "Votre 2e visite"),
]


def text(en: str, fr: str) -> Text:
    return Text(Bilingual(en, fr), "survey", 4, "label", "q")


@pytest.mark.parametrize(("en", "fr", "kind", "column"), CASES)
def test_what_does_not_match_is_told_with_its_cell(en: str, fr: str, kind: Kind, column: str) -> None:
    (finding,) = check_translations([text(en, fr)], Places(), frozenset())
    assert (finding.kind, finding.sheet, finding.row, finding.column) == (kind, "survey", 4, column)
    assert say(finding.problem, Language.EN)
    assert say(finding.remedy, Language.EN)


@pytest.mark.parametrize(("en", "fr"), ALIKE)
def test_what_matches_in_another_way_of_writing_is_left_alone(en: str, fr: str) -> None:
    assert list(check_translations([text(en, fr)], Places(), frozenset())) == []


def test_the_header_is_named_as_the_author_wrote_it() -> None:
    places = Places(headers={("survey", "label", Language.FR): "label::Français (fr)"})
    (finding,) = check_translations([text("3 weeks", "2 semaines")], places, frozenset())
    assert finding.column == "label::Français (fr)"
    assert say(finding.problem, Language.EN) == "The numbers differ: 3 in English, 2 in French"


def test_an_empty_cell_that_another_language_fills_is_not_told_twice() -> None:
    missing = frozenset({("survey", 4, "label::French (fr)")})
    assert list(check_translations([text("How are you today?", "How are you today?")], Places(), missing)) == []

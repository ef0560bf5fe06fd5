"""Words that ask for help are understood in both languages; words of danger are found, those of the field are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.danger import seeks_help, tells_danger

ASKING = [
    *("I need help", "i need help!", "Help me", "HELP ME!!!", "please help me", "sos", "S.O.S", "/sos"),
    *("I need help please", "help me now", "pls help", "help please", "SOS please", "🆘", "🆘🆘🆘", "🆘 help me now!!"),
    *("aide-moi svp", "jai besoin daide", "Jai besoin d’aide stp", "aide svp", "sil vous plait aidez moi", "a laide"),
    *("J’ai besoin d’aide", "j'ai besoin d'aide", "Aidez-moi", "aidez moi svp", "Au secours !", "à l’aide", "A l'aide"),
]
NOT_ASKING = [
    *("help", "aide", "?", "They help me a lot", "I need help with my report", "", "besoin", "secourisme"),
    *("please", "now", "svp", "help help", "please help me understand the question", "sosie", "aide aux pairs svp"),
]
DANGER = [
    *("I want to kill myself", "I don’t want to live any more", "My brother wants to die", "I cut myself again"),
    *(
        "He beats me every night",
        "I was raped",
        "they threatened to tell my family",
        "I don't feel safe: not safe at home",
    ),
    *("We were arrested last week", "The police came to our office", "somebody is blackmailing me", "They outed us"),
    *("My family has thrown me out", "I have nowhere to sleep", "our clients were arrested last year"),
    *("Je veux mourir", "J’ai envie d’en finir", "elle s'est suicidée", "Je n’ai plus la force de vivre"),
    *("Il me frappe", "J’ai été violée", "On m’a agressé hier", "ils veulent me tuer", "Je suis en danger"),
    *(
        "J’ai été arrêté",
        "Ils nous ont arrêtées",
        "Il est en garde à vue",
        "La police me cherche",
        "DESCENTE DE POLICE",
    ),
    *("On me fait du chantage", "Ma famille m’a chassé de la maison", "J’ai été mise à la porte"),
    *("Nulle part où aller", "DESCENTE DE POLICE"),
    # As telephones write it
    *("il me bat", "Mon mari me bat", "je suis battue", "Elle est battue", "nous sommes battues", "je suis menacée"),
    *("jai été arrêtée", "la police ma arrêté", "il ma frappée", "ils mont tabassé", "La police la arrêtée hier"),
    *("jai envie den finir", "je suis victime dune agression", "Elle est victime d’agression", "elle sest suicidée"),
    *("dont want to live", "im not safe", "im in danger", "im in jail"),
]
HARMLESS = [
    *("We trained 40 peer educators", "Advocacy against hostile laws", "The police commander joined our workshop"),
    *(
        "We learnt to listen",
        "It exposed me to new ideas",
        "services for people in prison",
        "rights of people who use drugs",
    ),
    *(
        "Le projet a été arrêté faute de moyens",
        "Je me suis arrêtée à la première étape",
        "Plaidoyer auprès de la police",
    ),
    *("Nous luttons contre les violences", "Des préservatifs pour tous", "Sortir des sentiers battus", "12", "", "…"),
    *("La menace climatique", "la torture est interdite", "Nous nous sommes battues pour nos droits", "on se bat"),
    *("Je me suis battu pour ce projet", "C’est là que le bât blesse", "la police, ma priorité", "ma motivation"),
    *("Ils se sont battus pour nous", "Je suis arrêtée à la question 3", "Jai aimé lexercice", "Je suis violent"),
    *("Être en réseau", "Nous avons menacé l’équilibre du budget ? Non.", "mises à jour"),
]


@pytest.mark.parametrize("text", ASKING)
def test_who_asks_for_help_is_understood(text: str) -> None:
    assert seeks_help(text)


@pytest.mark.parametrize("text", NOT_ASKING + HARMLESS)
def test_nothing_else_asks_for_help(text: str) -> None:
    assert not seeks_help(text)


@pytest.mark.parametrize("text", DANGER)
def test_words_of_danger_are_found(text: str) -> None:
    assert tells_danger(text)
    assert tells_danger(text.upper())
    assert tells_danger(f"Since May: {text}, and so on.")


@pytest.mark.parametrize("text", HARMLESS + ASKING)
def test_the_words_of_the_field_are_left_alone(text: str) -> None:
    assert not tells_danger(text)


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    assert seeks_help(text) in {True, False}
    assert tells_danger(text) in {True, False}

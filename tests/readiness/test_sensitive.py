"""Questions that ask for something delicate are noticed in both languages; organisations' figures are not."""

import pytest

from bot.readiness.sensitive import asked_for, check_sensitive
from bot.readiness.texts import Text
from bot.workbook import Places
from conversations.findings import Finding, Kind, Weight
from conversations.model import Bilingual, Choice, Language, Question, QuestionType

TEXT, INTEGER, ONE, DATE = QuestionType.TEXT, QuestionType.INTEGER, QuestionType.SELECT_ONE, QuestionType.DATE

DELICATE = [
    (TEXT, "What is your full name?", "a name"),
    (TEXT, "Name", "a name"),
    (TEXT, "Nom et prénoms", "a name"),
    (TEXT, "Quel est votre nom ?", "a name"),
    (TEXT, "Nom du patient", "a name"),
    (INTEGER, "Your phone number", "a phone number"),
    (TEXT, "Numéro de téléphone", "a phone number"),
    (TEXT, "Votre adresse", "an address"),
    (TEXT, "E-mail", "an address"),
    (DATE, "Date of birth", "a date of birth"),
    (DATE, "Quelle est votre date de naissance ?", "a date of birth"),
    (TEXT, "National ID number", "an identity number"),
    (TEXT, "Numéro de passeport", "an identity number"),
    (QuestionType.GEOPOINT, "Where are you?", "an exact place"),
    (QuestionType.IMAGE, "Take a picture", "a picture, which may show somebody"),
    (QuestionType.AUDIO, "Enregistrez", "a recording, by which a voice can be known"),
    (ONE, "HIV status", "HIV status or treatment"),
    (ONE, "Are you living with HIV?", "HIV status or treatment"),
    (ONE, "Quel est le résultat de votre dernier test ?", "HIV status or treatment"),
    (ONE, "Prenez-vous actuellement des ARV ?", "HIV status or treatment"),
    (ONE, "In the last month, have you injected any drugs?", "drug use"),
    (ONE, "Avez-vous consommé des drogues ce mois-ci ?", "drug use"),
    (ONE, "Have you had sex for money or gifts?", "sex work"),
    (ONE, "Avez-vous eu des rapports sexuels contre de l’argent ?", "sex work"),
    (ONE, "Did you use a condom the last time?", "sexuality or gender identity"),
    (INTEGER, "Combien de partenaires sexuels avez-vous eus ?", "sexuality or gender identity"),
    (ONE, "Has anybody forced you to have sex?", "violence"),
    (ONE, "Avez-vous subi des violences ?", "violence"),
    (ONE, "Have you been arrested?", "acts against the law, arrest or prison"),
    (ONE, "Avez-vous été arrêté·e par la police ?", "acts against the law, arrest or prison"),
    (ONE, "Do you have a residence permit?", "immigration status"),
    (ONE, "Avez-vous un titre de séjour ?", "immigration status"),
]

HARMLESS = [
    (TEXT, "Name of the health facility"),
    (TEXT, "Nom de la structure de santé"),
    (TEXT, "What stuck with you, and why?"),
    (ONE, "Do you own a phone?"),
    (ONE, "How do you address such a problem?"),
    (INTEGER, "Number of clients with a suppressed viral load"),
    (INTEGER, "Nombre de personnes ayant fait un dépistage du VIH"),
    (INTEGER, "How many people who use drugs did your team reach?"),
    (ONE, "People living with HIV have the same rights as others in this country. True or false?"),
    (DATE, "Date of the meeting"),
    (ONE, "Avez-vous parlé de cet atelier à vos collègues ?"),
]

SELF_HARM = [
    "Have you thought of hurting yourself?",
    "In the last two weeks, did you think you would be better off dead?",
    "Have you ever attempted suicide?",
    "Avez-vous pensé à vous faire du mal ?",
    "Avez-vous eu des pensées suicidaires ?",
    "Avez-vous voulu mettre fin à vos jours ?",
]


def question(type_: QuestionType, label: str, *, group_ok: bool = False, sensitive: bool = False) -> Question:
    return Question("q", type_, Bilingual(label, label), group_ok=group_ok, sensitive=sensitive)


def found(question: Question) -> list[Finding]:
    text = Text(question.label, "survey", 7, "label", "q", question)
    return list(check_sensitive([text], Places(), tuple(Language)))


@pytest.mark.parametrize(("type_", "label", "topic"), DELICATE, ids=[each[1] for each in DELICATE])
def test_a_delicate_question_is_noticed(type_: QuestionType, label: str, topic: str) -> None:
    asked = asked_for(question(type_, label), [label])
    assert asked is not None
    assert asked[0].msgid == topic
    (finding,) = found(question(type_, label))
    assert (finding.kind, finding.weight) == (Kind.SENSITIVE, Weight.HINT)
    assert (finding.sheet, finding.row, finding.column, finding.name) == ("survey", 7, "sensitive", "q")


@pytest.mark.parametrize(("type_", "label"), HARMLESS, ids=[each[1] for each in HARMLESS])
def test_a_harmless_question_is_left_alone(type_: QuestionType, label: str) -> None:
    assert found(question(type_, label)) == []


def test_one_that_is_marked_needs_no_hint() -> None:
    assert found(question(ONE, "HIV status", sensitive=True)) == []


def test_one_whose_answers_the_group_would_hear_weighs() -> None:
    (finding,) = found(question(ONE, "HIV status", group_ok=True))
    assert (finding.kind, finding.weight) == (Kind.GROUP_HEARS, Weight.WEIGHTY)


@pytest.mark.parametrize("label", SELF_HARM)
def test_self_harm_is_never_asked_by_a_questionnaire_marked_or_not(label: str) -> None:
    for sensitive in (False, True):
        (finding,) = found(question(ONE, label, sensitive=sensitive))
        assert (finding.kind, finding.weight) == (Kind.SELF_HARM, Weight.WEIGHTY)


def test_a_note_that_names_help_is_no_question() -> None:
    assert found(question(QuestionType.NOTE, "If you think of suicide, call this number: ...")) == []


def test_self_harm_among_the_options_is_seen_too() -> None:
    options = (Choice("sad", Bilingual("Sad", "Triste")), Choice("harm", Bilingual("Suicidal", "Idées suicidaires")))
    words = Bilingual("How did you feel?", "Comment vous sentiez-vous ?")
    (finding,) = found(Question("q", QuestionType.SELECT_MULTIPLE, words, choices=options))
    assert finding.kind is Kind.SELF_HARM

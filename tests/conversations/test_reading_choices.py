"""Typed words as one option, several, or a ranking: what is understood in both languages, and what is asked again."""

import pytest

from conversations.model import QuestionType
from conversations.reading import Asked, Misread, read, search
from tests.conversations.samples import choices, question
from tests.conversations.typed import EN, NOW, answer, asked, hint

AGREEMENT = question(
    "agreement",
    options=choices(
        agree=("I agree", "D’accord"), neutral=("Neither", "Ni l’un ni l’autre"), disagree=("Disagree", "Pas d’accord")
    ),
)
COUNTRY = question(
    "country",
    options=choices(
        ke="Kenya",
        ci=("Ivory Coast", "Côte d’Ivoire"),
        gn=("Guinea", "Guinée"),
        gw=("Guinea-Bissau", "Guinée-Bissau"),
        gq=("Equatorial Guinea", "Guinée équatoriale"),
    ),
)
WAYS = question(
    "ways",
    QuestionType.SELECT_MULTIPLE,
    choices(
        money=("Money, time, staff", "Argent, temps, équipe"),
        laws=("Laws", "Lois"),
        habits=("Habits", "Préjugés"),
        meals=("Food and drink", "Boire et manger"),
        none=("None of these", "Rien de tout cela"),
    ),
)
ORDER = question("order", QuestionType.RANK, choices(a=("Water", "Eau"), b=("Bread", "Pain"), c=("Light", "Lumière")))
YES_NO = question("visited")
PICK = "Please tap one of the buttons above."
PICKS = "Please tap the buttons above, or type the numbers of your answers with commas, such as 1, 3."


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("I agree", "agree"),
        ("i AGREE!", "agree"),
        ("D’accord", "agree"),
        ("d'accord", "agree"),
        ("  pas   d’accord. ", "disagree"),
        ("NI L'UN NI L'AUTRE", "neutral"),
        ("1", "agree"),
        ("3.", "disagree"),
        ("n\u200beither", "neutral"),
        ("agree", "agree"),
        ("pas", "disagree"),
        ("disagree", "disagree"),
    ],
)
def test_a_label_its_beginning_or_its_place_in_the_list(typed: str, choice: str) -> None:
    assert answer(AGREEMENT, typed) == choice


@pytest.mark.parametrize(
    "typed", ["", "0", "4", "01", "-1", "1 2", "agree or not", "I agree, disagree", "👍", "...", "²½", "a", "not agree"]
)
def test_anything_else_is_asked_again(typed: str) -> None:
    assert hint(AGREEMENT, typed) == PICK


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("ken", "ke"),
        ("cote", "ci"),
        ("COTE D IVOIRE", "ci"),
        ("ivoire", "ci"),
        ("guinea", "gn"),
        ("guinée", "gn"),
        ("guinea b", "gw"),
        ("guinee bissau", "gw"),
        ("gui equ", "gq"),
        ("ke", "ke"),
        ("2", "ci"),
    ],
)
def test_a_few_letters_are_enough_where_they_are_clear(typed: str, country: str) -> None:
    assert answer(COUNTRY, typed) == country


def test_what_may_be_two_options_names_both_and_more_asks_for_more_letters() -> None:
    assert hint(AGREEMENT, "accord") == "Do you mean “I agree” or “Disagree”? Please type it in full."
    assert hint(COUNTRY, "guin").startswith("Several answers have these words in them.")


def test_search_puts_the_best_first_in_either_language() -> None:
    assert [each.name for each in search(COUNTRY.choices, "guinée")] == ["gn", "gw", "gq"]
    assert [each.name for each in search(COUNTRY.choices, "guinea eq")] == ["gq"]
    assert search(COUNTRY.choices, "?!") == search(COUNTRY.choices, "peru") == ()


def test_labels_without_letters_are_told_apart() -> None:
    thumbs = question("thumbs", options=choices(up="👍", down="👎"))
    assert answer(thumbs, "👎") == "down"
    assert hint(thumbs, "😀") == PICK


def test_labels_that_differ_by_a_sign_are_never_mixed_up() -> None:
    sizes = question("sizes", options=choices(small="< 10", large="> 10"))
    assert answer(sizes, "> 10") == "large"
    assert hint(sizes, "10") == "Do you mean “< 10” or “> 10”? Please type it in full."


def test_a_number_is_no_place_in_a_list_of_numbers() -> None:
    visits = question("visits", options=choices(none="0", one="1", two="2", more="3 or more"))
    assert answer(visits, "1") == "one"
    assert hint(visits, "3") == PICK


def test_a_number_in_front_of_an_option_counts_more_than_a_name_that_nobody_sees() -> None:
    upside_down = question("score", options=choices(**{"2": "Good", "1": "Bad"}))
    assert answer(upside_down, "1") == "2"


def test_numbers_are_those_of_the_list_as_it_is_shown() -> None:
    shuffled = Asked(EN, NOW, tuple(reversed(COUNTRY.choices)))
    assert read(COUNTRY, "1", shuffled) == "gq"


@pytest.mark.parametrize(
    ("typed", "choice"),
    [("yes", "yes"), ("OUI!", "yes"), ("ok", "yes"), ("d’accord", "yes"), ("y", "yes"), ("non", "no"), ("N", "no")],
)
def test_yes_and_no_in_any_words(typed: str, choice: str) -> None:
    assert answer(YES_NO, typed) == choice


def test_no_is_not_the_beginning_of_an_unsure_answer() -> None:
    doubt = question("doubt", options=choices(sure="Sure", unsure="Not sure"))
    assert hint(doubt, "no") == PICK
    assert answer(doubt, "not") == "unsure"


@pytest.mark.parametrize(
    ("typed", "picks"),
    [
        ("1, 3", ("money", "habits")),
        ("3;1", ("money", "habits")),
        ("1 3", ("money", "habits")),
        ("lois\nPREJUGES", ("laws", "habits")),
        ("Laws, 2, lois", ("laws",)),
        ("money, time, staff", ("money",)),
        ("argent, temps, équipe et lois", ("money", "laws")),
        ("money, time, staff, laws", ("money", "laws")),
        ("laws and habits", ("laws", "habits")),
        ("lois & préjugés", ("laws", "habits")),
        ("food and drink", ("meals",)),
        ("laws and food and drink", ("laws", "meals")),
        ("boire et manger et lois", ("laws", "meals")),
        ("2,", ("laws",)),
        ("hab, food", ("habits", "meals")),
        ("none of these", ("none",)),
        ("none of these, laws", ("laws",)),
    ],
)
def test_several_choices_come_in_the_order_of_the_form(typed: str, picks: tuple[str, ...]) -> None:
    assert answer(WAYS, typed) == picks


@pytest.mark.parametrize("typed", ["", ",", " ; ", "1, 9", "laws but not habits", "1, nothing", "0", "1,2," * 200])
def test_one_unclear_choice_makes_all_of_it_unclear(typed: str) -> None:
    assert hint(WAYS, typed) == PICKS


def test_signs_that_part_a_list_may_be_part_of_a_label() -> None:
    sizes = question("sizes", QuestionType.SELECT_MULTIPLE, choices(small="< 10", large="> 10", any="R&D"))
    assert answer(sizes, "> 10; R&D") == ("large", "any")


def test_the_form_decides_on_the_order_even_where_options_are_shuffled() -> None:
    shuffled = Asked(EN, NOW, tuple(reversed(WAYS.choices)))
    assert read(WAYS, "3, 4", shuffled) == ("laws", "habits")


@pytest.mark.parametrize(
    ("typed", "ranking"),
    [
        ("3, 1, 2", ("c", "a", "b")),
        ("3 1 2", ("c", "a", "b")),
        ("3 > 1 > 2", ("c", "a", "b")),
        ("pain, lumiere et eau", ("b", "c", "a")),
        ("Bread\nWater\nLight", ("b", "a", "c")),
    ],
)
def test_a_ranking_keeps_the_order_of_the_person(typed: str, ranking: tuple[str, ...]) -> None:
    assert answer(ORDER, typed) == ranking


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2, 1", "Please put all of the answers in order. These are missing: Light"),
        ("water", "Please put all of the answers in order. These are missing: Bread, Light"),
        ("1, 1, 2", "Please name each answer only once; “Water” came twice."),
        ("1, 2, 4", PICKS),
    ],
)
def test_an_incomplete_ranking_says_what_is_missing(typed: str, said: str) -> None:
    assert hint(ORDER, typed) == said


@pytest.mark.parametrize(
    "typed", ["ok", "OUI", "d’accord", "Compris !", "j’ai compris", "got it", "Understood.", "👍🏿"]
)
def test_an_acknowledgement_in_many_words(typed: str) -> None:
    assert answer(question("read", QuestionType.ACKNOWLEDGE), typed) == "OK"


def test_a_no_acknowledges_nothing() -> None:
    assert hint(question("read", QuestionType.ACKNOWLEDGE), "no") == PICK


@pytest.mark.parametrize(("typed", "more"), [("yes", "yes"), ("oui", "yes"), ("Non.", "no"), ("1", "yes"), ("2", "no")])
def test_whether_there_is_one_more(typed: str, more: str) -> None:
    assert answer(question("child", QuestionType.REPEAT, choices(yes="Yes", no="No")), typed) == more


def test_nothing_can_be_chosen_where_nothing_is_offered() -> None:
    for kind in (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.RANK):
        empty = Asked(EN, NOW)
        assert isinstance(read(question("empty", kind, COUNTRY.choices), "1", empty), Misread)
    assert asked(COUNTRY).offered == COUNTRY.choices

"""What typed words mean as an answer, in both languages, and what is asked again instead of guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.model import QuestionType, Value
from conversations.questions import relevant, toggled, worded
from conversations.reading import LONGEST_TEXT, Misread, read
from tests.conversations.samples import choices, question

AGREEMENT = question(
    "agreement",
    options=choices(
        agree=("I agree", "D’accord"), neutral=("Neither", "Ni l’un ni l’autre"), disagree=("Disagree", "Pas d’accord")
    ),
)
WAYS = question(
    "ways",
    QuestionType.SELECT_MULTIPLE,
    choices(
        money=("Money, time, staff", "Argent, temps, équipe"), laws=("Laws", "Lois"), habits=("Habits", "Préjugés")
    ),
)
COUNT = question("count", QuestionType.INTEGER)
STORY = question("story", QuestionType.TEXT)
ALL = (AGREEMENT, WAYS, COUNT, STORY)


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
    ],
)
def test_a_label_or_its_place_in_the_list(typed: str, choice: str) -> None:
    assert read(AGREEMENT, typed) == choice


@pytest.mark.parametrize(
    "typed", ["", "0", "4", "01", "-1", "1 2", "agree or not", "I agree, disagree", "👍", "...", "²½"]
)
def test_anything_else_is_asked_again(typed: str) -> None:
    assert isinstance(read(AGREEMENT, typed), Misread)


def test_labels_without_letters_are_told_apart() -> None:
    thumbs = question("thumbs", options=choices(up="👍", down="👎"))
    assert read(thumbs, "👎") == "down"
    assert isinstance(read(thumbs, "😀"), Misread)


def test_labels_that_differ_by_a_sign_are_never_mixed_up() -> None:
    sizes = question("sizes", options=choices(small="< 10", large="> 10"))
    assert read(sizes, "> 10") == "large"
    assert isinstance(read(sizes, "10"), Misread)


def test_a_number_is_no_place_in_a_list_of_numbers() -> None:
    visits = question("visits", options=choices(none="0", one="1", two="2", more="3 or more"))
    assert read(visits, "1") == "one"
    assert isinstance(read(visits, "3"), Misread)


@pytest.mark.parametrize(
    ("typed", "picks"),
    [
        ("1, 3", ("money", "habits")),
        ("3;1", ("money", "habits")),
        ("lois\nPREJUGES", ("laws", "habits")),
        ("Laws, 2, lois", ("laws",)),
        ("money, time, staff", ("money",)),
        ("2,", ("laws",)),
    ],
)
def test_several_choices_come_in_the_order_of_the_form(typed: str, picks: tuple[str, ...]) -> None:
    assert read(WAYS, typed) == picks


@pytest.mark.parametrize("typed", ["", ",", " ; ", "1, 4", "laws and habits", "1, nothing", "0"])
def test_one_unclear_choice_makes_all_of_it_unclear(typed: str) -> None:
    assert isinstance(read(WAYS, typed), Misread)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        (" 007 ", 7),
        ("-3", -3),
        ("+4", 4),
        ("0", 0),
        ("4489", 4489),
        ("4 489", 4489),
        ("4,489", 4489),
        ("4.489", 4489),
        ("4\u00a0489", 4489),
        ("4\u202f489", 4489),
        ("1 234 567", 1234567),
        ("-12,000", -12000),
        ("123456789", 123456789),
        ("١٢", 12),
    ],
)
def test_whole_numbers_as_both_languages_write_them(typed: str, number: int) -> None:
    assert read(COUNT, typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        *("", "twelve", "12.5", "12,5", "0.125", "0,125", "1234.567", "1,23,456", "1,234.567", "1 234,567"),
        *("12 000 people", "1 23", "12\n345", "1234567890", "1 234 567 890", "--1", "1-2", "²", "1e3", "∞", "5 ."),
    ],
)
def test_what_may_not_be_a_whole_number_is_asked_again(typed: str) -> None:
    assert isinstance(read(COUNT, typed), Misread)


def test_words_are_kept_as_written_up_to_what_a_message_holds() -> None:
    assert read(STORY, "  On s’écoute.\nMieux. ") == "On s’écoute.\nMieux."
    assert read(STORY, "x" * (LONGEST_TEXT + 1)) == "x" * LONGEST_TEXT
    assert isinstance(read(STORY, " \n\t "), Misread)


hostile = st.text(max_size=300) | st.text(alphabet="0123456789,.; -+\n\u202e\u200d\ufffe👍é٣½", max_size=40)


@settings(max_examples=300, deadline=None)
@given(hostile)
def test_hostile_text_is_an_answer_of_the_right_kind_or_none(text: str) -> None:
    for asked in ALL:
        value = read(asked, text)
        assert isinstance(value, Misread) or _fits(asked.type, value, {each.name for each in asked.choices})


def _fits(kind: QuestionType, value: Value, names: set[str]) -> bool:
    match kind:
        case QuestionType.SELECT_ONE:
            return value in names
        case QuestionType.SELECT_MULTIPLE:
            return isinstance(value, tuple) and value != () and set(value) <= names and len(set(value)) == len(value)
        case QuestionType.INTEGER:
            return isinstance(value, int) and abs(value) < 10**9
        case _:
            return isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT


def test_a_second_tap_takes_the_tick_away() -> None:
    once = toggled(WAYS, (), 2)
    assert once == ("habits",)
    assert toggled(WAYS, once, 0) == ("money", "habits")
    assert toggled(WAYS, once, 2) == ()


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


def test_a_choice_that_a_later_revision_dropped_is_shown_by_its_name() -> None:
    assert worded(AGREEMENT, "agree") == AGREEMENT.choices[0].label
    assert worded(AGREEMENT, "dropped") == "dropped"

"""Typed numbers, as English and French write them."""

import pytest

from conversations.model import Language, QuestionType, Range
from tests.conversations.samples import question
from tests.conversations.typed import EN, FR, answer, hint

COUNT = question("count", QuestionType.INTEGER)
WEIGHT = question("weight", QuestionType.DECIMAL)
SCORE = question("score", QuestionType.RANGE, range=Range("0", "10", "1"))
HOURS = question("hours", QuestionType.RANGE, range=Range("0", "2", "0.5"))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        (" 007 ", 7),
        ("12.", 12),
        ("-3", -3),
        ("−3", -3),
        ("+4", 4),
        ("0", 0),
        ("4489", 4489),
        ("4 489", 4489),
        ("4,489", 4489),
        ("4.489", 4489),
        ("4\u00a0489", 4489),
        ("4\u202f489", 4489),
        ("4’489", 4489),
        ("1 234 567", 1234567),
        ("-12,000", -12000),
        ("1 234 567 890", 1234567890),
        ("123456789012345", 123456789012345),
        ("12.0", 12),
        ("12,00", 12),
        ("١٢", 12),
        ("１２", 12),
        ("१२", 12),
        ("twelve", 12),
        ("Une", 1),
        ("aucun", 0),
        ("about 12", 12),
        ("Environ 12", 12),
        ("à peu près 12", 12),
        ("~12", 12),
        ("12 people", 12),
        ("12 personnes", 12),
        ("12 or so", 12),
    ],
)
def test_whole_numbers_as_both_languages_write_them(typed: str, number: int) -> None:
    assert answer(COUNT, typed, EN) == answer(COUNT, typed, FR) == number


@pytest.mark.parametrize(
    "typed",
    [
        *("", "many", "12.5", "12,5", "0.125", "0,125", "1234.567", "1,23,456", "1,234.567", "1 234,567"),
        *("12 000 people", "1 23", "12\n345", "1234567890123456", "--1", "1-2", "²", "1e3", "∞", "5 .", "½"),
        *("12 or 13", "less than 12", "moins de 12", "12 fois", "2 dozen", "3 million", "2 mille", "12 maximum"),
        *("minus 3", "0x10", "1_000", "12" * 2000),
    ],
)
def test_what_may_not_be_a_whole_number_is_asked_again(typed: str) -> None:
    assert hint(COUNT, typed) == "Please type a whole number in digits, such as 12."


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1.50", "1.5"),
        ("12", "12"),
        ("-0,25", "-0.25"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("0,125", "0.125"),
        ("0.000", "0"),
        ("-0", "0"),
        ("1 234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1\u202f234,567", "1234.567"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("12000", "12000"),
        ("2,5 kg", "2.5"),
        ("12,5 %", "12.5"),
        ("environ 2,5", "2.5"),
        ("about 2.5", "2.5"),
        ("٣٫٥", "3.5"),
        ("two", "2"),
    ],
)
def test_decimals_as_both_languages_write_them(typed: str, number: str) -> None:
    assert answer(WEIGHT, typed, EN) == answer(WEIGHT, typed, FR) == number


@pytest.mark.parametrize(
    ("typed", "language", "number"),
    [
        ("1,500", EN, "1500"),
        ("1,500", FR, "1.5"),
        ("3,250 kg", FR, "3.25"),
        ("1.500", EN, "1.5"),
        ("- 1,500", EN, "-1500"),
    ],
)
def test_the_language_decides_on_one_mark_before_three_digits(typed: str, language: Language, number: str) -> None:
    assert answer(WEIGHT, typed, language) == number


def test_a_point_before_three_digits_is_asked_again_in_french() -> None:
    assert hint(WEIGHT, "1.500", FR) == "Do you mean 1.5 or 1,500? Please type it like that."


@pytest.mark.parametrize(
    "typed", ["", "x", "1,5,5", "1.2.3", "1e5", "1/2", "½", "1,5 2", "--1,5", "nan", "inf", "9" * 16]
)
def test_what_may_not_be_a_decimal_is_asked_again(typed: str) -> None:
    assert hint(WEIGHT, typed) == "This could not be read as an answer. Type a number, such as 12.5."


@pytest.mark.parametrize(("typed", "number"), [("0", 0), ("10", 10), ("7 ", 7), ("five", 5), ("5.0", 5)])
def test_a_range_of_whole_numbers(typed: str, number: int) -> None:
    assert answer(SCORE, typed) == number


@pytest.mark.parametrize(("typed", "number"), [("0", "0"), ("1,5", "1.5"), ("1.5", "1.5"), ("2,0", "2")])
def test_a_range_in_steps(typed: str, number: str) -> None:
    assert answer(HOURS, typed) == number


@pytest.mark.parametrize("typed", ["11", "-1", "2.5", "x", ""])
def test_a_number_outside_the_range_says_its_bounds(typed: str) -> None:
    assert "Type a whole number from 0 to 10." in hint(SCORE, typed)


@pytest.mark.parametrize("typed", ["2.5", "-0.5", "0,7", "1,250"])
def test_a_number_beside_the_steps_says_them(typed: str) -> None:
    assert "Type a number from 0 to 2, in steps of 0.5." in hint(HOURS, typed, FR)

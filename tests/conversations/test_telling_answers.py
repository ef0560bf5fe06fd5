"""An answer told back: in the reader's language, and so that it could be typed again."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.model import SKIPPED, Language, Question, QuestionType, Range, Value
from conversations.reading import LONG_LIST, expected
from locales.phrases import say
from tests.conversations.samples import choices, question
from tests.conversations.typed import EN, FR, NOW, answer, told

COLOURS = choices(red=("Red", "Rouge"), blue=("Blue", "Bleu"), green=("Green", "Vert"))
ONE = question("one", options=COLOURS)
SOME = question("some", QuestionType.SELECT_MULTIPLE, COLOURS)
DECIMAL = question("decimal", QuestionType.DECIMAL)
DATE = question("date", QuestionType.DATE)
MOMENT = question("moment", QuestionType.DATETIME)


@pytest.mark.parametrize(
    ("asking", "value", "english", "french"),
    [
        (ONE, "red", "Red", "Rouge"),
        (ONE, "dropped by a later revision", "dropped by a later revision", "dropped by a later revision"),
        (SOME, ("red", "green"), "Red, Green", "Rouge, Vert"),
        (
            question("rank", QuestionType.RANK, COLOURS),
            ("green", "red", "blue"),
            "Green, Red, Blue",
            "Vert, Rouge, Bleu",
        ),
        (question("count", QuestionType.INTEGER), 4489, "4,489", "4\u202f489"),
        (question("score", QuestionType.RANGE, range=Range("0", "9", "1")), 7, "7", "7"),
        (DECIMAL, "1234.5678", "1,234.5678", "1\u202f234,5678"),
        (question("text", QuestionType.TEXT), "2026-03-01", "2026-03-01", "2026-03-01"),
        (DATE, "2026-03-01", "Sunday, 1 March 2026", "dimanche 1er mars 2026"),
        (question("month", QuestionType.DATE, appearance="month-year"), "2026-03-01", "March 2026", "mars 2026"),
        (question("year", QuestionType.DATE, appearance="year"), "2026-01-01", "2026", "2026"),
        (question("time", QuestionType.TIME), "09:05:00", "09:05", "09:05"),
        (MOMENT, "2026-03-02T14:30:00+03:00", "Monday, 2 March 2026, 14:30", "lundi 2 mars 2026, 14:30"),
        (question("place", QuestionType.GEOPOINT), "-1.2864 36.8172 0 12.5", "-1.2864, 36.8172", "-1.2864, 36.8172"),
        (question("seen", QuestionType.ACKNOWLEDGE), "OK", "OK", "D’accord"),
    ],
)
def test_an_answer_in_both_languages(asking: Question, value: Value, english: str, french: str) -> None:
    assert told(asking, value, EN) == english
    assert told(asking, value, FR) == french


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (QuestionType.IMAGE, "photo:AgAD", "a photo"),
        (QuestionType.AUDIO, "voice:AwAC.oga", "a voice note"),
        (QuestionType.AUDIO, "audio:CQAC.mp3", "a sound file"),
        (QuestionType.VIDEO, "video:BAAC.mp4", "a video"),
        (QuestionType.FILE, "document:BQAC.png", "a file"),
        (QuestionType.REPEAT, "yes", "Yes"),
        (QuestionType.TEXT, SKIPPED, "Skipped"),
        (QuestionType.SELECT_ONE, SKIPPED, "Skipped"),
    ],
)
def test_what_has_a_word_of_the_bots_own(kind: QuestionType, value: Value, words: str) -> None:
    assert told(Question("any", kind, ONE.label), value, EN) == words


@pytest.mark.parametrize("kind", [each for each in QuestionType if each is not QuestionType.TEXT])
def test_an_answer_from_before_the_question_changed_its_type_is_told_as_it_is(kind: QuestionType) -> None:
    assert told(Question("any", kind, ONE.label), "red :", EN) == "red :"


days = st.dates(date(1930, 1, 1), date(2035, 12, 31))
numbers = st.decimals(-(10**9), 10**9, places=4, allow_nan=False)


@settings(max_examples=150, deadline=None)
@given(days, numbers, st.times(), st.sampled_from([EN, FR]), st.sampled_from([EN, FR]))
def test_what_is_told_back_can_be_typed_again(
    day: date, number: Decimal, clock: time, shown: Language, typing: Language
) -> None:
    minute = clock.replace(second=0, microsecond=0).isoformat(timespec="seconds")
    for asking, value in (
        (DATE, day.isoformat()),
        (question("time", QuestionType.TIME), minute),
        (MOMENT, datetime.fromisoformat(f"{day}T{minute}").replace(tzinfo=NOW.tzinfo).isoformat(timespec="seconds")),
        (question("month", QuestionType.DATE, appearance="month-year"), day.replace(day=1).isoformat()),
        (question("year", QuestionType.DATE, appearance="year"), day.replace(month=1, day=1).isoformat()),
    ):
        assert answer(asking, told(asking, value, shown), typing) == value
    canonical = answer(DECIMAL, f"{number:f}")
    assert Decimal(str(canonical)) == number
    assert answer(DECIMAL, told(DECIMAL, canonical, shown), shown) == canonical


@settings(max_examples=150, deadline=None)
@given(st.integers(-(10**15) + 1, 10**15 - 1), st.sampled_from([EN, FR]), st.sampled_from([EN, FR]))
def test_a_whole_number_told_back_is_the_same_in_both_languages(number: int, shown: Language, typing: Language) -> None:
    count = question("count", QuestionType.INTEGER)
    assert answer(count, told(count, number, shown), typing) == number


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5000))
def test_days_ago_are_the_same_in_both_languages(number: int) -> None:
    day = (NOW.date() - timedelta(days=number)).isoformat()
    assert answer(DATE, f"{number} days ago") == answer(DATE, f"il y a {number} jours") == day


@pytest.mark.parametrize(
    "kind", [QuestionType.SELECT_ONE, QuestionType.ACKNOWLEDGE, QuestionType.REPEAT, QuestionType.NOTE]
)
def test_where_buttons_say_it_all_nothing_is_explained(kind: QuestionType) -> None:
    assert expected(question("any", kind), question("any", kind).choices) is None


def test_a_long_list_says_that_letters_find_an_answer() -> None:
    many = question("many", options=choices(**{f"c{number}": f"Choice {number}" for number in range(LONG_LIST + 1)}))
    assert _how(many) == "Tap your answer, or type the first letters of it."


@pytest.mark.parametrize(
    ("asking", "example"),
    [
        (question("count", QuestionType.INTEGER), "12"),
        (DECIMAL, "12.5"),
        (DATE, "12 March 2026"),
        (DATE, "12/03/2026"),
        (DATE, "today"),
        (question("month", QuestionType.DATE, appearance="month-year"), "March 2026"),
        (question("month", QuestionType.DATE, appearance="month-year"), "03/2026"),
        (question("year", QuestionType.DATE, appearance="year"), "2026"),
        (question("time", QuestionType.TIME), "14:30"),
        (MOMENT, "12 March 2026 14:30"),
        (question("place", QuestionType.GEOPOINT), "-1.2864, 36.8172"),
        (question("rank", QuestionType.RANK, COLOURS), "3, 2, 1"),
        (question("score", QuestionType.RANGE, range=Range("-5", "5", "0.5")), "-5"),
    ],
)
def test_each_example_that_is_shown_is_understood(asking: Question, example: str) -> None:
    assert example in _how(asking)
    assert answer(asking, example) != ()


def _how(asking: Question) -> str:
    how = expected(asking, asking.choices)
    assert how is not None
    return say(how, EN)

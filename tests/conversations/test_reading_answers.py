"""Whatever somebody types, to whatever question: an answer of the right kind or a hint, and at once."""

from datetime import date, datetime, time
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.model import Language, Question, QuestionType, Range, Value
from conversations.reading import LONGEST_TEXT, Misread, read, worded
from locales.phrases import say
from tests.conversations.samples import choices, question
from tests.conversations.typed import EN, FR, answer, asked, hint

OPTIONS = choices(
    agree=("I agree", "D’accord"), both=("Food and drink", "Boire, manger"), more=("> 10", "plus de dix"), none="Aucun"
)
_MORE: dict[QuestionType, dict[str, object]] = {
    QuestionType.RANGE: {"range": Range("0", "2", "0.5")},
    **{
        each: {"options": OPTIONS}
        for each in (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.RANK)
    },
}
EVERY_TYPE = (
    *(question(each.name, each, **_MORE.get(each, {})) for each in QuestionType),  # type: ignore[arg-type]
    question("score", QuestionType.RANGE, range=Range("10", "0", "1")),
    question("month", QuestionType.DATE, appearance="month-year"),
    question("year", QuestionType.DATE, appearance="year"),
)
STORY = question("story", QuestionType.TEXT)


def test_words_are_kept_as_written_up_to_what_a_message_holds() -> None:
    assert answer(STORY, "  On s’écoute.\nMieux. ") == "On s’écoute.\nMieux."
    assert answer(STORY, "x" * (LONGEST_TEXT + 1)) == "x" * LONGEST_TEXT
    assert answer(question("code", QuestionType.BARCODE), " 0012-AB ") == "0012-AB"
    assert hint(STORY, " \n\t ") == "Please type your answer in words."


_SIGNS = "0123456789٣½²,.;:/-+−°' \n\u00a0\u202f\u202e\u200d\ufffe\0👍éhpmTN"
_WORDS = (
    *("today", "hier", "lundi", "last", "mars", "12", "1er", "2026", "14:30", "pm", "il y a", "jours", "days ago"),
    *("and", "et", ">", ",", ";", "none", "about", "plus", "10", "9999", "D’accord", "years ago", "in", "dans"),
)
hostile = (
    st.text(max_size=300)
    | st.text(alphabet=_SIGNS, max_size=60)
    | st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join)
)


@settings(max_examples=400, deadline=None)
@given(hostile, st.sampled_from([EN, FR]))
def test_any_text_is_an_answer_of_the_right_kind_or_none(text: str, language: Language) -> None:
    for asking in EVERY_TYPE:
        value = read(asking, text, asked(asking, language))
        if isinstance(value, Misread):
            assert say(value.hint, language)
        else:
            assert _fits(asking, value), (asking.type, value)
            assert say(worded(asking, value), language)


def _fits(asking: Question, value: Value) -> bool:
    names = {each.name for each in asking.choices}
    match asking.type:
        case QuestionType.SELECT_ONE:
            return value in names
        case QuestionType.SELECT_MULTIPLE:
            return isinstance(value, tuple) and value != () and set(value) <= names and len(set(value)) == len(value)
        case QuestionType.RANK:
            return isinstance(value, tuple) and sorted(value) == sorted(names)
        case QuestionType.INTEGER:
            return isinstance(value, int) and abs(value) < 10**15
        case QuestionType.RANGE if asking.range and asking.range.whole:
            return value in range(11)
        case QuestionType.RANGE:
            return value in {"0", "0.5", "1", "1.5", "2"}
        case QuestionType.TEXT | QuestionType.BARCODE:
            return isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT
        case _:
            return isinstance(value, str) and _written(asking.type, value)


def _written(kind: QuestionType, value: str) -> bool:
    match kind:
        case QuestionType.DECIMAL:
            return "e" not in value.lower() and Decimal(value).is_finite()
        case QuestionType.DATE:
            return 1900 <= date.fromisoformat(value).year <= 2199
        case QuestionType.TIME:
            return time.fromisoformat(value).tzinfo is None
        case QuestionType.DATETIME:
            return datetime.fromisoformat(value).utcoffset() is not None
        case QuestionType.GEOPOINT:
            return len([float(part) for part in value.split()]) == 4
        case QuestionType.ACKNOWLEDGE:
            return value == "OK"
        case QuestionType.REPEAT:
            return value in ("yes", "no")
        case _:
            return False


@pytest.mark.parametrize(
    "whole",
    [
        *(
            " " * 4096,
            "1" * 4096,
            "1," * 2048,
            "1 " * 2048,
            "a " * 2048,
            "and " * 1024,
            "\u202e\u200d" * 2048,
            "\0" * 4096,
        ),
        *("12/03/2026 " * 300, "14:30 " * 600, "-" * 4096, "é" * 4096, "👍🏿" * 1024, "Food and drink, " * 250),
        *(" " * 2000 + "x" + " " * 2000, "1.2864° S, " * 300, "٣" * 4096, "\n" * 4096, "ﷺ" * 4096, "1 000" * 800),
    ],
)
def test_a_whole_message_of_anything_is_read_at_once(whole: str) -> None:
    for asking in EVERY_TYPE:
        began = process_time()
        read(asking, whole, asked(asking))
        assert process_time() - began < 0.2, asking.type


def test_a_list_of_thousands_is_searched_at_once() -> None:
    many = choices(
        **{f"c{number}": (f"Health centre {number} of the north", f"Centre {number} du nord") for number in range(3000)}
    )
    asking = question("facility", options=many)
    for typed in ("centre 2999", "health centre 17 of the north", "nowhere", "nord"):
        began = process_time()
        read(asking, typed, asked(asking))
        assert process_time() - began < 1, typed

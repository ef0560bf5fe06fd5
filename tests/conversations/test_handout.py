"""What is passed on: key messages in plain words of one language, and how many of them a page holds."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.handout import Handout, Passed, facts_of, fitting, handout, handout_of
from conversations.model import Language
from tests.conversations.samples import RIGHTS, both, event_with, sample_event

EN, FR = Language
words = st.text(max_size=40)
handouts = st.builds(
    Handout, words, words, st.sampled_from(Language), st.lists(st.builds(Passed, words, words, words)).map(tuple)
)


def test_a_handout_has_the_words_of_one_language_and_those_of_the_pack() -> None:
    event = event_with(messages=(replace(RIGHTS, source=both("A declaration", "Une déclaration")),))
    passed = Passed("Les droits d’abord.", "Parce qu’ils sont à tout le monde.", "Une déclaration")
    assert handout(event, ["rights"], FR) == Handout("Petite rencontre", "Contact", FR, (passed,))
    assert handout(event, [], EN) == Handout("Small event", "Contact", EN, ())


def test_its_messages_come_in_the_order_in_which_they_are_named() -> None:
    chosen = handout(sample_event(), ["movement", "safety"], EN)
    assert [each.text.split()[0] for each in chosen.messages] == ["A", "Safety"]


def test_why_a_message_is_so_is_told_by_its_own_row_and_not_by_a_variant() -> None:
    event = sample_event()
    (safety,) = handout(event, ["safety"], EN).messages
    assert safety.why == event.message("safety").questions[0].explanation.en


def test_a_message_that_nobody_is_asked_for_has_no_reason() -> None:
    (passed,) = handout(event_with(messages=(replace(RIGHTS, questions=()),)), ["rights"], EN).messages
    assert passed == Passed("Rights come first.")


@given(handouts)
def test_a_file_is_made_from_all_of_it(passed: Handout) -> None:
    assert handout_of(facts_of(passed), passed.language) == passed


@pytest.mark.parametrize("language", Language)
def test_all_messages_of_the_sample_fit_on_a_page(language: Language) -> None:
    event = sample_event()
    assert fitting(handout(event, [each.name for each in event.messages], language)) == len(event.messages)


def test_the_first_ones_fit_when_there_are_too_many() -> None:
    message = Passed("Rights belong to everybody, and nobody has to earn them. " * 4, source="A declaration")
    many = Handout("An event", "Write to us.", EN, (message,) * 40)
    room = fitting(many)
    assert 5 < room < 20
    assert fitting(replace(many, messages=many.messages[:room])) == room
    assert fitting(replace(many, contact="Write to us.\n" * 20)) < room
    assert fitting(replace(many, title="A very long title " * 12)) < room


def test_capitals_and_foreign_letters_take_more_room() -> None:
    def room(text: str) -> int:
        return fitting(Handout("", "", EN, (Passed(text),) * 40))

    assert room("every word counts " * 20) > room("EVERY WORD COUNTS " * 20)
    assert room("ж" * 400) < room("a" * 400)


def test_one_message_can_be_too_long() -> None:
    assert fitting(Handout("An event", "", EN, (Passed("word " * 1_000),))) == 0

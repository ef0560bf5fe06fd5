"""What a new revision changes, told for those who decide over it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.model import Bilingual, Event, Purpose
from conversations.revising import Change, changes
from conversations.timing import TouchpointKind
from tests.conversations.samples import (
    RIGHTS,
    WHAT_FIRST,
    both,
    choices,
    event_with,
    question,
    sample_event,
    survey,
    touchpoint,
)

ONE = question("one", options=choices(a="A", b="B", c="C"))
TWO = question("two")
SEND = touchpoint(TouchpointKind.SURVEY, "after")
BEFORE = event_with(SEND, touchpoint(), surveys=(survey(ONE, TWO),))


def asked(*questions: object, **more: object) -> Event:
    return replace(BEFORE, surveys=(replace(survey(*questions), **more),))  # type: ignore[arg-type]


OTHER_WORDS = both("Other words")
EDITS: dict[Change, Callable[[], Event]] = {
    Change.CONSENT: lambda: replace(BEFORE, consent=OTHER_WORDS),
    Change.SURVEY_REMOVED: lambda: replace(BEFORE, surveys=()),
    Change.SURVEY_ADDED: lambda: replace(BEFORE, surveys=(*BEFORE.surveys, survey(ONE, name="later"))),
    Change.QUESTION_REMOVED: lambda: asked(ONE),
    Change.QUESTION_ADDED: lambda: asked(ONE, TWO, question("three")),
    Change.QUESTION_CHANGED: lambda: asked(ONE, replace(TWO, sensitive=True)),
    Change.OPTION_REMOVED: lambda: asked(replace(ONE, choices=ONE.choices[:2]), TWO),
    Change.OPTION_ADDED: lambda: asked(replace(ONE, choices=(*ONE.choices, *choices(d="D"))), TWO),
    Change.TEXTS: lambda: asked(replace(ONE, label=OTHER_WORDS), TWO),
    Change.ROW_REMOVED: lambda: replace(BEFORE, schedule=(SEND,)),
    Change.ROW_MOVED: lambda: replace(BEFORE, schedule=(SEND, touchpoint(offset="4 days"))),
    Change.ROW_ADDED: lambda: replace(BEFORE, schedule=(*BEFORE.schedule, touchpoint(offset="9 days"))),
    Change.PROFILE: lambda: replace(BEFORE, profile=(question("role"),)),
    Change.MESSAGE_REMOVED: lambda: replace(BEFORE, messages=()),
    Change.MESSAGE_CHANGED: lambda: replace(
        BEFORE, messages=(replace(RIGHTS, questions=(replace(WHAT_FIRST, right="rules"),)),)
    ),
    Change.MESSAGE_ADDED: lambda: replace(BEFORE, messages=(RIGHTS, replace(RIGHTS, name="more"))),
    Change.CONTACTS: lambda: replace(BEFORE, referrals=sample_event().referrals),
    Change.FRAME: lambda: replace(BEFORE, timezone="Africa/Dakar"),
}


def test_every_sort_of_change_is_tried() -> None:
    assert set(EDITS) == set(Change)


@pytest.mark.parametrize("change", Change)
def test_each_is_told_alone(change: Change) -> None:
    [told] = changes(BEFORE, EDITS[change]())
    assert (told.change, told.count) == (change, 1)


def test_what_goes_one_way_comes_back_the_other() -> None:
    opposite = {
        Change.SURVEY_REMOVED: Change.SURVEY_ADDED,
        Change.QUESTION_REMOVED: Change.QUESTION_ADDED,
        Change.OPTION_REMOVED: Change.OPTION_ADDED,
        Change.ROW_REMOVED: Change.ROW_ADDED,
        Change.MESSAGE_REMOVED: Change.MESSAGE_ADDED,
    }
    for gone, come in opposite.items():
        [told] = changes(EDITS[gone](), BEFORE)
        assert told.change is come


def test_a_line_of_consent_counts_as_consent() -> None:
    lines = {**BEFORE.consent_lines, Purpose.DIGEST: OTHER_WORDS}
    assert [each.change for each in changes(BEFORE, replace(BEFORE, consent_lines=lines))] == [Change.CONSENT]


def test_an_option_under_another_name_is_taken_out_and_added() -> None:
    renamed = asked(replace(ONE, choices=choices(a="A", b="B", z="C")), TWO)
    assert {each.change for each in changes(BEFORE, renamed)} == {Change.OPTION_REMOVED, Change.OPTION_ADDED}


def test_questions_that_change_their_order_are_told() -> None:
    assert [each.change for each in changes(BEFORE, asked(TWO, ONE))] == [Change.QUESTION_CHANGED]


def test_several_are_counted_together_and_each_is_named_once() -> None:
    reworded = asked(replace(ONE, label=OTHER_WORDS), replace(TWO, label=Bilingual("More", "Plus")))
    [told] = changes(BEFORE, reworded)
    assert (told.count, told.what) == (2, (OTHER_WORDS, Bilingual("More", "Plus")))


@given(st.lists(st.sampled_from(Change), max_size=4))
def test_equal_events_differ_in_nothing_and_others_in_something(wanted: list[Change]) -> None:
    event = EDITS[wanted[0]]() if wanted else BEFORE
    assert changes(event, event) == ()
    assert bool(changes(BEFORE, event)) == (event != BEFORE)

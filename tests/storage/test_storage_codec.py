import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from storage_samples import EVENT

from conversations.conversation import Asking, Consenting, Idle, Leaving, Pausing, Placing, Profiling, Step
from conversations.model import Bilingual, Choice, KeyMessage, Purpose, Question, RecallQuestion, Referral, Survey
from conversations.timing import Touchpoint
from storage.codec import event_from_json, event_to_json, step_from_json, step_to_json

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
st.register_type_strategy(str, TEXT)
BEFORE = st.one_of(*(st.from_type(kind) for kind in (Idle, Consenting, Profiling, Placing, Asking)))
FEW_CHOICES = st.lists(st.builds(Choice, zones=st.tuples(TEXT)), max_size=2).map(tuple)
LEAVING = st.builds(Leaving, BEFORE)
STEPS = BEFORE | LEAVING | st.builds(Pausing, BEFORE | LEAVING)


@given(step=STEPS)
@settings(deadline=None)
def test_a_step_comes_back_equal(step: Step) -> None:
    again = step_from_json(step_to_json(step))
    assert again == step
    assert type(again) is type(step)


@given(
    question=st.builds(Question, choices=FEW_CHOICES),
    message=st.builds(KeyMessage, questions=st.tuples(st.builds(RecallQuestion, choices=FEW_CHOICES))),
    touchpoint=st.from_type(Touchpoint),
    lines=st.dictionaries(st.sampled_from(Purpose), st.from_type(Bilingual)),
    referral=st.from_type(Referral),
)
@settings(deadline=None, max_examples=50)
def test_an_event_comes_back_equal(
    question: Question,
    message: KeyMessage,
    touchpoint: Touchpoint,
    lines: dict[Purpose, Bilingual],
    referral: Referral,
) -> None:
    event = replace(
        EVENT,
        profile=(question,),
        surveys=(Survey("one", question.label, (question,)), Survey("two", question.label, ())),
        messages=(message,),
        schedule=(touchpoint,),
        consent_lines=lines,
        referrals=(referral,),
    )
    assert event_from_json(event_to_json(event)) == event


def test_the_sample_event_comes_back_with_its_types() -> None:
    again = event_from_json(event_to_json(EVENT))
    assert again == EVENT
    assert all(isinstance(purpose, Purpose) for purpose in again.consent_lines)
    assert again.schedule[0].time == EVENT.schedule[0].time


def test_a_revision_from_before_there_were_referrals_names_nobody() -> None:
    written = json.loads(event_to_json(EVENT))
    assert written.pop("referrals") == []
    assert event_from_json(json.dumps(written)) == EVENT


def test_equal_events_are_the_same_text() -> None:
    turned = replace(EVENT, consent_lines=dict(reversed(EVENT.consent_lines.items())))
    assert turned == EVENT
    assert event_to_json(turned) == event_to_json(EVENT)


@pytest.mark.parametrize("text", ["", "{}", '{"kind": "dancing"}', '{"kind": "asking"}', "[1]"])
def test_what_is_no_step_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        step_from_json(text)

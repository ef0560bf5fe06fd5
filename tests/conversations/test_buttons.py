"""What a button carries comes back as it was, and nothing else is taken for a button."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conversations.buttons import (
    Agenda,
    Another,
    Arrange,
    Bring,
    Button,
    Cease,
    Choose,
    Contact,
    Doubt,
    Go,
    Later,
    Manage,
    Move,
    Often,
    Omit,
    Open,
    PassOn,
    Pause,
    Reach,
    Recall,
    Refuse,
    Review,
    Seek,
    Shift,
    Span,
    Speak,
    StoryMove,
    Tale,
    decode,
    encode,
)
from conversations.model import Language
from conversations.policy import Pace
from conversations.roles import Act

numbers = st.integers(0, 10**15 - 1)
booleans = st.booleans()
buttons: st.SearchStrategy[Button] = st.one_of(
    st.builds(Manage, st.sampled_from(Act), numbers, numbers, numbers),
    st.builds(Choose, numbers, numbers),
    st.builds(Go, numbers, st.sampled_from(Move)),
    st.builds(Speak, st.sampled_from(Language), numbers),
    *(st.builds(kind, numbers) for kind in (Open, Review, Refuse, Another, Later, Arrange, Bring, Omit)),
    st.builds(Shift, numbers, numbers),
    st.builds(Agenda),
    st.builds(Pause, st.sampled_from(Span)),
    st.builds(Often, st.sampled_from(Pace)),
    st.builds(Recall, numbers, numbers, numbers, booleans),
    *(st.builds(kind, numbers, numbers, booleans) for kind in (Doubt, PassOn)),
    st.builds(Cease, numbers, booleans),
    st.builds(Seek),
    st.builds(Contact, st.sampled_from(Reach), numbers),
)


@given(buttons)
def test_there_and_back_in_at_most_64_bytes(button: Button) -> None:
    data = encode(button)
    assert 1 <= len(data.encode()) <= 64
    assert decode(data) == button


@given(st.text(max_size=80) | st.text(alphabet="cglor:0123456789-ysbackn", max_size=40))
@example("c:01:1")
@example("c:1:1:1")
@example("c:-1:1")
@example("c:٣:1")
@example("c:1")
@example("g:1:fly")
@example("l:de:1")
@example("o:" + "9" * 60)
@example("o:1000000000000000")
@example(" o:1")
@example("k:1")
@example("z:month")
@example("z:")
@example("t:never")
@example("")
def test_nothing_is_read_that_was_not_written(data: str) -> None:
    button = decode(data)
    assert button is None or encode(button) == data or data.count(":") == 2  # a recall button of one question


@pytest.mark.parametrize(
    ("button", "data"),
    [
        (Choose(3, 0), "c:3:0"),
        (Go(3, Move.BACK), "g:3:back"),
        (Speak(Language.FR, 4), "l:fr:4"),
        (Open(17), "o:17"),
        (Review(17), "v:17"),
        (Refuse(17), "n:17"),
        (Recall(17, 0, 2), "r:17:0:2:1"),
        (Recall(17, 1, 2, sure=False), "r:17:1:2:0"),
        (Doubt(17, 1, sure=True), "d:17:1:1"),
        (Agenda(), "k"),
        (Arrange(17), "e:17"),
        (Bring(17), "b:17"),
        (Shift(17, 7), "m:17:7"),
        (Omit(17), "q:17"),
        (Pause(Span.WEEK), "z:week"),
        (Often(Pace.LESS), "t:less"),
        (Another(17), "a:17"),
        (PassOn(17, 1, warned=True), "p:17:1:1"),
        (Later(17), "w:17"),
        (Cease(17, again=True), "x:17:1"),
        (Seek(), "h"),
        (Contact(Reach.ASK), "u:ask:0"),
        (Contact(Reach.OPEN, 5), "u:open:5"),
        (Tale(StoryMove.BEGIN), "y:new:0:0"),
        (Tale(StoryMove.WITHDRAW_FOR_GOOD, 482913, 2), "y:out-yes:482913:2"),
    ],
)
def test_the_form_stays_the_same_for_buttons_that_are_out_there_already(button: Button, data: str) -> None:
    assert encode(button) == data
    assert decode(data) == button


def test_a_recall_button_from_before_refreshers_had_several_questions_still_works() -> None:
    assert decode("r:17:2") == Recall(17, 0, 2)

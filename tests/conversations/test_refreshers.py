"""The options of a recall question: all of them, in an order that stays the same for one nudge and not for all."""

from conversations.refreshers import options
from tests.conversations.samples import WHAT_FIRST, sample_event


def test_each_nudge_shows_all_options_always_in_the_same_order() -> None:
    for question in (each for message in sample_event().messages for each in message.questions):
        for nudge in range(1, 50):
            shown = options(question, nudge)
            assert sorted(each.name for each in shown) == sorted(each.name for each in question.choices)
            assert shown == options(question, nudge)


def test_the_right_option_stands_in_every_place() -> None:
    places = [[each.name for each in options(WHAT_FIRST, nudge)].index(WHAT_FIRST.right) for nudge in range(1, 301)]
    assert all(places.count(place) > 60 for place in range(3))


def test_the_order_is_the_same_on_every_machine_for_ever() -> None:
    assert [each.name for each in options(WHAT_FIRST, 1)] == ["money", "rules", "rights"]
    assert [each.name for each in options(WHAT_FIRST, 2)] == ["rules", "rights", "money"]

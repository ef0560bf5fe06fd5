"""An event that is shown on the local Telegram: as if it had just been held, whenever that is."""

from datetime import date, timedelta

import pytest

from bot.local_telegram import held_lately
from conversations.referrals import outdated
from tests.conversations.samples import sample_event


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 11, 16), date(2031, 6, 1)])
def test_it_ended_a_week_ago_with_contacts_that_are_fresh(today: date) -> None:
    event, shown = sample_event(), held_lately(sample_event(), today)
    assert shown.end == today - timedelta(days=7)
    assert shown.end - shown.start == event.end - event.start
    assert [each.first - shown.end for each in shown.policy.rest] == [
        each.first - event.end for each in event.policy.rest
    ]
    assert [each.words for each in shown.referrals] == [each.words for each in event.referrals]
    assert all(each.checked <= today for each in shown.referrals)
    assert outdated(shown, today) == ()

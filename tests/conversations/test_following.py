"""When summaries come and when they are news, how waves are told and named, and how answers came in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.buttons import Manage, decode, encode
from conversations.conversation import Conversation
from conversations.cues import Tapped
from conversations.desk import Desk, Duty
from conversations.disclosure import Span, spread
from conversations.following import (
    Following,
    Headcount,
    Often,
    Told,
    Wave,
    came_in,
    is_news,
    next_summary,
    number_of,
    told,
    unanswered,
)
from conversations.following_effects import KeepHeadcount
from conversations.model import EventState, Language, Role
from conversations.respond import respond
from conversations.roles import Act
from conversations.scene import Scene

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)  # a Monday
NAIROBI, AUCKLAND = "Africa/Nairobi", "Pacific/Auckland"
DAY = timedelta(days=1)
WAVE = Wave("after", 0, "After", date(2026, 11, 1), 39, 12, 3, 1, open=True)


@pytest.mark.parametrize(
    ("often", "zone", "due"),
    [
        (Often.DAILY, NAIROBI, datetime(2026, 11, 17, 6, tzinfo=UTC)),
        (Often.WEEKLY, NAIROBI, datetime(2026, 11, 23, 6, tzinfo=UTC)),
        (Often.DAILY, "America/Lima", datetime(2026, 11, 16, 14, tzinfo=UTC)),
        (Often.WEEKLY, "America/Lima", datetime(2026, 11, 16, 14, tzinfo=UTC)),
        (Often.DAILY, AUCKLAND, datetime(2026, 11, 16, 20, tzinfo=UTC)),
    ],
)
def test_a_summary_comes_at_nine_in_the_morning(often: Often, zone: str, due: datetime) -> None:
    assert next_summary(often, NOW, zone) == due


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), st.sampled_from(Often))
def test_the_next_one_is_always_ahead_and_a_week_at_most(at: datetime, often: Often) -> None:
    now = at.replace(tzinfo=UTC)
    due = next_summary(often, now, "Europe/Paris")
    assert now < due <= now + timedelta(days=7, hours=1)
    assert due.astimezone(ZoneInfo("Europe/Paris")).hour == 9


def test_a_wave_is_told_in_steps_that_add_up_to_all_for_whom_it_was_due() -> None:
    assert told(WAVE) == Told(Span(10, 14), Span(1, 9), Span(0, 4), Span(20, 24))
    assert unanswered(WAVE) == Span(25, 29)


def test_of_a_small_wave_nothing_is_told() -> None:
    small = replace(WAVE, due=9, completed=4)
    assert told(small) is None
    assert unanswered(small) == unanswered(replace(small, completed=0)) == Span(0, 9)


def test_only_what_is_told_can_be_news() -> None:
    before = (WAVE,)
    assert not is_news((WAVE,), before)
    assert not is_news((replace(WAVE, completed=14, unfinished=1),), before)
    assert is_news((replace(WAVE, completed=16),), before)
    assert is_news((WAVE, replace(WAVE, occurrence=1)), before)
    assert not is_news((replace(WAVE, due=9, completed=9),), (replace(WAVE, due=8, completed=0),))


def test_answers_are_added_up_by_the_end_of_each_week() -> None:
    began = date(2026, 11, 2)
    answered = [datetime(2026, 11, day, 9, tzinfo=UTC) for day in (2, 3, 8, 9, 15)]
    assert came_in(answered, began, datetime(2026, 11, 16, 21, tzinfo=UTC), NAIROBI) == (3, 5, 5)
    assert came_in(answered, began, datetime(2026, 11, 2, 21, tzinfo=UTC), NAIROBI) == (1,)
    assert came_in([], began, datetime(2026, 11, 2, 21, tzinfo=UTC), NAIROBI) == (0,)


@given(st.text(max_size=128), st.integers(0, 400))
def test_the_number_of_a_wave_fits_a_button(survey: str, occurrence: int) -> None:
    button = Manage(Act.REMIND_NOW, 10**14, number_of(survey, occurrence), 10**10)
    assert decode(encode(button)) == button
    assert len(encode(button)) <= 64


DUTY = Duty(7, "small", Role.COORDINATOR, EventState.LIVE, "Small event", 1)
TABLES = [
    (completed, unfinished, declined)
    for completed, unfinished, declined in product(range(14), repeat=3)
    if completed + unfinished + declined <= 13
]


def screen(act: Act, following: Following) -> tuple[object, ...]:
    """All that comes of a tap but the count that is kept."""
    desk = Desk((DUTY,), DUTY, following=following)
    item = 0 if act is Act.STATUS else WAVE.number
    scene = Scene(NOW, desk=desk)
    turn = respond(Conversation(Language.EN), Tapped(Manage(act, DUTY.event_id, item)), scene)
    return tuple(each for each in turn.effects if not isinstance(each, KeepHeadcount))


@pytest.mark.parametrize("act", [Act.STATUS, Act.WAVE, Act.TREND, Act.REMIND, Act.REMIND_NOW])
def test_no_screen_tells_apart_what_the_rule_does_not(act: Act) -> None:
    seen: dict[object, tuple[object, ...]] = {}
    for completed, unfinished, declined in TABLES:
        wave = replace(WAVE, due=13, completed=completed, unfinished=unfinished, declined=declined)
        here = Following(NAIROBI, NOW, (wave,), joined=13, came=(0, completed))
        shown = screen(act, here)
        assert shown
        assert seen.setdefault(told(wave), shown) == shown
    assert len(seen) > 3


def test_nor_does_the_overview_of_the_people() -> None:
    seen: dict[object, tuple[object, ...]] = {}
    for left, unreachable, paused in TABLES:
        count = Headcount(NOW, 13 - left - unreachable - paused, 0, paused, unreachable, left)
        shown = screen(Act.STATUS, Following(NAIROBI, NOW, joined=13, headcount=count, fresh=True))
        assert seen.setdefault(spread(count.parts), shown) == shown
    assert len(seen) > 3


def test_a_summary_of_a_small_wave_says_nothing_of_answers() -> None:
    small = replace(WAVE, due=9, unfinished=0, declined=0)
    waves = [replace(small, completed=completed) for completed in range(10)]
    for act in (Act.STATUS, Act.WAVE, Act.REMIND, Act.REMIND_NOW):
        assert len({screen(act, Following(NAIROBI, NOW, (wave,), joined=9)) for wave in waves}) == 1

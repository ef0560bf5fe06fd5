"""Digests that are planned by a cron expression: read into dates where the event is, or refused with a remedy."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.workbook import ContentError
from conversations.linking import SLOTS, as_wanted
from conversations.model import Event
from conversations.schedule import plan
from conversations.timing import Anchor, TouchpointKind
from tests.workbook.conftest import english, scheduled, with_settings

Reader = Callable[[str], Event]
Refuser = Callable[[str], tuple[ContentError, ...]]

WEEK_1 = "survey | week_1 | enrolment | 7 days"
DIGESTS = frozenset({TouchpointKind.DIGEST})


def by_cron(expression: str, until: str = "8 weeks", anchor: str = "event_end") -> str:
    return f"digest | | {anchor} | 1 day | | | {expression} | {until}"


def times(event: Event) -> list[datetime]:
    """When its digests come, by the clock where the event is."""
    begins = datetime.combine(event.start, time(), ZoneInfo(event.timezone))
    planned = plan(event, DIGESTS, begins, event.timezone)
    return [each.due.astimezone(ZoneInfo(event.timezone)).replace(tzinfo=None) for each in planned]


def test_every_friday_at_noon_is_what_the_usual_columns_say_as_well(event_of: Reader) -> None:
    cron = event_of(scheduled(WEEK_1, by_cron("0 12 * * fri")))
    usual = event_of(scheduled(WEEK_1, "digest | | event_end | 1 day | 12:00 | fri | 1 week | 8 weeks"))
    found = times(cron)
    assert found == times(usual)[: len(found)]
    assert len(found) >= 7
    assert {(each.weekday(), each.time()) for each in found} == {(4, time(12))}


@pytest.mark.parametrize(("number", "weekday"), [("0", 6), ("7", 6), ("1", 0), ("5", 4)])
def test_numbers_of_days_are_those_of_crontab_where_sunday_is_the_first(
    number: str, weekday: int, event_of: Reader
) -> None:
    assert {each.weekday() for each in times(event_of(scheduled(WEEK_1, by_cron(f"30 9 * * {number}"))))} == {weekday}


def test_the_first_of_each_month_and_the_first_monday_of_each_month(event_of: Reader) -> None:
    first = times(event_of(scheduled(WEEK_1, by_cron("0 9 1 * *", "6 months"))))
    assert len(first) == 6
    assert {each.day for each in first} == {1}
    mondays = times(event_of(scheduled(WEEK_1, by_cron("0 9 1-7 * mon", "6 months"))))
    assert {(each.weekday(), each.day <= 7) for each in mondays} == {(0, True)}


def test_a_group_moves_them_to_its_own_day_like_any_other_digest(event_of: Reader) -> None:
    event = event_of(scheduled(WEEK_1, by_cron("0 12 * * fri")))
    moved = times(as_wanted(event, SLOTS[0]))
    assert {(each.weekday(), each.time()) for each in moved} == {(0, time(9))}
    assert [after - before for before, after in zip(times(event), moved, strict=True)] == [
        timedelta(days=3, hours=-3)
    ] * len(moved)


def test_each_is_a_row_with_a_date_that_counts_on(event_of: Reader) -> None:
    event = event_of(scheduled(WEEK_1, by_cron("0 12 * * fri", anchor="2026-11-13")))
    rows = [each for each in event.schedule if each.kind is TouchpointKind.DIGEST]
    assert {each.anchor for each in rows} == {Anchor.DATE}
    assert all(after.on - before.on == timedelta(days=7) for before, after in pairwise(rows))  # type: ignore[operator]
    assert rows[0].on == date(2026, 11, 20)


FAULTS = (
    (by_cron("0 12 * * mon,thu"), "every", "twice in a week", "one day of the week"),
    (by_cron("0 12 * * *"), "every", "twice in a week", "one day of the week"),
    (by_cron("* * * * *"), "every", "twice in a week", "one day of the week"),
    (by_cron("0 25 * * fri"), "every", "'25' is not understood", "0 12 * * fri"),
    (by_cron("0 12 * * friday-noon"), "every", "'friday-noon' is not understood", "0 12 * * fri"),
    (by_cron("0 12 * * sun-mon"), "every", "'sun-mon' is not understood", "0 12 * * fri"),
    (by_cron("twelve on the next friday"), "every", "'twelve' is not understood", "0 12 * * fri"),
    (by_cron("0 12 31 2 *"), "every", "never comes between", "another expression"),
    (by_cron("0 22 * * fri"), "every", "at 22:00, in the quiet hours", "before 20:00"),
    (by_cron("0 12 * * fri", ""), "until", "repeated for ever", "54 weeks"),
    (by_cron("0 12 * * fri", anchor="enrolment"), "anchor", "counts from a date", "event_end"),
    (by_cron("0 12 * * fri", anchor="week_1"), "anchor", "no answer of one person", "event_end"),
    ("survey | month_1 | event_end | 1 day | | | 0 12 * * fri | 8 weeks", "every", "only digests", "1 week"),
    ("digest | | event_end | 1 day | 10:00 | | 0 12 * * fri | 8 weeks", "time", "says that already", "empty"),
    ("digest | | event_end | 1 day | | mon | 0 12 * * fri | 8 weeks", "weekdays", "says that already", "empty"),
)  # fmt: skip


@pytest.mark.parametrize(("row", "column", "problem", "remedy"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_what_cannot_be_planned_is_named_with_a_remedy(
    row: str, column: str, problem: str, remedy: str, faults_of: Refuser
) -> None:
    [fault] = faults_of(scheduled(WEEK_1, row))
    assert (fault.sheet, fault.column) == ("schedule", column)
    assert problem in english(fault.problem)
    assert remedy in english(fault.remedy)


def test_days_on_which_the_event_sends_nothing_are_named(faults_of: Refuser) -> None:
    text = with_settings("weekdays | mon-thu", text=scheduled(WEEK_1, by_cron("0 12 * * fri")))
    [fault] = faults_of(text)
    assert "nothing is sent" in english(fault.problem)

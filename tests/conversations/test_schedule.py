"""When things are due: the calendar, the clocks, and what a year holds for whoever joins, early or late."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.days import in_utc
from conversations.schedule import Planned, Who, plan, plan_whole
from conversations.timing import DAY_BEGINS, DAY_ENDS, Anchor, Touchpoint, TouchpointKind
from tests.conversations.samples import distance, event_with, sample_event, touchpoint
from tests.conversations.year_calendar import check
from tests.conversations.year_witness import Broken

PERSONAL = frozenset({TouchpointKind.REFRESHER, TouchpointKind.SURVEY})
REAL_ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("posix", "right")))


def due_in(zone: str, joined: datetime, *rows: Touchpoint) -> list[datetime]:
    """When those rows fall due, as the clocks in that zone show it (naive)."""
    planned = plan(event_with(*rows), PERSONAL, joined, zone)
    return [each.due.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for each in planned]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def test_ten_o_clock_is_ten_o_clock_where_the_person_lives() -> None:
    joined = utc(2026, 11, 16, 22, 30)  # the 17th already in Nairobi
    assert due_in("Africa/Nairobi", joined, touchpoint(offset="3 days")) == [datetime(2026, 11, 20, 10)]
    assert due_in("Africa/Dakar", joined, touchpoint(offset="3 days")) == [datetime(2026, 11, 19, 10)]


@pytest.mark.parametrize(
    ("zone", "joined", "offset", "due"),
    [
        # clocks go forward on 29 March, and back on 25 October
        ("Europe/Paris", utc(2026, 3, 27, 9), "3 days", utc(2026, 3, 30, 8)),
        ("Europe/Paris", utc(2026, 3, 27, 9), "1 day", utc(2026, 3, 28, 9)),
        ("Europe/Paris", utc(2026, 10, 23, 9), "3 days", utc(2026, 10, 26, 9)),
        # south of the equator the other way round
        ("America/Santiago", utc(2026, 9, 4, 12), "3 days", utc(2026, 9, 7, 13)),
        # Morocco sets its clocks back for Ramadan
        ("Africa/Casablanca", utc(2026, 2, 13, 9), "3 days", utc(2026, 2, 16, 10)),
    ],
)
def test_the_hour_stays_across_a_change_of_the_clocks(zone: str, joined: datetime, offset: str, due: datetime) -> None:
    planned = plan(event_with(touchpoint(offset=offset)), PERSONAL, joined, zone)
    assert [each.due for each in planned] == [due]
    assert due.astimezone(ZoneInfo(zone)).time() == time(10)


def test_a_skipped_hour_moves_on_and_a_doubled_hour_is_its_first() -> None:
    assert in_utc(datetime(2026, 3, 29, 2, 30), "Europe/Paris") == utc(2026, 3, 29, 1, 30)  # shown as 03:30
    assert in_utc(datetime(2026, 10, 25, 2, 30), "Europe/Paris") == utc(2026, 10, 25, 0, 30)  # still summer time
    # Samoa went over the date line, and had no 30 December 2011
    assert in_utc(datetime(2011, 12, 30, 12), "Pacific/Apia") == utc(2011, 12, 30, 22)


def test_times_of_a_span_that_a_change_skips_move_on_past_its_end() -> None:
    # The station of Troll goes from one o'clock straight to three.
    row = touchpoint(time=time(0, 15), time_until=time(3, 30))
    event = event_with(row)
    joined = utc(2026, 3, 26, 12)
    plans = [plan(event, PERSONAL, joined, "Antarctica/Troll", who=Who(seed=seed)) for seed in range(200)]
    dues = {each.due for (each,) in plans}
    assert utc(2026, 3, 29, 0, 15) <= min(dues) < utc(2026, 3, 29, 1)
    assert utc(2026, 3, 29, 2) < max(dues) < utc(2026, 3, 29, 3), "two hours on, as every time that is skipped"
    check(event, joined, "Antarctica/Troll", [Planned(row.kind, row.name, 0, max(dues), None)])
    with pytest.raises(Broken, match="no time of its"):
        check(event, joined, "Antarctica/Troll", [Planned(row.kind, row.name, 0, utc(2026, 3, 29, 3), None)])


@pytest.mark.parametrize(
    ("joined", "offset", "due"),
    [
        (utc(2027, 1, 31, 12), "1 month", datetime(2027, 2, 28, 10)),
        (utc(2028, 1, 31, 12), "1 month", datetime(2028, 2, 29, 10)),
        (utc(2028, 2, 29, 12), "12 months", datetime(2029, 2, 28, 10)),
        (utc(2028, 2, 29, 12), "48 months", datetime(2032, 2, 29, 10)),
        (utc(2026, 12, 31, 12), "2 months", datetime(2027, 2, 28, 10)),
        (utc(2026, 11, 30, 12), "1 month", datetime(2026, 12, 30, 10)),
        (utc(2026, 12, 15, 12), "1 month", datetime(2027, 1, 15, 10)),
        (utc(2026, 11, 16, 12), "13 months", datetime(2027, 12, 16, 10)),
        (utc(2026, 12, 31, 12), "52 weeks", datetime(2027, 12, 30, 10)),
        (utc(2028, 2, 28, 12), "1 day", datetime(2028, 2, 29, 10)),
    ],
)
def test_months_end_where_the_calendar_ends_them(joined: datetime, offset: str, due: datetime) -> None:
    assert due_in("Africa/Dakar", joined, touchpoint(offset=offset)) == [due]


def test_a_monthly_thing_on_the_31st_comes_back_to_the_31st() -> None:
    monthly = touchpoint(offset="1 month", every=distance("1 month"), until=distance("6 months"))
    days = [each.date() for each in due_in("Africa/Dakar", utc(2027, 12, 31, 12), monthly)]
    ends = ((1, 31), (2, 29), (3, 31), (4, 30), (5, 31), (6, 30))
    assert days == [date(2028, month, day) for month, day in ends]


def test_minutes_and_hours_keep_the_moment_of_joining() -> None:
    rows = (touchpoint(offset="90 minutes", time=None), touchpoint(offset="2 hours", time=None))
    joined = utc(2026, 11, 16, 9, 13)
    assert [each.due for each in plan(event_with(*rows), PERSONAL, joined, "Asia/Kathmandu")] == [
        joined + timedelta(minutes=90),
        joined + timedelta(hours=2),
    ]


def test_anchors() -> None:
    joined = utc(2026, 11, 1, 12)
    rows = (
        touchpoint(offset="1 day", anchor=Anchor.EVENT_START),
        touchpoint(offset="1 day", anchor=Anchor.EVENT_END),
        touchpoint(offset="0 days", anchor=Anchor.DATE, on=date(2027, 3, 1), time=None),
    )
    assert due_in("Africa/Harare", joined, *rows) == [
        datetime(2026, 11, 11, 10),
        datetime(2026, 11, 14, 10),
        datetime(2027, 3, 1, 8),
    ]


def test_occurrences_count_what_has_the_same_name_and_late_joiners_keep_the_numbers() -> None:
    weekly = touchpoint(offset="1 week", anchor=Anchor.EVENT_END, every=distance("1 week"), until=distance("4 weeks"))
    once_more = touchpoint(offset="5 weeks", anchor=Anchor.EVENT_END)
    early = plan(event_with(weekly, once_more), PERSONAL, utc(2026, 11, 13), "Africa/Nairobi")
    assert [each.occurrence for each in early] == [0, 1, 2, 3, 4]
    late = plan(event_with(weekly, once_more), PERSONAL, utc(2026, 12, 1, 12), "Africa/Nairobi")
    assert late == early[2:]


@pytest.mark.parametrize(
    ("window", "hours_late", "theirs"),
    [
        (None, 11, True),
        (None, 13, False),
        ("3 days", 71, True),
        ("3 days", 72, False),
        ("2 hours", 3, False),
    ],
)
def test_what_was_due_before_somebody_joined(window: str | None, hours_late: int, theirs: bool) -> None:
    row = touchpoint(
        offset="0 days", anchor=Anchor.DATE, on=date(2026, 11, 20), window=distance(window) if window else None
    )
    due = in_utc(datetime(2026, 11, 20, 10), "Africa/Nairobi")
    planned = plan(event_with(row), PERSONAL, due + timedelta(hours=hours_late), "Africa/Nairobi")
    assert [each.due for each in planned] == ([due] if theirs else [])
    whole = plan_whole(event_with(row), PERSONAL, due + timedelta(hours=hours_late), "Africa/Nairobi")
    assert [each.due for each in whole] == [due]


def test_a_window_ends_that_long_after_the_time_itself() -> None:
    row = touchpoint(window=distance("2 weeks"))
    (planned,) = plan(event_with(row), PERSONAL, utc(2026, 11, 16, 9), "Africa/Nairobi")
    assert planned.expires == planned.due + timedelta(weeks=2)


def test_only_the_kinds_that_were_asked_for() -> None:
    event = sample_event()
    everything = plan(event, frozenset(TouchpointKind), utc(2026, 11, 16, 9), "Africa/Nairobi")
    personal = plan(event, PERSONAL, utc(2026, 11, 16, 9), "Africa/Nairobi")
    digests = plan(event, frozenset({TouchpointKind.DIGEST}), utc(2026, 11, 16, 9), "Africa/Nairobi")
    assert len(personal) == sum(row.kind is not TouchpointKind.DIGEST for row in event.schedule)
    assert len(digests) == 53  # weekly, from two weeks to 54 weeks
    assert sorted([*personal, *digests], key=lambda each: each.due) == sorted(everything, key=lambda each: each.due)


joining_times = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31)).map(lambda naive: naive.replace(tzinfo=UTC))
zones = st.sampled_from(REAL_ZONES)


@settings(max_examples=120, deadline=None)
@given(joining_times, zones)
def test_the_sample_event_holds_in_every_zone_at_any_time(joined: datetime, zone: str) -> None:
    planned = plan(sample_event(), PERSONAL, joined, zone)
    # Four surveys, the next nudge of the ladder, and those recall checks that are not over, or the newest of them.
    assert 6 <= len(planned) <= 8
    assert len({(each.kind, each.name, each.occurrence) for each in planned}) == len(planned)
    assert all(earlier.due <= later.due for earlier, later in pairwise(planned))
    assert all((each.expires or each.due) > joined and each.due.tzinfo is UTC for each in planned)
    assert all(_by_day(each, zone) for each in planned)
    assert plan(sample_event(), PERSONAL, joined, zone) == planned


def _by_day(planned: Planned, zone: str) -> bool:
    return DAY_BEGINS <= planned.due.astimezone(ZoneInfo(zone)).time() < DAY_ENDS

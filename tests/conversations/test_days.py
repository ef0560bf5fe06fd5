"""Days on which something may be sent, and when the next one begins: holidays, rest, and clocks that change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from conversations.days import Hours, Rests, country_of, hours_of, in_utc, is_public_holiday, next_open, resting
from conversations.timing import Policy, Rest
from tests.conversations.year_witness import countries

ANY_DAY = Policy(public_holidays=False)
MONDAY = date(2026, 11, 16)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Africa/Nairobi", "KE"),
        ("Africa/Abidjan", "CI"),
        ("Africa/Dakar", "SN"),  # which the tz database links to Abidjan
        ("Europe/Kyiv", "UA"),
        ("Europe/Kiev", "UA"),
        ("Asia/Calcutta", "IN"),
        ("US/Pacific", "US"),
        ("Antarctica/Troll", ""),
        ("UTC", ""),
        ("Etc/GMT+5", ""),
    ],
)
def test_the_country_of_a_zone(zone: str, country: str) -> None:
    assert country_of(zone) == country


def test_every_zone_lies_where_the_tz_database_has_it() -> None:
    zones = available_timezones() - {"localtime"}
    assert {zone: country_of(zone) for zone in zones} == {zone: countries().get(zone, "") for zone in zones}


@pytest.mark.parametrize(
    ("country", "day", "is_one"),
    [
        ("KE", date(2026, 10, 20), True),  # Mashujaa Day
        ("KE", date(2026, 12, 12), True),  # Jamhuri Day
        ("KE", date(2026, 8, 7), False),
        ("CI", date(2026, 8, 7), True),  # Independence Day
        ("CI", date(2026, 10, 20), False),
        ("CI", date(2027, 3, 29), True),  # Easter Monday: another day each year
        ("CI", date(2026, 3, 29), False),
        ("XX", date(2026, 12, 25), False),
        ("", date(2026, 12, 25), False),
    ],
)
def test_public_holidays(country: str, day: date, is_one: bool) -> None:
    assert is_public_holiday(day, country) is is_one


def test_a_holiday_is_one_where_the_person_lives_and_only_if_the_pack_says_so() -> None:
    heroes = date(2026, 10, 20)
    assert hours_of(heroes, "Africa/Nairobi", Policy()) is Rests.HOLIDAY
    assert hours_of(heroes, "Africa/Abidjan", Policy()) == Hours(time(8), time(20))
    assert hours_of(heroes, "Africa/Nairobi", ANY_DAY) == Hours(time(8), time(20))
    assert hours_of(date(2026, 12, 25), "UTC", Policy()) == Hours(time(8), time(20))


def test_weekdays_of_the_policy_and_of_the_row_have_to_agree() -> None:
    working = Policy(weekdays=(0, 1, 2, 3, 4), public_holidays=False)
    found = [hours_of(MONDAY + timedelta(days=ahead), "UTC", working, (4, 5)) for ahead in range(7)]
    assert [each for each, said in enumerate(found) if said is not Rests.WEEKDAY] == [4]


@pytest.mark.parametrize(
    ("rests", "said"),
    [
        ((Rest(MONDAY, MONDAY),), Rests.REST),
        ((Rest(MONDAY - timedelta(days=3), MONDAY + timedelta(days=3)),), Rests.REST),
        ((Rest(MONDAY + timedelta(days=1), MONDAY + timedelta(days=1)),), Hours(time(8), time(20))),
        ((Rest(MONDAY, MONDAY, countries=("CI", "KE")),), Rests.REST),
        ((Rest(MONDAY, MONDAY, countries=("CI",)),), Hours(time(8), time(20))),
        ((Rest(MONDAY, MONDAY, time(10), time(12)),), Hours(time(10), time(12))),
        ((Rest(MONDAY, MONDAY, time(6), time(23)),), Hours(time(8), time(20))),  # no rest lengthens a day
        (
            (Rest(MONDAY, MONDAY, time(9), time(17)), Rest(MONDAY, MONDAY, time(12), time(19))),
            Hours(time(12), time(17)),
        ),
        ((Rest(MONDAY, MONDAY, time(9), time(12)), Rest(MONDAY, MONDAY, time(12), time(19))), Rests.REST),
        ((Rest(MONDAY, MONDAY, time(21), time(22)),), Rests.REST),
    ],
)
def test_days_of_rest(rests: tuple[Rest, ...], said: Hours | Rests) -> None:
    assert hours_of(MONDAY, "Africa/Nairobi", Policy(public_holidays=False, rest=rests)) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (utc(2026, 11, 16, 6, 59, 59), Rests.NIGHT),
        (utc(2026, 11, 16, 7), None),
        (utc(2026, 11, 16, 18, 59, 59), None),
        (utc(2026, 11, 16, 19), Rests.NIGHT),
    ],
)
def test_the_edges_of_the_night(at: datetime, said: Rests | None) -> None:
    assert resting(at, "Europe/Paris", ANY_DAY) is said


@pytest.mark.parametrize(
    ("zone", "earliest", "opens"),
    [
        ("Europe/Paris", utc(2026, 3, 28, 21), utc(2026, 3, 29, 6)),  # the short night
        ("Europe/Paris", utc(2026, 10, 24, 21), utc(2026, 10, 25, 7)),  # and the long one
        ("Australia/Lord_Howe", utc(2026, 4, 4, 12), utc(2026, 4, 4, 21, 30)),  # longer by half an hour
        ("Antarctica/Troll", utc(2026, 3, 28, 21), utc(2026, 3, 29, 6)),  # shorter by two
        ("Pacific/Apia", utc(2011, 12, 30, 8), utc(2011, 12, 30, 18)),  # the 29th, and then the 31st
        ("Pacific/Kwajalein", utc(1993, 8, 21, 9), utc(1993, 8, 21, 20)),  # the 20th, and then the 22nd
        ("Europe/Paris", utc(2026, 11, 16, 12), utc(2026, 11, 16, 12)),
    ],
)
def test_when_the_next_day_begins(zone: str, earliest: datetime, opens: datetime) -> None:
    assert next_open(earliest, zone, ANY_DAY) == opens
    assert resting(opens, zone, ANY_DAY) is None


def test_hours_that_a_change_of_the_clocks_skips() -> None:
    in_the_gap = Policy(day_begins=time(2, 15), day_ends=time(2, 45), public_holidays=False)
    around_it = Policy(day_begins=time(2, 15), day_ends=time(5), public_holidays=False)
    eve = utc(2026, 3, 28, 22)
    assert next_open(eve, "Europe/Paris", in_the_gap) == utc(2026, 3, 30, 0, 15)
    assert next_open(eve, "Europe/Paris", around_it) == utc(2026, 3, 29, 1, 15)  # shown as 03:15
    assert next_open(eve, "Europe/Paris", around_it, at=time(2, 30)) == utc(2026, 3, 29, 1, 30)


def test_hours_that_come_twice_begin_with_the_first() -> None:
    doubled = Policy(day_begins=time(2, 15), day_ends=time(2, 45), public_holidays=False)
    assert next_open(utc(2026, 10, 24, 22), "Europe/Paris", doubled) == utc(2026, 10, 25, 0, 15)
    assert next_open(utc(2026, 10, 25, 1, 20), "Europe/Paris", doubled) == utc(2026, 10, 25, 1, 20)


def test_a_day_that_is_skipped_is_neither_a_holiday_nor_a_weekday() -> None:
    fridays, skipped = Policy(weekdays=(4,), public_holidays=False), date(2011, 12, 30)
    assert skipped.weekday() == 4
    opens = next_open(utc(2011, 12, 30, 8), "Pacific/Apia", fridays)
    assert opens is not None
    assert opens.astimezone(ZoneInfo("Pacific/Apia")) == datetime(2012, 1, 6, 8, tzinfo=ZoneInfo("Pacific/Apia"))


@pytest.mark.parametrize(
    ("at", "begins"),
    [(time(15, 30), time(15, 30)), (time(8), time(8)), (time(20), time(8)), (time(3), time(8)), (None, time(8))],
)
def test_what_waits_for_another_day_keeps_its_own_time_where_the_day_has_it(at: time | None, begins: time) -> None:
    night = utc(2026, 11, 16, 22)
    assert next_open(night, "Africa/Abidjan", ANY_DAY, at=at) == datetime.combine(date(2026, 11, 17), begins, UTC)


def test_what_waits_on_its_own_day_does_not_go_back_to_its_time() -> None:
    assert next_open(utc(2026, 11, 16, 16), "UTC", ANY_DAY, at=time(10)) == utc(2026, 11, 16, 16)


def test_where_no_day_will_do() -> None:
    assert next_open(utc(2026, 11, 16), "UTC", Policy(weekdays=(5, 6)), (0, 1)) is None
    assert next_open(utc(2026, 11, 16), "UTC", Policy(rest=(Rest(date(2026, 1, 1), date(2029, 1, 1)),))) is None


def test_a_holiday_in_the_way_is_stepped_over() -> None:
    christmas = utc(2026, 12, 24, 18)  # 21:00 in Nairobi; Boxing Day follows
    assert next_open(christmas, "Africa/Nairobi", Policy()) == in_utc(datetime(2026, 12, 27, 8), "Africa/Nairobi")

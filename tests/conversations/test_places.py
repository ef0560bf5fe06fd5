"""Where somebody lives, told by the time on their clock or by their country."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.places import zone_at, zone_of_profile, zones_of
from tests.conversations.samples import sample_event

NINE = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ZONES = ("Africa/Nairobi", "Africa/Lagos", "Africa/Dakar", "Africa/Harare")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("12:00", "Africa/Nairobi"),
        ("12h", "Africa/Nairobi"),
        ("12 h 04", "Africa/Nairobi"),
        ("11.57", "Africa/Nairobi"),
        ("12", "Africa/Nairobi"),
        ("12 pm", "Africa/Nairobi"),
        ("12:03 P.M.", "Africa/Nairobi"),
        ("10h00", "Africa/Lagos"),
        ("10:07 am", "Africa/Lagos"),
        ("09:00", "Africa/Dakar"),
        ("11:00", "Africa/Harare"),
        # outside the countries of the event: whole hours from UTC (named after POSIX, so with the sign turned round)
        ("8:00", "Etc/GMT+1"),
        ("13:00", "Etc/GMT-4"),
        ("5 pm", "Etc/GMT-8"),
        ("12 am", "Etc/GMT+9"),
        ("23:00", "Etc/GMT+10"),
        # half-hours and quarters that whole countries go by
        ("14:30", "Asia/Kolkata"),
        ("14:45", "Asia/Kathmandu"),
        ("12:30", "Asia/Tehran"),
        ("13:30", "Asia/Kabul"),
        ("15:30", "Asia/Yangon"),
        ("18:30", "Australia/Darwin"),
        ("19:30", "Australia/Adelaide"),
        ("5:30", "America/St_Johns"),
        ("23:30", "Pacific/Marquesas"),
        # a quarter that nobody lives by is a clock that goes wrong
        ("9:15", "Etc/GMT"),
        ("12:15", "Etc/GMT-3"),
    ],
)
def test_the_time_on_a_clock(typed: str, zone: str) -> None:
    assert zone_at(typed, NINE, ZONES) == zone


@pytest.mark.parametrize(
    "typed", ["", "noon", "24:00", "25h", "12:60", "12:5", "1200", "12:00:00", "-3:00", "12:00 Uhr", "::", "am", "²:00"]
)
def test_no_time_of_day(typed: str) -> None:
    assert zone_at(typed, NINE, ZONES) is None


@pytest.mark.parametrize(("month", "typed"), [(1, "5:30"), (7, "6:30")])
def test_saint_johns_in_winter_and_in_summer(month: int, typed: str) -> None:
    assert zone_at(typed, datetime(2026, month, 16, 9, 0, tzinfo=UTC), ZONES) == "America/St_Johns"


def test_a_zone_of_the_event_counts_more_than_one_of_elsewhere() -> None:
    assert zone_at("14:30", NINE, (*ZONES, "Asia/Colombo")) == "Asia/Colombo"


@pytest.mark.parametrize("month", range(1, 13))
def test_a_whole_hour_is_never_taken_for_a_country_of_halves(month: int) -> None:
    now = datetime(2026, month, 16, 9, 0, tzinfo=UTC)
    found = {zone_at(f"{hour}:00", now, ()) for hour in range(24)}
    assert all(zone is not None and zone.startswith("Etc/GMT") for zone in found)


def test_midnight_between_here_and_there_makes_no_difference() -> None:
    late = datetime(2026, 11, 16, 22, 30, tzinfo=UTC)
    assert zone_at("1:30", late, ZONES) == "Africa/Nairobi"
    early = datetime(2026, 11, 16, 0, 10, tzinfo=UTC)
    assert zone_at("20:10", early, ZONES) == "Etc/GMT+4"


def test_without_zones_greenwich_has_a_name_of_its_own() -> None:
    assert zone_at("9:05", NINE, ()) == "Etc/GMT"


@settings(deadline=None)
@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.integers(-47, 47), st.integers(-7, 7))
def test_the_zone_found_shows_that_time_within_half_an_hour(moment: datetime, quarters: int, wrong: int) -> None:
    now = moment.replace(tzinfo=UTC)
    shown = now + timedelta(minutes=15 * quarters + wrong)
    zone = zone_at(f"{shown:%H:%M}", now, ZONES)
    assert zone is not None
    local = now.astimezone(ZoneInfo(zone))
    apart = abs((local.hour * 60 + local.minute) - (shown.hour * 60 + shown.minute))
    assert min(apart, 1440 - apart) <= 30 + abs(wrong)


@given(st.text(max_size=20))
def test_any_text_is_a_zone_that_exists_or_nothing(text: str) -> None:
    zone = zone_at(text, NINE, ZONES)
    assert zone is None or ZoneInfo(zone)


def test_a_country_gives_its_main_zone_and_no_country_that_of_the_event() -> None:
    event = sample_event()
    assert zone_of_profile(event, {"country": "cd"}) == "Africa/Kinshasa"
    assert zone_of_profile(event, {"country": "other"}) == event.timezone
    assert zone_of_profile(event, {}) == event.timezone
    assert zones_of(event)[0] == event.timezone
    assert "Africa/Lubumbashi" in zones_of(event)
    assert len(set(zones_of(event))) == len(zones_of(event))

"""A person's days: which of them are free of messages, and between which hours of the others something may be sent."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from babel.core import get_global

from conversations.timing import Policy


class Rests(StrEnum):
    """Why nothing is sent at some time of some day."""

    NIGHT = "night"
    WEEKDAY = "weekday"
    HOLIDAY = "holiday"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Hours:
    """From `begins` up to `ends`, local time."""

    begins: time
    ends: time


def in_utc(local: datetime, zone: str) -> datetime:
    """The instant of a naive local time; the first of two where clocks were set back."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def country_of(zone: str) -> str:
    """The ISO 3166 code of the country that an IANA zone lies in, by old names too; "" for zones of no country."""
    found: str = get_global("zone_territories").get(get_global("zone_aliases").get(zone, zone), "")
    return "" if found in _NO_COUNTRY else found


_NO_COUNTRY = frozenset({"001", "ZZ"})
"""What CLDR says of zones that lie nowhere, or in the whole world."""


def hours_of(day: date, zone: str, policy: Policy, weekdays: tuple[int, ...] = ()) -> Hours | Rests:
    """The hours of that local day in which something may be sent, or why there are none.

    `weekdays` (0 is Monday; empty for all) narrow those of the policy.
    """
    if day.weekday() not in policy.weekdays or (weekdays and day.weekday() not in weekdays):
        return Rests.WEEKDAY
    country = country_of(zone)
    if policy.public_holidays and is_public_holiday(day, country):
        return Rests.HOLIDAY
    begins, ends = policy.day_begins, policy.day_ends
    for rest in policy.rest:
        if rest.first <= day <= rest.last and (not rest.countries or country in rest.countries):
            if rest.begins is None or rest.ends is None:
                return Rests.REST
            begins, ends = max(begins, rest.begins), min(ends, rest.ends)
    return Hours(begins, ends) if begins < ends else Rests.REST


def resting(at: datetime, zone: str, policy: Policy, weekdays: tuple[int, ...] = ()) -> Rests | None:
    """Why nothing is sent at that instant there; None when something may be."""
    local = at.astimezone(ZoneInfo(zone))
    hours = hours_of(local.date(), zone, policy, weekdays)
    if isinstance(hours, Rests):
        return hours
    return None if hours.begins <= local.time() < hours.ends else Rests.NIGHT


def is_public_holiday(day: date, country: str) -> bool:
    """Whether that day is a public holiday in the whole of that country, as far as the holidays library knows."""
    return day in _public_holidays(country, day.year)


@lru_cache(maxsize=1024)
def _public_holidays(country: str, year: int) -> frozenset[date]:
    if not country:
        return frozenset()
    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:  # a country that the library does not know
        return frozenset()


def next_open(  # the bounds of one search
    earliest: datetime, zone: str, policy: Policy, weekdays: tuple[int, ...] = (), at: time | None = None
) -> datetime | None:
    """The first instant (UTC) from `earliest` on at which something may be sent there; None when no day will do.

    On its day it waits for the local time `at` (within that day's hours), so that what is moved to another day keeps
    its own time.
    """
    first = earliest.astimezone(ZoneInfo(zone)).date()
    for ahead in range(_MOST_DAYS):
        day = first + timedelta(days=ahead)
        hours = hours_of(day, zone, policy, weekdays)
        if isinstance(hours, Rests):
            continue
        own = at if at is not None and hours.begins <= at < hours.ends else hours.begins
        found = max(in_utc(datetime.combine(day, own), zone), earliest)
        # Looked at once more as an instant: clocks that change make some local times another one, or none.
        if resting(found, zone, policy, weekdays) is None:
            return found
    return None


_MOST_DAYS = 400
"""Days that are searched: a policy that allows none of so many allows none."""

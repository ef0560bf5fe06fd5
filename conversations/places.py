"""Which time zone somebody lives in, from what they told: their country, or the time on their clock."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.model import Event, Question

_TIME = re.compile(r"(?P<hour>\d{1,2})\s*(?:[:h.]\s*(?P<minute>\d{2})?)?\s*(?P<half>[ap])?\.?m?\.?", re.IGNORECASE)
_QUARTER = timedelta(minutes=15)
_UNEVEN = (
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Kabul",
    "Asia/Yangon",
    "Australia/Darwin",
    "Australia/Adelaide",
    "Australia/Eucla",
    "America/St_Johns",
    "Pacific/Marquesas",
)
"""Zones that are never whole hours from UTC, one for each such offset of any season (the first of two counts)."""


def zones_of(event: Event) -> tuple[str, ...]:
    """The zones that people of this event may live in: its own, then those of its countries."""
    countries = (zone for question in event.profile for choice in question.choices for zone in choice.zones)
    return tuple(dict.fromkeys((event.timezone, *countries)))


def country_question(profile: Iterable[Question]) -> Question | None:
    """The question that asks for somebody's country: the first one whose options have zones."""
    return next((each for each in profile if any(choice.zones for choice in each.choices)), None)


def zone_of_profile(event: Event, profile: Mapping[str, str]) -> str:
    """The main zone of the country somebody chose, or the event's own when they chose none."""
    for question in event.profile:
        for choice in question.choices:
            if choice.zones and profile.get(question.name) == choice.name:
                return choice.zones[0]
    return event.timezone


def zone_at(text: str, now: datetime, zones: Iterable[str]) -> str | None:
    """The zone whose clock shows the time in `text` at `now`, to the nearest quarter of an hour.

    One of `zones` when one fits, otherwise one that is half an hour or a quarter off the others, otherwise one of whole
    hours from UTC; None when `text` is no time of day.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004 # the clock's own numbers
        return None
    offset = _offset(timedelta(hours=hour, minutes=minute), now)
    for zone in (*zones, *_UNEVEN):
        if now.astimezone(ZoneInfo(zone)).utcoffset() == offset:
            return zone
    hours = round(offset / timedelta(hours=1))
    # Names of the Etc area count westwards: Etc/GMT-3 is three hours east of Greenwich.
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"


def _offset(shown: timedelta, now: datetime) -> timedelta:
    """How far that clock is ahead of UTC, between -12 and +12 hours, in whole quarters."""
    utc = timedelta(hours=now.hour, minutes=now.minute)
    quarters = round((shown - utc) / _QUARTER)
    day = timedelta(days=1) // _QUARTER
    return ((quarters + day // 2) % day - day // 2) * _QUARTER

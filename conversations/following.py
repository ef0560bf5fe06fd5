"""How an event goes, as a team sees it in a chat: how many take part, and how each wave is answered.

The counts here are exact and stay inside; what is told of them goes through `conversations.disclosure`.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from conversations.days import in_utc
from conversations.disclosure import FEWEST, Span, spread
from conversations.model import Words

ACTIVE_FOR: Final = timedelta(days=30)
"""Somebody is active who spoke or tapped within that time."""
NOT_AGAIN_FOR: Final = timedelta(days=3)
"""A wave is reminded of by hand once in that time, and nobody who was reminded of it within that time is again."""
_AT = time(9)
_NUMBER_BYTES = 6  # a button's numbers have 15 digits at most


class Often(StrEnum):
    """How often somebody of a team gets a summary."""

    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Headcount:
    """Everybody who ever joined, as it was at `counted` (UTC), each counted once: in the first of these that holds.

    They `left` the event; are `unreachable`, as the platform says; have everything `paused`; are `active`, since they
    spoke or tapped within ACTIVE_FOR; are `silent`.
    """

    counted: datetime
    active: int
    silent: int
    paused: int
    unreachable: int
    left: int

    @property
    def whole(self) -> int:
        """All of them."""
        return sum(self.parts)

    @property
    def parts(self) -> tuple[int, ...]:
        """The parts, those that add up to little first: running totals of them say most."""
        return self.left, self.unreachable, self.paused, self.silent, self.active


@dataclass(frozen=True, slots=True)
class Wave:
    """One survey at one occurrence (from 0), in people, as it stood at an instant.

    `began` is the local day on which it was due first. The figures are those of `storage.dispositions`: `unfinished`
    are the partial and broken off ones. `open` tells whether somebody can still answer it, `reminded` (UTC) when a
    coordinator had it reminded of last.
    """

    survey: str
    occurrence: int
    title: Words
    began: date
    due: int
    completed: int
    unfinished: int
    declined: int
    open: bool
    reminded: datetime | None = None

    @property
    def number(self) -> int:
        """What a button calls it: the same for ever, whatever other waves come."""
        return number_of(self.survey, self.occurrence)


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a wave: spans of people that add up to all for whom it was due."""

    completed: Span
    unfinished: Span
    declined: Span
    unopened: Span


@dataclass(frozen=True, slots=True)
class Following:
    """What somebody of a team looks at. `zone` is the event's, an IANA name.

    `midnight` (UTC) is when the `waves` stood so, the newest first. Of the rest only what is looked at is there:
    `joined` counts all who ever joined, now; `headcount` is the one of the day, and `fresh` until it is kept; `came`
    says how many had answered one wave by the end of each of its weeks; `before` is how the waves stood when the last
    summary was sent.
    """

    zone: str
    midnight: datetime
    waves: tuple[Wave, ...] = ()
    joined: int = 0
    headcount: Headcount | None = None
    fresh: bool = False
    often: Often | None = None
    came: tuple[int, ...] = ()
    before: tuple[Wave, ...] = ()

    def wave(self, number: int) -> Wave | None:
        """The wave that a button calls so."""
        return next((each for each in self.waves if each.number == number), None)


def number_of(survey: str, occurrence: int) -> int:
    """What a button calls that wave."""
    return int.from_bytes(sha256(f"{survey}:{occurrence}".encode()).digest()[:_NUMBER_BYTES])


def told(wave: Wave) -> Told | None:
    """What is told of that wave; None when it is due for too few people."""
    if wave.due < FEWEST:
        return None
    unopened = wave.due - wave.completed - wave.unfinished - wave.declined
    return Told(*spread((wave.completed, wave.unfinished, wave.declined, unopened)))


def unanswered(wave: Wave) -> Span:
    """Those who have not answered, finished or not; of a small wave everybody, so that nothing is told."""
    known = told(wave)
    if known is None:
        return Span(0, wave.due)
    return Span(wave.due - known.completed.most, wave.due - known.completed.least)


def is_news(waves: Sequence[Wave], before: Sequence[Wave]) -> bool:
    """Whether anything is told of these waves now that was not told before."""
    heard = {each.number: told(each) for each in before}
    return any(each.number not in heard or heard[each.number] != told(each) for each in waves)


def midnight(now: datetime, zone: str) -> datetime:
    """When (UTC) the local day began there."""
    return in_utc(datetime.combine(now.astimezone(ZoneInfo(zone)).date(), time()), zone)


def same_day(one: datetime, another: datetime, zone: str) -> bool:
    """Whether both instants are of one local day there."""
    place = ZoneInfo(zone)
    return one.astimezone(place).date() == another.astimezone(place).date()


def came_in(answered: Sequence[datetime], began: date, until: datetime, zone: str) -> tuple[int, ...]:
    """How many had answered by the end of each week since the wave began there, up to `until` (UTC).

    `answered` (UTC) are in order. The last week may be a part of one.
    """
    ends: list[datetime] = []
    while not ends or ends[-1] < until:
        day = began + timedelta(weeks=len(ends) + 1)
        ends.append(min(in_utc(datetime.combine(day, time()), zone), until))
    return tuple(bisect_left(answered, end) for end in ends)


def next_summary(often: Often, now: datetime, zone: str) -> datetime:
    """When (UTC) the next summary is due there: at nine in the morning, a weekly one on Monday."""
    day = now.astimezone(ZoneInfo(zone)).date()
    while True:
        at = in_utc(datetime.combine(day, _AT), zone)
        if at > now and (often is Often.DAILY or day.weekday() == 0):
            return at
        day += timedelta(days=1)

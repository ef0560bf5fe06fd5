"""A witness of a simulated year, who knows the promises and none of the code that keeps them.

Local days come from zoneinfo, countries from the zone table of the tz database, holidays from the library itself.
"""

from bisect import insort
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import holidays

from conversations.policy import Decision, Pace, Reason, Wishes
from conversations.timing import Policy, TouchpointKind

WEEK = timedelta(days=7)
BACK_OFF = {2: 7, 3: 14, 4: 28}
LONGEST_BACK_OFF = 56
FINAL = frozenset(
    {
        Reason.LEFT,
        Reason.ANSWERED,
        Reason.DECLINED,
        Reason.NOTHING_LEFT,
        Reason.REPLANNED,
        Reason.UNREACHABLE,
        Reason.NO_CONSENT,
        Reason.TOO_LATE,
    }
)
CLOSED = frozenset({Reason.QUIET_HOURS, Reason.WEEKDAY, Reason.HOLIDAY, Reason.REST})


class Broken(AssertionError):
    """A promise was broken."""


@dataclass(frozen=True, slots=True)
class Moment:
    """All that is so when something falls due, as the story knows it; `weekdays` are those of the row."""

    now: datetime
    zone: str
    policy: Policy
    caps: tuple[int, ...]
    weekdays: frozenset[int]
    wishes: Wishes
    heard: datetime | None
    enrolled: bool
    consented: bool
    reachable: bool
    in_the_middle: bool
    leaving: bool
    begun: bool
    completed: bool
    declined: bool
    announced: bool
    expires: datetime | None
    is_survey_or_reminder: bool
    survey_is_coming: bool


@dataclass(slots=True)
class Witness:
    """Keeps its own record of what was sent, by the instants written down, and speaks up at once."""

    instants: list[datetime] = field(default_factory=list)
    fresh: list[datetime] = field(default_factory=list)
    """The same without reminders: a survey and its reminders are one thing to ignore."""
    sent: set[tuple[str, TouchpointKind, str, int]] = field(default_factory=set)
    reminded: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def decided(self, key: tuple[str, TouchpointKind, str, int], moment: Moment, decision: Decision) -> None:
        """Something was due, and this was decided."""
        if decision.reason is Reason.SENT:
            _insist(decision.again is None, "what is sent is settled")
            self._sent(key, moment)
        elif decision.again is not None:
            _insist(decision.again > moment.now, "put off into the past")
            _insist(moment.expires is None or decision.again < moment.expires, "put off past its end")
            _insist(decision.reason not in FINAL, f"{decision.reason} can only be final")
            _insist(is_open(decision.again, moment), "put off to a time that is closed")
            self._is_true(decision.reason, moment)
        else:
            self._is_true(decision.reason, moment)
            self._had_to_be_held(decision.reason, moment)

    def _sent(self, key: tuple[str, TouchpointKind, str, int], moment: Moment) -> None:
        now = moment.now
        _insist(key not in self.sent, "sent twice")
        _insist(moment.enrolled, "sent after leaving")
        _insist(moment.consented, "sent without consent")
        _insist(moment.reachable, "sent to somebody who cannot be reached")
        _insist(moment.expires is None or now < moment.expires, "sent after its end")
        _insist(moment.wishes.paused_until is None or now >= moment.wishes.paused_until, "sent during a pause")
        _insist(not _is_busy(moment), "sent to somebody in the middle of something")
        _insist(is_open(now, moment), f"sent when nothing may come: {closed(now, moment)}")
        _insist(now >= self._enough(moment), "sent too soon after another one")
        _insist(not self._is_too_many(moment), "sent beyond the weekly cap")
        if key[1] is TouchpointKind.REMINDER:
            self._reminds(key, moment)
        else:
            insort(self.fresh, now)
        self.sent.add(key)
        insort(self.instants, now)

    def _reminds(self, key: tuple[str, TouchpointKind, str, int], moment: Moment) -> None:
        survey = (key[0], key[2], key[3] // 2)
        _insist(moment.announced, "a reminder of what was never sent")
        _insist(not moment.completed, "a reminder of what was answered")
        _insist(not moment.declined, "a reminder of what was declined")
        self.reminded[survey] = self.reminded.get(survey, 0) + 1
        _insist(self.reminded[survey] <= 2, "a third reminder")

    def _enough(self, moment: Moment) -> datetime:
        """From when on its distance from what was sent is long enough."""
        now, gap = moment.now, timedelta(hours=moment.policy.gap_hours)
        near = [each + gap for each in self.instants if abs(now - each) < gap]
        before = [each for each in self.instants if each <= now]
        if before:
            longest = timedelta(days=7) if moment.wishes.pace is Pace.LESS else timedelta(0)
            near.append(before[-1] + max(longest, self._back_off(moment)))
        return max(near, default=now)

    def _back_off(self, moment: Moment) -> timedelta:
        ignored = self._ignored(moment)
        days = BACK_OFF.get(ignored, LONGEST_BACK_OFF) if ignored >= 2 else 0
        return timedelta(days=min(days, 7) if moment.is_survey_or_reminder else days)

    def _ignored(self, moment: Moment) -> int:
        since = [each for each in self.fresh if moment.heard is None or each > moment.heard]
        return sum(moment.now - each >= timedelta(days=1) for each in since)

    def _is_too_many(self, moment: Moment) -> bool:
        now = moment.now
        together = [*(each for each in self.instants if abs(now - each) < WEEK), now]
        cap = allowed(moment)
        return any(sum(first <= each < first + WEEK for each in together) > cap for first in together if first <= now)

    def _is_true(self, reason: Reason, moment: Moment) -> None:
        """Whether the reason that was given for not sending it is so."""
        now, paused = moment.now, moment.wishes.paused_until
        held: dict[Reason, Callable[[], bool]] = {
            Reason.LEFT: lambda: not moment.enrolled,
            Reason.UNREACHABLE: lambda: not moment.reachable,
            Reason.NO_CONSENT: lambda: not moment.consented,
            Reason.TOO_LATE: lambda: moment.expires is not None and now >= moment.expires,
            Reason.ANSWERED: lambda: moment.begun,
            Reason.DECLINED: lambda: moment.declined,
            Reason.NOTHING_LEFT: lambda: True,
            Reason.SURVEY_FIRST: lambda: moment.survey_is_coming,
            Reason.PAUSED: lambda: paused is not None and now < paused,
            Reason.BUSY: lambda: _is_busy(moment),
            Reason.WEEKLY_CAP: lambda: self._is_too_many(moment),
            Reason.TOO_SOON: lambda: now < self._enough(moment) and self._ignored(moment) < 2,
            Reason.UNHEEDED: lambda: now < self._enough(moment) and self._ignored(moment) >= 2,
        }
        is_so = held.get(reason, lambda: reason in CLOSED and closed(now, moment) in {reason, _narrowed(reason)})
        _insist(is_so(), f"{reason} is not so")

    def _had_to_be_held(self, reason: Reason, moment: Moment) -> None:
        """What could have been sent in time is not held back because it had to wait."""
        if reason in FINAL:
            return
        if moment.expires is None:
            open_days = moment.weekdays & frozenset(moment.policy.weekdays)
            _insist(not open_days, f"held for good as {reason}, though it never ends")
        elif reason in CLOSED:
            half_hours = range(min(int((moment.expires - moment.now) / timedelta(minutes=30)) + 1, 96))
            instants = (moment.now + number * timedelta(minutes=30) for number in half_hours)
            missed = next((each for each in instants if each < moment.expires and is_open(each, moment)), None)
            _insist(missed is None, f"held for good as {reason}, though {missed} was open")


def allowed(moment: Moment) -> int:
    """The cap of that moment."""
    lowest = min(moment.caps, default=moment.policy.weekly_cap)
    return {Pace.LESS: 1, Pace.USUAL: lowest, Pace.MORE: lowest + 1}[moment.wishes.pace]


def is_open(at: datetime, moment: Moment) -> bool:
    """Whether something may be sent at that instant, as far as days and hours go."""
    return closed(at, moment) is None


def closed(at: datetime, moment: Moment) -> Reason | None:
    """Why nothing may be sent at that instant there."""
    policy = moment.policy
    local = at.astimezone(ZoneInfo(moment.zone))
    if local.weekday() not in policy.weekdays or local.weekday() not in moment.weekdays:
        return Reason.WEEKDAY
    country = countries().get(moment.zone, "")
    if policy.public_holidays and country and local.date() in public_holidays(country, local.year):
        return Reason.HOLIDAY
    rests = [each for each in policy.rest if each.first <= local.date() <= each.last]
    there = [each for each in rests if not each.countries or country in each.countries]
    if any(not (each.begins and each.ends and each.begins <= local.time() < each.ends) for each in there):
        return Reason.REST
    return None if policy.day_begins <= local.time() < policy.day_ends else Reason.QUIET_HOURS


def _narrowed(reason: Reason) -> Reason:
    """Outside the hours of a day of rest it is night as well."""
    return {Reason.QUIET_HOURS: Reason.REST, Reason.REST: Reason.QUIET_HOURS}.get(reason, reason)


def _is_busy(moment: Moment) -> bool:
    talking = moment.heard is not None and timedelta(0) <= moment.now - moment.heard < timedelta(hours=1)
    return moment.leaving or (moment.in_the_middle and talking)


def _insist(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise Broken(otherwise)


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country, none for one that the library does not know."""
    known = country in holidays.list_supported_countries(include_aliases=False)
    return frozenset(holidays.country_holidays(country, years=year)) if known else frozenset()


_OF_THEIR_OWN = {
    "Africa/Asmera": "ER",
    "Africa/Timbuktu": "ML",
    "America/Coral_Harbour": "CA",
    "America/Coyhaique": "",  # too new for CLDR
    "America/Virgin": "VI",
    "Antarctica/Troll": "",
    "Atlantic/Jan_Mayen": "SJ",
    "Iceland": "IS",
    "Pacific/Ponape": "FM",
    "Pacific/Truk": "FM",
    "Pacific/Yap": "FM",
    **dict.fromkeys(("CST6CDT", "EST5EDT", "MST7MDT", "PST8PDT"), "US"),
}
"""Old names that the tz database merged with a zone in another country, and zones of no country."""


@cache
def countries() -> Mapping[str, str]:
    """The country of each zone, from the tables of the tz database."""
    tables = files("tzdata") / "zoneinfo"
    lines = [line.split("\t") for line in (tables / "zone.tab").read_text().splitlines() if not line.startswith("#")]
    found = {zone: country for country, _, zone, *_ in lines}
    links = [line.split() for line in (tables / "tzdata.zi").read_text().splitlines() if line.startswith("L ")]
    for _ in range(3):  # a link may lead to a link
        for _, target, name in links:
            if target in found:
                found.setdefault(name, found[target])
    return found | _OF_THEIR_OWN

"""The calendar as a picture: months with their years, and marks of which none hides another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.rehearsal.outcomes import Fate, Life, Outcome, Rehearsal
from bot.rehearsal.picture import Axis, shade
from conversations.policy import Reason
from conversations.timing import TouchpointKind

WEEKS = 60


@pytest.fixture
def year(rehearsal: Rehearsal) -> Axis:
    """From November to the January after the next."""
    start, end = datetime(2026, 11, 10, 9, tzinfo=UTC), datetime(2028, 1, 9, 9, tzinfo=UTC)
    return Axis.of(replace(rehearsal, start=start, end=end))


@pytest.fixture
def fates(lives: dict[str, Life]) -> list[Fate]:
    """A refresher and a survey each week, half of them never sent."""
    fate = lives["keen-fr"].fates[0]
    kinds = (TouchpointKind.REFRESHER, TouchpointKind.SURVEY)
    return [
        replace(fate, kind=kind, settled=datetime(2026, 11, 12, 9, tzinfo=UTC) + timedelta(weeks=week), sent=week < 30)
        for week in range(WEEKS)
        for kind in kinds
    ]


def test_the_first_and_the_last_month_and_each_january_have_names(year: Axis) -> None:
    ticks = list(year.ticks())
    always = {(tick.at.year, tick.at.month) for tick in ticks if tick.label == "always"}
    assert always >= {(2026, 11), (2027, 1), (2028, 1)}
    assert [tick.year for tick in ticks if tick.year] == [2026, 2027, 2028]
    assert all(tick.label for tick in ticks), "a wide window has room for all fifteen"
    assert len(always) < 8
    assert (ticks[0].place, ticks[-1].place < 94) == (0, True), "the last name has room to its right"


def test_one_month_is_a_calendar_too(rehearsal: Rehearsal) -> None:
    at = datetime(2027, 3, 8, 9, tzinfo=UTC)
    axis = Axis.of(replace(rehearsal, start=at, end=at))
    [tick] = axis.ticks()
    assert (tick.label, tick.year, tick.place) == ("always", 2027, 0)
    assert 20 < axis.place(at) < 27


def test_many_years_have_names_for_some_months(rehearsal: Rehearsal) -> None:
    end = rehearsal.start + timedelta(days=5 * 365)
    ticks = list(Axis.of(replace(rehearsal, end=end)).ticks())
    assert len(ticks) > 60
    assert sum(tick.label != "" for tick in ticks) <= 20
    assert ticks[-1].label == "always"


def test_no_mark_hides_another(year: Axis, fates: list[Fate]) -> None:
    strip = year.strip(fates)
    assert len(strip.marks) == len(fates)
    for lane, least in (("lane", 1.2), ("narrow", 2.4)):
        lanes: dict[int, list[float]] = {}
        for mark in sorted(strip.marks, key=lambda mark: mark.place):
            lanes.setdefault(getattr(mark, lane), []).append(mark.place)
        assert len(lanes) > 1
        for places in lanes.values():
            assert all(after - before >= least for before, after in pairwise(places))
    assert {mark.lane for mark in strip.marks} == set(range(strip.lanes))
    assert {mark.narrow for mark in strip.marks} == set(range(strip.narrow))


def test_refreshers_stand_above_surveys(year: Axis, fates: list[Fate]) -> None:
    marks = year.strip(fates).marks
    refreshers, surveys = (
        [mark for mark in marks if mark.fate.kind is kind] for kind in (TouchpointKind.REFRESHER, TouchpointKind.SURVEY)
    )
    assert max(mark.lane for mark in refreshers) < min(mark.lane for mark in surveys)
    assert max(mark.narrow for mark in refreshers) < min(mark.narrow for mark in surveys)


def test_nothing_planned_is_one_empty_lane(year: Axis) -> None:
    strip = year.strip(())
    assert (strip.marks, strip.lanes, strip.narrow) == ((), 1, 1)


def test_each_end_has_a_look_of_its_own(fates: list[Fate]) -> None:
    looks = [shade(replace(fates[0], outcome=outcome)) for outcome in Outcome]
    looks.append(shade(replace(fates[0], sent=False, outcome=None, reason=Reason.UNREACHABLE)))
    assert looks == ["answered", "opened", "unopened", "withheld"]
    assert shade(replace(fates[0], kind=TouchpointKind.DIGEST, outcome=None)) == "answered"

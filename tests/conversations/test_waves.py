"""How far from the event the waves of the recall check are planned."""

from dataclasses import replace
from datetime import date, time

import pytest

from conversations.timing import RECALL_CHECK, Anchor, CatchUp, Offset, Policy, Touchpoint, TouchpointKind, Unit
from conversations.waves import Distance, distances
from tests.conversations.samples import event_with


def wave(amount: int, unit: Unit = Unit.DAYS, anchor: Anchor = Anchor.EVENT_END, **more: object) -> Touchpoint:
    made = Touchpoint(TouchpointKind.SURVEY, RECALL_CHECK, anchor, Offset(amount, unit), time=time(10))
    return replace(made, **more)  # type: ignore[arg-type]


def told(*schedule: Touchpoint) -> dict[int, Distance]:
    return dict(distances(event_with(*schedule, start=date(2026, 2, 3), end=date(2026, 2, 5))))


def test_each_row_is_a_wave_and_other_surveys_are_none() -> None:
    other = replace(wave(7), name="after")
    assert told(wave(0), other, wave(30), wave(90)) == {
        0: Distance(0, Anchor.EVENT_END),
        1: Distance(30, Anchor.EVENT_END),
        2: Distance(90, Anchor.EVENT_END),
    }


@pytest.mark.parametrize(
    ("row", "distance"),
    [
        (wave(1, Unit.MONTHS), Distance(28, Anchor.EVENT_END)),
        (wave(0, anchor=Anchor.EVENT_START), Distance(-2, Anchor.EVENT_END)),
        (wave(0, anchor=Anchor.DATE, on=date(2026, 3, 7)), Distance(30, Anchor.EVENT_END)),
        (wave(30, anchor=Anchor.ENROLMENT), Distance(30, Anchor.ENROLMENT)),
        (wave(2, Unit.WEEKS, Anchor.COMPLETION, after="baseline"), Distance(14, Anchor.COMPLETION, "baseline")),
        (wave(30, weekdays=(0,), audience="${language} = 'fr'"), Distance(30, Anchor.EVENT_END)),
    ],
)
def test_a_distance_counts_from_what_the_row_counts_from(row: Touchpoint, distance: Distance) -> None:
    assert told(row) == {0: distance}


def test_a_row_that_repeats_is_several_waves() -> None:
    repeated = wave(30, every=Offset(30, Unit.DAYS), until=Offset(90, Unit.DAYS))
    assert [each.days for each in told(wave(0), repeated, wave(180)).values()] == [0, 30, 60, 90, 180]


def test_catching_up_moves_people_and_not_the_plan() -> None:
    event = event_with(wave(30), policy=Policy(catch_up=CatchUp.COMPRESS))
    assert [each.days for each in distances(event).values()] == [30]

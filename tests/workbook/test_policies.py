"""What a pack asks of everything that is sent: the further settings of the sheet event, and days of rest."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from bot.workbook import ContentError
from conversations.model import Event
from conversations.timing import CatchUp, Offset, Policy, Rest, Unit
from tests.workbook.conftest import english, scheduled, with_settings

Reader = Callable[[str], Event]
Refuser = Callable[[str], tuple[ContentError, ...]]

CHECKED = ("survey | recall_check | event_end | 1 day", "refresher | | enrolment | 0 days")


def test_without_settings_the_policy_is_the_usual_one(good: str, event_of: Reader) -> None:
    assert event_of(good).policy == Policy()


@pytest.mark.parametrize(
    ("row", "changed"),
    [
        ("quiet_hours | 21:30-07:00", {"day_begins": time(7), "day_ends": time(21, 30)}),
        ("weekdays | lun-ven", {"weekdays": (0, 1, 2, 3, 4)}),
        ("public_holidays | no", {"public_holidays": False}),
        ("weekly_cap | 3", {"weekly_cap": 3}),
        ("minimum_gap | 48", {"gap_hours": 48}),
        ("catch_up | compress", {"catch_up": CatchUp.COMPRESS}),
        ("ladder | 2 7 21 60", {"ladder": (2, 7, 21, 60)}),
        ("ladder | 3, 14", {"ladder": (3, 14)}),
        ("horizon | 6 mois", {"horizon": Offset(6, Unit.MONTHS)}),
        ("hold_back | 10", {"hold_back": 10}),
        ("hold_back | 10 %", {"hold_back": 10}),
    ],
)
def test_each_setting_changes_its_own(row: str, changed: dict[str, Any], event_of: Reader) -> None:
    assert event_of(with_settings(row, text=scheduled(*CHECKED))).policy == Policy(**changed)


FAULTS = (
    ("quiet_hours | 20:00", "from when until when", "such as 10:00-16:00"),
    ("quiet_hours | 12:00-14:00", "is no night", "20:00-08:00"),
    ("weekdays | everyday", "'everyday' is no day of the week", "mon-fri"),
    ("weekdays | ", "this cell is empty", "take the row out"),
    ("public_holidays | some", "neither yes nor no", "write yes"),
    ("weekly_cap | 8", "not a whole number from 1 to 7", "such as 2"),
    ("weekly_cap | two", "not a whole number", "such as 2"),
    ("minimum_gap | 0", "from 1 to 168", "such as 20"),
    ("catch_up | compres", "'compres' is not known", "write compress"),
    ("ladder | 2 weeks", "not a row of numbers", "2 7 21 60"),
    ("ladder | 7 7 21", "longer than the one before", "2 7 21 60"),
    ("ladder | 0 7", "from 1 to 400 days", "2 7 21 60"),
    ("ladder | 7 401", "from 1 to 400 days", "2 7 21 60"),
    (f"ladder | {' '.join(map(str, range(1, 14)))}", "13 rungs are too many", "at most 12"),
    ("horizon | 0 days", "cannot be nothing", "longer time"),
    ("horizon | a year", "not a length of time", "2 weeks"),
    ("hold_back | 51", "from 0 to 50", "of a hundred"),
)


@pytest.mark.parametrize(("row", "problem", "remedy"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_wrong_setting_is_named(row: str, problem: str, remedy: str, faults_of: Refuser) -> None:
    text = with_settings(row, text=scheduled(*CHECKED))
    [fault] = faults_of(text)
    assert (fault.sheet, fault.column, fault.row) == ("event", "value", text[: text.index(row)].count("\n") + 1)
    assert problem in english(fault.problem)
    assert remedy in english(fault.remedy)


def test_a_misspelt_setting_is_told_the_right_one(faults_of: Refuser) -> None:
    [fault] = faults_of(with_settings("weekly_capp | 2"))
    assert english(fault.remedy) == "write weekly_cap"


def test_people_are_held_back_for_a_recall_check_only(faults_of: Refuser) -> None:
    [fault] = faults_of(with_settings("hold_back | 10"))
    assert (fault.sheet, "recall_check" in english(fault.remedy)) == ("schedule", True)


def resting(good: str, *rows: str) -> str:
    """The pack with these days of rest."""
    table = "\n".join(f"| | {row} |" for row in rows)
    return f"{good}\n| rest_days |\n| | first | last | countries | hours | comment |\n{table}\n"


def test_days_of_rest(good: str, event_of: Reader) -> None:
    rows = ("2026-12-24 | 2027-01-02", "2027-04-04 | | sn KE | 10:00-16:00 | a feast")
    assert event_of(resting(good, *rows)).policy.rest == (
        Rest(date(2026, 12, 24), date(2027, 1, 2)),
        Rest(date(2027, 4, 4), date(2027, 4, 4), time(10), time(16), ("SN", "KE")),
    )


@pytest.mark.parametrize(
    ("row", "column", "problem", "remedy"),
    [
        ("24/12/2026", "first", "not a date", "2026-12-24"),
        (" | 2027-01-02", "first", "empty", "the first day"),
        ("2026-12-24 | 2026-12-23", "last", "ends before it begins", "after the first"),
        ("2026-12-24 | 2028-12-23", "last", "more than a year", "shorter"),
        ("2026-12-24 | | Kenya", "countries", "'KENYA' is not the code of a country", "such as KE SN"),
        ("2026-12-24 | | ZZ", "countries", "'ZZ' is not the code", "such as KE SN"),
        ("2026-12-24 | | | 16:00-10:00", "hours", "nothing could be sent", "08:00 to 20:00"),
        ("2026-12-24 | | | 10:00", "hours", "from when until when", "10:00-16:00"),
    ],
)
def test_a_wrong_rest_is_named(row: str, column: str, problem: str, remedy: str, good: str, faults_of: Refuser) -> None:
    [fault] = faults_of(resting(good, row))
    assert (fault.sheet, fault.column) == ("rest_days", column)
    assert problem in english(fault.problem)
    assert remedy in english(fault.remedy)

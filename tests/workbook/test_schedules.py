"""What a row of the schedule may say: ladders, waiting for answers, times of one's own, audiences, reminders."""

# ruff: noqa: E501 # one fault a line, as in a table

from collections.abc import Callable
from datetime import time

import pytest

from bot.workbook import ContentError
from conversations.model import Event
from conversations.timing import LADDER_NAME, REMINDERS, Anchor, Offset, TouchpointKind, Unit
from tests.workbook.conftest import english, scheduled, with_settings

Reader = Callable[[str], Event]
Refuser = Callable[[str], tuple[ContentError, ...]]

WEEK_1 = "survey | week_1 | enrolment | 7 days"
LADDER = "refresher | | enrolment | 0 days | 10:00"


def test_a_refresher_without_a_name_is_the_ladder(event_of: Reader) -> None:
    event = event_of(scheduled(LADDER, "refresher | safety | enrolment | 3 days"))
    assert [(each.kind, each.name) for each in event.schedule] == [
        (TouchpointKind.REFRESHER, LADDER_NAME),
        (TouchpointKind.REFRESHER, "safety"),
    ]


@pytest.mark.parametrize("after", ["week_1", "safety", "recall_check"])
def test_a_row_may_wait_for_an_answer(after: str, event_of: Reader) -> None:
    rows = (WEEK_1, LADDER, "survey | recall_check | event_end | 1 day", f"survey | month_1 | {after} | 2 weeks")
    waiting = event_of(scheduled(*rows)).schedule[-1]
    assert (waiting.anchor, waiting.after, waiting.offset) == (Anchor.COMPLETION, after, Offset(2, Unit.WEEKS))


@pytest.mark.parametrize(
    ("written", "begins", "ends"),
    [
        ("10:00", time(10), None),
        ("10:00-12:00", time(10), time(12)),
        ("08h00 – 20h00", time(8), time(20)),  # as Word makes of a dash
        ("", None, None),
    ],
)
def test_a_time_may_be_a_span(written: str, begins: time | None, ends: time | None, event_of: Reader) -> None:
    row = event_of(scheduled(f"{WEEK_1} | {written}")).schedule[0]
    assert (row.time, row.time_until) == (begins, ends)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("mon tue", (0, 1)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("lun-ven", (0, 1, 2, 3, 4)),
        ("lun. mer. dim.", (0, 2, 6)),
        ("Saturday, dimanche", (5, 6)),
        ("ven - lun", (0, 4, 5, 6)),
        ("mar", (1,)),
        ("", ()),
    ],
)
def test_weekdays_in_both_languages(written: str, days: tuple[int, ...], event_of: Reader) -> None:
    assert event_of(scheduled(f"{WEEK_1} | 10:00 | {written}")).schedule[0].weekdays == days


@pytest.mark.parametrize(
    "audience", ["${country} = 'ke'", "${language} = 'fr'", "${country} != 'cd' and not(${language} = 'en')"]
)
def test_an_audience_looks_at_the_profile_and_the_language(audience: str, event_of: Reader) -> None:
    assert event_of(scheduled(f"{WEEK_1} | | | | | | | {audience}")).schedule[0].audience == audience


@pytest.mark.parametrize(
    ("written", "reminders"),
    [
        ("", REMINDERS),
        ("none", ()),
        ("3 days", (Offset(3, Unit.DAYS),)),
        ("1 jour, 2 semaines", (Offset(1, Unit.DAYS), Offset(2, Unit.WEEKS))),
    ],
)
def test_reminders(written: str, reminders: tuple[Offset, ...], event_of: Reader) -> None:
    assert event_of(scheduled(f"{WEEK_1} | | | | | | | | {written}")).schedule[0].reminders == reminders


FAULTS = (
    ("reminder | week_1 | enrolment | 9 days", "kind", "no row of its own", "column reminders"),
    ("completion | week_1 | enrolment | 9 days", "kind", "'completion' is not known", "refresher, survey, digest"),
    (f"{LADDER} | | 1 week", "every", "from rung to rung", "settings ladder and horizon"),
    ("survey | month_1 | completion | 1 day", "anchor", "neither an anchor nor a date", "enrolment, event_start"),
    ("survey | month_1 | weak_1 | 1 day", "anchor", "'weak_1' is neither", "write week_1"),
    ("survey | month_1 | month_1 | 1 day", "anchor", "an answer to itself", "another anchor"),
    ("survey | month_1 | safety | 1 day", "anchor", "no row sends 'safety'", "add a row"),
    ("survey | month_1 | week_1 | -1 day", "offset", "when 'week_1' will be answered", "minus"),
    ("digest | | week_1 | 1 day", "anchor", "no answer of one person", "event_end"),
    ("survey | month_1 | enrolment | 1 day | 12:00-10:00", "time", "ends before it begins", "earlier time first"),
    ("survey | month_1 | enrolment | 1 day | 12:00-21:00", "time", "at 21:00, in the quiet hours", "before 20:00"),
    ("survey | month_1 | enrolment | 1 day | 10:00-11:00-12:00", "time", "from when until when", "10:00-16:00"),
    ("survey | month_1 | enrolment | 1 day | 10:00-noon", "time", "'noon' is not a time of day", "10:00"),
    ("survey | month_1 | enrolment | 1 day | 10:00 | mon thurday", "weekdays", "'thurday' is no day", "mon-fri"),
    ("survey | month_1 | enrolment | 1 day | 10:00 | mon-wed-fri", "weekdays", "no day of the week", "mon-fri"),
    ("survey | month_1 | enrolment | 1 day | | | | | | | ${contry} = 'ke'", "audience", "no question of the profile", "write ${country}"),
    ("survey | month_1 | enrolment | 1 day | | | | | | | ${changed} = 'yes'", "audience", "'changed' is no question of the profile", "${country}, ${language}"),
    ("survey | month_1 | enrolment | 1 day | | | | | | | ${country} = 'kenya'", "audience", "'kenya' is not a choice of country", "cd, ke"),
    ("survey | month_1 | enrolment | 1 day | | | | | | | ${language} = 'french'", "audience", "'french' is not a choice of language", "en, fr"),
    ("survey | month_1 | enrolment | 1 day | | | | | | | ${country} =", "audience", "cannot be read at character", "${language} = 'fr'"),
    ("survey | month_1 | enrolment | 1 day | | | | | | | . = 'ke'", "audience", "the dot is an answer", "question of the profile"),
    ("digest | | event_end | 1 day | | | | | | | ${country} = 'ke'", "audience", "no profile", "empty"),
    ("refresher | safety | enrolment | 1 day | | | | | | | | 2 days", "reminders", "for surveys only", "empty"),
    ("survey | month_1 | enrolment | 1 day | | | | | | | | 2 days, 5 days, 9 days", "reminders", "3 reminders are too many", "2 at most"),
    ("survey | month_1 | enrolment | 1 day | | | | | | | | 5 days, 2 days", "reminders", "after one another", "in their order"),
    ("survey | month_1 | enrolment | 1 day | | | | | | | | 12 hours", "reminders", "a day or more", "2 days, 5 days"),
    ("survey | month_1 | enrolment | 1 day | | | | | | | | soon", "reminders", "'soon' is not a length of time", "2 weeks"),
    ("survey | month_1 | enrolment | 1 day | | | | | | 4 days | | 2 days, 5 days", "reminders", "closed by the time", "or none"),
    ("survey | month_1 | enrolment | 1 day | | | | | -3 days", "window", "cannot go back", "minus"),
)  # fmt: skip


@pytest.mark.parametrize(("row", "column", "problem", "remedy"), FAULTS, ids=[fault[2] for fault in FAULTS])
def test_a_fault_of_a_row(row: str, column: str, problem: str, remedy: str, faults_of: Refuser) -> None:
    text = scheduled(WEEK_1, row)
    [fault] = faults_of(text)
    assert (fault.sheet, fault.column, fault.row) == ("schedule", column, text[: text.index(row)].count("\n") + 1)
    assert problem in english(fault.problem)
    assert remedy in english(fault.remedy)


def test_nothing_waits_in_a_circle(faults_of: Refuser, event_of: Reader) -> None:
    circle = ("survey | week_1 | month_1 | 1 day", "survey | month_1 | week_1 | 1 day")
    assert [(fault.column, "in turn" in english(fault.problem)) for fault in faults_of(scheduled(*circle))] == [
        ("anchor", True),
        ("anchor", True),
    ]
    # A second row that comes by itself opens the circle.
    assert len(event_of(scheduled(*circle, WEEK_1)).schedule) == 3


def test_a_row_that_is_not_understood_makes_no_further_fault(faults_of: Refuser) -> None:
    [fault] = faults_of(scheduled("survey | week_1 | enrolmnt | 7 days", "survey | month_1 | week_1 | 1 day"))
    assert english(fault.remedy) == "write enrolment"


def test_a_ladder_that_waits_for_what_it_alone_asks(faults_of: Refuser) -> None:
    [fault] = faults_of(scheduled("refresher | | safety | 1 day", WEEK_1))
    assert "'safety', which waits for this in turn" in english(fault.problem)


def test_one_ladder_is_enough(faults_of: Refuser) -> None:
    [fault] = faults_of(scheduled(LADDER, WEEK_1, LADDER))
    assert (fault.column, english(fault.remedy)) == ("name", "take the row out, or name a message")


def test_what_repeats_after_an_answer_stands_last_of_its_name(faults_of: Refuser, event_of: Reader) -> None:
    waiting, dated = (
        "survey | month_1 | week_1 | 1 day | | | 30 days | 100 days",
        "survey | month_1 | event_end | 200 days",
    )
    [fault] = faults_of(scheduled(WEEK_1, waiting, dated))
    assert (fault.column, english(fault.remedy)) == ("name", "put this row above it")
    assert len(event_of(scheduled(WEEK_1, dated, waiting)).schedule) == 3


def test_the_rows_of_one_survey_have_the_same_reminders(faults_of: Refuser) -> None:
    again = "survey | week_1 | enrolment | 60 days"
    [fault] = faults_of(scheduled(WEEK_1, f"{again} | | | | | | | | none"))
    assert (fault.column, english(fault.remedy)) == ("reminders", "write the same in all its rows")


def test_a_name_of_two_things_cannot_be_waited_for(good: str, faults_of: Refuser) -> None:
    text = scheduled(LADDER, "survey | week_1 | safety | 1 day", "survey | safety | enrolment | 1 day")
    [fault] = faults_of(text.replace("| begin_group | month_1 |", "| begin_group | safety |"))
    assert "a message and of a group" in english(fault.problem)


def test_times_and_days_keep_to_those_of_the_event(faults_of: Refuser, event_of: Reader) -> None:
    early = scheduled(f"{WEEK_1} | 07:00 | sat")
    assert event_of(with_settings("quiet_hours | 21:00-06:30", text=early)).schedule[0].time == time(7)
    hours, days = faults_of(with_settings("quiet_hours | 21:00-07:30", "weekdays | mon-fri", text=early))
    assert (hours.column, english(hours.remedy)) == ("time", "write a time from 07:30 and before 21:00")
    assert (days.column, days.sheet) == ("weekdays", "schedule")


def test_a_ladder_needs_messages(good: str, faults_of: Refuser) -> None:
    start, end = good.index("| messages |"), good.index("| schedule |")
    bare = good[:start] + good[end:]
    [ladder, check] = faults_of(scheduled(LADDER, "survey | recall_check | event_end | 1 day", WEEK_1, text=bare))
    assert "no messages that a refresher" in english(ladder.problem)
    assert "no messages that a recall check" in english(check.problem)
    assert english(ladder.remedy) == english(check.remedy) == "add a sheet messages"

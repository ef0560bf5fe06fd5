"""Typed dates and times, in either language and order. It is Monday 16 November 2026, 14:05 in Nairobi."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from conversations.model import QuestionType
from tests.conversations.samples import question
from tests.conversations.typed import answer, hint

DAY = question("day", QuestionType.DATE)
MONTH = question("month", QuestionType.DATE, appearance="w1 month-year")
YEAR = question("year", QuestionType.DATE, appearance="year")
TIME = question("time", QuestionType.TIME)
MOMENT = question("moment", QuestionType.DATETIME)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", "2026-11-16"),
        ("Aujourd’hui", "2026-11-16"),
        ("aujourd hui", "2026-11-16"),
        ("ce matin", "2026-11-16"),
        ("YESTERDAY", "2026-11-15"),
        ("hier.", "2026-11-15"),
        ("avant-hier", "2026-11-14"),
        ("the day before yesterday", "2026-11-14"),
        ("tomorrow", "2026-11-17"),
        ("demain", "2026-11-17"),
        ("après-demain", "2026-11-18"),
        ("3 days ago", "2026-11-13"),
        ("il y a 3 jours", "2026-11-13"),
        ("a week ago", "2026-11-09"),
        ("il y a une semaine", "2026-11-09"),
        ("il y a un mois", "2026-10-16"),
        ("9 months ago", "2026-02-16"),
        ("2 years ago", "2024-11-16"),
        ("in 3 days", "2026-11-19"),
        ("dans deux semaines", None),
        ("dans 2 semaines", "2026-11-30"),
    ],
)
def test_days_near_today(typed: str, day: str | None) -> None:
    if day is None:
        assert "Type a date" in hint(DAY, typed)
    else:
        assert answer(DAY, typed) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("Monday", "2026-11-16"),
        ("lundi", "2026-11-16"),
        ("last Monday", "2026-11-09"),
        ("lundi dernier", "2026-11-09"),
        ("tuesday", "2026-11-10"),
        ("mardi", "2026-11-10"),
        ("on Sunday", "2026-11-15"),
        ("sam.", "2026-11-14"),
        ("next Friday", "2026-11-20"),
        ("vendredi prochain", "2026-11-20"),
    ],
)
def test_a_day_of_the_week_is_the_most_recent_one(typed: str, day: str) -> None:
    assert answer(DAY, typed) == day


@pytest.mark.parametrize(
    "typed",
    [
        *("12/03/2026", "12.3.26", "12-03-2026", "2026-03-12", "2026/3/12", "12 3 2026", "12/03", "١٢/٠٣/٢٠٢٦"),
        *("12 March 2026", "March 12, 2026", "12th of March 2026", "the 12th of March", "Mar 12", "2026 March 12"),
        *("12 mars 2026", "12 MARS", "le 12 mars 2026", "jeudi 12 mars 2026", "Thursday, 12 March 2026", "12-mars-26"),
    ],
)
def test_the_same_day_in_many_ways(typed: str) -> None:
    assert answer(DAY, typed) == "2026-03-12"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1er mars", "2026-03-01"),
        ("premier mars 2025", "2025-03-01"),
        ("2 févr. 2025", "2025-02-02"),
        ("2 fev 2025", "2025-02-02"),
        ("3 août 2025", "2025-08-03"),
        ("3 Aug 2025", "2025-08-03"),
        ("4 sept. 2025", "2025-09-04"),
        ("4 juil. 2025", "2025-07-04"),
        ("4 juin 2025", "2025-06-04"),
        ("4 déc. 1999", "1999-12-04"),
        ("20 December", "2025-12-20"),
        ("16 novembre", "2026-11-16"),
        ("29 February", "2024-02-29"),
        ("03/25/2026", "2026-03-25"),
        ("25/03/2026", "2026-03-25"),
        ("3.6.85", "1985-06-03"),
        ("3.6.36", "2036-06-03"),
        ("3.6.37", "1937-06-03"),
    ],
)
def test_months_years_and_what_is_left_out(typed: str, day: str) -> None:
    assert answer(DAY, typed) == day


@pytest.mark.parametrize(
    "typed", ["31/11/2026", "30 février 2026", "29 Feb 2025", "13/13/2026", "2026-02-30", "0 mars", "32 March"]
)
def test_a_day_that_does_not_exist_is_called_that(typed: str) -> None:
    assert hint(DAY, typed) == "There is no such day in the calendar. Please check the date."


def test_a_day_of_the_week_that_does_not_fit_is_asked_about() -> None:
    said = hint(DAY, "Tuesday 16 November 2026")
    assert said.startswith("The day of the week and the date do not fit: it would be Monday, 16 November 2026.")


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "12",
            "2026",
            "March",
            "mar",
            "jui 5",
            "1/2/3/4",
            "12/2026",
            "last week",
            "this monday",
            "next last monday",
        ),
        *("99999 days ago", "9999 years ago", "3 moons ago", "9999-12-31", "0000-01-01", "12 of never", "12:03:2026"),
        *("12 March or 13 March", "monday tuesday", "²/3/2026", "12//", "today?"),
    ],
)
def test_what_may_not_be_a_date_shows_how_to_type_one(typed: str) -> None:
    assert "Type a date, such as 12 March 2026 or 12/03/2026, or “today”." in hint(DAY, typed)


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("March 2026", "2026-03-01"),
        ("mars 2026", "2026-03-01"),
        ("03/2026", "2026-03-01"),
        ("3/26", "2026-03-01"),
        ("2026-03", "2026-03-01"),
        ("mars", "2026-03-01"),
        ("décembre", "2025-12-01"),
        ("last month", "2026-10-01"),
        ("le mois dernier", "2026-10-01"),
        ("this month", "2026-11-01"),
        ("12 mars 2026", "2026-03-01"),
        ("hier", "2026-11-01"),
    ],
)
def test_a_month_is_its_first_day(typed: str, month: str) -> None:
    assert answer(MONTH, typed) == month


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("2026", "2026-01-01"),
        ("l’an dernier", "2025-01-01"),
        ("last year", "2025-01-01"),
        ("cette année", "2026-01-01"),
        ("l’année prochaine", "2027-01-01"),
        ("March 2025", "2025-01-01"),
        ("12/03/2024", "2024-01-01"),
    ],
)
def test_a_year_is_its_first_day(typed: str, year: str) -> None:
    assert answer(YEAR, typed) == year


def test_a_month_or_a_year_that_is_none_shows_how_to_type_one() -> None:
    assert "such as March 2026 or 03/2026." in hint(MONTH, "13/2026")
    assert "Type a year, such as 2026." in hint(YEAR, "26")


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("14:30", "14:30:00"),
        ("14h30", "14:30:00"),
        ("14 h 30", "14:30:00"),
        ("14.30", "14:30:00"),
        ("14 heures 30", "14:30:00"),
        ("2:30 pm", "14:30:00"),
        ("2.30 p.m.", "14:30:00"),
        ("14:30:59", "14:30:00"),
        ("14 h", "14:00:00"),
        ("à 9h", "09:00:00"),
        ("9 h du soir", "21:00:00"),
        ("9 in the morning", "09:00:00"),
        ("12 am", "00:00:00"),
        ("12 pm", "12:00:00"),
        ("noon", "12:00:00"),
        ("Midi", "12:00:00"),
        ("minuit", "00:00:00"),
        ("now", "14:05:00"),
        ("maintenant", "14:05:00"),
    ],
)
def test_times_of_day(typed: str, time: str) -> None:
    assert answer(TIME, typed) == time


@pytest.mark.parametrize(
    "typed", ["", "9", "25:00", "14:60", "13 pm", "0 am", "14:3", "1430", "14:30 or 15:00", "soon"]
)
def test_what_may_not_be_a_time_shows_how_to_type_one(typed: str) -> None:
    assert "Type a time, such as 14:30, or “now”." in hint(TIME, typed)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("now", "2026-11-16T14:05:00+03:00"),
        ("maintenant", "2026-11-16T14:05:00+03:00"),
        ("yesterday 14:30", "2026-11-15T14:30:00+03:00"),
        ("14h30 hier", "2026-11-15T14:30:00+03:00"),
        ("hier midi", "2026-11-15T12:00:00+03:00"),
        ("today at noon", "2026-11-16T12:00:00+03:00"),
        ("lundi dernier à 9 h", "2026-11-09T09:00:00+03:00"),
        ("12 March 2026 at 2 pm", "2026-03-12T14:00:00+03:00"),
        ("March 12, 2026, 2:00 pm", "2026-03-12T14:00:00+03:00"),
        ("2 pm on 12 March", "2026-03-12T14:00:00+03:00"),
        ("le 12/03/2026 à 14 h", "2026-03-12T14:00:00+03:00"),
        ("12.03.2026 14:00", "2026-03-12T14:00:00+03:00"),
        ("2026-03-12T14:00", "2026-03-12T14:00:00+03:00"),
        ("2026-03-12 14:00:00", "2026-03-12T14:00:00+03:00"),
    ],
)
def test_date_and_time_in_either_order(typed: str, moment: str) -> None:
    assert answer(MOMENT, typed) == moment


def test_a_moment_has_the_offset_of_its_own_day() -> None:
    winter = datetime(2026, 11, 16, 14, 5, tzinfo=ZoneInfo("Europe/Paris"))
    assert answer(MOMENT, "12/07/2026 14:30", now=winter) == "2026-07-12T14:30:00+02:00"
    assert answer(MOMENT, "hier 14:30", now=winter) == "2026-11-15T14:30:00+01:00"


@pytest.mark.parametrize("typed", ["", "14:30", "hier", "2026-03-12", "14:30 15:30 hier", "25:00 hier", "soon"])
def test_a_date_without_its_time_is_asked_again(typed: str) -> None:
    assert "Type a date and a time, such as 12 March 2026 14:30, or “now”." in hint(MOMENT, typed)


def test_a_moment_on_a_day_that_does_not_exist() -> None:
    assert hint(MOMENT, "30/02/2026 10:00").startswith("There is no such day")

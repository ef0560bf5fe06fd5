"""What every format of a report says alike."""

from datetime import date

import pytest

from bot.reports.figures import wording
from conversations.model import Language
from conversations.report.values import Cell
from locales.phrases import days_words
from tests.reports.published import CHANGE, PROGRESS, RECALL, REPORT

EN, FR = Language


@pytest.mark.parametrize(
    ("cell", "value", "count"),
    [
        (Cell(29, 32), ("91%", "91\u00a0%"), ("29 of 32", "29 sur 32")),
        (Cell(4_489, 10_000), ("45%", "45\u00a0%"), ("4,489 of 10,000", "4\u202f489 sur 10\u202f000")),
        (Cell(None, 32), ("fewer than 5", "moins de 5"), ("fewer than 5", "moins de 5")),
        (Cell(None, None), ("fewer than 5", "moins de 5"), ("fewer than 5", "moins de 5")),
        (Cell(0, 0), ("–", "–"), ("0 of 0", "0 sur 0")),
        (Cell(1_140, None), ("1,140", "1\u202f140"), ("1,140", "1\u202f140")),
    ],
)
def test_a_number_is_said_as_people_of_either_language_write_it(
    cell: Cell, value: tuple[str, str], count: tuple[str, str]
) -> None:
    assert tuple(wording.value_words(cell, REPORT, each) for each in Language) == value
    assert tuple(wording.count_words(cell, REPORT, each) for each in Language) == count


def test_an_interval_is_told_where_there_is_one() -> None:
    assert wording.interval_words(RECALL.series[0].cells[0], EN) == "77% to 96%"
    assert wording.interval_words(RECALL.series[1].cells[1], EN) == ""
    assert wording.confidence(FR) == "Intervalle de confiance à 95\u00a0%"


def test_whoever_does_not_see_a_chart_hears_all_that_it_shows() -> None:
    assert wording.described(CHANGE, REPORT, EN) == (
        "Lines from one time to the other: I have used what I learnt\n"
        "Agree: Three months later 60%, One year later 76%\n"
        "Disagree: Three months later 24%, One year later fewer than 5"
    )
    assert wording.described(PROGRESS, REPORT, FR).splitlines()[-1] == "Membres du personnel formés\u00a0: 140"


def test_a_long_text_is_said_to_its_end() -> None:
    long = "word " * 200
    assert wording.named(long, long, EN) == f"{long}: {long}"


@pytest.mark.parametrize(
    ("first", "last", "english", "french"),
    [
        (date(2026, 11, 10), date(2026, 11, 13), "10–13 Nov 2026", "10–13 nov. 2026"),
        (date(2026, 11, 1), date(2026, 11, 11), "1–11 Nov 2026", "1er–11 nov. 2026"),
        (date(2026, 10, 31), date(2026, 11, 1), "31 Oct\u2009–\u20091 Nov 2026", "31 oct.\u2009–\u20091er nov. 2026"),
        (date(2026, 11, 1), date(2026, 11, 1), "1 Nov 2026", "1er nov. 2026"),
    ],
)
def test_the_days_of_an_event(first: date, last: date, english: str, french: str) -> None:
    assert (days_words(first, last, EN), days_words(first, last, FR)) == (english, french)


def test_a_file_is_called_by_the_event_the_day_and_the_languages() -> None:
    assert wording.stem(REPORT, (EN, FR)) == "lse2026-2027-11-20-en-fr"

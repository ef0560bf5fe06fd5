"""What a workbook says of the report: what options count as, indicators and their targets, the smallest cell."""

from collections.abc import Callable

import pytest

from bot.workbook import ContentError
from conversations.model import CountsAs, Event
from tests.workbook.conftest import english, with_settings

Reader = Callable[[str], Event]
Refuser = Callable[[str], tuple[ContentError, ...]]


def counted(good: str, *rows: tuple[str, str]) -> str:
    """The pack in which these options (by the beginning of their row) count as those words."""
    text = good.replace("label::French (fr) | timezone |", "label::French (fr) | timezone | counts_as |")
    for row, words in rows:
        line = next(each for each in text.splitlines() if each.startswith(f"| | {row} |"))
        text = text.replace(line, f"{line} {words} |")
    return text


def numbered(good: str, cells: str, kind: str = "integer") -> str:
    """The pack whose question `number` has these cells under indicator and target."""
    text = good.replace("| group_ok | sensitive |", "| group_ok | sensitive | indicator | target |", 1)
    line = next(each for each in text.splitlines() if each.startswith("| | integer | number |"))
    return text.replace(line, f"{line.replace('integer', kind)} {cells} |")


def test_options_say_what_they_count_as(good: str, event_of: Reader) -> None:
    event = event_of(
        counted(good, ("yesno | yes", "agree"), ("yesno | no", "None"), ("reasons | time", "internal formal"))
    )
    yes, no = event.survey("week_1").questions[0].choices
    assert (yes.counts_as, no.counts_as) == ((CountsAs.AGREE,), (CountsAs.NONE,))
    time, money, *_ = event.survey("week_1").questions[1].choices
    assert (time.counts_as, money.counts_as) == ((CountsAs.INTERNAL, CountsAs.FORMAL), ())
    assert time.columns == (), "it is nothing that a choice filter looks at"


def test_an_indicator_has_a_name_and_may_have_a_target(good: str, event_of: Reader) -> None:
    assert event_of(numbered(good, "People trained | 10 000")).survey("week_1").questions[3].target == 10_000
    number = event_of(numbered(good, "People trained |")).survey("week_1").questions[3]
    assert (number.indicator, number.target) == ("People trained", None)


def test_five_people_are_the_smallest_cell_unless_the_pack_says_otherwise(good: str, event_of: Reader) -> None:
    assert event_of(good).smallest_cell == 5
    assert event_of(with_settings("smallest_cell | 10")).smallest_cell == 10


@pytest.mark.parametrize(
    ("words", "problem", "remedy"),
    [
        ("agrees", "'agrees' is not known", "write agree"),
        ("agree disagree", "cannot count as agree and as disagree", "leave one"),
        ("internal external", "cannot count as internal and as external", "leave one"),
    ],
)
def test_wrong_words_for_an_option_are_named(
    words: str, problem: str, remedy: str, good: str, faults_of: Refuser
) -> None:
    [fault] = faults_of(counted(good, ("yesno | yes", words)))
    assert (fault.sheet, fault.column) == ("choices", "counts_as")
    assert problem in english(fault.problem)
    assert remedy in english(fault.remedy)


@pytest.mark.parametrize(
    ("cells", "kind", "column", "problem"),
    [
        ("Trained | many", "integer", "target", "not a whole number above 0"),
        ("Trained | 0", "integer", "target", "not a whole number above 0"),
        (" | 10", "integer", "target", "no indicator"),
        ("Trained | 10", "decimal", "indicator", "adds up whole numbers"),
        (f"{'x' * 61} | 10", "integer", "indicator", "60 characters at most"),
    ],
)
def test_a_wrong_indicator_is_named(
    cells: str, kind: str, column: str, problem: str, good: str, faults_of: Refuser
) -> None:
    [fault] = faults_of(numbered(good, cells, kind))
    assert (fault.sheet, fault.column) == ("survey", column)
    assert problem in english(fault.problem)


@pytest.mark.parametrize("written", ["2", "31", "five"])
def test_a_cell_that_is_too_small_or_large_is_refused(written: str, faults_of: Refuser) -> None:
    [fault] = faults_of(with_settings(f"smallest_cell | {written}"))
    assert "from 3 to 30" in english(fault.problem)
    assert "such as 5" in english(fault.remedy)

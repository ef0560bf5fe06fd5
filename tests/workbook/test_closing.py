"""When a survey stops taking answers."""

from collections.abc import Callable

import pytest

from bot.workbook import ContentError
from conversations.model import Event
from conversations.timing import Offset, Unit
from tests.workbook.conftest import english

_HEADER = "| | kind | name | anchor | offset | time | every | until | window |"
_SURVEY = "| | survey | week_1 | enrolment | 1 week | 14h30 | | | 10 days |"
_REFRESHER = "| | refresher | safety | enrolment | 3 days | 10:00 | | | 3 days |"


def test_a_survey_may_say_when_it_closes(good: str, event_of: Callable[[str], Event]) -> None:
    text = good.replace(_HEADER, f"{_HEADER} closes |").replace(_SURVEY, f"{_SURVEY} 30 days |")
    closing = {each.name: each.closes for each in event_of(text).schedule}
    assert closing["week_1"] == Offset(30, Unit.DAYS)
    assert closing["month_1"] is None


@pytest.mark.parametrize(
    ("row", "cell", "problem"),
    [(_REFRESHER, "3 days", "only a survey takes answers"), (_SURVEY, "0 days", "cannot be nothing")],
)
def test_a_wrong_closing_is_named(
    row: str, cell: str, problem: str, good: str, faults_of: Callable[[str], tuple[ContentError, ...]]
) -> None:
    text = good.replace(_HEADER, f"{_HEADER} closes |").replace(row, f"{row} {cell} |")
    [fault] = faults_of(text)
    assert (fault.sheet, fault.column) == ("schedule", "closes")
    assert problem in english(fault.problem)

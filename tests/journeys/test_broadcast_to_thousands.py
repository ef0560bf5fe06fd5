"""A broadcast to a crowd under blocks, storms, lost answers and kill -9: at most once, and sums that add up.

`make thousands` plays the same with five thousand people.
"""

from pathlib import Path

from tests.audience import ANNOUNCEMENT
from tests.journeys.thousands import trial

PEOPLE = 400


async def test_each_gets_it_at_most_once_and_the_report_adds_up(tmp_path: Path) -> None:
    outcome = await trial(tmp_path, PEOPLE)
    outcome.check()
    assert outcome.blocked == PEOPLE // 20
    assert ANNOUNCEMENT not in outcome.log

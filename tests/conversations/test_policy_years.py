"""The delivery policy over two thousand generated years; `make million` plays a million.

And the same against policies that are weaker by one promise: each has to be found out, or the years prove nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import ModuleType

import pytest
from babel.core import get_global

from conversations import days, nudging, policy, schedule
from conversations.policy import Circumstances, Decision, Pace, Reason, Wishes, decide
from conversations.timing import Offset
from tests.conversations.simulated_years import year

YEARS = 2000
pytestmark = pytest.mark.filterwarnings("ignore:Requested Holidays:UserWarning")


@pytest.mark.parametrize("first", range(0, YEARS, 250))
def test_every_promise_is_kept(first: int) -> None:
    for seed in range(first, first + 250):
        year(seed)


def test_the_same_seed_tells_the_same_year() -> None:
    for seed in range(20):
        once, again = year(seed), year(seed)
        assert [(row.due, row.state, row.reason) for row in once.rows] == [
            (row.due, row.state, row.reason) for row in again.rows
        ]


def test_something_of_everything_happens() -> None:
    # Digests, broadcasts, summaries, stops and faults are not played; to be busy until it is too late is too rare here.
    unplayed = {"not_enough_answers", "not_linked", "cancelled", "closed", "nothing_new", "stopped", "fault"}
    missing = {str(each) for each in Reason} - unplayed - {"busy"}
    for seed in range(YEARS):
        missing -= {str(row.reason) for row in year(seed).rows}
        if not missing:
            return
    pytest.fail(f"never in {YEARS} years: {missing}")


WEAKENED: dict[str, Callable[[Circumstances], Circumstances]] = {
    "there is no cap": lambda it: replace(it, cap=99),
    "the cap is one too many": lambda it: replace(it, cap=it.cap + 1),
    "there is no gap": lambda it: _under(it, gap_hours=0),
    "the day begins an hour early": lambda it: _under(it, day_begins=_hour(it.policy.day_begins, -1)),
    "the day ends an hour late": lambda it: _under(it, day_ends=_hour(it.policy.day_ends, 1)),
    "every weekday will do": lambda it: _under(it, weekdays=tuple(range(7))),
    "every weekday will do for a row": lambda it: replace(it, weekdays=()),
    "holidays do not count": lambda it: _under(it, public_holidays=False),
    "days of rest do not count": lambda it: _under(it, rest=()),
    "rest is for everywhere": lambda it: _under(it, rest=tuple(replace(each, countries=()) for each in it.policy.rest)),
    "everybody lives in one zone": lambda it: replace(it, zone="Africa/Abidjan"),
    "nothing ends": lambda it: replace(it, expires=None),
    "ends come an hour late": lambda it: replace(it, expires=it.expires + timedelta(hours=1) if it.expires else None),
    "nobody is ever unheeded": lambda it: replace(it, unheeded=0),
    "the back-off is a step behind": lambda it: replace(it, unheeded=max(it.unheeded - 1, 0)),
    "surveys know no back-off": lambda it: replace(it, unheeded=0) if it.survey else it,
    "anything passes for a survey": lambda it: replace(it, survey=True),
    "a pause does not count": lambda it: replace(it, wishes=replace(it.wishes, paused_until=None)),
    "the pace does not count": lambda it: replace(it, wishes=_at_the_usual_pace(it.wishes), cap=it.policy.weekly_cap),
    "nobody is busy": lambda it: replace(it, busy=False),
    "everybody has agreed": lambda it: replace(it, consented=True),
    "everybody can be reached": lambda it: replace(it, reachable=True),
    "nothing is pointless": lambda it: replace(it, moot=None),
    "what bears a later time does not count": lambda it: replace(it, sent=tuple(x for x in it.sent if x <= it.now)),
}


@pytest.mark.parametrize("weaken", WEAKENED.values(), ids=WEAKENED)
def test_a_weaker_policy_is_found_out(weaken: Callable[[Circumstances], Circumstances], monkeypatch) -> None:
    monkeypatch.setattr(nudging, "decide", lambda it: decide(weaken(it)))
    assert _is_found_out()


ANSWERS: dict[str, Callable[[Circumstances, Decision], Decision]] = {
    "put off until now": lambda it, said: replace(said, again=it.now) if said.again else said,
    "put off for an hour whatever the day": lambda it, said: (
        replace(said, again=it.now + timedelta(hours=1)) if said.again else said
    ),
    "held back instead of put off": lambda _, said: Decision(said.reason),
    "another reason": lambda _, said: replace(said, reason=Reason.WEEKLY_CAP) if said.again else said,
}


@pytest.mark.parametrize("change", ANSWERS.values(), ids=ANSWERS)
def test_a_wrong_answer_is_found_out(change: Callable[[Circumstances, Decision], Decision], monkeypatch) -> None:
    monkeypatch.setattr(nudging, "decide", lambda it: change(it, decide(it)))
    assert _is_found_out()


def _months_of_thirty_days(local: datetime, offset: Offset) -> datetime:
    return local + schedule.length(offset)


MISTAKES = {
    "what was sent is forgotten after a week": (policy, "MEMORY", timedelta(days=7)),
    "rows of one name take one another's numbers": (schedule, "most_times", lambda _: 1),
    "there is no country under an old name": (
        days,
        "country_of",
        lambda at: get_global("zone_territories").get(at, ""),
    ),
    "months have thirty days": (schedule, "later", _months_of_thirty_days),
    "clocks never change": (schedule, "in_utc", lambda local, _: local.replace(tzinfo=UTC)),
}


@pytest.mark.parametrize(("module", "name", "mistaken"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_found_out(module: ModuleType, name: str, mistaken: object, monkeypatch) -> None:
    monkeypatch.setattr(module, name, mistaken)
    assert _is_found_out()


def _is_found_out() -> bool:
    for seed in range(4 * YEARS):  # some mistakes show seldom
        try:
            year(seed)
        except AssertionError:
            return True
    return False


def _under(it: Circumstances, **weaker: object) -> Circumstances:
    return replace(it, policy=replace(it.policy, **weaker))


def _at_the_usual_pace(wishes: Wishes) -> Wishes:
    return replace(wishes, pace=Pace.USUAL)


def _hour(at: time, by: int) -> time:
    """That local time so many hours later, where it is still the same day."""
    moved = datetime.combine(date(2000, 1, 2), at) + timedelta(hours=by)
    return moved.time() if moved.day == 2 else at

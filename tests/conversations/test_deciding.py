"""Whether a thing that is due is said now, put off, or held back, and why: one policy for everything sent unasked.

test_policy_years.py plays whole years of it; here stands each rule by itself.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from conversations.policy import (
    BUSY_FOR,
    WEEK,
    Circumstances,
    Decision,
    Pace,
    Reason,
    Wishes,
    capped,
    decide,
    outlook,
)
from conversations.timing import Policy, Rest

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)  # a Monday
NIGHT = datetime(2026, 11, 16, 23, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
USUAL = Policy(public_holidays=False)
FINE = Circumstances(now=NOON, zone="Africa/Dakar", policy=USUAL)


def under(**different: object) -> Policy:
    return replace(USUAL, **different)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("differs", "decision"),
    [
        ({}, Decision(Reason.SENT)),
        ({"expires": NOON + timedelta(seconds=1)}, Decision(Reason.SENT)),
        ({"enrolled": False}, Decision(Reason.LEFT)),
        ({"moot": Reason.ANSWERED}, Decision(Reason.ANSWERED)),
        ({"reachable": False}, Decision(Reason.UNREACHABLE)),
        ({"consented": False}, Decision(Reason.NO_CONSENT)),
        ({"expires": NOON}, Decision(Reason.TOO_LATE)),
        ({"wishes": Wishes(paused_until=NOON + 3 * DAY)}, Decision(Reason.PAUSED, NOON + 3 * DAY)),
        ({"wishes": Wishes(paused_until=NOON)}, Decision(Reason.SENT)),
        ({"busy": True}, Decision(Reason.BUSY, NOON + BUSY_FOR)),
        ({"now": NIGHT}, Decision(Reason.QUIET_HOURS, MORNING)),
        ({"now": NIGHT, "busy": True}, Decision(Reason.BUSY, MORNING)),
        ({"policy": under(weekdays=(2,))}, Decision(Reason.WEEKDAY, MORNING + DAY)),
        ({"weekdays": (2,)}, Decision(Reason.WEEKDAY, MORNING + DAY)),
        ({"policy": under(rest=(Rest(date(2026, 11, 16), date(2026, 11, 16)),))}, Decision(Reason.REST, MORNING)),
        (
            {"now": datetime(2026, 4, 4, 12, tzinfo=UTC), "policy": Policy()},  # Independence Day in Senegal
            Decision(Reason.HOLIDAY, datetime(2026, 4, 5, 8, tzinfo=UTC)),
        ),
        ({"sent": (NOON - 5 * HOUR,)}, Decision(Reason.TOO_SOON, MORNING)),
        ({"sent": (NOON - 20 * HOUR,)}, Decision(Reason.SENT)),
        ({"sent": (NOON - 6 * DAY, NOON - 2 * DAY)}, Decision(Reason.WEEKLY_CAP, NOON + DAY)),
        ({"sent": (NOON - 7 * DAY, NOON - 2 * DAY)}, Decision(Reason.SENT)),
    ],
)
def test_one_thing_at_a_time(differs: dict[str, object], decision: Decision) -> None:
    assert decide(replace(FINE, **differs)) == decision  # type: ignore[arg-type]


def test_reasons_to_hold_back_come_first_and_of_those_to_wait_the_persons_own_before_the_calendars() -> None:
    everything = replace(
        FINE,
        now=NIGHT,
        enrolled=False,
        moot=Reason.DECLINED,
        reachable=False,
        consented=False,
        expires=NOON,
        wishes=Wishes(paused_until=NIGHT + DAY),
        busy=True,
        sent=(NIGHT - HOUR,),
    )
    order = []
    for mended in (
        {"enrolled": True},
        {"moot": None},
        {"reachable": True},
        {"consented": True},
        {"expires": None},
        {"wishes": Wishes()},
        {"busy": False},
        {"now": MORNING},
        {"sent": ()},
    ):
        order.append(decide(everything).reason)
        everything = replace(everything, **mended)  # type: ignore[arg-type]
    final = [Reason.LEFT, Reason.DECLINED, Reason.UNREACHABLE, Reason.NO_CONSENT, Reason.TOO_LATE]
    assert order == [*final, Reason.PAUSED, Reason.BUSY, Reason.QUIET_HOURS, Reason.TOO_SOON]
    assert decide(everything) == Decision(Reason.SENT)


def test_of_two_distances_to_keep_the_longer_one_is_told() -> None:
    sent = (NOON - 3 * DAY, NOON - HOUR)
    assert decide(replace(FINE, sent=sent)) == Decision(Reason.WEEKLY_CAP, NOON + 4 * DAY)
    assert decide(replace(FINE, sent=sent, unheeded=2)) == Decision(Reason.UNHEEDED, NOON - HOUR + WEEK)


@pytest.mark.parametrize(("unheeded", "days"), [(0, 0), (1, 0), (2, 7), (3, 14), (4, 28), (5, 56), (6, 56), (40, 56)])
def test_whoever_does_not_answer_hears_less_and_less(unheeded: int, days: int) -> None:
    last = NOON - 3 * DAY
    decision = decide(replace(FINE, sent=(last,), unheeded=unheeded, cap=99))
    assert decision == (Decision(Reason.UNHEEDED, last + days * DAY) if days else Decision(Reason.SENT))
    later = replace(FINE, now=last + max(days, 3) * DAY, sent=(last,), unheeded=unheeded, cap=99)
    assert decide(later) == Decision(Reason.SENT)


def test_any_sign_of_life_ends_it() -> None:
    ignored = replace(FINE, sent=tuple(NOON - number * DAY for number in (9, 7, 5, 3)), unheeded=4, cap=99)
    assert decide(ignored).reason is Reason.UNHEEDED
    assert decide(replace(ignored, unheeded=0)) == Decision(Reason.SENT)


@pytest.mark.parametrize(
    ("caps", "pace", "cap"),
    [
        ((2,), Pace.USUAL, 2),
        ((3, 2), Pace.USUAL, 2),
        ((3, 2), Pace.LESS, 1),
        ((3, 2), Pace.MORE, 3),
        ((1,), Pace.MORE, 2),
        ((), Pace.USUAL, Policy().weekly_cap),
    ],
)
def test_the_lowest_cap_of_all_events_counts_as_the_person_wishes_it(
    caps: tuple[int, ...], pace: Pace, cap: int
) -> None:
    assert capped(caps, Wishes(pace=pace)) == cap


def test_whoever_wants_less_gets_something_once_a_week_at_most() -> None:
    less = replace(FINE, wishes=Wishes(pace=Pace.LESS), cap=capped((4,), Wishes(pace=Pace.LESS)))
    assert decide(replace(less, sent=(NOON - 6 * DAY,))) == Decision(Reason.WEEKLY_CAP, NOON + DAY)
    assert decide(replace(less, sent=(NOON - 7 * DAY,))) == Decision(Reason.SENT)


def test_two_events_share_the_cap() -> None:
    """What one event has sent leaves less for the other, whatever its own policy would allow."""
    from_both = (NOON - 4 * DAY, NOON - 2 * DAY)
    generous = replace(FINE, policy=under(weekly_cap=4), sent=from_both)
    assert decide(replace(generous, cap=capped((4,), Wishes()))) == Decision(Reason.SENT)
    assert decide(replace(generous, cap=capped((4, 2), Wishes()))) == Decision(Reason.WEEKLY_CAP, NOON + 3 * DAY)


@pytest.mark.parametrize(
    ("ahead", "cap", "decision"),
    [
        (3 * HOUR, 2, Decision(Reason.TOO_SOON, NOON + 23 * HOUR)),
        (19 * HOUR, 2, Decision(Reason.TOO_SOON, MORNING + DAY)),  # 39 hours would be three at night
        (3 * DAY, 2, Decision(Reason.SENT)),
        (3 * DAY, 1, Decision(Reason.WEEKLY_CAP, NOON + 10 * DAY)),
        (7 * DAY, 1, Decision(Reason.SENT)),
        (400 * DAY, 1, Decision(Reason.SENT)),
    ],
)
def test_what_a_clock_that_ran_ahead_wrote_down_counts_as_well(ahead: timedelta, cap: int, decision: Decision) -> None:
    assert decide(replace(FINE, sent=(NOON + ahead,), cap=cap)) == decision


def test_what_was_sent_at_the_same_instant_counts_without_a_gap_too() -> None:
    at_once = replace(FINE, policy=under(gap_hours=0), sent=(NOON, NOON), cap=99, unheeded=2)
    assert decide(at_once) == Decision(Reason.UNHEEDED, NOON + WEEK)
    assert decide(replace(at_once, unheeded=1)) == Decision(Reason.SENT)


@pytest.mark.parametrize(
    ("differs", "reason"),
    [
        ({"busy": True, "expires": NOON + BUSY_FOR}, Reason.BUSY),
        ({"now": NIGHT, "expires": MORNING}, Reason.QUIET_HOURS),
        ({"weekdays": (2,), "expires": MORNING + DAY}, Reason.WEEKDAY),
        ({"wishes": Wishes(paused_until=NOON + 3 * DAY), "expires": NOON + DAY}, Reason.PAUSED),
        ({"sent": (NOON - 6 * DAY, NOON - 2 * DAY), "expires": NOON + HOUR}, Reason.WEEKLY_CAP),
        ({"sent": (NOON - HOUR,), "unheeded": 3, "expires": NOON + 9 * DAY}, Reason.UNHEEDED),
        ({"policy": under(weekdays=(5, 6)), "weekdays": (0,)}, Reason.WEEKDAY),  # no day will ever do
    ],
)
def test_what_would_wait_for_too_long_is_held_back_for_what_it_would_wait_for(
    differs: dict[str, object], reason: Reason
) -> None:
    decision = decide(replace(FINE, **differs))  # type: ignore[arg-type]
    assert decision == Decision(reason)


def test_what_is_moved_to_another_day_keeps_its_own_time() -> None:
    at_three = replace(FINE, now=NIGHT, at=time(15))
    assert decide(at_three) == Decision(Reason.QUIET_HOURS, MORNING + 7 * HOUR)
    assert decide(replace(at_three, weekdays=(3,))) == Decision(Reason.WEEKDAY, MORNING + 2 * DAY + 7 * HOUR)
    too_soon = replace(at_three, now=NOON, sent=(NOON - 5 * HOUR,))
    assert decide(too_soon) == Decision(Reason.TOO_SOON, MORNING + 7 * HOUR)
    paused = replace(at_three, wishes=Wishes(paused_until=NOON + 2 * DAY))
    assert decide(paused) == Decision(Reason.PAUSED, NOON + 2 * DAY + 3 * HOUR)


def test_it_comes_at_another_time_rather_than_not_at_all() -> None:
    at_three = replace(FINE, now=NIGHT, at=time(15), expires=MORNING + HOUR)
    assert decide(at_three) == Decision(Reason.QUIET_HOURS, MORNING)


@pytest.mark.parametrize(
    ("differs", "decision"),
    [
        ({"next_survey": NOON + 5 * HOUR}, Decision(Reason.SURVEY_FIRST, NOON + 25 * HOUR)),
        ({"next_survey": NOON + 5 * HOUR, "expires": NOON + DAY}, Decision(Reason.SURVEY_FIRST)),
        ({"next_survey": NOON + 20 * HOUR}, Decision(Reason.SENT)),
        ({"next_survey": NOON + 3 * DAY}, Decision(Reason.SENT)),
        ({"next_survey": NOON + 3 * DAY, "cap": 1}, Decision(Reason.SURVEY_FIRST, NOON + 3 * DAY + 20 * HOUR)),
        ({"next_survey": NOON + 3 * DAY, "unheeded": 1}, Decision(Reason.SURVEY_FIRST, NOON + 3 * DAY + 20 * HOUR)),
        ({"next_survey": NOON + 5 * HOUR, "survey": True}, Decision(Reason.SURVEY_FIRST, NOON + 25 * HOUR)),
        # without a gap it lets the survey go by all the same
        (
            {"next_survey": NOON, "unheeded": 1, "policy": under(gap_hours=0)},
            Decision(Reason.SURVEY_FIRST, NOON + HOUR),
        ),
    ],
)
def test_what_would_make_a_survey_wait_gives_way_to_it(differs: dict[str, object], decision: Decision) -> None:
    assert decide(replace(FINE, **differs)) == decision  # type: ignore[arg-type]


def test_a_survey_waits_a_week_at_most_for_somebody_who_does_not_answer() -> None:
    last = NOON - 3 * DAY
    for unheeded in (2, 3, 9):
        ignored = replace(FINE, sent=(last,), unheeded=unheeded, survey=True)
        assert decide(ignored) == Decision(Reason.UNHEEDED, last + WEEK)


def test_the_outlook_spreads_what_is_to_come_as_it_would_be_sent() -> None:
    four = tuple(NOON + number * HOUR for number in range(4))
    assert outlook(FINE, four) == (
        NOON,
        NOON + 20 * HOUR,  # the gap, which is the next morning at eight
        NOON + WEEK,  # the third of the week waits for the first to be a week old
        NOON + 20 * HOUR + WEEK,
    )


def test_the_outlook_reckons_with_what_was_sent_and_with_a_pause() -> None:
    sent = (NOON - 3 * DAY, NOON - DAY)
    assert outlook(replace(FINE, sent=sent), (NOON,)) == (NOON + 4 * DAY,)
    paused = replace(FINE, wishes=Wishes(paused_until=NOON + 30 * DAY))
    assert outlook(paused, (NOON, NOON + 40 * DAY)) == (NOON + 30 * DAY, NOON + 40 * DAY)


def test_the_outlook_supposes_that_people_heed_what_comes() -> None:
    ignoring = replace(FINE, sent=(NOON - 9 * DAY, NOON - 8 * DAY), unheeded=5, busy=True)
    assert outlook(ignoring, (NOON,)) == (NOON,)


def test_what_is_overdue_is_looked_for_from_now_on() -> None:
    assert outlook(FINE, (NOON - 5 * DAY,)) == (NOON,)
    assert outlook(replace(FINE, now=NIGHT), (NOON,)) == (MORNING,)


@pytest.mark.parametrize(
    "never", [{"enrolled": False}, {"consented": False}, {"weekdays": (0,), "policy": under(weekdays=(1,))}]
)
def test_the_outlook_has_nothing_for_what_would_be_held_back(never: dict[str, object]) -> None:
    assert outlook(replace(FINE, **never), (NOON, NOON + DAY)) == (None, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "waits",
    [
        {"now": NIGHT},
        {"policy": under(weekdays=(5,))},
        {"policy": under(rest=(Rest(date(2026, 11, 16), date(2026, 11, 20)),))},
        {"sent": (NOON - HOUR,)},
        {"sent": (NOON - 2 * DAY, NOON - 3 * DAY), "cap": 1},
        {"sent": (NOON - 2 * DAY,), "unheeded": 9},
    ],
)
def test_what_is_urgent_waits_for_no_hour_and_no_distance(waits: dict[str, object]) -> None:
    circumstances = replace(FINE, **waits)  # type: ignore[arg-type]
    assert decide(circumstances).reason is not Reason.SENT
    assert decide(replace(circumstances, urgent=True)) == Decision(Reason.SENT)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"enrolled": False}, Reason.LEFT),
        ({"reachable": False}, Reason.UNREACHABLE),
        ({"consented": False}, Reason.NO_CONSENT),
        ({"wishes": Wishes(paused_until=NOON + DAY)}, Reason.PAUSED),
        ({"busy": True}, Reason.BUSY),
        ({"expires": NOON}, Reason.TOO_LATE),
        ({"moot": Reason.CANCELLED}, Reason.CANCELLED),
    ],
)
def test_what_a_person_said_holds_for_what_is_urgent_too(said: dict[str, object], reason: Reason) -> None:
    assert decide(replace(FINE, urgent=True, **said)).reason is reason  # type: ignore[arg-type]

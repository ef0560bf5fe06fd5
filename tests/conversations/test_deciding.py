"""Whether a nudge that is due is said now, put off, or held back: every unsent one has its reason."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.days import next_morning
from conversations.policy import BUSY_FOR, Circumstances, Decision, Reason, decide

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 16, 23, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)
FINE = Circumstances(
    now=NOON, zone="Africa/Dakar", enrolled=True, consented=True, reachable=True, busy=False, expires=None
)
ZONES = sorted(available_timezones())


@pytest.mark.parametrize(
    ("differs", "decision"),
    [
        ({}, Decision(Reason.SENT)),
        ({"expires": NOON + timedelta(seconds=1)}, Decision(Reason.SENT)),
        ({"enrolled": False}, Decision(Reason.LEFT)),
        ({"reachable": False}, Decision(Reason.UNREACHABLE)),
        ({"consented": False}, Decision(Reason.NO_CONSENT)),
        ({"expires": NOON}, Decision(Reason.TOO_LATE)),
        ({"busy": True}, Decision(Reason.BUSY, NOON + BUSY_FOR)),
        ({"busy": True, "expires": NOON + BUSY_FOR}, Decision(Reason.TOO_LATE)),
        ({"now": NIGHT}, Decision(Reason.QUIET_HOURS, MORNING)),
        ({"now": NIGHT, "expires": MORNING}, Decision(Reason.TOO_LATE)),
        ({"now": NIGHT, "expires": MORNING + timedelta(seconds=1)}, Decision(Reason.QUIET_HOURS, MORNING)),
        ({"now": NIGHT, "busy": True}, Decision(Reason.BUSY, NIGHT + BUSY_FOR)),
    ],
)
def test_one_thing_at_a_time(differs: dict[str, object], decision: Decision) -> None:
    assert decide(replace(FINE, **differs)) == decision  # type: ignore[arg-type]


def test_reasons_to_hold_back_come_before_reasons_to_wait() -> None:
    everything = replace(FINE, now=NIGHT, busy=True, enrolled=False, reachable=False, consented=False, expires=NOON)
    order = []
    for mended in ({"enrolled": True}, {"reachable": True}, {"consented": True}, {"expires": None}, {"busy": False}):
        order.append(decide(everything).reason)
        everything = replace(everything, **mended)
    assert order == [Reason.LEFT, Reason.UNREACHABLE, Reason.NO_CONSENT, Reason.TOO_LATE, Reason.BUSY]
    assert decide(everything).reason is Reason.QUIET_HOURS


circumstances = st.builds(
    Circumstances,
    now=st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31)).map(lambda naive: naive.replace(tzinfo=UTC)),
    zone=st.sampled_from(ZONES),
    enrolled=st.sampled_from((True, True, False)),
    consented=st.sampled_from((True, True, False)),
    reachable=st.sampled_from((True, True, False)),
    busy=st.sampled_from((False, False, True)),
    expires=st.none(),
)


@settings(max_examples=300, deadline=None)
@given(circumstances, st.none() | st.integers(-3, 40))
def test_nothing_is_ever_said_at_night_or_against_somebody_s_will(usual: Circumstances, hours: int | None) -> None:
    now = usual.now
    some = usual if hours is None else replace(usual, expires=now + timedelta(hours=hours))
    decision = decide(some)
    if decision.reason is Reason.SENT:
        assert some.enrolled
        assert some.consented
        assert some.reachable
        assert not some.busy
        assert next_morning(now, some.zone) is None
        assert some.expires is None or now < some.expires
    if decision.again is not None:
        assert decision.again > now
        assert some.expires is None or decision.again < some.expires
        assert decide(replace(some, now=decision.again, busy=False)).reason in {
            Reason.SENT,
            Reason.QUIET_HOURS,
            Reason.TOO_LATE,
        }

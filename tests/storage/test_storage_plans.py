from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select
from storage_samples import DAY, EVENT, NOW, a_refresher, a_survey, answered, both, imported, joined, person, plan_of

from conversations.policy import Reason
from conversations.scene import Nudge, ResponseState
from conversations.schedule import Planned
from conversations.timing import TouchpointKind
from storage import enrolments, nudges, plans, responses, tables
from storage.chats import ChatKind
from storage.plans import Due
from storage.vault import Vault


def state_of(conn: Connection, plan: int) -> tuple[str, Reason | None, datetime]:
    table = tables.plans.c
    return tuple(conn.execute(select(table.state, table.reason, table.due_at).where(table.id == plan)).one())


def test_a_plan_can_be_made_again_without_doubles(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    before = plan_of(conn, chat, a_survey(), a_refresher())
    assert plan_of(conn, chat, a_survey(), a_refresher()) == before


def test_what_is_still_to_come_moves(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    assert plan_of(conn, chat, a_survey(due=NOW + DAY, expires=NOW + 2 * DAY)) == [plan]
    nudge = nudges.nudge(conn, chat.id, plan)
    assert nudge is not None
    assert (nudge.due, nudge.expires) == (NOW + DAY, NOW + 2 * DAY)


def test_what_is_not_planned_any_more_is_held_back_and_can_return(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    survey, refresher = plan_of(conn, chat, a_survey(), a_refresher())
    plan_of(conn, chat, a_refresher())
    assert state_of(conn, survey) == ("held", Reason.REPLANNED, NOW)
    assert state_of(conn, refresher) == ("planned", None, NOW)
    assert plan_of(conn, chat, a_survey(due=NOW + DAY), a_refresher()) == [survey, refresher]
    assert state_of(conn, survey) == ("planned", None, NOW + DAY)


@pytest.mark.parametrize("reason", [Reason.SENT, Reason.NO_CONSENT, Reason.TOO_LATE, Reason.UNREACHABLE])
def test_what_is_settled_stays_settled(conn: Connection, vault: Vault, reason: Reason) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    plans.settle(conn, plan, reason, None, NOW)
    settled = state_of(conn, plan)
    for again in ((a_survey(due=NOW + DAY),), ()):
        plans.replan(conn, chat.id, EVENT.code, again)
        assert state_of(conn, plan) == settled


def test_who_left_and_came_back_gets_what_is_still_to_come(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    enrolments.leave_all(conn, chat.id, NOW)
    assert state_of(conn, plan) == ("held", Reason.LEFT, NOW)
    assert plan_of(conn, chat, a_survey()) == [plan]


def test_one_chat_or_event_does_not_replan_another(conn: Connection, vault: Vault) -> None:
    first, second = joined(conn, vault), joined(conn, vault, "1")
    (others,) = plan_of(conn, second, a_survey(due=NOW + DAY))
    imported(conn, replace(EVENT, code="HLE"))
    plans.replan(conn, second.id, "HLE", ())
    plan_of(conn, first, a_survey())
    plans.replan(conn, first.id, EVENT.code, ())
    assert state_of(conn, others)[0] == "planned"
    with pytest.raises(LookupError, match="nowhere"):
        plans.replan(conn, first.id, "nowhere", ())


def test_a_plan_to_come_follows_the_newest_revision_and_a_begun_or_sent_one_does_not(
    conn: Connection, vault: Vault
) -> None:
    chat = joined(conn, vault)
    old = imported(conn)
    begun, sent, coming = plan_of(conn, chat, a_survey(), a_refresher(), a_refresher(1, NOW + DAY))
    responses.begin(conn, begun, NOW)
    plans.settle(conn, sent, Reason.SENT, None, NOW)
    new = imported(conn, replace(EVENT, welcome=both("Hello")))
    plan_of(conn, chat, a_survey(), a_refresher(1, NOW + DAY))
    found = [nudges.nudge(conn, chat.id, each) for each in (begun, sent, coming)]
    assert [nudge.revision for nudge in found if nudge] == [old, old, new]
    plans.replan(conn, chat.id, EVENT.code, (a_refresher(1, NOW + DAY),), revision=old)
    coming_nudge = nudges.nudge(conn, chat.id, coming)
    assert coming_nudge is not None
    assert coming_nudge.revision == old


def test_everything_planned_is_told_with_what_became_of_it(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    survey, sent, later = plan_of(conn, chat, a_survey(), a_refresher(0, NOW - DAY), a_refresher(1, NOW + DAY))
    plans.settle(conn, sent, Reason.SENT, None, NOW - DAY)
    plans.settle(conn, survey, Reason.QUIET_HOURS, NOW + 2 * DAY, NOW)
    told = plans.told(conn)
    assert [(each.id, each.state, each.reason) for each in told] == [
        (sent, "sent", Reason.SENT),
        (later, "planned", None),
        (survey, "planned", Reason.QUIET_HOURS),
    ]
    assert {(each.chat_id, each.event) for each in told} == {(chat.id, EVENT.code)}
    assert [each.due for each in told] == [NOW - DAY, NOW + DAY, NOW + 2 * DAY]
    assert [each.settled for each in told] == [NOW - DAY, None, None]
    assert {each.revision for each in told} == {imported(conn)}
    assert [each.id for each in plans.told(conn, since=NOW)] == [later, survey]
    assert [each.id for each in plans.told(conn, most=2)] == [sent, later]


def test_due_is_what_is_planned_and_not_later_than_now(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    assert plans.next_due(conn) is None
    soon, sent, later = plan_of(conn, chat, a_survey(), a_refresher(0, NOW - DAY), a_refresher(1, NOW + DAY))
    plans.settle(conn, sent, Reason.SENT, None, NOW)
    assert plans.next_due(conn) == NOW
    assert plans.due(conn, NOW - timedelta(microseconds=1), 10, None) == []
    assert plans.due(conn, NOW, 10, None) == [Due(soon, chat.id, TouchpointKind.SURVEY, NOW)]
    plans.settle(conn, soon, Reason.NO_CONSENT, None, NOW)
    assert plans.next_due(conn) == NOW + DAY
    assert [each.id for each in plans.due(conn, NOW + DAY, 10, None)] == [later]


def test_settling_happens_once(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    assert plans.settle(conn, plan, Reason.QUIET_HOURS, NOW + DAY, NOW)
    assert state_of(conn, plan) == ("planned", Reason.QUIET_HOURS, NOW + DAY)
    assert plans.settle(conn, plan, Reason.TOO_LATE, None, NOW)
    assert not plans.settle(conn, plan, Reason.SENT, None, NOW)
    assert not plans.settle(conn, plan, Reason.BUSY, NOW + DAY, NOW)
    assert state_of(conn, plan) == ("held", Reason.TOO_LATE, NOW + DAY)


@given(hours=st.lists(st.integers(0, 5), max_size=12), size=st.integers(1, 5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_hold_everything_once_and_in_order(
    sqlite_pair: tuple[Engine, Vault], hours: list[int], size: int
) -> None:
    engine, vault = sqlite_pair
    with engine.connect() as conn, conn.begin() as transaction:
        chat = joined(conn, vault)
        planned = [a_refresher(number, NOW + timedelta(hours=each)) for number, each in enumerate(hours)]
        plans.replan(conn, chat.id, EVENT.code, planned)
        found: list[Due] = []
        after = None
        while page := plans.due(conn, NOW + DAY, size, after):
            assert len(page) <= size
            found += page
            after = (page[-1].due, page[-1].id)
        transaction.rollback()
    assert len(found) == len(hours)
    assert [(each.due, each.id) for each in found] == sorted({(each.due, each.id) for each in found})


def test_pages_of_the_same_instant(conn: Connection, vault: Vault) -> None:
    for number in range(7):
        plans.replan(conn, joined(conn, vault, str(number)).id, EVENT.code, (a_survey(), a_refresher()))
    first = plans.due(conn, NOW, 5, None)
    second = plans.due(conn, NOW, 50, (first[-1].due, first[-1].id))
    assert (len(first), len(second)) == (5, 9)
    assert {each.id for each in first}.isdisjoint(each.id for each in second)


def test_a_nudge_is_shown_to_its_own_chat_only(conn: Connection, vault: Vault) -> None:
    chat, other = joined(conn, vault), joined(conn, vault, "1")
    (plan,) = plan_of(conn, chat, a_survey(expires=NOW + DAY))
    expected = Nudge(
        plan, EVENT.code, imported(conn), TouchpointKind.SURVEY, "after", 0, NOW, NOW + DAY, pending=True, planned=NOW
    )
    assert nudges.nudge(conn, chat.id, plan) == expected
    assert nudges.nudge(conn, other.id, plan) is None
    assert nudges.nudge(conn, chat.id, 999_999_999_999_999) is None


def test_a_nudge_tells_how_far_its_response_has_come(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    answered(conn, vault, chat, plan, complete=False)
    plans.settle(conn, plan, Reason.SENT, None, NOW)
    nudge = nudges.nudge(conn, chat.id, plan)
    assert nudge is not None
    assert (nudge.response, nudge.pending) == (ResponseState.STARTED, False)
    responses.complete(conn, plan, NOW)
    nudge = nudges.nudge(conn, chat.id, plan)
    assert nudge is not None
    assert nudge.response is ResponseState.COMPLETED


def test_a_digest_is_planned_for_a_group(conn: Connection, vault: Vault) -> None:
    revision = imported(conn)
    group = person(conn, vault, "-100", ChatKind.GROUP)
    plans.replan(conn, group.id, EVENT.code, (Planned(TouchpointKind.DIGEST, "news", 0, NOW, None),))
    (due,) = plans.due(conn, NOW, 10, None)
    assert (due.chat_id, due.kind) == (group.id, TouchpointKind.DIGEST)
    nudge = nudges.nudge(conn, group.id, due.id)
    assert nudge is not None
    assert (nudge.revision, nudge.pending) == (revision, True)

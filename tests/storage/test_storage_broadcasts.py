"""Broadcasts as rows: confirmed once, one plan each, and a claim that looks at how things stand."""

from dataclasses import replace
from datetime import timedelta
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, insert, select
from storage_samples import DAY, EVENT, NOW, imported, joined, person

from conversations.broadcasts import BroadcastState, Letter, Tally
from conversations.effects import SayKind
from conversations.marks import Mark, Style, Wording
from conversations.policy import Reason
from storage import broadcasts, nudges, outbox, plans, tables
from storage.chats import Chat, ChatKind
from storage.codec import letter_from_json, letter_to_json
from storage.outbox import Operation, Outgoing, Result, State
from storage.states import PlanState
from storage.vault import Vault

LETTER = Letter(Wording("Hello", (Mark(Style.BOLD, 0, 5),)), Wording("Bonjour"))
WITHIN = timedelta(days=7)


@pytest.fixture
def event_id(conn: Connection) -> int:
    imported(conn)
    return int(conn.scalar(select(tables.events.c.id)) or 0)


@pytest.fixture
def grace(conn: Connection, vault: Vault, event_id: int) -> Chat:
    return person(conn, vault, "grace")


def draft(conn: Connection, vault: Vault, grace: Chat, event_id: int, letter: Letter = LETTER) -> int:
    number = broadcasts.fresh(conn)
    broadcasts.keep(conn, vault, grace, event_id, number, letter, False, NOW)
    return number


def sent_to(conn: Connection, vault: Vault, grace: Chat, event_id: int, *people: Chat) -> int:
    number = draft(conn, vault, grace, event_id)
    assert broadcasts.confirm(conn, number, [(each.id, NOW) for each in people], WITHIN, NOW)
    return number


def handed_out(conn: Connection, vault: Vault, chat: Chat) -> Outgoing:
    """What the turn of somebody's due plan does."""
    [plan] = [each for each in plans.due(conn, NOW, 100, None) if each.chat_id == chat.id]
    row = outbox.add(conn, vault, chat, Operation.SAY, SayKind.BROADCAST, "{}", NOW, plan_id=plan.id)
    assert plans.settle(conn, plan.id, Reason.SENT, None, NOW)
    return row


def states(conn: Connection) -> dict[PlanState, int]:
    rows = conn.execute(select(tables.plans.c.state, func.count()).group_by(tables.plans.c.state))
    return {row[0]: row[1] for row in rows}


def test_a_letter_comes_back_as_it_was(conn: Connection, vault: Vault, grace: Chat, event_id: int) -> None:
    number = draft(conn, vault, grace, event_id)
    assert letter_from_json(letter_to_json(LETTER)) == LETTER
    found = broadcasts.by_id(conn, vault, number, grace.id)
    assert found is not None
    assert (found.letter, found.mine, found.state) == (LETTER, True, BroadcastState.DRAFT)
    assert broadcasts.by_id(conn, vault, number + 1, grace.id) is None


def test_each_change_is_counted_and_numbers_are_never_given_out_twice(
    conn: Connection, vault: Vault, grace: Chat, event_id: int
) -> None:
    number = draft(conn, vault, grace, event_id)
    broadcasts.keep(conn, vault, grace, event_id, number, replace(LETTER, days=1), True, NOW)
    found = broadcasts.by_id(conn, vault, number, grace.id)
    assert found is not None
    assert (found.version, found.letter.days, found.urgent) == (2, 1, True)
    broadcasts.drop(conn, number)
    assert draft(conn, vault, grace, event_id) > number


def test_a_draft_without_words_gives_way_to_the_next(
    conn: Connection, vault: Vault, grace: Chat, event_id: int
) -> None:
    draft(conn, vault, grace, event_id, Letter())
    kept = draft(conn, vault, grace, event_id)
    draft(conn, vault, grace, event_id, Letter())
    draft(conn, vault, grace, event_id, Letter())
    assert len(conn.execute(select(tables.broadcasts.c.id)).all()) == 2
    assert [each.id for each in broadcasts.recent(conn, vault, event_id, grace.id, 5)] == [kept]


def test_it_is_confirmed_once(conn: Connection, vault: Vault, grace: Chat, event_id: int) -> None:
    ama = joined(conn, vault, "ama")
    number = sent_to(conn, vault, grace, event_id, ama)
    assert not broadcasts.confirm(conn, number, [(ama.id, NOW)], WITHIN, NOW)
    assert states(conn) == {PlanState.PLANNED: 1}
    broadcasts.keep(conn, vault, grace, event_id, broadcasts.fresh(conn), LETTER, False, NOW)
    assert broadcasts.by_id(conn, vault, number, grace.id) is not None


def test_thousands_are_planned_in_well_under_a_second(
    conn: Connection, vault: Vault, grace: Chat, event_id: int
) -> None:
    some = {"key_id": grace.key_id, "channel": "telegram", "kind": ChatKind.PRIVATE, "language": "en", "serial": 0}
    some |= {"address": b"", "reachable": True}
    conn.execute(insert(tables.chats), [{**some, "lookup": str(each).encode()} for each in range(5000)])
    people = list(conn.scalars(select(tables.chats.c.id).where(tables.chats.c.id != grace.id)))
    number = draft(conn, vault, grace, event_id)
    began = perf_counter()
    assert broadcasts.confirm(conn, number, [(each, NOW) for each in people], WITHIN, NOW)
    assert perf_counter() - began < 5, "five times what it is to take, for a busy machine"
    assert states(conn) == {PlanState.PLANNED: 5000}
    assert broadcasts.tally(conn, number) == Tally(waiting=5000)


def test_what_is_paused_is_set_aside_and_what_was_handed_out_as_well(
    conn: Connection, vault: Vault, grace: Chat, event_id: int
) -> None:
    ama, kofi = joined(conn, vault, "ama"), joined(conn, vault, "kofi")
    number = sent_to(conn, vault, grace, event_id, ama, kofi)
    row = handed_out(conn, vault, ama)
    broadcasts.pause(conn, number)
    assert states(conn) == {PlanState.SENT: 1, PlanState.SET_ASIDE: 1}
    assert not outbox.claim(conn, row, NOW)
    assert states(conn) == {PlanState.SET_ASIDE: 2}
    assert plans.due(conn, NOW + DAY, 10, None) == []
    assert plans.next_due(conn) is None
    broadcasts.resume(conn, number)
    assert states(conn) == {PlanState.PLANNED: 2}
    assert outbox.claim(conn, handed_out(conn, vault, ama), NOW)
    assert broadcasts.tally(conn, number) == Tally(waiting=2)


def test_what_is_cancelled_never_leaves(conn: Connection, vault: Vault, grace: Chat, event_id: int) -> None:
    ama, kofi = joined(conn, vault, "ama"), joined(conn, vault, "kofi")
    number = sent_to(conn, vault, grace, event_id, ama, kofi)
    row = handed_out(conn, vault, ama)
    broadcasts.pause(conn, number)
    broadcasts.cancel(conn, number, NOW)
    assert not outbox.claim(conn, row, NOW)
    broadcasts.resume(conn, number)
    assert states(conn) == {PlanState.HELD: 2}
    assert broadcasts.tally(conn, number) == Tally(held=((Reason.CANCELLED, 2),))


@pytest.mark.parametrize("end", [State.SENT, State.IN_DOUBT])
def test_a_second_message_of_the_same_plan_never_leaves(
    conn: Connection, vault: Vault, grace: Chat, event_id: int, end: State
) -> None:
    ama = joined(conn, vault, "ama")
    number = sent_to(conn, vault, grace, event_id, ama)
    first = handed_out(conn, vault, ama)
    second = replace(
        first, id=outbox.add(conn, vault, ama, Operation.SAY, SayKind.BROADCAST, "{}", NOW, plan_id=first.plan_id).id
    )
    assert outbox.claim(conn, first, NOW)
    assert not outbox.claim(conn, second, NOW), "while the first is on its way"
    outbox.mark(conn, [Result(first.id, end, "1")], NOW)
    third = outbox.add(conn, vault, ama, Operation.SAY, SayKind.BROADCAST, "{}", NOW, plan_id=first.plan_id)
    assert not outbox.claim(conn, third, NOW)
    assert broadcasts.tally(conn, number).done == 1


def test_one_that_certainly_did_not_leave_is_taken_up_again(
    conn: Connection, vault: Vault, grace: Chat, event_id: int
) -> None:
    ama = joined(conn, vault, "ama")
    sent_to(conn, vault, grace, event_id, ama)
    row = handed_out(conn, vault, ama)
    assert outbox.claim(conn, row, NOW)
    outbox.put_back(conn, row.id)
    assert outbox.claim(conn, row, NOW)


@pytest.mark.parametrize("urgent", [False, True])
def test_night_that_fell_in_the_queue_holds_back_what_is_not_urgent(
    conn: Connection, vault: Vault, grace: Chat, event_id: int, urgent: bool
) -> None:
    ama = joined(conn, vault, "ama")
    conn.execute(tables.chats.update().values(zone="Asia/Tokyo"))
    number = broadcasts.fresh(conn)
    broadcasts.keep(conn, vault, grace, event_id, number, LETTER, urgent, NOW)
    night = NOW.replace(hour=15)
    broadcasts.confirm(conn, number, [(ama.id, night)], WITHIN, night)
    [plan] = plans.due(conn, night, 10, None)
    row = outbox.add(conn, vault, ama, Operation.SAY, SayKind.BROADCAST, "{}", night, plan_id=plan.id)
    plans.settle(conn, plan.id, Reason.SENT, None, night)
    assert outbox.claim(conn, row, night) is urgent


def test_every_recipient_counts_once_whatever_became_of_them(
    conn: Connection, vault: Vault, grace: Chat, event_id: int
) -> None:
    people = [joined(conn, vault, f"p{number}") for number in range(8)]
    number = sent_to(conn, vault, grace, event_id, *people)
    rows = [handed_out(conn, vault, each) for each in people[:5]]
    ends = [State.SENT, State.IN_DOUBT, State.FAILED, State.FAILED]
    errors = [None, "answer lost", "unreachable", "rejected"]
    results = [Result(row.id, end, None, error) for row, end, error in zip(rows, ends, errors, strict=False)]
    outbox.mark(conn, results, NOW)
    due = [each.id for each in plans.due(conn, NOW, 10, None)]
    plans.settle(conn, due[0], Reason.LEFT, None, NOW)
    plans.settle(conn, due[1], Reason.QUIET_HOURS, NOW + DAY, NOW)
    tally = broadcasts.tally(conn, number)
    assert tally == Tally(
        sent=1,
        in_doubt=1,
        blocked=1,
        failed=1,
        waiting=3,
        held=((Reason.LEFT, 1),),
        put_off=((Reason.QUIET_HOURS, 1),),
    )
    assert tally.recipients == len(people)


def test_the_rows_of_a_broadcast_outlive_a_new_plan(conn: Connection, vault: Vault, grace: Chat, event_id: int) -> None:
    ama = joined(conn, vault, "ama")
    number = sent_to(conn, vault, grace, event_id, ama)
    plans.replan(conn, ama.id, EVENT.code, [])
    assert broadcasts.tally(conn, number) == Tally(waiting=1)
    assert nudges.coming(conn, ama.id) == ()


def test_its_recipients_are_found_by_an_index(sqlite_pair: tuple[Engine, Vault]) -> None:
    engine, vault = sqlite_pair
    with engine.begin() as conn:
        imported(conn)
        event_id = int(conn.scalar(select(tables.events.c.id)) or 0)
        number = sent_to(conn, vault, person(conn, vault, "grace"), event_id, joined(conn, vault, "ama"))
        seen: list[str] = []
        driver: Any = conn.connection.driver_connection
        driver.set_trace_callback(seen.append)
        broadcasts.tally(conn, number)
        driver.set_trace_callback(None)
        [statement] = seen
        steps = [row[-1] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
    assert any("ix_plans_broadcast" in each for each in steps), steps
    assert not any("SCAN outbox" in each or "SCAN plans" in each for each in steps), steps

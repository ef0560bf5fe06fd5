"""Stops: what is due of a stopped event is not found, what waits to leave waits again, and nothing of it gets lost."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, func, insert, select, update
from storage_samples import DAY, EVENT, NOW, a_refresher, a_survey, imported, joined, person, plan_of

from conversations.effects import SayKind
from conversations.model import Bilingual
from conversations.policy import Reason
from conversations.schedule import Planned
from conversations.stops import Backlog, Stopped
from conversations.timing import LADDER_NAME, TouchpointKind
from storage import contacts, events, groups, holding, outbox, plans, responses, stops, tables
from storage.audit import OPERATOR
from storage.chats import Chat, ChatKind
from storage.database import connect, upgrade
from storage.outbox import Operation, Outgoing, Result
from storage.states import PlanState, State
from storage.vault import Vault

HOUR = timedelta(hours=1)


def number(conn: Connection) -> int:
    return events.number_of(conn, EVENT.code)


def another(conn: Connection) -> int:
    return events.open_event(conn, "other")


def say(conn: Connection, vault: Vault, chat: Chat, plan: int, kind: SayKind = SayKind.NUDGE) -> Outgoing:
    """What the turn of a plan leaves behind that is sent."""
    plans.settle(conn, plan, Reason.SENT, None, NOW)
    return outbox.add(conn, vault, chat, Operation.SAY, kind, "{}", NOW, plan_id=plan)


def plan_row(conn: Connection, plan: int) -> tuple[PlanState, Reason | None, bool]:
    columns = tables.plans.c
    row = conn.execute(select(columns.state, columns.reason, columns.settled_at).where(columns.id == plan)).one()
    return row.state, row.reason, row.settled_at is not None


def outgoing_state(conn: Connection, message: Outgoing) -> tuple[State, str | None]:
    row = conn.execute(select(tables.outbox).where(tables.outbox.c.id == message.id)).one()
    return row.state, row.error


def kinds(conn: Connection, kind: TouchpointKind) -> int:
    return conn.scalar(select(func.count()).where(tables.plans.c.kind == kind)) or 0


WAITS = (PlanState.PLANNED, Reason.STOPPED, False)


def test_nothing_is_stopped_at_first(conn: Connection) -> None:
    assert not stops.stopped(conn)
    assert stops.in_force(conn) == stops.InForce(everything=False, events=frozenset())


def test_a_stop_is_in_force_until_it_ends_and_a_second_one_changes_nothing(conn: Connection) -> None:
    imported(conn)
    assert stops.begin(conn, number(conn), "ABCD", NOW)
    assert not stops.begin(conn, number(conn), "EFGH", NOW + HOUR)
    assert stops.stopped(conn) == Stopped(events=frozenset({EVENT.code}))
    found = stops.of_event(conn, number(conn))
    assert found is not None
    assert (found.by, found.since) == ("ABCD", NOW)
    assert stops.end(conn, number(conn), NOW + DAY)
    assert not stops.end(conn, number(conn), NOW + DAY)
    assert not stops.stopped(conn)
    assert stops.begin(conn, number(conn), "EFGH", NOW + DAY), "and it can be stopped again"


def test_the_operators_stop_is_of_everything_and_leaves_that_of_an_event_alone(conn: Connection) -> None:
    imported(conn)
    assert stops.begin(conn, number(conn), "ABCD", NOW)
    assert stops.begin(conn, None, OPERATOR, NOW)
    assert not stops.begin(conn, None, OPERATOR, NOW)
    everything = stops.of_everything(conn)
    assert everything is not None
    assert not everything.by
    assert stops.stopped(conn).covers("any other")
    assert stops.end(conn, None, NOW)
    assert stops.stopped(conn) == Stopped(events=frozenset({EVENT.code}))


def test_what_is_due_of_a_stopped_event_is_not_found_and_all_else_is(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    ids = plan_of(conn, chat, a_survey(), a_refresher(0, NOW + HOUR))
    stops.begin(conn, another(conn), "ABCD", NOW)
    assert [each.id for each in plans.due(conn, NOW + DAY, 10, None)] == ids
    assert plans.next_due(conn) == NOW
    stops.begin(conn, number(conn), "ABCD", NOW)
    assert plans.due(conn, NOW + DAY, 10, None) == []
    assert plans.due(conn, NOW + DAY, 10, (NOW, 0)) == []
    assert plans.next_due(conn) is None
    stops.end(conn, number(conn), NOW)
    assert [each.id for each in plans.due(conn, NOW + DAY, 10, (NOW, ids[0]))] == ids[1:]
    stops.begin(conn, None, OPERATOR, NOW)
    assert plans.due(conn, NOW + DAY, 10, None) == []
    assert plans.next_due(conn) is None


def test_what_waits_to_leave_waits_as_a_plan_and_what_is_on_its_way_stays(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    first, second, third = plan_of(conn, chat, a_survey(), a_refresher(0, NOW + HOUR), a_refresher(1, NOW + DAY))
    leaving, waiting = say(conn, vault, chat, first), say(conn, vault, chat, second)
    reply = outbox.add(conn, vault, chat, Operation.SAY, SayKind.REPLY, "{}", NOW)
    assert outbox.claim(conn, leaving, NOW)
    assert holding.backlog(conn, [number(conn)], NOW + 2 * HOUR) == Backlog(
        ((TouchpointKind.REFRESHER, 1),), on_its_way=1
    )
    stops.begin(conn, number(conn), "ABCD", NOW)
    holding.hold(conn, [number(conn)])
    assert plan_row(conn, first) == (PlanState.SENT, Reason.SENT, True)
    assert plan_row(conn, second) == WAITS
    assert plan_row(conn, third) == (PlanState.PLANNED, None, False)
    assert outgoing_state(conn, waiting) == (State.FAILED, holding.OVERTAKEN)
    assert outgoing_state(conn, reply) == (State.PENDING, None), "somebody asked for it"
    assert not outbox.claim(conn, waiting, NOW)
    assert plan_row(conn, second) == WAITS, "however often delivery asks"
    assert holding.backlog(conn, [number(conn)], NOW + 2 * HOUR).waiting == ((TouchpointKind.REFRESHER, 1),)


def test_one_event_is_held_and_no_other(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    message = say(conn, vault, chat, plan)
    stops.begin(conn, another(conn), "ABCD", NOW)
    holding.hold(conn, [another(conn)])
    assert holding.backlog(conn, [another(conn)], NOW) == Backlog()
    assert outbox.claim(conn, message, NOW)


def test_what_was_said_right_before_the_stop_is_caught_when_it_would_leave(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    message = say(conn, vault, chat, plan)
    stops.begin(conn, number(conn), "ABCD", NOW)
    assert not outbox.claim(conn, message, NOW)
    assert plan_row(conn, plan) == WAITS
    assert outgoing_state(conn, message) == (State.FAILED, holding.OVERTAKEN)


def test_it_can_be_said_again_after_the_stop_and_then_tells_what_became_of_it(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    before = say(conn, vault, chat, plan)
    stops.begin(conn, number(conn), "ABCD", NOW)
    holding.hold(conn, None)
    stops.end(conn, number(conn), NOW)
    assert [each.id for each in plans.due(conn, NOW, 10, None)] == [plan]
    again = say(conn, vault, chat, plan)
    assert not outbox.claim(conn, before, NOW), "the first one is over, whatever delivery remembers"
    assert outbox.claim(conn, again, NOW)
    outbox.mark(conn, [Result(again.id, State.SENT, "7")], NOW)
    assert outbox.undelivered(conn, 10) == {}


def test_reminders_of_a_survey_that_did_not_leave_are_planned_when_it_does(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    first, other = plan_of(conn, chat, a_survey(), a_survey(1, NOW + HOUR))
    for plan, occurrence in ((first, 0), (other, 100)):
        plans.settle(conn, plan, Reason.SENT, None, NOW)
        plans.add(conn, plan, (Planned(TouchpointKind.REMINDER, "after", occurrence, NOW + 2 * DAY, None),))
    holding.wait_again(conn, [first], Reason.STOPPED, None)
    rest = select(tables.plans.c.occurrence).where(tables.plans.c.kind == TouchpointKind.REMINDER)
    assert conn.scalars(rest).all() == [100]


def test_a_survey_that_was_opened_meanwhile_stays_open(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    message = say(conn, vault, chat, plan)
    responses.begin(conn, plan, NOW)
    stops.begin(conn, number(conn), "ABCD", NOW)
    holding.hold(conn, [number(conn)])
    assert plan_row(conn, plan)[0] is PlanState.SENT
    assert not outbox.claim(conn, message, NOW)


def test_a_digest_that_did_not_leave_has_told_nothing(conn: Connection, vault: Vault) -> None:
    member = joined(conn, vault)
    group = person(conn, vault, "-5", ChatKind.GROUP)
    groups.link(conn, group.id, EVENT.code, NOW)
    plans.replan(conn, group.id, EVENT.code, (Planned(TouchpointKind.DIGEST, "", 0, NOW, None),))
    (due,) = plans.due(conn, NOW, 10, None)
    enrolment = conn.scalar(select(tables.enrolments.c.id).where(tables.enrolments.c.chat_id == member.id))
    words = Bilingual("Most", "La plupart")
    groups.release(conn, EVENT.code, "after", "applied", [enrolment or 0], words, group.id, NOW - DAY)
    groups.release(conn, EVENT.code, "after", "ways", [enrolment or 0], words, group.id, NOW)
    message = say(conn, vault, group, due.id, SayKind.DIGEST)
    stops.begin(conn, number(conn), "ABCD", NOW)
    assert not outbox.claim(conn, message, NOW)
    assert plan_row(conn, due.id) == WAITS
    assert [each.words for each in groups.unposted(conn, group.id, EVENT)] == [words], "and of earlier ones all stays"


def test_what_is_let_go_is_never_sent_and_the_ladder_goes_on_later(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    ladder = Planned(TouchpointKind.REFRESHER, LADDER_NAME, 0, NOW - HOUR, None)
    over = a_refresher(0, NOW - 2 * HOUR, NOW - HOUR)
    survey, step, gone, later = plan_of(conn, chat, a_survey(), ladder, over, a_survey(1, NOW + DAY))
    assert holding.backlog(conn, [number(conn)], NOW) == Backlog(
        ((TouchpointKind.REFRESHER, 2), (TouchpointKind.SURVEY, 1)), over=1
    )
    assert holding.events_waiting(conn, NOW) == (number(conn),)
    holding.let_go(conn, number(conn), NOW, NOW + 2 * DAY)
    assert plan_row(conn, survey) == plan_row(conn, gone) == (PlanState.HELD, Reason.STOPPED, True)
    assert holding.backlog(conn, None, NOW) == Backlog()
    assert [(each.id, each.due) for each in plans.due(conn, NOW + 3 * DAY, 10, None)] == [
        (later, NOW + DAY),
        (step, NOW + 2 * DAY),
    ]


def test_what_was_let_go_does_not_come_back_with_the_next_revision(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    holding.let_go(conn, number(conn), NOW, NOW)
    plans.replan(conn, chat.id, EVENT.code, (a_survey(0, NOW + DAY),))
    assert plan_row(conn, plan)[:2] == (PlanState.HELD, Reason.STOPPED)


def test_nothing_gives_way_to_a_survey_that_is_stopped(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    plans.settle(conn, plan, Reason.QUIET_HOURS, NOW + HOUR, NOW)
    assert contacts.next_asking(conn, chat.id).survey == NOW + HOUR
    stops.begin(conn, number(conn), "ABCD", NOW)
    assert contacts.next_asking(conn, chat.id) == contacts.Asking()


def test_a_survey_of_a_stopped_event_is_not_what_somebody_goes_on_with(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    responses.begin(conn, plan, NOW)
    assert responses.unfinished(conn, chat.id, NOW) == plan
    stops.begin(conn, number(conn), "ABCD", NOW)
    assert responses.unfinished(conn, chat.id, NOW) is None


def test_thousands_are_held_at_once(sqlite_pair: tuple[Engine, Vault]) -> None:
    engine, vault = sqlite_pair
    with engine.begin() as conn:
        chat = joined(conn, vault)
        (plan,) = plan_of(conn, chat, a_survey())
        row = dict(conn.execute(tables.plans.select()).mappings().one())
        del row["id"]
        conn.execute(insert(tables.plans), [{**row, "occurrence": each} for each in range(1, 1201)])
        message = say(conn, vault, chat, plan)
        sealed = dict(conn.execute(tables.outbox.select()).mappings().one())
        conn.execute(update(tables.plans).values(state=PlanState.SENT, reason=Reason.SENT, settled_at=NOW))
        every = conn.scalars(select(tables.plans.c.id).where(tables.plans.c.id != plan)).all()
        conn.execute(
            insert(tables.outbox),
            [{**sealed, "id": message.id + place, "plan_id": each} for place, each in enumerate(every, 1)],
        )
        holding.hold(conn, [number(conn)])
        assert set(conn.scalars(select(tables.outbox.c.state))) == {State.FAILED}
        found = {(row.state, row.reason) for row in conn.execute(select(tables.plans))}
        assert found == {(PlanState.PLANNED, Reason.STOPPED)}


def test_a_stop_outlives_the_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    engine = connect(url)
    upgrade(engine)
    with engine.begin() as conn:
        imported(conn)
        stops.begin(conn, number(conn), "ABCD", NOW)
    engine.dispose()
    again = connect(url)
    with again.connect() as conn:
        assert stops.stopped(conn).covers(EVENT.code)
    again.dispose()


@pytest.mark.parametrize("event", [None, EVENT.code])
def test_a_forgotten_event_takes_its_stops_along(conn: Connection, event: str | None) -> None:
    imported(conn)
    which = number(conn) if event else None
    stops.begin(conn, which, "ABCD", NOW)
    conn.execute(tables.revisions.delete())
    conn.execute(tables.events.delete())
    assert bool(stops.stopped(conn)) == (event is None)

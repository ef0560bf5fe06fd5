"""How an event goes, from the rows: waves as they stood at an instant, a headcount a day, reminders, summaries."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, event, select, update
from storage_samples import DAY, EVENT, NOW, a_survey, imported, joined
from test_storage_dispositions import BEFORE, CASES, Case

from conversations.buttons import Manage
from conversations.desk import Desk, Duty
from conversations.following import ACTIVE_FOR, NOT_AGAIN_FOR, Headcount, Often, number_of
from conversations.model import EventState, Purpose, Role
from conversations.policy import Pace, Reason, Wishes
from conversations.roles import Act
from conversations.schedule import Planned
from conversations.timing import TouchpointKind
from storage import (
    chats,
    dispositions,
    enrolments,
    events,
    following,
    nudges,
    plans,
    reminding,
    responses,
    summaries,
    tables,
)
from storage.chats import Chat
from storage.events import Contents
from storage.looking import Looking
from storage.states import PlanState
from storage.vault import Vault

A_REMINDER = Planned(TouchpointKind.REMINDER, "after", 0, NOW + 2 * DAY, NOW + 5 * DAY)
ANOTHER = replace(A_REMINDER, occurrence=1, due=NOW + 5 * DAY, expires=NOW + 10 * DAY)


def waves_at(conn: Connection, at: datetime) -> tuple[tuple[int, ...], ...]:
    found = following.waves(conn, events.number_of(conn, EVENT.code), EVENT, at, BEFORE)
    return tuple((each.due, each.completed, each.unfinished, each.declined) for each in found)


@pytest.mark.parametrize("story", CASES)
def test_a_wave_is_what_the_dispositions_say(conn: Connection, vault: Vault, story: str) -> None:
    happens, _, _ = CASES[story]
    happens(Case(conn, vault))
    (wave,) = dispositions.waves(conn, EVENT.code, BEFORE)
    told = (wave.due, wave.completed, wave.partial + wave.broken_off, wave.declined)
    assert waves_at(conn, BEFORE) == (told,)


def test_what_came_after_the_instant_does_not_count_yet(conn: Connection, vault: Vault) -> None:
    case = Case(conn, vault)
    case.completed()
    assert waves_at(conn, NOW) == ((1, 1, 0, 0),)
    assert waves_at(conn, NOW - timedelta(seconds=1)) == ((0, 0, 0, 0),)


def test_somebody_who_declined_that_day_had_only_begun_at_midnight(conn: Connection, vault: Vault) -> None:
    case = Case(conn, vault)
    case.opened()
    case.declined()
    assert waves_at(conn, NOW + timedelta(minutes=1)) == ((1, 0, 1, 0),)
    assert waves_at(conn, BEFORE) == ((1, 0, 0, 1),)


def test_waves_that_have_begun_are_listed_the_newest_first(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    dues = [NOW, NOW + DAY, NOW + 30 * DAY]
    plans.replan(conn, chat.id, EVENT.code, [a_survey(number, due) for number, due in enumerate(dues)])
    found = following.waves(conn, events.number_of(conn, EVENT.code), EVENT, BEFORE, BEFORE)
    assert [each.occurrence for each in found] == [1, 0]
    assert [each.title for each in found] == [EVENT.surveys[0].title] * 2
    assert all(each.open for each in found)


def test_a_wave_that_takes_no_answers_any_more_is_not_open(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    plans.replan(conn, chat.id, EVENT.code, [replace(a_survey(), closes=NOW + DAY)])
    (wave,) = following.waves(conn, events.number_of(conn, EVENT.code), EVENT, BEFORE, BEFORE)
    assert not wave.open


def test_everybody_is_counted_once_in_the_first_that_holds(conn: Connection, vault: Vault) -> None:
    people = [joined(conn, vault, str(address)) for address in range(1, 7)]
    heard = {0: NOW, 1: NOW - ACTIVE_FOR, 2: NOW - ACTIVE_FOR - DAY, 3: NOW, 4: NOW, 5: NOW}
    for number, when in heard.items():
        conn.execute(update(tables.chats).where(tables.chats.c.id == people[number].id).values(heard_at=when))
    for each in people[3:]:
        chats.set_wishes(conn, each.id, Wishes(Pace.USUAL, NOW + DAY))
    for each in people[4:]:
        chats.set_reachable(conn, each.id, False)
    enrolments.leave_all(conn, people[5].id, NOW)
    counted = following.headcount(conn, events.number_of(conn, EVENT.code), NOW)
    assert counted == Headcount(NOW, active=2, silent=1, paused=1, unreachable=1, left=1)
    assert counted.whole == 6


def looking_at(conn: Connection, vault: Vault, chat: Chat, now: datetime) -> Looking:
    return Looking(conn, vault, Contents(), chat, now)


def duty_in(conn: Connection) -> Duty:
    number, revision = events.number_of(conn, EVENT.code), events.latest(conn, EVENT.code)
    return Duty(number, EVENT.code, Role.COORDINATOR, EventState.LIVE, EVENT.title, revision or 0)


def test_the_headcount_of_a_day_stays_until_the_next_one(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    duty, button = duty_in(conn), Manage(Act.STATUS, events.number_of(conn, EVENT.code))

    def seen(now: datetime) -> tuple[int, bool, int]:
        shown = following.loaded(looking_at(conn, vault, chat, now), Desk((duty,), duty), duty, button).following
        assert shown is not None
        assert shown.headcount is not None
        if shown.fresh:
            following.keep_headcount(conn, duty.event_id, shown.headcount)
        return shown.headcount.whole, shown.fresh, shown.joined

    assert seen(NOW) == (1, True, 1)
    joined(conn, vault, "4343")
    assert seen(NOW + timedelta(hours=3)) == (1, False, 2)
    assert seen(NOW + DAY) == (2, True, 2)


def test_nothing_is_looked_at_while_nothing_is_published(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    duty = replace(duty_in(conn), revision=0)
    desk = Desk((duty,), duty)
    assert following.loaded(looking_at(conn, vault, chat, NOW), desk, duty, Manage(Act.STATUS, 1)) == desk


def test_the_overview_takes_a_handful_of_statements_however_many_people_and_waves(
    sqlite_pair: tuple[Engine, Vault],
) -> None:
    engine, vault = sqlite_pair
    said: list[str] = []
    with engine.begin() as conn:
        for address in range(12):
            chat = joined(conn, vault, str(address))
            plans.replan(conn, chat.id, EVENT.code, [a_survey(number) for number in range(6)])
        duty = duty_in(conn)
        event.listen(engine, "before_cursor_execute", lambda _c, _u, statement, *_: said.append(statement))
        looking = looking_at(conn, vault, chat, BEFORE)
        looking.contents.content(conn, duty.revision)
        said.clear()
        shown = following.loaded(looking, Desk((duty,), duty), duty, Manage(Act.STATUS, duty.event_id)).following
        assert shown is not None
        assert len(shown.waves) == 6
        assert len(said) <= 8


class Wave:
    """One person to whom a survey went out, and their reminders."""

    def __init__(self, conn: Connection, vault: Vault, *reminders: Planned) -> None:
        self.conn, self.vault = conn, vault
        self.case = Case(conn, vault)
        self.case.said()
        plans.add(conn, self.case.plan, reminders)

    def settle(self, number: int, reason: Reason, at: datetime) -> None:
        plans.settle(self.conn, self._reminder(number), reason, None, at)

    def remind(self, now: datetime) -> None:
        reminding.remind(self.conn, events.number_of(self.conn, EVENT.code), "after", 0, now)

    def dues(self) -> list[tuple[int, PlanState, datetime]]:
        table = tables.plans
        rows = select(table.c.occurrence, table.c.state, table.c.due_at).where(
            table.c.kind == TouchpointKind.REMINDER, table.c.chat_id == self.case.chat.id
        )
        return [tuple(row) for row in self.conn.execute(rows.order_by(table.c.occurrence))]

    def _reminder(self, number: int) -> int:
        table = tables.plans
        found = select(table.c.id).where(table.c.kind == TouchpointKind.REMINDER, table.c.occurrence == number)
        reminder: int = self.conn.execute(found).scalar_one()
        return reminder


SOON = NOW + DAY


def test_the_next_reminder_comes_now_and_the_one_after_stays(conn: Connection, vault: Vault) -> None:
    wave = Wave(conn, vault, A_REMINDER, ANOTHER)
    wave.remind(SOON)
    assert wave.dues() == [(0, PlanState.PLANNED, SOON), (1, PlanState.PLANNED, ANOTHER.due)]


def test_once_the_first_went_out_the_second_comes_after_three_days(conn: Connection, vault: Vault) -> None:
    wave = Wave(conn, vault, A_REMINDER, ANOTHER)
    wave.settle(0, Reason.SENT, A_REMINDER.due)
    wave.remind(A_REMINDER.due + NOT_AGAIN_FOR - timedelta(seconds=1))
    assert wave.dues()[1] == (1, PlanState.PLANNED, ANOTHER.due)
    again = A_REMINDER.due + NOT_AGAIN_FOR
    wave.remind(again)
    assert wave.dues()[1] == (1, PlanState.PLANNED, again)


def test_one_that_was_held_back_gets_another_chance(conn: Connection, vault: Vault) -> None:
    wave = Wave(conn, vault, A_REMINDER, ANOTHER)
    wave.settle(0, Reason.SENT, A_REMINDER.due)
    wave.settle(1, Reason.TOO_LATE, ANOTHER.due)
    conn.execute(update(tables.plans).values(closes_at=None))
    wave.remind(NOW + 20 * DAY)
    assert wave.dues()[1] == (1, PlanState.PLANNED, NOW + 20 * DAY)


def test_where_none_was_planned_one_is(conn: Connection, vault: Vault) -> None:
    wave = Wave(conn, vault)
    wave.remind(SOON)
    assert wave.dues() == [(0, PlanState.PLANNED, SOON)]


def test_nobody_is_reminded_a_third_time(conn: Connection, vault: Vault) -> None:
    wave = Wave(conn, vault, A_REMINDER, ANOTHER)
    conn.execute(update(tables.plans).values(closes_at=None))
    wave.settle(0, Reason.SENT, A_REMINDER.due)
    wave.settle(1, Reason.SENT, ANOTHER.due)
    wave.remind(NOW + 40 * DAY)
    assert [state for _, state, _ in wave.dues()] == [PlanState.SENT, PlanState.SENT]


LEFT_ALONE: dict[str, Callable[[Case], object]] = {
    "answered": lambda case: case.completed(),
    "declined": lambda case: plans.decline(case.conn, case.plan, NOW),
    "paused": lambda case: chats.set_wishes(case.conn, case.chat.id, Wishes(Pace.USUAL, SOON + DAY)),
    "blocked the bot": lambda case: chats.set_reachable(case.conn, case.chat.id, False),
    "left": lambda case: case.left(),
    "wants no more surveys": lambda case: enrolments.set_purpose(
        case.conn, case.chat.id, EVENT.code, Purpose.SURVEYS, False, NOW
    ),
    "takes no answers any more": lambda case: case.conn.execute(update(tables.plans).values(closes_at=SOON)),
}


@pytest.mark.parametrize("why", LEFT_ALONE)
def test_whoever_is_done_with_it_is_not_reminded(conn: Connection, vault: Vault, why: str) -> None:
    wave = Wave(conn, vault, A_REMINDER)
    LEFT_ALONE[why](wave.case)
    before = wave.dues()
    wave.remind(SOON)
    assert wave.dues() == before


def test_a_pause_that_is_over_does_not_count(conn: Connection, vault: Vault) -> None:
    wave = Wave(conn, vault, A_REMINDER)
    chats.set_wishes(conn, wave.case.chat.id, Wishes(Pace.USUAL, SOON))
    wave.remind(SOON)
    assert wave.dues() == [(0, PlanState.PLANNED, SOON)]


def test_whoever_has_begun_is_reminded(conn: Connection, vault: Vault) -> None:
    wave = Wave(conn, vault, A_REMINDER)
    responses.begin(conn, wave.case.plan, NOW)
    wave.remind(SOON)
    assert wave.dues() == [(0, PlanState.PLANNED, SOON)]


def test_to_whom_the_survey_has_not_come_no_reminder_does(conn: Connection, vault: Vault) -> None:
    case = Case(conn, vault)
    plans.add(conn, case.plan, (A_REMINDER,))
    reminding.remind(conn, events.number_of(conn, EVENT.code), "after", 0, SOON)
    due = select(tables.plans.c.due_at).where(tables.plans.c.kind == TouchpointKind.REMINDER)
    assert conn.execute(due).scalar_one() == A_REMINDER.due


def test_other_waves_of_the_survey_are_left_alone(conn: Connection, vault: Vault) -> None:
    wave = Wave(conn, vault, A_REMINDER)
    reminding.remind(conn, events.number_of(conn, EVENT.code), "after", 1, SOON)
    assert wave.dues() == [(0, PlanState.PLANNED, A_REMINDER.due)]


def test_when_a_wave_was_reminded_of_is_kept(conn: Connection, vault: Vault) -> None:
    wave = Wave(conn, vault, A_REMINDER)
    wave.remind(SOON)
    wave.remind(SOON + NOT_AGAIN_FOR)
    (found,) = following.waves(conn, events.number_of(conn, EVENT.code), EVENT, BEFORE, BEFORE)
    assert found.reminded == SOON + NOT_AGAIN_FOR
    assert found.number == number_of("after", 0)


def summary_dues(conn: Connection) -> list[tuple[str, PlanState, datetime]]:
    table = tables.plans
    rows = select(table.c.name, table.c.state, table.c.due_at).where(table.c.kind == TouchpointKind.SUMMARY)
    return [tuple(row) for row in conn.execute(rows.order_by(table.c.id))]


def test_of_summaries_one_is_planned_at_a_time(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    number = events.number_of(conn, EVENT.code)
    assert summaries.often(conn, chat.id, number) is None
    summaries.plan(conn, chat.id, number, Often.DAILY, NOW + DAY, NOW)
    summaries.plan(conn, chat.id, number, Often.WEEKLY, NOW + 7 * DAY, NOW)
    assert summaries.often(conn, chat.id, number) is Often.WEEKLY
    assert [state for _, state, _ in summary_dues(conn)] == [PlanState.HELD, PlanState.PLANNED]
    summaries.plan(conn, chat.id, number, None, None, NOW)
    assert summaries.often(conn, chat.id, number) is None
    summaries.plan(conn, chat.id, number, Often.DAILY, NOW + DAY, NOW)
    assert summary_dues(conn)[0] == ("daily", PlanState.PLANNED, NOW + DAY)
    assert len(summary_dues(conn)) == 2


def test_a_summary_that_went_out_is_not_planned_for_that_hour_again(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    number = events.number_of(conn, EVENT.code)
    summaries.plan(conn, chat.id, number, Often.DAILY, NOW, NOW)
    (due,) = plans.due(conn, NOW, 10, None)
    plans.settle(conn, due.id, Reason.SENT, None, NOW)
    summaries.plan(conn, chat.id, number, Often.DAILY, NOW, NOW)
    assert summary_dues(conn) == [("daily", PlanState.SENT, NOW)]
    assert summaries.last_sent(conn, chat.id, number) == NOW


def test_summaries_are_no_part_of_a_participants_year(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    summaries.plan(conn, chat.id, events.number_of(conn, EVENT.code), Often.DAILY, NOW, NOW)
    plans.replan(conn, chat.id, EVENT.code, [])
    assert nudges.coming(conn, chat.id) == ()
    assert [state for _, state, _ in summary_dues(conn)] == [PlanState.PLANNED]


def test_whoever_leaves_gets_no_summaries(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    summaries.plan(conn, chat.id, events.number_of(conn, EVENT.code), Often.DAILY, NOW + DAY, NOW)
    enrolments.leave_all(conn, chat.id, NOW)
    assert [state for _, state, _ in summary_dues(conn)] == [PlanState.HELD]


def test_there_is_nothing_to_sum_up_of_what_is_not_published(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    imported(conn)
    number = events.open_event(conn, "draft")
    with pytest.raises(LookupError):
        summaries.plan(conn, chat.id, number, Often.DAILY, NOW + DAY, NOW)

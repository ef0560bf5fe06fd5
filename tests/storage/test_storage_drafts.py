"""Workbooks that wait, the life of an event, and planning anew in slices, on both databases."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from sqlalchemy import Connection, Engine, select
from storage_samples import DAY, EVENT, NOW, a_survey, imported, joined, person, plan_of

from conversations.findings import Finding, Kind
from conversations.messages import phrase
from conversations.model import EventState
from conversations.policy import Reason
from conversations.schedule import Planned
from conversations.setting_up import Progress, Report, Upload
from conversations.timing import TouchpointKind
from storage import dispositions, drafts, events, lives, plans, replannings, tables
from storage.lives import CodeTaken
from storage.states import DraftState, PlanState
from storage.vault import Vault

FOUND = Finding(Kind.NOTE, phrase("No row of the schedule sends {name}", name="a"), "do it", "schedule", 3, "name", "a")
WHOLE = Upload(EVENT.code, EVENT, Report(("a figure",), (FOUND,), lines=True, contacts={"ke": 4}), "d" * 64)
FAULTY = Upload("", None, Report((), (FOUND,)), "f" * 64)


def test_a_draft_comes_back_equal_and_the_newest_counts(conn: Connection, vault: Vault) -> None:
    chat, other = person(conn, vault), person(conn, vault, "12")
    event = events.open_event(conn, EVENT.code)
    drafts.keep(conn, 1, chat.id, event, WHOLE, NOW)
    drafts.keep(conn, 2, other.id, event, replace(WHOLE, digest="e" * 64), NOW)
    newest = drafts.newest(conn, event)
    assert newest is not None
    assert (newest.id, newest.upload, newest.uploaded, newest.open) == (2, replace(WHOLE, digest="e" * 64), NOW, True)
    older = drafts.by_id(conn, 1, chat.id)
    assert older is not None
    assert not older.open
    assert drafts.waiting(conn, [event, event + 1]) == {event}
    assert drafts.event_of(conn, 2, chat.id) == event


def test_one_without_an_event_is_seen_by_whoever_sent_it_alone(conn: Connection, vault: Vault) -> None:
    chat, other = person(conn, vault), person(conn, vault, "12")
    drafts.keep(conn, 1, chat.id, None, FAULTY, NOW)
    assert drafts.by_id(conn, 1, chat.id) is not None
    assert drafts.by_id(conn, 1, other.id) is None
    assert drafts.without_event(conn, other.id) is None
    drafts.keep(conn, 2, chat.id, None, FAULTY, NOW)
    found = drafts.without_event(conn, chat.id)
    assert found is not None
    assert found.id == 2
    assert drafts.event_of(conn, 1, chat.id) == 0
    assert drafts.event_of(conn, 1, other.id) is None


def test_a_draft_is_settled_once(conn: Connection, vault: Vault) -> None:
    event = events.open_event(conn, EVENT.code)
    drafts.keep(conn, 1, person(conn, vault).id, event, WHOLE, NOW)
    assert drafts.settle(conn, 1, DraftState.PUBLISHED)
    assert not drafts.settle(conn, 1, DraftState.DISCARDED)
    assert drafts.newest(conn, event) is None
    assert conn.scalar(select(tables.drafts.c.state)) is DraftState.PUBLISHED


def test_a_code_is_begun_once_and_every_change_counts(conn: Connection) -> None:
    number = lives.begin(conn, "new")
    with pytest.raises(CodeTaken):
        lives.begin(conn, "new")
    assert lives.locked(conn, number) == (EventState.DRAFT, 0)
    lives.change(conn, number, EventState.CLOSED)
    assert lives.locked(conn, number) == (EventState.CLOSED, 1)
    with pytest.raises(LookupError):
        lives.locked(conn, number + 1)


def test_of_two_who_begin_the_same_event_at_once_one_does(database: Engine) -> None:
    ends: list[object] = []
    ready = Barrier(2)

    def begin() -> None:
        ready.wait()
        try:
            with database.begin() as conn:
                ends.append(lives.begin(conn, "new"))
        except CodeTaken as error:
            ends.append(error)

    threads = [Thread(target=begin) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(type(each).__name__ for each in ends) == ["CodeTaken", "int"]


def test_planning_anew_goes_through_everybody_in_slices_and_begins_again(conn: Connection, vault: Vault) -> None:
    chats = [joined(conn, vault, f"{number}").id for number in range(20, 23)]
    event = events.number_of(conn, EVENT.code)
    replannings.begin(conn, event, chats[0], NOW)
    [first] = replannings.under_way(conn)
    assert (first.event, first.chat_id, first.total) == (EVENT.code, chats[0], 3)
    assert list(replannings.next_slice(conn, first, 2)) == chats[:2]
    replannings.move_on(conn, first, chats[1], 2)
    assert replannings.progress(conn, event) == Progress(2, 3)
    [going_on] = replannings.under_way(conn)
    assert list(replannings.next_slice(conn, going_on, 2)) == chats[2:]
    replannings.begin(conn, event, None, NOW)
    [anew] = replannings.under_way(conn)
    assert anew.id != first.id
    assert not replannings.finish(conn, first, NOW)
    assert replannings.finish(conn, anew, NOW)
    assert replannings.progress(conn, event) is None


def test_what_a_closed_event_held_back_comes_again_when_it_is_opened(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    event = events.number_of(conn, EVENT.code)
    survey, later = a_survey(), Planned(TouchpointKind.REMINDER, "after", 0, NOW + 2 * DAY, None)
    (plan,) = plan_of(conn, chat, survey)
    over = Planned(TouchpointKind.REMINDER, "after", 1, NOW, None)
    plans.add(conn, plan, [later, over])
    plans.hold_all(conn, event, [chat.id], NOW)
    assert plans.due(conn, NOW + 99 * DAY, 10, None) == []
    plans.replan(conn, chat.id, EVENT.code, [survey])
    plans.revive_reminders(conn, event, [chat.id], NOW)
    rows = conn.execute(select(tables.plans).order_by(tables.plans.c.kind.desc(), tables.plans.c.occurrence))
    assert [(row.kind, row.occurrence, row.state, row.reason) for row in rows] == [
        (TouchpointKind.SURVEY, 0, PlanState.PLANNED, None),
        (TouchpointKind.REMINDER, 0, PlanState.PLANNED, None),
        (TouchpointKind.REMINDER, 1, PlanState.HELD, Reason.CLOSED),
    ]


def test_nothing_is_planned_for_an_event_that_is_not_live(conn: Connection) -> None:
    revision = imported(conn)
    assert events.latest_live(conn, EVENT.code) == revision
    lives.change(conn, events.number_of(conn, EVENT.code), EventState.CLOSED)
    assert events.latest_live(conn, EVENT.code) is None
    assert events.latest(conn, EVENT.code) == revision
    again = events.import_event(conn, EVENT, NOW)
    assert not again.live
    assert events.latest_live(conn, EVENT.code) is None, "taking a pack in opens nothing"


def test_a_survey_that_was_never_sent_because_the_event_was_closed_is_nobodys_silence(
    conn: Connection, vault: Vault
) -> None:
    chat, other = joined(conn, vault), joined(conn, vault, "12")
    for each in (chat, other):
        plan_of(conn, each, a_survey())
    event = events.number_of(conn, EVENT.code)
    plans.hold_all(conn, event, [chat.id], NOW)
    [wave] = dispositions.waves(conn, EVENT.code, NOW + DAY)
    assert (wave.registered, wave.due, wave.not_reached) == (1, 1, 1)

"""How each planned survey ended with each person, case by case, and the same as figures of a wave."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, update
from storage_samples import DAY, EVENT, NOW, a_survey, imported, joined, person

from conversations.effects import SayKind
from conversations.model import SKIPPED, Purpose
from conversations.policy import Reason
from conversations.schedule import Planned
from conversations.timing import TouchpointKind
from storage import enrolments, exports, outbox, plans, responses, tables
from storage.chats import Chat
from storage.dispositions import Contact, Status, Wave, waves
from storage.outbox import Operation, Result, State
from storage.vault import Vault

CLOSES = NOW + 7 * DAY
BEFORE, AFTER = NOW + 2 * DAY, NOW + 8 * DAY


class Case:
    """One person and the survey that is planned for them, with what may happen to both."""

    def __init__(self, conn: Connection, vault: Vault) -> None:
        self.conn, self.vault = conn, vault
        self.chat: Chat = joined(conn, vault)
        planned = Planned(TouchpointKind.SURVEY, "after", 0, NOW, None, CLOSES)
        plans.replan(conn, self.chat.id, EVENT.code, [planned])
        self.plan = conn.execute(tables.plans.select()).one().id

    def said(self, *states: State) -> None:
        plans.settle(self.conn, self.plan, Reason.SENT, None, NOW)
        for state in states:
            out = outbox.add(
                self.conn, self.vault, self.chat, Operation.SAY, SayKind.NUDGE, "{}", NOW, plan_id=self.plan
            )
            outbox.mark(self.conn, [Result(out.id, state, "7" if state is State.SENT else None)], NOW)

    def held(self, reason: Reason) -> None:
        plans.settle(self.conn, self.plan, reason, None, NOW)

    def opened(self) -> None:
        responses.begin(self.conn, self.plan, NOW)

    def answered(self, *questions: str) -> None:
        self.opened()
        for each in questions:
            responses.save_answer(self.conn, self.vault, self.chat, self.plan, each, SKIPPED, False, NOW)

    def completed(self) -> None:
        self.answered("applied")
        responses.complete(self.conn, self.plan, NOW)

    def declined(self) -> None:
        plans.decline(self.conn, self.plan, NOW + timedelta(hours=1))

    def left(self) -> None:
        enrolments.leave_all(self.conn, self.chat.id, NOW + timedelta(hours=2))


Story = Callable[[Case], object]
CASES: dict[str, tuple[Story, Status, Contact]] = {
    "nothing was said yet": (lambda case: None, Status.NOT_REACHED, Contact.WAITING),
    "it waits to be sent": (lambda case: case.said(State.PENDING), Status.NOT_REACHED, Contact.WAITING),
    "it was delivered and left alone": (lambda case: case.said(State.SENT), Status.NOT_REACHED, Contact.DELIVERED),
    "nobody knows if it came": (lambda case: case.said(State.IN_DOUBT), Status.NOT_REACHED, Contact.IN_DOUBT),
    "the process died while sending": (lambda case: case.said(State.SENDING), Status.NOT_REACHED, Contact.IN_DOUBT),
    "the person has blocked the bot": (lambda case: case.said(State.FAILED), Status.NOT_REACHED, Contact.UNREACHABLE),
    "held back, blocked before": (
        lambda case: case.held(Reason.UNREACHABLE),
        Status.NOT_REACHED,
        Contact.UNREACHABLE,
    ),
    "held back, too late": (lambda case: case.held(Reason.TOO_LATE), Status.NOT_REACHED, Contact.HELD),
    "no consent to surveys": (lambda case: case.held(Reason.NO_CONSENT), Status.REFUSED, Contact.HELD),
    "left before it came": (lambda case: case.left(), Status.NOT_REACHED, Contact.HELD),
    "declined": (lambda case: (case.said(State.SENT), case.declined()), Status.REFUSED, Contact.OPENED),
    "declined after opening": (lambda case: (case.opened(), case.declined()), Status.REFUSED, Contact.OPENED),
    "opened": (lambda case: (case.said(State.SENT), case.opened()), Status.PARTIAL, Contact.OPENED),
    "begun": (lambda case: case.answered("applied", "people"), Status.PARTIAL, Contact.OPENED),
    "begun, then left": (lambda case: (case.answered("applied"), case.left()), Status.BROKEN_OFF, Contact.OPENED),
    "submitted": (lambda case: case.completed(), Status.COMPLETE, Contact.OPENED),
    "submitted, then left": (lambda case: (case.completed(), case.left()), Status.COMPLETE, Contact.OPENED),
    "submitted after declining": (lambda case: (case.declined(), case.completed()), Status.COMPLETE, Contact.OPENED),
}


@pytest.mark.parametrize("story", CASES)
def test_each_person_has_the_status_that_the_rows_tell(conn: Connection, vault: Vault, story: str) -> None:
    happens, status, contact = CASES[story]
    happens(Case(conn, vault))
    (found,) = exports.listed(conn, vault, EVENT.code, BEFORE)
    assert (found.status, found.contact) == (status, contact)


@pytest.mark.parametrize("story", CASES)
def test_the_figures_of_a_wave_say_the_same(conn: Connection, vault: Vault, story: str) -> None:
    happens, status, contact = CASES[story]
    happens(Case(conn, vault))
    (wave,) = waves(conn, EVENT.code, BEFORE)
    ended = {
        Status.COMPLETE: wave.completed,
        Status.PARTIAL: wave.partial,
        Status.BROKEN_OFF: wave.broken_off,
        Status.REFUSED: wave.declined,
        Status.NOT_REACHED: wave.not_reached,
    }
    assert {each: count for each, count in ended.items() if count} == {status: 1}
    assert (wave.registered, wave.due) == (1, 1)
    assert wave.opened == (contact is Contact.OPENED)
    assert wave.unreachable == (contact is Contact.UNREACHABLE)


def test_what_was_begun_is_broken_off_once_the_wave_is_closed(conn: Connection, vault: Vault) -> None:
    Case(conn, vault).answered("applied")
    assert exports.listed(conn, vault, EVENT.code, BEFORE)[0].status is Status.PARTIAL
    assert exports.listed(conn, vault, EVENT.code, AFTER)[0].status is Status.BROKEN_OFF


def test_what_is_not_due_yet_is_registered_only(conn: Connection, vault: Vault) -> None:
    Case(conn, vault)
    early = NOW - DAY
    assert exports.listed(conn, vault, EVENT.code, early) == ()
    assert waves(conn, EVENT.code, early) == (Wave("after", 0, 1, *[0] * 12),)


def test_what_was_taken_out_of_the_schedule_does_not_count_unless_it_was_opened(conn: Connection, vault: Vault) -> None:
    case = Case(conn, vault)
    plans.replan(conn, case.chat.id, EVENT.code, [])
    assert waves(conn, EVENT.code, BEFORE) == ()
    assert exports.listed(conn, vault, EVENT.code, BEFORE) == ()
    case.opened()
    assert [each.status for each in exports.listed(conn, vault, EVENT.code, BEFORE)] == [Status.PARTIAL]


def test_waves_are_told_apart(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    plans.replan(conn, chat.id, EVENT.code, [a_survey(0), a_survey(1, NOW + DAY), a_survey(2, NOW + 30 * DAY)])
    assert [(each.occurrence, each.due) for each in waves(conn, EVENT.code, BEFORE)] == [(0, 1), (1, 1), (2, 0)]


def test_a_question_that_was_skipped_counts_as_started_and_an_opened_survey_does_not(
    conn: Connection, vault: Vault
) -> None:
    case = Case(conn, vault)
    case.opened()
    assert waves(conn, EVENT.code, BEFORE)[0].started == 0
    case.answered("applied")
    assert waves(conn, EVENT.code, BEFORE)[0].started == 1


def test_other_events_and_people_who_never_joined_do_not_count(conn: Connection, vault: Vault) -> None:
    imported(conn)
    chat = person(conn, vault)
    plans.replan(conn, chat.id, EVENT.code, [a_survey()])
    assert waves(conn, EVENT.code, BEFORE) == ()
    assert waves(conn, "unknown", BEFORE) == ()


def test_a_send_that_failed_first_and_came_through_later_was_delivered(conn: Connection, vault: Vault) -> None:
    case = Case(conn, vault)
    case.said(State.FAILED, State.SENT)
    (wave,) = waves(conn, EVENT.code, BEFORE)
    assert (wave.delivered, wave.in_doubt, wave.unreachable) == (1, 0, 0)


def test_somebody_without_consent_is_refused_as_the_reason_says(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault, purposes=frozenset({Purpose.NUDGES}))
    plans.replan(conn, chat.id, EVENT.code, [a_survey()])
    conn.execute(update(tables.plans).values(state="held", reason=Reason.NO_CONSENT))
    assert waves(conn, EVENT.code, BEFORE)[0].declined == 1

"""Whose answers a digest may count, when the pack changes and people come and go."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select
from storage_samples import ALL, DAY, EVENT, NOW, SURVEY, a_survey, answered, both, joined, options, person, picks

from conversations.model import Event, Purpose, Question
from conversations.policy import Reason
from storage import enrolments, events, groups, people, plans, tables
from storage.chats import Chat, ChatKind
from storage.events import Contents
from storage.vault import Vault

APPLIED = SURVEY.questions[0]
SWAPPED = (replace(APPLIED.choices[0], label=both("no")), replace(APPLIED.choices[1], label=both("yes")))


def with_applied(**changes: object) -> Event:
    return with_question(replace(APPLIED, **changes))  # type: ignore[arg-type]


def with_question(question: Question) -> Event:
    return replace(EVENT, surveys=(replace(SURVEY, questions=(question, *SURVEY.questions[1:])),))


def take_in(conn: Connection, event: Event, days: int) -> None:
    """The pack as it is from that day on, and everything still to come restamped."""
    revision = events.import_event(conn, event, NOW + days * DAY).revision
    for chat in people.everyone(conn, EVENT.code):
        plans.replan(conn, chat, EVENT.code, (a_survey(),), revision=revision)


def sent(conn: Connection, chat: Chat, days: int) -> int:
    plans.replan(conn, chat.id, EVENT.code, (a_survey(),))
    plan = next(each.id for each in plans.due(conn, NOW + 99 * DAY, 99, None) if each.chat_id == chat.id)
    plans.settle(conn, plan, Reason.SENT, None, NOW + days * DAY)
    return plan


def somebody_answers(conn: Connection, vault: Vault, event: Event = EVENT) -> None:
    take_in(conn, event, 0)
    chat = joined(conn, vault)
    answered(conn, vault, chat, sent(conn, chat, 1))


def counted(conn: Connection) -> list[tuple[str, ...]]:
    return [names for _, names in picks(groups.cohorts(conn, EVENT.code, Contents()), "applied")]


def test_an_answer_goes_on_counting_while_other_words_change(conn: Connection, vault: Vault) -> None:
    somebody_answers(conn, vault)
    take_in(conn, replace(with_applied(hint=both("Hint"), required=True), title=both("Title")), 2)
    assert counted(conn) == [("yes",)]


@pytest.mark.parametrize(
    "changes",
    [
        {"choices": SWAPPED},
        {"choices": options("yes", "no", "perhaps")},
        {"choices": options("y", "n")},
        {"label": both("Not applied?")},
        {"sensitive": True},
        {"group_ok": False},
    ],
)
def test_an_answer_counts_for_the_question_that_was_read_alone(
    conn: Connection, vault: Vault, changes: dict[str, object]
) -> None:
    somebody_answers(conn, vault)
    take_in(conn, with_applied(**changes), 2)
    assert counted(conn) == []


@pytest.mark.parametrize("before", [{"sensitive": True}, {"group_ok": False}])
def test_what_was_not_for_the_group_when_it_was_answered_never_is(
    conn: Connection, vault: Vault, before: dict[str, object]
) -> None:
    somebody_answers(conn, vault, with_applied(**before))
    take_in(conn, EVENT, 2)
    assert counted(conn) == []


@pytest.mark.parametrize("again", [EVENT, replace(EVENT, title=both("Again"))])
def test_lifting_the_mark_brings_nothing_out(conn: Connection, vault: Vault, again: Event) -> None:
    somebody_answers(conn, vault)
    take_in(conn, with_applied(sensitive=True), 2)
    take_in(conn, again, 3)
    assert counted(conn) == []


def test_the_mark_counts_from_the_sending_on_whoever_opens_it_late(conn: Connection, vault: Vault) -> None:
    take_in(conn, EVENT, -3)
    chat = joined(conn, vault)
    plan = sent(conn, chat, -2)
    take_in(conn, with_applied(sensitive=True), -1)
    answered(conn, vault, chat, plan)  # begun with the words that it was sent with
    take_in(conn, EVENT, 1)
    assert counted(conn) == []


def test_a_mark_that_was_lifted_before_they_were_asked_does_no_harm(conn: Connection, vault: Vault) -> None:
    take_in(conn, with_applied(sensitive=True), -2)
    take_in(conn, EVENT, -1)
    chat = joined(conn, vault)
    answered(conn, vault, chat, sent(conn, chat, 0))
    assert counted(conn) == [("yes",)]


def test_consent_that_came_later_does_not_reach_back(conn: Connection, vault: Vault) -> None:
    take_in(conn, EVENT, 0)
    chat = joined(conn, vault, purposes=ALL - {Purpose.DIGEST})
    answered(conn, vault, chat, sent(conn, chat, 0))
    enrolments.leave_all(conn, chat.id, NOW)
    revision = events.latest(conn, EVENT.code)
    assert revision is not None
    enrolments.enrol(conn, chat.id, EVENT.code, revision, ALL, (), NOW + timedelta(seconds=1))
    assert counted(conn) == []


def test_frozen_words_about_what_became_sensitive_reach_no_other_group(conn: Connection, vault: Vault) -> None:
    joined(conn, vault)
    people = conn.scalars(select(tables.enrolments.c.id)).all()
    here, there = (person(conn, vault, address, ChatKind.GROUP) for address in ("-100", "-200"))
    for question in ("applied", "ways"):
        groups.release(conn, EVENT.code, "after", question, people, both(question), here.id, NOW)
    assert [each.words for each in groups.unposted(conn, there.id, EVENT)] == [both("applied"), both("ways")]
    # "ways" is asked of those who applied it, and would tell of it.
    assert groups.unposted(conn, there.id, with_applied(sensitive=True)) == ()

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError
from storage_samples import (
    ALL,
    DAY,
    EVENT,
    NOW,
    a_refresher,
    a_survey,
    answered,
    both,
    imported,
    joined,
    person,
    picks,
    plan_of,
)

from conversations.digests import Bar, Share
from conversations.model import SKIPPED, Purpose, Value
from conversations.policy import Reason
from conversations.scene import Frozen
from storage import enrolments, groups, plans, responses, tables
from storage.chats import ChatKind
from storage.events import Contents
from storage.responses import Counts
from storage.vault import Vault


@pytest.mark.parametrize(
    ("value", "free_text"),
    [
        ("yes", False),
        (0, False),
        (-999_999_999, False),
        (("engage", "reflect"), False),
        (("engage",), False),
        ("L’écoute 🤝", True),
    ],
)
def test_an_answer_comes_back_as_it_was(conn: Connection, vault: Vault, value: Value, free_text: bool) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    responses.begin(conn, plan, NOW)
    responses.save_answer(conn, vault, chat, plan, "q", value, free_text, NOW)
    assert responses.answers(conn, vault, chat, plan) == {"q": value}


def test_an_answer_replaces_the_one_before(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    answered(conn, vault, chat, plan)
    responses.save_answer(conn, vault, chat, plan, "applied", "no", False, NOW)
    responses.save_answer(conn, vault, chat, plan, "ways", ("inform",), False, NOW)
    assert responses.answers(conn, vault, chat, plan) == {
        "applied": "no",
        "ways": ("inform",),
        "people": 12,
        "story": "partnership",
    }
    assert len(conn.execute(select(tables.answer_choices)).all()) == 1


def test_dropped_answers_are_gone(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    answered(conn, vault, chat, plan)
    responses.drop_answers(conn, plan, ("ways", "story", "never asked"), NOW)
    assert responses.answers(conn, vault, chat, plan) == {"applied": "yes", "people": 12}
    assert conn.execute(select(tables.answer_choices)).all() == []


def test_a_question_that_is_skipped_is_known_as_such_and_loses_its_choices(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    answered(conn, vault, chat, plan)
    for question in ("ways", "story", "never seen before"):
        responses.save_answer(conn, vault, chat, plan, question, SKIPPED, False, NOW)
    found = responses.answers(conn, vault, chat, plan)
    assert found == {"applied": "yes", "ways": (), "people": 12, "story": (), "never seen before": ()}
    assert conn.execute(select(tables.answer_choices)).all() == []


def test_what_is_changed_after_submitting_stays_in_the_history(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    answered(conn, vault, chat, plan)
    later = NOW + DAY
    responses.save_answer(conn, vault, chat, plan, "ways", ("inform",), False, later, amends=True)
    responses.save_answer(conn, vault, chat, plan, "story", "rights", True, later, amends=True)
    responses.save_answer(conn, vault, chat, plan, "applied", "no", False, later)
    responses.drop_answers(conn, plan, ("people",), later, amends=True)
    rows = {row.question: row for row in conn.execute(select(tables.answer_versions))}
    assert rows.keys() == {"ways", "story", "people"}, "nothing is kept of a change before submitting"
    assert (rows["ways"].choice, rows["people"].number) == ("reflect engage", 12)
    assert vault.open(chat.key_id, rows["story"].text, f"answer {plan} story") == "partnership"
    assert {(row.answered_at, row.replaced_at) for row in rows.values()} == {(NOW, later)}
    assert responses.answers(conn, vault, chat, plan) == {"applied": "no", "ways": ("inform",), "story": "rights"}


def test_who_declines_a_survey_declines_it_once(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    for later in (1, 2):
        plans.decline(conn, plan, NOW + later * DAY)
    assert conn.scalar(select(tables.plans.c.declined_at)) == NOW + DAY


def test_free_text_is_sealed_and_choices_are_not(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    answered(conn, vault, chat, plan)
    rows = {row.question: row for row in conn.execute(select(tables.answers))}
    assert rows["applied"].choice == "yes"
    assert b"partnership" not in rows["story"].text
    assert vault.open(chat.key_id, rows["story"].text, f"answer {plan} story") == "partnership"


def test_a_response_begins_and_ends_once(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    for later in (0, 1):
        responses.begin(conn, plan, NOW + later * DAY)
    for later in (2, 3):
        responses.complete(conn, plan, NOW + later * DAY)
    row = conn.execute(select(tables.responses)).one()
    assert (row.started_at, row.completed_at) == (NOW, NOW + 2 * DAY)


def test_a_refresher_has_no_response(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (refresher,) = plan_of(conn, chat, a_refresher())
    responses.begin(conn, refresher, NOW)
    assert conn.execute(select(tables.responses)).all() == []


def test_what_waits_is_the_newest_survey_begun_or_announced(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    ends = NOW + 2 * DAY
    first, second, third = plan_of(
        conn, chat, a_survey(0), a_survey(1, NOW + timedelta(hours=1), ends), a_survey(2, NOW + timedelta(hours=2))
    )
    assert responses.unfinished(conn, chat.id, NOW) is None, "what is only planned is nobody's to open"
    plans.settle(conn, second, Reason.SENT, None, NOW)
    assert responses.unfinished(conn, chat.id, NOW) == second
    assert responses.unfinished(conn, chat.id, ends) is None, "its window is over"
    responses.begin(conn, second, NOW)
    assert responses.unfinished(conn, chat.id, ends) == second, "but what was begun waits for ever"
    for plan in (first, third):
        responses.begin(conn, plan, NOW)
    assert responses.unfinished(conn, chat.id, NOW) == third
    responses.complete(conn, third, NOW)
    assert responses.unfinished(conn, chat.id, NOW) == second
    enrolments.leave_all(conn, chat.id, NOW)
    assert responses.unfinished(conn, chat.id, NOW) is None


def test_nothing_waits_for_those_who_did_not_agree_to_surveys(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault, purposes=frozenset({Purpose.NUDGES}))
    (plan,) = plan_of(conn, chat, a_survey())
    plans.settle(conn, plan, Reason.SENT, None, NOW)
    assert responses.unfinished(conn, chat.id, NOW) is None


def test_counts(conn: Connection, vault: Vault) -> None:
    assert responses.counts(conn, EVENT.code) == Counts(0, 0, 0, 0)
    for number in range(3):
        chat = joined(conn, vault, str(number))
        (plan,) = plan_of(conn, chat, a_survey(due=NOW + number * DAY))
        if number:
            answered(conn, vault, chat, plan, complete=number == 1)
    assert responses.counts(conn, EVENT.code) == Counts(registered=3, started=2, completed=1, answers=8)


def a_crowd(conn: Connection, vault: Vault, size: int, purposes: frozenset[Purpose] = ALL, start: int = 0) -> list[int]:
    """Enrolment ids of that many people, each of whom completed the survey."""
    for number in range(start, start + size):
        chat = joined(conn, vault, f"p{number}", purposes)
        (plan,) = plan_of(conn, chat, a_survey(due=NOW + number * DAY))
        answered(conn, vault, chat, plan, applied="yes" if number % 2 else "no")
    return list(conn.scalars(select(tables.enrolments.c.id).order_by(tables.enrolments.c.id)))[-size:]


def test_cohorts_are_the_picks_of_select_questions(conn: Connection, vault: Vault) -> None:
    people = a_crowd(conn, vault, 3)
    found = groups.cohorts(conn, EVENT.code, Contents())
    assert [(each.survey, each.question) for each in found] == [("after", "applied"), ("after", "ways")]
    assert picks(found, "applied") == tuple(zip(people, (("no",), ("yes",), ("no",)), strict=True))
    assert picks(found, "ways") == tuple((each, ("reflect", "engage")) for each in people)


def test_cohorts_leave_out_who_did_not_consent_left_or_did_not_finish(conn: Connection, vault: Vault) -> None:
    people = a_crowd(conn, vault, 2)
    a_crowd(conn, vault, 1, ALL - {Purpose.DIGEST}, start=2)
    a_crowd(conn, vault, 1, start=3)
    enrolments.leave_all(conn, person(conn, vault, "p3").id, NOW)
    unfinished = joined(conn, vault, "p4")
    (plan,) = plan_of(conn, unfinished, a_survey(due=NOW + 4 * DAY))
    answered(conn, vault, unfinished, plan, complete=False)
    assert [each for each, _ in picks(groups.cohorts(conn, EVENT.code, Contents()), "applied")] == people


def test_of_somebody_who_answers_twice_the_newest_counts_once(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    first, second = plan_of(conn, chat, a_survey(0), a_survey(1, NOW + DAY))
    answered(conn, vault, chat, first, applied="no")
    responses.begin(conn, second, NOW)
    responses.save_answer(conn, vault, chat, second, "ways", ("inform",), False, NOW)
    responses.complete(conn, second, NOW + DAY)
    found = groups.cohorts(conn, EVENT.code, Contents())
    assert [names for _, names in picks(found, "ways")] == [("inform",)]
    assert [names for _, names in picks(found, "applied")] == [("no",)]


def test_whoever_was_released_is_in_no_cohort_of_that_question_again(conn: Connection, vault: Vault) -> None:
    people = a_crowd(conn, vault, 10)
    group = person(conn, vault, "-100", ChatKind.GROUP)
    groups.release(conn, EVENT.code, "after", "applied", people, both("About half"), group.id, NOW)
    late = a_crowd(conn, vault, 1, start=10)
    found = groups.cohorts(conn, EVENT.code, Contents())
    assert [each for each, _ in picks(found, "applied")] == late
    assert [each for each, _ in picks(found, "ways")] == people + late


def test_one_person_one_question_one_release(conn: Connection, vault: Vault) -> None:
    people = a_crowd(conn, vault, 2)
    group = person(conn, vault, "-100", ChatKind.GROUP)
    groups.release(conn, EVENT.code, "after", "applied", people[:1], both("Some"), group.id, NOW)
    with pytest.raises(IntegrityError), conn.begin_nested():
        groups.release(conn, EVENT.code, "after", "applied", people, both("Most"), group.id, NOW)
    assert len(conn.execute(select(tables.releases)).all()) == 1


def test_frozen_words_reach_each_group_once(conn: Connection, vault: Vault) -> None:
    people = a_crowd(conn, vault, 1)
    here, there = (person(conn, vault, address, ChatKind.GROUP) for address in ("-100", "-200"))
    bars = (Bar(Share.SOME, both("yes")), Bar(Share.MOST, both("no")))
    groups.release(conn, EVENT.code, "after", "applied", people, both("Some"), here.id, NOW, bars)
    groups.release(conn, EVENT.code, "after", "ways", people, both("Most"), here.id, NOW)
    assert groups.unposted(conn, here.id, EVENT) == ()
    first, second = groups.unposted(conn, there.id, EVENT)
    assert first == Frozen(first.id, both("Some"), "after", "applied", bars)
    assert (second.words, second.bars) == (both("Most"), ())
    groups.mark_posted(conn, there.id, (first.id,), NOW)
    groups.mark_posted(conn, there.id, (first.id,), NOW)
    groups.mark_posted(conn, there.id, (), NOW)
    assert groups.unposted(conn, there.id, EVENT) == (second,)
    assert groups.unposted(conn, there.id, replace(EVENT, code="another")) == ()


def test_a_group_is_linked_to_one_event_at_a_time(conn: Connection, vault: Vault) -> None:
    imported(conn)
    group = person(conn, vault, "-100", ChatKind.GROUP)
    assert groups.linked_event(conn, group.id) is None
    groups.link(conn, group.id, EVENT.code, NOW)
    groups.link(conn, group.id, EVENT.code, NOW + DAY)
    assert groups.linked_event(conn, group.id) == EVENT.code
    assert [(each.chat, each.since) for each in groups.linked(conn, EVENT.code)] == [(group.id, NOW + DAY)]
    groups.unlink(conn, group.id)
    assert groups.linked_event(conn, group.id) is None
    assert groups.linked(conn, EVENT.code) == ()
    with pytest.raises(LookupError, match="nowhere"):
        groups.link(conn, group.id, "nowhere", NOW)

"""What exports are given: answers under pseudonyms, in slices, and nothing of people whose key is gone."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, update
from storage_samples import DAY, EVENT, NOW, a_survey, answered, imported, joined, plan_of

from conversations.model import SKIPPED, Purpose
from storage import enrolments, events, exports, plans, responses, tables
from storage.exports import UNREADABLE
from storage.vault import Vault

LATER = NOW + 40 * DAY
GIVEN = {"applied": "yes", "ways": ("reflect", "engage"), "people": 12, "story": "partnership"}


def test_answers_come_as_they_were_stored(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    answered(conn, vault, chat, plan)
    responses.save_answer(conn, vault, chat, plan, "more", SKIPPED, False, NOW + DAY)
    (response,) = exports.load(conn, vault, exports.listed(conn, vault, EVENT.code, LATER))
    assert response.answers == GIVEN | {"more": SKIPPED}
    assert response.answers == responses.answers(conn, vault, chat, plan)
    assert response.answered["applied"] == NOW
    assert response.listed.touched == response.answered["more"] == NOW + DAY
    assert response.listed.seed == str(plan)


def test_a_person_has_one_pseudonym_in_an_event_and_another_one_elsewhere(conn: Connection, vault: Vault) -> None:
    other = replace(EVENT, code="LSE2")
    imported(conn)
    revision = imported(conn, other)
    for address in ("1", "2"):
        chat = joined(conn, vault, address)
        plans.replan(conn, chat.id, EVENT.code, [a_survey(0), a_survey(1)])
        enrolments.enrol(conn, chat.id, other.code, revision, frozenset(Purpose), (), NOW)
        plans.replan(conn, chat.id, other.code, [a_survey()])
    here = [each.person for each in exports.listed(conn, vault, EVENT.code, LATER)]
    there = [each.person for each in exports.listed(conn, vault, other.code, LATER)]
    assert here[:2] == here[2:]
    assert len(set(here)) == len(set(there)) == 2
    assert not set(here) & set(there)


def test_the_order_tells_nothing_of_who_joined_first(conn: Connection, vault: Vault) -> None:
    for address in range(12):
        chat = joined(conn, vault, str(address))
        plans.replan(conn, chat.id, EVENT.code, [a_survey()])
    people = [each.person for each in exports.listed(conn, vault, EVENT.code, LATER)]
    assert people == sorted(people)
    assert all(len(each) == 16 and each.isalnum() for each in people)


def test_nothing_that_names_a_person_is_shown_of_a_response(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    answered(conn, vault, chat, plan)
    (listed,) = exports.listed(conn, vault, EVENT.code, LATER)
    assert chat.key_id not in repr(listed)
    assert chat.address not in repr(listed)


def test_who_was_erased_is_left_out_and_everybody_else_is_there(conn: Connection, vault: Vault) -> None:
    chats = [joined(conn, vault, address) for address in ("1", "2", "3")]
    for chat in chats:
        answered(conn, vault, chat, plan_of(conn, chat, a_survey())[0])
    before = exports.listed(conn, vault, EVENT.code, LATER)
    vault.destroy(chats[1].key_id)
    after = exports.listed(conn, vault, EVENT.code, LATER)
    assert len(before) == 3
    assert len(after) == 2
    assert exports.load(conn, vault, before) == exports.load(conn, vault, after)
    assert exports.history(conn, vault, before) == []


def test_one_damaged_text_does_not_keep_the_rest_from_being_exported(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    answered(conn, vault, chat, plan)
    conn.execute(update(tables.answers).where(tables.answers.c.question == "story").values(text=b"\x01damaged"))
    (response,) = exports.load(conn, vault, exports.listed(conn, vault, EVENT.code, LATER))
    assert response.answers == GIVEN | {"story": UNREADABLE}


def test_a_response_keeps_the_revision_that_it_was_given_to(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    answered(conn, vault, chat, plan, complete=False)
    first = events.latest(conn, EVENT.code)
    imported(conn, replace(EVENT, contact=EVENT.welcome))
    plans.replan(conn, chat.id, EVENT.code, [a_survey(), a_survey(1)])
    assert [each.revision == first for each in exports.listed(conn, vault, EVENT.code, LATER)] == [True, False]


@pytest.mark.parametrize(
    ("question", "value", "sealed", "kept"),
    [
        ("applied", "no", False, "yes"),
        ("ways", ("inform",), False, "reflect engage"),
        ("people", 3, False, 12),
        ("story", "another", True, "partnership"),
    ],
)
def test_what_was_changed_after_submitting_is_told_in_clear(
    conn: Connection, vault: Vault, question: str, value: str, sealed: bool, kept: str
) -> None:
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    answered(conn, vault, chat, plan)
    responses.save_answer(conn, vault, chat, plan, question, value, sealed, NOW + DAY, amends=True)
    (version,) = exports.history(conn, vault, exports.listed(conn, vault, EVENT.code, LATER))
    assert (version.question, version.value) == (question, kept)
    assert (version.answered, version.replaced) == (NOW, NOW + DAY)


def test_slices_have_everything_once(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    plans.replan(conn, chat.id, EVENT.code, [a_survey(each) for each in range(7)])
    listed = exports.listed(conn, vault, EVENT.code, LATER) * 100
    found = list(exports.slices(listed))
    assert [each for some in found for each in some] == list(listed)
    assert max(len(some) for some in found) <= exports.SLICE

"""Recall questions as they are kept: what was asked, the first answer, and what somebody has in mind."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, select
from storage_samples import DAY, EVENT, NOW, a_refresher, joined, plan_of

from conversations.model import Language
from conversations.policy import Reason
from conversations.refreshers import Item, Memory
from storage import nudges, people, plans, recalls, tables
from storage.vault import Vault

ASKED = Item("rights", 0)
MEMORY = Memory("rights", 0, NOW + 2 * DAY, 2.3, 5.5, NOW, (0,))
CLIMBED = replace(MEMORY, rung=1, due=NOW + 9 * DAY, stability=7.0, reviewed=NOW + DAY)


def asked(conn: Connection, vault: Vault, address: str = "0") -> tuple[int, int]:
    """Somebody who was just asked; their chat and the plan."""
    chat = joined(conn, vault, address)
    (plan,) = plan_of(conn, chat, a_refresher())
    plans.settle(conn, plan, Reason.SENT, None, NOW)
    recalls.ask(conn, plan, [ASKED], [MEMORY], NOW)
    return chat.id, plan


def answer(conn: Connection, plan: int, choice: str | None, memory: Memory = CLIMBED) -> None:
    right = choice == "rights"
    recalls.answer(conn, plan, "rights", choice, right, True, Language.FR, memory, NOW + DAY)


def memories(conn: Connection, chat: int) -> tuple[Memory, ...]:
    member = people.member(conn, EVENT, chat)
    assert member is not None
    return member.who.memories


def test_what_was_asked_is_known_before_it_is_answered(conn: Connection, vault: Vault) -> None:
    chat, plan = asked(conn, vault)
    assert recalls.items(conn, plan) == (ASKED,)
    assert memories(conn, chat) == (MEMORY,)
    nudge = nudges.nudge(conn, chat, plan)
    assert nudge is not None
    assert nudge.items == (ASKED,)


def test_the_first_answer_counts(conn: Connection, vault: Vault) -> None:
    chat, plan = asked(conn, vault)
    answer(conn, plan, "rights")
    answer(conn, plan, "rules", replace(MEMORY, rung=0))
    row = conn.execute(select(tables.recalls)).one()
    assert (row.choice, row.right, row.sure, row.language) == ("rights", True, True, Language.FR)
    assert memories(conn, chat) == (CLIMBED,)


def test_not_knowing_is_an_answer(conn: Connection, vault: Vault) -> None:
    _, plan = asked(conn, vault)
    answer(conn, plan, None, MEMORY)
    assert recalls.items(conn, plan) == (replace(ASKED, choice=recalls.NOT_KNOWN),)
    row = conn.execute(select(tables.recalls)).one()
    assert (row.choice, row.right, row.recalled_at) == (None, False, NOW + DAY)


def test_a_question_that_was_never_asked_has_no_answer(conn: Connection, vault: Vault) -> None:
    _, plan = asked(conn, vault)
    recalls.answer(conn, plan, "safety", "ask", True, True, Language.EN, replace(MEMORY, message="safety"), NOW)
    assert recalls.items(conn, plan) == (ASKED,)


def test_mastered_is_kept_as_such(conn: Connection, vault: Vault) -> None:
    chat, plan = asked(conn, vault)
    answer(conn, plan, "rights", replace(CLIMBED, due=None))
    assert memories(conn, chat)[0].due is None


def test_what_others_have_in_mind_is_their_own(conn: Connection, vault: Vault) -> None:
    chat, plan = asked(conn, vault)
    other, _ = asked(conn, vault, "1")
    answer(conn, plan, "rights")
    assert memories(conn, other) == (MEMORY,)
    assert memories(conn, chat) == (CLIMBED,)


def test_reminders_are_planned_once_and_no_replan_touches_them(conn: Connection, vault: Vault) -> None:
    chat, plan = asked(conn, vault)
    reminder = replace(a_refresher(due=NOW + DAY), kind=plans.TouchpointKind.REMINDER, name="after")
    for _ in range(2):
        plans.add(conn, plan, [reminder])
    plans.replan(conn, chat, EVENT.code, ())
    assert [each.due for each in plans.due(conn, NOW + timedelta(days=1), 10, None)] == [NOW + DAY]

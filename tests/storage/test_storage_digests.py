"""What a digest is made of and when it was told: recalls, messages of the week, wishes, and digests that came late."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, select
from storage_samples import ALL, DAY, EVENT, MESSAGE, NOW, a_refresher, both, imported, joined, person

from conversations.digest_text import WEEKLY
from conversations.effects import SayKind
from conversations.model import Event, Language, Purpose
from conversations.policy import Reason
from conversations.refreshers import Item, Memory
from conversations.retained import NOT_RIGHT, RETAINED, RIGHT
from conversations.schedule import Planned
from conversations.timing import ASKED_DIGEST, TouchpointKind
from storage import chats, contacts, enrolments, events, groups, outbox, plans, recalls, tables
from storage.chats import Chat, ChatKind
from storage.events import Contents
from storage.outbox import Operation
from storage.vault import Vault

MEMORY = Memory("rights", 0, NOW + 2 * DAY, 2.3, 5.5, NOW, (0,))


def recalled(
    conn: Connection, vault: Vault, address: str, *choices: str, purposes: frozenset[Purpose] = ALL
) -> tuple[Chat, int]:
    """Somebody who was asked for the key message as often, a week apart, and answered so; with their enrolment."""
    chat = joined(conn, vault, address, purposes)
    for occurrence, choice in enumerate(choices):
        at = NOW + 7 * occurrence * DAY
        # All refreshers of theirs are planned: what a plan leaves out is held back.
        planned = [a_refresher(each, NOW + 7 * each * DAY) for each in range(len(choices))]
        plans.replan(conn, chat.id, EVENT.code, planned)
        due = plans.due(conn, at, 100, None)
        plan = next(each.id for each in due if each.chat_id == chat.id)
        plans.settle(conn, plan, Reason.SENT, None, at)
        recalls.ask(conn, plan, [Item("rights", 0)], [MEMORY], at)
        right = choice == "rights"
        recalls.answer(conn, plan, "rights", choice, right, True, Language.FR, MEMORY, at + timedelta(minutes=1))
    here = select(tables.enrolments.c.id).where(tables.enrolments.c.chat_id == chat.id)
    return chat, conn.scalars(here).one()


def retained(conn: Connection) -> list[tuple[int, tuple[str, ...]]]:
    return [
        pick for each in groups.cohorts(conn, EVENT.code, Contents()) if each.survey == RETAINED for pick in each.picks
    ]


def group(conn: Connection, vault: Vault, address: str = "-100") -> Chat:
    return person(conn, vault, address, ChatKind.GROUP)


def test_whether_a_key_message_was_recalled_counts_once_for_each_person_and_the_last_time(
    conn: Connection, vault: Vault
) -> None:
    _, first = recalled(conn, vault, "1", "rights")
    _, second = recalled(conn, vault, "2", "rights", "rules")
    assert retained(conn) == [(first, (RIGHT,)), (second, (NOT_RIGHT,))]


def test_who_did_not_agree_has_left_or_was_told_of_before_is_not_counted(conn: Connection, vault: Vault) -> None:
    recalled(conn, vault, "1", "rights", purposes=ALL - {Purpose.DIGEST})
    gone, _ = recalled(conn, vault, "2", "rights")
    enrolments.leave_all(conn, gone.id, NOW + 9 * DAY)
    _, told = recalled(conn, vault, "3", "rights")
    groups.release(conn, EVENT.code, RETAINED, "rights", [told], both("Most"), group(conn, vault).id, NOW)
    _, fresh = recalled(conn, vault, "4", "rules")
    assert retained(conn) == [(fresh, (NOT_RIGHT,))]


def with_message(**changes: object) -> Event:
    return replace(EVENT, messages=(replace(MESSAGE, **changes),))  # type: ignore[arg-type]


def test_a_recall_counts_for_the_message_that_was_asked_for_alone(conn: Connection, vault: Vault) -> None:
    recalled(conn, vault, "1", "rights")
    assert len(retained(conn)) == 1
    other = replace(MESSAGE.questions[0], right="rules")
    more = replace(MESSAGE.questions[0], question=both("And then?"))
    for changed, counts in (
        (with_message(questions=(*MESSAGE.questions, more)), 1),
        (with_message(questions=(other,)), 0),
        (with_message(text=both("Something else")), 0),
        (with_message(sensitive=True), 0),
        (EVENT, 0),  # it was sensitive in between: lifting the mark brings nothing out
    ):
        events.import_event(conn, changed, NOW + 20 * DAY)
        assert len(retained(conn)) == counts, changed.messages


def test_the_messages_of_the_week_are_known_in_their_order(conn: Connection, vault: Vault) -> None:
    imported(conn)
    here, there = group(conn, vault), group(conn, vault, "-200")
    for name in ("rights", "safety", "rights"):
        groups.release(conn, EVENT.code, WEEKLY, name, (), both(name), here.id, NOW)
    assert groups.weekly(conn, EVENT.code) == ("rights", "safety", "rights")
    assert groups.weekly(conn, "another") == ()
    waiting = groups.unposted(conn, there.id, EVENT)
    assert [(each.survey, each.question) for each in waiting] == [
        (WEEKLY, name) for name in ("rights", "safety", "rights")
    ]


def digests_of(conn: Connection, chat: Chat) -> list[tuple[str, int, str]]:
    rows = tables.plans
    found = select(rows.c.name, rows.c.occurrence, rows.c.state).where(rows.c.chat_id == chat.id).order_by(rows.c.id)
    return [(name, number, str(state)) for name, number, state in conn.execute(found)]


def test_what_a_coordinator_asked_for_outlasts_a_new_plan_and_comes_once(conn: Connection, vault: Vault) -> None:
    imported(conn)
    here, unlinked = group(conn, vault), group(conn, vault, "-200")
    groups.link(conn, here.id, EVENT.code, NOW)
    for number in (0, 0):
        groups.ask(conn, here.id, number, NOW)
    groups.ask(conn, unlinked.id, 0, NOW)
    plans.replan(conn, here.id, EVENT.code, (Planned(TouchpointKind.DIGEST, "", 0, NOW + DAY, None),))
    plans.replan(conn, here.id, EVENT.code, ())
    assert digests_of(conn, here) == [(ASKED_DIGEST, 0, "planned"), ("", 0, "held")]
    assert digests_of(conn, unlinked) == []
    link = groups.link_of(conn, here.id)
    assert link is not None
    assert (link.asked, link.awaited) == (1, True)


def told_at(conn: Connection, vault: Vault, chat: Chat) -> int:
    """A digest was said there and waits to be sent; its number among what is to be sent."""
    plans.replan(conn, chat.id, EVENT.code, (Planned(TouchpointKind.DIGEST, "", 0, NOW, None),))
    (due,) = (each for each in plans.due(conn, NOW, 10, None) if each.chat_id == chat.id)
    groups.release(conn, EVENT.code, "after", "applied", (), both("Most"), chat.id, NOW)
    plans.settle(conn, due.id, Reason.SENT, None, NOW)
    outbox.add(conn, vault, chat, Operation.SAY, SayKind.DIGEST, "text", NOW, plan_id=due.id)
    return due.id


def test_a_digest_that_waited_to_be_sent_is_decided_anew_with_what_it_told(conn: Connection, vault: Vault) -> None:
    """A bot that was off for a week must not say last week's digest and this week's in one go."""
    imported(conn)
    chat = group(conn, vault)
    groups.link(conn, chat.id, EVENT.code, NOW - DAY)
    told_at(conn, vault, chat)
    assert groups.unposted(conn, chat.id, EVENT) == ()
    (outgoing,) = outbox.waiting(conn, vault, 10)
    assert not outbox.claim(conn, outgoing, NOW + 6 * DAY)
    assert digests_of(conn, chat) == [("", 0, "planned")]
    assert contacts.sent_to(conn, chat.id, NOW - DAY) == ()
    # What it told waits in its frozen words, unless that has become sensitive meanwhile.
    assert [each.question for each in groups.unposted(conn, chat.id, EVENT)] == ["applied"]


def test_a_digest_leaves_within_minutes(conn: Connection, vault: Vault) -> None:
    imported(conn)
    chat = group(conn, vault)
    groups.link(conn, chat.id, EVENT.code, NOW - DAY)
    told_at(conn, vault, chat)
    (outgoing,) = outbox.waiting(conn, vault, 10)
    assert outbox.claim(conn, outgoing, NOW + timedelta(minutes=1))


def test_of_two_chats_that_are_one_group_the_survivor_knows_when_the_other_was_told(
    conn: Connection, vault: Vault
) -> None:
    imported(conn)
    old, new = group(conn, vault, "-100"), group(conn, vault, "-1001")
    groups.link(conn, old.id, EVENT.code, NOW - DAY)
    told_at(conn, vault, old)
    groups.link(conn, new.id, EVENT.code, NOW + DAY)
    plans.replan(conn, new.id, EVENT.code, (Planned(TouchpointKind.DIGEST, "", 0, NOW + 2 * DAY, None),))
    chats.move(conn, vault, old, "-1001")
    survivor = chats.find(conn, vault, "telegram", "-1001")
    assert survivor is not None
    assert survivor.id == new.id
    assert contacts.sent_to(conn, new.id, NOW - DAY) == (NOW,)


def test_it_knows_that_also_where_it_has_no_such_digest_planned(conn: Connection, vault: Vault) -> None:
    imported(conn)
    old, new = group(conn, vault, "-100"), group(conn, vault, "-1001")
    groups.link(conn, old.id, EVENT.code, NOW - DAY)
    told_at(conn, vault, old)
    groups.link(conn, new.id, EVENT.code, NOW + DAY)
    chats.move(conn, vault, old, "-1001")
    assert contacts.sent_to(conn, new.id, NOW - DAY) == (NOW,)

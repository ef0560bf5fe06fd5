"""A group's migration: of the two chats that turn out to be one group, which one goes on, and with what."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select
from storage_samples import DAY, EVENT, NOW, both, imported, joined, person

from conversations.effects import SayKind
from conversations.schedule import Planned
from conversations.timing import TouchpointKind
from storage import chats, groups, outbox, plans, tables
from storage.chats import Chat, ChatKind
from storage.outbox import Operation
from storage.vault import Vault

OLD, NEW = "-1", "-100"


def group_at(conn: Connection, vault: Vault, address: str) -> Chat:
    return person(conn, vault, address, ChatKind.GROUP)


def linked_at(conn: Connection, vault: Vault, address: str) -> Chat:
    group = group_at(conn, vault, address)
    groups.link(conn, group.id, EVENT.code, NOW)
    plans.replan(conn, group.id, EVENT.code, (Planned(TouchpointKind.DIGEST, "news", 0, NOW, None),))
    return group


def test_a_move_heard_of_twice_keeps_the_linked_group(conn: Connection, vault: Vault) -> None:
    imported(conn)
    group = linked_at(conn, vault, OLD)
    chats.move(conn, vault, group, NEW)
    # The service message comes from the old address, where nobody is known any more.
    for _ in range(2):
        chats.move(conn, vault, group_at(conn, vault, OLD), NEW)
    assert group_at(conn, vault, NEW).id == group.id
    assert chats.by_id(conn, vault, group.id).reachable
    assert [(each.chat, each.since) for each in groups.linked(conn, EVENT.code)] == [(group.id, NOW)]
    assert [each.chat_id for each in plans.due(conn, NOW, 10, None)] == [group.id]
    assert chats.find(conn, vault, "telegram", OLD) is None


def test_of_two_that_were_never_linked_the_older_goes_on(conn: Connection, vault: Vault) -> None:
    older, newer = group_at(conn, vault, OLD), group_at(conn, vault, NEW)
    chats.move(conn, vault, older, NEW)
    chats.move(conn, vault, newer, NEW)
    assert group_at(conn, vault, NEW).id == older.id


@pytest.mark.parametrize("later", [OLD, NEW])
def test_of_two_links_the_last_one_holds(conn: Connection, vault: Vault, later: str) -> None:
    imported(conn)
    both_of_them = {address: linked_at(conn, vault, address) for address in (OLD, NEW)}
    groups.link(conn, both_of_them[later].id, EVENT.code, NOW + timedelta(hours=1))
    chats.move(conn, vault, both_of_them[OLD], NEW)
    assert [each.chat for each in groups.linked(conn, EVENT.code)] == [both_of_them[later].id]
    assert group_at(conn, vault, NEW).id == both_of_them[later].id


def test_what_waits_for_the_other_chat_goes_to_the_new_address(conn: Connection, vault: Vault) -> None:
    imported(conn)
    group = linked_at(conn, vault, NEW)
    other = group_at(conn, vault, OLD)
    outbox.add(conn, vault, other, Operation.SAY, SayKind.REPLY, "text", NOW)
    chats.move(conn, vault, other, NEW)
    assert [each.address for each in outbox.waiting(conn, vault, 10)] == [NEW]
    assert group_at(conn, vault, NEW).id == group.id


def test_what_the_other_chat_was_told_is_not_told_again(conn: Connection, vault: Vault) -> None:
    joined(conn, vault)
    people = conn.scalars(select(tables.enrolments.c.id)).all()
    old = linked_at(conn, vault, OLD)
    for question in ("applied", "ways"):
        groups.release(conn, EVENT.code, "after", question, people, both("Some"), old.id, NOW)
    new = linked_at(conn, vault, NEW)
    groups.link(conn, new.id, EVENT.code, NOW + DAY)
    told = [each.id for each in groups.unposted(conn, new.id, EVENT)]
    groups.mark_posted(conn, new.id, told[:1], NOW)
    chats.move(conn, vault, old, NEW)
    assert group_at(conn, vault, NEW).id == new.id
    assert groups.unposted(conn, new.id, EVENT) == ()


def test_a_chat_whose_key_was_destroyed_does_not_come_back(conn: Connection, vault: Vault) -> None:
    imported(conn)
    gone = linked_at(conn, vault, NEW)
    vault.destroy(gone.key_id)
    group = group_at(conn, vault, OLD)
    chats.move(conn, vault, group, NEW)
    assert group_at(conn, vault, NEW).id == group.id

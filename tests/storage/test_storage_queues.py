import pytest
from sqlalchemy import Connection, select
from storage_samples import DAY, NOW, a_survey, joined, person, plan_of

from conversations.effects import SayKind
from storage import inbox, outbox, tables
from storage.chats import Chat
from storage.outbox import Operation, Outgoing, Result, State
from storage.vault import Vault


def say(conn: Connection, vault: Vault, chat: Chat, body: str = "{}", serial: int | None = None) -> Outgoing:
    return outbox.add(conn, vault, chat, Operation.SAY, SayKind.REPLY, body, NOW, serial=serial)


def test_an_update_is_new_once(conn: Connection) -> None:
    assert inbox.record(conn, "telegram", 900_000_000_000, NOW)
    assert not inbox.record(conn, "telegram", 900_000_000_000, NOW + DAY)
    assert inbox.record(conn, "another", 900_000_000_000, NOW)
    assert inbox.record(conn, "telegram", 900_000_000_001, NOW)


def test_the_newest_update_of_a_channel(conn: Connection) -> None:
    assert inbox.newest(conn, "telegram") is None
    for channel, number in (("telegram", 7), ("telegram", 900_000_000_000), ("another", 900_000_000_001)):
        inbox.record(conn, channel, number, NOW)
    assert inbox.newest(conn, "telegram") == 900_000_000_000


def test_old_updates_are_forgotten(conn: Connection) -> None:
    for number in range(3):
        inbox.record(conn, "telegram", number, NOW + number * DAY)
    inbox.forget_before(conn, NOW + DAY)
    assert list(conn.scalars(select(tables.inbox.c.update_id).order_by(tables.inbox.c.update_id))) == [1, 2]


def test_what_waits_comes_back_as_it_was_said_and_in_order(conn: Connection, vault: Vault) -> None:
    chat, other = joined(conn, vault), person(conn, vault, "1")
    (plan,) = plan_of(conn, chat, a_survey())
    said = [
        outbox.add(conn, vault, chat, Operation.SAY, SayKind.NUDGE, "Vous avez un message", NOW, plan_id=plan),
        say(conn, vault, other, serial=3),
        outbox.add(conn, vault, chat, Operation.EDIT, SayKind.REPLY, "✓", NOW, serial=4, carrying=3, target="77"),
    ]
    assert outbox.waiting(conn, vault, 10) == said
    assert outbox.waiting(conn, vault, 2) == said[:2]
    assert outbox.waiting(conn, vault, 2, after=said[1].id) == said[2:]
    assert outbox.waiting(conn, vault, 2, after=said[2].id) == []
    assert (said[0].chat_id, said[0].address, said[0].plan_id) == (chat.id, "4242", plan)


def test_what_did_not_arrive_is_known_by_its_plan(conn: Connection, vault: Vault) -> None:
    chat = joined(conn, vault)
    ends = [State.SENT, State.FAILED, State.IN_DOUBT, State.PENDING]
    planned = [plan_of(conn, chat, a_survey(number))[0] for number in range(len(ends))]
    said = [outbox.add(conn, vault, chat, Operation.SAY, SayKind.NUDGE, "{}", NOW, plan_id=plan) for plan in planned]
    reply = say(conn, vault, chat)
    results = [Result(each.id, state) for each, state in zip((*said, reply), (*ends, State.FAILED), strict=True)]
    outbox.mark(conn, results, NOW)
    assert outbox.undelivered(conn, 10) == {planned[1]: State.FAILED, planned[2]: State.IN_DOUBT}
    assert outbox.undelivered(conn, 1) == {planned[2]: State.IN_DOUBT}


@pytest.mark.parametrize("state", [State.SENT, State.FAILED, State.IN_DOUBT])
def test_what_is_over_loses_its_words(conn: Connection, vault: Vault, state: State) -> None:
    chat = person(conn, vault)
    over, still = say(conn, vault, chat), say(conn, vault, chat)
    outbox.mark(conn, [Result(over.id, state, "88", "why"), Result(still.id, State.PENDING, error="later")], NOW)
    rows = {row.id: row for row in conn.execute(select(tables.outbox))}
    assert (rows[over.id].state, rows[over.id].body, rows[over.id].message_id) == (state, None, "88")
    assert (rows[over.id].attempts, rows[over.id].error) == (1, "why")
    assert rows[over.id].sent_at == (NOW if state is State.SENT else None)
    assert (rows[still.id].attempts, rows[still.id].error) == (1, "later")
    assert outbox.waiting(conn, vault, 10) == [still]
    outbox.mark(conn, [], NOW)


def test_what_a_crash_left_half_sent_is_in_doubt(conn: Connection, vault: Vault) -> None:
    chat = person(conn, vault)
    half, sent, waits = say(conn, vault, chat), say(conn, vault, chat), say(conn, vault, chat)
    assert outbox.claim(conn, half, NOW)
    assert outbox.claim(conn, sent, NOW)
    outbox.mark(conn, [Result(sent.id, State.SENT, "88")], NOW)
    assert not outbox.claim(conn, sent, NOW), "what is over is not taken up again"
    assert outbox.recover(conn) == 1
    assert outbox.recover(conn) == 0
    states = {row.id: row.state for row in conn.execute(select(tables.outbox))}
    assert states == {half.id: State.IN_DOUBT, sent.id: State.SENT, waits.id: State.PENDING}
    assert conn.scalar(select(tables.outbox.c.body).where(tables.outbox.c.id == half.id)) is None


def test_words_for_somebody_erased_fail_and_the_others_go_on(conn: Connection, vault: Vault) -> None:
    erased, chat = person(conn, vault, "1"), person(conn, vault)
    lost = [say(conn, vault, erased) for _ in range(3)]
    kept = say(conn, vault, chat)
    damaged = say(conn, vault, chat)
    conn.execute(tables.outbox.update().where(tables.outbox.c.id == damaged.id).values(body=b"rubbish"))
    vault.destroy(erased.key_id)
    assert outbox.waiting(conn, vault, 2) == [kept]
    assert outbox.waiting(conn, vault, 2, after=kept.id) == []
    failed = select(tables.outbox.c.id).where(tables.outbox.c.state == State.FAILED).order_by(tables.outbox.c.id)
    assert list(conn.scalars(failed)) == [*(each.id for each in lost), damaged.id]


def test_the_newest_message_carries_the_keyboard(conn: Connection, vault: Vault) -> None:
    chat, other = person(conn, vault), person(conn, vault, "1")
    assert outbox.carrier(conn, chat.id, 3) is None
    first, again = say(conn, vault, chat, serial=3), say(conn, vault, chat, serial=3)
    say(conn, vault, chat, serial=3)
    assert outbox.carrier(conn, chat.id, 3) is None
    outbox.mark(conn, [Result(first.id, State.SENT, "70"), Result(again.id, State.SENT, "71")], NOW)
    assert outbox.carrier(conn, chat.id, 3) == "71"
    assert outbox.carrier(conn, other.id, 3) is None


def test_an_edited_message_carries_its_new_keyboard(conn: Connection, vault: Vault) -> None:
    chat = person(conn, vault)
    edit = outbox.add(conn, vault, chat, Operation.EDIT, SayKind.REPLY, "{}", NOW, serial=4, target="70")
    assert outbox.carrier(conn, chat.id, 4) == "70"
    outbox.mark(conn, [Result(edit.id, State.SENT)], NOW)
    assert outbox.carrier(conn, chat.id, 4) == "70"

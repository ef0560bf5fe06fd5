import re
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Connection, Engine, select
from storage_samples import ALL, DAY, EVENT, NOW, a_refresher, a_survey, both, imported, joined, person, plan_of

from conversations.conversation import Asking, Conversation, Idle, Leaving
from conversations.model import Language, Purpose, Role
from conversations.policy import Reason
from conversations.scene import Enrolment, Invitation
from storage import chats, enrolments, events, groups, people, plans, tables, team
from storage.chats import ChatKind
from storage.events import Contents, Imported
from storage.vault import Vault

ASKING = Asking(7, "LSE1", 1, "after", "ways", ("reflect", "engage"))


def test_a_new_chat_is_idle_and_speaks_the_language_given(conn: Connection, vault: Vault) -> None:
    chat = person(conn, vault)
    assert chat.conversation == Conversation(Language.FR)
    assert (chat.kind, chat.reachable, chat.heard, chat.address) == (ChatKind.PRIVATE, True, None, "4242")
    assert (
        person(conn, vault) == chat == chats.by_id(conn, vault, chat.id) == chats.find(conn, vault, "telegram", "4242")
    )


def test_chats_are_told_apart_by_channel_and_address(conn: Connection, vault: Vault) -> None:
    first = person(conn, vault)
    others = {
        person(conn, vault, "4243").id,
        chats.arrive(conn, vault, "another", "4242", ChatKind.PRIVATE, Language.EN, NOW).id,
    }
    assert len({first.id, *others}) == 3
    assert chats.find(conn, vault, "telegram", "1") is None


@pytest.mark.parametrize("step", [ASKING, Leaving(ASKING), Idle()])
def test_a_conversation_is_kept(conn: Connection, vault: Vault, step: Asking | Leaving | Idle) -> None:
    chat = person(conn, vault)
    conversation = Conversation(Language.EN, step, 12, "Africa/Kinshasa")
    chats.save(conn, vault, chat, conversation, NOW)
    again = person(conn, vault)
    assert (again.conversation, again.heard) == (conversation, NOW)
    chats.save(conn, vault, again, replace(conversation, serial=13), None)
    assert person(conn, vault).heard == NOW


def test_whether_a_chat_can_be_reached(conn: Connection, vault: Vault) -> None:
    chat, other = person(conn, vault), person(conn, vault, "1")
    chats.set_reachable(conn, chat.id, False)
    assert not chats.by_id(conn, vault, chat.id).reachable
    assert chats.by_id(conn, vault, other.id).reachable


def test_the_address_is_for_sending(conn: Connection, vault: Vault) -> None:
    assert chats.by_id(conn, vault, person(conn, vault).id).address == "4242"
    with pytest.raises(LookupError, match="999"):
        chats.by_id(conn, vault, 999)


def test_addresses_of_several(conn: Connection, vault: Vault) -> None:
    first, second, gone = (person(conn, vault, address) for address in ("1", "2", "3"))
    vault.destroy(gone.key_id)
    assert chats.addresses(conn, vault, [first.id, gone.id, 999]) == {first.id: "1"}
    assert chats.addresses(conn, vault, [second.id, first.id]) == {first.id: "1", second.id: "2"}


def test_a_group_that_moves_stays_itself(conn: Connection, vault: Vault) -> None:
    group = person(conn, vault, "-1", ChatKind.GROUP)
    for _ in range(2):
        chats.move(conn, vault, group, "-100")
        assert chats.find(conn, vault, "telegram", "-1") is None
        assert person(conn, vault, "-100", ChatKind.GROUP) == replace(group, address="-100")


def test_a_group_seen_at_its_new_address_first_gives_way(conn: Connection, vault: Vault) -> None:
    imported(conn)
    group = person(conn, vault, "-1", ChatKind.GROUP)
    groups.link(conn, group.id, EVENT.code, NOW)
    newer = person(conn, vault, "-100", ChatKind.GROUP)
    groups.link(conn, newer.id, EVENT.code, NOW)
    chats.move(conn, vault, group, "-100")
    assert person(conn, vault, "-100", ChatKind.GROUP).id == group.id
    assert [(each.chat, each.since) for each in groups.linked(conn, EVENT.code)] == [(group.id, NOW)]
    assert not chats.by_id(conn, vault, newer.id).reachable


def test_somebody_whose_key_was_destroyed_is_somebody_new(conn: Connection, vault: Vault) -> None:
    before = joined(conn, vault)
    plan_of(conn, before, a_survey())
    vault.destroy(before.key_id)
    again = person(conn, vault)
    assert again.id != before.id
    assert enrolments.of_chat(conn, before.id) == enrolments.of_chat(conn, again.id) == ()
    assert plans.next_due(conn) is None


def test_the_same_content_is_the_same_revision(conn: Connection) -> None:
    first = events.import_event(conn, EVENT, NOW)
    assert first == Imported(EVENT.code, first.revision, number=1, changed=True)
    assert events.import_event(conn, EVENT, NOW) == replace(first, changed=False)
    second = events.import_event(conn, replace(EVENT, welcome=both("Hello")), NOW)
    assert second.changed
    assert second.revision != first.revision
    assert events.latest(conn, EVENT.code) == second.revision
    assert events.import_event(conn, EVENT, NOW) == first
    assert events.latest(conn, EVENT.code) == first.revision


def test_events_are_known_by_their_codes(conn: Connection) -> None:
    assert events.codes(conn) == ()
    assert events.latest(conn, EVENT.code) is None
    imported(conn)
    imported(conn, replace(EVENT, code="HLE"))
    assert events.codes(conn) == ("HLE", "LSE1")


def test_contents_are_read_once_and_few_are_kept(conn: Connection) -> None:
    contents = Contents(capacity=2)
    revisions = [imported(conn, replace(EVENT, code=code)) for code in ("A", "B", "C")]
    first = contents.content(conn, revisions[0])
    assert first == replace(EVENT, code="A")
    assert contents.content(conn, revisions[0]) is first
    for revision in revisions[1:]:
        contents.content(conn, revision)
    assert contents.content(conn, revisions[0]) is not first
    with pytest.raises(LookupError, match="999"):
        contents.content(conn, 999)


def test_an_invitation_leads_to_the_newest_revision(conn: Connection) -> None:
    imported(conn)
    code = events.invite(conn, EVENT.code, Role.PARTICIPANT, NOW, None, None)
    assert re.fullmatch(r"[A-Za-z0-9_-]{10,64}", code)
    newest = imported(conn, replace(EVENT, welcome=both("Hello")))
    for later in (0, 5000):
        expected = Invitation(code, EVENT.code, newest, Role.PARTICIPANT, events.number_of(conn, EVENT.code))
        assert events.invitation(conn, code, NOW + later * DAY) == expected
    events.use(conn, code)
    assert events.invitation(conn, code, NOW) is not None
    assert events.invitation(conn, f"{code}x", NOW) is None


def test_a_single_use_is_used_up_and_a_lifetime_ends(conn: Connection) -> None:
    imported(conn)
    code = events.invite(conn, EVENT.code, Role.COORDINATOR, NOW, 2 * DAY, 1)
    assert events.invitation(conn, code, NOW + 2 * DAY - timedelta(seconds=1)) is not None
    assert events.invitation(conn, code, NOW + 2 * DAY) is None
    events.use(conn, code)
    assert events.invitation(conn, code, NOW) is None
    with pytest.raises(LookupError, match="nowhere"):
        events.invite(conn, "nowhere", Role.COORDINATOR, NOW, None, 1)


def test_of_two_at_once_one_gets_the_single_use(database: Engine) -> None:
    with database.begin() as conn:
        imported(conn)
        code = events.invite(conn, EVENT.code, Role.COORDINATOR, NOW, None, 1)
    together, got = Barrier(2), []

    def use() -> None:
        together.wait()
        with database.begin() as conn:
            if events.invitation(conn, code, NOW) is not None:
                got.append(code)
                events.use(conn, code)

    threads = [Thread(target=use) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [code]


def test_an_enrolment_keeps_the_consent_given(conn: Connection, vault: Vault) -> None:
    revision = imported(conn)
    chat = person(conn, vault)
    assert enrolments.of_chat(conn, chat.id) == ()
    given = frozenset({Purpose.NUDGES, Purpose.DIGEST})
    enrolments.enrol(conn, chat.id, EVENT.code, revision, given, (("country", "cd"),), NOW)
    assert enrolments.of_chat(conn, chat.id) == (Enrolment(EVENT.code, revision, given, NOW, revision),)
    other = imported(conn, replace(EVENT, code="HLE"))
    enrolments.enrol(conn, chat.id, "HLE", other, (), (), NOW + DAY)
    assert [each.event for each in enrolments.of_chat(conn, chat.id)] == [EVENT.code, "HLE"]
    assert enrolments.of_chat(conn, chat.id)[1].purposes == frozenset()
    with pytest.raises(LookupError, match="nowhere"):
        enrolments.enrol(conn, chat.id, "nowhere", revision, ALL, (), NOW)


def test_whoever_leaves_gets_nothing_and_may_come_back(conn: Connection, vault: Vault) -> None:
    revision = imported(conn)
    chat, other = joined(conn, vault), joined(conn, vault, "1")
    survey, refresher = plan_of(conn, chat, a_survey(), a_refresher())
    (others,) = plan_of(conn, other, a_survey(due=NOW + DAY))
    plans.settle(conn, refresher, Reason.SENT, None, NOW)
    enrolments.leave_all(conn, chat.id, NOW)
    assert enrolments.of_chat(conn, chat.id) == ()
    assert [*people.everyone(conn, EVENT.code)] == [other.id]
    assert [each.id for each in plans.due(conn, NOW + DAY, 10, None)] == [others]
    rows = {row.id: (row.state, row.reason) for row in conn.execute(select(tables.plans))}
    assert (rows[survey], rows[refresher][0]) == (("held", Reason.LEFT), "sent")
    first = conn.scalars(select(tables.enrolments.c.id)).all()
    enrolments.enrol(conn, chat.id, EVENT.code, revision, {Purpose.SURVEYS}, (("country", "za"),), NOW + DAY)
    assert conn.scalars(select(tables.enrolments.c.id)).all() == first
    again = Enrolment(EVENT.code, revision, frozenset({Purpose.SURVEYS}), NOW, revision)
    assert enrolments.of_chat(conn, chat.id) == (again,), "the day they first joined stays"
    told = conn.scalars(select(tables.profile_answers.c.choice).order_by(tables.profile_answers.c.choice)).all()
    assert told == ["cd", "za"]


def test_everyone_with_their_own_zone(conn: Connection, vault: Vault) -> None:
    first, second = joined(conn, vault), joined(conn, vault, "1")
    chats.save(conn, vault, second, Conversation(Language.FR, zone="Africa/Kinshasa"), NOW)
    chosen = [*people.everyone(conn, EVENT.code)]
    found = people.members(conn, EVENT, chosen)
    assert [(each.chat_id, each.zone, each.joined) for each in found] == [
        (first.id, None, NOW),
        (second.id, "Africa/Kinshasa", NOW),
    ]
    assert [*people.everyone(conn, "nowhere")] == []
    assert people.members(conn, replace(EVENT, code="nowhere"), chosen) == ()


def coordinated(conn: Connection, chat: int) -> list[str]:
    return [each.event for each in team.duties(conn, chat, Contents()) if each.role is Role.COORDINATOR]


def test_a_coordinator_coordinates_that_event_only(conn: Connection, vault: Vault) -> None:
    imported(conn)
    imported(conn, replace(EVENT, code="HLE"))
    chat, other = person(conn, vault), person(conn, vault, "1")
    for _ in range(2):
        team.appoint(conn, chat.id, events.number_of(conn, EVENT.code), Role.COORDINATOR, NOW)
    assert coordinated(conn, chat.id) == [EVENT.code]
    assert coordinated(conn, other.id) == []


def test_a_coordinator_who_leaves_coordinates_nothing(conn: Connection, vault: Vault) -> None:
    imported(conn)
    chat, other = person(conn, vault), person(conn, vault, "1")
    for each in (chat, other):
        team.appoint(conn, each.id, events.number_of(conn, EVENT.code), Role.COORDINATOR, NOW)
    enrolments.leave_all(conn, chat.id, NOW)
    assert coordinated(conn, chat.id) == []
    assert coordinated(conn, other.id) == [EVENT.code]

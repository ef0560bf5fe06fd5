"""Places and lists in the database: the last place, two who change things at once, and numbers given out once."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, select, text, update
from storage_samples import EVENT, NOW, imported, person

from conversations.conversation import Entry
from conversations.inviting_effects import Guest
from conversations.model import EventState, Purpose, Role
from conversations.rosters import Person, Roster
from conversations.scene import Admission, Place
from storage import admission, enrolments, events, inviting, rosters, tables
from storage.codec import roster_to_json
from storage.database import MIGRATIONS, connect, upgrade
from storage.rosters import ExpectedCounts
from storage.vault import Vault, open_keys

MINUTE = timedelta(minutes=1)
CODE = EVENT.code


def offered(conn: Connection, places: int | None = None, expires: int | None = None, part: str = "") -> str:
    """The code of a new invitation; it ends after so many minutes."""
    code = events.fresh_code()
    end = None if expires is None else NOW + expires * MINUTE
    inviting.offer(conn, events.number_of(conn, CODE), code, part, places, end, NOW)
    return code


def enter(conn: Connection, chat_id: int, code: str) -> str:
    """Somebody joins; what they are invited as."""
    part = admission.take(conn, chat_id, CODE, code)
    revision = events.latest(conn, CODE) or 0
    enrolments.enrol(conn, chat_id, CODE, revision, frozenset(Purpose), (), NOW, part)
    return part


def uses(conn: Connection, code: str) -> int:
    return conn.scalar(select(tables.invitations.c.uses).where(tables.invitations.c.code == code)) or 0


def at_once(number: int, deed: Callable[[int], None]) -> None:
    together = Barrier(number)

    def run(which: int) -> None:
        together.wait()
        deed(which)

    threads = [Thread(target=run, args=(which,)) for which in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_of_several_at_once_one_gets_the_last_place(database: Engine, vault: Vault) -> None:
    with database.begin() as conn:
        imported(conn)
        code = offered(conn, places=1)
        chats = [person(conn, vault, str(number)).id for number in range(4)]
    found: list[Admission] = []

    def join(which: int) -> None:
        with database.begin() as conn:
            place = admission.place(conn, chats[which], CODE, Entry(code, NOW), NOW)
            assert place is not None
            found.append(place.admission)
            if place.admission is Admission.OPEN:
                enter(conn, chats[which], code)

    at_once(4, join)
    assert Counter(found) == {Admission.OPEN: 1, Admission.FULL: 3}
    with database.connect() as conn:
        assert uses(conn, code) == 1


def test_people_join_while_an_invitation_is_made_and_another_revoked(database: Engine, vault: Vault) -> None:
    """Nobody waits for somebody who waits for them, and no number is given out twice."""
    with database.begin() as conn:
        imported(conn)
        event = events.number_of(conn, CODE)
        codes = [offered(conn) for _ in range(3)]
        chats = [person(conn, vault, str(number)).id for number in range(6)]

    def act(which: int) -> None:
        with database.begin() as conn:
            if which < len(chats):
                admission.place(conn, chats[which], CODE, Entry(codes[which % 3], NOW), NOW)
                enter(conn, chats[which], codes[which % 3])
            else:
                events.next_number(conn, event)
                inviting.substitute(conn, event, which - len(chats) + 1, events.fresh_code(), NOW)

    at_once(9, act)
    with database.connect() as conn:
        rows = conn.execute(select(tables.invitations).where(tables.invitations.c.role == Role.PARTICIPANT)).all()
        assert sorted(row.number for row in rows) == [1, 2, 3, 4, 5, 6]
        assert len(conn.execute(select(tables.enrolments.c.id)).all()) == len(chats)


@pytest.mark.parametrize(
    ("expires", "opened", "now", "admitted"),
    [
        (None, 0, 10_000, Admission.OPEN),
        (60, 0, 59, Admission.OPEN),
        (60, 59, 60, Admission.OPEN),
        (60, 59, 59 + 1439, Admission.OPEN),
        (60, 59, 59 + 1440, Admission.EXPIRED),
        (60, 60, 60, Admission.EXPIRED),
        (60, None, 60, Admission.EXPIRED),
    ],
)
def test_who_opened_it_in_time_has_a_day_to_finish(
    expires: int | None, opened: int | None, now: int, admitted: Admission, conn: Connection, vault: Vault
) -> None:
    imported(conn)
    code = offered(conn, expires=expires)
    entry = Entry(code, None if opened is None else NOW + opened * MINUTE)
    newcomer = person(conn, vault, "1").id
    assert admission.place(conn, newcomer, CODE, entry, NOW + now * MINUTE) == Place(admitted)


def test_a_place_is_asked_for_once_more(conn: Connection, vault: Vault) -> None:
    imported(conn)
    event = events.number_of(conn, CODE)
    code, newcomer = offered(conn, part="host"), person(conn, vault, "1").id
    entry = Entry(code, NOW)
    assert admission.place(conn, newcomer, CODE, Entry(), NOW) is None
    assert admission.place(conn, newcomer, CODE, entry, NOW) == Place(Admission.OPEN, "host")
    assert admission.place(conn, newcomer, CODE, Entry("unknown", NOW), NOW) == Place(Admission.CLOSED)
    assert admission.place(conn, newcomer, "other", entry, NOW) == Place(Admission.CLOSED)
    conn.execute(update(tables.events).values(state=EventState.CLOSED))
    assert admission.place(conn, newcomer, CODE, entry, NOW) == Place(Admission.CLOSED, "host")
    conn.execute(update(tables.events).values(state=EventState.LIVE))
    inviting.withdraw(conn, event, 1, NOW)
    assert admission.place(conn, newcomer, CODE, entry, NOW) == Place(Admission.CLOSED, "host")


def test_who_comes_back_keeps_their_part_unless_they_are_invited_as_something_else(
    conn: Connection, vault: Vault
) -> None:
    imported(conn)
    host, anybody, visitor = (offered(conn, places=1, part=part) for part in ("host", "", "visitor"))
    somebody = person(conn, vault, "1").id
    for code, part in ((host, "host"), (anybody, "host"), (visitor, "visitor")):
        place = admission.place(conn, somebody, CODE, Entry(code, NOW), NOW)
        assert place == Place(Admission.OPEN, part)
        enter(conn, somebody, code)
        assert conn.scalar(select(tables.enrolments.c.part)) == part
    assert [uses(conn, code) for code in (host, anybody, visitor)] == [1, 0, 0]


def test_a_list_is_added_to_and_never_counts_anybody_twice(conn: Connection, vault: Vault) -> None:
    imported(conn)
    event = events.number_of(conn, CODE)

    def expect(*names: str) -> tuple[str, ...]:
        roster = Roster(tuple(Person(row, name) for row, name in enumerate(names)))
        listing = rosters.listing(conn, vault, CODE, roster_to_json(roster))
        guests = [Guest(name, "", code) for name, code in zip(names, listing.codes, strict=True)]
        rosters.expect(conn, vault, event, guests, NOW)
        return listing.codes

    awa, ken = expect("Awa", "Ken")
    assert expect("KEN", "Moussa")[0] == ken
    assert rosters.expected_counts(conn, CODE) == ExpectedCounts(3, 0)
    enter(conn, person(conn, vault, "1").id, awa)
    assert rosters.expected_counts(conn, CODE) == ExpectedCounts(3, 1)
    assert rosters.expected_counts(conn, "other") == ExpectedCounts(0, 0)
    rosters.expect_nobody(conn, event)
    assert rosters.expected_counts(conn, CODE) == ExpectedCounts(0, 0)
    assert events.invitation(conn, ken, NOW) is None
    assert expect("Ken")[0] != ken


def test_the_same_name_leads_to_another_row_in_another_event_and_with_another_key(vault: Vault, tmp_path: Path) -> None:

    other = Vault(bytes(32), open_keys(f"sqlite:///{tmp_path / 'others.db'}"))
    assert vault.name_lookup("a", "awa") == vault.name_lookup("a", "awa")
    assert len({vault.name_lookup("a", "awa"), vault.name_lookup("b", "awa"), other.name_lookup("a", "awa")}) == 3


def test_invitations_of_before_get_their_numbers_and_individual_ones_go_with_their_list(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'old.db'}")
    upgrade(engine)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    vault_free = "INSERT INTO expected VALUES (1, x'00', 3)"
    with engine.begin() as conn:
        imported(conn)
        for _ in range(2):
            offered(conn)
        events.invite(conn, CODE, Role.COORDINATOR, NOW, None, 1)
        conn.execute(text(vault_free))
        config.attributes["connection"] = conn
        command.downgrade(config, "0005")
    with engine.begin() as conn:
        assert conn.execute(text("SELECT id FROM invitations ORDER BY id")).scalars().all() == [1, 2]
    upgrade(engine)
    with engine.begin() as conn:
        numbers = select(tables.invitations.c.number).order_by(tables.invitations.c.id)
        assert conn.scalars(numbers).all() == [1, 2]
        offered(conn)
        assert conn.scalars(numbers).all() == [1, 2, 3]

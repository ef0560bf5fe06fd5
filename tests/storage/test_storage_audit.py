"""The audit log: only ever added to, and whoever changes it all the same is found out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from storage import audit
from storage.audit import Entry, Verdict
from storage.vault import Vault
from tests.storage.storage_samples import NOW

ENTRIES = (
    Entry(NOW, "operator", "LSE1", "t-new", 0, ("OfferRole",)),
    Entry(NOW + timedelta(minutes=1), "abcdefghijklmnop", "LSE1", "team"),
    Entry(NOW + timedelta(minutes=2), "abcdefghijklmnop", "LSE1", "t-yes", 12, ("Appoint", "TellPerson")),
    Entry(NOW + timedelta(minutes=3), "operator", "LSE2", "import", 3, ("Import",)),
)
Tamper = Callable[..., None]


@pytest.fixture
def stamps(database: Engine, vault: Vault) -> list[str]:
    """The lines above are there; the last stamp after each of them."""
    found = []
    for entry in ENTRIES:
        with database.begin() as conn:
            audit.append(conn, vault, entry)
            found.append(audit.verify(conn, vault).stamp)
    return found


@pytest.fixture
def tamper(database: Engine) -> Tamper:
    """What the owner of the database can do, who can do everything but stamp."""

    def work(*statements: str) -> None:
        with database.begin() as conn:
            _lift(conn)
            for statement in statements:
                assert conn.execute(text(statement)).rowcount > 0, statement

    return work


def _lift(conn: Connection) -> None:
    if conn.dialect.name == "postgresql":
        conn.exec_driver_sql("SET LOCAL session_replication_role = replica")
    else:
        for deed in ("update", "delete"):
            conn.exec_driver_sql(f"DROP TRIGGER IF EXISTS audit_no_{deed}")


def verdict(database: Engine, vault: Vault, noted: str = "") -> Verdict:
    with database.begin() as conn:
        return audit.verify(conn, vault, noted)


def ids(database: Engine) -> list[int]:
    with database.begin() as conn:
        return list(conn.scalars(text("SELECT id FROM audit ORDER BY id")))


def test_lines_are_read_as_they_were_written(database: Engine, vault: Vault, stamps: list[str]) -> None:
    with database.begin() as conn:
        assert tuple(audit.entries(conn)) == ENTRIES
        assert tuple(audit.entries(conn, "LSE1", 2)) == ENTRIES[1:3]
        assert tuple(audit.entries(conn, most=1)) == ENTRIES[3:]
    assert verdict(database, vault) == Verdict(4, None, stamps[-1])


def test_an_empty_log_is_whole(database: Engine, vault: Vault) -> None:
    assert verdict(database, vault) == Verdict(0, None, bytes(32).hex())
    assert not verdict(database, vault, "ab" * 32).seen


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET item = 1", "DELETE FROM audit", "UPDATE audit SET at = at WHERE item = 12"]
)
def test_nothing_is_changed_or_deleted(database: Engine, vault: Vault, stamps: list[str], statement: str) -> None:
    with pytest.raises(DBAPIError, match="only ever added to"), database.begin() as conn:
        conn.execute(text(statement))
    assert verdict(database, vault).lines == len(stamps)


@pytest.mark.parametrize("backend", [pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_nothing_is_emptied(database: Engine, vault: Vault, stamps: list[str]) -> None:
    with pytest.raises(DBAPIError, match="only ever added to"), database.begin() as conn:
        conn.execute(text("TRUNCATE audit"))
    assert verdict(database, vault).lines == len(stamps)


CHANGES = {
    "at": "'2026-05-05 10:00:00'",
    "actor": "'ponmlkjihgfedcba'",
    "event": "'LSE2'",
    "act": "'t-no'",
    "item": "13",
    "details": """'["Appoint"]'""",
}


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.parametrize("line", [1, 3, 4])
def test_a_line_that_was_changed_is_found(
    database: Engine, vault: Vault, stamps: list[str], tamper: Tamper, column: str, line: int
) -> None:
    row = ids(database)[line - 1]
    written = CHANGES[column] if column != "event" or line != 4 else "'LSE1'"
    tamper(f"UPDATE audit SET {column} = {written} WHERE id = {row}")
    assert verdict(database, vault).broken == line


@pytest.mark.parametrize("line", [1, 3, 4])
def test_a_stamp_that_was_changed_is_found(
    database: Engine, vault: Vault, stamps: list[str], tamper: Tamper, line: int
) -> None:
    row = ids(database)[line - 1]
    other = ids(database)[line % 4]
    tamper(f"UPDATE audit SET stamp = (SELECT stamp FROM audit WHERE id = {other}) WHERE id = {row}")
    assert verdict(database, vault).broken == line


@pytest.mark.parametrize("line", [1, 2, 3])
def test_a_line_that_was_taken_out_is_found(
    database: Engine, vault: Vault, stamps: list[str], tamper: Tamper, line: int
) -> None:
    tamper(f"DELETE FROM audit WHERE id = {ids(database)[line - 1]}")
    assert verdict(database, vault).broken == line


def test_lines_that_changed_places_are_found(database: Engine, vault: Vault, stamps: list[str], tamper: Tamper) -> None:
    _, second, third, _ = ids(database)
    tamper(
        f"UPDATE audit SET id = 999 WHERE id = {second}",
        f"UPDATE audit SET id = {second} WHERE id = {third}",
        f"UPDATE audit SET id = {third} WHERE id = 999",
    )
    assert verdict(database, vault).broken == 2


@pytest.mark.parametrize("left", [0, 1, 3])
def test_lines_that_are_missing_at_the_end_are_found_by_a_noted_stamp_alone(
    database: Engine, vault: Vault, stamps: list[str], tamper: Tamper, left: int
) -> None:
    for row in ids(database)[left:]:
        tamper(f"DELETE FROM audit WHERE id = {row}")
    assert verdict(database, vault).broken is None
    assert not verdict(database, vault, stamps[-1]).seen
    assert all(verdict(database, vault, each).seen for each in stamps[:left])


def test_what_is_added_without_the_master_key_is_found(
    database: Engine, vault: Vault, stamps: list[str], tamper: Tamper
) -> None:
    columns = "at, actor, event, act, item, details, stamp"
    tamper(f"INSERT INTO audit ({columns}) SELECT {columns} FROM audit WHERE id = {ids(database)[0]}")
    assert verdict(database, vault).broken == 5


def test_a_log_goes_on_after_the_end_was_taken_away_and_the_noted_stamp_still_tells(
    database: Engine, vault: Vault, stamps: list[str], tamper: Tamper
) -> None:
    tamper(f"DELETE FROM audit WHERE id = {ids(database)[-1]}")
    with database.begin() as conn:
        audit.append(conn, vault, ENTRIES[0])
    assert verdict(database, vault, stamps[-1]).broken is None
    assert not verdict(database, vault, stamps[-1]).seen


def test_a_long_log_is_read_to_its_end(database: Engine, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_PAGE", 3)
    with database.begin() as conn:
        for number in range(10):
            audit.append(conn, vault, Entry(NOW, "operator", "LSE1", "team", number))
    assert (verdict(database, vault).lines, verdict(database, vault).broken) == (10, None)

import shutil
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from storage_samples import NOW, a_survey, answered, joined, person, plan_of

from conversations.conversation import Conversation, Profiling
from conversations.effects import SayKind
from conversations.model import Language, Purpose
from storage import chats, outbox, tables
from storage.database import connect, upgrade
from storage.outbox import Operation, State
from storage.vault import KeyDestroyed, TraceLeft, Unreadable, Vault, WrongMasterKey, open_keys

MASTER_KEY = bytes(range(32))
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SAME_VAULT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def sqlite_keys(tmp_path: Path) -> Engine:
    return open_keys(f"sqlite:///{tmp_path / 'keys.db'}")


@pytest.fixture
def sqlite_vault(sqlite_keys: Engine) -> Vault:
    return Vault(MASTER_KEY, sqlite_keys)


@given(text=TEXT, purpose=TEXT)
@SAME_VAULT
def test_what_is_sealed_opens_again(sqlite_vault: Vault, text: str, purpose: str) -> None:
    key = _key_of(sqlite_vault)
    sealed = sqlite_vault.seal(key, text, purpose)
    assert sqlite_vault.open(key, sealed, purpose) == text
    assert sealed != sqlite_vault.seal(key, text, purpose)


@given(text=TEXT, place=st.integers(0, 10_000), bit=st.integers(0, 7))
@SAME_VAULT
def test_one_changed_bit_is_noticed(sqlite_vault: Vault, text: str, place: int, bit: int) -> None:
    key = _key_of(sqlite_vault)
    changed = bytearray(sqlite_vault.seal(key, text, "step"))
    changed[place % len(changed)] ^= 1 << bit
    with pytest.raises(Unreadable):
        sqlite_vault.open(key, bytes(changed), "step")


@given(rubbish=st.binary(max_size=64))
@SAME_VAULT
def test_rubbish_is_unreadable(sqlite_vault: Vault, rubbish: bytes) -> None:
    with pytest.raises(Unreadable):
        sqlite_vault.open(_key_of(sqlite_vault), rubbish, "step")


def test_a_seal_is_bound_to_its_purpose_and_its_person(sqlite_vault: Vault) -> None:
    first, second = sqlite_vault.new_key(), sqlite_vault.new_key()
    sealed = sqlite_vault.seal(first, "words", "step")
    for key, purpose in ((first, "address"), (second, "step")):
        with pytest.raises(Unreadable):
            sqlite_vault.open(key, sealed, purpose)


@given(one=st.tuples(TEXT, TEXT), other=st.tuples(TEXT, TEXT))
@SAME_VAULT
def test_a_lookup_tells_addresses_apart(sqlite_vault: Vault, one: tuple[str, str], other: tuple[str, str]) -> None:
    channels_are_words = "\0" not in one[0] + other[0]
    if channels_are_words:
        assert (sqlite_vault.lookup(*one) == sqlite_vault.lookup(*other)) == (one == other)
    assert len(sqlite_vault.lookup(*one)) == 32


def test_a_lookup_needs_the_master_key(sqlite_keys: Engine) -> None:
    assert Vault(bytes(32), sqlite_keys).lookup("telegram", "1") != Vault(MASTER_KEY, sqlite_keys).lookup(
        "telegram", "1"
    )


def test_keys_outlive_the_process(keys: Engine, vault: Vault) -> None:
    key = vault.new_key()
    sealed = vault.seal(key, "words", "step")
    assert Vault(MASTER_KEY, keys).open(key, sealed, "step") == "words"


def test_a_destroyed_key_opens_nothing_any_more(keys: Engine, vault: Vault) -> None:
    key, other = vault.new_key(), vault.new_key()
    sealed, others = vault.seal(key, "words", "step"), vault.seal(other, "words", "step")
    assert vault.holds(key)
    vault.destroy(key)
    vault.destroy(key)
    for each in (vault, Vault(MASTER_KEY, keys)):
        with pytest.raises(KeyDestroyed):
            each.open(key, sealed, "step")
        with pytest.raises(KeyDestroyed):
            each.seal(key, "words", "step")
        assert not each.holds(key)
        assert each.open(other, others, "step") == "words"


def test_a_destroyed_key_is_in_no_file(tmp_path: Path) -> None:
    engine = open_keys(f"sqlite:///{tmp_path / 'keys.db'}")
    vault = Vault(MASTER_KEY, engine)
    key = vault.new_key()
    with engine.connect() as conn:
        wrapped = conn.execute(
            select(tables.person_keys.c.wrapped).where(tables.person_keys.c.key_id == key)
        ).scalar_one()
    assert _found(tmp_path, wrapped)
    vault.destroy(key)
    assert not _found(tmp_path, wrapped)


def test_a_trace_in_the_log_is_not_passed_over(tmp_path: Path) -> None:
    engine = open_keys(f"sqlite:///{tmp_path / 'keys.db'}")
    vault = Vault(MASTER_KEY, engine)
    key = vault.new_key()
    reader = connect(f"sqlite:///{tmp_path / 'keys.db'}").raw_connection()
    reader.cursor().execute("BEGIN")
    reader.cursor().execute("SELECT count(*) FROM person_keys").fetchone()
    with engine.connect() as conn:
        driver = conn.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(TraceLeft):
        vault.destroy(key)
    reader.close()
    assert not vault.holds(key)
    vault.destroy(key)


def test_the_right_master_key_is_known_again_and_a_wrong_one_refused(keys: Engine, vault: Vault) -> None:
    vault.verify()
    vault.new_key()
    Vault(MASTER_KEY, keys).verify()
    with pytest.raises(WrongMasterKey):
        Vault(bytes(32), keys).verify()


def test_keys_without_a_check_value_are_not_trusted(keys: Engine, vault: Vault) -> None:
    vault.new_key()
    with pytest.raises(WrongMasterKey):
        vault.verify()


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_master_key_has_32_bytes(sqlite_keys: Engine, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(bytes(length), sqlite_keys)


def test_few_keys_are_kept_in_memory(sqlite_keys: Engine) -> None:
    vault = Vault(MASTER_KEY, sqlite_keys, cached=2)
    sealed = {key: vault.seal(key, "words", "step") for key in [vault.new_key() for _ in range(5)]}
    for key, words in sealed.items():
        assert vault.open(key, words, "step") == "words"
    assert len(vault._ciphers) == 2


def test_threads_may_share_a_vault(sqlite_keys: Engine) -> None:
    vault = Vault(MASTER_KEY, sqlite_keys, cached=2)
    keys = [vault.new_key() for _ in range(4)]
    opened: list[str] = []

    def work(key: str) -> None:
        opened.extend(vault.open(key, vault.seal(key, key, "step"), "step") for _ in range(20))

    threads = [Thread(target=work, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(opened) == sorted(keys * 20)


def test_nothing_that_identifies_somebody_is_in_any_file(tmp_path: Path) -> None:
    address, told, body = "7700112233", "Thandeka from Soweto told me", "Dear Thandeka, thank you"
    engine = connect(f"sqlite:///{tmp_path / 'main.db'}")
    upgrade(engine)
    vault = Vault(MASTER_KEY, open_keys(f"sqlite:///{tmp_path / 'keys.db'}"))
    with engine.begin() as conn:
        chat = joined(conn, vault, address)
        (plan,) = plan_of(conn, chat, a_survey())
        answered(conn, vault, chat, plan)
        outbox.add(conn, vault, chat, Operation.SAY, SayKind.REPLY, body, NOW)
        sealed = vault.seal(chat.key_id, told, "answer")
        conn.execute(tables.answers.update().values(text=sealed))
        step = Profiling("LSE1", 1, frozenset({Purpose.NUDGES}), "named_question", (("country", "secret_choice"),))
        chats.save(conn, vault, chat, Conversation(Language.FR, step, 1), NOW)
    for planted in (address, told, body, "Thandeka", "partnership", "named_question", "secret_choice"):
        for encoding in ("utf-8", "utf-16-le"):
            assert not _found(tmp_path, planted.encode(encoding))
    assert not _found(tmp_path, int(address).to_bytes(8, "big"))
    assert _found(tmp_path, b"LSE1")


def test_a_backup_of_the_main_database_is_worthless_without_the_key(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'main.db'}")
    upgrade(engine)
    vault = Vault(MASTER_KEY, open_keys(f"sqlite:///{tmp_path / 'keys.db'}"))
    with engine.begin() as conn:
        before = joined(conn, vault)
        (plan,) = plan_of(conn, before, a_survey())
        outbox.add(conn, vault, before, Operation.SAY, SayKind.REPLY, "words", NOW)
    engine.dispose()
    shutil.copy(tmp_path / "main.db", tmp_path / "backup.db")
    vault.destroy(before.key_id)
    with connect(f"sqlite:///{tmp_path / 'backup.db'}").begin() as conn:
        assert chats.find(conn, vault, "telegram", "4242") is None
        with pytest.raises(KeyDestroyed):
            chats.by_id(conn, vault, before.id)
        assert outbox.waiting(conn, vault, 10) == []
        again = person(conn, vault)
        assert again.id != before.id
        assert conn.execute(select(tables.plans.c.state).where(tables.plans.c.id == plan)).scalar_one() == "held"
        assert conn.execute(select(tables.outbox.c.state)).scalar_one() is State.FAILED
        assert (
            conn.scalar(
                select(func.count()).select_from(tables.enrolments).where(tables.enrolments.c.left_at.is_(None))
            )
            == 0
        )


def _key_of(vault: Vault) -> str:
    return next(iter(vault._ciphers), None) or vault.new_key()


def _found(folder: Path, needle: bytes) -> bool:
    return any(needle in file.read_bytes() for file in folder.iterdir() if file.is_file())

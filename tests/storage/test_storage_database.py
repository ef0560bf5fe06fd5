import stat
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, func, insert, inspect, select
from sqlalchemy.exc import IntegrityError, StatementError
from storage_samples import EVENT, NOW, a_survey, answered, imported, joined, person, plan_of

from conversations.buttons import Choose
from conversations.conversation import Asking, Conversation
from conversations.cues import Tapped
from conversations.effects import SayKind
from conversations.model import Language
from storage import chats, holding, inbox, nudges, outbox, plans, responses, scenes, tables
from storage.chats import ChatKind
from storage.database import MIGRATIONS, NEWEST, connect, snapshot, truncate_log, upgrade
from storage.events import Contents
from storage.outbox import Operation
from storage.vault import Vault, open_keys


def statements(conn: Connection) -> list[str]:
    """What the database is asked from here on; also what goes past the toolkit, on SQLite."""
    seen: list[str] = []
    if conn.dialect.name == "sqlite":
        conn.connection.driver_connection.set_trace_callback(seen.append)
    else:
        event.listen(conn, "before_cursor_execute", lambda *about: seen.append(about[2]))
    return seen


def test_the_migrations_make_the_tables_that_the_code_has(database: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.begin() as conn:
        config.attributes["connection"] = conn
        command.check(config)
        assert set(inspect(conn).get_table_names()) == {*tables.metadata.tables, "alembic_version"}


def test_who_reads_for_long_sees_one_instant_and_holds_nobody_up(database: Engine) -> None:
    seen = select(func.count()).select_from(tables.inbox)
    with snapshot(database) as reading:
        assert reading.scalar(seen) == 0
        with database.begin() as writing:
            inbox.record(writing, "telegram", 1, NOW)
        assert reading.scalar(seen) == 0
    with database.begin() as later:
        assert later.scalar(seen) == 1


def test_an_upgrade_can_be_repeated_and_undone(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / '100%.db'}")
    upgrade(engine)
    upgrade(engine)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as conn:
        config.attributes["connection"] = conn
        command.downgrade(config, "base")
        assert inspect(conn).get_table_names() == ["alembic_version"]


def test_an_upgrade_loses_no_answer(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'old.db'}")
    vault = Vault(bytes(32), open_keys(f"sqlite:///{tmp_path / 'keys.db'}"))
    upgrade(engine)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as conn:
        chat = joined(conn, vault)
        (plan,) = plan_of(conn, chat, a_survey())
        answered(conn, vault, chat, plan)
        before = responses.answers(conn, vault, chat, plan)
        config.attributes["connection"] = conn
        for older in ScriptDirectory.from_config(config).walk_revisions():
            if older.down_revision is None:
                break
            command.downgrade(config, "-1")
    upgrade(engine)
    with engine.begin() as conn:
        assert responses.answers(conn, vault, chat, plan) == before


def test_sqlite_is_set_up_to_lose_nothing_and_to_erase_for_good(tmp_path: Path) -> None:
    file = tmp_path / "main.db"
    engine = connect(f"sqlite:///{file}")
    with engine.connect() as conn:
        found = {
            name: conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout")
        }
    full, on = 2, 1
    expected = {"journal_mode": "wal", "synchronous": full, "secure_delete": on, "foreign_keys": on}
    assert found == {**expected, "busy_timeout": 10_000}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_transaction_on_sqlite_holds_the_write_lock_from_its_beginning(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'main.db'}")
    with engine.connect() as first, engine.connect() as second:
        first.exec_driver_sql("SELECT 1")
        second_driver = second.connection.driver_connection
        assert second_driver is not None
        second_driver.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(Exception, match="locked"):
            second.exec_driver_sql("SELECT 1")


def test_another_database_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        connect("mysql://localhost/suivi")


def test_the_log_of_sqlite_can_be_emptied(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'main.db'}")
    with engine.begin() as conn:
        conn.exec_driver_sql("CREATE TABLE planted (text TEXT)")
    assert (tmp_path / "main.db-wal").stat().st_size > 0
    assert truncate_log(engine)
    assert (tmp_path / "main.db-wal").stat().st_size == 0


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("Africa/Kinshasa"), timezone(timedelta(hours=-9, minutes=-30))])
def test_an_instant_comes_back_in_utc(database: Engine, zone: timezone | ZoneInfo) -> None:
    instant = datetime(2026, 3, 2, 0, 30, 1, 5, tzinfo=zone)
    with database.begin() as conn:
        inbox.record(conn, "telegram", 1, instant)
        found = conn.execute(select(tables.inbox.c.at)).scalar_one()
    assert (found, found.tzinfo) == (instant, UTC)


def test_instants_sort(database: Engine) -> None:
    instants = [NOW + timedelta(microseconds=each) for each in (3, 0, 1_000_000, 1, 86_400_000_000, -1)]
    with database.begin() as conn:
        for number, instant in enumerate(instants):
            inbox.record(conn, "telegram", number, instant)
        found = list(conn.scalars(select(tables.inbox.c.at).order_by(tables.inbox.c.at)))
    assert found == sorted(instants)


def test_a_time_without_a_zone_is_refused(database: Engine) -> None:
    with database.begin() as conn, pytest.raises(StatementError, match="no time zone"):
        inbox.record(conn, "telegram", 1, datetime(2026, 3, 2))  # that is the point


def test_no_update_is_lost_between_threads(database: Engine, vault: Vault) -> None:
    with database.begin() as conn:
        before = person(conn, vault)
    together = Barrier(4)

    def count_up() -> None:
        together.wait()
        for _ in range(5):
            with database.begin() as conn:
                chat = person(conn, vault)
                conversation = Conversation(Language.FR, serial=chat.conversation.serial + 1)
                chats.save(conn, vault, chat, conversation, NOW)

    threads = [Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.begin() as conn:
        assert chats.by_id(conn, vault, before.id).conversation.serial == 20


def test_two_first_words_at_once_make_one_chat(database: Engine, vault: Vault) -> None:
    together = Barrier(4)
    found: list[int] = []

    def arrive() -> None:
        together.wait()
        with database.begin() as conn:
            found.append(person(conn, vault).id)

    threads = [Thread(target=arrive) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_what_belongs_to_a_chat_goes_with_it(database: Engine, vault: Vault) -> None:
    with database.begin() as conn:
        chat = joined(conn, vault)
        (plan,) = plan_of(conn, chat, a_survey())
        answered(conn, vault, chat, plan)
        outbox.add(conn, vault, chat, Operation.SAY, SayKind.NUDGE, "{}", NOW, plan_id=plan)
        conn.execute(tables.chats.delete())
    with database.begin() as conn:
        for name in ("enrolments", "consents", "profile_answers", "plans", "responses", "answers", "answer_choices"):
            assert conn.execute(select(tables.metadata.tables[name])).all() == []
        assert conn.execute(select(tables.outbox)).all() == []
        assert person(conn, vault).id > chat.id


def test_the_database_itself_refuses_doubles(database: Engine, vault: Vault) -> None:
    with database.begin() as conn:
        chat = joined(conn, vault)
        (plan,) = plan_of(conn, chat, a_survey())
        answered(conn, vault, chat, plan)
        for name in ("chats", "events", "revisions", "enrolments", "plans", "responses", "answers"):
            table = tables.metadata.tables[name]
            row = {key: value for key, value in conn.execute(select(table)).mappings().first().items() if key != "id"}
            with pytest.raises(IntegrityError), conn.begin_nested():
                conn.execute(insert(table), row)


def test_what_is_looked_for_every_second_is_found_by_an_index(sqlite_pair: tuple[Engine, Vault]) -> None:
    engine, vault = sqlite_pair
    with engine.begin() as conn:
        seen = statements(conn)
        chat = joined(conn, vault)
        (plan,) = plan_of(conn, chat, a_survey())
        seen.clear()
        plans.due(conn, NOW, 10, None)
        plans.due(conn, NOW, 10, (NOW, 1))
        plans.next_due(conn)
        outbox.waiting(conn, vault, 10)
        outbox.recover(conn)
        holding.backlog(conn, [1], NOW)
        holding.hold(conn, [1])
        outbox.carrier(conn, chat.id, 1)
        responses.answers(conn, vault, chat, plan)
        nudges.nudge(conn, chat.id, plan)
        chats.find(conn, vault, "telegram", "4242")
        looked_up = list(seen)
        for statement in looked_up:
            steps = [row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
            # A whole index is walked only where it holds nothing but what is wanted.
            walked = [step for step in steps if step.startswith("SCAN")]
            small = ("ix_outbox_open", "ix_plans_due", "ix_stops_in_force")
            assert all(any(index in step for index in small) for step in walked), (statement, walked)
    assert len(looked_up) == 16, "what is stopped is looked up with all that asks what is due"


def test_an_answer_costs_eight_statements(database: Engine, vault: Vault) -> None:
    contents = Contents()
    with database.begin() as conn:
        chat = joined(conn, vault)
        (plan,) = plan_of(conn, chat, a_survey())
        responses.begin(conn, plan, NOW)
        asking = Asking(plan, EVENT.code, imported(conn), "after", "applied")
        chats.save(conn, vault, chat, Conversation(Language.FR, asking, 1), NOW)
        contents.content(conn, asking.revision)

    with database.connect() as conn, conn.begin():
        sent = statements(conn)
        assert inbox.record(conn, "telegram", 1, NOW)
        chat = chats.arrive(conn, vault, "telegram", "4242", ChatKind.PRIVATE, Language.FR, NOW)
        scene = scenes.person(conn, vault, chat, Tapped(Choose(1, 0)), NOW, contents)
        responses.save_answer(conn, vault, chat, plan, "applied", "yes", False, NOW)
        outbox.add(conn, vault, chat, Operation.EDIT, SayKind.REPLY, "{}", NOW, target="7")
        outbox.add(conn, vault, chat, Operation.SAY, SayKind.REPLY, "{}", NOW, serial=2)
        chats.save(conn, vault, chat, Conversation(Language.FR, asking, 2), NOW)
    assert scene.events == {asking.revision: EVENT}
    assert [" ".join(statement.split(maxsplit=2)[:2]) for statement in sent if statement != "COMMIT"] == [
        "INSERT INTO",
        "SELECT chats.id,",
        "SELECT stops.event_id,",
        "SELECT answers.question,",
        *["INSERT INTO"] * 3,
        "UPDATE chats",
    ]


def test_the_newest_migration_is_known_without_looking() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST

"""The pictures of packs, kept once by what they hold."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect

from storage import events, pack_files
from storage.codec import event_to_json
from storage.database import MIGRATIONS, connect, upgrade
from tests.storage.storage_samples import EVENT


def test_a_picture_is_kept_once_and_found_by_its_digest(database: Engine) -> None:
    with database.begin() as conn:
        pack_files.keep(conn, {})
        pack_files.keep(conn, {"a" * 64: b"first"})
        pack_files.keep(conn, {"a" * 64: b"first", "b" * 64: b"\x00second"})
    with database.begin() as conn:
        assert pack_files.content(conn, "a" * 64) == b"first"
        assert pack_files.content(conn, "b" * 64) == b"\x00second"
        assert pack_files.content(conn, "c" * 64) is None


def test_data_from_before_there_were_pictures_are_brought_up_to_date(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'old.db'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, "0002")
        conn.exec_driver_sql("INSERT INTO events (id, code) VALUES (1, ?)", (EVENT.code,))
        row = (7, 1, "a" * 64, event_to_json(EVENT), "2026-11-16 09:00:00.000000", 1)
        conn.exec_driver_sql("INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?)", row)
    assert not inspect(engine).has_table("pack_files")
    upgrade(engine)
    with engine.begin() as conn:
        pack_files.keep(conn, {"a" * 64: b"first"})
        assert events.latest(conn, EVENT.code) == 7
        assert pack_files.content(conn, "a" * 64) == b"first"

"""Real databases: SQLite built by Alembic, and the same on PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url

from storage import tables
from storage.database import connect, upgrade
from storage.vault import Vault, open_keys

MASTER_KEY = bytes(range(32))
POSTGRES = os.environ.get("SUIVI_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
BACKENDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def built_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all migrations run, to be copied."""
    file = tmp_path_factory.mktemp("built") / "built.db"
    engine = connect(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def postgres_urls() -> Iterator[tuple[str, str]]:
    """Two databases of this session's own on the server, the first with all migrations run; dropped at the end."""
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    names = [f"suivi_test_{uuid4().hex}{suffix}" for suffix in ("", "_keys")]
    with server.connect() as conn:
        for name in names:
            conn.exec_driver_sql(f"CREATE DATABASE {name}")
    main, keys = (make_url(POSTGRES).set(database=name).render_as_string(hide_password=False) for name in names)
    engine = connect(main)
    upgrade(engine)
    engine.dispose()
    open_keys(keys).dispose()
    yield main, keys
    with server.connect() as conn:
        for name in names:
            conn.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def urls(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The URLs of an empty main database and of a keys database."""
    if backend == "sqlite":
        shutil.copy(request.getfixturevalue("built_sqlite"), tmp_path / "main.db")
        yield f"sqlite:///{tmp_path / 'main.db'}", f"sqlite:///{tmp_path / 'keys.db'}"
        return
    main, keys = request.getfixturevalue("postgres_urls")
    yield main, keys
    for url, metadata in ((main, tables.metadata), (keys, tables.keys_metadata)):
        engine = connect(url)
        with engine.begin() as conn:
            # Nothing less lets a line of the audit log go.
            conn.exec_driver_sql("SET session_replication_role = replica")
            for table in reversed(metadata.sorted_tables):
                conn.execute(table.delete())
        engine.dispose()


@pytest.fixture
def database(urls: tuple[str, str]) -> Iterator[Engine]:
    engine = connect(urls[0])
    yield engine
    engine.dispose()


@pytest.fixture
def keys(urls: tuple[str, str]) -> Iterator[Engine]:
    engine = open_keys(urls[1])
    yield engine
    engine.dispose()


@pytest.fixture
def vault(keys: Engine) -> Vault:
    return Vault(MASTER_KEY, keys)


@pytest.fixture
def conn(database: Engine) -> Iterator[Connection]:
    with database.begin() as connection:
        yield connection


@pytest.fixture
def sqlite_pair(built_sqlite: Path, tmp_path: Path) -> Iterator[tuple[Engine, Vault]]:
    """A SQLite database and its vault, for what concerns SQLite alone or needs no second database to be shown."""
    shutil.copy(built_sqlite, tmp_path / "main.db")
    engines = connect(f"sqlite:///{tmp_path / 'main.db'}"), open_keys(f"sqlite:///{tmp_path / 'keys.db'}")
    yield engines[0], Vault(MASTER_KEY, engines[1])
    for engine in engines:
        engine.dispose()

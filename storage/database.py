"""Engines, transactions and the few things that SQLite and PostgreSQL do differently."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import (
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Executable,
    Select,
    Table,
    TypeDecorator,
    create_engine,
    event,
    inspect,
    make_url,
)
from sqlalchemy.dialects import postgresql, registry, sqlite
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, PoolProxiedConnection

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0015"
"""The newest migration, so that a start with nothing to migrate need not look."""

_PRAGMAS = (
    "PRAGMA busy_timeout = 10000",  # milliseconds; first, because the next one may already meet a lock
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
)
_UPGRADE_LOCK = 0x5_1717  # any number will do, as long as every worker asks for the same


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Takes any aware datetime, gives back aware UTC; ValueError for a naive one.

    SQLite keeps it as text of fixed width, in UTC, which sorts as the instants do.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant as the driver wants it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC, whatever zone the session is in."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ImmediateSQLite(SQLiteDialect_pysqlite):
    """SQLite with transactions that take the write lock when they begin.

    A dialect's own `do_begin` rather than the engine's "begin" event: an engine with listeners asks all of them around
    every statement, which costs a turn a tenth of its time.
    """

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        """Begin for real, and for writing."""
        dbapi_connection.cursor().execute("BEGIN IMMEDIATE")


class SnapshotSQLite(ImmediateSQLite):
    """SQLite with transactions that only read."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        """Begin without the lock: what is read is as it was at the first statement, and others go on writing."""
        dbapi_connection.cursor().execute("BEGIN")


registry.register("sqlite.immediate", __name__, ImmediateSQLite.__name__)
registry.register("sqlite.snapshot", __name__, SnapshotSQLite.__name__)


def connect(url: str) -> Engine:
    """An engine for SQLite (`sqlite:///path`) or PostgreSQL (`postgresql+psycopg://...`).

    A new SQLite file is readable by its owner alone. Every transaction on SQLite begins with BEGIN IMMEDIATE, so that
    two that read and then write never lose one another; other databases raise ValueError.
    """
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            if parsed.database and parsed.database != ":memory:":
                Path(parsed.database).touch(mode=0o600)
            engine = create_engine(parsed.set(drivername="sqlite+immediate"), hide_parameters=True)
            event.listen(engine.pool, "connect", _prepare)
            return engine
        case "postgresql":
            return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True)
        case other:
            raise ValueError(f"Neither SQLite nor PostgreSQL: {other}")


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection on that database that reads everything as at one instant, however long it takes, and holds up none.

    Nothing may be written by it.
    """
    if engine.dialect.name == "sqlite":
        reading = create_engine(engine.url.set(drivername="sqlite+snapshot"), poolclass=NullPool, hide_parameters=True)
        event.listen(reading.pool, "connect", _prepare)
        with reading.connect() as conn:
            yield conn
        return
    with engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True) as conn:
        yield conn


def upgrade(engine: Engine) -> None:
    """Bring the tables to the newest migration. Safe when several workers start at once."""
    with engine.begin() as conn:
        if _revision(conn) == NEWEST:
            return
    # Alembic takes its time and memory to import, and most starts have nothing to migrate.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as conn:
        if conn.dialect.name == "postgresql":
            conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})")
        config.attributes["connection"] = conn
        command.upgrade(config, "head")


def _revision(conn: Connection) -> str | None:
    """The migration that the tables are at; None for an empty database."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    return conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def truncate_log(engine: Engine) -> bool:
    """Empty SQLite's write-ahead log, where erased bytes live on; False when a reader kept it from being emptied.

    PostgreSQL's log is the operator's: there this does nothing and returns True.
    """
    if engine.dialect.name != "sqlite":
        return True
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
        return row is not None and row[0] == 0
    finally:
        raw.close()


def either(build: Callable[[Callable[[Table], postgresql.Insert]], Executable]) -> Mapping[str, Executable]:
    """An insert with a conflict clause, for both databases: look it up by `conn.dialect.name`."""
    # The two have the same methods, but no type in common.
    sqlite_insert = cast("Callable[[Table], postgresql.Insert]", sqlite.insert)
    return {"sqlite": build(sqlite_insert), "postgresql": build(postgresql.insert)}


class Prepared:
    """A select that runs with every answer: compiled once, and on SQLite executed past the toolkit's care.

    A look-up by key costs SQLite 5 µs and the toolkit's way to it 20 more. Types are converted as in any select.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._sqlite = statement.compile(dialect=ImmediateSQLite())
        self._order = self._sqlite.positiontup or []
        types = [column.type.dialect_impl(self._sqlite.dialect) for column in statement.selected_columns]
        converters = [each.result_processor(self._sqlite.dialect, None) for each in types]
        self._converters = [(place, each) for place, each in enumerate(converters) if each is not None]

    def rows(self, conn: Connection, **bound: object) -> list[tuple[Any, ...]]:
        """All rows, with these values bound."""
        if conn.dialect.name != "sqlite":
            return [tuple(row) for row in conn.execute(self._statement, bound)]
        cursor = conn.connection.cursor()
        cursor.execute(str(self._sqlite), [bound[name] for name in self._order])
        found: list[tuple[Any, ...]] = list(cursor.fetchall())
        cursor.close()
        return [self._converted(row) for row in found] if self._converters else found

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, convert in self._converters:
            values[place] = convert(values[place])
        return tuple(values)


def new_id(result: CursorResult[*tuple[Any, ...]]) -> int:
    """The id that the row just inserted was given."""
    key = result.inserted_primary_key
    if key is None:
        raise LookupError("The statement inserted no row")
    return int(key[0])


def only(value: int | None, what: str) -> int:
    """The id that was looked for; LookupError when there is none."""
    if value is None:
        raise LookupError(f"There is no {what}")
    return value


def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # None switches the driver's own BEGIN off: it comes late, at the first write, and lets updates be lost.
    cast("Any", connection).isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()

"""One running bot for one set of data: two would send everything twice, each from its own memory of what is sent."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import ConfigError

if sys.platform != "win32":
    import fcntl

_RUN_LOCK = 0x5_1718  # any number will do, as long as every running bot asks for the same
_TAKEN = "another suivi run is using these data: stop it first"


@contextmanager
def sole_run(main: Engine) -> Iterator[None]:
    """Keep every other running bot off this main database. Raises ConfigError when there is one already.

    The lock goes with the process, however that ends. Commands that only read or import do not ask for it.
    """
    database = main.url.database
    if main.dialect.name == "postgresql":
        with _on_server(main):
            yield
    elif sys.platform != "win32" and database and database != ":memory:":
        with _on_file(Path(f"{Path(database).resolve()}.lock")):
            yield
    else:
        yield


@contextmanager
def _on_file(path: Path) -> Iterator[None]:
    """The file stays when the lock is gone: to delete it would let two processes lock two files of one name."""
    try:
        file = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise ConfigError(f"{path} cannot be opened ({error.strerror}); it keeps a second run away") from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        taken = isinstance(error, BlockingIOError)
        raise ConfigError(_TAKEN if taken else f"{path} cannot be locked ({error.strerror})") from None
    try:
        yield
    finally:
        os.close(file)


@contextmanager
def _on_server(main: Engine) -> Iterator[None]:
    """A lock of the session, so on a connection that is held open, and never goes back to the pool."""
    try:
        connection = main.connect().execution_options(isolation_level="AUTOCOMMIT")
    except SQLAlchemyError as error:
        raise ConfigError(f"SUIVI_DATABASE_URL: no connection could be had ({type(error).__name__})") from None
    with connection:
        connection.detach()
        if not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_RUN_LOCK})").scalar():
            raise ConfigError(_TAKEN)
        yield

"""What the whole suite shares: options, and what a machine may lack.

In CI nothing is skipped. Elsewhere, a machine without Chromium, Java, LibreOffice or a PostgreSQL server runs all the
rest, and the summary says what was left out and how to get it.
"""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url

from storage.database import connect, upgrade

CHROMIUM = os.environ.get("SUIVI_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
LONG = {"first_hour", "journeys"}
"""The folders where few tests take long."""
POSTGRES = os.environ.get("SUIVI_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


@pytest.fixture
def postgres_database() -> Iterator[str]:
    """The URL of an empty database of this test's own, dropped at the end."""
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    name = f"suivi_test_{uuid4().hex}"
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all migrations run, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "suivi.sqlite3"
    engine = connect(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture
def folder(migrated: Path, tmp_path: Path) -> Path:
    """Where this test's databases lie."""
    shutil.copy(migrated, tmp_path / "suivi.sqlite3")
    return tmp_path


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-transcripts", action="store_true", help="write what the bot says now into the transcripts"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Begun last, a long file would leave the other worker with nothing to do.
    items.sort(key=lambda item: LONG.isdisjoint(item.path.parts))
    if os.environ.get("CI"):
        return
    lacking = {}
    if CHROMIUM is None:
        lacking["browser"] = "Chromium is not installed: apt-get install chromium, or SUIVI_CHROMIUM=/path/to/it"
    if shutil.which("java") is None or shutil.which("javac") is None:
        lacking["java"] = "Java is not installed: apt-get install default-jdk-headless"
    if shutil.which("soffice") is None:
        lacking["office"] = "LibreOffice is not installed: apt-get install libreoffice-impress libreoffice-calc"
    if not _postgres_answers():
        lacking["postgres"] = "no PostgreSQL server answers: SUIVI_TEST_POSTGRES=postgresql+psycopg://... names one"
    for item in items:
        for mark, reason in lacking.items():
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))


def _postgres_answers() -> bool:
    parts = urlsplit(POSTGRES)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5432), timeout=5).close()
    except OSError:
        return False
    return True

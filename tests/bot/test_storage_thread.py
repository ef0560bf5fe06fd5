"""Work in groups: each piece stands or falls alone, and nothing is reported done that is not on disk."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DatabaseError, InternalError, OperationalError, PendingRollbackError

from bot.storage_thread import GROUP, StorageThread, StorageUnavailable, Work
from storage.batch import later
from storage.database import connect


@pytest.fixture
async def thread(tmp_path: Path) -> AsyncIterator[StorageThread]:
    engine = connect(f"sqlite:///{tmp_path / 'notes.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT NOT NULL)"))
    async with StorageThread(engine) as thread:
        yield thread
    engine.dispose()


def note(words: str | None) -> Work[int]:
    def write(connection: Connection) -> int:
        return int(connection.execute(text("INSERT INTO notes (words) VALUES (:words)"), {"words": words}).lastrowid)

    return write


def clumsy_note(words: str) -> Work[int]:
    """Writes, and then fails by a fault of its own."""

    def write(connection: Connection) -> int:
        note(words)(connection)
        raise KeyError(words)

    return write


def on_a_full_disk(connection: Connection) -> None:
    """The disk has room for what is there, and for nothing more."""
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    note("x" * 100_000)(connection)


async def notes(thread: StorageThread) -> list[str]:
    return list(await thread.run(lambda connection: connection.scalars(text("SELECT words FROM notes ORDER BY id"))))


async def test_what_is_done_is_there(thread: StorageThread) -> None:
    assert await thread.run(note("one")) == 1
    assert await notes(thread) == ["one"]


async def test_a_piece_that_fails_is_undone_alone(thread: StorageThread) -> None:
    ends = await asyncio.gather(
        thread.run(note("one")),
        thread.run(clumsy_note("two")),
        thread.run(note(None)),  # the database refuses this one
        thread.run(note("four")),
        return_exceptions=True,
    )
    assert (ends[0], type(ends[1])) == (1, KeyError)
    assert isinstance(ends[2], Exception)
    assert not isinstance(ends[2], StorageUnavailable), "this one would fail for ever: it is not to be tried again"
    assert await notes(thread) == ["one", "four"]


async def test_work_for_one_chat_is_done_in_the_order_given(thread: StorageThread) -> None:
    numbers = [f"{number:03}" for number in range(3 * GROUP)]
    await asyncio.gather(*(thread.run(note(each), "chat 1") for each in numbers))
    assert await notes(thread) == numbers


async def test_much_work_takes_few_commits(thread: StorageThread) -> None:
    commits = 0

    def counted(_: Connection) -> None:
        nonlocal commits
        commits += 1

    event.listen(thread._engine, "commit", counted)
    await asyncio.gather(*(thread.run(note(f"{number}"), f"chat {number}") for number in range(4 * GROUP)))
    assert 4 <= commits <= 4 + 2, "the first pieces may be off before the others come"


_GATHERED = text("INSERT INTO notes (words) VALUES (:words)")


async def test_whoever_looks_widely_sees_what_others_of_the_group_have_written(thread: StorageThread) -> None:
    def write(connection: Connection) -> None:
        later(connection, _GATHERED, {"words": "for later"})

    def look(connection: Connection) -> list[str]:
        return list(connection.scalars(text("SELECT words FROM notes")))

    ready = Event()
    first = asyncio.create_task(thread.run(lambda _: ready.wait(10)))  # what comes meanwhile makes up one group
    await asyncio.sleep(0)
    pieces = [thread.run(write, "chat 1"), thread.run(look, "chat 2"), thread.run(look, "chat 3", widely=True)]
    waiting = [asyncio.create_task(each) for each in pieces]
    await asyncio.sleep(0)
    ready.set()
    await first
    _, narrow, wide = await asyncio.gather(*waiting)
    assert (narrow, wide) == ([], ["for later"])


async def test_when_the_commit_fails_nothing_of_the_group_is_acknowledged(thread: StorageThread) -> None:
    ends = await asyncio.gather(
        *(thread.run(note(f"{number}"), f"chat {number}") for number in range(5)),
        thread.run(on_a_full_disk),
        return_exceptions=True,
    )
    kept = await notes(thread)
    assert isinstance(ends[5], StorageUnavailable)
    assert "full" in str(ends[5])
    for number, end in enumerate(ends[:5]):
        assert isinstance(end, StorageUnavailable) is (f"{number}" not in kept)
    assert any(isinstance(end, StorageUnavailable) for end in ends[:5])


async def test_when_the_database_is_back_work_goes_on(thread: StorageThread) -> None:
    with pytest.raises(StorageUnavailable):
        await thread.run(on_a_full_disk)
    await thread.run(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1000000").scalar())
    await thread.run(note("again"))
    assert await notes(thread) == ["again"]


async def test_whoever_asked_may_go_away_and_the_work_stands(thread: StorageThread) -> None:
    asking = asyncio.create_task(thread.run(note("one")))
    await asyncio.sleep(0)
    asking.cancel()
    assert await notes(thread) == ["one"]


async def test_what_was_given_before_the_end_is_done_before_the_end(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'end.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT NOT NULL)"))
    async with StorageThread(engine) as thread:
        work = [asyncio.create_task(thread.run(note(f"{number}"))) for number in range(200)]
        await asyncio.sleep(0)
    await asyncio.gather(*work)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM notes")) == 200
    engine.dispose()


class _Failing:
    """Work that the database fails, in one of the ways that databases have."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __call__(self, connection: Connection) -> None:
        note("half")(connection)
        raise self.error


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked")),
        DatabaseError("INSERT", {}, sqlite3.DatabaseError("database disk image is malformed")),
        InternalError("INSERT", {}, sqlite3.InternalError("cannot execute in a read-only transaction")),
        PendingRollbackError("the connection is gone"),
        sqlite3.OperationalError("disk I/O error"),
    ],
    ids=lambda error: str(error).splitlines()[0],
)
async def test_whatever_ails_the_database_nothing_is_acknowledged(thread: StorageThread, error: Exception) -> None:
    ends = await asyncio.gather(thread.run(note("one")), thread.run(_Failing(error)), return_exceptions=True)
    assert isinstance(ends[1], StorageUnavailable)
    written = await notes(thread)
    assert "half" not in written
    assert ("one" in written) is not isinstance(ends[0], StorageUnavailable)


@pytest.mark.postgres
async def test_a_server_that_restarts_or_turns_read_only_loses_nothing(postgres_database: str) -> None:
    engine = connect(postgres_database)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (id SERIAL PRIMARY KEY, words TEXT NOT NULL)"))

    def write(words: str) -> Work[None]:
        return lambda connection: (
            connection.execute(text("INSERT INTO notes (words) VALUES (:w)"), {"w": words}) and None
        )

    def cut_off(connection: Connection) -> None:
        write("half")(connection)
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    def read_only(connection: Connection) -> None:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        write("half")(connection)

    async with StorageThread(engine) as thread:
        for broken in (cut_off, read_only):
            with pytest.raises(StorageUnavailable):
                await thread.run(broken, "a chat")
            await thread.run(write("whole"), "a chat")
        assert await notes(thread) == ["whole", "whole"]
    engine.dispose()

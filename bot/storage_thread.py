"""The storage thread: every piece of work on the database goes through here, in order, and is committed in groups.

On SQLite one thread owns the one writing connection. It takes all the work that waits (up to `GROUP`), runs each piece
in a savepoint of its own and commits once: one fsync for many, and one statement for the same write of many (see
storage/batch.py). A piece that fails is rolled back alone. On PostgreSQL the same is done by a few threads, each piece
in a transaction of its own; work of one chat keeps to one thread, so that its order is kept there too.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    PendingRollbackError,
    ProgrammingError,
    ResourceClosedError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.batch import Batch, gathering

Result = TypeVar("Result")
Work = Callable[[Connection], Result]

GROUP = 48
"""Pieces of work in one commit, at most: beyond some tens the fsync is spread thin enough."""

POSTGRES_THREADS = 4


class StorageUnavailable(Exception):  # it says what is the case
    """Nothing could be saved: the disk is full, the database is locked or gone. Try again later."""


@dataclass(slots=True)
class _Piece:
    work: Work[Any]
    chat: str | None
    widely: bool
    future: asyncio.Future[Any]
    result: Any = None
    error: Exception | None = None


class StorageThread:
    """Runs work on the database; use as an async context manager."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        single = engine.dialect.name == "sqlite"
        self._group = GROUP if single else 1
        self._lanes: list[SimpleQueue[_Piece | None]] = [
            SimpleQueue() for _ in range(1 if single else POSTGRES_THREADS)
        ]
        self._threads: list[Thread] = []

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._threads = [
            Thread(target=self._work_off, args=(lane, loop), name=f"storage-{number}", daemon=True)
            for number, lane in enumerate(self._lanes)
        ]
        for thread in self._threads:
            thread.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        for lane in self._lanes:
            lane.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    async def run(self, work: Work[Result], chat: str | None = None, *, widely: bool = False) -> Result:
        """The work's result, once it is durable.

        Work for the same `chat` is done in the order it was given, and reads and writes what is that chat's alone;
        without a chat, or `widely`, it may read anything. Raises whatever the work raised, after its rollback;
        StorageUnavailable when nothing could be saved.
        """
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._lanes[hash(chat) % len(self._lanes)].put(_Piece(work, chat, widely, future))
        return await future

    def _work_off(self, lane: SimpleQueue[_Piece | None], loop: asyncio.AbstractEventLoop) -> None:
        running = True
        while running:
            pieces: list[_Piece] = []
            first = lane.get()
            while first is not None:
                pieces.append(first)
                if len(pieces) >= self._group:
                    break
                try:
                    first = lane.get_nowait()
                except Empty:
                    break
            else:
                running = False
            if pieces:
                self._commit(pieces)
                loop.call_soon_threadsafe(_resolve, pieces)

    def _commit(self, pieces: list[_Piece]) -> None:
        try:
            with self._engine.begin() as connection, gathering(connection) as batch:
                seen: set[str] = set()
                for piece in pieces:
                    # What waits in the batch can be read by nobody yet, so whoever might want to makes it be written.
                    if piece.chat is None or piece.widely or piece.chat in seen:
                        batch.flush()
                        seen.clear()
                    seen.add(piece.chat or "")
                    self._run_alone(connection, batch, piece)
                batch.flush()
        except Exception as error:  # noqa: BLE001 # sorted out below
            if self._is_of_the_database(error):
                _unavailable(pieces, error)
                return
            # A write that waited failed; whose it was shows when each is alone.
            for piece in pieces:
                self._commit_plainly(piece)

    def _commit_plainly(self, piece: _Piece) -> None:
        """One piece in a transaction of its own, each write at once."""
        piece.error = None
        try:
            with self._engine.begin() as connection:
                piece.result = piece.work(connection)
        except Exception as error:  # noqa: BLE001 # whatever it is belongs to the work, or to the database
            piece.error = error
            if self._is_of_the_database(error):
                _unavailable([piece], error)

    def _run_alone(self, connection: Connection, batch: Batch, piece: _Piece) -> None:
        cursor = connection.connection.cursor()  # past the toolkit: a savepoint is cheap, and all its care is not
        cursor.execute("SAVEPOINT piece")
        mark = batch.mark()
        try:
            piece.result = piece.work(connection)
        except Exception as error:
            if self._is_of_the_database(error):
                raise
            piece.error = error
            batch.rewind(mark)
            cursor.execute("ROLLBACK TO SAVEPOINT piece")
        cursor.execute("RELEASE SAVEPOINT piece")
        cursor.close()

    def _is_of_the_database(self, error: Exception) -> bool:
        """Whether the database failed rather than the work: disk full, locked, damaged, read-only, gone.

        What is not plainly the work's own fault counts as the database's: then nothing is acknowledged, nor lost.
        """
        if isinstance(error, DBAPIError):
            return not isinstance(error, _OF_THE_WORK)
        return isinstance(error, (*_BROKEN, self._engine.dialect.loaded_dbapi.Error))


_OF_THE_WORK = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
_BROKEN = (PendingRollbackError, ResourceClosedError, PoolTimeoutError)


def _unavailable(pieces: list[_Piece], error: Exception) -> None:
    """Nothing of these is saved, so nothing of them may be acknowledged."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    for piece in pieces:
        piece.error = StorageUnavailable(str(cause).partition("\n")[0])


def _resolve(pieces: list[_Piece]) -> None:
    for piece in pieces:
        if piece.future.done():
            continue  # whoever asked has gone away; the work stands
        if piece.error is not None:
            piece.future.set_exception(piece.error)
        else:
            piece.future.set_result(piece.result)

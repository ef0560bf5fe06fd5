"""Writes that wait for one another: the same statement for many turns of a group is executed once, with many rows.

What costs on the hot path is the statement, not the row. So the storage thread opens a batch around a group of turns,
and the writes that every answer brings (the answer, what is said, where the person is now) go through `later`. Without
a batch they are executed at once: a function that writes need not know.

Whoever reads what an earlier turn of the same group may have written has to `flush` first.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Executable, Table, func, select

_OPEN = "suivi.batch"
Row = Mapping[str, object]


class Batch:
    """The writes that wait on one connection, in the order in which their statements first came."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._waiting: dict[int, tuple[Executable, list[Row]]] = {}
        self._numbers: dict[str, int] = {}

    def add(self, statement: Executable, row: Row) -> None:
        """Execute the statement with this row at the next flush. The statement must live as long as the batch."""
        self._waiting.setdefault(id(statement), (statement, []))[1].append(row)

    def flush(self) -> None:
        """Execute everything that waits."""
        waiting, self._waiting = self._waiting, {}
        for statement, rows in waiting.values():
            if rows:
                self._conn.execute(statement, rows)

    def mark(self) -> dict[int, int]:
        """How much waits now, for `rewind`."""
        return {key: len(rows) for key, (_, rows) in self._waiting.items()}

    def rewind(self, mark: dict[int, int]) -> None:
        """Forget what was added since the mark: the turn that added it is rolled back."""
        for key, (_, rows) in self._waiting.items():
            del rows[mark.get(key, 0) :]

    def number(self, table: Table) -> int:
        """An id for a new row, known before it is inserted. Only where nobody else writes: SQLite, in a transaction."""
        if table.name not in self._numbers:
            self._numbers[table.name] = self._conn.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0
        self._numbers[table.name] += 1
        return self._numbers[table.name]


@contextmanager
def gathering(conn: Connection) -> Iterator[Batch]:
    """A batch for this connection; flushed by its owner, dropped at the end."""
    info = conn.info  # taken once: a connection that breaks meanwhile would not give it again
    info[_OPEN] = batch = Batch(conn)
    try:
        yield batch
    finally:
        del info[_OPEN]


def open_batch(conn: Connection) -> Batch | None:
    """The batch of this connection, when there is one."""
    batch: Batch | None = conn.info.get(_OPEN)
    return batch


def later(conn: Connection, statement: Executable, row: dict[str, Any]) -> None:
    """Execute the statement with this row by the end of the group; at once when nothing is gathered."""
    batch = open_batch(conn)
    if batch is None:
        conn.execute(statement, row)
    else:
        batch.add(statement, row)

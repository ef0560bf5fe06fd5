"""The audit log: what teams and the operator did, a line each, only ever added to.

Every line has a stamp, an HMAC-SHA-256 over itself and the stamp before (a hash chain, as in: Haber and Stornetta, How
to time-stamp a digital document, 1991). Whoever changes, removes or reorders a line breaks the chain from there on, and
without the master key nobody can mend it. Lines that are missing at the end show only against a stamp that was noted
elsewhere before. Nothing in it tells who answered what, nor anybody's name or words.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text

from storage.tables import audit
from storage.vault import Vault

OPERATOR = "operator"
"""The actor of what was done on the command line; somebody of a team goes by a pseudonym
that nothing else uses: the log must not lead to what they answered as a participant."""

_FIRST = bytes(32)
_LOCK = 0x5_1719  # no other lock's number: the one of bot/sole.py is held as long as a bot runs
_LAST = select(audit.c.stamp).order_by(audit.c.id.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: who (see `OPERATOR`) did what (the word of an act) to which event and thing, at (UTC).

    `details` are the names of what came of it.
    """

    at: datetime
    actor: str
    event: str
    act: str
    item: int = 0
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look through the whole log found.

    `lines` were read; `broken` is the number (from 1) of the first line that does not fit the chain, None when all do.
    `stamp` is the last one, in hexadecimal: note it elsewhere. `seen` tells whether a stamp that was noted earlier is
    among them.
    """

    lines: int
    broken: int | None
    stamp: str
    seen: bool = True


def append(conn: Connection, vault: Vault, entry: Entry) -> None:
    """Write the line with the rest of the transaction."""
    if conn.dialect.name == "postgresql":
        # On SQLite there is one writer. Here each waits for the one before, whose stamp it needs.
        conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    before = conn.scalar(_LAST) or _FIRST
    row = {
        "at": entry.at,
        "actor": entry.actor,
        "event": entry.event,
        "act": entry.act,
        "item": entry.item,
        "details": json.dumps(entry.details),
        "stamp": vault.stamp(before + _written(entry)),
    }
    conn.execute(insert(audit), row)


def verify(conn: Connection, vault: Vault, noted: str = "") -> Verdict:
    """Look through the whole log; `noted` is a stamp that was noted earlier, empty for none."""
    stamp, seen, number = _FIRST, noted == "", 0
    for entry, found in _all(conn):
        number += 1
        stamp = vault.stamp(stamp + _written(entry))
        if stamp != found:
            return Verdict(number, number, found.hex(), seen)
        seen = seen or stamp.hex() == noted.lower()
    return Verdict(number, None, stamp.hex(), seen)


def entries(conn: Connection, event: str = "", most: int = 50) -> Sequence[Entry]:
    """The newest lines, of one event or of all, the oldest of them first."""
    lines = select(audit).order_by(audit.c.id.desc()).limit(most)
    rows = conn.execute(lines.where(audit.c.event == event) if event else lines).all()
    return [_entry(row) for row in reversed(rows)]


def _all(conn: Connection) -> Iterator[tuple[Entry, bytes]]:
    after = 0
    while rows := conn.execute(select(audit).where(audit.c.id > after).order_by(audit.c.id).limit(_PAGE)).all():
        for row in rows:
            yield _entry(row), row.stamp
        after = rows[-1].id


_PAGE = 1000


def _entry(row: Any) -> Entry:  # noqa: ANN401 # a row of the table
    return Entry(row.at, row.actor, row.event, row.act, row.item, tuple(json.loads(row.details)))


def _written(entry: Entry) -> bytes:
    fields = [entry.at.isoformat(), entry.actor, entry.event, entry.act, entry.item, list(entry.details)]
    return json.dumps(fields, ensure_ascii=False).encode()

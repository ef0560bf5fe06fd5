"""The files that belong to event packs: the pictures beside their questions.

Each is kept once, whichever packs and revisions show it, and stays when none does any more.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from storage.database import either
from storage.tables import pack_files

_KEEP = either(lambda insert: insert(pack_files).on_conflict_do_nothing())


def keep(conn: Connection, files: Mapping[str, bytes]) -> None:
    """Keep these files by the SHA-256 of each, in hexadecimal; one that is kept already stays as it is."""
    rows = [{"digest": digest, "content": content} for digest, content in files.items()]
    if rows:
        conn.execute(_KEEP[conn.dialect.name], rows)


def content(conn: Connection, digest: str) -> bytes | None:
    """What the file with that digest holds; None when there is none."""
    return conn.scalar(select(pack_files.c.content).where(pack_files.c.digest == digest))

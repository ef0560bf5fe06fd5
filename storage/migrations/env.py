"""Alembic's way in: on the connection that `storage.database.upgrade` passes, or on `-x url=...` for developers.

alembic -c storage/migrations/alembic.ini -x url=sqlite:///new.db revision --autogenerate -m "what changes"
"""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, Enum

from storage.database import UtcDateTime, connect
from storage.tables import metadata


def _plain(kind: str, thing: object, _context: object) -> str | Literal[False]:
    """Our own types by what the database knows of them: a migration must not change when the code does."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Enum):
        return f"sa.String({thing.length})"
    return False


def _run(conn: Connection) -> None:
    # SQLite alters a table by writing it anew: batches.
    context.configure(connection=conn, target_metadata=metadata, render_as_batch=True, render_item=_plain)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    with connect(context.get_x_argument(as_dictionary=True)["url"]).begin() as own:
        _run(own)

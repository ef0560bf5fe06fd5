"""Which updates have been seen: an update that comes twice is answered once."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from storage.batch import open_batch
from storage.database import either
from storage.tables import inbox

_NEW = insert(inbox)
_RECORD = either(lambda insert: insert(inbox).on_conflict_do_nothing().execution_options(preserve_rowcount=True))

_NEWEST = select(func.max(inbox.c.update_id)).where(inbox.c.channel == bindparam("channel"))


def record(conn: Connection, channel: str, update_id: int, now: datetime) -> bool:
    """Note that the update came; false when it came before.

    In a batch it is taken for new, as nearly all are: if it is not, the flush fails, and whoever owns the batch runs
    the turn again without one.
    """
    row = {"channel": channel, "update_id": update_id, "at": now}
    batch = open_batch(conn)
    if batch is not None:
        batch.add(_NEW, row)
        return True
    return bool(conn.execute(_RECORD[conn.dialect.name], row).rowcount == 1)


def newest(conn: Connection, channel: str) -> int | None:
    """The id of the newest update of that channel; None when none came, or all are forgotten."""
    found: int | None = conn.scalar(_NEWEST, {"channel": channel})
    return found


def forget_before(conn: Connection, instant: datetime) -> None:
    """Forget the updates of before that instant.

    Telegram keeps an update for at most 24 hours (https://core.telegram.org/bots/api#getting-updates), so that an older
    one does not come again.
    """
    conn.execute(delete(inbox).where(inbox.c.at < instant))

"""Which updates have been seen: an update that comes twice is answered once."""

from datetime import datetime

from sqlalchemy import Connection, delete

from storage.database import either
from storage.tables import inbox

_RECORD = either(lambda insert: insert(inbox).on_conflict_do_nothing().execution_options(preserve_rowcount=True))


def record(conn: Connection, channel: str, update_id: int, now: datetime) -> bool:
    """Note that the update came; false when it came before."""
    row = {"channel": channel, "update_id": update_id, "at": now}
    return bool(conn.execute(_RECORD[conn.dialect.name], row).rowcount == 1)


def forget_before(conn: Connection, instant: datetime) -> None:
    """Forget the updates of before that instant.

    Telegram keeps an update for at most 24 hours (https://core.telegram.org/bots/api#getting-updates), so that an older
    one does not come again.
    """
    conn.execute(delete(inbox).where(inbox.c.at < instant))

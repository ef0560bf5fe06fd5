"""Files that somebody of a team sent, to be read beside the conversation: it takes seconds, and may fail.

A job is a row, so that a file that was sent is read even if the process dies meanwhile.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, literal_column, select, update

from conversations.attachments import Attachment, attachment_of, attachment_to_value
from conversations.desk import Trouble
from conversations.roles import Act
from storage.chats import Chat
from storage.database import new_id
from storage.states import JobState
from storage.tables import chats, jobs
from storage.vault import Vault

_FILE, _RESULT = "job file", "job result"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that nobody has read yet, and who sent it."""

    id: int
    chat_id: int


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read: for which act on which thing of which event (0 for none that is known yet), and for whom."""

    id: int
    chat_id: int
    act: Act
    event_id: int
    item: int
    file: Attachment
    state: JobState
    attempts: int
    result: str = ""
    trouble: Trouble | None = None


def add(  # one argument a column
    conn: Connection, vault: Vault, chat: Chat, act: Act, event_id: int, item: int, file: Attachment, now: datetime
) -> int:
    """The id of a new job."""
    row = {
        "chat_id": chat.id,
        "act": act,
        "event_id": event_id,
        "item": item,
        "file": vault.seal(chat.key_id, attachment_to_value(file), _FILE),
        "state": JobState.WAITING,
        "attempts": 0,
        "created_at": now,
    }
    return new_id(conn.execute(insert(jobs), row))


def waiting(conn: Connection) -> tuple[Waiting, ...]:
    """Those that nobody has read yet, in order."""
    is_waiting = jobs.c.state == literal_column(f"'{JobState.WAITING}'")
    rows = conn.execute(select(jobs.c.id, jobs.c.chat_id).where(is_waiting).order_by(jobs.c.id))
    return tuple(Waiting(row.id, row.chat_id) for row in rows)


def attempt(conn: Connection, vault: Vault, job_id: int) -> Job | None:
    """The job, one attempt more counted; None when it is not waiting any more."""
    taking = update(jobs).where(jobs.c.id == job_id, jobs.c.state == JobState.WAITING)
    if conn.execute(taking.values(attempts=jobs.c.attempts + 1)).rowcount == 0:
        return None
    return by_id(conn, vault, job_id)


def by_id(conn: Connection, vault: Vault, job_id: int) -> Job | None:
    """The job with that id; None when there is none, or its person is gone."""
    found = select(jobs, chats.c.key_id).join(chats, jobs.c.chat_id == chats.c.id).where(jobs.c.id == job_id)
    row = conn.execute(found).first()
    if row is None or not vault.holds(row.key_id):
        return None
    return Job(
        row.id,
        row.chat_id,
        Act(row.act),
        row.event_id,
        row.item,
        attachment_of(vault.open(row.key_id, row.file, _FILE)),
        row.state,
        row.attempts,
        vault.open(row.key_id, row.result, _RESULT) if row.result is not None else "",
        Trouble(row.trouble) if row.trouble is not None else None,
    )


def finish(conn: Connection, vault: Vault, chat: Chat, job_id: int, result: str, trouble: Trouble | None) -> None:
    """The file was read with this result, or could not be."""
    values = {
        "state": JobState.READ if trouble is None else JobState.FAILED,
        "result": vault.seal(chat.key_id, result, _RESULT) if trouble is None else None,
        "trouble": trouble,
    }
    conn.execute(update(jobs).where(jobs.c.id == job_id, jobs.c.state == JobState.WAITING).values(**values))


def give_up(conn: Connection, job_id: int) -> None:
    """Nothing can be done with the file; whoever sent it is not told, since that failed as well."""
    failed = {"state": JobState.FAILED, "trouble": Trouble.UNREADABLE}
    conn.execute(update(jobs).where(jobs.c.id == job_id).values(**failed))


def forget(conn: Connection, job_id: int) -> None:
    """The job is done with, and with it what was in its file."""
    conn.execute(delete(jobs).where(jobs.c.id == job_id))


def forget_before(conn: Connection, before: datetime) -> None:
    """What was sent before that is not needed any more, read or not."""
    conn.execute(delete(jobs).where(jobs.c.created_at < before))

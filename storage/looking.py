"""What those look with who load a team's desk."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage.chats import Chat
from storage.events import Contents
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Looking:
    """The connection, the vault and the contents, whose chat it is, and the time (UTC)."""

    conn: Connection
    vault: Vault
    contents: Contents
    chat: Chat
    now: datetime

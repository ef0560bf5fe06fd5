"""How far broadcasts are, shown in place in the chat of whoever wrote them.

Everything is read from rows each time: a process that was killed goes on showing where it left off.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.clock import Clock
from bot.delivery import Delivery
from bot.rendering import dumps, render
from bot.storage_thread import StorageThread, StorageUnavailable
from conversations.dialogues import broadcast as dialogue
from conversations.effects import SayKind
from conversations.messages import Message
from storage import broadcasts, chats, outbox, team
from storage.broadcasts import Open
from storage.events import Contents
from storage.outbox import Operation, Outgoing
from storage.vault import Vault

LOOK_SECONDS = 3
"""How often it is looked at how far they are: no message is edited more often."""
_RESTS = timedelta(seconds=6)
"""How long one that stands still is left alone."""

_Edit = tuple[str, Outgoing]
"""What is to be shown from now on, which counts once it is saved; and the edit that shows it."""


class Progress:
    """Brings the messages that show it up to date, and ends the broadcasts of which nothing is to come."""

    def __init__(
        self, thread: StorageThread, vault: Vault, contents: Contents, delivery: Delivery, clock: Clock
    ) -> None:
        self._thread = thread
        self._vault = vault
        self._contents = contents
        self._delivery = delivery
        self._clock = clock
        self._shown: dict[int, str] = {}
        self._rests: dict[int, datetime] = {}

    async def look(self) -> None:
        """Look once at all that are not over."""
        now = self._clock.now()
        try:
            edits = await self._thread.run(lambda connection: self._looked(connection, now))
        except StorageUnavailable:
            return  # it is looked at again in a moment
        for number, (shown, _) in edits.items():
            self._shown[number] = shown
        self._delivery.submit(edit for _, edit in edits.values())

    def _looked(self, connection: Connection, now: datetime) -> dict[int, _Edit]:
        going = broadcasts.opened(connection)
        open_ids = {each.id for each in going}
        for kept in (self._shown, self._rests):
            for over in kept.keys() - open_ids:
                del kept[over]
        awake = (each for each in going if self._rests.get(each.id, now) <= now)
        found = {each.id: self._told(connection, each, now) for each in awake}
        return {number: edit for number, edit in found.items() if edit is not None}

    def _told(self, connection: Connection, one: Open, now: datetime) -> _Edit | None:
        """The edit of the message that shows it, when there is something new to show."""
        tally = broadcasts.tally(connection, one.id)
        found = broadcasts.by_id(connection, self._vault, one.id, one.chat_id)
        if found is None or (tally.waiting == 0 and not found.can_be_undone(now)):
            broadcasts.end(connection, one.id, now)
            found = broadcasts.by_id(connection, self._vault, one.id, one.chat_id)
        if found is None or one.report is None:
            return None
        duties = team.duties(connection, one.chat_id, self._contents)
        duty = next((each for each in duties if each.event_id == one.event_id), None)
        if duty is None:
            return None  # whoever wrote it is no longer of the team
        return self._edit(connection, one, one.report, dialogue.report(found, tally, duty, now), now)

    def _edit(self, connection: Connection, one: Open, target: str, message: Message, now: datetime) -> _Edit | None:
        chat = chats.to_tell(connection, self._vault, one.chat_id)
        if chat is None:
            return None
        body = dumps(render(message, chat.conversation.language))
        shown = f"{target} {body}"
        if self._shown.get(one.id) == shown:
            self._rests[one.id] = now + _RESTS
            return None
        if outbox.edit_waits(connection, one.chat_id, target):
            return None
        return shown, outbox.add(connection, self._vault, chat, Operation.EDIT, SayKind.REPLY, body, now, target=target)

"""Telling a sandbox what is planned and what became of it, for the calendar on its page. Never told to Telegram."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.app import App
from bot.reasons import plan_title, reason_words, undelivered_words
from conversations.model import Language, Phrase
from conversations.timing import TouchpointKind
from locales.phrases import say
from storage import chats, inbox, outbox, plans
from storage.events import Contents
from storage.outbox import State
from storage.plans import Told
from storage.states import PlanState

Json = dict[str, Any]
Tell = Callable[[list[Json]], Awaitable[None]]

MOST_AT_ONCE = 2_000
"""Rows looked at each time: what was settled lately, then what comes next."""

_LOOKED_BACK = timedelta(days=30)
"""How far back a bot that starts tells what was."""


class SandboxCalendar:
    """Tells through `tell` what has changed since it was last told."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._told: dict[str, tuple[object, Json]] = {}
        self._titles: dict[tuple[int, TouchpointKind, str], Json] = {}
        self._looked: tuple[datetime, int | None] | None = None

    async def update(self, app: App, now: datetime) -> None:
        """Look at the plans and tell what is new. Raises whatever `tell` and the storage thread raise."""
        # While time stands still and nobody has written, plans stay as they are; a moving clock asks often.
        newest = await app.thread.run(lambda connection: inbox.newest(connection, app.telegram.name))
        if self._looked == (now, newest):
            return
        since = self._looked[0] if self._looked else now - _LOOKED_BACK
        changed = await app.thread.run(lambda connection: self._changed(connection, app, since))
        if changed:
            await self._tell([entry for _, entry in changed.values()])
        self._told.update(changed)
        self._looked = now, newest

    def _changed(self, connection: Connection, app: App, since: datetime) -> dict[str, tuple[object, Json]]:
        """Entries that are new or different, each with what it was made from. Runs in the storage thread."""
        rows = plans.told(connection, since, MOST_AT_ONCE)
        addresses = chats.addresses(connection, app.store.vault, {row.chat_id for row in rows})
        lost = outbox.undelivered(connection, MOST_AT_ONCE)
        changed: dict[str, tuple[object, Json]] = {}
        for row in rows:
            address = addresses.get(row.chat_id)
            made_from = (row, address, lost.get(row.id))
            before, entry = self._told.get(str(row.id), (None, {}))
            if address is not None and before != made_from:
                title = self._title(connection, app.store.contents, row)
                changed[str(row.id)] = made_from, entry_of(row, int(address), title, lost.get(row.id), entry)
        return changed

    def _title(self, connection: Connection, contents: Contents, row: Told) -> Json:
        key = (row.revision, row.kind, row.name)
        if key not in self._titles:
            self._titles[key] = _both(plan_title(contents.content(connection, row.revision), row.kind, row.name))
        return self._titles[key]


def entry_of(row: Told, chat: int, title: Json, lost: State | None, before: Json) -> Json:
    """The entry of the calendar, as sandbox/README.md has it; `before` is what was told of it last, {} for nothing."""
    entry: Json = {"id": str(row.id), "chat": chat, "title": title, "kind": str(row.kind)}
    entry |= {"at": row.due.isoformat(), "state": "planned", "reason": None, "moved_to": None}
    match row.state:
        case PlanState.PLANNED if row.reason is not None:
            # It stays where it first was to be, and points to where it went.
            first = before["at"] if before.get("state") in ("planned", "held") else entry["at"]
            entry |= {"at": first, "moved_to": entry["at"], "state": "held"}
            entry["reason"] = _both(reason_words(row.reason, waits=True))
        case PlanState.SENT:
            entry |= {"at": (row.settled or row.due).isoformat(), "state": "sent"}
            if lost is not None:
                entry |= {"state": "failed", "reason": _both(undelivered_words(in_doubt=lost is State.IN_DOUBT))}
        case PlanState.HELD:
            entry |= {"state": "skipped", "reason": _both(reason_words(row.reason)) if row.reason else None}
    return entry


def _both(words: Phrase) -> Json:
    return {str(language): say(words, language) for language in Language}

"""What bots say they plan, sent, held back, and why. The page shows it; nothing here is ever part of the Bot API."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sandbox.chats import Json, JsonValue
from sandbox.clock import parsed_instant
from sandbox.errors import ControlError

STATES = ("planned", "sent", "held", "skipped", "failed")
LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Entry:
    """One planned thing. `at` is when it is to come, or came; with "held" it is put off to `moved_to`.

    `title` and `reason` hold the words in each language; `chat` is None for what concerns no chat in particular.
    """

    id: str
    at: datetime
    chat: int | None
    title: Json
    kind: str
    state: str
    reason: Json | None
    moved_to: datetime | None

    def view(self) -> Json:
        """The entry as the control interface and the page see it; instants in ISO 8601, UTC."""
        moved_to = self.moved_to.isoformat() if self.moved_to else None
        return asdict(self) | {"at": self.at.isoformat(), "moved_to": moved_to}

    @property
    def due(self) -> datetime | None:
        """When it is still to be sent; None when that is over."""
        if self.state == "held":
            return self.moved_to
        return self.at if self.state == "planned" else None


class Calendar:
    """The entries of all bots by their ids.

    `is_shown` tells whether the page has a phone with that chat: it hears of no others. `send` tells the open pages.
    """

    def __init__(self, is_shown: Callable[[int], bool], send: Callable[[Json], None]) -> None:
        self._is_shown = is_shown
        self._send = send
        self._entries: dict[str, Entry] = {}
        # By when they are due: the clock asks for that with each of its views.
        self._due: defaultdict[datetime, set[str]] = defaultdict(set)

    def tell(self, raw: Sequence[JsonValue]) -> int:
        """Take in new entries, and the new form of those known by their id; gives how many there are now.

        Raises:
            ControlError: one of them is not as README.md says; then none is taken in.
        """
        told = [_entry(each) for each in raw]
        changed = [entry for entry in told if self._entries.get(entry.id) != entry]
        for entry in changed:
            self._put(entry)
        shown = [entry.view() for entry in changed if self._on_page(entry)]
        if shown:
            self._send({"type": "calendar", "entries": shown})
        return len(self._entries)

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
        self._due.clear()

    def _put(self, entry: Entry) -> None:
        before = self._entries.get(entry.id)
        if before is not None and before.due is not None:
            self._due[before.due].discard(entry.id)
        if entry.due is not None:
            self._due[entry.due].add(entry.id)
        self._entries[entry.id] = entry

    def entries(self, *, everybody: bool = False) -> list[Json]:
        """The entries by time: those of the phones on the page, or of everybody."""
        wanted = [entry for entry in self._entries.values() if everybody or self._on_page(entry)]
        return [entry.view() for entry in sorted(wanted, key=lambda entry: (entry.at, entry.id))]

    def title_at(self, instant: datetime | None) -> Json | None:
        """The title of what is still to be sent at that very instant, on the page if anything there is."""
        due = [self._entries[id_] for id_ in self._due.get(instant, ())] if instant is not None else []
        first = min(due, key=lambda entry: (not self._on_page(entry), entry.id), default=None)
        return first.title if first else None

    def _on_page(self, entry: Entry) -> bool:
        return entry.chat is None or self._is_shown(entry.chat)


def _entry(raw: JsonValue) -> Entry:
    if not isinstance(raw, dict):
        raise ControlError("an entry of the calendar is a JSON object")
    state, kind, chat = raw.get("state", "planned"), raw.get("kind", ""), raw.get("chat")
    if state not in STATES:
        raise ControlError(f"the state of an entry is one of {', '.join(STATES)}, not {state!r}")
    if not raw.get("id") or not isinstance(kind, str) or not (chat is None or isinstance(chat, int)):
        raise ControlError("an entry has an 'id', a text as its 'kind', and a number or null as its 'chat'")
    return Entry(
        id=str(raw["id"]),
        at=parsed_instant(raw.get("at")),
        chat=chat,
        title=words(raw.get("title"), "title"),
        kind=kind,
        state=state,
        reason=words(raw["reason"], "reason") if raw.get("reason") else None,
        moved_to=parsed_instant(raw["moved_to"]) if raw.get("moved_to") else None,
    )


def words(raw: JsonValue, name: str) -> dict[str, Any]:
    """Words in each language of the page.

    Raises:
        ControlError: they are missing in one of them.
    """
    if not isinstance(raw, dict) or not all(isinstance(raw.get(code), str) and raw[code] for code in LANGUAGES):
        raise ControlError(f"{name!r} has words in each language: {', '.join(LANGUAGES)}")
    return {code: raw[code] for code in LANGUAGES}

"""What passed through the sandbox, read from its journal as talks: messages, how each came to look, what was tapped.

The journal notes answers and updates in the order in which they happened, and edits overwrite nothing there. Some
entries have no time of their own (a tap, a toast): they happened at the latest instant that an entry before them names.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from conversations.buttons import Open, decode

Json = dict[str, Any]

_EMPTY_BOX = "☐"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one weight."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A button, and whether it was tapped while the message looked like this."""

    text: str
    tapped: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a message looked from `at` (UTC) until an edit gave it other words. `toasts` flashed up over it."""

    at: datetime
    runs: tuple[Run, ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    toasts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words, without weights."""
        return "".join(run.text for run in self.runs)

    @property
    def tapped(self) -> tuple[str, ...]:
        """The buttons that were tapped, as they read."""
        return tuple(button.text for row in self.rows for button in row if button.tapped)


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of a chat, with all its looks. `nudge` is the id of the planned thing that it announced, if any."""

    at: datetime
    from_bot: bool
    looks: tuple[Look, ...]
    nudge: int | None = None


@dataclass(slots=True)
class _Draft:
    """A look that is still on screen: a new keyboard under the same words belongs to it."""

    at: datetime
    text: str
    runs: tuple[Run, ...]
    rows: list[list[Json]]
    tapped: set[tuple[int, int]] = field(default_factory=set)
    toasts: list[str] = field(default_factory=list)

    def done(self) -> Look:
        rows = tuple(
            tuple(self._button(button, (row, place)) for place, button in enumerate(buttons))
            for row, buttons in enumerate(self.rows)
        )
        return Look(self.at, self.runs, rows, tuple(self.toasts))

    def _button(self, button: Json, place: tuple[int, int]) -> Button:
        """A box that is empty in the end was not chosen, whatever was tapped on the way."""
        text = str(button["text"])
        return Button(text, place in self.tapped and not text.startswith(_EMPTY_BOX))


@dataclass(slots=True)
class _Message:
    from_bot: bool
    looks: list[_Draft]
    nudge: int | None = None


class _Reader:
    """Goes through the journal once."""

    def __init__(self) -> None:
        self.now = datetime.fromtimestamp(0, UTC)
        self.chats: dict[int, dict[int, _Message]] = {}
        self._taps: dict[str, _Draft] = {}

    def take(self, entry: Json) -> None:
        if "update" in entry:
            self._update(entry["update"])
        elif entry["method"] == "answerCallbackQuery":
            self._toast(entry["request"])
        elif entry["response"].get("ok") and _is_message(entry["response"]["result"]):
            self._show(entry["response"]["result"], from_bot=True)

    def _update(self, update: Json) -> None:
        if "message" in update:
            self._show(update["message"], from_bot=False)
        elif "callback_query" in update:
            self._tap(update["callback_query"])

    def _show(self, message: Json, *, from_bot: bool) -> None:
        self.now = max(self.now, datetime.fromtimestamp(message.get("edit_date") or message["date"], UTC))
        rows: list[list[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])
        text = str(message.get("text", ""))
        if not from_bot and text.startswith("/start "):
            text = "/start"  # the code of an invitation opens a door, and another one each time
        if not text:
            return
        chat = self.chats.setdefault(message["chat"]["id"], {})
        known = chat.get(message["message_id"])
        if known is not None and known.looks[-1].text == text:
            known.looks[-1].rows = rows
            return
        draft = _Draft(self.now, text, _runs(text, message.get("entities", [])), rows)
        if known is None:
            opens = _announced(rows)
            # What opens the same thing once more (to change an answer) announces nothing.
            first = all(each.nudge != opens for each in chat.values())
            chat[message["message_id"]] = _Message(from_bot, [draft], opens if first else None)
        else:
            known.looks.append(draft)

    def _tap(self, query: Json) -> None:
        message = self.chats.get(query["message"]["chat"]["id"], {}).get(query["message"]["message_id"])
        if message is None:
            return
        look = message.looks[-1]
        self._taps[query["id"]] = look
        for row, buttons in enumerate(look.rows):
            for place, button in enumerate(buttons):
                if button.get("callback_data") == query["data"]:
                    look.tapped.add((row, place))

    def _toast(self, request: Json) -> None:
        look = self._taps.get(str(request.get("callback_query_id")))
        if look is not None and request.get("text"):
            look.toasts.append(str(request["text"]))


def talks(journal: Iterable[str]) -> dict[int, tuple[Bubble, ...]]:
    """The talk of each chat by its id, from the lines of a journal, in the order of the messages."""
    reader = _Reader()
    for line in journal:
        reader.take(json.loads(line))
    return {
        chat: tuple(
            Bubble(message.looks[0].at, message.from_bot, tuple(look.done() for look in message.looks), message.nudge)
            for _, message in sorted(messages.items())
        )
        for chat, messages in reader.chats.items()
    }


def _is_message(result: object) -> bool:
    return isinstance(result, dict) and result.keys() >= {"message_id", "chat", "date"}


def _announced(rows: list[list[Json]]) -> int | None:
    """The planned thing that a new message opens, if any."""
    for row in rows:
        for button in row:
            meant = decode(str(button.get("callback_data", "")))
            if isinstance(meant, Open):
                return meant.nudge
    return None


def _runs(text: str, entities: list[Json]) -> tuple[Run, ...]:
    """The text in pieces, bold ones told from the others.

    Offsets count UTF-16 code units: https://core.telegram.org/bots/api#messageentity
    """
    units, place, runs = text.encode("utf-16-le"), 0, []
    for entity in sorted((each for each in entities if each["type"] == "bold"), key=lambda each: int(each["offset"])):
        begin, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        runs += [Run(units[place:begin].decode("utf-16-le")), Run(units[begin:end].decode("utf-16-le"), strong=True)]
        place = end
    runs.append(Run(units[place:].decode("utf-16-le")))
    return tuple(run for run in runs if run.text)

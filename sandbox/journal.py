"""Everything that passed between the sandbox and its bots, one JSON object a line."""

import json
from collections import deque
from collections.abc import Mapping
from typing import Any

from sandbox.chats import Json

KEPT_ENTRIES = 200_000


class Journal:
    """Responses and updates in order; the oldest go when there are too many."""

    def __init__(self) -> None:
        self.entries: deque[Json] = deque(maxlen=KEPT_ENTRIES)

    def response(self, method: str, request: Mapping[str, Any], response: Json, fault: str | None = None) -> None:
        """What a bot's call led to. Tokens are never part of it; of a file only its name is kept.

        Where a fault kept the answer from the bot, it is named, and `response` is what the answer would have been.
        """
        shown = {name: value if _is_plain(value) else str(value) for name, value in request.items()}
        entry: Json = {"method": method, "request": shown, "response": response}
        self.entries.append(entry | ({"fault": fault} if fault else {}))

    def update(self, update: Json) -> None:
        """An update that a bot is to receive, noted once however often it is delivered."""
        self.entries.append({"update": update})

    def lines(self) -> str:
        """The whole journal as JSON lines."""
        return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in self.entries)


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, (str, int, float, bool, list, dict))

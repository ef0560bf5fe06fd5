"""What the page hears while it is open: server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator

from sandbox.chats import Json

KEEP_ALIVE_SECONDS = 15.0


class Stream:
    """Passes each event on to every open page."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Json | None]] = set()

    @property
    def has_listeners(self) -> bool:
        """Whether any page is open; if not, events need not be made."""
        return bool(self._listeners)

    def send(self, event: Json) -> None:
        """Pass on one event; `event["type"]` says what it is."""
        for listener in self._listeners:
            listener.put_nowait(event)

    def close(self) -> None:
        """End every stream: the server stops."""
        for listener in self._listeners:
            listener.put_nowait(None)

    async def listen(self, first: Json) -> AsyncIterator[str]:
        """The text of the stream for one page, which begins with `first`."""
        listener: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(listener)
        try:
            event: Json | None = first
            while event is not None:
                yield f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
                event = await self._next(listener)
        finally:
            self._listeners.discard(listener)

    async def _next(self, listener: asyncio.Queue[Json | None]) -> Json | None:
        try:
            return await asyncio.wait_for(listener.get(), KEEP_ALIVE_SECONDS)
        except TimeoutError:
            return {"type": "still-here"}

"""An open page, without a browser: what it hears."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sandbox.server import Serving

Json = dict[str, Any]


@contextmanager
def page(sandbox: Serving) -> Iterator[Callable[[str], list[Json]]]:
    """A page that is open meanwhile. What it gives tells the events of one type that were heard so far."""
    listener: asyncio.Queue[Json | None] = asyncio.Queue()
    heard: list[Json] = []

    def events(kind: str) -> list[Json]:
        while not listener.empty():
            if (event := listener.get_nowait()) is not None:
                heard.append(event)
        return [event for event in heard if event["type"] == kind]

    sandbox.state.stream._listeners.add(listener)
    yield events
    sandbox.state.stream._listeners.discard(listener)

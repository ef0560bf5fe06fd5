"""Faults on demand: what goes wrong between a bot and Telegram, and can be asked for here. See README.md, "Faults".

A fault is drawn anew for each call or update that it concerns, from a random source of its own: the same seed and the
same calls in the same order give the same faults.
"""

import asyncio
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from sandbox.chats import Json
from sandbox.signals import Signal


class Kind(StrEnum):
    """What goes wrong."""

    LOST_ANSWER = "lost_answer"
    CUT = "cut"
    SERVER_ERROR = "server_error"
    SLOW = "slow"
    STORM = "storm"
    DUPLICATE = "duplicate"
    REORDER = "reorder"


OF_UPDATES = frozenset({Kind.DUPLICATE, Kind.REORDER})
"""These befall updates, all others calls."""

DEFAULT_SECONDS = {Kind.SLOW: 1.0, Kind.STORM: 1.0, Kind.REORDER: 0.05}
_SENDING = ("send", "copy", "forward")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault that is on.

    `methods` are lower-case names, none stands for all that send a message. `share` of the calls or updates are struck,
    `times` at most. `seconds` are real ones: the delay of `slow`, the `retry_after` of `storm`, for how long `reorder`
    lets updates gather. The last three are about `server_error`: its status, whether the method is carried out
    nevertheless, and whether a gateway's page of HTML is the answer.
    """

    kind: Kind
    methods: tuple[str, ...] = ()
    share: float = 1.0
    times: int | None = None
    seconds: float = 0.0
    chat: int | None = None
    status: int = 502
    after: bool = False
    html: bool = False

    def concerns_method(self, method: str) -> bool:
        """Whether calls of this method (in lower case) can be struck."""
        if self.methods:
            return method in self.methods
        return method.startswith(_SENDING) and method != "sendchataction"

    def concerns_chat(self, chat: object) -> bool:
        """Whether what happens in this chat can be struck; `chat` is an id in any form."""
        return self.chat is None or str(chat) == str(self.chat)


@dataclass(slots=True)
class _Running:
    """A fault that is on, its source of chance, and how often it struck."""

    fault: Fault
    chance: random.Random
    struck: int = 0

    @property
    def is_over(self) -> bool:
        return self.fault.times is not None and self.struck >= self.fault.times

    def strikes(self) -> bool:
        """Draw for one call or update that the fault concerns."""
        if self.is_over or self.chance.random() >= self.fault.share:
            return False
        self.struck += 1
        return True


@dataclass(slots=True)
class Faults:
    """All that goes wrong at present. `report` is called whenever that changes."""

    report: Callable[[], None] = lambda: None
    seed: int = 0
    _running: list[_Running] = field(default_factory=list)
    _replaced: Signal = field(default_factory=Signal)

    def replace(self, faults: Iterable[Fault], seed: int = 0) -> None:
        """Switch these on and all others off; who lingers in a slow call goes on at once."""
        self.seed = seed
        # Each its own chance: how often one strikes has no influence on the others.
        self._running = [
            _Running(fault, random.Random(f"{seed}:{index}"))  # noqa: S311 - no secret is drawn
            for index, fault in enumerate(faults)
        ]
        self._replaced.notify()
        self.report()

    def view(self) -> list[Json]:
        """What is on, in the order in which it is tried, and how often each struck."""
        return [asdict(each.fault) | {"struck": each.struck} for each in self._running]

    def of_call(self, method: str, values: Mapping[str, Any]) -> Fault | None:
        """The fault that strikes this call, if any."""
        name = method.lower()
        for each in self._running:
            fault = each.fault
            concerned = fault.concerns_method(name) and fault.concerns_chat(values.get("chat_id"))
            if fault.kind not in OF_UPDATES and concerned and each.strikes():
                self.report()
                return fault
        return None

    async def linger(self, seconds: float) -> None:
        """Wait that many real seconds, or until the faults are others."""
        running = self._running
        await self._replaced.until(lambda: self._running is not running, seconds)

    def comes_again(self, update: Json) -> bool:
        """Whether this update, which the bot has acknowledged, is to be delivered once more."""
        return self._strike(Kind.DUPLICATE, [update]) is not None

    async def gather(self) -> None:
        """Where updates are to be mixed up, give them the time to become several."""
        seconds = [each.fault.seconds for each in self._of(Kind.REORDER)]
        if seconds:
            await asyncio.sleep(max(seconds))

    def mix(self, updates: list[Json]) -> None:
        """Put updates that are handed out together into another order, if that strikes."""
        struck = self._strike(Kind.REORDER, updates) if len(updates) > 1 else None
        before = list(updates)
        while struck and updates == before:
            struck.chance.shuffle(updates)

    def _of(self, kind: Kind) -> list[_Running]:
        return [each for each in self._running if each.fault.kind is kind and not each.is_over]

    def _strike(self, kind: Kind, updates: list[Json]) -> _Running | None:
        """The fault of that kind which strikes these updates, if any."""
        for each in self._of(kind):
            if any(each.fault.concerns_chat(chat_of(update)) for update in updates) and each.strikes():
                self.report()
                return each
        return None


def chat_of(update: Json) -> int | None:
    """The chat in which an update happened, None where it names none (as an inline query)."""
    for content in update.values():
        if isinstance(content, dict):
            chat = content.get("chat") or content.get("message", {}).get("chat", {})
            found: int | None = chat.get("id")
            return found
    return None

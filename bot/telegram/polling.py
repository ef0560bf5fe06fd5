"""Updates by polling: Suivi's own loop, since the library's acknowledges before anything has been done.

`getUpdates` with an offset acknowledges all updates below it (Bot API, "getUpdates"). So the offset moves on only when
the turns of a whole batch are on disk.
"""

import asyncio
import logging
from typing import Any

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.delivery import Delivery
from bot.storage_thread import StorageUnavailable
from bot.telegram.acknowledge import number_of, take_in
from bot.telegram.calls import call
from bot.telegram.failures import seconds_of
from bot.telegram.inbound import ALLOWED_UPDATES
from bot.telegram.patience import LONGEST_PAUSE, persist
from bot.turns import Turns

log = logging.getLogger(__name__)

LONG_POLL_SECONDS = 25


class Polling:
    """Asks for updates until cancelled."""

    def __init__(self, bot: Bot, turns: Turns, delivery: Delivery, clock: Clock) -> None:
        self._bot = bot
        self._turns = turns
        self._delivery = delivery
        self._clock = clock

    async def run(self) -> None:
        """Take in updates for ever. Raises InvalidToken when Telegram does not know the bot."""
        await persist(self._bot.delete_webhook, self._clock)
        offset, pause = 0, 1.0
        while True:
            try:
                updates = await self._ask(offset)
                offset = await self._take(updates, offset)
                pause = 1.0
            except InvalidToken:
                raise
            except (TelegramError, StorageUnavailable) as error:
                _explain(error)
                wait = seconds_of(error) if isinstance(error, RetryAfter) else pause
                await self._clock.sleep(wait)
                pause = min(LONGEST_PAUSE, pause * 2)

    async def _ask(self, offset: int) -> list[dict[str, Any]]:
        answer: list[dict[str, Any]] = await call(
            self._bot,
            "getUpdates",
            {"offset": offset, "timeout": LONG_POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES},
            wait=LONG_POLL_SECONDS + 10,
        )
        return answer

    async def _take(self, updates: list[dict[str, Any]], offset: int) -> int:
        """The offset that acknowledges these updates, once they are all on disk."""
        ends = await asyncio.gather(
            *(take_in(update, self._turns, self._delivery) for update in updates), return_exceptions=True
        )
        for update, end in zip(updates, ends, strict=True):
            if isinstance(end, BaseException):
                raise end
            incoming, done = end
            if incoming is not None and incoming.tap is not None:
                self._answer(incoming.tap.id, done.toast)
            number = number_of(update)
            offset = offset if number is None else max(offset, number + 1)
        return offset

    def _answer(self, tap: str, text: str | None) -> None:
        task = asyncio.create_task(self._delivery.toast(tap, text))
        _answering.add(task)
        task.add_done_callback(_answering.discard)


_answering: set[asyncio.Task[None]] = set()
"""Held here only so that a running task is not collected."""


def _explain(error: Exception) -> None:
    match error:
        case Conflict():
            log.error("another process is receiving this bot's updates, or a webhook is set: stop the other one")
        case StorageUnavailable():
            log.error("nothing can be saved (%s); Telegram keeps the updates until it can", error)
        case _:
            log.warning("no updates for the moment (%s)", type(error).__name__)

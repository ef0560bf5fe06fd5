"""Waiting for Telegram at the start: an hour without the network must not end a bot that runs for a year."""

import logging
from collections.abc import Awaitable, Callable

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.telegram.failures import seconds_of

log = logging.getLogger(__name__)

LONGEST_PAUSE = 30.0
"""Seconds."""


async def persist(attempt: Callable[[], Awaitable[object]], clock: Clock) -> None:
    """Make the call until Telegram has carried it out, with growing pauses. Raises InvalidToken at once."""
    pause = 1.0
    while True:
        try:
            await attempt()
        except InvalidToken:
            raise
        except TelegramError as error:
            wait = seconds_of(error) if isinstance(error, RetryAfter) else pause
            # The type alone: an error's text may hold the address, and the address holds the token.
            name = type(error).__name__
            log.warning("Telegram does not answer as it should (%s; SUIVI_TELEGRAM_API_URL); again in %g s", name, wait)
        else:
            return
        await clock.sleep(wait)
        pause = min(LONGEST_PAUSE, pause * 2)

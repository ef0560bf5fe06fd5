"""Files that people sent, saved from where the platform keeps them."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.settings import ConfigError, Settings
from bot.telegram.client import WRONG_TOKEN, new_bot
from bot.telegram.failures import seconds_of
from bot.telegram.fetching import fetched

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Saved:
    """How many files are there now, and the names of those that could not be had."""

    there: int
    missing: tuple[str, ...]


async def save_files(
    settings: Settings, clock: Clock, files: Mapping[str, str], folder: Path, progress: Callable[[int], None]
) -> Saved:
    """Save these into a folder that is there: the platform's reference of each by its name.

    One that is there already is not fetched again, so that a download that was broken off can be gone on with. Only the
    owner can read them. Raises ConfigError when Telegram does not know the token or cannot be reached, and OSError when
    a file cannot be written.
    """
    bot = new_bot(settings)
    missing: list[str] = []
    try:
        async with bot:
            for name, reference in files.items():
                path = folder / name
                if not path.exists():
                    content = await _fetched(bot, reference, clock)
                    if content is None:
                        missing.append(name)
                    else:
                        _write(path, content)
                progress(1)
    except InvalidToken:
        raise ConfigError(WRONG_TOKEN) from None
    except TelegramError as error:
        raise ConfigError(f"Telegram cannot be reached ({type(error).__name__}); try again later") from None
    return Saved(len(files) - len(missing), tuple(missing))


async def _fetched(bot: Bot, reference: str, clock: Clock) -> bytes | None:
    """The content of a file, however long Telegram asks to wait; None when it does not give it."""
    for _ in range(_TRIES):
        try:
            return await fetched(bot, reference)
        except RetryAfter as error:
            await clock.sleep(seconds_of(error))
    return None


def _write(path: Path, content: bytes) -> None:
    """Under another name first: a file that is there is whole."""
    part = path.with_name(f".{path.name}.part")
    descriptor = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    part.replace(path)

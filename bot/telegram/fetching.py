"""The content of files that people sent, from where the platform keeps them."""

from typing import cast
from urllib.parse import quote

from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from bot.telegram.calls import call
from bot.telegram.transport import AiohttpTransport, NoFile, NotSent

MOST_BYTES = 20 * 1024 * 1024
"""The largest file that a bot can download (https://core.telegram.org/bots/api#getfile)."""
_TRIES = 3


async def fetched(bot: Bot, reference: str) -> bytes | None:
    """The content of a file; None when the platform does not give it. Raises NotSent and RetryAfter."""
    for _ in range(_TRIES):
        try:
            found = await call(bot, "getFile", {"file_id": reference})
            address = f"{bot.base_file_url}/{quote(str(found['file_path']))}"
            return await cast("AiohttpTransport", bot.request).fetch(address, MOST_BYTES)
        except (NotSent, RetryAfter):
            raise
        except (NoFile, KeyError):
            return None
        except TelegramError:
            continue
    return None

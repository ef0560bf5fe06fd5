"""Calls of the Bot API in plain JSON.

The library's typed methods build a whole Message from each answer. Here only an id is wanted of it, and building it
costs more than all the rest of a sending; so the calls that are made all day long go this way.
"""

from collections.abc import Mapping
from typing import Any, cast

from telegram import Bot

from bot.telegram.transport import AiohttpTransport


async def call(bot: Bot, method: str, parameters: Mapping[str, Any], *, wait: float | None = None) -> Any:  # noqa: ANN401
    """The `result` of a method. Raises telegram.error.TelegramError.

    `bot` runs on our own transport. `wait` is how many seconds the answer may take, when that is longer than usual.
    """
    return await cast("AiohttpTransport", bot.request).call(f"{bot.base_url}/{method}", parameters, wait=wait)

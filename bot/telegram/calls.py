"""Calls of the Bot API in plain JSON, through the library's transport and its errors.

The library's typed methods build a whole Message from each answer. Here only an id is wanted of it, and building it
costs more than all the rest of a sending; so the two calls that are made all day long go this way.
"""

from collections.abc import Mapping
from typing import Any

from telegram import Bot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # the only way to fill a RequestData


async def call(bot: Bot, method: str, parameters: Mapping[str, Any], *, wait: float | None = None) -> Any:  # noqa: ANN401
    """The `result` of a method. Raises telegram.error.TelegramError.

    `wait` is how many seconds the answer may take, when that is longer than usual.
    """
    url = f"{bot.base_url}/{method}"
    data = RequestData([RequestParameter(name, value, None) for name, value in parameters.items()])
    if wait is None:
        return await bot.request.post(url, data)
    return await bot.request.post(url, data, read_timeout=wait)

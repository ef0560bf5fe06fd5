"""The way in: updates by webhook when one is set, otherwise by polling."""

import asyncio
from functools import partial
from urllib.parse import urlsplit

import uvicorn
from telegram import Bot
from telegram.error import InvalidToken

from bot.clock import Clock
from bot.delivery import Delivery
from bot.settings import ConfigError, Settings
from bot.telegram.client import WRONG_TOKEN
from bot.telegram.inbound import ALLOWED_UPDATES
from bot.telegram.patience import persist
from bot.telegram.polling import Polling
from bot.telegram.profile import present
from bot.telegram.webhook import application
from bot.turns import Turns


async def take_updates(settings: Settings, bot: Bot, turns: Turns, delivery: Delivery, clock: Clock) -> None:
    """Take in updates, by webhook when one is set, otherwise by polling, until cancelled."""
    presenting = asyncio.create_task(present(bot))
    try:
        if settings.webhook_url is None:
            await Polling(bot, turns, delivery, clock).run()
        else:
            await _serve_webhook(settings, bot, turns, delivery, clock)
    except InvalidToken:
        raise ConfigError(WRONG_TOKEN) from None
    finally:
        presenting.cancel()


async def _serve_webhook(settings: Settings, bot: Bot, turns: Turns, delivery: Delivery, clock: Clock) -> None:
    assert settings.webhook_url is not None  # noqa: S101 # the caller checked
    assert settings.webhook_secret is not None  # noqa: S101 # the settings refuse a webhook without
    secret = settings.webhook_secret.get_secret_value()
    path = urlsplit(settings.webhook_url).path or "/"
    host, _, port = settings.webhook_listen.rpartition(":")
    web = application(path, secret, turns, delivery)
    server = uvicorn.Server(
        uvicorn.Config(
            web,
            host=host,
            port=int(port),
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            ws="none",
            lifespan="off",
        )
    )
    tell = partial(
        bot.set_webhook,
        settings.webhook_url,
        secret_token=secret,
        allowed_updates=ALLOWED_UPDATES,
        max_connections=100,
    )
    serving = asyncio.create_task(server.serve())
    try:
        await persist(tell, clock)
        await serving
    finally:
        serving.cancel()

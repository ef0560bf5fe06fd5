"""The library's client on our transport: opened, known by name, closed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.clock import Clock
from bot.settings import ConfigError, Settings
from bot.telegram.patience import persist
from bot.telegram.transport import AiohttpTransport

WRONG_TOKEN = "SUIVI_BOT_TOKEN: Telegram does not know this token"  # noqa: S105 # what is said of it


def new_bot(settings: Settings) -> Bot:
    """The client, not opened yet. Raises ConfigError when there is no token."""
    token = settings.token
    if token is None:
        raise ConfigError("SUIVI_BOT_TOKEN is missing: get one from @BotFather on Telegram")
    return Bot(
        token,
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=AiohttpTransport(),
        get_updates_request=AiohttpTransport(connections=1),
    )


@asynccontextmanager
async def opened(settings: Settings, clock: Clock) -> AsyncIterator[Bot]:
    """The client, once Telegram has answered who it is: waited for as long as it takes. Raises ConfigError."""
    bot = new_bot(settings)
    try:
        try:
            await persist(bot.initialize, clock)
        except InvalidToken:
            raise ConfigError(WRONG_TOKEN) from None
        yield bot
    finally:
        await bot.shutdown()


async def name_of_bot(settings: Settings) -> str:
    """The bot's username, which Telegram tells. Raises ConfigError when it does not."""
    bot = new_bot(settings)
    try:
        async with bot:
            return str(bot.username)
    except InvalidToken:
        raise ConfigError(WRONG_TOKEN) from None
    except TelegramError as error:
        raise ConfigError(f"Telegram cannot be reached ({type(error).__name__}); try again later") from None

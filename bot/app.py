"""The running bot: all parts, wired once. `running` starts them in order and stops them in reverse."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import uvicorn
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import InvalidToken

from bot.clock import Clock
from bot.delivery import Delivery
from bot.limits import Limits
from bot.scheduler import Scheduler
from bot.settings import ConfigError, Settings, master_key
from bot.sole import sole_run
from bot.storage_thread import StorageThread
from bot.telegram.inbound import ALLOWED_UPDATES
from bot.telegram.outbound import TelegramChannel
from bot.telegram.patience import persist
from bot.telegram.polling import Polling
from bot.telegram.profile import present
from bot.telegram.transport import AiohttpTransport
from bot.telegram.webhook import application
from bot.turns import Turns
from storage.database import connect, upgrade
from storage.events import Contents
from storage.vault import Vault, WrongMasterKey, begun, lost_keys, open_keys

log = logging.getLogger(__name__)

KEY_WARNING = (
    "A master key was made in %s. Whoever has it and the data can read everything; whoever has lost it can read "
    "nothing. Keep a copy apart from this machine, and never beside a backup of the data."
)


@dataclass(frozen=True, slots=True)
class Store:
    """The opened databases."""

    engine: Engine
    vault: Vault
    contents: Contents


@dataclass(frozen=True, slots=True)
class App:
    """The parts of the running bot."""

    store: Store
    thread: StorageThread
    turns: Turns
    delivery: Delivery
    scheduler: Scheduler
    bot: Bot


def open_store(settings: Settings) -> Store:
    """Open the databases, bring them up to date and check the master key. Raises ConfigError."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"SUIVI_DATA_DIR: {settings.data_dir} cannot be used ({error.strerror})") from None
    with ExitStack() as refused:
        with _naming("SUIVI_DATABASE_URL"):
            engine = connect(settings.main_database)
            refused.callback(engine.dispose)
            upgrade(engine)
        with _naming("SUIVI_KEYS_URL"):
            keys = open_keys(settings.keys_database)
            # Closed, it leaves no write-ahead log that would be played into the file that is put back.
            refused.callback(keys.dispose)
            vault = _vault(settings, engine, keys)
        refused.pop_all()
    return Store(engine, vault, Contents())


def _vault(settings: Settings, engine: Engine, keys: Engine) -> Vault:
    """The vault on the keys database that belongs to this main database, and with the master key of both."""
    if lost_keys(engine, keys):
        raise ConfigError(
            "SUIVI_KEYS_URL: this keys database is empty, yet there are people whose keys were in it; put it back"
        )
    key, made = master_key(settings, begun=begun(keys))
    vault = Vault(key, keys)
    try:
        vault.verify()
    except WrongMasterKey:
        if made:  # another process began these data in the meantime
            settings.master_key_file.unlink(missing_ok=True)
        raise ConfigError("SUIVI_MASTER_KEY(_FILE): these data were encrypted with another key") from None
    if made:
        log.warning(KEY_WARNING, settings.master_key_file)
    return vault


@contextmanager
def _naming(setting: str) -> Iterator[None]:
    """Whatever keeps a database from being opened, as one line that names its setting."""
    try:
        yield
    except (SQLAlchemyError, OSError, ValueError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise ConfigError(f"{setting}: the database cannot be opened ({reason})") from None


@asynccontextmanager
async def running(settings: Settings, store: Store, clock: Clock) -> AsyncIterator[App]:
    """The bot without its way in: storage thread, delivery and scheduler at work.

    Waits for Telegram to answer. Raises ConfigError: the token is wrong, or another bot runs on these data.
    """
    token = settings.token
    if token is None:
        raise ConfigError("SUIVI_BOT_TOKEN is missing: get one from @BotFather on Telegram")
    async with AsyncExitStack() as stack:
        stack.enter_context(sole_run(store.engine))
        bot = await stack.enter_async_context(_known_bot(settings, token, clock))
        thread = await stack.enter_async_context(StorageThread(store.engine))
        channel = TelegramChannel(bot)
        limits = Limits(clock, settings.sends_per_second, settings.chat_sends_per_second)
        delivery = Delivery(channel, thread, store.vault, clock, limits)
        turns = Turns(thread, store.vault, store.contents, clock, channel.name)
        scheduler = Scheduler(turns, thread, delivery, clock)
        stack.push_async_callback(delivery.stop)
        await delivery.start()
        stack.callback(scheduler.stop)
        scheduler.start()
        yield App(store, thread, turns, delivery, scheduler, bot)


async def serve(settings: Settings, app: App, clock: Clock) -> None:
    """Take in updates, by webhook when one is set, otherwise by polling, until cancelled."""
    presenting = asyncio.create_task(present(app.bot))
    try:
        if settings.webhook_url is None:
            await Polling(app.bot, app.turns, app.delivery, clock).run()
        else:
            await _serve_webhook(settings, app, clock)
    except InvalidToken:
        raise ConfigError("SUIVI_BOT_TOKEN: Telegram does not know this token") from None
    finally:
        presenting.cancel()


async def _serve_webhook(settings: Settings, app: App, clock: Clock) -> None:
    assert settings.webhook_url is not None  # noqa: S101 # the caller checked
    assert settings.webhook_secret is not None  # noqa: S101 # the settings refuse a webhook without
    secret = settings.webhook_secret.get_secret_value()
    path = urlsplit(settings.webhook_url).path or "/"
    host, _, port = settings.webhook_listen.rpartition(":")
    web = application(path, secret, app.turns, app.delivery)
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
        app.bot.set_webhook,
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


@asynccontextmanager
async def _known_bot(settings: Settings, token: str, clock: Clock) -> AsyncIterator[Bot]:
    bot = new_bot(settings, token)
    try:
        try:
            await persist(bot.initialize, clock)
        except InvalidToken:
            raise ConfigError("SUIVI_BOT_TOKEN: Telegram does not know this token") from None
        yield bot
    finally:
        await bot.shutdown()


def new_bot(settings: Settings, token: str) -> Bot:
    """The library's client, on our transport; `async with` opens it and learns its name."""
    return Bot(
        token,
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=AiohttpTransport(),
        get_updates_request=AiohttpTransport(connections=1),
    )

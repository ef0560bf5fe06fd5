"""The running bot: all parts, wired once. `running` starts them in order and stops them in reverse."""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.delivery import Delivery
from bot.jobs import Jobs
from bot.limits import Limits
from bot.scheduler import Scheduler
from bot.settings import ConfigError, Settings, master_key
from bot.sole import sole_run
from bot.storage_thread import StorageThread
from bot.telegram.client import opened
from bot.telegram.outbound import TelegramChannel
from bot.telegram.serving import take_updates
from bot.telegram.showing import PictureReader
from bot.turns import Turns
from storage import pack_files
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
    telegram: TelegramChannel


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
    async with AsyncExitStack() as stack:
        stack.enter_context(sole_run(store.engine))
        bot = await stack.enter_async_context(opened(settings, clock))
        thread = await stack.enter_async_context(StorageThread(store.engine))
        channel = TelegramChannel(bot, _pictures(thread))
        limits = Limits(clock, settings.sends_per_second, settings.chat_sends_per_second)
        delivery = Delivery(channel, thread, store.vault, clock, limits)
        turns = Turns(thread, store.vault, store.contents, clock, channel.name, bot.username)
        jobs = Jobs(channel, thread, store.vault, turns, delivery)
        scheduler = Scheduler(turns, thread, delivery, clock, jobs)
        stack.push_async_callback(delivery.stop)
        await delivery.start()
        stack.callback(scheduler.stop)
        scheduler.start()
        yield App(store, thread, turns, delivery, scheduler, channel)


def _pictures(thread: StorageThread) -> PictureReader:
    """How a channel reads the pictures of packs: in the storage thread, by their SHA-256."""
    return lambda digest: thread.run(lambda connection: pack_files.content(connection, digest))


async def serve(settings: Settings, app: App, clock: Clock) -> None:
    """Take in updates until cancelled. Raises ConfigError when Telegram does not know the token any more."""
    await take_updates(settings, app.telegram.bot, app.turns, app.delivery, clock)

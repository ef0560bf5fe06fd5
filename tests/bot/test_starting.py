"""The start: data that belong together, one running bot for them, and a Telegram that may be away for a while."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from pydantic import SecretStr
from sqlalchemy import delete

import bot.app
from bot.app import Store, open_store, running, serve
from bot.settings import ConfigError, Settings, load, new_key
from bot.sole import sole_run
from conversations.model import Language
from storage import chats
from storage.chats import ChatKind
from storage.database import connect
from storage.tables import person_keys
from storage.vault import open_keys
from tests.conftest import POSTGRES
from tests.rig import MONDAY, ManualClock


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SUIVI_{name.upper()}", raising=False)


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    store = open_store(settings)
    try:
        yield store
    finally:
        store.engine.dispose()
        store.vault._keys.dispose()


def somebody_writes(settings: Settings) -> int:
    with opened(settings) as store, store.engine.begin() as connection:
        return chats.arrive(connection, store.vault, "telegram", "11", ChatKind.PRIVATE, Language.EN, MONDAY).id


def forget_keys(settings: Settings, *, check_too: bool) -> None:
    keys = open_keys(settings.keys_database)
    with keys.begin() as connection:
        which = delete(person_keys)
        connection.execute(which if check_too else which.where(person_keys.c.key_id != "check"))
    keys.dispose()


def test_a_missing_keys_database_is_asked_for_and_works_again_once_it_is_back() -> None:
    settings = load()
    person = somebody_writes(settings)
    file = settings.data_dir / "keys.sqlite3"
    kept = file.rename(settings.data_dir / "elsewhere.sqlite3")
    for _ in range(2):
        with pytest.raises(ConfigError, match=r"SUIVI_KEYS_URL.* put it back"):
            open_store(settings)
    assert not list(settings.data_dir.glob("keys.sqlite3-*")), "no log is left that would be played into the old file"
    kept.replace(file)
    assert somebody_writes(settings) == person


@pytest.mark.parametrize("check_too", [True, False])
def test_a_keys_database_without_anybody_in_it_is_refused_when_there_are_people(*, check_too: bool) -> None:
    settings = load()
    somebody_writes(settings)
    forget_keys(settings, check_too=check_too)
    with pytest.raises(ConfigError, match=r"SUIVI_KEYS_URL.* put it back"):
        open_store(settings)


def test_without_people_an_empty_keys_database_is_begun_anew() -> None:
    settings = load()
    with opened(settings):
        pass
    forget_keys(settings, check_too=True)
    with opened(settings):
        pass


def test_a_lost_key_is_never_replaced_wherever_the_databases_lie(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'far' / 'main.db'}", keys_url=f"sqlite:///{tmp_path / 'far' / 'keys.db'}"
    )
    with opened(settings):
        pass
    settings.master_key_file.unlink()
    with pytest.raises(ConfigError, match=r"SUIVI_MASTER_KEY_FILE.* put it back"):
        open_store(settings)
    assert not settings.master_key_file.exists()


@pytest.mark.parametrize("name", ["database_url", "keys_url"])
def test_no_key_is_made_for_a_database_that_cannot_be_opened(name: str) -> None:
    settings = Settings(**{name: "sqlite:////no/such/folder/x.db"})  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match=f"SUIVI_{name.upper()}"):
        open_store(settings)
    assert not settings.master_key_file.exists()


def test_no_key_stays_that_another_process_was_faster_than(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(load()):
        pass
    load().master_key_file.unlink()
    monkeypatch.setattr(bot.app, "begun", lambda _: False)
    with pytest.raises(ConfigError, match="another key"):
        open_store(load())
    assert not load().master_key_file.exists()


class BotApi:
    """A Bot API that first fails as `troubles` says, by method and HTTP status, and then carries everything out."""

    def __init__(self) -> None:
        self.troubles: dict[str, list[int]] = {}
        self.called: Counter[str] = Counter()
        self.well = asyncio.Event()
        """A call that had trouble once has been carried out."""

    async def handle(self, request: web.Request) -> web.Response:
        method = request.path.rpartition("/")[2]
        self.called[method] += 1
        if self.troubles.get(method):
            status = self.troubles[method].pop(0)
            error: dict[str, Any] = {"ok": False, "error_code": status, "description": "x"}
            if status == 429:
                error["parameters"] = {"retry_after": 7}
            return web.json_response(error, status=status)
        if method in self.troubles:
            self.well.set()
        me = {"id": 99, "is_bot": True, "first_name": "Suivi", "username": "suivi_bot"}
        return web.json_response({"ok": True, "result": me if method == "getMe" else True})


@pytest.fixture
def api() -> BotApi:
    return BotApi()


@pytest.fixture
async def settings(api: BotApi, tmp_path: Path) -> AsyncIterator[Settings]:
    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", api.handle)
    async with TestServer(application) as server:
        yield Settings(
            bot_token=SecretStr("123:abc"),
            telegram_api_url=str(server.make_url("")),
            data_dir=tmp_path / "data",
            master_key=SecretStr(new_key()),
            webhook_url="https://example.org/updates",
            webhook_secret=SecretStr("a-secret-of-16-characters"),
            webhook_listen=f"127.0.0.1:{unused_port()}",
        )


async def test_a_second_run_on_the_same_data_is_refused(settings: Settings) -> None:
    with opened(settings) as store:
        async with running(settings, store, ManualClock()):
            # To open the data beside a bot that runs is what every other command does.
            with opened(settings) as second, pytest.raises(ConfigError, match="another suivi run is using these data"):
                async with running(settings, second, ManualClock()):
                    pass
        async with running(settings, store, ManualClock()):
            pass


async def test_two_organisations_may_keep_their_data_in_one_folder(settings: Settings, tmp_path: Path) -> None:
    other = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'data' / 'other.sqlite3'}"})
    with opened(settings) as store, opened(other) as second:
        async with running(settings, store, ManualClock()), running(other, second, ManualClock()):
            pass


@pytest.mark.postgres
def test_on_postgresql_too_there_is_one_run_at_a_time() -> None:
    engine, other = connect(POSTGRES), connect(POSTGRES)
    with sole_run(engine), pytest.raises(ConfigError, match="another suivi run"), sole_run(other):
        pass
    with sole_run(other):
        pass
    engine.dispose()
    other.dispose()


async def test_a_telegram_that_is_away_at_the_start_is_waited_for(
    settings: Settings, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    api.troubles["getMe"] = [502, 500, 429, 502, 502, 502, 502, 502]
    clock = ManualClock()
    with opened(settings) as store:
        async with running(settings, store, clock) as app:
            assert app.telegram.bot.username == "suivi_bot"
    assert clock.slept[:8] == [1, 2, 7, 8, 16, 30, 30, 30]
    assert "SUIVI_TELEGRAM_API_URL" in caplog.text
    assert "123:abc" not in caplog.text


async def test_a_telegram_that_nobody_answers_for_is_waited_for(settings: Settings) -> None:
    away = settings.model_copy(update={"telegram_api_url": f"http://127.0.0.1:{unused_port()}"})

    class ImpatientClock(ManualClock):
        async def sleep(self, seconds: float) -> None:
            await super().sleep(seconds)
            if len(self.slept) == 3:
                raise TimeoutError("long enough")

    clock = ImpatientClock()
    with opened(settings) as store, pytest.raises(TimeoutError, match="long enough"):
        async with running(away, store, clock):
            raise AssertionError("nobody was there to answer")
    assert clock.slept == [1, 2, 4]


@pytest.mark.parametrize("trouble", [401, 404])
async def test_a_token_that_telegram_does_not_know_is_told_at_once(
    trouble: int, settings: Settings, api: BotApi
) -> None:
    api.troubles["getMe"] = [502, trouble]
    clock = ManualClock()
    with opened(settings) as store, pytest.raises(ConfigError, match="SUIVI_BOT_TOKEN"):
        async with running(settings, store, clock):
            pass
    assert clock.slept == [1]


async def test_the_webhook_is_set_as_soon_as_telegram_takes_it(settings: Settings, api: BotApi) -> None:
    api.troubles["setWebhook"] = [502, 429, 502]
    clock = ManualClock()
    with opened(settings) as store:
        async with running(settings, store, clock) as app:
            serving = asyncio.create_task(serve(settings, app, clock))
            well = asyncio.create_task(api.well.wait())
            await asyncio.wait({serving, well}, timeout=20, return_when=asyncio.FIRST_COMPLETED)
            assert well.done()
            assert not serving.done()
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
    assert api.called["setWebhook"] == 4

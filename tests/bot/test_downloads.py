"""Files that people sent, saved from a platform that has them, has them not, or has too much of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.settings import ConfigError, Settings
from bot.telegram import downloads, fetching
from bot.telegram.downloads import save_files
from tests.rig import ManualClock

TOKEN = "123456:a-very-secret-token"
ME = {"id": 123456, "is_bot": True, "first_name": "Suivi", "username": "suivi_bot"}


class Platform:
    """The three calls that a download needs. `busy` is how often it asks for patience first."""

    def __init__(self) -> None:
        self.files = {"AAA": b"a photo", "BBB": b"x" * 100}
        self.asked: list[str] = []
        self.busy = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        method = request.path.rpartition("/")[2]
        if request.path.startswith(f"/file/bot{TOKEN}/"):
            content = self.files.get(method.removesuffix(".jpg"))
            return web.Response(status=404) if content is None else web.Response(body=content)
        if method == "getMe":
            return web.json_response({"ok": True, "result": ME})
        reference = (await request.json())["file_id"]
        self.asked.append(reference)
        if self.busy:
            self.busy -= 1
            refusal = {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests",
                "parameters": {"retry_after": 7},
            }
            return web.json_response(refusal, status=429)
        if reference not in self.files:
            refusal = {"ok": False, "error_code": 400, "description": "Bad Request: wrong file_id"}
            return web.json_response(refusal, status=400)
        return web.json_response({"ok": True, "result": {"file_id": reference, "file_path": f"photos/{reference}.jpg"}})


@asynccontextmanager
async def served(platform: Platform, folder: Path) -> AsyncIterator[Settings]:
    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", platform.answer)
    async with TestServer(application) as server:
        url = str(server.make_url("")).rstrip("/")
        yield Settings(bot_token=SecretStr(TOKEN), telegram_api_url=url, data_dir=folder / "data")


async def saved(platform: Platform, folder: Path, files: dict[str, str], clock: ManualClock) -> downloads.Saved:
    async with served(platform, folder) as settings:
        return await save_files(settings, clock, files, folder, lambda _: None)


async def test_files_are_saved_under_their_names_for_their_owner_alone(tmp_path: Path) -> None:
    result = await saved(Platform(), tmp_path, {"one.jpg": "AAA"}, ManualClock())
    assert result == downloads.Saved(1, ())
    assert (tmp_path / "one.jpg").read_bytes() == b"a photo"
    assert (tmp_path / "one.jpg").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["one.jpg"]


async def test_what_the_platform_does_not_give_is_named_and_the_rest_is_saved(tmp_path: Path) -> None:
    result = await saved(Platform(), tmp_path, {"gone.jpg": "ZZZ", "one.jpg": "AAA"}, ManualClock())
    assert result == downloads.Saved(1, ("gone.jpg",))
    assert not (tmp_path / "gone.jpg").exists()


async def test_no_more_is_read_than_a_bot_may_download(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 99)
    result = await saved(Platform(), tmp_path, {"large.jpg": "BBB"}, ManualClock())
    assert result == downloads.Saved(0, ("large.jpg",))
    assert list(tmp_path.iterdir()) == []


async def test_what_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "one.jpg").write_bytes(b"from before")
    platform = Platform()
    result = await saved(platform, tmp_path, {"one.jpg": "AAA"}, ManualClock())
    assert result == downloads.Saved(1, ())
    assert platform.asked == []
    assert (tmp_path / "one.jpg").read_bytes() == b"from before"


async def test_a_platform_that_asks_for_patience_gets_it(tmp_path: Path) -> None:
    platform, clock = Platform(), ManualClock()
    platform.busy = 2
    assert await saved(platform, tmp_path, {"one.jpg": "AAA"}, clock) == downloads.Saved(1, ())
    assert clock.slept == [7, 7]


async def test_without_a_platform_the_operator_is_told_and_no_token(tmp_path: Path) -> None:
    settings = Settings(bot_token=SecretStr(TOKEN), telegram_api_url="http://127.0.0.1:9", data_dir=tmp_path / "data")
    with pytest.raises(ConfigError, match="Telegram cannot be reached") as caught:
        await save_files(settings, ManualClock(), {"one.jpg": "AAA"}, tmp_path, lambda _: None)
    assert TOKEN not in str(caught.value)

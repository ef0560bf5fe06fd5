"""The transport against a real server on this computer, and against servers that misbehave."""

import asyncio
import json
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import BodyPartReader, web
from aiohttp.test_utils import TestServer
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.transport import AiohttpTransport, NoAnswer, NotSent

TOKEN = "123456:a-very-secret-token"
MESSAGE = {"message_id": 5, "date": 1_760_000_000, "chat": {"id": 77, "type": "private"}, "text": "ok"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def bot_at(url: str, request: AiohttpTransport | None = None) -> Bot:
    return Bot(TOKEN, base_url=f"{url}/bot", request=request or AiohttpTransport())


@asynccontextmanager
async def api(handler: Handler, request: AiohttpTransport | None = None) -> AsyncIterator[Bot]:
    """A bot whose Bot API is the handler alone; the transport is open, getMe has not been called."""
    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", handler)
    async with TestServer(application) as server:
        bot = bot_at(str(server.make_url("")).rstrip("/"), request)
        async with bot.request:
            yield bot


@asynccontextmanager
async def raw_api(
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    request: AiohttpTransport | None = None,
) -> AsyncIterator[Bot]:
    """The same below HTTP: what the bot's bytes meet is up to the test."""

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(once, "127.0.0.1", 0)
    async with server:
        bot = bot_at(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", request)
        async with bot.request:
            yield bot


def answering(body: object, status: int = 200) -> Handler:
    async def handler(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response(body, status=status)

    return handler


def refused(status: int, description: str, **parameters: int) -> Handler:
    body = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
    return answering(body, status)


async def failure_of(bot: Bot) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(77, "hello")
    return caught.value


def assert_keeps_the_token(error: BaseException) -> None:
    """Neither in the message, nor in the traceback, nor in any error it hangs on to."""
    printed = "".join(traceback.format_exception(error)) + repr(error)
    assert "a-very-secret-token" not in printed
    assert error.__cause__ is None
    assert error.__context__ is None


async def test_a_message_is_sent_and_its_answer_read() -> None:
    seen: list[tuple[str, dict[str, object]]] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append((request.path, await request.json()))
        return web.json_response({"ok": True, "result": MESSAGE})

    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Oui", callback_data="y")]])
    async with api(handler) as bot:
        message = await bot.send_message(77, "Ça va\u00a0?", reply_markup=keyboard, protect_content=True)

    assert message.message_id == 5
    assert seen == [
        (
            f"/bot{TOKEN}/sendMessage",
            {
                "chat_id": 77,
                "text": "Ça va\u00a0?",
                "protect_content": True,
                "reply_markup": {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]},
            },
        )
    ]


async def test_half_an_emoji_is_the_platforms_to_refuse() -> None:
    async with api(refused(400, "Bad Request: strings must be encoded in UTF-8")) as bot:
        with pytest.raises(BadRequest):
            await bot.send_message(77, "\ud83d")


async def test_a_file_goes_out_as_multipart_with_its_accents() -> None:
    parts: dict[str, tuple[str | None, bytes]] = {}

    async def handler(request: web.Request) -> web.Response:
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            parts[str(part.name)] = (part.filename, bytes(await part.read()))
        return web.json_response({"ok": True, "result": MESSAGE})

    async with api(handler) as bot:
        await bot.send_document(77, b"1;2", filename="présences été.csv", caption="Les réponses")

    assert parts["chat_id"] == (None, b"77")
    assert parts["caption"] == (None, "Les réponses".encode())
    assert parts["document"] == ("présences été.csv", b"1;2")


async def test_a_file_is_fetched_as_it_is() -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=b"\x00bytes, no envelope")

    async with api(handler) as bot:
        content = await bot.request.retrieve(f"{bot.base_url}/file")
    assert content == b"\x00bytes, no envelope"


@pytest.mark.parametrize(
    ("handler", "expected"),
    [
        (refused(400, "Bad Request: chat not found"), BadRequest),
        (refused(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (refused(429, "Too Many Requests", retry_after=7), RetryAfter),
        (refused(400, "group upgraded", migrate_to_chat_id=-100123), ChatMigrated),
        (refused(500, "Internal Server Error"), NetworkError),
    ],
)
async def test_refusals_become_the_librarys_errors(handler: Handler, expected: type[TelegramError]) -> None:
    async with api(handler) as bot:
        error = await failure_of(bot)
    assert type(error) is expected
    assert_keeps_the_token(error)


@pytest.mark.parametrize("status", [200, 302, 404, 502])
@pytest.mark.parametrize("as_json", [True, False])
async def test_a_page_that_repeats_the_address_is_not_passed_on(
    status: int, as_json: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async def gateway(request: web.Request) -> web.Response:
        page = f"cannot find {request.path}"
        body = json.dumps({"message": page, "description": page}) if as_json else f"<p>{page}</p>"
        return web.Response(text=body, status=status, headers={"Location": request.path})

    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, logger="telegram.Bot")  # below, the library itself writes its base URL
    caplog.set_level(logging.WARNING, logger="aiohttp.access")  # the log of this test's own server
    async with api(gateway) as bot:
        error = await failure_of(bot)
    assert_keeps_the_token(error)
    assert "a-very-secret-token" not in caplog.text


async def test_a_broken_envelope_is_a_network_error_and_stays_out_of_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def cut_short(request: web.Request) -> web.Response:
        return web.Response(text='{"ok":true,"result":{"text":"what somebody wrote')

    caplog.set_level(logging.DEBUG)
    async with api(cut_short) as bot:
        error = await failure_of(bot)
    assert type(error) is NoAnswer
    assert "what somebody wrote" not in caplog.text + repr(error)


async def test_nobody_listens() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        async with (bot := bot_at(f"http://127.0.0.1:{bound.getsockname()[1]}")).request:
            error = await failure_of(bot)
    assert type(error) is NotSent
    assert_keeps_the_token(error)


async def test_an_unknown_host() -> None:
    async with (bot := bot_at("http://no-such-host.invalid")).request:
        error = await failure_of(bot)
    assert type(error) is NotSent
    assert_keeps_the_token(error)


async def test_an_impossible_address() -> None:
    async with (bot := bot_at("http://127.0.0.1:port")).request:
        error = await failure_of(bot)
    assert type(error) is NotSent
    assert_keeps_the_token(error)


async def test_a_server_that_cannot_speak_tls() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(16)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with raw_api(plain) as bot:
        url = bot.base_url.replace("http://", "https://")
        with pytest.raises(NotSent) as caught:
            await bot.request.post(f"{url}/sendMessage")
    assert_keeps_the_token(caught.value)


async def test_a_transport_that_is_not_open_has_not_sent() -> None:
    error = await failure_of(bot_at("http://127.0.0.1:1"))
    assert type(error) is NotSent


async def test_a_connection_cut_before_the_answer_may_have_been_received() -> None:
    received: list[bytes] = []

    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.append(await reader.readuntil(b"hello"))

    async with raw_api(cut) as bot:
        error = await failure_of(bot)
    assert received
    assert type(error) is NoAnswer
    assert_keeps_the_token(error)


async def test_a_connection_reset_within_the_answer_may_have_been_received() -> None:
    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"hello")
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok":true,"result":')
        await writer.drain()

    async with raw_api(half) as bot:
        error = await failure_of(bot)
    assert type(error) is NoAnswer
    assert_keeps_the_token(error)


async def test_an_answer_that_does_not_come_may_have_been_received() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with raw_api(silent, AiohttpTransport(read_timeout=0.05)) as bot:
        error = await failure_of(bot)
    assert type(error) is TimedOut
    assert_keeps_the_token(error)


async def test_an_upload_that_stalls_times_out() -> None:
    release = asyncio.Event()

    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await release.wait()

    request = AiohttpTransport(connect_timeout=0.05, pool_timeout=0.05, read_timeout=0.05)
    async with raw_api(deaf, request) as bot:
        with pytest.raises(TimedOut) as caught:
            async with asyncio.timeout(5):
                await bot.send_document(77, bytes(16_000_000), write_timeout=0.05)
        release.set()
    assert_keeps_the_token(caught.value)


async def test_a_timeout_given_with_the_call_counts() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with raw_api(silent, AiohttpTransport(read_timeout=600.0)) as bot:
        with pytest.raises(TimedOut):
            async with asyncio.timeout(5):
                await bot.send_message(77, "hello", read_timeout=0.05)


async def test_requests_run_side_by_side_on_as_many_connections_as_allowed() -> None:
    arrived = 0
    connections: set[object] = set()
    all_here = asyncio.Event()

    async def together(request: web.Request) -> web.Response:
        nonlocal arrived
        arrived += 1
        connections.add(request.transport)
        if arrived == 8:
            all_here.set()
        await all_here.wait()
        return web.json_response({"ok": True, "result": MESSAGE})

    async with api(together, AiohttpTransport(8)) as bot:
        await asyncio.gather(*(bot.send_message(77, "hello") for _ in range(40)))
    assert arrived == 40
    assert len(connections) == 8


async def test_no_free_connection_in_time_has_not_sent() -> None:
    release = asyncio.Event()
    entered = asyncio.Event()

    async def busy(request: web.Request) -> web.Response:
        entered.set()
        await release.wait()
        return web.json_response({"ok": True, "result": MESSAGE})

    async with api(busy, AiohttpTransport(1, pool_timeout=0.02, connect_timeout=0.02)) as bot:
        first = asyncio.create_task(bot.send_message(77, "hello"))
        await entered.wait()
        error = await failure_of(bot)
        release.set()
        await first
    assert type(error) is NotSent
    assert_keeps_the_token(error)


async def test_opening_and_closing_twice_changes_nothing() -> None:
    async with api(answering({"ok": True, "result": MESSAGE})) as bot:
        await bot.request.initialize()
        await bot.send_message(77, "hello")
        await bot.request.shutdown()
        await bot.request.shutdown()
        await bot.request.initialize()
        await bot.send_message(77, "hello")

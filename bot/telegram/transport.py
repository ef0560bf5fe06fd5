"""How requests reach the Bot API: python-telegram-bot's request interface, on aiohttp.

It takes the place of the library's own client for two reasons. It is several times faster when many chats
are served at once (see ``benchmarks/transport.py``), and it tells two kinds of failure apart: a request that
certainly never left, and one that Telegram may have received. The second must not be repeated blindly, for
the Bot API has no idempotency key.

The bot's token is a part of every URL, and aiohttp puts URLs into its error messages. So no text of an
aiohttp error is ever passed on: only the name of its class is, and the original is not chained to what is
raised.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

_JSON = {"Content-Type": "application/json"}
IDLE_SECONDS = 20.0
"""An idle connection is dropped after this long: rarely will one be used just when the server closes it."""


class NotSent(NetworkError):
    """The request certainly did not reach Telegram, as no connection could be had. Sending again is safe."""


class NoAnswer(NetworkError):
    """The request left, and no complete answer came: Telegram may have carried it out."""


class NoFile(NetworkError):
    """The file is not there, or is larger than was allowed."""


class AiohttpTransport(BaseRequest):
    """One pool of kept-alive connections to the Bot API.

    Args:
        connections: how many connections are open at once, at most; further requests wait for a free one.
        connect_timeout: seconds for opening a connection, DNS and TLS included.
        read_timeout: seconds without a byte from the server before a request is given up.
        write_timeout: seconds for uploading files. Other requests fit into the socket's buffer, there is
            nothing to wait for.
        pool_timeout: seconds to wait for a free connection.
        proxy: URL of an HTTP proxy, for countries where Telegram cannot be reached directly.

    Raises from every request (and so from every method of ``telegram.Bot``):
        NotSent: no connection: refused, unknown host, TLS, proxy, or none became free in time.
        TimedOut: the request went out and no answer came; Telegram may have carried it out.
        NoAnswer: the connection broke or the answer made no sense; Telegram may have carried it out.
    """

    __slots__ = ("_connections", "_proxy", "_session", "_timeouts", "_usual")

    def __init__(
        self,
        connections: int = 64,
        *,
        connect_timeout: float | None = 5.0,
        read_timeout: float | None = 10.0,
        write_timeout: float | None = 60.0,
        pool_timeout: float | None = 10.0,
        proxy: str | None = None,
    ) -> None:
        self._connections = connections
        self._timeouts = (connect_timeout, read_timeout, write_timeout, pool_timeout)
        self._usual = _client_timeout((BaseRequest.DEFAULT_NONE,) * 4, self._timeouts, uploading=False)
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds; the library adds the time of a long poll to it."""
        return self._timeouts[1]

    async def initialize(self) -> None:
        """Open the pool; a second call changes nothing."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=IDLE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close all connections; a second call changes nothing."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request; see ``BaseRequest.do_request``. Returns the HTTP status and the body."""
        asked = (connect_timeout, read_timeout, write_timeout, pool_timeout)
        uploading = request_data is not None and request_data.contains_files
        usual = not uploading and all(value is BaseRequest.DEFAULT_NONE for value in asked)
        timeout = self._usual if usual else _client_timeout(asked, self._timeouts, uploading)
        body, headers = _encode(request_data)
        return await self._exchange(method, url, body, headers, timeout)

    async def call(self, url: str, parameters: Mapping[str, Any], *, wait: float | None = None) -> Any:  # noqa: ANN401
        """Post plain JSON and give the ``result`` of the answer, without the library's parameter objects.

        ``wait`` is how many seconds the answer may take, where that is longer than usual. Raises as the class says.
        """
        timeout = self._usual
        if wait is not None:
            timeout = aiohttp.ClientTimeout(connect=timeout.connect, sock_connect=timeout.sock_connect, sock_read=wait)
        status, answer = await self._exchange("POST", url, json.dumps(parameters).encode(), _JSON, timeout)
        if status < HTTPStatus.MULTIPLE_CHOICES:
            return self.parse_json_payload(answer)["result"]
        # What a refusal means is the library's to say: it is shown the answer that came.
        return await _Answered(status, answer).post(url)

    async def fetch(self, url: str, most: int) -> bytes:
        """The file at an address, of at most so many bytes: no more is read. Raises NoFile, or as the class says."""
        if self._session is None:
            raise NotSent("not sent (the transport is not open)")
        try:
            async with self._session.get(url, timeout=self._usual, allow_redirects=False) as response:
                content = await _at_most(most, response) if response.status == HTTPStatus.OK else None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            failure: NetworkError = _failure(error)
        else:
            if content is not None:
                return content
            failure = NoFile("the file is not there, or too large")
        # Raised out here, the new error has no __context__ that a log could print.
        raise failure

    async def _exchange(
        self,
        method: str,
        url: str,
        body: bytes | aiohttp.FormData | None,
        headers: Mapping[str, str],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own, made once
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NotSent("not sent (the transport is not open)")
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                answer = await response.read()
        except (aiohttp.ClientError, OSError, ValueError) as error:
            failure = _failure(error)
        else:
            return response.status, _checked(method, response.status, answer)
        # Raised out here, the new error has no __context__ that a log could print.
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a dictionary. Unlike the library's own version, it never logs what it cannot read.

        Raises:
            NoAnswer: this is not an answer of the Bot API.
        """
        envelope = _json_object(payload)
        if envelope is None:
            raise NoAnswer("the answer is not one of the Bot API")
        return envelope


class _Answered(BaseRequest):
    """A request that has been answered already, for the library to read."""

    __slots__ = ("_answer",)

    def __init__(self, status: int, answer: bytes) -> None:
        self._answer = (status, answer)

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
        """The answer that came."""
        return self._answer


async def _at_most(most: int, response: aiohttp.ClientResponse) -> bytes | None:
    content = bytearray()
    async for part in response.content.iter_any():
        content += part
        if len(content) > most:
            return None
    return bytes(content)


def _client_timeout(
    asked: tuple[ODVInput[float], ...], own: tuple[float | None, ...], uploading: bool
) -> aiohttp.ClientTimeout:
    connect, read, write, pool = (
        default if value is BaseRequest.DEFAULT_NONE else cast("float | None", value)
        for value, default in zip(asked, own, strict=True)
    )
    # aiohttp's ``connect`` includes the wait for a free connection.
    first = _sum(pool, connect)
    # It has no limit for writing alone, so an upload is limited as a whole.
    total = _sum(first, write, read) if uploading else None
    return aiohttp.ClientTimeout(total=total, connect=first, sock_connect=connect, sock_read=read)


def _sum(*seconds: float | None) -> float | None:
    known = [value for value in seconds if value is not None]
    return sum(known) if len(known) == len(seconds) else None


def _encode(request_data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if request_data is None:
        return None, {}
    if not request_data.contains_files:
        return json.dumps(request_data.parameters).encode(), _JSON
    # Unquoted: file names with accents go out as UTF-8, as browsers send them (RFC 7578, section 5.1).
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form, {}


def _checked(method: str, status: int, answer: bytes) -> bytes:
    """The answer, without what only a gateway or a captive portal can have written.

    Their error pages like to repeat the URL, which the library would put into its message.
    """
    if status < HTTPStatus.MULTIPLE_CHOICES:
        if method == "POST" and b'"result"' not in answer:
            raise NoAnswer("the answer is not one of the Bot API")
        return answer
    envelope = _json_object(answer)
    return answer if envelope is not None and "ok" in envelope else b"{}"


def _json_object(text: bytes) -> dict[str, Any] | None:
    try:
        parsed = json.loads(text)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None


def _failure(error: Exception) -> NetworkError:
    name = type(error).__name__
    match error:
        case (
            aiohttp.ClientConnectorError()
            | aiohttp.ConnectionTimeoutError()
            | aiohttp.ClientHttpProxyError()
            | aiohttp.InvalidURL()
        ):
            return NotSent(f"not sent ({name})")
        case TimeoutError():
            return TimedOut(f"no answer in time ({name})")
        case _:
            return NoAnswer(f"no complete answer ({name})")

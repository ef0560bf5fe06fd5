"""One call of the Bot API: reading its parameters, however they are sent, and their types."""

from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from email.policy import HTTP
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from sandbox.bots import Bot
from sandbox.chats import JsonValue
from sandbox.errors import BotApiError, bad_request
from sandbox.strict_json import from_json

if TYPE_CHECKING:
    from sandbox.state import Sandbox

LARGEST_BODY = 51 * 1024 * 1024
"""Bytes that one call may bring: the largest file, and room for what stands beside it."""

TOO_LARGE = "Request Entity Too Large"


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file within a multipart call."""

    name: str
    content_type: str
    data: bytes

    def __str__(self) -> str:
        return self.name


async def read_parameters(request: Request) -> dict[str, Any]:
    """All parameters by name: from the query, then a form, JSON or multipart body.

    Form values are texts, JSON values what JSON makes of them, files `UploadedFile`.

    Raises:
        BotApiError: 400, the body is not what its Content-Type says; 413, it is too large.
    """
    values: dict[str, Any] = dict(parse_qsl(request.url.query, keep_blank_values=True))
    kind = request.headers.get("content-type", "")
    body = await _body(request)
    if not body:
        return values
    if kind.startswith("application/json"):
        return values | _from_json(body)
    if kind.startswith("multipart/form-data"):
        return values | _from_multipart(kind, body)
    if kind.startswith("application/x-www-form-urlencoded"):
        return values | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return values


async def _body(request: Request) -> bytes:
    """The body, read to its end: whoever still sends hears no answer. What is too much of it is not kept."""
    body, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= LARGEST_BODY:
            body += chunk
    if size > LARGEST_BODY:
        raise BotApiError(413, TOO_LARGE)
    return bytes(body)


def _from_json(body: bytes) -> dict[str, Any]:
    try:
        values = from_json(body)
    except ValueError as error:
        raise bad_request("can't parse JSON object in the request body") from error
    if not isinstance(values, dict):
        raise bad_request("can't parse JSON object in the request body: Expected an Object")
    return values


def _from_multipart(kind: str, body: bytes) -> dict[str, Any]:
    """The parts of a form, byte for byte: https://datatracker.ietf.org/doc/html/rfc7578."""
    boundary = _header(f"Content-Type: {kind}").get_boundary()
    if boundary is None:
        raise bad_request("can't find boundary of the multipart form")
    values: dict[str, Any] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode("latin-1", "replace"))[1:]:
        if part.startswith(b"--"):
            break
        head, _, data = part.partition(b"\r\n\r\n")
        header = _header(head.decode("utf-8", "replace").lstrip())
        name, file_name = header.get_param("name", header="content-disposition"), header.get_filename()
        if file_name is None:
            values[str(name)] = data.decode("utf-8", "replace")
        else:
            values[str(name)] = UploadedFile(file_name, header.get_content_type(), data)
    return values


def _header(text: str) -> Message:
    return HeaderParser(policy=HTTP).parsestr(text)


@dataclass(frozen=True, slots=True)
class Call:
    """A bot calls a method."""

    sandbox: "Sandbox"
    bot: Bot
    values: dict[str, Any]

    def has(self, name: str) -> bool:
        """Whether a parameter was given and is not empty."""
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """A text, empty when it was not given."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; Telegram takes what cannot be read as one for the default."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def boolean(self, name: str) -> bool:
        """True for true, "true", "True", "yes" and "1"."""
        return str(self.values.get(name, "")).lower() in ("true", "yes", "1")

    def structure(self, name: str) -> JsonValue:
        """An object or list, sent as such or as JSON in a text; None when it was not given.

        Raises:
            BotApiError: 400, the text is no JSON.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return from_json(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error

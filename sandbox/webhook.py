"""Delivery of updates to a bot's own URL, in order, until each was taken (https://core.telegram.org/bots/api#setwebhook)."""

import asyncio
import contextlib
import http.client
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.chats import Json
from sandbox.updates import UpdateQueue

LONGEST_DELAY = 60.0
ANSWER_WITHIN = 30.0


@dataclass(slots=True)
class Webhook:
    """Where a bot takes its updates, and what went wrong last."""

    url: str
    secret: str | None = None
    max_connections: int = 40
    last_error: str | None = None
    last_error_date: int | None = None


class Delivery:
    """A task that hands over the updates of one bot, one after another.

    `on_reply` receives what the bot answers in the body; `unix` gives the date of an error; `first_delay` is the
    number of real seconds before the first retry, doubled for each further one.
    """

    def __init__(
        self,
        webhook: Webhook,
        queue: UpdateQueue,
        on_reply: Callable[[Json], Awaitable[None]],
        unix: Callable[[], int],
        first_delay: float,
    ) -> None:
        self._webhook = webhook
        self._queue = queue
        self._on_reply = on_reply
        self._unix = unix
        self._first_delay = first_delay
        self._task = asyncio.get_running_loop().create_task(self._deliver())

    async def stop(self) -> None:
        """End the delivery; an update that is on its way may arrive once more later."""
        self._task.cancel()
        if self._task is asyncio.current_task():
            return  # the bot asked for this in its answer to an update
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _deliver(self) -> None:
        delay = self._first_delay
        while True:
            while not self._queue.pending:
                await self._queue.arrived.until(lambda: bool(self._queue.pending), 3600)
            update = self._queue.pending[0]
            problem, body = await asyncio.to_thread(_post, self._webhook, update)
            if problem is None:
                self._queue.acknowledge(update["update_id"] + 1)
                delay = self._first_delay
                await self._execute(body)
            else:
                self._webhook.last_error = problem
                self._webhook.last_error_date = self._unix()
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_DELAY)

    async def _execute(self, body: bytes) -> None:
        """A bot may answer with a method to call; nobody learns how that went."""
        try:
            call = json.loads(body)
        except ValueError:
            return
        if isinstance(call, dict) and isinstance(call.get("method"), str):
            await self._on_reply(call)


def _post(webhook: Webhook, update: Json) -> tuple[str | None, bytes]:
    """Hand over one update (blocking); returns what went wrong, or None, and the body of the answer."""
    target = urlsplit(webhook.url)
    kind = http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
    connection = kind(target.netloc, timeout=ANSWER_WITHIN)
    headers = {"Content-Type": "application/json"}
    if webhook.secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret
    path = (target.path or "/") + (f"?{target.query}" if target.query else "")
    try:
        connection.request("POST", path, json.dumps(update).encode(), headers)
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException) as error:
        return f"Connection failed: {error}", b""
    finally:
        connection.close()
    if answer.status // 100 == 2:  # noqa: PLR2004 - the class of success
        return None, body
    return f"Wrong response from the webhook: {answer.status} {answer.reason}", b""

"""The sandbox as an HTTP server, alone or inside a test."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from sandbox import (
    control,
    control_calendar,
    control_clock,
    control_crowd,
    control_faults,
    control_groups,
    control_people,
    control_scenes,
    demo,
    downloads,
)
from sandbox.bot_api import bot_api
from sandbox.errors import ControlError
from sandbox.state import Pace, Sandbox

PAGE = Path(__file__).with_name("page")
_KEEP_ALIVE_SECONDS = 75
_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    # A recording that was picked is measured where it lies, before it is sent.
    "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Page(StaticFiles):
    """The files of the page, with headers that forbid anything from elsewhere."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file."""
        response = await super().get_response(path, scope)
        response.headers.update(_PAGE_HEADERS)
        return response


async def _refuse(_: Request, error: Exception) -> Response:
    assert isinstance(error, ControlError)  # noqa: S101 - it is registered for nothing else
    return JSONResponse({"error": str(error)}, status_code=error.status)


def application(sandbox: Sandbox) -> Starlette:
    """The web application of one sandbox."""
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", bot_api, methods=["GET", "POST"]),
            *control.ROUTES,
            *control_people.ROUTES,
            *control_groups.ROUTES,
            *control_crowd.ROUTES,
            *control_clock.ROUTES,
            *control_faults.ROUTES,
            *control_calendar.ROUTES,
            *control_scenes.ROUTES,
            *demo.ROUTES,
            *downloads.ROUTES,
            Mount("/", Page(directory=PAGE, html=True)),
        ],
        exception_handlers={ControlError: _refuse},
    )
    app.state.sandbox = sandbox
    return app


class Server(uvicorn.Server):
    """A uvicorn server that lets go of long polls and streams before it stops."""

    def __init__(
        self, sandbox: Sandbox, host: str, port: int, on_listening: Callable[[str], None] = lambda _: None
    ) -> None:
        app = application(sandbox)
        app.state.hang_up = self.hang_up
        # Whatever a proxy says of its clients: a connection is known by its own address.
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                # Longer than clients keep an idle connection: none writes into one that is just being closed.
                timeout_keep_alive=_KEEP_ALIVE_SECONDS,
                log_level="warning",
                access_log=False,
                lifespan="off",
                proxy_headers=False,
            )
        )
        self._sandbox = sandbox
        self._on_listening = on_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and tell where: the port may have been chosen by the system."""
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._on_listening(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")

    def hang_up(self, client: tuple[str, int]) -> None:
        """Break the connection with this address, whatever is under way on it."""
        for connection in list(self.server_state.connections):
            if getattr(connection, "client", None) == client:
                connection.transport.abort()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        await self._sandbox.close()
        await super().shutdown(sockets)


@dataclass(frozen=True, slots=True)
class Serving:
    """A sandbox that runs: where, and what it holds."""

    url: str
    state: Sandbox


class _QuietServer(Server):
    """Inside another program: signals are that program's business, and it says when to stop."""

    def __init__(self, sandbox: Sandbox, host: str, port: int) -> None:
        super().__init__(sandbox, host, port)
        self.stopping = asyncio.Event()

    async def main_loop(self) -> None:
        """Wait for the word, where uvicorn looks ten times a second: tests start many servers."""
        await self.on_tick(0)
        await self.stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving without the tenth of a second that uvicorn gives its connections, for the same reason."""
        await self._sandbox.close()
        for server in self.servers:
            server.close()
        for listener in sockets or ():
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 # uvicorn tells nobody
            await asyncio.sleep(0.005)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the handlers as they are."""
        yield


@contextlib.asynccontextmanager
async def serving(port: int = 0, *, host: str = "127.0.0.1", pace: Pace | None = None) -> AsyncIterator[Serving]:
    """Run a sandbox in this event loop; port 0 takes any free one. `pace` shortens its waits."""
    sandbox = Sandbox(pace=pace or Pace())
    # asyncio switches off the delay of small packets (40 ms an answer) only where the protocol is named.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    server = _QuietServer(sandbox, host, port)
    task = asyncio.create_task(server.serve([listener]))
    try:
        while not server.started:
            if task.done():
                task.result()
            await asyncio.sleep(0.005)
        yield Serving(f"http://{host}:{listener.getsockname()[1]}", sandbox)
    finally:
        server.stopping.set()
        await task
        listener.close()

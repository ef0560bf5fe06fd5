"""The control interface of the clock and of the bot's agenda. See README.md."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.clock import parsed_instant
from sandbox.control import body_of, required, sandbox_of
from sandbox.errors import ControlError
from sandbox.moving import Move

LONGEST_WAIT = 25.0


async def read_clock(request: Request) -> Response:
    """GET /sandbox/clock, or ?after=VERSION to wait for the version to differ from that one."""
    sandbox = sandbox_of(request)
    after = request.query_params.get("after")
    if after is not None:
        try:
            version = int(after)
        except ValueError as error:
            raise ControlError("'after' is the number of a version") from error
        await sandbox.clock.changed.until(lambda: sandbox.clock.version != version or sandbox.closing, LONGEST_WAIT)
    return JSONResponse(sandbox.clock_view())


async def move_clock(request: Request) -> Response:
    """POST /sandbox/clock with one of "to", "advance", "next", "frozen"."""
    sandbox, body = sandbox_of(request), await body_of(request)
    move = Move(sandbox.clock.now(), 0, 0)
    match body:
        case {"to": raw}:
            move = await sandbox.mover.to(parsed_instant(raw))
        case {"advance": int() | float() as seconds} if seconds >= 0:
            move = await sandbox.mover.advance(timedelta(seconds=seconds))
        case {"next": True}:
            move = await sandbox.mover.to_next()
        case {"frozen": bool() as frozen}:
            await sandbox.mover.freeze(frozen=frozen)
        case _:
            raise ControlError('one of {"to": ISO}, {"advance": seconds}, {"next": true}, {"frozen": bool}')
    sandbox.announce_clock()
    return JSONResponse(
        sandbox.clock_view() | {"steps": move.steps, "unanswered": move.silent, "reached": move.now.isoformat()}
    )


async def announce_agenda(request: Request) -> Response:
    """POST /sandbox/agenda: a bot says what it has done and when it has something to do again."""
    sandbox, body = sandbox_of(request), await body_of(request)
    next_ = parsed_instant(body["next"]) if body.get("next") else None
    sandbox.agenda.announce(next_, int(required(body, "seen")))
    sandbox.announce_clock()
    return JSONResponse({"version": sandbox.clock.version})


ROUTES = [
    Route("/sandbox/clock", read_clock, methods=["GET"]),
    Route("/sandbox/clock", move_clock, methods=["POST"]),
    Route("/sandbox/agenda", announce_agenda, methods=["POST"]),
]

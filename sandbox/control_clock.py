"""The control interface of the clock and of the bot's agenda. See README.md."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.chats import Json
from sandbox.clock import EARLIEST, LATEST, parsed_instant
from sandbox.control import body_of, number, required, sandbox_of
from sandbox.errors import ControlError
from sandbox.moving import Move

LONGEST_WAIT = 25.0
LONGEST_MOVE = (LATEST - EARLIEST).total_seconds()
MOST_DAYS = 3660
MOST_SECONDS = 3600


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
    """POST /sandbox/clock with one of "to", "advance", "next", "play", "stop", "frozen"."""
    sandbox, body = sandbox_of(request), await body_of(request)
    move = Move(sandbox.clock.now())
    match body:
        case {"to": raw}:
            move = await sandbox.mover.to(parsed_instant(raw))
        case {"advance": int() | float() as seconds} if 0 <= seconds <= LONGEST_MOVE:
            move = await sandbox.mover.advance(timedelta(seconds=seconds))
        case {"next": True}:
            move = await sandbox.mover.to_next()
        case {"play": dict() as wanted}:
            move = await sandbox.mover.play(*_play(wanted))
        case {"stop": True}:
            sandbox.mover.stop()
        case {"frozen": bool() as frozen}:
            await sandbox.mover.freeze(frozen=frozen)
        case _:
            raise ControlError(
                'one of {"to": ISO}, {"advance": seconds}, {"next": true}, {"frozen": bool}, {"play": {…}}, '
                '{"stop": true}'
            )
    sandbox.announce_clock()
    return JSONResponse(
        sandbox.clock_view()
        | {"steps": move.steps, "unanswered": move.silent, "reached": move.now.isoformat(), "stopped": move.stopped}
    )


def _play(wanted: Json) -> tuple[timedelta, float]:
    """How far to play, and in how many real seconds."""
    match wanted:
        case {"days": int() | float() as days, "seconds": int() | float() as seconds}:
            if 0 < days <= MOST_DAYS and 0 < seconds <= MOST_SECONDS:
                return timedelta(days=days), seconds
    raise ControlError(f"a play has 'days', at most {MOST_DAYS}, and 'seconds', at most {MOST_SECONDS}; both above 0")


async def announce_agenda(request: Request) -> Response:
    """POST /sandbox/agenda: a bot says what it has done and when it has something to do again."""
    sandbox, body = sandbox_of(request), await body_of(request)
    next_ = parsed_instant(body["next"]) if body.get("next") else None
    sandbox.agenda.announce(next_, number(required(body, "seen")))
    sandbox.announce_clock()
    return JSONResponse({"version": sandbox.clock.version})


ROUTES = [
    Route("/sandbox/clock", read_clock, methods=["GET"]),
    Route("/sandbox/clock", move_clock, methods=["POST"]),
    Route("/sandbox/agenda", announce_agenda, methods=["POST"]),
]

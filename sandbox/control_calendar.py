"""The control interface of the calendar: a bot tells its plans, a test reads them. See README.md."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control import body_of, sandbox_of
from sandbox.errors import ControlError

MOST_ENTRIES_AT_ONCE = 5000


async def read_calendar(request: Request) -> Response:
    """GET /sandbox/calendar: everybody's entries, by time."""
    return JSONResponse({"entries": sandbox_of(request).calendar.entries(everybody=True)})


async def tell_calendar(request: Request) -> Response:
    """POST /sandbox/calendar with "entries", or with "clear"."""
    sandbox, body = sandbox_of(request), await body_of(request)
    match body:
        case {"clear": True}:
            sandbox.calendar.clear()
            sandbox.refresh_page()
            return JSONResponse({"known": 0})
        case {"entries": list() as entries} if len(entries) <= MOST_ENTRIES_AT_ONCE:
            before = sandbox.next_title()
            known = sandbox.calendar.tell(entries)
            if sandbox.next_title() != before:
                sandbox.announce_clock()
            return JSONResponse({"known": known})
        case _:
            raise ControlError(f'one of {{"entries": [at most {MOST_ENTRIES_AT_ONCE}]}}, {{"clear": true}}')


ROUTES = [
    Route("/sandbox/calendar", read_calendar, methods=["GET"]),
    Route("/sandbox/calendar", tell_calendar, methods=["POST"]),
]

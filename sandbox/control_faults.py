"""The control interface of what a bot has to bear: faults and sending limits. See README.md."""

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.chats import Json, JsonValue
from sandbox.control import body_of, flag, number, optional, required, sandbox_of
from sandbox.errors import ControlError
from sandbox.faults import DEFAULT_SECONDS, Fault, Kind

if TYPE_CHECKING:
    from sandbox.state import Sandbox

_LEAST_RATE = 0.001
_MOST_RATE = 1_000_000
_STATUSES = (500, 502, 503, 504)
_FIELDS = frozenset(["kind", "methods", "share", "times", "seconds", "chat", "status", "after", "html", "struck"])


async def read_faults(request: Request) -> Response:
    """GET /sandbox/faults."""
    return JSONResponse(_view(sandbox_of(request)))


async def choose_faults(request: Request) -> Response:
    """POST /sandbox/faults: these are on from now on, and no others."""
    sandbox, body = sandbox_of(request), await body_of(request)
    wanted = required(body, "faults")
    if not isinstance(wanted, list):
        raise ControlError("'faults' is a list")
    sandbox.faults.replace([_fault(each) for each in wanted], optional(body, "seed") or 0)
    return JSONResponse(_view(sandbox))


def _view(sandbox: "Sandbox") -> Json:
    return {"faults": sandbox.faults.view(), "seed": sandbox.faults.seed}


def _fault(body: JsonValue) -> Fault:
    """A fault as the body describes it.

    Raises:
        ControlError: there is no such fault, or a field of it makes no sense.
    """
    if not isinstance(body, dict):
        raise ControlError("each fault is a JSON object")
    if unknown := body.keys() - _FIELDS:
        raise ControlError(f"a fault has no field {min(unknown)!r}")
    try:
        kind = Kind(str(body.get("kind")))
    except ValueError as error:
        raise ControlError(f"no such kind of fault: {body.get('kind')!r} ({', '.join(Kind)})") from error
    times, status = optional(body, "times"), number(body.get("status", 502))
    if times is not None and times < 1:
        raise ControlError("'times' is at least 1")
    if status not in _STATUSES:
        raise ControlError(f"'status' is one of {_STATUSES}")
    return Fault(
        kind=kind,
        methods=_names(body.get("methods")),
        share=_between(body, "share", 1.0, 1.0),
        times=times,
        seconds=_between(body, "seconds", DEFAULT_SECONDS.get(kind, 0.0), 3600.0),
        chat=optional(body, "chat"),
        status=status,
        after=flag(body, "after"),
        html=flag(body, "html"),
    )


def _names(raw: JsonValue) -> tuple[str, ...]:
    if raw is not None and not (isinstance(raw, list) and all(isinstance(name, str) for name in raw)):
        raise ControlError("'methods' is a list of names")
    return tuple(name.lower() for name in raw or ())


def _between(body: Json, name: str, default: float, most: float) -> float:
    value = default if body.get(name) is None else body[name]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= most:
        raise ControlError(f"{name!r} is a number from 0 to {most:g}")
    return float(value)


async def limits(request: Request) -> Response:
    """GET and POST /sandbox/limits."""
    sandbox = sandbox_of(request)
    if request.method == "POST":
        body = await body_of(request)
        rates = asdict(sandbox.limits.rates)
        chosen = {name: _rate(body[name]) for name in rates if body.get(name) is not None}
        required(body, "enabled")
        enabled = flag(body, "enabled")
        sandbox.limits.choose(replace(sandbox.limits.rates, **chosen), enabled=enabled)
    return JSONResponse({"enabled": sandbox.limits.enabled} | asdict(sandbox.limits.rates))


def _rate(raw: JsonValue) -> float:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not _LEAST_RATE <= raw <= _MOST_RATE:
        raise ControlError(f"not a number from {_LEAST_RATE:g} to {_MOST_RATE:,.0f}: {raw!r}")
    return float(raw)


ROUTES = [
    Route("/sandbox/faults", read_faults, methods=["GET"]),
    Route("/sandbox/faults", choose_faults, methods=["POST"]),
    Route("/sandbox/limits", limits, methods=["GET", "POST"]),
]

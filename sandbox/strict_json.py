"""JSON as it is taken in: what could not be given out again as JSON in UTF-8 is refused at the door."""

import json
import math

from sandbox.chats import JsonValue

_LARGEST = 2**63


def from_json(raw: bytes | str) -> JsonValue:
    """The value that a text of JSON stands for.

    Raises:
        ValueError: it is no JSON, nests too deep, or holds what JSON or UTF-8 has no form for: infinite numbers and
            such as are none, whole numbers of more than 64 bits, halves of characters.
    """
    try:
        value = json.loads(raw, parse_constant=_refused, parse_float=_finite, parse_int=_storable)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    # Half a character can only come of an escape: all else was decoded from UTF-8.
    escaped = "\\ud" in raw.lower() if isinstance(raw, str) else b"\\ud" in raw.lower()
    if escaped:
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _refused(name: str) -> JsonValue:
    raise ValueError(f"{name} is no JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise ValueError("a number is too large")
    return value


def _storable(digits: str) -> int:
    value = int(digits)
    if not -_LARGEST <= value < _LARGEST:
        raise ValueError("a whole number is too large")
    return value

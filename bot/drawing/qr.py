"""A link as a QR code (ISO/IEC 18004:2015): to be scanned from a screen or from a poster."""

from io import BytesIO
from math import ceil

import segno

SMALLEST = 720
"""Pixels that a side has at least: a phone shows it across its screen, and 10 cm of it print at 180 dots an inch."""
QUIET_ZONE = 4
"""Modules that stay light around the code; with fewer the standard does not promise that it is read."""


def qr_png(link: str) -> bytes:
    """The link as a PNG, black on white, a square of `SMALLEST` pixels or a little more. The same link, the same bytes.

    What is covered or stained may be 15 % of the code (error correction M), or more where that takes no more room.
    Raises ValueError for a link of more than 2,331 bytes, which no code holds.
    """
    code = segno.make_qr(link, error="m", encoding="utf-8")
    modules, _ = code.symbol_size(border=QUIET_ZONE)
    file = BytesIO()
    code.save(file, kind="png", scale=ceil(SMALLEST / modules), border=QUIET_ZONE, dark="black", light="white")
    return file.getvalue()

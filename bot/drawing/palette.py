"""Colours that people can tell apart, however they see them, on white.

Series are drawn in colours of M. Okabe and K. Ito (2008), "Color Universal Design", https://jfly.uni-koeln.de/color/,
those that have a contrast of 3:1 or more to white (WCAG 2.2, 1.4.11), between the two of `paper`. An agreement goes
from a cold side to a warm one, from dark to light and to dark again.
"""

from collections.abc import Sequence
from typing import Final

from bot.drawing.paper import ACCENT, INK, Colour

WHITE: Final[Colour] = (255, 255, 255)
GREY: Final[Colour] = (118, 127, 134)
"""For what is neither one nor the other."""
SERIES: Final[tuple[Colour, ...]] = (
    ACCENT,
    (213, 94, 0),
    (0, 114, 178),
    (204, 121, 167),
    (0, 158, 115),
    GREY,
)
"""For the series of a chart, one after another: as many as a theme of Office has."""
_AGREES: Final[tuple[Colour, Colour]] = (ACCENT, (91, 151, 171))
_DISAGREES: Final[tuple[Colour, Colour]] = ((200, 105, 43), (140, 45, 4))


def agreement(sides: Sequence[bool | None]) -> list[Colour]:
    """A colour for each step of a scale: of those that agree the first is the strongest, of the others the last.

    `sides` are as `positive` in `conversations.report.values.Series`.
    """
    with_, against = sides.count(True), sides.count(False)
    cold, warm = iter(_between(*_AGREES, with_)), iter(_between(*_DISAGREES, against))
    if against == 1:
        warm = iter(_DISAGREES[1:])
    return [GREY if side is None else next(cold if side else warm) for side in sides]


def _between(first: Colour, last: Colour, count: int) -> list[Colour]:
    steps = max(count - 1, 1)
    return [_mixed(first, last, step / steps) for step in range(count)]


def _mixed(first: Colour, last: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, last, strict=True))
    return red, green, blue


_STRAIGHT: Final = 0.04045
"""Up to there sRGB is a straight line."""


def contrast(one: Colour, other: Colour) -> float:
    """How well one can be read on the other, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _STRAIGHT else float(((part + 0.055) / 1.055) ** 2.4)


def ink_on(colour: Colour) -> Colour:
    """What letters on that colour are written in."""
    return max((WHITE, INK), key=lambda ink: contrast(ink, colour))


def hexadecimal(colour: Colour) -> str:
    """The colour as RRGGBB."""
    return "{:02X}{:02X}{:02X}".format(*colour)

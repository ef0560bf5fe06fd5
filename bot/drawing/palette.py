"""Colours of charts that people can tell apart, however they see them, on white.

The hues are those of M. Okabe and K. Ito (2008), "Color Universal Design", https://jfly.uni-koeln.de/color/, made
darker until white letters on them have a contrast of 4.5:1 (WCAG 2.2, 1.4.3), and so they themselves on a white slide.
An agreement goes from a cold side to a warm one, darkest at its ends.
"""

from collections.abc import Sequence
from itertools import cycle
from typing import Final

from bot.drawing.paper import ACCENT, INK, SOFT, Colour

WHITE: Final[Colour] = (255, 255, 255)
GREY: Final[Colour] = (110, 119, 126)
"""For what is neither one nor the other."""
SERIES: Final[tuple[Colour, ...]] = (ACCENT, (0, 114, 178), (179, 79, 0), (0, 120, 90), (140, 70, 115), SOFT)
"""The first for what stands alone, the others for what is side by side: as many as a theme of Office has."""
_AGREES: Final[tuple[Colour, Colour]] = ((0, 66, 104), (10, 112, 172))
_DISAGREES: Final[tuple[Colour, Colour]] = ((176, 80, 8), (122, 48, 0))
"""Nearly those above, but none of them: a scale stays one when the theme of a deck is changed."""


def side_by_side(count: int) -> list[Colour]:
    """A colour for each of several series; from the sixth on they begin anew."""
    return [SERIES[1 + place % (len(SERIES) - 1)] for place in range(count)]


def agreement(sides: Sequence[bool | None]) -> list[Colour]:
    """A colour for each step of a scale: of those that agree the first is the strongest, of the others the last.

    `sides` are as `positive` in `conversations.report.values.Series`.
    """
    with_, against = sides.count(True), sides.count(False)
    cold, warm = iter(_between(*_AGREES, with_)), iter(_between(*_DISAGREES, against))
    if against == 1:
        warm = iter(_DISAGREES[1:])
    between = cycle((GREY, SOFT))
    return [next(between if side is None else cold if side else warm) for side in sides]


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

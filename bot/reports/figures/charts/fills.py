"""What tells the series of a chart apart: colours of `bot.drawing.palette`, and lines across for those who see none.

Neither means anything alone: names and the order tell the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Final

from bot.drawing.palette import SERIES, agreement, side_by_side
from bot.drawing.paper import Colour
from conversations.report.values import Series

TRACK: Final[Colour] = (231, 226, 214)
"""What a bar could fill; nothing depends on seeing it, nor on seeing thin lines."""
LINES: Final[Colour] = (205, 200, 188)


@dataclass(frozen=True, slots=True)
class Fill:
    """A colour, and how lines across it lie (see `bot.reports.figures.charts.canvas.Canvas.bar`)."""

    colour: Colour
    hatch: str = ""


ALONE: Final = Fill(SERIES[0])
"""Of the only series of a figure."""
_SIDE_BY_SIDE: Final = ("", "/", "\\", "/\\", "-")
_AGREEING: Final = ("", "/")
_BETWEEN: Final = ("-", "-/")
_DISAGREEING: Final = ("\\", "/\\")
"""Of each side in turn, from its end to the middle: no two that can be neighbours are alike."""


def fills(series: tuple[Series, ...]) -> list[Fill]:
    """A fill for each series, in their order; those of an agreement go from one side to the other."""
    sides = [each.positive for each in series]
    if set(sides) <= {None}:
        return [Fill(*each) for each in zip(side_by_side(len(sides)), cycle(_SIDE_BY_SIDE))]
    return [Fill(*each) for each in zip(agreement(sides), _hatches(sides), strict=True)]


def _hatches(sides: Sequence[bool | None]) -> Iterator[str]:
    for place, side in enumerate(sides):
        match side:
            case None:
                yield _BETWEEN[sides[:place].count(None) % len(_BETWEEN)]
            case True:
                yield _AGREEING[sides[:place].count(True) % len(_AGREEING)]
            case False:
                yield _DISAGREEING[sides[place + 1 :].count(False) % len(_DISAGREEING)]

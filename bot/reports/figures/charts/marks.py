"""What marks on a line from 0 to 100 % look like: a shape and a colour for each series."""

from fractions import Fraction
from typing import Final

from bot.drawing.paper import PAPER, Colour
from bot.reports.figures.charts.canvas import SMALL, VALUE, Canvas
from bot.reports.figures.charts.fills import LINES
from bot.reports.figures.charts.rows import BETWEEN, Area
from conversations.model import Percent
from locales.phrases import percent_words

RADIUS: Final = 6.0
_TICKS: Final = (Fraction(0), Fraction(1, 2), Fraction(1))
_DIAMOND: Final = ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0))
_SQUARE: Final = ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9))
_TRIANGLE: Final = ((0, -1.2), (1.15, 0.9), (-1.15, 0.9))
_SHAPES: Final = ((), _SQUARE, _DIAMOND, _TRIANGLE)
"""Their corners, in radii from the middle; the first is a circle."""


def mark(canvas: Canvas, number: int, x: float, y: float, colour: Colour) -> None:
    """The mark of that series, counted from 0: circle, square, diamond, triangle, and again."""
    corners = _SHAPES[number % len(_SHAPES)]
    if corners:
        points = " ".join(f"{x + RADIUS * across:.2f},{y + RADIUS * down:.2f}" for across, down in corners)
        canvas.draw("polygon", fill=colour, points=points)
    else:
        canvas.draw("circle", fill=colour, cx=x, cy=y, r=RADIUS)


def ring(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    """An open circle, with paper within."""
    canvas.draw("circle", fill=PAPER, stroke=colour, stroke_width=3, cx=x, cy=y, r=RADIUS - 0.5)


def grid(canvas: Canvas, area: Area) -> None:
    """Thin lines across the area at 0, 50 and 100 %."""
    for share in _TICKS:
        x = area.at(float(share))
        canvas.draw("line", stroke=LINES, x1=x, y1=area.top, x2=x, y2=area.top + area.height)


def beside(canvas: Canvas, *values: str) -> float:
    """The room that values in a column need, and what stands below the ends of the scale."""
    ends = canvas.measure(SMALL)(percent_words(Percent(_TICKS[-1]), canvas.language)) / 2
    return max(ends, *map(canvas.measure(VALUE), values), 0.0)


def ticks(canvas: Canvas, area: Area) -> None:
    """What those lines stand for, below all that is there."""
    top = canvas.bottom - BETWEEN / 2
    for share in _TICKS:
        label = (percent_words(Percent(share), canvas.language),)
        canvas.bottom = canvas.put(label, area.at(float(share)), top, SMALL, "middle")
    canvas.bottom += BETWEEN

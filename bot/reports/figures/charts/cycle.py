"""The stages one after another, as a ring: a large share for each, and arrows from one to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from bot.drawing.paper import ACCENT, SOFT
from bot.reports.figures.charts.canvas import SMALL, Canvas, Style
from bot.reports.figures.charts.fills import ALONE, LINES, TRACK
from bot.reports.figures.charts.rows import BETWEEN
from bot.reports.figures.wording import value_words
from conversations.report.values import Cell, Figure, Report

_WIDEST: Final = 400.0
_LEFT, _RIGHT = 0.25, 0.75
_RADIUS: Final = 44.0
_THICK: Final = 9.0
_SHARE: Final = Style("Semibold", 22, ACCENT)
_NAME: Final = Style("Semibold", 14)
_TO_THE_NAME: Final = 5.0
_GAP: Final = 9.0
_ROW: Final = 40.0
"""From the name of a stage to the next stage below it: the arrow has its place there."""
_STROKE: Final = 3.0
_HEAD: Final = 7.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Stage:
    """One stage; `x` and `y` are the middle of its circle."""

    name: tuple[str, ...]
    cell: Cell
    x: float
    y: float

    @property
    def foot(self) -> float:
        """Where its name ends."""
        return self.y + _RADIUS + _TO_THE_NAME + len(self.name) * _NAME.step


def cycle(canvas: Canvas, figure: Figure, report: Report) -> None:
    """The first stage at the upper left, and the others clockwise."""
    stages = _placed(canvas, figure)
    for stage in stages:
        _put_circle(canvas, stage, report)
        canvas.put(stage.name, stage.x, stage.y + _RADIUS + _TO_THE_NAME, _NAME, "middle")
    for way in _ways(stages):
        _put_arrow(canvas, way)
    canvas.bottom = max(stage.foot for stage in stages) + BETWEEN


def _placed(canvas: Canvas, figure: Figure) -> list[_Stage]:
    """Two columns: down on the right, and up on the left."""
    whole = min(canvas.width, _WIDEST)
    left = (canvas.width - whole) / 2
    names = [canvas.lines(words, _NAME, whole / 2 - 2 * _GAP) for words in figure.rows]
    rows = [_row(place, len(names)) for place in range(len(names))]
    tops = [canvas.bottom]
    for row in range(max(rows) + 1):
        tallest = max(len(name) for name, its in zip(names, rows, strict=True) if its == row)
        tops.append(tops[-1] + 2 * _RADIUS + _TO_THE_NAME + tallest * _NAME.step + _ROW)
    down = (len(names) + 1) // 2
    return [
        _Stage(name, cell, left + whole * (_RIGHT if 1 <= place <= down else _LEFT), tops[row] + _RADIUS)
        for place, (name, cell, row) in enumerate(zip(names, figure.series[0].cells, rows, strict=True))
    ]


def _row(place: int, count: int) -> int:
    """In which row the stage is: 0 and 1 in the first, and the last ones on the way back up."""
    down = (count + 1) // 2
    return max(0, place - 1) if place <= down else 2 * down - place


def _put_circle(canvas: Canvas, stage: _Stage, report: Report) -> None:
    value, share = value_words(stage.cell, report, canvas.language), stage.cell.share
    if share is None:
        canvas.draw("circle", stroke=LINES, stroke_width=1.5, cx=stage.x, cy=stage.y, r=_RADIUS)
        lines = canvas.lines(value, SMALL, 2 * (_RADIUS - _THICK))
        canvas.centred(lines, stage.x, stage.y, SMALL, "middle")
        return
    radius = _RADIUS - _THICK / 2
    canvas.draw("circle", stroke=TRACK, stroke_width=_THICK, cx=stage.x, cy=stage.y, r=radius)
    if share >= 1:
        canvas.draw("circle", stroke=ALONE.colour, stroke_width=_THICK, cx=stage.x, cy=stage.y, r=radius)
    elif share:
        turn = 2 * pi * float(share)
        x, y = stage.x + radius * sin(turn), stage.y - radius * cos(turn)
        arc = f"M{stage.x:.2f} {stage.y - radius:.2f}A{radius} {radius} 0 {int(turn > pi)} 1 {x:.2f} {y:.2f}"
        canvas.draw("path", stroke=ALONE.colour, stroke_width=_THICK, d=arc)
    canvas.centred((value,), stage.x, stage.y, _SHARE, "middle")


def _ways(stages: list[_Stage]) -> Iterator[tuple[Point, ...]]:
    """From each stage to the next, and from the last to the first; two stages have one way between them."""
    following = [*stages[1:], stages[0]] if len(stages) > 2 else stages[1:]  # noqa: PLR2004 # a ring needs three
    for stage, to in zip(stages, following, strict=False):
        side = (_RADIUS + _GAP) * (1 if to.x > stage.x else -1)
        if stage.y == to.y:
            yield (stage.x + side, stage.y), (to.x - side, to.y)
        elif stage.x != to.x:
            yield (stage.x + side, stage.y), (to.x, stage.y), (to.x, to.foot + _GAP)
        elif to.y > stage.y:
            yield (stage.x, stage.foot + _GAP), (to.x, to.y - _RADIUS - _GAP)
        else:
            yield (stage.x, stage.y - _RADIUS - _GAP), (to.x, to.foot + _GAP)


def _put_arrow(canvas: Canvas, way: tuple[Point, ...]) -> None:
    (from_x, from_y), (x, y) = way[-2:]
    length = abs(x - from_x) + abs(y - from_y)
    along, down = (x - from_x) / length, (y - from_y) / length
    line = " ".join(f"{x:.2f},{y:.2f}" for x, y in (*way[:-1], (x - along * _HEAD, y - down * _HEAD)))
    canvas.draw("polyline", stroke=SOFT, stroke_width=_STROKE, points=line)
    back, side = (x - along * 1.5 * _HEAD, y - down * 1.5 * _HEAD), (down * _HEAD * 0.9, along * _HEAD * 0.9)
    corners = ((x, y), (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1]))
    canvas.draw("polygon", fill=SOFT, points=" ".join(f"{x:.2f},{y:.2f}" for x, y in corners))

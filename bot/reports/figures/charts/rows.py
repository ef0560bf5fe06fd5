"""What charts are made of: rows with their labels, and what the marks mean."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from bot.reports.figures.charts.canvas import LABEL, SMALL, Canvas
from conversations.model import Words

BETWEEN: Final = 13.0
"""Points from one row to the next."""
_WIDE: Final = 440
"""From this width on, labels stand beside what they name, and below it they stand above."""
_LABELS: Final = 0.4
_BELOW_A_LABEL: Final = 3.0
_BESIDE: Final = 0.03
_MARK: Final = 22.0
_BESIDE_A_MARK: Final = 6.0
_APART: Final = 14.0
_STEP: Final = SMALL.step + 3


@dataclass(frozen=True, slots=True)
class Area:
    """Where the marks of a row are, in points of its canvas."""

    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Half-way between its top and bottom."""
        return self.top + self.height / 2

    def narrowed(self, left: float, right: float) -> "Area":
        """The area with so much taken from its sides."""
        return Area(self.left + left, self.top, self.width - left - right, self.height)

    def at(self, share: float) -> float:
        """Where the share is, from 0 at the left to 1 at the right."""
        return self.left + self.width * share


def room(canvas: Canvas) -> float:
    """How wide the area of each row is."""
    return canvas.width * (1 - _LABELS - _BESIDE) if canvas.width >= _WIDE else canvas.width


def row(canvas: Canvas, words: Words, height: float, first: float | None = None) -> Area:
    """Writes the label of a row, and says where the rest of it is: so high, and as wide as there is `room`.

    Beside it, the label is level with the middle of the area, or of the `first` points of it.
    """
    if canvas.width < _WIDE:
        top = canvas.put(canvas.lines(words, LABEL, canvas.width), 0, canvas.bottom, LABEL) + _BELOW_A_LABEL
        canvas.bottom = top + height + BETWEEN
        return Area(0, top, canvas.width, height)
    lines = canvas.lines(words, LABEL, canvas.width * _LABELS)
    half, level = len(lines) * LABEL.step / 2, (height if first is None else first) / 2
    top = canvas.bottom + max(0.0, half - level)
    canvas.centred(lines, 0, top + level, LABEL)
    canvas.bottom = max(top + height, top + level + half) + BETWEEN
    return Area(canvas.width - room(canvas), top, room(canvas), height)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a mark means: `draw` draws it, given where its middle is, across and from the top."""

    draw: Callable[[float, float], None]
    words: str


@dataclass(frozen=True, slots=True)
class _Placed:
    entry: Entry
    lines: tuple[str, ...]
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Key:
    """Entries side by side, in as many lines as they need."""

    placed: tuple[_Placed, ...]
    height: float

    @classmethod
    def of(cls, canvas: Canvas, entries: Iterable[Entry], width: float) -> "Key":
        """Entries on so much width."""
        placed: list[_Placed] = []
        left = top = height = 0.0
        measure = canvas.measure(SMALL)
        for entry in entries:
            lines = canvas.lines(entry.words, SMALL, width - _MARK)
            taken = _MARK + max(map(measure, lines), default=0)
            if left and left + taken > width:
                left, top = 0.0, height
            placed.append(_Placed(entry, lines, left, top))
            left += taken + _APART
            height = max(height, top + len(lines) * _STEP)
        return cls(tuple(placed), height)

    def put(self, canvas: Canvas, left: float, top: float) -> None:
        """Draws it, its upper left corner there."""
        for each in self.placed:
            x, y = left + each.left, top + each.top
            each.entry.draw(x + (_MARK - _BESIDE_A_MARK) / 2, y + _STEP / 2)
            canvas.put(each.lines, x + _MARK, y + (_STEP - SMALL.step) / 2, SMALL)


def instead(canvas: Canvas, area: Area, words: str) -> None:
    """Words where there is no mark: what is hidden, or of nobody."""
    canvas.centred(canvas.lines(words, SMALL, area.width), area.left, area.middle, SMALL)

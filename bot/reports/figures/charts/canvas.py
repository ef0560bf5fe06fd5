"""A drawing that grows downwards: words that wrap, and shapes, as SVG (W3C, SVG 2).

What is written stays text: it can be searched and copied, and costs little. It is set in the letters that it was
measured in, so whoever shows the drawing has to have the font: pages bring it along, and programs are given its files.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.drawing.palette import hexadecimal
from bot.drawing.paper import INK, PAPER, SOFT, Colour, drawable, font
from bot.line_breaks import Measure, cut, lines_of
from bot.reports.safe import visible
from conversations.model import Language, Words
from locales.phrases import say

FAMILY: Final = "Source Sans Pro"
FAMILIES: Final = f"{FAMILY}, sans-serif"
"""The font as a drawing asks for it, and what stands in for it."""
WEIGHTS: Final = {"Regular": "400", "Semibold": "600"}
_LARGEST: Final = 12
"""Lines of one text: a label is never as long, and a picture has to end."""
_LEADING: Final = 1.28
_TO_THE_BASE: Final = 0.98
"""Of the size of the letters: how far the base of a line is below its top."""
_MEASURED_AT: Final = 1000
_SLACK: Final = 1.01
"""Not every program moves letters together as the one that measures them does."""
_HATCH: Final = 7.0
_HATCHED: Final = 1.1

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Style:
    """Letters: "Regular" or "Semibold", their size in points of the canvas, and their colour."""

    weight: str
    size: float
    colour: Colour = INK

    @property
    def step(self) -> float:
        """From one line to the next."""
        return self.size * _LEADING


LABEL: Final = Style("Regular", 14)
VALUE: Final = Style("Semibold", 14.5)
SMALL: Final = Style("Regular", 12.5, SOFT)
"""The letters of a chart. A canvas is drawn for a phone 360 points wide, where nothing is smaller than 12."""


class Canvas:
    """A drawing `width` points wide; `bottom` is where it ends so far and the next thing begins."""

    def __init__(self, width: float, language: Language) -> None:
        self.width, self.language = width, language
        self.bottom = 0.0
        self._drawn = Element("g", {"font-family": FAMILIES})
        # Faces of the font belong to one thread, and so to one canvas.
        self._widths = {weight: cache(font(weight, _MEASURED_AT).getlength) for weight in WEIGHTS}

    def measure(self, style: Style) -> Measure:
        """How wide a text is in those letters."""
        widths = self._widths[style.weight]
        return lambda text: widths(text) * style.size * _SLACK / _MEASURED_AT

    def lines(self, words: Words, style: Style, width: float) -> tuple[str, ...]:
        """The words in lines of at most that width, in signs that the font has."""
        measure = self.measure(style)
        lines = lines_of(drawable(say(words, self.language), self.language), width, measure)
        return cut(lines, _LARGEST, width, measure)

    def put(self, lines: Iterable[str], x: float, top: float, style: Style, anchor: Anchor = "start") -> float:
        """Writes the lines below one another, and says where they end; `anchor` says what `x` is of each line."""
        for line in lines:
            self._write(line, x, top + _TO_THE_BASE * style.size, style, anchor)
            top += style.step
        return top

    def centred(self, lines: tuple[str, ...], x: float, middle: float, style: Style, anchor: Anchor = "start") -> None:
        """Writes the lines half above and half below `middle`."""
        self.put(lines, x, middle - len(lines) * style.step / 2, style, anchor)

    def say(self, words: Words, style: Style) -> None:
        """Writes the words across the canvas, below what is there."""
        self.bottom = self.put(self.lines(words, style, self.width), 0, self.bottom, style)

    def draw(self, tag: str, fill: Colour | None = None, stroke: Colour | None = None, **geometry: float | str) -> None:
        """A shape of SVG: `draw("circle", fill=INK, cx=10, cy=10, r=5)`; an underscore stands for a hyphen."""
        shape = SubElement(self._drawn, tag, {name.replace("_", "-"): _told(each) for name, each in geometry.items()})
        shape.set("fill", css(fill) if fill else "none")
        if stroke:
            shape.set("stroke", css(stroke))

    def bar(self, left: float, top: float, width: float, height: float, colour: Colour, hatch: str = "") -> None:
        """A bar, with light lines across it that lie as each sign of `hatch` does: slashes, backslashes and hyphens."""
        self.draw("rect", fill=colour, x=left, y=top, width=width, height=height)
        lines = "".join(_across(left, top, width, height, lean) for lean in hatch)
        if lines:
            self.draw("path", stroke=PAPER, stroke_width=_HATCHED, d=lines)

    def _write(self, line: str, x: float, base: float, style: Style, anchor: Anchor) -> None:
        place = {"x": _told(x), "y": _told(base), "font-size": _told(style.size), "fill": css(style.colour)}
        text = SubElement(self._drawn, "text", {**place, "font-weight": WEIGHTS[style.weight]})
        if anchor != "start":
            text.set("text-anchor", anchor)
        text.text = line

    def text(self) -> str:
        """All that is written on it."""
        return "".join(self._drawn.itertext())

    def svg(self, title: str, told: str, name: str, margin: float = 0, style: str = "") -> bytes:
        """The drawing, with its title and what it shows in words for those who do not see it.

        `name` begins its ids, so that several can stand on one page. With a margin around it there is paper below it.
        """
        box = {"x": -margin, "y": -margin, "width": self.width + 2 * margin, "height": self.bottom + 2 * margin}
        told_box = {side: _told(length) for side, length in box.items()}
        root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": " ".join(told_box.values())})
        root.attrib |= {side: told_box[side] for side in ("width", "height")}
        root.attrib |= {"lang": self.language, "role": "img", "aria-labelledby": f"{name}-title {name}-told"}
        for tag, kind, text in (("title", "title", title), ("desc", "told", told)):
            SubElement(root, tag, {"id": f"{name}-{kind}"}).text = visible(text)
        if style:
            SubElement(root, "style").text = style
        if margin:
            SubElement(root, "rect", {**told_box, "fill": css(PAPER)})
        root.append(self._drawn)
        written: bytes = tostring(root, encoding="utf-8")
        return written


def css(colour: Colour) -> str:
    """The colour as CSS writes it."""
    return f"#{hexadecimal(colour)}"


def _told(number: float | str) -> str:
    return number if isinstance(number, str) else f"{round(number, 2):g}"


def _across(left: float, top: float, width: float, height: float, lean: str) -> str:
    """Lines across that rectangle, level or at half a right angle, as a path."""
    if lean == "-":
        tops = (top + _HATCH * (step - 0.5) for step in range(1, int(height / _HATCH + 0.5) + 1))
        return "".join(f"M{_told(left)} {_told(y)}L{_told(left + width)} {_told(y)}" for y in tops)
    moves = []
    for step in range(1, int((width + height) / _HATCH) + 1):
        across = step * _HATCH
        ends = [(max(0.0, across - height), min(across, height)), (min(across, width), max(0.0, across - width))]
        (x, y), (to_x, to_y) = ends if lean == "/" else [(width - x, y) for x, y in ends]
        moves.append(f"M{_told(left + x)} {_told(top + y)}L{_told(left + to_x)} {_told(top + to_y)}")
    return "".join(moves)

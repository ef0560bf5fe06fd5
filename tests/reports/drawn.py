"""Looking at charts that were drawn as SVG: what is written, where, and which marks there are."""

from dataclasses import dataclass
from itertools import combinations
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from bot.drawing.palette import GREY, SERIES, agreement
from bot.drawing.paper import font
from bot.reports.figures.charts.canvas import css

SVG = "{http://www.w3.org/2000/svg}"
COLOURS = {*SERIES, GREY, *(colour for steps in range(1, 4) for colour in agreement([True, False] * steps))}
"""Those that mean a series."""
_COLOURS = set(map(css, COLOURS))
_WEIGHTS = {"400": "Regular", "600": "Semibold"}
_FACES = {weight: font(weight, 1_000) for weight in _WEIGHTS.values()}
_STARTS = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True)
class Box:
    """A line of text on the drawing, in points from its upper left corner."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def opened(svg: bytes) -> Element:
    root: Element = fromstring(svg)
    assert root.tag == f"{SVG}svg"
    return root


def texts(svg: bytes) -> list[Element]:
    return list(opened(svg).iter(f"{SVG}text"))


def words_of(svg: bytes) -> str:
    """All that is written, as one line."""
    return " ".join(" ".join(each.text or "" for each in texts(svg)).split(" "))


def boxes(svg: bytes) -> list[Box]:
    """From the top of the capitals to the base of each line: below it there are only tails."""
    found = []
    for each in texts(svg):
        words, size, x, y = each.text or "", *(float(each.get(name, "")) for name in ("font-size", "x", "y"))
        wide = _FACES[_WEIGHTS[each.get("font-weight", "")]].getlength(words) * size / 1_000
        left = x - wide * _STARTS[each.get("text-anchor", "start")]
        found.append(Box(words, left, y - 0.66 * size, left + wide, y))
    return found


def check_that_nothing_meets(svg: bytes) -> None:
    """No words on one another, and none beyond the edge."""
    left, top, width, height = map(float, opened(svg).get("viewBox", "").split())
    written = boxes(svg)
    for box in written:
        assert left <= box.left, box
        assert box.right <= left + width, box
        assert top <= box.top, box
        assert box.bottom <= top + height, box
    for one, other in combinations(written, 2):
        assert not one.meets(other), (one, other)


def marks(svg: bytes) -> list[Element]:
    """The shapes in a colour that belongs to a series."""
    return [
        each
        for each in opened(svg).iter()
        if each.tag != f"{SVG}text" and {each.get("fill"), each.get("stroke")} & _COLOURS
    ]

"""Lines of words in a picture, over its whole width."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import ImageDraw

from bot.drawing.paper import Colour

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

LEADING = 1.28
"""From one line to the next, in sizes of the letters."""
_TO_THE_BASE = 0.32
"""Of the size of the letters: how far the base of a line is above its foot."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Words that were cut into lines, as they are drawn from `left` on (pixels)."""

    lines: tuple[str, ...]
    font: "FreeTypeFont"
    colour: Colour
    left: int

    @property
    def step(self) -> int:
        """From one line to the next."""
        return round(self.font.size * LEADING)

    @property
    def height(self) -> int:
        """All of them together."""
        return self.step * len(self.lines)

    def put(self, pen: ImageDraw.ImageDraw, top: int) -> None:
        """Draw them."""
        for number, words in enumerate(self.lines, start=1):
            base = top + number * self.step - round(_TO_THE_BASE * self.font.size)
            pen.text((self.left, base), words, fill=self.colour, font=self.font, anchor="ls")

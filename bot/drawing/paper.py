"""What the pictures have in common: paper, ink, letters, and a file with nothing in it but what is seen.

The font is Source Sans Pro by Adobe, from the package `font-source-sans-pro`, under the SIL Open Font License 1.1,
which asks nothing of pictures and lets files embed it. Pillow's own font has no accents.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from conversations.model import Language

if TYPE_CHECKING:
    from PIL import Image, ImageFont

Colour = tuple[int, int, int]
PAPER: Colour = (250, 247, 240)
INK: Colour = (22, 34, 46)
ACCENT: Colour = (15, 78, 94)
SOFT: Colour = (64, 76, 86)
"""On the paper, the other three have a contrast of 7:1 or more (WCAG 2.2, 1.4.6); no colour means anything."""


def font_file(weight: str) -> str:
    """Where the font of that weight is: "Regular" or "Semibold"."""
    return str(files("font_source_sans_pro") / "files" / f"SourceSansPro-{weight}.ttf")


def font(weight: str, size: int) -> "ImageFont.FreeTypeFont":
    """The font of that weight, its size in pixels."""
    from PIL import ImageFont  # noqa: PLC0415 # only pictures need it

    # A new one each time: pictures are drawn in several threads, and FreeType's faces belong to one.
    return ImageFont.truetype(font_file(weight), size)


def png(picture: "Image.Image") -> bytes:
    """The picture as a file, in a few colours: those above, and steps between them and the paper."""
    from PIL import Image  # noqa: PLC0415

    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in _shades() for part in colour])
    file = BytesIO()
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _shades() -> Iterator[Colour]:
    yield PAPER
    yield ACCENT
    for colour, steps in ((INK, 5), (SOFT, 4)):
        for step in range(1, steps + 1):
            red, green, blue = (round(p + (c - p) * step / steps) for p, c in zip(PAPER, colour, strict=True))
            yield red, green, blue


_NO_BREAK_SPACE = "\u00a0"
_NO_BREAK_SPACES = (_NO_BREAK_SPACE, "\u202f")
_EMOJI_STYLE = "\ufe0f"
_UNBREAKABLE = re.compile(" +(?=[:;?!»])|(?<=«) +")


def drawable(text: str, language: Language) -> str:
    """The text in signs that the font has. Of white space, only spaces, no-break spaces and line feeds are left.

    A symbol that the font lacks is left out, a letter becomes an empty box.
    """
    face = font("Regular", 32)
    lacking = face.getmask("\U0010ffff")
    box = bytes(lacking), lacking.size

    @cache
    def has(sign: str) -> bool:
        mask = face.getmask(sign)
        return (bytes(mask), mask.size) != box

    signs = "".join(_drawable_sign(sign, has) for sign in unicodedata.normalize("NFC", text))
    return kept_together(signs, language)


def kept_together(text: str, language: Language) -> str:
    """The text with its signs beside their words where a line ends, as French wants it."""
    return _UNBREAKABLE.sub(_NO_BREAK_SPACE, text) if language is Language.FR else text


def _drawable_sign(sign: str, has: Callable[[str], bool]) -> str:
    if sign == "\n" or sign in _NO_BREAK_SPACES:
        return sign
    if sign.isspace():
        return " "
    category = unicodedata.category(sign)
    # Among those that only steer, some turn the order of the letters around.
    if category.startswith("C") or sign == _EMOJI_STYLE:
        return ""
    if has(sign):
        return sign
    simpler = unicodedata.normalize("NFKC", sign)
    if simpler != sign and all(map(has, simpler)):
        return simpler
    if category == "Pd":
        return "-"
    return "" if category[0] in "SM" else sign

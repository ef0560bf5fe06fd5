"""The font as CSS that holds it, so that a file looks the same on any machine and asks nobody for anything.

The SIL Open Font License 1.1 lets files embed the font.
"""

import logging
from base64 import b64encode
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from bot.drawing.paper import font_file
from bot.reports.figures.charts.canvas import FAMILY, WEIGHTS

# It tells the letters of a text one by one, and what is written belongs in no log.
logging.getLogger("fontTools").setLevel(logging.ERROR)

_FACE: Final = "@font-face{{font-family:'{family}';font-weight:{weight};src:url(data:font/woff;base64,{font})}}"


def font_css(text: str) -> str:
    """Rules that bring along those letters of the font that the text has, in each weight; some 10 kB."""
    return "".join(
        _FACE.format(family=FAMILY, weight=number, font=b64encode(_subset(weight, text)).decode())
        for weight, number in WEIGHTS.items()
    )


_COMMON: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2000, 0x2070))))
"""Letters of English, French and their neighbours, and the signs between them."""


def _subset(weight: str, text: str) -> bytes:
    # The rules for pairs of letters take half a second to read for the whole font, and hardly any for so few letters.
    source = _common(weight) if _COMMON.issuperset(text) else Path(font_file(weight)).read_bytes()
    return _cut(source, text, "woff")


@cache
def _common(weight: str) -> bytes:
    return _cut(Path(font_file(weight)).read_bytes(), "".join(sorted(_COMMON)), None)


def _cut(source: bytes, text: str, flavor: str | None) -> bytes:
    options = Options()
    options.flavor = flavor
    options.hinting = False
    # What changes letters for others would only change how wide they were measured.
    options.layout_features = ["kern"]
    # By itself each copy of the font says when it was made.
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    font.flavor = flavor
    file = BytesIO()
    font.save(file)
    return file.getvalue()

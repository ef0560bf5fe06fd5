"""The font as CSS that holds it, so that a file looks the same on any machine and asks nobody for anything.

The SIL Open Font License 1.1 lets files embed the font.
"""

import logging
from base64 import b64encode
from io import BytesIO
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


def _subset(weight: str, text: str) -> bytes:
    options = Options()
    options.flavor = "woff"
    options.hinting = False
    # What changes letters for others would only change how wide they were measured.
    options.layout_features = ["kern"]
    # By itself each copy of the font says when it was made.
    font = TTFont(font_file(weight), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    font.flavor = options.flavor
    file = BytesIO()
    font.save(file)
    return file.getvalue()

"""The deck that others are made from: that of python-pptx, made wide, in our colours, with three layouts.

The placeholders of its master and layouts say where titles and texts are, so that a slide that somebody adds in
PowerPoint looks like the others.
"""

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import SlideLayout
from pptx.util import Pt

from bot.drawing.lettering import Box
from bot.drawing.palette import SERIES, WHITE, hexadecimal
from bot.drawing.paper import ACCENT, INK, PAPER, SOFT

WIDTH: Final = 960.0
HEIGHT: Final = 540.0
"""16:9, in points, as all lengths here."""
MARGIN: Final = 44.0
ROOM: Final = WIDTH - 2 * MARGIN
"""How wide texts and charts are."""
FLOOR: Final = 500.0
"""Where the room of a slide ends, above its foot."""
TITLE_TOP: Final = 46.0
BEGIN, CONTENT, TITLE = "Title Slide", "Title and Content", "Title Only"
"""The layouts that are kept, by the names that they have in the file."""
_FOOT = Box(MARGIN, 508, ROOM - 90, 22)
_NUMBER = Box(WIDTH - MARGIN - 80, 508, 80, 22)
_DATE = Box(WIDTH - MARGIN - 260, 508, 170, 22)
_PLACES: Final = {
    PP_PLACEHOLDER.TITLE: Box(MARGIN, TITLE_TOP, ROOM, 84),
    PP_PLACEHOLDER.BODY: Box(MARGIN, 140, ROOM, FLOOR - 140),
    PP_PLACEHOLDER.FOOTER: _FOOT,
    PP_PLACEHOLDER.SLIDE_NUMBER: _NUMBER,
    PP_PLACEHOLDER.DATE: _DATE,
    PP_PLACEHOLDER.CENTER_TITLE: Box(MARGIN + 20, 110, ROOM - 40, 190),
    PP_PLACEHOLDER.SUBTITLE: Box(MARGIN + 20, 316, ROOM - 40, 180),
}
_SIZES: Final = {"titleStyle": (30,), "bodyStyle": (24, 20, 18, 18, 18)}


def blank() -> Deck:
    """A deck without a slide."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    deck.element.find(qn("p:sldSz")).attrib.pop("type")
    for layout in list(deck.slide_layouts):
        if layout.name not in {BEGIN, CONTENT, TITLE}:
            deck.slide_layouts.remove(layout)
    _paint(deck)
    _set_letters(deck)
    _arrange(deck.slide_master.placeholders, _PLACES)
    for layout in deck.slide_layouts:
        own = {kind: _PLACES[kind] for kind in (PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.SUBTITLE)}
        _arrange(layout.placeholders, own)
    _darken(layout_of(deck, BEGIN))
    return deck


def layout_of(deck: Deck, name: str) -> SlideLayout:
    """The layout of that name, one of those above."""
    return next(layout for layout in deck.slide_layouts if layout.name == name)


def place(shape: BaseShape, box: Box) -> None:
    """Move a shape there."""
    shape.left, shape.top, shape.width, shape.height = map(Pt, (box.left, box.top, box.width, box.height))


def _arrange(shapes: Iterable[BaseShape], places: dict[PP_PLACEHOLDER, Box]) -> None:
    for shape in shapes:
        box = places.get(shape.placeholder_format.type)
        if box is not None:
            place(shape, box)


def _paint(deck: Deck) -> None:
    """Our colours as those of the theme, where everything on the slides looks them up."""
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    colours = {"dk1": INK, "lt1": WHITE, "dk2": ACCENT, "lt2": PAPER, "hlink": SERIES[2], "folHlink": SOFT}
    colours |= {f"accent{number}": colour for number, colour in enumerate(SERIES, start=1)}
    xml = theme.blob.decode()
    for name, colour in colours.items():
        own = f'<a:{name}><a:srgbClr val="{hexadecimal(colour)}"/></a:{name}>'
        xml = re.sub(f"<a:{name}>.*?</a:{name}>", own, xml, count=1)
    theme.blob = xml.encode()


def _set_letters(deck: Deck) -> None:
    """Titles to the left and bold, texts of a size that fits the wide slide."""
    styles = deck.slide_master.element.find(qn("p:txStyles"))
    for name, sizes in _SIZES.items():
        for level, size in zip(styles.find(qn(f"p:{name}")), sizes, strict=False):
            level.set("algn", "l")
            letters = level.find(qn("a:defRPr"))
            letters.set("sz", str(size * 100))
            letters.set("b", "1" if name == "titleStyle" else "0")
    for shape in deck.slide_master.placeholders:
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = 0
        if shape.placeholder_format.type == PP_PLACEHOLDER.TITLE:
            frame.margin_top = frame.margin_bottom = 0
            frame.vertical_anchor = MSO_ANCHOR.TOP
        if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
            shape.element.find(f".//{qn('a:lvl1pPr')}").set("algn", "l")


def _darken(layout: SlideLayout) -> None:
    """White on the accent, for the slides that something begins with."""
    layout.background.fill.solid()
    layout.background.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
    style = (
        '<a:lstStyle xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:lvl1pPr marL="0" indent="0" '
        'algn="l"><a:buNone/><a:defRPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        "</a:lstStyle>"
    )
    for shape in list(layout.placeholders):
        old = shape.element.find(f".//{qn('a:lstStyle')}")
        if shape.placeholder_format.type in {PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.SUBTITLE}:
            old.getparent().replace(old, etree.fromstring(style))
        if shape.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE:
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM

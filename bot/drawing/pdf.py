"""A page of A4 to print: a PDF that says its title and nothing of who made it, where or when.

Its letters are those of the pictures, and the file holds those alone that are used. Lengths are in millimetres, sizes
of letters in points. Importing this module loads fpdf2.
"""

import logging

from fpdf import FPDF
from fpdf.output import OutputProducer, PDFInfo

from bot.drawing.paper import font_file
from bot.line_breaks import Measure

for _library in ("fpdf", "fontTools"):
    # They tell the letters of a text one by one, and what is written belongs in no log.
    logging.getLogger(_library).setLevel(logging.ERROR)

PAGE = (210.0, 297.0)
"""A4, upright."""
POINT = 25.4 / 72
"""Of the size of letters, in millimetres."""
TO_THE_BASE = 0.95
"""Of the size of the letters: how far the base of a line is below its top."""


_UNIT = 1_000
"""The size in which words are measured: all others are in proportion."""


class Page(FPDF):
    """A page to draw on."""

    def __init__(self) -> None:
        super().__init__(unit="mm", format="A4")
        self.widths: dict[tuple[str, str], float] = {}

    def file_id(self) -> None:
        """No identifier: of its own accord fpdf2 gives each file one that no other has."""


def a4(title: str) -> Page:
    """A page with that title in its properties; the weights of its letters are those of `font_file`."""
    pdf = Page()
    pdf.set_title(title)
    pdf.set_auto_page_break(False)
    for weight in ("Regular", "Semibold"):
        pdf.add_font(weight, fname=font_file(weight))
    pdf.add_page()
    return pdf


def measure(pdf: Page, weight: str, size: float) -> Measure:
    """How wide a text is in letters of that weight and size."""

    def width(text: str) -> float:
        known = pdf.widths.get((weight, text))
        if known is None:
            pdf.set_font(weight, size=_UNIT)
            known = pdf.widths[weight, text] = pdf.get_string_width(text) / _UNIT
        return known * size

    return width


def finished(pdf: Page) -> bytes:
    """The file: the same page gives the same bytes."""
    return bytes(pdf.output(output_producer_class=_Undated))


class _Undated(OutputProducer):
    """Of its own accord each file says when it was made."""

    def _add_info(self) -> PDFInfo:
        info = super()._add_info()
        info.creation_date = None  # type: ignore[assignment] # what is None is left out
        return info

"""A PDF with nothing in it but what is to be seen, searched and read aloud: no name, no date, no machine.

What is on a page can be tagged as a heading, a paragraph or a picture (ISO 32000-2, 14.8), for those who do not
see it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from fpdf import FPDF, ViewerPreferences
from fpdf.output import OutputProducer, PDFInfo

from bot.drawing.paper import font_file
from bot.line_breaks import Measure

for _library in ("fpdf", "fontTools"):
    # They tell the letters of a text one by one, and what is written belongs in no log.
    logging.getLogger(_library).setLevel(logging.ERROR)


PAGE = (210.0, 297.0)
"""A4, upright, in millimetres."""
POINT = 25.4 / 72
"""Of the size of letters, in millimetres."""
TO_THE_BASE = 0.95
"""Of the size of the letters: how far the base of a line is below its top."""
_UNIT = 1_000
"""The size in which words are measured: all others are in proportion."""


class Pdf(FPDF):
    """Pages of A4, in millimetres, that break where they are told to. The same calls give the same bytes."""

    def __init__(self, title: str) -> None:
        super().__init__(unit="mm", format="A4")
        self.set_title(title)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_auto_page_break(False)
        self.widths: dict[tuple[str, str], float] = {}

    def content(self) -> bytes:
        """The finished file."""
        return bytes(self.output(output_producer_class=_Undated))

    @contextmanager
    def tagged(self, kind: str) -> Iterator[None]:
        """What is written within is of that standard type, such as "H1" or "P"; it has to end on the same page."""
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{kind}", mcid=number)
        self._out(f"/{kind} <</MCID {number}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is written within says nothing, such as a line or the number of a page."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    def file_id(self) -> None:
        """None: of its own accord each file gets an identifier that no other has."""
        return


def a4(title: str) -> Pdf:
    """One page to draw on; the weights of its letters are those of `font_file`."""
    pdf = Pdf(title)
    for weight in ("Regular", "Semibold"):
        pdf.add_font(weight, fname=font_file(weight))
    pdf.add_page()
    return pdf


def measure(pdf: Pdf, weight: str, size: float) -> Measure:
    """How wide a text is in letters of that weight and size, in points."""

    def width(text: str) -> float:
        known = pdf.widths.get((weight, text))
        if known is None:
            pdf.set_font(weight, size=_UNIT)
            known = pdf.widths[weight, text] = pdf.get_string_width(text) / _UNIT
        return known * size

    return width


class _Undated(OutputProducer):
    """Of its own accord each file says when it was made."""

    def _add_info(self) -> PDFInfo:
        info = super()._add_info()
        info.creation_date = None  # type: ignore[assignment] # what is None is left out
        return info

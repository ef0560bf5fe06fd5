"""A deck as a file with nothing in it but what is seen: the same deck gives the same bytes.

Importing this module loads python-pptx.
"""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

_P14: Final = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_SECTIONS: Final = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
"""The extension that holds the list of sections ([MS-PPTX] 2.2.13)."""
_OF_THE_TEMPLATE: Final = {RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.THUMBNAIL}
"""What python-pptx brings along: the program, and a picture, of whoever made its template; and the printer."""
_LONGEST: Final = 255
"""Characters that python-pptx lets a title have in a file's properties."""
_NO_DAY: Final = (1980, 1, 1, 0, 0, 0)


def saved(deck: Deck, title: str, day: date) -> bytes:
    """The deck as a PPTX, made on that day and by nobody."""
    about = deck.core_properties
    about.title, about.author, about.last_modified_by, about.comments = title[:_LONGEST], "", "", ""
    about.created = about.modified = datetime.combine(day, time())
    for slide in deck.slides:
        _read_last(slide, {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER})
    for link in [each for each in deck.part.package.iter_rels() if each.reltype in _OF_THE_TEMPLATE]:
        deck.part.package.drop_rel(link.rId)
    for link in [each for each in deck.part.rels.values() if each.reltype == RELATIONSHIP_TYPE.PRINTER_SETTINGS]:
        deck.part.drop_rel(link.rId)
    file = BytesIO()
    deck.save(file)
    return undated(file.getvalue())


def _read_last(slide: Slide, kinds: set[PP_PLACEHOLDER]) -> None:
    """What is on every slide is read aloud after what is on this one: shapes are read in their order."""
    for shape in [each for each in slide.placeholders if each.placeholder_format.type in kinds]:
        slide.shapes.element.append(shape.element)


def undated(content: bytes) -> bytes:
    """A zip file (such as any of Office) without the hour at which each of its parts was written."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _NO_DAY), old.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def divide(deck: Deck, sections: Mapping[str, Sequence[Slide]]) -> None:
    """Divide the slides into sections, by their names: each can be folded, moved or removed as one in PowerPoint."""
    root = deck.part.presentation.element
    extensions = etree.SubElement(root, qn("p:extLst"))
    extension = etree.SubElement(extensions, qn("p:ext"), uri=_SECTIONS)
    found = etree.SubElement(extension, f"{{{_P14}}}sectionLst", nsmap={"p14": _P14})
    for name, slides in sections.items():
        number = f"{{{str(uuid5(NAMESPACE_URL, name)).upper()}}}"
        section = etree.SubElement(found, f"{{{_P14}}}section", name=name, id=number)
        listed = etree.SubElement(section, f"{{{_P14}}}sldIdLst")
        for slide in slides:
            etree.SubElement(listed, f"{{{_P14}}}sldId", id=str(slide.slide_id))

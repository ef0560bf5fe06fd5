"""The workbook with a link for each expected person, beside the names of the list that somebody sent.

Importing this module loads openpyxl; import it where it is used. Every name is a text, whatever it begins with.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from bot.rendering import plain_text, render
from bot.reports.safe import escaped
from conversations.inviting import letter
from conversations.messages import short
from conversations.model import Bilingual, Language
from locales.phrases import say

_HEADERS = (
    short("column of the list of links", "Name"),
    short("column of the list of links", "Invited as"),
    short("column of the list of links", "Link"),
    short("column of the list of links", "Message to send"),
)
_LINK = 3
_WIDTHS = {"A": 32, "B": 16, "C": 52, "D": 60}
_WRAPPED = Alignment(wrap_text=True, vertical="top")


@dataclass(slots=True)
class _Guest:
    name: str
    part: str = ""
    link: str = ""


def links_book(facts: Iterable[tuple[str, str]], language: Language) -> bytes:
    """The workbook; `facts` hold the titles, then of each person the name, the part if they have one, and the link."""
    facts = tuple(facts)
    known = dict(facts)
    title = Bilingual(known["title_en"], known["title_fr"])
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = say(short("name of a sheet", "Links"), language)
    _write(sheet, 1, [say(header, language) for header in _HEADERS])
    for row, guest in enumerate(_guests(facts, language), start=2):
        words = plain_text(render(letter(title, guest.link), language).paragraphs)
        _write(sheet, row, [guest.name, guest.part, guest.link, words])
        sheet.cell(row, _LINK).hyperlink = guest.link
    _lay_out(sheet)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _guests(facts: Iterable[tuple[str, str]], language: Language) -> Iterator[_Guest]:
    guest = None
    for name, value in facts:
        if name == "name":
            guest = _Guest(value)
        elif guest is not None and name == f"part_{language}":
            guest.part = value
        elif guest is not None and name == "link":
            guest.link = value
            yield guest


def _write(sheet: Worksheet, row: int, texts: Iterable[str]) -> None:
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column, escaped(text))
        # What begins with = would be taken for a formula.
        cell.data_type = "s"
        cell.alignment = _WRAPPED


def _lay_out(sheet: Worksheet) -> None:
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"

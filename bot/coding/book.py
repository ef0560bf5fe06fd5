"""The workbook that goes out to a coder: answers without anything that leads to anybody, and the codebook.

Importing this module loads openpyxl; import it where it is used. What people wrote is a text, whatever it begins with.
"""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.coding.layouts import ANSWERS, CODES, LAYOUTS, NO_CODE, READ_ME
from bot.reports.safe import escaped
from bot.workbook.codes_sheet import MOST_CODES
from conversations.coding import Codes, description_of
from conversations.messages import phrase
from conversations.model import Bilingual, Choice, Language, Words
from locales.phrases import say
from storage.coding import Written

_WRAPPED = Alignment(wrap_text=True, vertical="top")
_BOLD, _SHADED = Font(bold=True), PatternFill("solid", fgColor="DDEBF7")
_WIDTHS = {READ_ME: (70, 70), ANSWERS: (20, 90, 40, 40), CODES: (24, 36, 36, 48, 48)}
_NOTHING = Bilingual("", "")


def coding_book(
    question: Bilingual, answers: Sequence[Written], codes: Sequence[Choice], given: Mapping[int, Codes]
) -> bytes:
    """The workbook; `given` has the codes that the coder gave before, by the row's id of each answer."""
    book = Workbook()
    book.remove(book.worksheets[0])
    told = _told(question)
    _fill(book, READ_ME, [[say(each, language) for language in Language] for each in told])
    rows = [[each.id, each.text, _written(given.get(each.answer)), ""] for each in answers]
    sheet = _fill(book, ANSWERS, [LAYOUTS[ANSWERS].columns, *rows])
    _fill(book, CODES, [LAYOUTS[CODES].columns, *map(_code, codes)])
    _offer_codes(sheet, len(rows) + 1)
    book.active = 1
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _told(question: Bilingual) -> tuple[Words, ...]:
    return (
        Bilingual("English", "Français"),
        question,
        phrase(
            "This file holds what people wrote, in confidence. Keep it encrypted, show it to nobody who does not code, "
            "and delete it once it was taken back."
        ),
        phrase(
            "The ids lead to nobody. If you recognise somebody by what they wrote, keep it to yourself, and tell "
            "nobody which answer it is."
        ),
        phrase(
            "Read an answer and write the names of its codes into the column codes, with commas between: listening, "
            "rights. The list offers one; more can be typed."
        ),
        phrase("Write {sign} where no code applies. What is left empty counts as not coded yet.", sign=NO_CODE),
        phrase("Leave ids and answers as they are. The column note is yours alone: it is not taken over."),
        phrase(
            "If a theme comes back that no code names, add a row to the sheet codes: a short name in Latin letters, "
            "and what it is called in English and in French. Name nobody there, and quote nobody."
        ),
        phrase("Code alone. Talk the differences over only when both of you are done."),
    )


def _fill(book: Workbook, name: str, rows: Iterable[Sequence[str]]) -> Worksheet:
    sheet: Worksheet = book.create_sheet(name)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column, escaped(text) or None)
            cell.alignment = _WRAPPED
            if text:
                # What begins with = would be taken for a formula.
                cell.data_type = "s"
    for head in sheet[1]:
        head.font, head.fill = _BOLD, _SHADED
    for column, width in enumerate(_WIDTHS[name], start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    return sheet


def _written(codes: Codes | None) -> str:
    if codes is None:
        return ""
    return ", ".join(sorted(codes)) or NO_CODE


def _code(code: Choice) -> tuple[str, ...]:
    said = description_of(code) or _NOTHING
    return code.name, code.label.en, code.label.fr, said.en, said.fr


def _offer_codes(sheet: Worksheet, last: int) -> None:
    """A list of the codebook's names, rows that are added included; several with commas are right as well."""
    offered = DataValidation(
        type="list", formula1=f"={CODES}!$A$2:$A${MOST_CODES + 1}", allow_blank=True, showErrorMessage=False
    )
    offered.add(f"C2:C{max(last, 2)}")
    sheet.add_data_validation(offered)

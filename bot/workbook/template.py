"""The workbook to begin with: a small example in both languages, each column explained.

Importing this module loads openpyxl; import it where it is used.
"""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.workbook.example import SHEETS, Cell, Rows
from bot.workbook.guide import ASKED, COLUMNS, STEPS
from bot.workbook.guide_settings import SETTINGS
from bot.workbook.schedule_sheet import ANCHORS, KINDS
from conversations.model import Stage

_READ_ME = "read me"
_AUTHOR = "Suivi"
_BOLD = Font(bold=True)
_SHADED = PatternFill("solid", fgColor="DDEBF7")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_NARROW, _WIDE = 18, 48
_ROWS_TO_COME = 500
"""Rows of each sheet that offer the words to choose from."""

_WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("survey", "type"): (*("begin_group", "end_group", "begin_repeat", "end_repeat"), *ASKED),
    ("survey", "required"): ("yes",),
    ("survey", "read_only"): ("yes",),
    ("survey", "stage"): tuple(Stage),
    ("survey", "group_ok"): ("yes",),
    ("survey", "sensitive"): ("yes",),
    ("messages", "sensitive"): ("yes",),
    ("messages", "measured"): ("yes",),
    ("schedule", "kind"): KINDS,
    ("schedule", "anchor"): ANCHORS,
}
_OPEN = {("survey", "type"), ("survey", "required"), ("schedule", "anchor")}
"""Where other words are right as well: a list's name follows the type, a condition may require, an anchor be a date."""


@dataclass(frozen=True, slots=True)
class Basics:
    """What is known of an event before its workbook is filled in; days in ISO 8601, empty for what is not known."""

    code: str = ""
    title_en: str = ""
    title_fr: str = ""
    start: str = ""
    end: str = ""
    timezone: str = ""
    contact_en: str = ""
    contact_fr: str = ""


def write(path: Path, *, overwrite: bool = False) -> None:
    """Write the template to this path, which ends in .xlsx.

    Raises:
        ValueError: The path does not end in .xlsx.
        FileExistsError: There is such a file, and `overwrite` is false.
        OSError: The file cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise ValueError(f"{path.name} does not end in .xlsx")
    content = workbook(Basics())
    with path.open("wb" if overwrite else "xb") as file:
        file.write(content)


def workbook(basics: Basics) -> bytes:
    """The template as a file, with these basics in place of the example's."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _write_read_me(book.create_sheet(_READ_ME))
    for name, rows in SHEETS.items():
        _write_sheet(book.create_sheet(name), _filled(name, rows, basics))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _filled(sheet: str, rows: Rows, basics: Basics) -> Rows:
    """The rows of a sheet with what is known of the event."""
    if sheet == "settings":
        header, row = rows
        known = {"form_title": basics.title_en, "form_id": basics.code}
        return header, tuple(known.get(str(name)) or cell for name, cell in zip(header, row, strict=True))
    if sheet != "event":
        return rows
    dates = {"start": basics.start, "end": basics.end}
    values: dict[str, Cell] = {"code": basics.code, "timezone": basics.timezone}
    values |= {name: date.fromisoformat(day) for name, day in dates.items() if day}
    texts = {"title": (basics.title_en, basics.title_fr), "contact": (basics.contact_en, basics.contact_fr)}
    return tuple(_filled_row(row, values, texts) for row in rows)


def _filled_row(row: tuple[Cell, ...], values: dict[str, Cell], texts: dict[str, tuple[str, str]]) -> tuple[Cell, ...]:
    setting = str(row[0])
    if values.get(setting):
        return (setting, values[setting], "", "")
    if any(texts.get(setting, ())):
        return (setting, "", *texts[setting])
    return row


def _write_read_me(sheet: Worksheet) -> None:
    sheet.append(("", "", "English", "Français"))
    for number, step in enumerate(STEPS, start=1):
        sheet.append((str(number), "", step.en, step.fr))
    sheet.append(())
    sheet.append(("sheet", "column", "English", "Français"))
    headings = [1, sheet.max_row]
    for name, columns in COLUMNS.items():
        for column, meaning in columns.items():
            sheet.append((name, column, meaning.en, meaning.fr))
    sheet.append(())
    sheet.append(("sheet", "setting", "English", "Français"))
    headings.append(sheet.max_row)
    for setting, meaning in SETTINGS.items():
        sheet.append(("event", setting, meaning.en, meaning.fr))
    for row in headings:
        _head(sheet, row)
    _lay_out(sheet, (_NARROW, _NARROW, _WIDE + 20, _WIDE + 20))
    sheet.freeze_panes = "A2"


def _write_sheet(sheet: Worksheet, rows: Rows) -> None:
    for row in rows:
        sheet.append(tuple(cell or None for cell in row))
    headers = [str(header) for header in rows[0]]
    _head(sheet, 1)
    for index, header in enumerate(headers, start=1):
        base = header.partition("::")[0]
        meaning = COLUMNS[sheet.title][base]
        sheet.cell(1, index).comment = Comment(f"{meaning.en}\n\n{meaning.fr}", _AUTHOR, height=160, width=360)
        words = _WORDS.get((sheet.title, base))
        if words:
            _offer(sheet, get_column_letter(index), words, only=(sheet.title, base) not in _OPEN)
    _lay_out(sheet, tuple(_WIDE if "::" in header else _NARROW for header in headers))
    sheet.freeze_panes = "A2"


def _offer(sheet: Worksheet, column: str, words: tuple[str, ...], *, only: bool) -> None:
    choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=only)
    choice.add(f"{column}2:{column}{_ROWS_TO_COME}")
    sheet.add_data_validation(choice)


def _head(sheet: Worksheet, row: int) -> None:
    for cell in sheet[row]:
        cell.font = _BOLD
        cell.fill = _SHADED


def _lay_out(sheet: Worksheet, widths: tuple[int, ...]) -> None:
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = _WRAPPED

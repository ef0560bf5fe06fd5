"""Event packs and XLSForms (.xlsx, .xls, .csv or Markdown tables) read into an Event, with every fault named."""

from datetime import date
from pathlib import Path

from bot.workbook.draft import Draft, Places
from bot.workbook.errors import ContentError, ContentErrors, Remark, RemarkKind
from conversations.model import Event

__all__ = ["ContentError", "ContentErrors", "Draft", "Places", "Remark", "RemarkKind", "read", "read_draft"]


def read(path: Path) -> Event:
    """The event that this pack or form holds, without the bytes of its pictures (see `Draft.files`).

    Args:
        path: A workbook of at most 10 MB: .xlsx, .xls, .csv or .md; its content decides, not its ending.

    Raises:
        ContentErrors: With every fault of the file, each with its sheet, row and column and what to do about it.
    """
    return read_draft(path).whole()


def read_draft(path: Path, today: date | None = None) -> Draft:
    """The same with all that there is to say of the file, be it read or not. Raises nothing for what it holds.

    With `today`, what says that it was done on a later day is a fault: a trial, which is played at another time than
    this, does without.
    """
    # The readers of forms and workbooks take long to import, and a running bot seldom needs them.
    from bot.workbook.reading import read_file  # noqa: PLC0415

    return read_file(path, today)

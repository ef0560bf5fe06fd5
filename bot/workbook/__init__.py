"""Event packs: workbooks (.xlsx or Markdown tables) read into an Event, with every fault named."""

from pathlib import Path

from bot.workbook.errors import ContentError, ContentErrors
from conversations.model import Event

__all__ = ["ContentError", "ContentErrors", "read"]


def read(path: Path) -> Event:
    """The event that this pack holds.

    Args:
        path: A workbook of at most 10 MB, .xlsx or .md.

    Raises:
        ContentErrors: With every fault of the pack, each with its sheet, row and column and what to do about it.
    """
    # The readers of forms and workbooks take long to import, and a running bot seldom needs them.
    from bot.workbook.pack import read_pack  # noqa: PLC0415

    return read_pack(path)

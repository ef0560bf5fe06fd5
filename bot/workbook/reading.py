"""Any file that somebody hands in: a pack or a form, read as far as it goes."""

from datetime import date
from pathlib import Path

from bot.workbook.draft import Draft
from bot.workbook.errors import Faults
from bot.workbook.form import read_form
from bot.workbook.pack import is_pack, read_pack
from bot.workbook.sheets import read_sheets
from conversations.messages import phrase


def read_file(path: Path, today: date | None) -> Draft:
    """What the file holds, and everything that there is to say of it; `today` as in `bot.workbook.read_draft`."""
    faults = Faults(path.name)
    try:
        sheets = read_sheets(path, faults)
        # Without its sheets there is nothing more to say of a file.
        if faults.found and not sheets:
            return Draft(path.name, None, faults.found, faults.remarks)
        if is_pack(sheets):
            return read_pack(path, sheets, faults, today)
        return read_form(path, sheets, faults)
    except Exception as error:  # noqa: BLE001 # nothing that a file holds may end in a traceback in front of its author
        problem = phrase("the file cannot be understood ({error})", error=type(error).__name__)
        remedy = phrase("copy its rows into a new workbook, and take out half of them to find the row that does it")
        faults.add(problem, remedy)
        return Draft(path.name, None, faults.found, faults.remarks)

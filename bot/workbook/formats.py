"""Which kind of file it is: its content decides, since endings are often wrong."""

import re

from bot.workbook import commas, excel, markdown, old_excel
from bot.workbook.encoding import LOOK_AT_ACCENTS, READ_AS_1252, SAVE_AS_UTF_8, text_of
from bot.workbook.errors import Faults, RemarkKind
from bot.workbook.grid import Grid
from conversations.messages import phrase
from conversations.model import Phrase

_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0"
"""How .xls files begin, and .xlsx files with a password: both are OLE containers ([MS-OFFCRYPTO] 1.3.2)."""
_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08]")
"""How .xls files of the early nineties begin, which had no container yet."""
_NEITHER = phrase("this is not an Excel workbook, and no text either")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_COPY = phrase("copy its table into an Excel workbook (.xlsx)")
_SAVE = phrase("save it as an Excel workbook (.xlsx)")
_A_WORD_DOCUMENT = phrase("this is a Word document")
_OTHER_PROGRAMS = {"WordDocument": _A_WORD_DOCUMENT, "PowerPoint Document": phrase("this is a presentation")}
"""Streams in the OLE containers of other programs of Office ([MS-DOC] 2.1, [MS-PPT] 2.1)."""


def grids(content: bytes, wanted: frozenset[str], faults: Faults) -> list[Grid]:
    """The wanted sheets (names in lower case) with their cells as texts, and the others perhaps by name only.

    A file with one sheet gives that one, whatever its name.
    """
    found = _of_workbook(content, wanted, faults)
    if found is not None:
        return found
    text = _text(content, faults)
    if text is None:
        return []
    return markdown.grids(text, faults) if _has_tables(text) else commas.grids(text, faults)


def plain_grids(content: bytes, faults: Faults) -> list[Grid]:
    """All sheets of a workbook, or the one table of a text with commas. Raises csv.Error."""
    found = _of_workbook(content, None, faults)
    if found is not None:
        return found
    text = _text(content, faults)
    return [commas.plain_grid(text, faults)] if text is not None else []


def _of_workbook(content: bytes, wanted: frozenset[str] | None, faults: Faults) -> list[Grid] | None:
    """The sheets of a file of Excel's, none after a fault; None for any other file."""
    if content.startswith(_ZIP):
        return excel.grids(content, wanted, faults)
    if content.startswith(_OLE) and _ENCRYPTED in content:
        remedy = phrase("take the password off and save it as an Excel workbook (.xlsx)")
        faults.add(phrase("this is a workbook with a password"), remedy)
    elif content.startswith(_OLE) and (other := _other_program(content)):
        faults.add(other, _COPY)
    elif content.startswith(_OLE) or _BIFF.match(content):
        return old_excel.grids(content, wanted, faults)
    else:
        return None
    return []


def _other_program(content: bytes) -> Phrase | None:
    return next((what for stream, what in _OTHER_PROGRAMS.items() if stream.encode("utf-16-le") in content), None)


def _text(content: bytes, faults: Faults) -> str | None:
    if not content.strip():
        faults.add(phrase("the file is empty"), phrase("check that it is the right one, and save it again"))
        return None
    if content.startswith(b"%PDF-"):
        remedy = phrase("take the workbook that it was made from, or copy its table into one (.xlsx)")
        faults.add(phrase("this is a PDF"), remedy)
        return None
    if content.startswith(b"{\\rtf"):
        faults.add(_A_WORD_DOCUMENT, _COPY)
        return None
    start = content[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<?xml", b"<h:html", b"<html", b"<!doctype", b"<table")):
        remedy = phrase("take the XLSForm that it was made from, or save it as an Excel workbook (.xlsx)")
        faults.add(phrase("this is a page or an XForm, not a workbook"), remedy)
        return None
    try:
        text, guessed = text_of(content)
        if guessed and _has_tables(text):
            content.decode()  # Excel saves no Markdown: there is no telling who did, and in what
    except UnicodeDecodeError as error:
        if b"\0" in content:
            faults.add(_NEITHER, _SAVE)
        else:
            bad_line = content[: error.start].count(b"\n") + 1
            faults.add(phrase("the file is not UTF-8 text"), SAVE_AS_UTF_8, row=bad_line)
        return None
    if "\0" in text:
        faults.add(_NEITHER, _SAVE)
        return None
    if guessed:
        faults.remark(RemarkKind.NOTE, READ_AS_1252, LOOK_AT_ACCENTS)
    return text


def _has_tables(text: str) -> bool:
    return any(line.lstrip().startswith("|") for line in text.split("\n"))

"""The second opinion of pyxform, the reference reader of XLSForm, on settings, survey and choices."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from bot.workbook.columns import LAYOUTS, understood
from bot.workbook.errors import Faults
from bot.workbook.kinds import Role, kind_of
from bot.workbook.sheets import Sheet
from conversations.messages import phrase
from conversations.model import Phrase

_SHEETS = ("settings", "survey", "choices", "external_choices", "entities", "osm")
_ROW = re.compile(r"\[row : (\d+)\]\s*")
_NAMED_SHEET = re.compile(r"'(settings|survey|choices|external_choices|entities)'")
_QUOTED = re.compile(r"['\[]([^'\[\]]+)['\]]")
_WORDED = re.compile(r"\s*(label|caption|hint|media)", re.IGNORECASE)
_HINT = "hint"
_LONGEST_PROBLEM = 300
_ROOT = "suivi_form"
"""What pyxform calls the whole form; a question may not have the same name."""


Form = dict[str, Any]
"""A form as pyxform's own readers give it."""


def check_xlsform(sheets: Mapping[str, Sheet], faults: Faults, *, plain: bool = False) -> None:
    """Add what pyxform finds and our own checks did not. It stops at its first fault.

    `plain` is for a form that is no pack, whose headers are pyxform's affair.
    """
    if "survey" not in sheets:
        return
    from pyxform.errors import PyXFormError  # noqa: PLC0415 # slow to import, and only reading a pack needs it
    from pyxform.xls2xform import convert  # noqa: PLC0415

    form = _as_pyxform(sheets, plain=plain)
    try:
        convert(deepcopy(form), form_name=_ROOT)
    except PyXFormError as error:
        said = str(error)
        words = " ".join(_ROW.sub("", said).split())[:_LONGEST_PROBLEM]
        _add(phrase("the form checker pyxform says: {words}", words=words), said, form, sheets, faults)
    except Exception as error:  # noqa: BLE001 # odd content makes it fail in ways of its own, all of them the content's
        _add(phrase("pyxform cannot convert it ({error})", error=type(error).__name__), "", form, sheets, faults)


def _as_pyxform(sheets: Mapping[str, Sheet], *, plain: bool) -> Form:
    """The form that pyxform gives its own readers' results: for each sheet a header and a dict for each row."""
    form: Form = {"sheet_names": [name for name in _SHEETS if name in sheets]}
    for name in _SHEETS:
        if name in sheets:
            headers = _headers(sheets[name], plain=plain)
            form[f"{name}_header"] = [dict.fromkeys(header for header in headers if header)]
            form[name] = [
                {header: cell for header, cell in zip(headers, row.cells, strict=False) if header and cell}
                for row in sheets[name].rows
            ]
    if plain:
        _let_pass(form)
    return form


def _let_pass(form: Form) -> None:
    """Take from pyxform what it refuses and a chat does without: types of other platforms, questions without words."""
    header = form["survey_header"][0]
    types = [written for written in header if written.lower() == "type"]
    worded = [written for written in header if _WORDED.match(written)]
    header.setdefault(_HINT)
    for index, row in enumerate(form["survey"]):
        kinds = [kind_of(row[written]) for written in types if written in row]
        if any(kind.foreign for kind in kinds):
            # An empty row keeps its counting right.
            form["survey"][index] = {}
        elif any(kind.role is Role.QUESTION for kind in kinds) and not any(written in row for written in worded):
            row[_HINT] = "-"


def _headers(sheet: Sheet, *, plain: bool) -> tuple[str, ...]:
    if plain or sheet.name not in LAYOUTS:
        return tuple(" ".join(header.split()) for header in sheet.header)
    return understood(sheet, LAYOUTS[sheet.name], Faults(""))


def _add(problem: Phrase, said: str, form: Form, sheets: Mapping[str, Sheet], faults: Faults) -> None:
    """Keep the problem, at the place that the words of pyxform name; it has none when it stumbles."""
    named = _NAMED_SHEET.search(said)
    numbered = _ROW.search(said)
    name = named[1] if named and named[1] in sheets else "survey"
    number = int(numbered[1]) if numbered else _row_of(said, form) if said and name == "survey" else None
    row = _author_s_row(sheets[name], number) if number is not None else None
    ours = [fault for fault in faults.found if fault.sheet in _SHEETS]
    # A column that is missing makes pyxform stumble over every row below it.
    told = (row, sheets[name].header_row)
    if any(row is None or (fault.sheet == name and fault.row in told) for fault in ours):
        return
    faults.add(problem, phrase("correct it as the XLSForm reference says (xlsform.org)"), sheet=name, row=row)


def _author_s_row(sheet: Sheet, number: int) -> int | None:
    """The author's number for pyxform's, which counts the header as 1 and no empty rows."""
    index = number - 2
    return sheet.rows[index].number if 0 <= index < len(sheet.rows) else None


def _row_of(message: str, form: Form) -> int | None:
    """The row of the survey that pyxform speaks of without its number: the one it names, or the first that it refuses.

    It goes from row to row, so a form that is cut off above the row gives another message, or none.
    """
    rows = form["survey"]
    for quoted in _QUOTED.findall(message):
        for index, row in enumerate(rows):
            if quoted in row.values() or any(f"${{{quoted}}}" in cell for cell in row.values()):
                return index + 2
    if _complaint({**form, "survey": rows[:0]}) == message or _complaint(form) != message:
        return None
    return (
        bisect_left(range(len(rows)), True, key=lambda end: _complaint({**form, "survey": rows[: end + 1]}) == message)
        + 2
    )


def _complaint(form: Form) -> str:
    from pyxform.errors import PyXFormError  # noqa: PLC0415 # as above
    from pyxform.xls2json import workbook_to_json  # noqa: PLC0415
    from pyxform.xls2json_backends import DefinitionData  # noqa: PLC0415

    try:
        workbook_to_json(DefinitionData(**deepcopy(form)), form_name=_ROOT)
    except PyXFormError as error:
        return str(error)
    except Exception:  # noqa: BLE001 # what it does to half a form is no matter
        return ""
    return ""

"""The cells of a question that say how it is to be asked: required, default, range, order of the options."""

import re
from decimal import Decimal, InvalidOperation

from bot.workbook.errors import RemarkKind
from bot.workbook.lines import YES, Line
from bot.workbook.wording import quoted, to_write
from conversations.messages import phrase
from conversations.model import QuestionType, Range

_PAIR = re.compile(r"([^\s=,;]+)\s*=\s*([^\s=,;]+)")
_BARE = re.compile(r"[\w -]*")
_CONSTANTS = {"true()": True, "false()": False}
_FIRST, _LAST, _STEP = "1", "10", "1"
"""The range of a question that names none (XLSForm reference, "Range")."""


def parameters_of(line: Line) -> dict[str, str]:
    """The pairs of the cell `parameters`: start=0 end=10 step=2."""
    return {key.lower(): value for key, value in _PAIR.findall(line["parameters"])}


def requirement(line: Line) -> tuple[bool, str]:
    """Whether an answer is always required, and else the expression that decides."""
    written = line.expression("required")
    if written.lower() in _CONSTANTS:
        return _CONSTANTS[written.lower()], ""
    if written.lower() in YES or _BARE.fullmatch(written):
        return line.yes("required"), ""
    return False, written


def is_read_only(line: Line) -> bool:
    """Whether people only see the value."""
    written = line.expression("read_only").lower()
    if written in _CONSTANTS:
        return _CONSTANTS[written]
    if written in YES or _BARE.fullmatch(written):
        return line.yes("read_only")
    problem = phrase("a condition here is not looked at: people may answer")
    line.remark(RemarkKind.NOTE, "read_only", problem, to_write("yes"))
    return False


def default_of(line: Line, type_: QuestionType) -> str:
    """The default as an expression: fixed values in quotes, since a chat computes each default."""
    from pyxform.utils import default_is_dynamic  # noqa: PLC0415 # slow to import, and only reading a file needs it

    written = line.expression("default")
    if not written:
        return ""
    if "last-saved#" in written:
        problem = phrase("a chat does not know the answers of another form")
        line.remark(RemarkKind.SKIPPED, "default", problem, phrase("empty it"))
        return ""
    if default_is_dynamic(written, str(type_)):
        return written
    return literal(line["default"])


def literal(text: str) -> str:
    """A text as an expression."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = ', "\'", '.join(f"'{part}'" for part in text.split("'"))
    return f"concat({parts})"


def range_of(line: Line) -> Range | None:
    """The numbers of a range question; None, and a fault, for what is none."""
    given = parameters_of(line)
    first, last, step = (given.get(key, usual) for key, usual in (("start", _FIRST), ("end", _LAST), ("step", _STEP)))
    try:
        distance, stride = abs(Decimal(last) - Decimal(first)), abs(Decimal(step))
        if not distance.is_finite() or not 0 < stride <= distance:
            raise InvalidOperation
    except InvalidOperation:
        problem = phrase("{written} is not a range", written=quoted(line["parameters"]))
        line.fault("parameters", problem, to_write("start=0 end=10 step=1"))
        return None
    return Range(first, last, step)

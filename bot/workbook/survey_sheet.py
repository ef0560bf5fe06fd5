"""The sheet `survey`: its groups, and the rows that are questions."""

from dataclasses import dataclass, field

from bot.workbook.errors import Faults
from bot.workbook.lines import Line, lines_of, unique
from bot.workbook.sheets import Sheet
from bot.workbook.wording import nearest, quoted
from conversations.model import QuestionType

PROFILE = "profile"
"""The group whose questions are asked once, when somebody joins."""
MOST_QUESTIONS = 10
"""Questions of one micro-survey: more are not answered on a phone. Four or fewer is what the guide advises."""

_BEGIN, _END = "begin_group", "end_group"
_SELECTS = (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE)
_TYPES = {
    "integer": QuestionType.INTEGER,
    "int": QuestionType.INTEGER,
    "text": QuestionType.TEXT,
    "string": QuestionType.TEXT,
    "note": QuestionType.NOTE,
}
_CARRIED = "a chat carries select_one LIST, select_multiple LIST, integer, text and note, in begin_group and end_group"


@dataclass(frozen=True, slots=True)
class Entry:
    """A question's row; `type` is None when it is not known, `list_name` is empty for all but choice questions."""

    line: Line
    type: QuestionType | None
    list_name: str = ""


@dataclass(slots=True)
class Group:
    """A micro-survey's rows; `line` is that of its begin_group, None for a form without groups."""

    name: str
    line: Line | None
    entries: list[Entry] = field(default_factory=list)


def read_groups(sheet: Sheet | None, faults: Faults) -> list[Group]:
    """The top-level groups in their order; a form without groups is one group without a name."""
    lines = lines_of(sheet, faults)
    words = [line["type"].replace("begin group", _BEGIN).replace("end group", _END).split() for line in lines]
    grouped = any(word[:1] == [_BEGIN] for word in words)
    groups: list[Group] = []
    loose = Group("", None)
    stack: list[Line] = []
    for line, word in zip(lines, words, strict=True):
        if word[:1] == [_BEGIN]:
            _begin(line, stack, groups)
        elif word[:1] == [_END]:
            if not stack:
                line.fault("type", "this end_group ends no group", "take the row out, or add begin_group above")
            stack = stack[:-1]
        else:
            (groups[-1] if stack else loose).entries.append(_entry(line, word))
            if grouped and not stack:
                line.fault(
                    "type", "this question stands outside every group", "move it between begin_group and end_group"
                )
    for line in stack:
        line.fault("type", "this group has no end", "add a row end_group below its questions")
    found = groups if grouped else [loose] if loose.entries else []
    _check(found, lines)
    return found


def _begin(line: Line, stack: list[Line], groups: list[Group]) -> None:
    if stack:
        line.fault("type", "a group inside a group cannot be shown in a chat", "end the group above it first")
    else:
        groups.append(Group(line.name(), line))
    for column in ("relevant", "required", "constraint", "stage", "group_ok", "sensitive"):
        if line[column]:
            line.fault(column, f"a group has no {column}", f"write {column} at each of its questions")
    stack.append(line)


def _entry(line: Line, word: list[str]) -> Entry:
    written = " ".join(word)
    kind = "_".join(word[:2]) if word[:1] == ["select"] else written.split(" ")[0]
    rest = word[2:] if word[:1] == ["select"] else word[1:]
    for select in _SELECTS:
        if kind == select:
            if len(rest) == 1:
                return Entry(line, select, rest[0])
            remedy = f"write {select} and the name of one list, such as {select} agreement"
            line.fault("type", f"{quoted(written)} does not name one list of choices", remedy)
            return Entry(line, None)
    if kind in _TYPES and not rest:
        return Entry(line, _TYPES[kind])
    if line.filled("type", f"write what it is: {_CARRIED}"):
        meant = nearest(kind, (*_TYPES, *_SELECTS, _BEGIN, _END))
        advice = f"write {meant}" if meant and meant != kind else f"take the row out or change it: {_CARRIED}"
        line.fault("type", f"a chat cannot carry {quoted(written)}", advice)
    return Entry(line, None)


def _check(groups: list[Group], lines: tuple[Line, ...]) -> None:
    unique(line for line in lines if line["name"] and not line["type"].startswith(("begin", "end")))
    unique(group.line for group in groups if group.line)
    for group in groups:
        first = group.line or group.entries[0].line
        if not group.entries:
            first.fault("name", f"the group {quoted(group.name)} has no questions", "add some, or take the group out")
        if len(group.entries) > MOST_QUESTIONS:
            problem = f"{len(group.entries)} questions at once are too many for a phone"
            first.fault("type", problem, f"cut it into groups of at most {MOST_QUESTIONS}, better four or fewer")

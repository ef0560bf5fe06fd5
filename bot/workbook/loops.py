"""Loops, an old form of XLSForm: the same questions once for each option of a list, written out as groups."""

from collections.abc import Iterator
from dataclasses import replace

from bot.workbook.choices_sheet import ChoiceLists, choices_of
from bot.workbook.columns import FRENCH, in_both
from bot.workbook.form_lines import FormLine
from bot.workbook.kinds import Kind, Role, kind_of
from conversations.messages import phrase
from conversations.model import Choice, Language

MOST_ROWS = 2_000
"""Rows that a loop may come to."""

_LOOP = "loop"
_BEGIN, _END = "begin group", "end group"


def written_out(lines: tuple[FormLine, ...], lists: ChoiceLists) -> tuple[FormLine, ...]:
    """The rows with a group in the place of each loop, in it a group for each option with the rows of the loop.

    `%(name)s` and `%(label)s` in a row stand for those of the option.
    """
    return tuple(_written_out(list(lines), lists))


def _written_out(lines: list[FormLine], lists: ChoiceLists) -> Iterator[FormLine]:
    place = 0
    while place < len(lines):
        line, kind = lines[place], kind_of(lines[place]["type"])
        end = _end(lines, place) if _is(kind, Role.BEGIN) else None
        if end is None:
            yield line
            place += 1
            continue
        yield _of_type(line, _BEGIN)
        inner = list(_written_out(lines[place + 1 : end], lists))
        for choice in _options(line, kind, len(inner), lists):
            yield _titled(line, choice)
            yield from (_filled(each, choice) for each in inner)
            yield _of_type(line, _END)
        yield _of_type(lines[end], _END)
        place = end + 1


def _options(line: FormLine, kind: Kind, rows: int, lists: ChoiceLists) -> tuple[Choice, ...]:
    """The options of a loop; as with pyxform, "none" is none of them."""
    options = tuple(each for each in choices_of(line, "type", kind.list_name, lists) if each.name != "none")
    if rows * len(options) > MOST_ROWS:
        problem = phrase("written out, this loop has more than {most} rows", most=MOST_ROWS)
        line.fault("type", problem, phrase("use begin_repeat"))
        return ()
    return options


def _is(kind: Kind, role: Role) -> bool:
    return kind.role is role and kind.control == _LOOP


def _end(lines: list[FormLine], begin: int) -> int | None:
    """Where the loop that begins there ends; None when it does not."""
    depth = 0
    for place in range(begin, len(lines)):
        kind = kind_of(lines[place]["type"])
        depth += _is(kind, Role.BEGIN) - _is(kind, Role.END)
        if depth == 0:
            return place
    return None


def _of_type(line: FormLine, type_: str) -> FormLine:
    return replace(line, cells={**line.cells, "type": type_})


def _titled(line: FormLine, choice: Choice) -> FormLine:
    labels = {
        column: choice.label.in_language(language) for language, column in zip(Language, in_both("label"), strict=True)
    }
    return replace(line, cells={"type": _BEGIN, "name": choice.name, **labels}, others={}, media=())


def _filled(line: FormLine, choice: Choice) -> FormLine:
    cells = {
        column: _put(text, choice, Language.FR if column.endswith(FRENCH) else Language.EN)
        for column, text in line.cells.items()
    }
    others = {base: _put(text, choice, Language.EN) for base, text in line.others.items()}
    return replace(line, cells=cells, others=others)


def _put(text: str, choice: Choice, language: Language) -> str:
    return text.replace("%(name)s", choice.name).replace("%(label)s", choice.label.in_language(language))

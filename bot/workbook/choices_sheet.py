"""The sheet `choices`: lists of options for surveys and for recall questions."""

from bot.workbook.columns import in_both
from bot.workbook.errors import Faults
from bot.workbook.lines import Line, lines_of, unique
from bot.workbook.sheets import Sheet
from bot.workbook.wording import nearest, quoted
from bot.workbook.zones import is_zone, nearest_zone
from conversations.model import Choice, Language

LONGEST_LABEL = 60
"""Characters of a button that still reads on a small phone."""
MOST_CHOICES = 90
"""Options of one list: a keyboard of Telegram holds 100 buttons, some of which lead back, on or out."""

ChoiceLists = dict[str, tuple[Choice, ...]]


def read_choices(sheet: Sheet | None, faults: Faults) -> ChoiceLists:
    """The options of each list, in the order of the sheet."""
    lists: dict[str, list[Line]] = {}
    for line in lines_of(sheet, faults):
        lists.setdefault(line.name("list_name"), []).append(line)
    return {name: _choices(name, lines) for name, lines in lists.items()}


def choices_of(line: Line, column: str, list_name: str, lists: ChoiceLists) -> tuple[Choice, ...]:
    """The options that a row of another sheet names; a list that is not there is a fault of that row."""
    if list_name and list_name not in lists:
        meant = nearest(list_name, [name for name in lists if name], alike=0.6)
        remedy = f"write {meant}" if meant else "add its options to the sheet choices"
        line.fault(column, f"there is no list of choices {quoted(list_name)}", remedy)
    return lists.get(list_name, ())


def _choices(name: str, lines: list[Line]) -> tuple[Choice, ...]:
    unique(lines)
    if len(lines) > MOST_CHOICES:
        problem = f"the list {quoted(name)} has {len(lines)} options, and {MOST_CHOICES} are allowed"
        lines[MOST_CHOICES].fault("list_name", problem, "make the list shorter")
    choices = [_choice(line) for line in lines]
    _alike(lines, choices)
    return tuple(choices)


def _choice(line: Line) -> Choice:
    label = line.bilingual("label", longest=LONGEST_LABEL, lines=False)
    zones = tuple(line["timezone"].split())
    for zone in zones:
        if not is_zone(zone):
            line.fault("timezone", f"{quoted(zone)} is not a time zone", f"write {nearest_zone(zone)}")
    return Choice(line.name(choice=True), label, zones)


def _alike(lines: list[Line], choices: list[Choice]) -> None:
    """Two options of one list that read the same: nobody could tell which button to tap."""
    for language, column in zip(Language, in_both("label"), strict=True):
        seen: set[str] = set()
        for line, choice in zip(lines, choices, strict=True):
            label = choice.label.in_language(language).casefold()
            if label and label in seen:
                line.fault(column, f"another option of this list reads {quoted(label)} too", "word them differently")
            seen.add(label)

"""The sheet `choices`: lists of options for surveys and for recall questions."""

from collections.abc import Iterable

from bot.workbook.columns import in_both
from bot.workbook.errors import RemarkKind
from bot.workbook.figures import counts_as
from bot.workbook.lines import Line, unique
from bot.workbook.wording import nearest, quoted, to_write
from bot.workbook.zones import is_zone, zone_remedy
from conversations.messages import phrase
from conversations.model import Bilingual, Choice, Language

LONGEST_LABEL = 200
"""Characters of an option: one that is too long for a button stands in a numbered list."""
MOST_CHOICES = 500
"""Options of one list in a pack: a chat shows them on pages and finds them by what is typed."""
MOST_IN_FORMS = 10_000

ChoiceLists = dict[str, tuple[Choice, ...]]

_OURS = ("list_name", "name", "timezone", "counts_as", *in_both("label"))


def read_choices(lines: Iterable[Line], *, plain: bool = False, repeated: bool = False) -> ChoiceLists:
    """The options of each list, in the order of the sheet.

    `plain` is for the lists of a form that is no pack; `repeated` when it says that a name may stand twice in a list.
    """
    lists: dict[str, list[Line]] = {}
    for line in lines:
        lists.setdefault(_list_name(line, plain=plain), []).append(line)
    if plain:
        return {name: _as_they_are(name, rows, repeated=repeated) for name, rows in lists.items() if name}
    return {name: _choices(name, rows) for name, rows in lists.items()}


def choices_of(line: Line, column: str, list_name: str, lists: ChoiceLists) -> tuple[Choice, ...]:
    """The options that a row of another sheet names; a list that is not there is a fault of that row."""
    if list_name and list_name not in lists:
        meant = nearest(list_name, [name for name in lists if name], alike=0.6)
        remedy = to_write(meant) if meant else phrase("add its options to the sheet choices")
        line.fault(column, phrase("there is no list of choices {list}", list=quoted(list_name)), remedy)
    return lists.get(list_name, ())


def _list_name(line: Line, *, plain: bool) -> str:
    return line["list_name"] if plain else line.name("list_name")


def _choices(name: str, lines: list[Line]) -> tuple[Choice, ...]:
    unique(lines)
    if len(lines) > MOST_CHOICES:
        _too_long(name, lines, MOST_CHOICES)
    choices = [_choice(line) for line in lines]
    _alike(lines, choices)
    return tuple(choices)


def _choice(line: Line) -> Choice:
    label = line.bilingual("label", longest=LONGEST_LABEL, lines=False)
    return Choice(line.name(choice=True), label, _zones(line), _columns(line), counts_as(line, plain=False))


def _zones(line: Line) -> tuple[str, ...]:
    zones = tuple(line["timezone"].split())
    for zone in zones:
        if not is_zone(zone):
            line.fault("timezone", phrase("{zone} is not a time zone", zone=quoted(zone)), zone_remedy(zone))
    return zones


def _columns(line: Line) -> tuple[tuple[str, str], ...]:
    return tuple((column, text) for column, text in line.cells.items() if column not in _OURS)


def _as_they_are(name: str, lines: list[Line], *, repeated: bool) -> tuple[Choice, ...]:
    if not repeated:
        unique(lines)
    if len(lines) > MOST_IN_FORMS:
        _too_long(name, lines, MOST_IN_FORMS)
    return tuple(_as_it_is(line) for line in lines)


def _too_long(name: str, lines: list[Line], most: int) -> None:
    problem = phrase(
        "the list {list} has {count} options, and {most} are allowed", list=quoted(name), count=len(lines), most=most
    )
    lines[most].fault("list_name", problem, phrase("make the list shorter"))


def _as_it_is(line: Line) -> Choice:
    name, label = line.name(choice=True), line.bilingual("label")
    if not label.en:
        problem = phrase("this option has no words: its name is shown")
        line.remark(RemarkKind.NOTE, "label", problem, phrase("write its label"))
        label = Bilingual(name, name)
    elif max(map(len, (label.en, label.fr))) > LONGEST_LABEL:
        problem = phrase("an option of more than {most} characters is hard to read in a chat", most=LONGEST_LABEL)
        line.remark(RemarkKind.NOTE, "label", problem, phrase("shorten it"))
    zones = tuple(zone for zone in line["timezone"].split() if is_zone(zone))
    return Choice(name, label, zones, _columns(line), counts_as(line, plain=True))


def _alike(lines: list[Line], choices: list[Choice]) -> None:
    """Two options of one list that read the same: nobody could tell which button to tap."""
    for language, column in zip(Language, in_both("label"), strict=True):
        seen: set[str] = set()
        for line, choice in zip(lines, choices, strict=True):
            label = choice.label.in_language(language).casefold()
            if label and label in seen:
                problem = phrase("another option of this list reads {label} too", label=quoted(label))
                line.fault(column, problem, phrase("word them differently"))
            seen.add(label)

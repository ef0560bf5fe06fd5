"""Where the parts of a file stand, gathered once everything is read."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from bot.workbook.draft import Places
from bot.workbook.lines import Line
from bot.workbook.messages_sheet import NO_RECALLS, Recalls
from bot.workbook.questions import Built
from conversations.model import Language


def places_of(
    surveys: Iterable[Built],
    choices: Iterable[Line],
    languages: tuple[Language, ...],
    headers: Mapping[tuple[str, str, Language], str],
    recalls: Recalls = NO_RECALLS,
    referrals: Mapping[str, int] = MappingProxyType({}),
) -> Places:
    """The rows of questions, groups, options, recall questions and contacts, and the headers of the texts."""
    found = list(surveys)
    return Places(
        rows=frozenset(number for built in found for number in built.rows),
        questions={name: number for built in found for name, number in _questions(built)},
        groups={each.name: built.lines[each.name].number for built in found for each in built.survey.groups},
        surveys={built.survey.name: built.line.number for built in found if built.line},
        lists={name: list_name for built in found for name, list_name in built.lists.items()},
        added=frozenset(name for built in found for name in built.added),
        choices={(line["list_name"], line["name"]): line.number for line in choices},
        recalls={name: tuple(line.number for line in lines) for name, lines in recalls.lines.items()},
        recall_lists={name: tuple(line["choices"] for line in lines) for name, lines in recalls.lines.items()},
        referrals=referrals,
        headers=headers,
        languages=languages,
    )


def _questions(built: Built) -> Iterator[tuple[str, int]]:
    """Those that are asked, and those that a chat does without."""
    left = {id(entry.line) for entry in built.left}
    asked = {each.name for each in built.survey.questions}
    for name, line in built.lines.items():
        if name in asked or id(line) in left:
            yield name, line.number

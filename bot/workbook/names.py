"""The names of questions and groups within a survey, each its own."""

from collections import Counter
from collections.abc import Iterator

from bot.workbook.survey_sheet import Entry, Group

Names = dict[int, str]
"""By the identity of an Entry or a Group."""


def names_of(survey: Group) -> Names:
    """The name as the form has it, or for one that stands there more than once, its path: "home/age"."""
    paths = list(_paths(survey, ()))
    often = Counter(path[-1] for _, path in paths)
    return {id(part): path[-1] if often[path[-1]] == 1 else "/".join(path) for part, path in paths}


def _paths(group: Group, above: tuple[str, ...]) -> Iterator[tuple[Entry | Group, tuple[str, ...]]]:
    for part in group.parts:
        path = (*above, part.name)
        yield part, path
        if isinstance(part, Group):
            yield from _paths(part, path)

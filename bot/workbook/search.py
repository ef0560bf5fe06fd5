"""The appearance search(): the options of a list come from a file, whose columns the list's own rows name.

Source: the XLSForm reference, "Dynamic selects from pre-loaded data". Rows of the list whose name is no column of the
file are options of their own.
"""

import re

from bot.workbook.lines import Line
from bot.workbook.tables import Shelf
from bot.workbook.wording import quoted
from conversations.messages import phrase
from conversations.model import Bilingual, Choice, Table

_SEARCH = re.compile(r"\bsearch\s*\((.*)\)", re.DOTALL)
_PART = re.compile(r"""\s*((?:'[^']*'|"[^"]*"|\([^()]*\)|[^,'"()])+)\s*(?:,|$)""")
_MATCHES = {
    "matches": "{column} = {value}",
    "contains": "contains({column}, {value})",
    "startswith": "starts-with({column}, {value})",
    "endswith": "ends-with({column}, {value})",
}
_ALONE, _WITH_ONE, _WITH_TWO = 1, 4, 6


def is_searched(line: Line) -> bool:
    """Whether the options of the question come from a search."""
    return _SEARCH.search(line["appearance"]) is not None


def searched(line: Line, listed: tuple[Choice, ...], shelf: Shelf) -> tuple[tuple[Choice, ...], str]:
    """The options, and the choice filter that narrows them; a search that cannot be read is a fault of its row."""
    match = _SEARCH.search(line.expression("appearance"))
    parts = [part.strip() for part in _PART.findall(match[1])] if match else []
    condition = _condition(parts)
    if condition is None:
        problem = phrase("{written} cannot be read", written=quoted(line["appearance"]))
        remedy = phrase("write {search} and its filters", search=Bilingual("search('file')", "search('fichier')"))
        line.fault("appearance", problem, remedy)
        return listed, ""
    file = _plain(parts[0])
    table = shelf.table(file if file.endswith(".csv") else f"{file}.csv", line, "appearance")
    if table is None:
        return listed, ""
    own = [choice for choice in listed if choice.name not in table.columns]
    found = [each for choice in listed if choice.name in table.columns for each in _options(table, choice)]
    return (*own, *found), condition


def _condition(parts: list[str]) -> str | None:
    """The filter as an expression, or None for parts that make none."""
    if len(parts) == _ALONE:
        return ""
    if len(parts) not in (_WITH_ONE, _WITH_TWO) or _plain(parts[1]).lower() not in _MATCHES:
        return None
    written = _MATCHES[_plain(parts[1]).lower()].format(column=_plain(parts[2]), value=parts[3])
    return written if len(parts) == _WITH_ONE else f"{written} and {_plain(parts[4])} = {parts[5]}"


def _plain(part: str) -> str:
    return part.strip("'\"")


def _options(table: Table, choice: Choice) -> list[Choice]:
    """A row of the list names the column of the options' names, and those of their words."""
    names = table.columns.index(choice.name)
    english, french = (_column(table, words) for words in (choice.label.en, choice.label.fr))
    return [
        Choice(
            row[names],
            Bilingual(row[english] or row[names], row[french] or row[names]),
            (),
            tuple((column, cell) for column, cell in zip(table.columns, row, strict=True) if cell),
        )
        for row in table.rows
        if row[names]
    ]


def _column(table: Table, words: str) -> int:
    wanted = words.split(",", maxsplit=1)[0].strip()
    return table.columns.index(wanted) if wanted in table.columns else 0

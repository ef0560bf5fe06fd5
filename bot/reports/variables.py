"""Names and labels of variables as SPSS and Stata take them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.reports.dataset import Column, Part, Style


@dataclass(frozen=True, slots=True)
class Rules:
    """What a program allows: how long names and labels are (in bytes of UTF-8), and the words that it keeps."""

    longest_name: int
    longest_label: int
    longest_value_label: int
    reserved: frozenset[str]


SPSS = Rules(
    # https://www.ibm.com/docs/en/spss-statistics/29.0.0?topic=list-variable-names
    longest_name=64,
    longest_label=255,
    longest_value_label=120,
    reserved=frozenset(["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"]),
)
STATA = Rules(
    # https://www.stata.com/manuals/u11.pdf, 11.3
    longest_name=32,
    longest_label=80,
    longest_value_label=320,
    reserved=frozenset(["byte", "double", "float", "if", "in", "int", "long", "str", "strl", "using", "with"]),
)
_WIDTH_OF_STRINGS = re.compile(r"str\d+")


def names(columns: Sequence[Column], rules: Rules) -> list[str]:
    """A name for each column, none twice, told apart without regard to capitals.

    A question goes by its own name, without the groups around it; what Suivi adds has `meta` before it. A name that
    two would have is the question's: the column of one of its options, say, gets a number.
    """
    taken: set[str] = set()
    found: dict[int, str] = {}
    for place in sorted(range(len(columns)), key=lambda place: not _is_a_question(columns[place])):
        found[place] = _unique(_plain(columns[place]), taken, rules)
    return [found[place] for place in range(len(columns))]


def label(column: Column, style: Style, rules: Rules) -> str:
    """The label of a variable: the header, but with the option or place before its question, and cut.

    What does not fit loses its groups first, then the end of the question, and never its option for the question's
    sake.
    """
    ungrouped = replace(style, separator=None)
    if column.part is Part.WHOLE:
        full, short, own = column.header(style), column.header(ungrouped), ""
    else:
        question = replace(column, path=column.path[:-1], titles=column.titles[:-1])
        own = f"{style.labels.of(column.titles[-1], column.path[-1])} – "
        full, short = question.header(style), question.header(ungrouped)
    line = own + full
    if len(line.encode(errors="replace")) > rules.longest_label:
        line = own + short
    return cut(line, rules.longest_label)


def cut(text: str, longest: int) -> str:
    """The beginning of a label that fits; no line ends, since it stands in one line."""
    line = " ".join(text.replace("\0", " ").split())
    if len(line.encode(errors="replace")) <= longest:
        return line.encode(errors="replace").decode()
    ellipsis = "…"
    room = longest - len(ellipsis.encode())
    return line.encode(errors="replace")[:room].decode(errors="ignore").rstrip() + ellipsis


def _is_a_question(column: Column) -> bool:
    return bool(column.question) and column.part is Part.WHOLE


def _plain(column: Column) -> str:
    steps = column.path if not column.question else column.path[column.groups :]
    joined = "_".join(steps) if column.question else f"meta_{'_'.join(steps).lstrip('_')}"
    letters = unicodedata.normalize("NFKD", joined).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9_]", "_", letters).strip("_") or "v"
    return plain if plain[0].isalpha() else f"v_{plain}"


def _unique(wanted: str, taken: set[str], rules: Rules) -> str:
    if wanted.lower() in rules.reserved or _WIDTH_OF_STRINGS.fullmatch(wanted.lower()):
        wanted = f"v_{wanted}"
    name, number = wanted[: rules.longest_name], 1
    while name.lower() in taken:
        number += 1
        ending = f"_{number}"
        name = wanted[: rules.longest_name - len(ending)] + ending
    taken.add(name.lower())
    return name

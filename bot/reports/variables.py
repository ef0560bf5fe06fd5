"""Names and labels of variables as SPSS and Stata take them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.reports.dataset import Column


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

    A question goes by its own name, without the groups around it; what Suivi adds has `meta` before it.
    """
    taken: set[str] = set()
    return [_unique(_plain(column), taken, rules) for column in columns]


def cut(text: str, longest: int) -> str:
    """The beginning of a label that fits; no line ends, since it stands in one line."""
    line = " ".join(text.replace("\0", " ").split())
    if len(line.encode(errors="replace")) <= longest:
        return line.encode(errors="replace").decode()
    ellipsis = "…"
    room = longest - len(ellipsis.encode())
    return line.encode(errors="replace")[:room].decode(errors="ignore").rstrip() + ellipsis


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

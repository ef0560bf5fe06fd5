"""What paths lead through: the places of a form that is filled in, and the rows of lists."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from conversations.expressions.values import Result


class Node(Protocol):
    """A place that a path can stand at."""

    @property
    def number(self) -> int:
        """Which of its like it is, from 1: only what is repeated has more than one."""

    def read(self) -> Result:
        """The answer there; the empty text where there is none, or where the question does not apply."""

    def applies(self) -> bool:
        """Whether it is there at all for whoever asks: nothing that is irrelevant is."""

    def parent(self) -> "Node | None":
        """What it stands in."""

    def down(self, names: list[str], place: "Node") -> "Sequence[Node]":
        """What is reached from it by these names, one below the other; "*" is any.

        `place` is where the path is written: one that begins at "/" stays in the same instance of what is repeated.
        """


class Form(Protocol):
    """The form that is filled in, as expressions see it."""

    @property
    def now(self) -> datetime:
        """The time, in the zone of whoever answers."""

    def read(self, name: str, place: Node) -> Result:
        """The answer to the question of that name, as seen from a place: in the same instance of what is repeated."""

    def named(self, name: str, place: Node) -> "Sequence[Node]":
        """All places of that name, as seen from a place."""

    def root(self) -> Node:
        """What stands above everything: where "/" begins."""

    def table(self, name: str) -> "Rows | None":
        """The list of that name."""

    def label(self, node: Node, chosen: str) -> str:
        """The label of the choice of that name in the question at the node."""

    def chance(self, place: Node, purpose: str) -> bytes:
        """32 bytes of chance, always the same for one response, one place and one purpose."""

    def spend(self, steps: int) -> bool:
        """Take so much of the work that is allowed for one answer; whether there was as much left."""


@dataclass(slots=True)
class Context:
    """Where an expression is worked out: its `place`, the node that `.` is, and the node's position among its like.

    `candidate` is what an answer that is being checked reads, in the place of the one that is kept.
    """

    form: Form
    place: Node
    here: Node
    position: int = 0
    size: int = 0
    candidate: Result | None = None


Compute = Callable[[Context], Result]
Find = Callable[[Context], Sequence[Node]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row."""

    row: "Row"
    value: str

    @property
    def number(self) -> int:
        """Columns are not repeated."""
        return 1

    def read(self) -> Result:
        """What is written there."""
        return self.value

    def applies(self) -> bool:
        """Cells always do."""
        return True

    def parent(self) -> Node | None:
        """Its row."""
        return self.row

    def down(self, names: list[str], place: Node) -> Sequence[Node]:
        """Nothing, but for itself."""
        del place
        return () if names else (self,)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row of a list: a choice with its further columns, or a line of a table."""

    cells: Mapping[str, str]
    number: int = 1
    above: "Rows | None" = None

    def read(self) -> Result:
        """A row is no value."""
        return ""

    def applies(self) -> bool:
        """Rows always do."""
        return True

    def parent(self) -> Node | None:
        """The list."""
        return self.above

    def down(self, names: list[str], place: Node) -> Sequence[Node]:
        """The cell of that column."""
        del place
        if len(names) != 1:
            return () if names else (self,)
        if names[0] == "*":
            return [Cell(self, value) for value in self.cells.values()]
        value = self.cells.get(names[0])
        return () if value is None else (Cell(self, value),)


class Rows:
    """A whole list. instance('list') stands two above its rows: instance('list')/root/item."""

    number = 1

    def __init__(self, lines: Iterable[Mapping[str, str]]) -> None:
        self.items = tuple(Row(cells, place, self) for place, cells in enumerate(lines, start=1))
        self._found: dict[str, dict[str, list[Row]]] = {}

    def with_cell(self, column: str, value: str) -> Sequence[Row]:
        """The rows that have just this text in that column."""
        if column not in self._found:
            by_value: dict[str, list[Row]] = {}
            for row in self.items:
                if column in row.cells:
                    by_value.setdefault(row.cells[column], []).append(row)
            self._found[column] = by_value
        return self._found[column].get(value, ())

    def read(self) -> Result:
        """A list is no value."""
        return ""

    def applies(self) -> bool:
        """Lists always do."""
        return True

    def parent(self) -> Node | None:
        """None: the list's own root is passed over."""
        return None

    def down(self, names: list[str], place: Node) -> Sequence[Node]:
        """Its rows, or their cells; the root element leads to itself."""
        names = names[1:] if names[:1] == ["root"] else names
        if not names:
            return (self,)
        if names[0] not in ("item", "*"):
            return ()
        return self.items if len(names) == 1 else [cell for row in self.items for cell in row.down(names[1:], place)]

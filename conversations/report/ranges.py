"""What can be worked out about a hidden number of a table from its sums and from the numbers that are shown.

The hidden numbers are a flow from rows to columns: each row and each column whose sum is shown gives and takes a fixed
amount. A number can grow by as much as can be led back from its column to its row past it, by taking from other hidden
numbers and giving to others; and shrink by as much as can be led the other way (L. R. Ford and D. R. Fulkerson (1956),
"Maximal Flow through a Network", Canadian Journal of Mathematics 8, 399-404).
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_Place = tuple[int, int]
_Node = tuple[str, int]
_UNBOUNDED = 10**12


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers by row and column, and which are hidden. `kept_back` names the columns whose sums are hidden as well."""

    rows: Sequence[Sequence[int]]
    hidden: Sequence[Sequence[bool]]
    kept_back: Sequence[bool]

    @property
    def places(self) -> Iterator[_Place]:
        """The row and column of each hidden number."""
        return ((y, x) for y, row in enumerate(self.hidden) for x, hidden in enumerate(row) if hidden)

    def column(self, x: int) -> _Node:
        """Columns whose sums are hidden are one to a reader, who knows what they add up to."""
        return ("column", -1 if self.kept_back[x] else x)


def spread(table: Table, place: _Place) -> int:
    """By how much the greatest possible value of that hidden number exceeds the least."""
    y, x = place
    row, column, value = ("row", y), table.column(x), table.rows[y][x]
    return _flow(_residual(table, place), column, row) + min(value, _flow(_residual(table, place), row, column))


_Residual = dict[_Node, dict[_Node, int]]


def _residual(table: Table, without: _Place) -> _Residual:
    """By how much each hidden number but one can grow (from row to column) and shrink (the other way)."""
    found: _Residual = {}
    for y, x in table.places:
        if (y, x) != without:
            row, column = ("row", y), table.column(x)
            found.setdefault(row, {})[column] = _UNBOUNDED
            back = found.setdefault(column, {})
            back[row] = back.get(row, 0) + table.rows[y][x]
    return found


def _flow(residual: _Residual, source: _Node, sink: _Node) -> int:
    """The most that can be led from the one to the other."""
    total = 0
    while (path := _path(residual, source, sink)) is not None:
        amount = min(residual[a][b] for a, b in path)
        for a, b in path:
            residual[a][b] -= amount
            residual.setdefault(b, {}).setdefault(a, 0)
            residual[b][a] += amount
        total += amount
        if total >= _UNBOUNDED:
            break
    return total


def _path(residual: _Residual, source: _Node, sink: _Node) -> list[tuple[_Node, _Node]] | None:
    before: dict[_Node, _Node] = {}
    waiting = deque([source])
    while waiting:
        node = waiting.popleft()
        for other, room in residual.get(node, {}).items():
            if room and other not in before and other != source:
                before[other] = node
                if other == sink:
                    return _back(before, source, sink)
                waiting.append(other)
    return None


def _back(before: dict[_Node, _Node], source: _Node, sink: _Node) -> list[tuple[_Node, _Node]]:
    path, node = [], sink
    while node != source:
        path.append((before[node], node))
        node = before[node]
    return path

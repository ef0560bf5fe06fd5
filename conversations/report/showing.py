"""From exact numbers to the cells of a figure: what is small is hidden here, and nowhere else."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from conversations.intervals import wilson
from conversations.report.hiding import Hidden, gives_away, hidden_parts, hidden_share, hidden_table
from conversations.report.values import Cell, Hiding


@dataclass(frozen=True, slots=True)
class Showing:
    """How numbers are shown: none below `smallest`, unless the operator has them `opened`."""

    smallest: int
    opened: bool = False

    @property
    def fewest(self) -> int:
        """Of how many people at least anything is told."""
        return 1 if self.opened else 2 * self.smallest

    def share(self, count: int, whole: int) -> Cell:
        """So many of a whole that is known."""
        if self.opened or not hidden_share(count, whole, self.smallest):
            return Cell(count, whole)
        if whole < self.fewest:
            return Cell(None, whole, hiding=Hiding.BESIDE)
        return Cell(None, whole, hiding=Hiding.FEW if count < self.smallest else Hiding.NEARLY_ALL)

    def measured(self, count: int, whole: int) -> Cell:
        """The same with its interval of confidence."""
        cell = self.share(count, whole)
        if cell.count is None or not whole:
            return cell
        low, high = wilson(count, whole)
        return replace(cell, low=low, high=high)

    def parts(self, counts: Sequence[int]) -> tuple[Cell, ...]:
        """The parts of a whole."""
        return _cells(counts, self._parts(counts))

    def table(self, rows: Sequence[tuple[int, ...]]) -> tuple[tuple[Cell, ...], ...]:
        """Rows of parts whose sums by column are shown elsewhere, as parts."""
        hidden = [(False,) * len(row) for row in rows] if self.opened else hidden_table(rows, self.smallest)
        return tuple(_cells(row, mask) for row, mask in zip(rows, hidden, strict=True))

    def some_of(self, counts: Sequence[int], places: Collection[int]) -> Cell:
        """Several parts of a whole together, beside the parts themselves."""
        count, whole, hidden = sum(counts[place] for place in places), sum(counts), self._parts(counts)
        cell = self.share(count, whole)
        for inside in (True, False):
            rest = [number for place, number in enumerate(counts) if hidden[place] and (place in places) is inside]
            if cell.count is not None and gives_away(rest, self.smallest):
                return Cell(None, whole, hiding=Hiding.BESIDE)
        return cell

    def any_of(self, count: int, members: Iterable[int], whole: int) -> Cell:
        """How many chose any of several options, beside how many chose each: `members`.

        What it is more than one of them is the number of those who chose others alone.
        """
        alone = [count - member for member in members if member >= self.smallest]
        few = not self.opened and any(0 < each < self.smallest for each in alone)
        cell = self.share(count, whole)
        return Cell(None, whole, hiding=Hiding.BESIDE) if few and cell.count is not None else cell

    def _parts(self, counts: Sequence[int]) -> Hidden:
        return (False,) * len(counts) if self.opened else hidden_parts(counts, self.smallest)


def _cells(counts: Sequence[int], hidden: Hidden) -> tuple[Cell, ...]:
    whole = sum(counts)
    # Which of them are small is not told: what stands beside them may be of any size.
    return tuple(
        Cell(None, whole, hiding=Hiding.BESIDE) if each else Cell(count, whole)
        for count, each in zip(counts, hidden, strict=True)
    )

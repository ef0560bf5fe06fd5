"""Disclosure control: how exactly a team is told in a chat how many people did something.

1. A count is told as a span on a fixed grid of fives: "10 to 14 of 39". None and a few look the same, and so do all and
   almost all.
2. Below ten people nothing is told of parts at all.
3. What adds up to a whole is told as running totals, each on the grid: who answered; who answered or began; who
   answered, began or declined. What lies between two of them is told as far as they give it away, and no further. The
   whole is known, and told exactly.
4. Counts are those of the last midnight or of once a day, so that nobody can watch one step after another.

Spans on one grid whose true values are in order can all be true at any of their values: the smaller ones at their
least, the greater ones at their most. So nothing that is told on one day, on the next, or on both, and no subtraction
of it, narrows a count to fewer than five values (tests/conversations/test_disclosure.py tries every table). Cells that
were hidden one by one could be subtracted from the whole, and exact figures from those of the day before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

STEP: Final = 5
"""How many values a count has at least, as far as anybody is told."""
FEWEST: Final = 10
"""Of how many people, at least, anything is told."""


@dataclass(frozen=True, slots=True)
class Span:
    """A count of people: at least `least` and at most `most`."""

    least: int
    most: int


def span(count: int, whole: int) -> Span:
    """What is told of a count within a known whole; ValueError when the whole is too small or not one."""
    if whole < FEWEST or not 0 <= count <= whole:
        raise ValueError(f"{count} of {whole} cannot be told")
    # The last steps are one: how many are missing from the whole is no better known than how many are in it.
    last = (whole - STEP + 1) // STEP * STEP
    least = count // STEP * STEP
    return Span(last, whole) if least >= last else Span(least, least + STEP - 1)


def spread(cells: Sequence[int]) -> tuple[Span, ...]:
    """What is told of the parts of a whole, in their order; ValueError when the whole is too small.

    The whole is their sum, and is known.
    """
    whole = sum(cells)
    totals = [span(each, whole) for each in accumulate(cells[:-1])]
    edges = [Span(0, 0), *totals, Span(whole, whole)]
    return tuple(
        Span(max(after.least - before.most, 0), after.most - before.least)
        for before, after in zip(edges, edges[1:], strict=False)
    )


def percent(told: Span, whole: int) -> Span:
    """The same in whole percent of the whole."""
    return Span(100 * told.least // whole, -(-100 * told.most // whole))

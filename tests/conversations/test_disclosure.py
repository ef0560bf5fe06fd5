"""Whoever reads all that is told, knows the rule and subtracts what they can learns no count exactly.

Every table there can be is tried: those that look the same to a reader are put together, and in each such heap every
count has to have several values still.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate, combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.disclosure import FEWEST, STEP, Span, percent, span, spread

Table = tuple[int, ...]


def tables(whole: int, parts: int) -> Iterator[Table]:
    """Every way in which that many people can be in so many parts."""
    for bars in combinations(range(whole + parts - 1), parts - 1):
        edges = (-1, *bars, whole + parts - 1)
        yield tuple(after - before - 1 for before, after in zip(edges, edges[1:], strict=False))


def sums(table: Table) -> list[int]:
    """All that can be asked about a table: each part, and any parts together, but for none and the whole."""
    places = range(len(table))
    return [
        sum(table[place] for place in chosen)
        for size in range(1, len(table))
        for chosen in combinations(places, size)
    ]


def fewest_values(heaps: Iterable[list[list[int]]]) -> int:
    """How many values the best known figure has, over all heaps of tables that look the same."""
    return min(len(set(values)) for heap in heaps for values in zip(*heap, strict=True))


@pytest.mark.parametrize("whole", range(FEWEST, 27))
def test_no_part_of_a_whole_is_known_better_than_to_five_values(whole: int) -> None:
    seen: defaultdict[object, list[list[int]]] = defaultdict(list)
    for table in tables(whole, 4):
        seen[spread(table)].append(sums(table))
    assert fewest_values(seen.values()) >= STEP


@pytest.mark.parametrize(("first", "second"), [(10, 10), (11, 12), (12, 12), (14, 15), (12, 17), (15, 15), (16, 17)])
def test_nor_by_looking_again_the_next_day(first: int, second: int) -> None:
    """Answers only ever come in, and so do declined ones: what is in a running total one day is in it the next."""
    seen: defaultdict[object, list[list[int]]] = defaultdict(list)
    for before, after in product(tables(first, 3), tables(second, 3)):
        if all(a <= b for a, b in zip(list(accumulate(before))[:-1], list(accumulate(after))[:-1], strict=True)):
            changes = [new - old for old, new in zip(before[:-1], after[:-1], strict=True)]
            seen[spread(before), spread(after)].append([*before, *after, *changes])
    assert fewest_values(seen.values()) >= STEP


@pytest.mark.parametrize("whole", [10, 12, 14, 15])
def test_nor_by_a_picture_of_how_answers_came_in(whole: int) -> None:
    seen: defaultdict[object, list[list[int]]] = defaultdict(list)
    for days in product(range(whole + 1), repeat=4):
        if list(days) == sorted(days):
            came = [after - before for before, after in zip(days, days[1:], strict=False)]
            seen[tuple(span(each, whole) for each in days)].append([*days, *came])
    assert fewest_values(seen.values()) >= STEP


def test_hiding_small_cells_alone_would_be_found_out() -> None:
    """The same search finds the rule that leaves out what is below five and tells the rest exactly."""
    seen: defaultdict[object, list[list[int]]] = defaultdict(list)
    for table in tables(24, 3):
        seen[tuple(each if each >= STEP else None for each in table)].append(sums(table))
    assert fewest_values(seen.values()) == 1


@given(st.lists(st.integers(0, 3_000), min_size=2, max_size=6).filter(lambda cells: sum(cells) >= FEWEST))
def test_what_is_told_is_true(cells: list[int]) -> None:
    told = spread(cells)
    assert len(told) == len(cells)
    assert all(each.least <= count <= each.most for count, each in zip(cells, told, strict=True))
    assert all(0 <= each.least and each.most - each.least >= STEP - 1 for each in told)


@pytest.mark.parametrize(
    ("count", "whole", "told"),
    [
        (0, 39, Span(0, 4)),
        (4, 39, Span(0, 4)),
        (12, 39, Span(10, 14)),
        (34, 39, Span(30, 34)),
        (36, 39, Span(35, 39)),
        (39, 39, Span(35, 39)),
        (33, 36, Span(30, 36)),
        (5, 10, Span(5, 10)),
        (640, 1000, Span(640, 644)),
    ],
)
def test_a_count_is_told_in_steps_of_five(count: int, whole: int, told: Span) -> None:
    assert span(count, whole) == told


@pytest.mark.parametrize(("count", "whole"), [(3, 9), (0, 0), (11, 10), (-1, 20)])
def test_too_few_people_or_no_part_of_them_cannot_be_told(count: int, whole: int) -> None:
    with pytest.raises(ValueError, match="cannot be told"):
        span(count, whole)


def test_fewer_than_ten_people_have_no_parts() -> None:
    with pytest.raises(ValueError, match="cannot be told"):
        spread((3, 3, 3))


def test_a_rate_is_rounded_outwards() -> None:
    assert percent(Span(10, 14), 39) == Span(25, 36)

"""What a reader of the report can work out about the numbers that it hides, who knows the rules and can count."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.report.hiding import hidden_parts, hidden_share, hidden_table
from conversations.report.ranges import Table, spread

Shown = tuple[int | None, ...]


def divided(whole: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to divide a whole into so many parts."""
    if parts == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for others in divided(whole - first, parts - 1):
            yield (first, *others)


def shown(counts: tuple[int, ...], hidden: tuple[bool, ...]) -> Shown:
    return tuple(None if each else count for count, each in zip(counts, hidden, strict=True))


@pytest.mark.parametrize(("parts", "largest"), [(2, 40), (3, 30), (4, 24), (5, 18)])
@pytest.mark.parametrize("threshold", [3, 5])
def test_a_hidden_part_could_be_as_many_numbers_as_the_threshold_is(parts: int, largest: int, threshold: int) -> None:
    for whole in range(2 * threshold, largest + 1):
        behind: dict[Shown, list[tuple[int, ...]]] = defaultdict(list)
        for counts in divided(whole, parts):
            behind[shown(counts, hidden_parts(counts, threshold))].append(counts)
        for told, possible in behind.items():
            for place, number in enumerate(told):
                if number is None:
                    assert len({counts[place] for counts in possible}) >= threshold, (told, whole)


def test_the_reader_would_find_out_a_weaker_rule() -> None:
    """Hidden with the smallest of the others, as is usual, a number can be worked out."""

    def smallest_beside(counts: tuple[int, ...]) -> tuple[bool, ...]:
        hidden = [count < 5 for count in counts]
        if sum(hidden) == 1 and not all(hidden):
            hidden[min((count, place) for place, count in enumerate(counts) if not hidden[place])[1]] = True
        return tuple(hidden)

    behind: dict[Shown, set[tuple[int, ...]]] = defaultdict(set)
    for counts in divided(14, 3):
        behind[shown(counts, smallest_beside(counts))].add(counts)
    assert any(len(possible) == 1 for told, possible in behind.items() if None in told)


def test_what_is_not_small_is_shown() -> None:
    assert hidden_parts((20, 12, 9), 5) == (False, False, False)
    assert hidden_parts((13, 15, 5, 5, 5), 5) == (False,) * 5


def test_neighbours_are_hidden_with_a_small_number() -> None:
    assert hidden_parts((20, 12, 2, 9), 5) == (False, False, True, True)
    assert hidden_parts((20, 12, 9, 2), 5) == (False, False, True, True)


def test_of_fewer_than_twice_the_threshold_nothing_is_told() -> None:
    assert hidden_parts((5, 4), 5) == (True, True)
    assert hidden_parts((5, 5), 5) == (False, False)


def test_a_share_is_hidden_at_both_ends() -> None:
    told = [count for count in range(33) if not hidden_share(count, 32, 5)]
    assert told == list(range(5, 28))


tables = st.integers(2, 4).flatmap(
    lambda columns: st.lists(st.tuples(*[st.integers(0, 14)] * columns), min_size=2, max_size=5)
)


@settings(max_examples=150, deadline=None)
@given(tables, st.sampled_from([3, 5]))
def test_the_sums_of_a_table_leave_twice_as_many_numbers(rows: list[tuple[int, ...]], threshold: int) -> None:
    hidden = hidden_table(rows, threshold)
    sums = hidden_parts([sum(column) for column in zip(*rows, strict=True)], threshold)
    assert all(count >= threshold for row, mask in zip(rows, hidden, strict=True) for count in visible(row, mask))
    if not all(map(all, hidden)):
        table = Table(rows, hidden, sums)
        assert all(spread(table, place) + 1 >= 2 * threshold for place in table.places)


def visible(row: tuple[int, ...], hidden: tuple[bool, ...]) -> list[int]:
    return [count for count, each in zip(row, hidden, strict=True) if not each]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=2))
def test_ranges_are_those_that_trying_all_tables_finds(rows: list[tuple[int, ...]]) -> None:
    hidden = ((True, True, False), (True, True, True))
    possible = [
        both
        for first in divided(sum(rows[0]) - rows[0][2], 2)
        for second in divided(sum(rows[1]), 3)
        if (both := ((*first, rows[0][2]), second)) and sums_of(both) == sums_of(rows)
    ]
    for y, x in Table(rows, hidden, (False,) * 3).places:
        values = [table[y][x] for table in possible]
        assert spread(Table(rows, hidden, (False,) * 3), (y, x)) == max(values) - min(values)


def sums_of(rows: object) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]  # type: ignore[call-overload]


def test_of_small_tables_few_hidden_numbers_can_be_reckoned_back() -> None:
    """Who knows the rules and tries all tables of two by three with 14 people finds hardly any number for sure."""
    behind: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for flat in divided(14, 6):
        rows = [flat[:3], flat[3:]]
        hidden = hidden_table(rows, 3)
        columns = shown(tuple(sums_of(rows)), hidden_parts(sums_of(rows), 3))
        told = tuple(shown(row, mask) for row, mask in zip(rows, hidden, strict=True))
        behind[sum(flat[:3]), columns, told].append(flat)
    numbers = certain = 0
    for (first, _, told), possible in behind.items():  # type: ignore[misc]
        if 6 <= first <= 8:
            for place, number in enumerate((*told[0], *told[1])):
                if number is None:
                    numbers += 1
                    certain += len({flat[place] for flat in possible}) == 1
    assert numbers > 500
    assert certain / numbers < 0.01

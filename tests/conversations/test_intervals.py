"""Intervals of shares, against figures that others worked out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.intervals import wilson


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_one(hits: int, trials: int, low: float, high: float) -> None:
    assert wilson(hits, trials) == pytest.approx((low, high), abs=0.00005)


@given(st.integers(1, 10_000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_the_share_is_inside_and_the_other_side_is_its_mirror(share: tuple[int, int]) -> None:
    hits, trials = share
    low, high = wilson(hits, trials)
    assert 0 <= low <= hits / trials <= high <= 1
    assert wilson(trials - hits, trials) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(("hits", "trials"), [(0, 0), (3, 2), (-1, 2)])
def test_what_is_no_share_has_no_interval(hits: int, trials: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        wilson(hits, trials)

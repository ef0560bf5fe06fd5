"""How far two people agree: kappa against tables that were worked out in the literature."""

from itertools import chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.coding import Tally, agreement, kappa, pooled_kappa

DIAGNOSES = {
    ("psychotic", "psychotic"): 75,
    ("psychotic", "neurotic"): 1,
    ("psychotic", "organic"): 4,
    ("neurotic", "psychotic"): 5,
    ("neurotic", "neurotic"): 4,
    ("neurotic", "organic"): 1,
    ("organic", "organic"): 10,
}
"""J. L. Fleiss (1981), Statistical Methods for Rates and Proportions, table 13.1: two raters, a hundred people."""
KINDS = ("psychotic", "neurotic", "organic")
codes = st.frozensets(st.sampled_from(["a", "b", "c"]))


def people() -> list[tuple[str, str]]:
    return list(chain.from_iterable(repeat(pair, number) for pair, number in DIAGNOSES.items()))


def told(first: dict[str, frozenset[str]], second: dict[str, frozenset[str]]) -> dict[str, Tally]:
    return dict(agreement(first, second, ("a", "b", "c")).tallies)


def test_kappa_of_categories_is_that_of_the_textbook() -> None:
    assert kappa(people()) == pytest.approx(0.676, abs=0.0005)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ((15, 5, 10, 70), 0.57),  # A. J. Viera and J. M. Garrett (2005), Family Medicine 37(5), table 1
        ((40, 9, 6, 45), 0.70),  # A. R. Feinstein and D. V. Cicchetti (1990), J Clin Epidemiol 43(6), table 3
        ((80, 10, 5, 5), 0.32),  # the same, table 4: high agreement, low kappa
    ],
)
def test_kappa_of_one_code_is_that_of_the_papers(table: tuple[int, int, int, int], expected: float) -> None:
    tally = Tally(*table)
    found = tally.kappa
    assert found is not None
    assert round(found, 2) == expected
    pairs = [(True, True), (True, False), (False, True), (False, False)]
    assert kappa(chain.from_iterable(map(repeat, pairs, table))) == pytest.approx(found)


def test_codes_one_by_one_and_together_are_those_of_the_textbook() -> None:
    numbered = list(enumerate(people()))
    first, second = ({str(number): frozenset({pair[place]}) for number, pair in numbered} for place in (0, 1))
    found = agreement(first, second, KINDS)
    assert [round(each.kappa or 0, 2) for each in found.tallies.values()] == [0.69, 0.50, 0.77]
    assert found.kappa == pytest.approx(0.676, abs=0.0005), "exclusive codes pooled are one nominal scale"
    assert (found.answers, len(found.differing)) == (100, 11)


def test_chance_agreement_is_nought_and_worse_is_below() -> None:
    assert Tally(25, 25, 25, 25).kappa == 0
    assert Tally(0, 10, 10, 0).kappa == -1


def test_it_is_not_defined_of_nothing_nor_where_nobody_could_differ() -> None:
    assert kappa([]) is None
    assert kappa([("a", "a")] * 9) is None
    assert Tally(9, 0, 0, 0).kappa is None
    assert Tally(0, 0, 0, 0).kappa is None
    assert pooled_kappa([]) is None
    assert agreement({}, {}, ("a",)).kappa is None


def test_only_what_both_coded_counts_and_no_code_at_all_is_an_answer() -> None:
    first = {"x": frozenset({"a", "b"}), "y": frozenset[str](), "z": frozenset({"a"})}
    second = {"x": frozenset({"a"}), "y": frozenset[str](), "w": frozenset({"c"})}
    found = agreement(first, second, ("a", "b", "c"))
    assert found.tallies == {"a": Tally(1, 0, 0, 1), "b": Tally(0, 1, 0, 1)}
    assert found.differing == ("x",)


@given(st.dictionaries(st.sampled_from("pqrst"), codes), st.dictionaries(st.sampled_from("pqrst"), codes))
def test_it_does_not_matter_who_is_first(one: dict[str, frozenset[str]], other: dict[str, frozenset[str]]) -> None:
    there, back = agreement(one, other, ("a", "b", "c")), agreement(other, one, ("a", "b", "c"))
    assert (there.answers, there.kappa, there.differing) == (back.answers, back.kappa, back.differing)
    assert told(one, other).keys() == told(other, one).keys()
    assert there.kappa is None or -1 <= there.kappa <= 1

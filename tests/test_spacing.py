"""The simulation of spacing gives the same figures each time, and docs/spacing.md those that it gives."""

from itertools import product
from pathlib import Path
from random import Random

import pytest

from benchmarks.learners import MODELS, Assumption, Forgetting
from benchmarks.spacing import ANSWERING, NOTHING, SHARES, simulate, ways_table

PAGE = Path(__file__).parents[1] / "docs" / "spacing.md"
CELLS = [
    (Assumption(model, forgetting), answering)
    for (model, forgetting), answering in zip(product(MODELS, Forgetting), ANSWERING * 2, strict=True)
]


@pytest.mark.parametrize(("assumption", "answering"), CELLS)
def test_a_run_can_be_repeated_and_no_nudges_is_never_better(assumption: Assumption, answering: float) -> None:
    ways = simulate(assumption, answering, learners=1)
    assert simulate(assumption, answering, learners=1) == ways
    none = [sum(column) for column in zip(*ways[NOTHING], strict=True)]
    for seeds in ways.values():
        figures = [sum(column) for column in zip(*seeds, strict=True)]
        assert all(0 <= least <= share <= len(seeds) for least, share in zip(none, figures[:SHARES], strict=False))
        assert all(least <= asked for least, asked in zip(none[SHARES:], figures[SHARES:], strict=True))


def test_more_forgetting_leaves_less() -> None:
    left = [sum(seed[2] for seed in simulate(Assumption("traces", each), 1.0, 1)[NOTHING]) for each in Forgetting]
    assert left == sorted(left, reverse=True)


def test_the_page_has_the_figures_of_today() -> None:
    ways = simulate(Assumption("traces", Forgetting.MIDDLING), 0.6, learners=5)
    assert ways_table(ways) in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("model", MODELS)
def test_a_recall_strengthens_and_a_miss_is_relearnt_in_part(model: str) -> None:
    later = {}
    for recalled in (True, False, None):
        mind = Assumption(model, Forgetting.MIDDLING).mind(Random(1))
        if recalled is not None:
            mind.strengthen(0, 60, recalled=recalled)
        later[recalled] = mind.recall(0, 90)
    assert later[None] < later[False] < later[True] < 1

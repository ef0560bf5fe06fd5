"""``python -m benchmarks.spacing``: what each way to space recall questions comes to, if memory is as we assume.

docs/spacing.md says what it shows, and what it cannot. The same tables come out each time.
"""

import argparse
import statistics
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import sqrt
from random import Random

from benchmarks.learners import MODELS, Assumption, Forgetting
from benchmarks.years import DAYS, Laddered, Listed, Lived, equally, event_with, live, massed
from conversations.timing import LADDER

SEEDS = range(1, 21)
STUDENTS_T = 2.093
"""The 97.5 % quantile for one degree of freedom less than there are seeds."""
ANSWERING = (1.0, 0.6, 0.3)
"""The share of nudges that are answered."""
NOTHING = "no nudges"
SHIPPED = "ladder 2 7 21 60 120 180"
SAMPLES = "ladder 3 14 45 120"
EQUAL, EARLY = "equal, as many as {}", "early, as many as {}"
EVENTS = {SHIPPED: event_with(LADDER), SAMPLES: event_with((3, 14, 45, 120))}

Ways = Mapping[str, Sequence[Sequence[float]]]
"""For each way to space, seed by seed: the figures of HEADINGS."""
HEADINGS = (*(f"day {day}" for day in DAYS), "the year", "nudges", "questions")
SHARES = len(DAYS) + 1
"""So many of the figures are shares."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spacing", description=__doc__)
    parser.add_argument("--learners", type=int, default=5, help=f"learners for each of the {len(SEEDS)} seeds [5]")
    return parser.parse_args()


def simulate(assumption: Assumption, answering: float, learners: int) -> Ways:
    """All ways to space, with the same learners and the same chance."""
    found: dict[str, list[Sequence[float]]] = {}
    for seed in SEEDS:
        lived: dict[str, list[Lived]] = {}
        for number in range(learners):
            for way, year in _years(assumption, answering, f"{seed}:{number}"):
                lived.setdefault(way, []).append(year)
        for way, years in lived.items():
            found.setdefault(way, []).append(_figures(years))
    return found


def _years(assumption: Assumption, answering: float, name: str) -> Iterable[tuple[str, Lived]]:
    """The years that one learner would live."""

    def year(spacing: Laddered | Listed, ladder: str = SHIPPED) -> Lived:
        mind = assumption.mind(Random(f"{name}:mind"))
        return live(mind, spacing, EVENTS[ladder].policy, answering, Random(f"{name}:chance"))

    yield NOTHING, year(Listed((), ()))
    for ladder, event in EVENTS.items():
        laddered = year(Laddered(event), ladder)
        yield ladder, laddered
        yield EQUAL.format(ladder), year(equally(laddered.sizes), ladder)
        yield EARLY.format(ladder), year(massed(laddered.sizes), ladder)


def _figures(years: Sequence[Lived]) -> Sequence[float]:
    """The means of one seed's learners, in the order of HEADINGS."""
    each = [(*year.recall, year.mean, len(year.sizes), sum(year.sizes)) for year in years]
    return [statistics.fmean(column) for column in zip(*each, strict=True)]


def interval(over_seeds: Sequence[float]) -> tuple[float, float]:
    """The mean, and how far its 95 % interval reaches to either side."""
    return statistics.fmean(over_seeds), STUDENTS_T * statistics.stdev(over_seeds) / sqrt(len(over_seeds))


def ways_table(ways: Ways) -> str:
    """Every way to space: shares recalled in per cent, nudges and questions for each learner."""
    lines = [("", *HEADINGS)]
    for way, seeds in ways.items():
        columns = [interval(column) for column in zip(*seeds, strict=True)]
        shares = [f"{100 * mean:.0f} ± {100 * reach:.0f}" for mean, reach in columns[:SHARES]]
        lines.append((way, *shares, *(f"{mean:.0f}" for mean, _ in columns[SHARES:])))
    return _markdown(lines)


def differences_table(cells: Mapping[tuple[Assumption, float], Ways], ladder: str, other: str) -> str:
    """How many points a ladder is ahead of another way that asks as much, learner by learner."""
    lines = [("model", "forgetting", "answered", *HEADINGS[:SHARES])]
    for (assumption, answering), ways in cells.items():
        pairs = zip(ways[ladder], ways[other.format(ladder)], strict=True)
        ahead = [[one - another for one, another in zip(*pair, strict=True)][:SHARES] for pair in pairs]
        points = [interval(column) for column in zip(*ahead, strict=True)]
        figures = (f"{100 * mean:+.0f} ± {100 * reach:.0f}" for mean, reach in points)
        lines.append((assumption.model, assumption.forgetting, f"{answering:.0%}", *figures))
    return _markdown(lines)


def _markdown(lines: Sequence[Sequence[str]]) -> str:
    rule = ["---"] * len(lines[0])
    return "\n".join(f"| {' | '.join(line)} |" for line in (lines[0], rule, *lines[1:]))


def main() -> None:
    learners = arguments().learners
    assumptions = [Assumption(model, forgetting) for model, forgetting in product(MODELS, Forgetting)]
    cells = {
        (assumption, answering): simulate(assumption, answering, learners)
        for assumption, answering in product(assumptions, ANSWERING)
    }
    print(f"{len(SEEDS) * learners} learners in {len(SEEDS)} seeds; ± is the 95 % interval of the mean over seeds")
    for (assumption, answering), ways in cells.items():
        if assumption.forgetting is Forgetting.MIDDLING:
            print(f"\n{assumption.model}, {assumption.forgetting} forgetting, {answering:.0%} answered\n")
            print(ways_table(ways))
    for ladder, other in product(EVENTS, (EQUAL, EARLY)):
        print(f"\n{ladder}, points ahead of {other.format('it')}\n")
        print(differences_table(cells, ladder, other))


if __name__ == "__main__":
    main()

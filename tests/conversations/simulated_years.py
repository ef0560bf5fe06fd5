"""The delivery policy over as many generated years as one likes, each told by its seed alone.

`python -m tests.conversations.simulated_years --count 1000000 --from 0` plays a million over all cores; with --count 1
it plays the year of one seed again.
"""

import argparse
import os
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import Pool
from time import perf_counter

from storage.states import PlanState
from tests.conversations.lived_year import Year
from tests.conversations.year_happenings import HAPPENINGS

SLICE = 500
SHOWN = 20


def year(seed: int) -> Year:
    """The whole year of that seed; Broken, with the seed in a note, when a promise was not kept."""
    told = Year(seed)
    for _ in range(told.random.choice((0, 1, 3, 6))):
        happening = told.random.choice(HAPPENINGS)
        told.at(told.now + told.random.random() * (told.ends - told.now), partial(happening, told))
    try:
        return told.play()
    except Exception as error:
        error.add_note(f"seed {seed}, at {told.now}")
        raise


@dataclass(slots=True)
class Summary:
    """What became of many years; `broken` holds (seed, what was wrong)."""

    years: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[int, str]] = field(default_factory=list)

    def count(self, told: Year) -> None:
        self.years += 1
        for row in told.rows:
            self.ends[f"held: {row.reason}" if row.state is PlanState.HELD else str(row.state)] += 1

    def add(self, other: "Summary") -> None:
        self.years += other.years
        self.ends += other.ends
        self.broken += other.broken

    def __str__(self) -> str:
        rows = sum(self.ends.values())
        lines = [f"{self.years:>12,} schedules", f"{rows:>12,} planned rows"]
        lines += [f"{number:>12,} {end}" for end, number in self.ends.most_common()]
        lines += [f"{len(self.broken):>12,} broken", *(f"seed {seed}: {what}" for seed, what in self.broken[:SHOWN])]
        return "\n".join(lines)


def several(seeds: range) -> Summary:
    """The years of these seeds, the broken ones among them."""
    warnings.simplefilter("ignore", UserWarning)  # the library of holidays says which years it does not know
    summary = Summary()
    for seed in seeds:
        try:
            summary.count(year(seed))
        except Exception as error:  # noqa: BLE001 # whatever it is, it is told with its seed
            summary.years += 1
            summary.broken.append((seed, f"{type(error).__name__}: {error}"))
    return summary


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.conversations.simulated_years", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many years [10000]")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed [0]")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="at once [as many as there are cores]")
    chosen = parser.parse_args()
    began = perf_counter()
    summary = Summary()
    for number, part in enumerate(_played(chosen.first, chosen.count, chosen.processes), 1):
        summary.add(part)
        if number % 100 == 0:
            rate = summary.years / (perf_counter() - began)
            print(f"{summary.years:,} schedules, {rate:.0f} a second, {len(summary.broken)} broken", flush=True)
    rate = summary.years / (perf_counter() - began)
    print(f"{summary}\n{rate:.0f} schedules a second on {chosen.processes} cores")
    sys.exit(bool(summary.broken))


def _played(first: int, count: int, processes: int) -> Iterator[Summary]:
    last = first + count
    slices = [range(begin, min(begin + SLICE, last)) for begin in range(first, last, SLICE)]
    with Pool(processes) as pool:
        yield from pool.imap_unordered(several, slices)


if __name__ == "__main__":
    main()

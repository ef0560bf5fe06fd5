"""``python -m benchmarks.ticks``: what a tick of the scheduler costs with few people and with many, side by side."""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.crowd import WAVE, WAVES, fill
from benchmarks.ticking import Ticked

FEW = WAVE * len(WAVES)
"""The fewest people among whom each wave finds others."""

HEADINGS = ("", f"{FEW} people", "{} people", "ratio", "min-max")
LINES: tuple[tuple[str, str, Callable[[Ticked], float]], ...] = (
    ("tick with nothing due, ms", "{:.2f}", lambda each: 1000 * each.idle),
    (f"tick with {WAVE} due, ms", "{:.0f}", lambda each: 1000 * each.due),
    ("of that, processor time, ms", "{:.0f}", lambda each: 1000 * each.cpu),
    ("memory at the end, MB", "{:.1f}", lambda each: each.memory / 1e6),
    ("of that, grown since the start", "{:.1f}", lambda each: each.growth / 1e6),
)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ticks", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000, help=f"how many are many, {FEW} at least [100000]")
    parser.add_argument("--rounds", type=int, default=5, help="rounds for each database [5]")
    chosen = parser.parse_args()
    if chosen.people < FEW:
        parser.error(f"--people is less than {FEW}")
    return chosen


def ticked(filled: Path) -> Ticked:
    """The figures of a fresh process on a fresh copy of that database."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=filled.parent) as folder:
        shutil.copytree(filled, folder, dirs_exist_ok=True)
        command = [sys.executable, "-m", "benchmarks.ticking", folder]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Ticked(**json.loads(done.stdout))


def measure(people: Sequence[int], rounds: int) -> list[list[Ticked]]:
    """The figures for each number of people, round by round; the databases take turns."""
    with tempfile.TemporaryDirectory(prefix="bench-") as parent:
        folders = [Path(parent) / str(each) for each in people]
        for folder, each in zip(folders, people, strict=True):
            print(f"filling a database of {each} people", file=sys.stderr, flush=True)
            fill(folder, each)
        figures = []
        for number in range(1, rounds + 1):
            figures.append([ticked(folder) for folder in folders])
            print(f"round {number}", file=sys.stderr, flush=True)
    return figures


def table(people: Sequence[int], figures: Sequence[Sequence[Ticked]]) -> str:
    """Medians over the rounds, and the ratio of many to few, taken within each round."""
    lines = [tuple(each.format(people[-1]) for each in HEADINGS)]
    for name, form, figure in LINES:
        rounds = [[figure(each) for each in pair] for pair in figures]
        ratios = [many / few for few, many in rounds]
        medians = [form.format(statistics.median(side)) for side in zip(*rounds, strict=True)]
        span = f"{min(ratios):.2f}-{max(ratios):.2f}"
        lines.append((name, *medians, f"{statistics.median(ratios):.2f}", span))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def main() -> None:
    chosen = arguments()
    people = (FEW, chosen.people)
    figures = measure(people, chosen.rounds)
    print(f"\n{chosen.rounds} rounds; ten planned things for each person, and six that were sent")
    print(table(people, figures))


if __name__ == "__main__":
    main()

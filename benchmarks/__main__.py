"""``python -m benchmarks``: the bots in turn, several rounds, one table for each latency."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from benchmarks.bots import BOTS, BotUnderTest
from benchmarks.process import NotStartedError
from benchmarks.rounds import Figures, Load, RoundError, play
from benchmarks.table import table


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--latency", type=int, action="append", help="of the Bot API in ms; may be repeated [0]")
    parser.add_argument("--participants", type=int, default=200, help="how many answer at once [200]")
    parser.add_argument("--rounds", type=int, default=3, help="rounds for each bot [3]")
    parser.add_argument("--seconds", type=float, default=20.0, help="longest counted phase of a round [20]")
    parser.add_argument("--bots", nargs="+", choices=BOTS, default=list(BOTS), help="which, the first is ratio 1")
    return parser.parse_args()


async def measure(bots: Sequence[BotUnderTest], load: Load, rounds: int) -> list[list[Figures]]:
    """The figures of every bot, round by round; the bots take turns."""
    figures: list[list[Figures]] = [[] for _ in bots]
    for number in range(1, rounds + 1):
        for bot, so_far in zip(bots, figures, strict=True):
            so_far.append(await play(bot, load))
            print(f"round {number} {bot.name}: {so_far[-1].rate:.0f} answers/s", file=sys.stderr, flush=True)
    return figures


def main() -> None:
    chosen = arguments()
    bots = [BOTS[name] for name in chosen.bots]
    for latency in chosen.latency or [0]:
        load = Load(chosen.participants, latency / 1000, chosen.seconds)
        try:
            figures = asyncio.run(measure(bots, load, chosen.rounds))
        except (NotStartedError, RoundError) as error:
            raise SystemExit(str(error)) from None
        print(f"\nBot API latency {latency} ms, {chosen.participants} participants, {chosen.rounds} rounds")
        print(table(list(zip(bots, figures, strict=True))), flush=True)


if __name__ == "__main__":
    main()

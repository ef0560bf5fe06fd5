"""The figures of all rounds as one table."""

import statistics
from collections.abc import Callable, Sequence

from benchmarks.bots import BotUnderTest
from benchmarks.rounds import Figures

HEADINGS = (
    "bot",
    "keeps in",
    "answers/s",
    "min-max",
    "ratio",
    "CPU ms",
    "ratio",
    "calls",
    "wait ms",
    "acknowledged",
    "on disk",
    "driver CPU",
)


def table(measured: Sequence[tuple[BotUnderTest, Sequence[Figures]]]) -> str:
    """Medians over the rounds, a line for each bot; ratios are to the first bot, round by round."""
    base = measured[0][1]
    lines = [HEADINGS, *(_line(bot, rounds, base) for bot, rounds in measured)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _line(bot: BotUnderTest, rounds: Sequence[Figures], base: Sequence[Figures]) -> tuple[str, ...]:
    rates = [each.rate for each in rounds]
    return (
        bot.name,
        bot.keeps,
        f"{statistics.median(rates):.0f}",
        f"{min(rates):.0f}-{max(rates):.0f}",
        f"{_ratio(rounds, base, lambda each: each.rate):.2f}",
        f"{1000 * statistics.median(each.cpu for each in rounds):.2f}",
        f"{_ratio(rounds, base, lambda each: each.cpu):.2f}",
        f"{statistics.median(each.calls for each in rounds):.1f}",
        f"{1000 * statistics.median(each.wait for each in rounds):.0f}",
        str(sum(each.acknowledged for each in rounds)),
        "-" if rounds[0].stored is None else str(sum(each.stored or 0 for each in rounds)),
        # The share of one processor core that the driver needed: near 100 %, it is the driver that was measured.
        f"{statistics.median(each.driver_cpu * each.rate for each in rounds):.0%}",
    )


def _ratio(rounds: Sequence[Figures], base: Sequence[Figures], figure: Callable[[Figures], float]) -> float:
    """Rounds of the same number ran next to one another, so that the machine's moods cancel out."""
    return statistics.median(figure(each) / figure(other) for each, other in zip(rounds, base, strict=True))

"""Where the lines of a text end, for whoever draws it.

Pillow's own `ImageText.Text.wrap` breaks at no-break spaces, refuses words that are wider than a line, and leaves a
single word on the last one.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

Measure = Callable[[str], float]
"""How wide a text is in one line; asked for the same words again and again."""

_LONGEST_WORD = 30
"""Characters of what may be a word. What is longer (an address on the web) ends where the line does."""
_MOST_IN_A_LINE = 200
"""Characters that a line is looked through for: some have no width at all."""
_SHORT = 0.6
"""A last line that takes less of the width looks forgotten."""


def keeps_words(text: str, width: float, measure: Measure) -> bool:
    """Whether no word has to be broken in lines of that width."""
    words = text.replace("\n", " ").split(" ")
    return all(measure(word) <= width for word in words if len(word) <= _LONGEST_WORD)


def lines_of(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """The text in as few lines of at most that width as it takes, as even as they can be.

    They end at spaces and line feeds; one empty line stands for all blank ones between two others.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        words = [piece for word in line.split(" ") if word for piece in _pieces(word, width, measure)]
        if words:
            lines += _even(words, width, measure)
        elif lines and lines[-1]:
            lines.append("")
    return tuple(lines[:-1] if lines and not lines[-1] else lines)


def cut(lines: tuple[str, ...], most: int, width: float, measure: Measure) -> tuple[str, ...]:
    """The first lines of a text, with a sign that there were more."""
    if len(lines) <= most:
        return lines
    *kept, last = lines[:most]
    while measure(f"{last}…") > width:
        last = last[:-1]
    return (*kept, f"{last.rstrip()}…")


def _pieces(word: str, width: float, measure: Measure) -> Iterator[str]:
    """The word as it is, or in pieces that each fit a line."""
    while len(word) > _MOST_IN_A_LINE or (len(word) > 1 and measure(word) > width):
        counts = range(1, min(len(word), _MOST_IN_A_LINE) + 1)
        fitting = max(1, bisect_right(counts, width, key=lambda count: measure(word[:count])))
        yield word[:fitting]
        word = word[fitting:]
    if word:
        yield word


def _even(words: Sequence[str], width: float, measure: Measure) -> list[str]:
    """Of all ways to set the words in the fewest lines the one that leaves the least room at their ends."""
    space, widths = measure(" "), [measure(word) for word in words]
    # What is best from each word on: the number of lines, how uneven they are, the word that begins the second.
    best = [(0, 0.0, len(words))] * (len(words) + 1)
    for first in reversed(range(len(words))):
        ways: list[tuple[int, float, int]] = []
        filled = -space
        for after in range(first + 1, len(words) + 1):
            filled += space + widths[after - 1]
            if filled > width and ways:
                break
            lines, uneven, _ = best[after]
            room = max(0.0, (_SHORT if after == len(words) else 1.0) - filled / width)
            ways.append((lines + 1, uneven + room**2, after))
        best[first] = min(ways)
    found, first = [], 0
    while first < len(words):
        after = best[first][2]
        found.append(" ".join(words[first:after]))
        first = after
    return found

"""Disclosure control for the report: which numbers of people are not shown.

A number below the threshold is small, none at all included: that nobody did something tells as much. Where numbers add
up to a sum that is shown, what is hidden could be worked out from the rest; so further ones are hidden with it
(complementary suppression: L. Willenborg and T. de Waal (2001), Elements of Statistical Disclosure Control, chapter 4)
until, in each line of the table, these hold:

1. never one hidden number alone;
2. the hidden numbers add up to the threshold less one at least, so that each may be anything from none to small;
3. where they could all be small, they stay as far below what that allows; otherwise one that is not small goes with
   them.

What is added stands next to what was hidden, whatever its size: were it the smallest of those left, its place would
tell how small it is. So whoever knows these rules, and all that is shown of a row, still finds at least as many
possible values for every hidden number as the threshold is. In a table it is twice as many for whoever knows all that
is shown; who also reckons back from these rules can narrow that, in tables of very few people at times to one number
(tests/conversations/test_hiding.py tries and counts them). Of a whole below twice the threshold no parts are told.
"""

from collections.abc import Sequence

from conversations.report.ranges import Table, spread

Row = tuple[int, ...]
Hidden = tuple[bool, ...]
_Place = tuple[int, int]
_ROOM = 2
"""How many times the threshold the possible values are in a table: its rules tell more than those of a row."""


def hidden_parts(counts: Sequence[int], threshold: int) -> Hidden:
    """Which of the parts of a whole are hidden. The whole is their sum, and is shown."""
    hidden = _at_first([tuple(counts)], threshold, [False] * len(counts))
    _complete([tuple(counts)], hidden, [[(0, column) for column in range(len(counts))]], threshold)
    return tuple(hidden[0])


def hidden_share(count: int, whole: int, threshold: int) -> bool:
    """Whether to hide how many of a known whole said yes: when they, or all the others, are few."""
    return any(hidden_parts((count, whole - count), threshold))


def hidden_table(rows: Sequence[Row], threshold: int) -> tuple[Hidden, ...]:
    """Which cells of a table are hidden.

    The sum of each row is shown, and the sums of the columns as the parts of the whole that they are: a column whose
    sum is hidden there is hidden in every row.
    """
    if not rows:
        return ()
    kept_back = hidden_parts([sum(column) for column in zip(*rows, strict=True)], threshold)
    lines = [[(row, column) for column in range(len(kept_back))] for row in range(len(rows))]
    lines += [[(row, column) for row in range(len(rows))] for column, hidden in enumerate(kept_back) if not hidden]
    hidden = _at_first(rows, threshold, kept_back)
    _complete(rows, hidden, lines, threshold)
    while (pinned := _pinned(Table(rows, hidden, kept_back), threshold)) is not None:
        if not any(_hide_one(hidden, line) for line in lines if pinned in line):
            # All that could stand around it is hidden: the sums alone tell it, and so the whole table goes.
            return tuple((True,) * len(kept_back) for _ in rows)
        _complete(rows, hidden, lines, threshold)
    return tuple(tuple(row) for row in hidden)


def _at_first(rows: Sequence[Row], threshold: int, kept_back: Sequence[bool]) -> list[list[bool]]:
    """The small ones, those of a small whole, and the columns that are kept back."""
    return [
        [sum(row) < 2 * threshold or count < threshold or column for count, column in zip(row, kept_back, strict=True)]
        for row in rows
    ]


def _complete(rows: Sequence[Row], hidden: list[list[bool]], lines: Sequence[Sequence[_Place]], threshold: int) -> None:
    """Hides more until no line gives anything away, or all of it is hidden."""
    changed = True
    while changed:
        changed = False
        for line in lines:
            while gives_away([rows[y][x] for y, x in line if hidden[y][x]], threshold) and _hide_one(hidden, line):
                changed = True


def gives_away(counts: Sequence[int], threshold: int) -> bool:
    """Whether the sum of these hidden numbers, when anybody can work it out, tells too much of one of them."""
    if not counts:
        return False
    room, total = threshold - 1, sum(counts)
    could_all_be_small = total <= len(counts) * room
    return len(counts) == 1 or total < room or (could_all_be_small and len(counts) * room - total < room)


def _hide_one(hidden: list[list[bool]], line: Sequence[_Place]) -> bool:
    """Hides what stands behind the first hidden number of the line, or else before it; False when nothing is left."""
    first = next(place for place, (y, x) in enumerate(line) if hidden[y][x])
    shown = [(place < first, abs(place - first), y, x) for place, (y, x) in enumerate(line) if not hidden[y][x]]
    if not shown:
        return False
    *_, y, x = min(shown)
    hidden[y][x] = True
    return True


def _pinned(table: Table, threshold: int) -> _Place | None:
    """A hidden number for which what is shown leaves fewer possible values than the threshold; None for none."""
    return next((place for place in table.places if spread(table, place) + 1 < _ROOM * threshold), None)

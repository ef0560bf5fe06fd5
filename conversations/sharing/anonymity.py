"""k-anonymity: whoever is looked up by what others may know of them is found at least k times.

After L. Sweeney (2002), "k-anonymity: a model for protecting privacy", International Journal of Uncertainty, Fuzziness
and Knowledge-Based Systems 10, 557-570: small categories are merged first (global recoding), then single cells are left
empty where a combination is still rare (local suppression), and at last rows are left out. It does not hide what all of
such a group have answered alike: that is why rare answers are merged as well.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

MERGED = "merged"
"""In place of categories that were merged because they were small."""
NOT_TOLD = ""

Row = tuple[str, ...]


def merging(counts: Mapping[str, int], k: int) -> frozenset[str]:
    """The categories to be merged so that none is left with fewer than k; the smallest of the others go along.

    All of them when there are not enough.
    """
    small = sorted((count, name) for name, count in counts.items() if count < k and name != NOT_TOLD)
    if not small:
        return frozenset()
    merged = {name for _, name in small}
    total = sum(count for count, _ in small)
    for count, name in sorted((count, name) for name, count in counts.items() if count >= k and name != NOT_TOLD):
        if total >= k:
            break
        merged.add(name)
        total += count
    return frozenset(merged)


def merged(values: Sequence[str], k: int) -> tuple[str, ...]:
    """The values with small categories merged; all of them are left empty when even together they are too few."""
    names = merging(Counter(values), k)
    together = sum(value in names for value in values)
    instead = MERGED if together >= k else NOT_TOLD
    return tuple(instead if value in names else value for value in values)


def anonymous(rows: Sequence[Row], k: int) -> list[Row | None]:
    """The rows with cells left empty, and None for those that are left out; each combination is there k times or not.

    The last column is given up first.
    """
    found: list[Row | None] = list(rows)
    width = len(rows[0]) if rows else 0
    for column in reversed(range(width)):
        rare = _rare(found, k)
        found = [_without(row, column) if row in rare else row for row in found]
    rare = _rare(found, k)
    return [None if row in rare else row for row in found]


def _rare(rows: Sequence[Row | None], k: int) -> frozenset[Row]:
    counts = Counter(row for row in rows if row is not None)
    return frozenset(row for row, count in counts.items() if count < k)


def _without(row: Row | None, column: int) -> Row | None:
    return row if row is None else (*row[:column], NOT_TOLD, *row[column + 1 :])

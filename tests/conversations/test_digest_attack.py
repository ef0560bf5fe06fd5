"""The digest rule under attack: readers who put their heads together never learn for certain what another chose.

The readers are told the word for each option. They know the rule, their own answers, and (more than most ever will) how
many people there are. They list every histogram that fits, and ask whether there is an option that every one of the
others must have chosen. The rule holds when there never is, for up to three readers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest

from conversations import digests
from conversations.digests import share

Histogram = tuple[int, ...]
Rule = Callable[[int, int], str]


def histograms(people: int, options: int) -> Iterator[Histogram]:
    """Every way in which that many people can be spread over that many options of a single choice."""
    if options == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for rest in histograms(people - first, options - 1):
            yield (first, *rest)


def leaks(
    rule: Rule, people: int, options: int, readers: int, *, ruled_out: bool = False
) -> list[tuple[tuple[str, ...], Histogram]]:
    """What the readers see and answered themselves, wherever that gives away what the others chose.

    With `ruled_out` it also counts when they learn that an option was chosen by none of the others.
    """
    certain = {people - readers, 0} if ruled_out else {people - readers}
    by_words: dict[tuple[str, ...], list[Histogram]] = defaultdict(list)
    for histogram in histograms(people, options):
        by_words[tuple(rule(chosen, people) for chosen in histogram)].append(histogram)
    found = []
    for words, fitting in by_words.items():
        for own in histograms(readers, options):
            others = [
                tuple(all_of_them - ours for all_of_them, ours in zip(histogram, own, strict=True))
                for histogram in fitting
                if all(all_of_them >= ours for all_of_them, ours in zip(histogram, own, strict=True))
            ]
            if any(len(set(counts)) == 1 and counts[0] in certain for counts in zip(*others, strict=True)):
                found.append((words, own))
    return found


@pytest.mark.parametrize("readers", [0, 1, 2, 3])
@pytest.mark.parametrize("options", [2, 3, 4])
@pytest.mark.parametrize("people", [10, 11, 12, 13, 14])
def test_up_to_three_readers_learn_nothing_for_certain(people: int, options: int, readers: int) -> None:
    assert leaks(share, people, options, readers) == []


@pytest.mark.parametrize("people", [15, 18, 20, 24, 30])
def test_nor_do_they_among_more_people(people: int) -> None:
    assert leaks(share, people, 3, 3) == []


@pytest.mark.parametrize("readers", [0, 1, 2, 3])
@pytest.mark.parametrize("people", range(10, 31))
def test_of_two_options_and_of_a_box_not_even_one_can_be_ruled_out(people: int, readers: int) -> None:
    # Each box of a multiple choice is a yes or no of its own, which is a single choice with two options.
    assert leaks(share, people, 2, readers, ruled_out=True) == []


def test_of_three_options_one_can_be_ruled_out() -> None:
    """Where the promise ends: two options at “about half” of ten are five and five, so nobody chose the third."""
    about_half_twice = ((share(0, 10), share(5, 10), share(5, 10)), (0, 0, 0))
    assert about_half_twice in leaks(share, 10, 3, 0, ruled_out=True)


def test_the_same_attack_breaks_smaller_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "SMALLEST_CELL", 4)
    assert leaks(share, 10, 2, 3)


def test_the_same_attack_breaks_smaller_cohorts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "SMALLEST_COHORT", 5)
    assert leaks(share, 5, 2, 3)


def test_the_same_attack_breaks_numbers_and_plain_bands() -> None:
    assert leaks(lambda chosen, _: str(chosen), 10, 2, 3)
    assert leaks(lambda chosen, people: str(100 * chosen // people // 25), 12, 3, 3)
    assert leaks(lambda chosen, people: "all" if chosen == people else "none" if not chosen else "some", 10, 2, 0)


def test_four_readers_are_one_too_many() -> None:
    """The promise is three. This is where it ends, so that nobody promises more."""
    assert leaks(share, 10, 2, 4)

"""The digest rule under attack: readers who put their heads together never learn for certain what another chose.

The readers are told the word for each option. They know the rule, their own answers, and (more than most ever will) how
many people there are. They list every histogram that fits, and ask whether there is an option that every one of the
others must have chosen. The rule holds when there never is, for up to three readers.

The same attack is let loose on rules that are a little weaker, so that it is known to find what there is to find.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import pytest

from conversations import digests
from conversations.digests import Cohort, findings, share
from conversations.retained import NOT_RIGHT, RETAINED, RIGHT
from tests.conversations.samples import event_with, question, survey

Histogram = tuple[int, ...]
Rule = Callable[[int, int], str]

MOST_PEOPLE = 30
READERS = range(4)


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
    words = [rule(chosen, people) for chosen in range(people + 1)]
    by_words: dict[tuple[str, ...], list[Histogram]] = defaultdict(list)
    for histogram in histograms(people, options):
        by_words[tuple(words[chosen] for chosen in histogram)].append(histogram)
    found = []
    for seen, fitting in by_words.items():
        for own in histograms(readers, options):
            others = [
                tuple(all_of_them - ours for all_of_them, ours in zip(histogram, own, strict=True))
                for histogram in fitting
                if all(all_of_them >= ours for all_of_them, ours in zip(histogram, own, strict=True))
            ]
            if any(len(set(counts)) == 1 and counts[0] in certain for counts in zip(*others, strict=True)):
                found.append((seen, own))
    return found


@pytest.mark.parametrize("readers", READERS)
@pytest.mark.parametrize("options", [2, 3])
@pytest.mark.parametrize("people", range(10, MOST_PEOPLE + 1))
def test_up_to_three_readers_learn_nothing_for_certain(people: int, options: int, readers: int) -> None:
    assert leaks(share, people, options, readers) == []


@pytest.mark.parametrize("people", range(10, MOST_PEOPLE + 1))
def test_nor_do_they_of_four_options(people: int) -> None:
    assert [found for readers in READERS for found in leaks(share, people, 4, readers)] == []


@pytest.mark.parametrize(("people", "options"), [(10, 5), (11, 5), (12, 5), (10, 6), (11, 6)])
def test_nor_do_they_of_as_many_options_as_are_told(people: int, options: int) -> None:
    assert digests.MOST_OPTIONS == 6
    assert leaks(share, people, options, 3) == []


@pytest.mark.parametrize("readers", READERS)
@pytest.mark.parametrize("people", range(10, MOST_PEOPLE + 1))
def test_of_two_options_and_of_a_box_not_even_one_can_be_ruled_out(people: int, readers: int) -> None:
    # Each box of a multiple choice is a yes or no of its own, which is a single choice with two options. Whether a key
    # message was recalled is one as well: nobody is known to have forgotten it.
    assert leaks(share, people, 2, readers, ruled_out=True) == []


def test_of_three_options_one_can_be_ruled_out() -> None:
    """Where the promise ends: two options at “about half” of ten are five and five, so nobody chose the third."""
    about_half_twice = ((share(0, 10), share(5, 10), share(5, 10)), (0, 0, 0))
    assert about_half_twice in leaks(share, 10, 3, 0, ruled_out=True)


# What is told of is told by the function that was attacked

EVENT = event_with(surveys=(survey(question("used", group_ok=True)),))


@pytest.mark.parametrize(
    ("name", "asked", "options"), [("after", "used", ("yes", "no")), (RETAINED, "rights", (RIGHT, NOT_RIGHT))]
)
@pytest.mark.parametrize("people", range(10, MOST_PEOPLE + 1))
def test_a_digest_tells_of_a_question_and_of_a_key_message_by_this_rule(
    people: int, name: str, asked: str, options: tuple[str, str]
) -> None:
    first, second = options
    for chosen in range(people + 1):
        picks = tuple((person, (first if person < chosen else second,)) for person in range(people))
        (found,) = findings(EVENT, [Cohort(name, asked, picks)])
        assert found.shares == (share(chosen, people), share(people - chosen, people))
        assert tuple(bar.share for bar in found.bars) == found.shares, "the picture shows what the words say"


# One digest after the other


@dataclass(frozen=True)
class Course:
    """Yes/no answers of several rounds of people, and of which rounds together each digest tells."""

    rounds: tuple[int, ...]
    told: tuple[tuple[int, ...], ...]

    def words(self, rule: Rule, yes: Sequence[int]) -> tuple[str, ...]:
        """What the digests say when so many of each round said yes."""
        words = []
        for together in self.told:
            people, chosen = sum(self.rounds[each] for each in together), sum(yes[each] for each in together)
            words += [rule(chosen, people), rule(people - chosen, people)]
        return tuple(words)


def exposed(rule: Rule, course: Course, readers: tuple[int, ...]) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
    """What is read and was answered by so many readers of each round, where it gives away what others of a round chose.

    That all of them said yes, or that all of them said no.
    """
    by_words: dict[tuple[str, ...], list[tuple[int, ...]]] = defaultdict(list)
    for yes in product(*(range(people + 1) for people in course.rounds)):
        by_words[course.words(rule, yes)].append(yes)
    others = [people - reading for people, reading in zip(course.rounds, readers, strict=True)]
    found = []
    for seen, fitting in by_words.items():
        for own in product(*(range(reading + 1) for reading in readers)):
            left = [tuple(all_ - ours for all_, ours in zip(yes, own, strict=True)) for yes in fitting]
            possible = [each for each in left if all(0 <= yes <= most for yes, most in zip(each, others, strict=True))]
            for counts, most in zip(zip(*possible, strict=True), others, strict=False):
                if most and len(set(counts)) == 1 and counts[0] in {0, most}:
                    found.append((seen, own))
    return found


def colluding(rounds: int) -> list[tuple[int, ...]]:
    """Up to three readers, spread over the rounds in every way."""
    return [each for each in product(READERS, repeat=rounds) if sum(each) <= max(READERS)]


@pytest.mark.parametrize("second", [10, 11, 14, 20, MOST_PEOPLE])
@pytest.mark.parametrize("first", [10, 11, 12, 15, 20, MOST_PEOPLE])
def test_two_digests_one_after_the_other_tell_no_more_than_each(first: int, second: int) -> None:
    """Nobody is in both: whoever was in the first is in no later one of that question."""
    course = Course((first, second), told=((0,), (1,)))
    assert [found for readers in colluding(2) for found in exposed(share, course, readers)] == []


# The same attack on rules that are a little weaker


def test_it_breaks_smaller_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    for cell in (4, 3):
        monkeypatch.setattr(digests, "SMALLEST_CELL", cell)
        assert leaks(share, 10, 2, 3), cell


def test_it_breaks_smaller_cohorts(monkeypatch: pytest.MonkeyPatch) -> None:
    for people in (6, 5):
        monkeypatch.setattr(digests, "SMALLEST_COHORT", people)
        assert leaks(share, people, 2, 3), people


def test_it_breaks_numbers_and_plain_bands() -> None:
    assert leaks(lambda chosen, _: str(chosen), 10, 2, 3)
    assert leaks(lambda chosen, people: str(100 * chosen // people // 25), 12, 3, 3)
    assert leaks(lambda chosen, people: "all" if chosen == people else "none" if not chosen else "some", 10, 2, 0)


def test_it_breaks_running_totals() -> None:
    """Ten people are told of, then the same ten with one more: what has changed is that one's answer."""
    course = Course((10, 1), told=((0,), (0, 1)))
    assert exposed(share, course, (0, 0)), "and nobody need even have answered"


def test_it_breaks_late_answers_that_are_told_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever answers late waits for nine more; told as they come, five who agree are known."""
    monkeypatch.setattr(digests, "SMALLEST_COHORT", 1)
    for late, reading in ((5, 0), (6, 1), (7, 2), (8, 3)):
        assert exposed(share, Course((10, late), told=((0,), (1,))), (0, reading)), late


def test_it_breaks_a_digest_that_counts_somebody_twice() -> None:
    """Two digests that overlap in all but a few: what sets them apart is in those few."""
    course = Course((1, 10, 1), told=((0, 1), (1, 2)))
    assert exposed(share, course, (0, 0, 0))


def test_four_readers_are_one_too_many() -> None:
    """The promise is three. This is where it ends, so that nobody promises more."""
    assert leaks(share, 10, 2, 4)

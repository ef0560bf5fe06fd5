"""Answers in people's own words, sorted by people into codes; how far two of them agree.

A coder gives an answer as many codes as fit, or none of them. So each code is a yes or no of its own, and two coders
agree on an answer when both gave it exactly the same codes.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from conversations.model import Bilingual, Choice, Event, Question, QuestionType, Survey

Codes = frozenset[str]
"""The names of the codes that somebody gave an answer; none where no code applies."""
_DESCRIBED = ("description_en", "description_fr")


@dataclass(frozen=True, slots=True)
class Tally:
    """How often two coders gave one code to the answers that both of them coded.

    `both`, `first` alone, `second` alone, or `neither` of them.
    """

    both: int
    first: int
    second: int
    neither: int

    @property
    def answers(self) -> int:
        """How many answers both of them coded."""
        return self.both + self.first + self.second + self.neither

    @property
    def agreed(self) -> Fraction:
        """The share of answers on which they agree, from 0 to 1. There must be one answer at least."""
        return Fraction(self.both + self.neither, self.answers)

    @property
    def by_chance(self) -> Fraction:
        """The share on which they would agree if each had drawn lots, as often as they gave the code."""
        first, second = self.both + self.first, self.both + self.second
        others = (self.answers - first) * (self.answers - second)
        return Fraction(first * second + others, self.answers**2)

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa of this code; None where it is not defined."""
        return _beyond_chance(self.agreed, self.by_chance) if self.answers else None


def kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of things that two people put into one category each, as (first, second).

    1 is perfect agreement, 0 what chance would give, below 0 is worse than chance. None where it is not defined:
    without anything, and where both put everything into one and the same category. See J. Cohen (1960), A Coefficient
    of Agreement for Nominal Scales, Educational and Psychological Measurement 20(1), 37-46.
    """
    found = list(pairs)
    if not found:
        return None
    first, second = (Counter(pair[place] for pair in found) for place in (0, 1))
    agreed = Fraction(sum(one == other for one, other in found), len(found))
    return _beyond_chance(agreed, Fraction(sum(first[each] * second[each] for each in first), len(found) ** 2))


def pooled_kappa(tallies: Iterable[Tally]) -> float | None:
    """One kappa over all codes: from the mean of what was agreed and the mean of what chance would give.

    None where it is not defined, as in `kappa`. See H. de Vries, M. N. Elliott, D. E. Kanouse and S. S. Teleki (2008),
    Using Pooled Kappa to Summarize Interrater Agreement across Many Items, Field Methods 20(3), 272-282.
    """
    found = [each for each in tallies if each.answers]
    if not found:
        return None
    agreed, by_chance = (
        sum(each, Fraction(0)) / len(found) for each in zip(*((t.agreed, t.by_chance) for t in found), strict=True)
    )
    return _beyond_chance(agreed, by_chance)


def _beyond_chance(agreed: Fraction, by_chance: Fraction) -> float | None:
    return None if by_chance == 1 else float((agreed - by_chance) / (1 - by_chance))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two coders agree on the `answers` that both of them coded.

    `tallies` are by the name of each code that one of them gave, in the order of the codebook. `differing` are the ids
    of the answers to which they did not give the same codes.
    """

    answers: int
    tallies: Mapping[str, Tally]
    differing: tuple[str, ...]

    @property
    def kappa(self) -> float | None:
        """That of all codes together."""
        return pooled_kappa(self.tallies.values())


def agreement(first: Mapping[str, Codes], second: Mapping[str, Codes], codes: Sequence[str]) -> Agreement:
    """What two coders gave, each by the ids of answers, side by side; `codes` are the names in the codebook."""
    shared = sorted(first.keys() & second.keys())
    given = frozenset[str]().union(*(first[each] | second[each] for each in shared))
    tallies = {
        code: _tally([(code in first[each], code in second[each]) for each in shared])
        for code in codes
        if code in given
    }
    return Agreement(len(shared), tallies, tuple(each for each in shared if first[each] != second[each]))


def _tally(pairs: Sequence[tuple[bool, bool]]) -> Tally:
    counted = Counter(pairs)
    return Tally(counted[True, True], counted[True, False], counted[False, True], counted[False, False])


def codable(survey: Survey) -> Iterator[Question]:
    """The questions whose answers can be coded: texts outside repeated groups, one for each person and wave."""
    around = {group.name: group.group for group in survey.groups}
    repeated = {group.name for group in survey.groups if group.repeated}
    for question in survey.questions:
        within, inside = question.group, set[str]()
        while within:
            inside.add(within)
            within = around.get(within, "")
        if question.type is QuestionType.TEXT and inside.isdisjoint(repeated):
            yield question


def questions_named(event: Event, name: str) -> tuple[tuple[Survey, Question], ...]:
    """The codable questions of that name, in the order of the surveys: one name is one question."""
    return tuple((survey, each) for survey in event.surveys for each in codable(survey) if each.name == name)


def codebook(event: Event, name: str, added: Iterable[Choice]) -> tuple[Choice, ...]:
    """The codes of a question: those of the pack, then those that coders added, each name once."""
    codes = (code for _, question in questions_named(event, name) for code in question.codes)
    found: dict[str, Choice] = {}
    for code in (*codes, *added):
        found.setdefault(code.name, code)
    return tuple(found.values())


def code_of(name: str, label: Bilingual, description: Bilingual | None) -> Choice:
    """A code; what belongs under it stands in the further columns of its row."""
    said = zip(_DESCRIBED, (description.en, description.fr), strict=True) if description else ()
    return Choice(name, label, columns=tuple(said))


def description_of(code: Choice) -> Bilingual | None:
    """What belongs under it, where anything is said."""
    said = dict(code.columns)
    english, french = (said.get(column, "") for column in _DESCRIBED)
    return Bilingual(english, french) if english else None

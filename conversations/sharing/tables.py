"""From what people submitted to a table that can be handed on: one for each survey, a row each time it was answered.

A row says which of the others it belongs to in no way: neither by a pseudonym nor by its place.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from conversations.messages import phrase, short
from conversations.model import Bilingual, Event, Question, QuestionType, Survey, Value, Words
from conversations.schedule import PART_NAME
from conversations.sharing.anonymity import MERGED, NOT_TOLD, anonymous, merged, merging

_BANDS: Final = (0, 1, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000)
"""Where the bands of whole numbers begin."""
MONTH, WAVE = "month", "wave"
_YES, _NO = "1", "0"
_NAMED: Final[Mapping[str, Words]] = {
    MONTH: short("column of a shared table", "Month of the answers"),
    WAVE: short("column of a shared table", "Wave"),
    PART_NAME: short("column of a shared table", "Part in the event"),
}


@dataclass(frozen=True, slots=True)
class Submitted:
    """A survey that somebody submitted: the wave from 0, the month as 2026-11, and what is known of them."""

    survey: str
    occurrence: int
    month: str
    profile: Mapping[str, str]
    part: str
    answers: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column: `values` are the words for what its cells can hold, empty for numbers and bands."""

    name: str
    label: Words
    values: tuple[tuple[str, Words], ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """One table; the rows are in no order yet.

    `emptied` counts cells of what others may know that were left empty, `left_out` rows, by their number; `dropped`
    names questions and options that are not there, `merged` those whose rare answers were put together.
    """

    survey: str
    title: Bilingual
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    emptied: int
    left_out: int
    dropped: tuple[str, ...]
    merged: tuple[str, ...]


def shared(event: Event, survey: Survey, submitted: Sequence[Submitted], withheld: frozenset[str]) -> Shared | None:
    """The table of a survey; None when too few submitted it. Questions in `withheld` are left out, with all free text.

    The threshold is the event's smallest cell.
    """
    k = event.smallest_cell
    known = list(_known(event, submitted))
    columns = [merged(values, k) for _, values in known]
    before = list(zip(*columns, strict=True))
    kept = anonymous(before, k)
    people = [each for each, row in zip(submitted, kept, strict=True) if row is not None]
    if len(people) < 2 * k:
        return None
    rows = [row for row in kept if row is not None]
    told = [_Answered(question, people, k) for question in survey.questions if _can_be_told(question, withheld)]
    answers = list(zip(*(cells for each in told for cells in each.cells), strict=True)) or [()] * len(people)
    return Shared(
        survey=survey.name,
        title=survey.title,
        columns=(*(column for column, _ in known), *(column for each in told for column in each.columns)),
        rows=tuple((*row, *cells) for row, cells in zip(rows, answers, strict=True)),
        emptied=sum(
            old != new
            for row, after in zip(before, kept, strict=True)
            if after is not None
            for old, new in zip(row, after, strict=True)
        ),
        left_out=sum(row is None for row in kept),
        dropped=tuple(
            [question.name for question in survey.questions if not _can_be_told(question, withheld)]
            + [name for each in told for name in each.dropped]
        ),
        merged=tuple(each.question.name for each in told if each.merged),
    )


def _known(event: Event, submitted: Sequence[Submitted]) -> Iterator[tuple[Column, tuple[str, ...]]]:
    """What others may know of somebody, the most useful first: it is given up last."""
    for question in event.profile:
        values = tuple(each.profile.get(question.name, NOT_TOLD) for each in submitted)
        yield Column(question.name, question.label, _words_of(question)), values
    if event.parts:
        words: tuple[tuple[str, Words], ...] = tuple((part.name, part.label) for part in event.parts)
        yield Column(PART_NAME, _NAMED[PART_NAME], (*words, _MERGED)), tuple(each.part for each in submitted)
    yield Column(WAVE, _NAMED[WAVE]), tuple(str(each.occurrence + 1) for each in submitted)
    yield Column(MONTH, _NAMED[MONTH]), tuple(each.month for each in submitted)


_MERGED: tuple[str, Words] = (MERGED, phrase("one of several rare ones"))
_TOLD = {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.INTEGER}


def _can_be_told(question: Question, withheld: frozenset[str]) -> bool:
    return question.type in _TOLD and question.name not in withheld


def _words_of(question: Question) -> tuple[tuple[str, Words], ...]:
    return (*((choice.name, choice.label) for choice in question.choices), _MERGED)


class _Answered:
    """A question's columns and their cells, a person each; rare answers are merged, options of several left out."""

    def __init__(self, question: Question, people: Sequence[Submitted], k: int) -> None:
        self.question = question
        self.columns: list[Column] = []
        self.cells: list[tuple[str, ...]] = []
        self.dropped: list[str] = []
        self.merged = False
        if question.type is QuestionType.SELECT_MULTIPLE:
            self._several(people, k)
        else:
            self._single(people, k)

    def _single(self, people: Sequence[Submitted], k: int) -> None:
        values = tuple(_single(each.answers.get(self.question.name)) for each in people)
        self.merged = bool(merging(Counter(values), k))
        words = _words_of(self.question) if self.question.type is QuestionType.SELECT_ONE else ()
        self.columns.append(Column(self.question.name, self.question.label, words))
        self.cells.append(merged(values, k))

    def _several(self, people: Sequence[Submitted], k: int) -> None:
        given = [each.answers.get(self.question.name) for each in people]
        answered = [each if isinstance(each, tuple) and each else None for each in given]
        for choice in self.question.choices:
            cells = tuple(NOT_TOLD if each is None else (_NO, _YES)[choice.name in each] for each in answered)
            if min(cells.count(_YES), cells.count(_NO)) < k:
                self.dropped.append(f"{self.question.name}/{choice.name}")
                continue
            label = Bilingual(*(f"{a}: {b}" for a, b in _pairs(self.question.label, choice.label)))
            self.columns.append(Column(f"{self.question.name}/{choice.name}", label))
            self.cells.append(cells)


def _single(value: Value | None) -> str:
    if isinstance(value, int):
        return band(value)
    return value if isinstance(value, str) else NOT_TOLD


def band(number: int) -> str:
    """The band of a whole number, such as "10-19"; "1000-9999" for thousands, "10000+" above them."""
    if number < 0:
        return "below 0"
    place = bisect_right(_BANDS, number)
    low = _BANDS[place - 1]
    if place == len(_BANDS):
        return f"{low}+"
    high = _BANDS[place] - 1
    return str(low) if low == high else f"{low}-{high}"


def _pairs(first: Bilingual, second: Bilingual) -> tuple[tuple[str, str], tuple[str, str]]:
    return (first.en, second.en), (first.fr, second.fr)

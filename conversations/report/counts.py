"""The numbers that a report is made of, as they come from storage: exact, and hidden nowhere yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from conversations.coding import Tally
from conversations.model import Choice


class WaveKey(NamedTuple):
    """One survey at one occurrence, from 0."""

    survey: str
    occurrence: int


class Asked(NamedTuple):
    """One question in one wave."""

    wave: WaveKey
    question: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a survey ended with people, or stands: the statuses of `storage.dispositions`, which add up to `due`."""

    complete: int = 0
    partial: int = 0
    broken_off: int = 0
    refused: int = 0
    not_reached: int = 0

    @property
    def due(self) -> int:
        """For how many people its time has come."""
        return self.complete + self.partial + self.broken_off + self.refused + self.not_reached

    @property
    def parts(self) -> tuple[int, ...]:
        """The numbers in their order."""
        return (self.complete, self.partial, self.broken_off, self.refused, self.not_reached)


@dataclass(frozen=True, slots=True)
class Choices:
    """Of `answered` people how many chose each option, by its name."""

    answered: int
    chosen: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """The same people in two waves: of `both` who answered in both, how many chose each option first and then."""

    first: WaveKey
    second: WaveKey
    question: str
    both: int
    before: Mapping[str, int]
    after: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Sum:
    """The numbers that `people` gave for a question, added up; `place` is the country they work in, or empty."""

    survey: str
    question: str
    place: str
    total: int
    people: int


@dataclass(frozen=True, slots=True)
class Recalled:
    """One key message in one wave (from 0) of the recall check: who answered it, and who rightly."""

    message: str
    occurrence: int
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class Coded:
    """A question in people's own words in one wave: of whose answer was coded, how many got each code.

    The numbers are those of the coder who coded most, of `coders` in all (of two who coded as many, of the one whose
    letters come first). `added` are the codes that coders added to the pack's. `tallies` say how far that coder and the
    next one agree, one for each code that either of them gave; none where nobody else coded.
    """

    numbers: Choices
    coders: int
    added: tuple[Choice, ...] = ()
    tallies: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """All of it. People are counted who joined the event at any time; answers count once they were submitted.

    `began` has when each wave was first due, and so their order. `people` is how each person stands over all waves that
    were due for them: the best of their statuses, in the order of `Outcome`. `groups` is the same for each question of
    the profile (and "part") and option, "" for whoever did not say. `either` has how many chose any of some options.
    """

    began: Mapping[WaveKey, datetime] = field(default_factory=dict)
    waves: Mapping[WaveKey, Outcome] = field(default_factory=dict)
    people: Outcome = Outcome()
    groups: Mapping[str, Mapping[str, Outcome]] = field(default_factory=dict)
    choices: Mapping[Asked, Choices] = field(default_factory=dict)
    either: Mapping[tuple[Asked, frozenset[str]], int] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    sums: tuple[Sum, ...] = ()
    recalls: tuple[Recalled, ...] = ()
    coded: Mapping[Asked, Coded] = field(default_factory=dict)

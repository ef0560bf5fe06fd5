"""Simulated learners: who forgets how, under two models of memory that share nothing with what orders the messages.

Both are assumptions. Time is in days since the event, where every message was learnt at day 0.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log
from random import Random
from typing import Protocol

MESSAGES = 8


class Forgetting(StrEnum):
    """How fast people forget: the three settings of each model."""

    SLOW = "slow"
    MIDDLING = "middling"
    FAST = "fast"


class Mind(Protocol):
    """What one learner has in mind of each message."""

    def recall(self, message: int, day: float) -> float:
        """The probability that they recall it then."""
        ...

    def strengthen(self, message: int, day: float, *, recalled: bool) -> None:
        """They recalled it then, or missed it and read the explanation."""
        ...


class Traces:
    """Each time a message is met leaves a trace that fades as a power of time, the faster the fresher the message was.

    The form is that of Pavlik and Anderson (2005, https://doi.org/10.1207/s15516709cog0000_14), the numbers are ours.
    With the strength of a message the sum of `weight * (1 + days) ** -decay` over its traces, the decay of a new trace
    is the learner's own plus CROWDING times the strength it meets, and the probability of recall is a logistic function
    of the strength's logarithm. A recall leaves a heavier trace than the first meeting, a miss a lighter one.
    """

    DECAYS: Mapping[Forgetting, float] = {Forgetting.SLOW: 0.25, Forgetting.MIDDLING: 0.35, Forgetting.FAST: 0.5}
    """Medians of the decay of a first trace."""
    CROWDING = 0.25
    RECALLED, MISSED = 1.3, 0.7
    NOISE = 0.35

    def __init__(self, forgetting: Forgetting, chance: Random) -> None:
        person = self.DECAYS[forgetting] * exp(chance.gauss(0, 0.25))
        self._threshold = chance.gauss(-1.1, 0.25)
        self._decays = [person * exp(chance.gauss(0, 0.2)) for _ in range(MESSAGES)]
        self._traces = [[(0.0, 1.0, decay)] for decay in self._decays]

    def recall(self, message: int, day: float) -> float:
        """The probability that they recall it then."""
        return 1 / (1 + exp((self._threshold - log(self._strength(message, day))) / self.NOISE))

    def strengthen(self, message: int, day: float, *, recalled: bool) -> None:
        """Another trace."""
        decay = self._decays[message] + self.CROWDING * self._strength(message, day)
        self._traces[message].append((day, self.RECALLED if recalled else self.MISSED, decay))

    def _strength(self, message: int, day: float) -> float:
        met = self._traces[message]
        return sum([weight * (1 + day - at) ** -decay for at, weight, decay in met])  # type: ignore[no-any-return]


class HalfLives:
    """Recall halves with each half-life; a recall makes that longer, the more so the less certain it was.

    A recall multiplies the half-life by `STEADY + GAIN * (1 - probability)`. After a miss the message is known again
    with the probability RELEARNT, and its half-life is KEPT of what it was, but never shorter than at first.
    """

    DAYS: Mapping[Forgetting, float] = {Forgetting.SLOW: 80, Forgetting.MIDDLING: 30, Forgetting.FAST: 12}
    """Medians of the first half-life."""
    STEADY, GAIN = 1.2, 2.0
    RELEARNT, KEPT = 0.8, 0.7

    def __init__(self, forgetting: Forgetting, chance: Random) -> None:
        person = self.DAYS[forgetting] * exp(chance.gauss(0, 0.6))
        self._first = [person * exp(chance.gauss(0, 0.4)) for _ in range(MESSAGES)]
        self._known = [(0.0, 1.0, half_life) for half_life in self._first]

    def recall(self, message: int, day: float) -> float:
        """The probability that they recall it then."""
        since, level, half_life = self._known[message]
        return level * 0.5 ** ((day - since) / half_life)

    def strengthen(self, message: int, day: float, *, recalled: bool) -> None:
        """Known anew, for longer after a recall."""
        half_life = self._known[message][2]
        if recalled:
            longer = half_life * (self.STEADY + self.GAIN * (1 - self.recall(message, day)))
            self._known[message] = (day, 1.0, longer)
        else:
            self._known[message] = (day, self.RELEARNT, max(self.KEPT * half_life, self._first[message]))


@dataclass(frozen=True, slots=True)
class Assumption:
    """A model of memory with one of its settings."""

    model: str
    forgetting: Forgetting

    def mind(self, chance: Random) -> Mind:
        """A learner drawn by that chance."""
        return MODELS[self.model](self.forgetting, chance)


MODELS: Mapping[str, Callable[[Forgetting, Random], Mind]] = {"traces": Traces, "half-lives": HalfLives}

"""The calendar as a picture: whole months from left to right, and marks that keep clear of one another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.rehearsal.outcomes import Fate, Outcome, Rehearsal
from conversations.timing import TouchpointKind

_JANUARY = 1
# So many labels of months fit side by side, in a wide window and in a narrow one.
_LABELS, _FEW_LABELS = 16, 7
# How much of a strip one mark takes, in per cent: sent and not sent, in a wide window and in a narrow one.
_SENT, _NOT_SENT = 1.7, 1.3
_NARROW = 2.0


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month, `place` per cent of the way. `label` says where its name stands.

    That is "always", "wide" for wide windows alone, or "" for nowhere; `year` stands under the name where it is new.
    """

    at: datetime
    place: float
    label: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """One planned thing, `place` per cent of the way; `lane` and `narrow` count from the top, by the window's width."""

    fate: Fate
    shade: str
    place: float
    lane: int
    narrow: int


@dataclass(frozen=True, slots=True)
class Strip:
    """What one person was to get, in so many lanes in a wide window, and in `narrow` ones in a narrow window."""

    marks: tuple[Mark, ...]
    lanes: int
    narrow: int


@dataclass(frozen=True, slots=True)
class Axis:
    """From the first of the first month to the end of the last one, where the event is."""

    firsts: tuple[datetime, ...]

    @classmethod
    def of(cls, rehearsal: Rehearsal) -> "Axis":
        """The months of a rehearsal, and the first day after them."""
        local = rehearsal.start.astimezone(ZoneInfo(rehearsal.event.timezone))
        firsts = [local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)]
        while firsts[-1] <= rehearsal.end:
            firsts.append((firsts[-1] + timedelta(days=32)).replace(day=1))
        return cls(tuple(firsts))

    def ticks(self) -> Iterator[Tick]:
        """All months: the first, the last and each January always have their names."""
        months = self.firsts[:-1]
        named = {0, len(months) - 1} | {index for index, at in enumerate(months) if at.month == _JANUARY}
        few, many = (_with_others(named, len(months), -(-len(months) // most)) for most in (_FEW_LABELS, _LABELS))
        for index, at in enumerate(months):
            label = "always" if index in few else "wide" if index in many else ""
            yield Tick(at, self.place(at), label, at.year if index == 0 or at.month == _JANUARY else None)

    def place(self, at: datetime) -> float:
        """How far along that instant is, in per cent."""
        begin, end = self.firsts[0], self.firsts[-1]
        return round(100 * min(1.0, max(0.0, (at - begin) / (end - begin))), 2)

    def strip(self, fates: Iterable[Fate]) -> Strip:
        """The marks of one person: each kind has lanes of its own, refreshers above surveys."""
        ordered = sorted(fates, key=lambda fate: (list(TouchpointKind).index(fate.kind), fate.at))
        wide, narrow = self._lanes(ordered, 1.0), self._lanes(ordered, _NARROW)
        marks = (
            Mark(fate, shade(fate), self.place(fate.at), *lanes)
            for fate, *lanes in zip(ordered, wide, narrow, strict=True)
        )
        return Strip(tuple(marks), max(wide, default=0) + 1, max(narrow, default=0) + 1)

    def _lanes(self, ordered: Iterable[Fate], scale: float) -> list[int]:
        """For each of them the uppermost lane, below those of other kinds, where nothing is in the way."""
        above, kind = 0, None
        free: list[float] = []
        found: list[int] = []
        for fate in ordered:
            if fate.kind is not kind:
                above, kind, free = above + len(free), fate.kind, []
            half = scale * (_SENT if fate.sent else _NOT_SENT) / 2
            place = self.place(fate.at)
            lane = next((number for number, until in enumerate(free) if until <= place - half), len(free))
            free[lane : lane + 1] = [place + half]
            found.append(above + lane)
        return found


def shade(fate: Fate) -> str:
    """How a planned thing is drawn: answered (or posted), opened, unopened, or withheld."""
    if not fate.sent:
        return "withheld"
    return str(Outcome.ANSWERED if fate.kind is TouchpointKind.DIGEST else fate.outcome or Outcome.UNOPENED)


def _with_others(named: set[int], count: int, distance: int) -> set[int]:
    """These months, and of the others those that keep their distance from all that have a name."""
    found = set(named)
    for index in range(count):
        if all(abs(index - each) >= distance for each in found):
            found.add(index)
    return found

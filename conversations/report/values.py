"""What a report is made of. Every format shows the same values: none of them computes anything.

A cell is a number of people (or, of an indicator, of what it counts) out of a whole. Words are said in the reader's
language, shares are rounded by the formats alone, and what is hidden is None here already.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from conversations.messages import short
from conversations.model import Bilingual, Phrase, Words


class Section(StrEnum):
    """The parts of a report, in their order; CREATE to APPLY are the stages of `conversations.model.Stage`."""

    OVERVIEW = "overview"
    RESPONSE = "response"
    CREATE = "create"
    ACQUIRE = "acquire"
    INTERPRET = "interpret"
    TRANSFER = "transfer"
    RETAIN = "retain"
    APPLY = "apply"
    INDICATORS = "indicators"
    OTHER = "other"


class Chart(StrEnum):
    """How a figure is drawn.

    BARS: one bar a row, the longest first, in percent of each cell's whole; one series.
    PARTS: one bar a row that is cut into the series, in their order; the cells of a row add up to its whole.
    SQUARE: two rows by two series, a two-by-two table of shares.
    PROGRESS: one bar a row, what was achieved as percent of the target; one series. A share may be above 1.
    INTERVALS: a group of marks a row, one for each series, each with the ends of its 95 % interval.
    PAIRS: a line a row from the share in the first series to that in the second, of the same people.
    CYCLE: the stages one after another, each row one with its share; one series.
    """

    BARS = "bars"
    PARTS = "parts"
    SQUARE = "square"
    PROGRESS = "progress"
    INTERVALS = "intervals"
    PAIRS = "pairs"
    CYCLE = "cycle"


class Hiding(StrEnum):
    """What is told in place of a number that is hidden.

    FEW: it is below the threshold. NEARLY_ALL: fewer than the threshold are missing from the whole. BESIDE: nothing;
    it may be of any size, and is hidden because another number could be worked out from it.
    """

    FEW = "few"
    NEARLY_ALL = "nearly_all"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` out of `whole`; `low` and `high` are the ends of the interval of the share, from 0 to 1.

    A hidden cell has no count (and no interval), and says how it is told. One without a whole, or of 0, has no share:
    nobody was asked, or an indicator has no target.
    """

    count: int | None
    whole: int | None
    low: float | None = None
    high: float | None = None
    hiding: Hiding = Hiding.FEW

    @property
    def share(self) -> Fraction | None:
        """The exact share, from 0 (above 1 only against a target); None when hidden or of nothing."""
        return Fraction(self.count, self.whole) if self.count is not None and self.whole else None

    @property
    def hidden(self) -> bool:
        """Whether there is a number that is not shown."""
        return self.count is None


@dataclass(frozen=True, slots=True)
class Series:
    """A cell for each row of the figure, in their order.

    Of an agreement `positive` is True for the side that agrees, False for the other, None in between.
    """

    name: Words
    cells: tuple[Cell, ...]
    positive: bool | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One finding.

    `name` is its own within the report and names sheets and files: lower-case ASCII letters, digits and "-", at most 31
    characters. `title` is what is shown, `sentence` what it says, `base` of whom: n and the denominator. `notes` are
    further things that a reader has to know.
    """

    name: str
    section: Section
    chart: Chart
    title: Words
    sentence: Words
    base: Words
    rows: tuple[Words, ...]
    series: tuple[Series, ...]
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Takeaway:
    """A key message of the event, for colleagues who were not there."""

    text: Bilingual
    source: Bilingual


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of one event on one day (in the event's time zone), in the order in which they are shown.

    Cells of fewer than `smallest` people are hidden, unless `opened`. `about` says how the figures came to be, how
    they are rounded and what they cannot tell.
    """

    code: str
    title: Bilingual
    start: date
    end: date
    day: date
    figures: tuple[Figure, ...]
    takeaways: tuple[Takeaway, ...]
    about: tuple[Words, ...]
    smallest: int
    opened: bool = False


SECTIONS: dict[Section, Phrase] = {
    Section.OVERVIEW: short("section of a report", "At a glance"),
    Section.RESPONSE: short("section of a report", "Who answered"),
    Section.CREATE: short("section of a report", "Knowledge created before the event"),
    Section.ACQUIRE: short("section of a report", "What people learnt"),
    Section.INTERPRET: short("section of a report", "How they made sense of it"),
    Section.TRANSFER: short("section of a report", "How they passed it on"),
    Section.RETAIN: short("section of a report", "What they retain"),
    Section.APPLY: short("section of a report", "What they put into practice"),
    Section.INDICATORS: short("section of a report", "Results against targets"),
    Section.OTHER: short("section of a report", "Other questions"),
}
"""What each part is called."""

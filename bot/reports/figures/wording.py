"""What every format of a report says alike, in a language: numbers and names, never layout."""

from fractions import Fraction
from typing import Final

from conversations.messages import phrase, short
from conversations.model import Bilingual, Language, Percent, Phrase, Words
from conversations.report.values import SECTIONS, Cell, Chart, Figure, Hiding, Report, Section, Series
from locales.phrases import date_words, days_words, number_words, percent_words, say

NOTHING: Final = "–"
"""Instead of the share of nobody."""
ABOUT: Final = short("part of a report", "About these figures")
CONTENTS: Final = short("part of a report", "Contents")
KEY_MESSAGES: Final = short("part of a report", "Key messages")
FOR_COLLEAGUES: Final = phrase("For colleagues who were not there.")
OPENED: Final = phrase(
    "This report shows small numbers: somebody could be recognised by them. Hand it only to those who may know."
)
"""To be said where a report begins, when it is `opened`."""
ROW: Final = short("column of a report", "Name")
SERIES: Final = short("column of a report", "Group")
COUNT: Final = short("column of a report", "Number")
WHOLE: Final = short("column of a report", "Out of")
SHARE: Final = short("column of a report", "Share")
LOW: Final = short("column of a report", "Interval from")
HIGH: Final = short("column of a report", "Interval to")
PART: Final = short("column of a report", "Part")
FIGURE: Final = short("column of a report", "Figure")
SENTENCE: Final = short("column of a report", "What it says")
SOURCE: Final = short("column of a report", "Source")
TARGET: Final = short("legend of a report", "Target")
_KINDS: Final[dict[Chart, Phrase]] = {
    Chart.BARS: short("kind of chart", "Bar chart"),
    Chart.PARTS: short("kind of chart", "Stacked bars"),
    Chart.SQUARE: short("kind of chart", "Table"),
    Chart.PROGRESS: short("kind of chart", "Bars against targets"),
    Chart.INTERVALS: short("kind of chart", "Shares with their intervals"),
    Chart.PAIRS: short("kind of chart", "Lines from one time to the other"),
    Chart.CYCLE: short("kind of chart", "Stages"),
}
_CONFIDENCE: Final = Percent(Fraction(95, 100))


def value_words(cell: Cell, report: Report, language: Language) -> str:
    """What stands at a bar: its share in whole percent; the number itself, where there is no whole to hold it against.

    What is hidden is told as far as it may be ("fewer than 5"), and `NOTHING` for a share of nobody.
    """
    share = cell.share
    if share is not None:
        return percent_words(Percent(share), language)
    if cell.whole == 0:
        return NOTHING
    return count_words(cell, report, language)


def count_words(cell: Cell, report: Report, language: Language) -> str:
    """The number and what it is of, for whoever wants to know exactly: "29 of 32", "140", "fewer than 5"."""
    if cell.count is None:
        return say(_hidden(cell, report.smallest), language)
    if cell.whole is None:
        return number_words(cell.count, language)
    return say(short("figure", "{count} of {whole}", count=cell.count, whole=cell.whole), language)


def _hidden(cell: Cell, smallest: int) -> Phrase:
    match cell.hiding:
        case Hiding.FEW:
            return short("figure", "fewer than {number}", number=smallest)
        case Hiding.NEARLY_ALL if cell.whole is not None:
            return short("figure", "at least {number}", number=cell.whole - smallest + 1)
        case _:
            return short("figure", "not shown")


def interval_words(cell: Cell, language: Language) -> str:
    """The interval of the share, "77% to 97%"; empty when it has none."""
    if cell.low is None or cell.high is None:
        return ""
    low, high = Percent(Fraction(cell.low)), Percent(Fraction(cell.high))
    return say(short("interval", "{low} to {high}", low=low, high=high), language)


def confidence(language: Language) -> str:
    """What that interval is called."""
    return say(short("interval", "{share} confidence interval", share=_CONFIDENCE), language)


def named(name: Words, value: Words, language: Language) -> str:
    """A name and what belongs to it, such as "Informally: 75%"."""
    # Not as strings: those are cut when they are long, as if somebody had typed them.
    whole = {"name": _both(name), "value": _both(value)}
    return say(short("figure", "{name}: {value}", **whole), language)


def _both(words: Words) -> Bilingual | Phrase:
    return Bilingual(words, words) if isinstance(words, str) else words


def section_words(section: Section, language: Language) -> str:
    """The name of a part of the report."""
    return say(SECTIONS[section], language)


def event_days(report: Report, language: Language) -> str:
    """When the event was."""
    return days_words(report.start, report.end, language)


def as_of(report: Report, language: Language) -> str:
    """How old the figures are."""
    day = Bilingual(*(date_words(report.day, each, "long") for each in Language))
    return say(phrase("Figures as of {day}", day=day), language)


def source_words(source: Words, language: Language) -> str:
    """Where a key message comes from."""
    return say(phrase("Source: {source}", source=source), language)


def described(figure: Figure, report: Report, language: Language) -> str:
    """All that a figure shows, in words, for those who do not see it: its kind and title, then a line for each row."""
    head = named(_KINDS[figure.chart], figure.title, language)
    rows = (
        named(row, ", ".join(_cells_of(figure, place, report, language)), language)
        for place, row in enumerate(figure.rows)
    )
    return "\n".join((head, *rows))


def _cells_of(figure: Figure, row: int, report: Report, language: Language) -> list[str]:
    alone = len(figure.series) == 1
    return [_cell_of(series, series.cells[row], report, language, alone=alone) for series in figure.series]


def _cell_of(series: Series, cell: Cell, report: Report, language: Language, *, alone: bool) -> str:
    value, interval = value_words(cell, report, language), interval_words(cell, language)
    told = f"{value} ({interval})" if interval else value
    return told if alone else f"{say(series.name, language)} {told}"


def stem(report: Report, languages: tuple[Language, ...]) -> str:
    """What the file is called, without its ending: the code of the event, the day of the figures, the languages."""
    return "-".join((report.code, report.day.isoformat(), *languages))

"""The report as a deck of slides: to show at home, to shorten and to change.

Each language is a deck of its own, one after the other: nobody shows both at once. Within it comes a slide for each
figure with a chart that PowerPoint can change, then the key messages for colleagues who were not there, then how the
figures came to be. What whoever presents it needs to know, all numbers in words among it, is in the notes.

Importing this module loads python-pptx; import it where a report is made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from bot.drawing.deck import begin_slide, put, speak, statement_slides, text_slides, top_below, topic_slide
from bot.drawing.deck_file import divide, saved
from bot.drawing.deck_template import FLOOR, MARGIN, ROOM, blank
from bot.drawing.lettering import LEADING, READABLE, SMALL, Box, Text, height_of, largest, shortened, spoken
from bot.drawing.paper import ACCENT, SOFT
from bot.reports.figures.chart_layout import laid_out, pages
from bot.reports.figures.plotted import not_shown
from bot.reports.figures.slide_charts import put_chart
from bot.reports.figures.slide_shapes import put_cycle, put_square
from bot.reports.figures.wording import (
    ABOUT,
    FOR_COLLEAGUES,
    KEY_MESSAGES,
    OPENED,
    as_of,
    described,
    event_days,
    section_words,
    source_words,
)
from conversations.messages import own_name
from conversations.model import Language
from conversations.report.values import Chart, Figure, Report
from locales.phrases import say

_SENTENCE_SIZES: Final = (24, 22, 20, 18)
_BASE_SIZES: Final = (18,)
_MOST_LINES: Final = 3
_AROUND: Final = 10.0
_HIDDEN: Final = 14
_ABOUT: Final = 20
_LOWEST_CHART: Final = 170.0
"""What is left to a chart at least, however much there is to be noted."""


def slides(report: Report, languages: tuple[Language, ...]) -> bytes:
    """The report as a PPTX, in one language or in several one after another. The same report gives the same bytes."""
    deck = blank()
    parts = {say(own_name(language), language): list(_slides(deck, report, language)) for language in languages}
    if len(languages) > 1:
        divide(deck, parts)
    return saved(deck, spoken(report.title, languages[0]), report.day)


def _slides(deck: Deck, report: Report, language: Language) -> Iterator[Slide]:
    foot = f"{spoken(report.title, language)} · {as_of(report, language)}"
    lines = [Text(event_days(report, language), 28, after=6), Text(as_of(report, language), 20, after=6)]
    if report.opened:
        lines.append(Text(say(OPENED, language), READABLE, bold=True))
    yield begin_slide(deck, spoken(report.title, language), lines, language)
    for figure in report.figures:
        yield from _figure(deck, figure, report, foot, language)
    if report.takeaways:
        yield from _takeaways(deck, report, foot, language)
    about = [Text(spoken(each, language), _ABOUT) for each in report.about]
    yield from text_slides(deck, "", say(ABOUT, language), about, foot, language)


def _figure(deck: Deck, figure: Figure, report: Report, foot: str, language: Language) -> Iterator[Slide]:
    """On one slide, or on several when it has many rows."""
    title, part = spoken(figure.title, language), section_words(figure.section, language)
    top = top_below(title)
    cuts = pages(figure, report, _around(top, figure, report, language).room, language)
    for number, cut in enumerate(cuts, start=1):
        place = f" ({number}/{len(cuts)})" if len(cuts) > 1 else ""
        slide = topic_slide(deck, part + place, title, foot, language)
        around = _around(top, cut, report, language)
        # In the order in which it is read aloud.
        around.put_above(slide, language)
        _draw(slide, around.room, cut, report, language)
        around.put_below(slide, language)
        speak(slide, _notes(cut, report, language), language)
        yield slide


@dataclass(frozen=True, slots=True)
class _Around:
    """What is told around a chart, from the top on: the sentence, then the chart's room, then what is below."""

    top: float
    sentence: Text
    below: list[Text]

    @property
    def room(self) -> Box:
        """What is left to the chart."""
        begin = self.top + height_of(self.sentence, ROOM) + _AROUND
        return Box(MARGIN, begin, ROOM, FLOOR - _high(self.below) - _AROUND - begin)

    def put_above(self, slide: Slide, language: Language) -> None:
        """Write the sentence."""
        put(slide, Box(MARGIN, self.top, ROOM, height_of(self.sentence, ROOM)), [self.sentence], language)

    def put_below(self, slide: Slide, language: Language) -> None:
        """Write the rest."""
        high = _high(self.below)
        put(slide, Box(MARGIN, FLOOR - high, ROOM, high), self.below, language, low=True)


def _around(top: float, figure: Figure, report: Report, language: Language) -> _Around:
    sentence = _set(spoken(figure.sentence, language), _SENTENCE_SIZES)
    below = [replace(_set(spoken(figure.base, language), _BASE_SIZES), colour=None, after=2)]
    hidden = not_shown(figure, language)
    if hidden and figure.chart is not Chart.SQUARE:  # whose table says it in its place
        below.append(Text(shortened(hidden, _MOST_LINES, ROOM, _HIDDEN), _HIDDEN, colour=SOFT, after=2))
    below += [Text(spoken(note, language), SMALL, colour=SOFT) for note in figure.notes]
    # Notes that leave no room for the chart are left to whoever presents it.
    while len(below) > 1 and _Around(top, sentence, below).room.height < _LOWEST_CHART:
        below.pop()
    return _Around(top, sentence, below)


def _set(words: str, sizes: Sequence[int]) -> Text:
    size = largest(words, ROOM, _MOST_LINES * sizes[-1] * LEADING, sizes)
    return Text(shortened(words, _MOST_LINES, ROOM, size), size, colour=ACCENT)


def _high(texts: Sequence[Text]) -> float:
    return sum(height_of(each, ROOM) for each in texts)


def _draw(slide: Slide, box: Box, figure: Figure, report: Report, language: Language) -> None:
    match figure.chart:
        case Chart.SQUARE:
            put_square(slide, box, figure, report, language)
        case Chart.CYCLE:
            put_cycle(slide, box, figure, report, language)
        case _:
            put_chart(slide, laid_out(figure, report, box, language), figure, report, language)


def _notes(figure: Figure, report: Report, language: Language) -> list[str]:
    said = (figure.sentence, figure.base, *figure.notes)
    return [*(spoken(each, language) for each in said), *described(figure, report, language).splitlines()]


def _takeaways(deck: Deck, report: Report, foot: str, language: Language) -> Iterator[Slide]:
    part = say(KEY_MESSAGES, language)
    yield begin_slide(deck, part, [Text(say(FOR_COLLEAGUES, language), 28)], language)
    for takeaway in report.takeaways:
        source = source_words(takeaway.source, language)
        yield from statement_slides(deck, part, spoken(takeaway.text, language), source, foot, language)

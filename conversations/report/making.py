"""The whole report, from exact numbers to values that every format shows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from conversations.messages import phrase
from conversations.model import Event, Words
from conversations.report.changes import change_figures
from conversations.report.counts import Counts
from conversations.report.cycle import cycle_figures
from conversations.report.indicators import indicator_figures
from conversations.report.naming import slug
from conversations.report.questions import Told, figure_of, told_questions
from conversations.report.recall import last_recall, recall_figures
from conversations.report.response import response_figures
from conversations.report.showing import Showing
from conversations.report.sides import sides_of, square_of
from conversations.report.themes import theme_figures
from conversations.report.values import Figure, Report, Section, Takeaway


def report(event: Event, counts: Counts, day: date, *, opened: bool = False, sensitive: bool = True) -> Report:
    """The report on an event as its newest revision has it, on that day in its own time zone.

    `opened` shows small numbers too; without `sensitive` there is nothing of sensitive questions and key messages.
    """
    showing = Showing(event.smallest_cell, opened)
    waves = sorted(counts.began, key=lambda wave: (counts.began[wave], wave))
    told, too_few = told_questions(event, counts, waves, showing, sensitive=sensitive)
    themes, unread = theme_figures(event, counts, waves, showing, sensitive=sensitive)
    figures = [
        *cycle_figures(told, last_recall(event, counts, showing)),
        *response_figures(event, counts, waves, showing),
        *_of_questions(told),
        *themes,
        *change_figures(event, counts, waves, showing, sensitive=sensitive),
        *recall_figures(event, counts, showing, sensitive=sensitive),
        *indicator_figures(event, counts, sensitive=sensitive),
    ]
    order = list(Section)
    return Report(
        code=event.code,
        title=event.title,
        start=event.start,
        end=event.end,
        day=day,
        figures=tuple(_named_apart(sorted(figures, key=lambda each: order.index(each.section)))),
        takeaways=tuple(Takeaway(each.text, each.source) for each in event.messages if not each.sensitive),
        about=tuple(_about(showing, (*too_few, *unread), sensitive=sensitive)),
        smallest=event.smallest_cell,
        opened=opened,
    )


def _of_questions(told: Sequence[Told]) -> Iterator[Figure]:
    for each in told:
        yield figure_of(each)
        yield from sides_of(each)
        yield from square_of(each)


def _named_apart(figures: Sequence[Figure]) -> Iterator[Figure]:
    """Two questions of different surveys may have the same name, and a long name is cut."""
    seen: set[str] = set()
    for each in figures:
        name, number = each.name, 1
        while name in seen:
            number += 1
            name = f"{slug(each.name)[:28]}-{number}"
        seen.add(name)
        yield replace(each, name=name)


def _about(showing: Showing, too_few: Sequence[Words], *, sensitive: bool) -> Iterator[Words]:
    yield phrase("Answers count once they were sent off. Shares are of those who answered: who did not may differ.")
    yield phrase("Shares are rounded to whole percent, halves to the even number; they need not add up to a hundred.")
    if showing.opened:
        yield phrase(
            "Small numbers are shown: people could be recognised. Give this report to nobody who need not see it."
        )
    else:
        yield phrase(
            "Numbers of fewer than {smallest} people are hidden, and others beside them so that they cannot be "
            "worked out.",
            smallest=showing.smallest,
        )
    if not sensitive:
        yield phrase("Sensitive questions are left out.")
    for label in too_few:
        yield phrase("Too few answers to be shown: {question}", question=label)

"""What people recall of the key messages, at the event and later."""

from collections.abc import Iterator, Sequence

from conversations.messages import counted, phrase, short
from conversations.model import Event, KeyMessage, Percent, Words
from conversations.report.counts import Counts, Recalled
from conversations.report.showing import Showing
from conversations.report.values import Cell, Chart, Figure, Section, Series
from conversations.timing import Anchor
from conversations.waves import Distance, distances


def recall_figures(event: Event, counts: Counts, showing: Showing, *, sensitive: bool) -> Iterator[Figure]:
    """The right answers by key message and wave of the recall check, with their intervals; none without any."""
    messages = [each for each in event.messages if sensitive or not each.sensitive]
    found = {(each.message, each.occurrence): each for each in counts.recalls if each.answered >= showing.fewest}
    occurrences = sorted({occurrence for _, occurrence in found})
    asked = [each for each in messages if any((each.name, occurrence) in found for occurrence in occurrences)]
    if not asked:
        return
    yield Figure(
        name="recall",
        section=Section.RETAIN,
        chart=Chart.INTERVALS,
        title=phrase("What people recall of the key messages"),
        sentence=_sentence(event, found, occurrences[-1], showing),
        base=phrase(
            "Of those who answered the same question about each message in each wave: {least} to {most} people.",
            least=min(each.answered for each in found.values()),
            most=max(each.answered for each in found.values()),
        ),
        rows=tuple(each.text for each in asked),
        series=tuple(_series(event, asked, found, occurrence, showing) for occurrence in occurrences),
        notes=(
            phrase("The lines are 95% intervals (Wilson): what chance alone can do among so many answers."),
            phrase("Who answers differs from who does not, and from wave to wave."),
        ),
    )


def last_recall(event: Event, counts: Counts, showing: Showing) -> Cell | None:
    """The right ones of all answers in the last wave that enough people answered; None without any."""
    found = {(each.message, each.occurrence): each for each in counts.recalls if each.answered >= showing.fewest}
    if not found:
        return None
    return _all_of(found, max(occurrence for _, occurrence in found), showing)


_Found = dict[tuple[str, int], Recalled]


def _all_of(found: _Found, wave: int, showing: Showing) -> Cell:
    rows = [each for (_, occurrence), each in found.items() if occurrence == wave]
    return showing.share(sum(each.right for each in rows), sum(each.answered for each in rows))


def _sentence(event: Event, found: _Found, wave: int, showing: Showing) -> Words:
    cell = _all_of(found, wave, showing)
    if cell.share is None:
        return phrase("The numbers are too small to be shown.")
    return phrase("{wave}: {percent} of the answers are right.", wave=_wave(event, wave), percent=Percent(cell.share))


def _series(event: Event, asked: Sequence[KeyMessage], found: _Found, wave: int, showing: Showing) -> Series:
    rows = (found.get((each.name, wave)) for each in asked)
    cells = (showing.measured(row.right, row.answered) if row is not None else Cell(None, None) for row in rows)
    return Series(_wave(event, wave), tuple(cells))


def _wave(event: Event, wave: int) -> Words:
    planned: Distance | None = distances(event).get(wave)
    if planned is None or planned.since is Anchor.COMPLETION:
        return short("wave of a recall check", "Wave {number}", number=wave + 1)
    if planned.since is Anchor.ENROLMENT:
        return counted("{count} day after joining", "{count} days after joining", planned.days)
    if planned.days <= 0:
        return short("wave of a recall check", "At the event")
    return counted("{count} day after the event", "{count} days after the event", planned.days)

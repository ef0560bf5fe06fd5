"""What has changed from one wave to another with the same people: only those who answered in both are counted."""

from collections.abc import Iterator, Sequence

from conversations.messages import phrase, short
from conversations.model import Event, Percent, Question, Words
from conversations.report.counts import Change, Counts, WaveKey
from conversations.report.naming import slug, wave_title
from conversations.report.questions import agreeing
from conversations.report.showing import Showing
from conversations.report.values import Cell, Chart, Figure, Section, Series

_AGREE = short("row of a chart", "Agree")


def change_figures(
    event: Event, counts: Counts, waves: Sequence[WaveKey], showing: Showing, *, sensitive: bool
) -> Iterator[Figure]:
    """One for each question that enough of the same people answered in its first and its last wave."""
    for change in counts.changes:
        question = _question(event, change)
        if question is None or change.both < showing.fewest or (question.sensitive and not sensitive):
            continue
        rows = list(_rows(change, question, showing))
        yield Figure(
            name=slug("change", change.question),
            section=Section(question.stage) if question.stage is not None else Section.OTHER,
            chart=Chart.PAIRS,
            title=phrase("The same people later: {question}", question=question.label),
            sentence=_sentence(change, rows),
            base=phrase("People who answered both times: {count}.", count=change.both),
            rows=tuple(label for label, _, _ in rows),
            series=(
                Series(wave_title(event, change.first, waves), tuple(before for _, before, _ in rows)),
                Series(wave_title(event, change.second, waves), tuple(after for _, _, after in rows)),
            ),
            notes=(phrase("Others answered only once; how they changed nobody knows."),),
        )


def _question(event: Event, change: Change) -> Question | None:
    surveys = (survey for survey in event.surveys if survey.name == change.second.survey)
    return next((each for survey in surveys for each in survey.questions if each.name == change.question), None)


def _rows(change: Change, question: Question, showing: Showing) -> Iterator[tuple[Words, Cell, Cell]]:
    sets: list[tuple[Words, frozenset[str]]] = [(choice.label, frozenset({choice.name})) for choice in question.choices]
    if agree := agreeing(question):
        sets = [(_AGREE, agree)]
    for label, names in sets:
        before, after = (
            showing.share(sum(numbers.get(name, 0) for name in names), change.both)
            for numbers in (change.before, change.after)
        )
        yield label, before, after


def _sentence(change: Change, rows: Sequence[tuple[Words, Cell, Cell]]) -> Words:
    shown = [
        (abs(after.share - before.share), label, before.share, after.share)
        for label, before, after in rows
        if before.share is not None and after.share is not None
    ]
    if not shown:
        return phrase("The numbers are too small to be shown.")
    _, label, before, after = max(shown, key=lambda each: each[0])
    return phrase("{option}: from {before} to {after}.", option=label, before=Percent(before), after=Percent(after))

"""Numbers that partners reported, added up and held against their targets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversations.messages import phrase, short
from conversations.model import Choice, Event, Percent, Words
from conversations.report.counts import Counts
from conversations.report.naming import slug
from conversations.report.values import Cell, Chart, Figure, Section, Series

_ACHIEVED = short("what a bar shows", "Achieved")
_NOT_SAID = short("country", "Not said")
_NOT_PEOPLE = phrase("These are numbers of what was done, not of people who answered: none is hidden.")


@dataclass(frozen=True, slots=True)
class _Indicator:
    name: str
    target: int | None
    places: Mapping[str, int]
    reports: int

    @property
    def total(self) -> int:
        return sum(self.places.values())


def indicator_figures(event: Event, counts: Counts, *, sensitive: bool) -> Iterator[Figure]:
    """All indicators against their targets, and each by country; none where nobody reported any number."""
    found = list(_indicators(event, counts, sensitive=sensitive))
    if not found:
        return
    yield _figure(
        "indicators",
        phrase("Results against targets"),
        [(each.name, Cell(each.total, each.target)) for each in found],
        phrase("Numbers that people reported, added up over all waves."),
    )
    for each in found:
        if len(each.places) > 1:
            yield _figure(
                slug("by-country", each.name),
                phrase("{indicator}, by country", indicator=each.name),
                list(_by_country(event, each)),
                phrase("Reports: {count}, added up over all waves.", count=each.reports),
            )


def _indicators(event: Event, counts: Counts, *, sensitive: bool) -> Iterator[_Indicator]:
    questions: dict[str, list[tuple[str, str]]] = {}
    targets: dict[str, int] = {}
    for survey in event.surveys:
        for question in survey.questions:
            if question.indicator and (sensitive or not question.sensitive):
                questions.setdefault(question.indicator, []).append((survey.name, question.name))
                targets[question.indicator] = max(targets.get(question.indicator, 0), question.target or 0)
    for name, asked in questions.items():
        sums = [each for each in counts.sums if (each.survey, each.question) in asked]
        places: dict[str, int] = {}
        for each in sums:
            places[each.place] = places.get(each.place, 0) + each.total
        if sums:
            yield _Indicator(name, targets[name] or None, places, sum(each.people for each in sums))


def _by_country(event: Event, indicator: _Indicator) -> Iterator[tuple[Words, Cell]]:
    countries: list[Choice] = [choice for question in event.profile for choice in question.choices if choice.zones]
    labels: dict[str, Words] = {choice.name: choice.label for choice in countries}
    for place, total in sorted(indicator.places.items(), key=lambda each: (-each[1], each[0])):
        yield labels.get(place, place or _NOT_SAID), Cell(total, indicator.target)


def _figure(name: str, title: Words, rows: list[tuple[Words, Cell]], base: Words) -> Figure:
    return Figure(
        name=name,
        section=Section.INDICATORS,
        chart=Chart.PROGRESS,
        title=title,
        sentence=_sentence(rows),
        base=base,
        rows=tuple(label for label, _ in rows),
        series=(Series(_ACHIEVED, tuple(cell for _, cell in rows)),),
        notes=(_NOT_PEOPLE,),
    )


def _sentence(rows: list[tuple[Words, Cell]]) -> Words:
    label, cell = rows[0]
    if cell.share is None or cell.whole is None:
        return phrase("{label}: {count}.", label=label, count=cell.count or 0)
    return phrase(
        "{label}: {count} of {target}, {percent} of the target.",
        label=label,
        count=cell.count or 0,
        target=cell.whole,
        percent=Percent(cell.share),
    )

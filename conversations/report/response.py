"""Who answered: all people, wave by wave, and by what the profile says of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from conversations.messages import phrase, short
from conversations.model import Choice, Event, Percent, Phrase, Words
from conversations.report.counts import Counts, Outcome, WaveKey
from conversations.report.naming import slug, wave_title
from conversations.report.showing import Showing
from conversations.report.values import Cell, Chart, Figure, Section, Series
from conversations.schedule import PART_NAME

_STATUSES: tuple[Phrase, ...] = (
    short("how a survey ended", "Answered"),
    short("how a survey ended", "Answered in part"),
    short("how a survey ended", "Broken off"),
    short("how a survey ended", "Declined"),
    short("how a survey ended", "Not reached"),
)
_NOT_SAID = short("group of people", "Not said")
_OTHERS = short("group of people", "Smaller groups together")
_WORDS = phrase(
    "Broken off: begun, and over by now. Not reached: it came, or was to come, and was not opened. The words are those "
    "of AAPOR’s Standard Definitions."
)


def response_figures(event: Event, counts: Counts, waves: Sequence[WaveKey], showing: Showing) -> Iterator[Figure]:
    """All of them; none while no survey was due for anybody."""
    if counts.people.due < showing.fewest:
        return
    yield _overall(event, counts, waves, showing)
    for question in event.profile:
        yield from _by(question.name, question.label, question.choices, counts, showing)
    if event.parts:
        title = short("what people are invited as", "Part in the event")
        yield from _by(PART_NAME, title, event.parts, counts, showing)


def answered_sentence(outcome: Outcome, showing: Showing) -> Words:
    """How many answered, in one sentence."""
    cell = showing.some_of(outcome.parts, {0})
    if cell.count is None or cell.share is None:
        return phrase("How many answered is not shown: the numbers are too small.")
    return phrase(
        "{percent} answered: {count} of {whole} people.",
        percent=Percent(cell.share),
        count=cell.count,
        whole=outcome.due,
    )


def _overall(event: Event, counts: Counts, waves: Sequence[WaveKey], showing: Showing) -> Figure:
    told = [wave for wave in waves if counts.waves[wave].due >= showing.fewest]
    rows: list[Words] = [wave_title(event, wave, waves) for wave in told]
    outcomes = [counts.waves[wave] for wave in told]
    notes: tuple[Words, ...] = (_WORDS,)
    if len(waves) > 1:
        rows.insert(0, phrase("Any of the surveys"))
        outcomes.insert(0, counts.people)
        notes = (phrase("Any of the surveys: each person with the best that they reached in any of them."), _WORDS)
    return Figure(
        name="response",
        section=Section.RESPONSE,
        chart=Chart.PARTS,
        title=phrase("How many answered"),
        sentence=answered_sentence(counts.people, showing),
        base=phrase("People for whom a survey was due: {count}.", count=counts.people.due),
        rows=tuple(rows),
        series=_series([showing.parts(each.parts) for each in outcomes]),
        notes=notes,
    )


def _by(name: str, title: Words, options: tuple[Choice, ...], counts: Counts, showing: Showing) -> Iterator[Figure]:
    groups = merged(counts.groups.get(name, {}), options, showing)
    if len(groups) <= 1:
        return
    rows = showing.table([outcome.parts for _, outcome in groups])
    yield Figure(
        name=slug("response", name),
        section=Section.RESPONSE,
        chart=Chart.PARTS,
        title=phrase("How many answered, by group: {question}", question=title),
        sentence=_spread(groups, rows),
        base=phrase(
            "People for whom a survey was due: {count}. Each with the best that they reached in any of them.",
            count=sum(outcome.due for _, outcome in groups),
        ),
        rows=tuple(phrase("{group} ({count})", group=label, count=outcome.due) for label, outcome in groups),
        series=_series(rows),
        notes=(_WORDS,),
    )


def merged(groups: Mapping[str, Outcome], options: tuple[Choice, ...], showing: Showing) -> list[tuple[Words, Outcome]]:
    """The groups in the order of the options; those too small to be told are put together."""
    names = [choice.name for choice in options]
    names += sorted(name for name in groups if name and name not in names)
    labels: dict[str, Words] = {choice.name: choice.label for choice in options}
    found: list[tuple[Words, Outcome]] = [(labels.get(each, each), groups[each]) for each in names if each in groups]
    if "" in groups:
        found.append((_NOT_SAID, groups[""]))
    small = [each for each in found if each[1].due < showing.fewest]
    large = [each for each in found if each[1].due >= showing.fewest]
    together = _added(outcome for _, outcome in small)
    while large and 0 < together.due < showing.fewest:
        least = min(large, key=lambda each: each[1].due)
        large.remove(least)
        small.append(least)
        together = _added((together, least[1]))
    return [*large, (_OTHERS, together)] if together.due else large


def _added(outcomes: Iterable[Outcome]) -> Outcome:
    sums = [sum(parts) for parts in zip(*(each.parts for each in outcomes), strict=True)]
    return Outcome(*sums) if sums else Outcome()


def _series(rows: Sequence[tuple[Cell, ...]]) -> tuple[Series, ...]:
    return tuple(
        Series(name, tuple(row[place] for row in rows), positive=True if place == 0 else None)
        for place, name in enumerate(_STATUSES)
    )


def _spread(groups: Sequence[tuple[Words, Outcome]], rows: Sequence[tuple[Cell, ...]]) -> Words:
    cells = ((row[0].share, label) for row, (label, _) in zip(rows, groups, strict=True))
    told = [(share, label) for share, label in cells if share is not None]
    if len(told) <= 1:
        return phrase("The groups are too small to be compared.")
    (least, fewest), *_, (most, label) = sorted(told, key=lambda each: each[0])
    return phrase(
        "From {least} ({fewest}) to {most} ({label}) answered.",
        least=Percent(least),
        fewest=fewest,
        most=Percent(most),
        label=label,
    )

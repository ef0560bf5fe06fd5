"""Where something happens and how: inside or outside the organisation, formally or informally."""

from collections.abc import Iterator, Sequence

from conversations.messages import phrase, short
from conversations.model import CountsAs, Percent, Phrase, QuestionType, Words
from conversations.report.naming import slug
from conversations.report.questions import SHARE, Told
from conversations.report.values import Cell, Chart, Figure, Series
from conversations.report.wanted import MANNERS, SIDES, options_that_count

_SIDES: dict[CountsAs, Phrase] = {
    CountsAs.INTERNAL: short("where something happens", "Inside the organisation"),
    CountsAs.EXTERNAL: short("where something happens", "Outside the organisation"),
}
_MANNERS: dict[CountsAs, Phrase] = {
    CountsAs.INFORMAL: short("how something happens", "Informally"),
    CountsAs.FORMAL: short("how something happens", "Formally"),
}


def sides_of(told: Told) -> Iterator[Figure]:
    """How many do it inside, outside and not at all; of a question with several answers that tells the two apart."""
    found = [(side, options_that_count(told.question, side)) for side in SIDES]
    if told.question.type is not QuestionType.SELECT_MULTIPLE or not all(options for _, options in found):
        return
    pairs: list[tuple[Words, Cell]] = [(_SIDES[side], told.any_of(options)) for side, options in found if options]
    nothing = options_that_count(told.question, CountsAs.NONE)
    pairs += [
        (choice.label, told.showing.share(told.newest.chosen.get(choice.name, 0), told.newest.answered))
        for choice in told.question.choices
        if choice.name in nothing
    ]
    yield Figure(
        name=slug("sides", told.name),
        section=told.section,
        chart=Chart.BARS,
        title=phrase("Inside and outside: {question}", question=told.question.label),
        sentence=_in_a_row([(label, cell) for label, cell in pairs if cell.share is not None]),
        base=told.base,
        rows=tuple(label for label, _ in pairs),
        series=(Series(SHARE, tuple(cell for _, cell in pairs)),),
        notes=told.notes,
    )


def square_of(told: Told) -> Iterator[Figure]:
    """The two by two of where and how."""
    sets = {(side, manner): options_that_count(told.question, side, manner) for side in SIDES for manner in MANNERS}
    if told.question.type is not QuestionType.SELECT_MULTIPLE or not all(sets.values()):
        return
    cells = {place: told.any_of(options) for place, options in sets.items()}
    yield Figure(
        name=slug("square", told.name),
        section=told.section,
        chart=Chart.SQUARE,
        title=phrase("By where and how: {question}", question=told.question.label),
        sentence=_in_a_row(
            [
                (phrase("{side} – {manner}", side=_SIDES[side], manner=_MANNERS[manner]), cell)
                for (side, manner), cell in cells.items()
            ]
        ),
        base=told.base,
        rows=tuple(_MANNERS[manner] for manner in MANNERS),
        series=tuple(Series(_SIDES[side], tuple(cells[side, manner] for manner in MANNERS)) for side in SIDES),
        notes=told.notes,
    )


def _in_a_row(shown: Sequence[tuple[Words, Cell]]) -> Words:
    said: Words | None = None
    for label, cell in shown:
        if cell.share is None:
            continue
        each = phrase("{label}: {percent}", label=label, percent=Percent(cell.share))
        said = each if said is None else phrase("{first}; {second}", first=said, second=each)
    return said or phrase("The numbers are too small to be shown.")

"""What people wrote in their own words, by the themes that coders found in it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from conversations.coding import codable, codebook, pooled_kappa
from conversations.messages import phrase
from conversations.model import Choice, Event, Percent, Question, Words
from conversations.report.counts import Asked, Coded, Counts, WaveKey
from conversations.report.naming import slug, wave_title
from conversations.report.questions import SENSITIVE, SHARE
from conversations.report.showing import Showing
from conversations.report.values import Cell, Chart, Figure, Section, Series


def theme_figures(
    event: Event, counts: Counts, waves: Sequence[WaveKey], showing: Showing, *, sensitive: bool
) -> tuple[list[Figure], list[Words]]:
    """The themes of each coded question in the last wave of which enough was coded; the labels where too little was."""
    told: list[Figure] = []
    too_few: list[Words] = []
    for question, asked in _coded_questions(event, counts, waves, sensitive=sensitive):
        enough = [each for each in asked if counts.coded[each].numbers.answered >= showing.fewest]
        if enough:
            told.append(_figure(event, question, enough[-1], counts.coded[enough[-1]], waves, showing))
        else:
            too_few.append(question.label)
    return told, too_few


def _coded_questions(
    event: Event, counts: Counts, waves: Sequence[WaveKey], *, sensitive: bool
) -> Iterator[tuple[Question, list[Asked]]]:
    for survey in event.surveys:
        for question in codable(survey):
            asked = [Asked(wave, question.name) for wave in waves if wave.survey == survey.name]
            asked = [each for each in asked if each in counts.coded]
            if asked and (sensitive or not question.sensitive):
                yield question, asked


def _figure(
    event: Event, question: Question, asked: Asked, coded: Coded, waves: Sequence[WaveKey], showing: Showing
) -> Figure:
    whole = coded.numbers.answered
    codes = codebook(event, question.name, coded.added)
    cells = ((code, showing.share(coded.numbers.chosen.get(code.name, 0), whole)) for code in codes)
    pairs = sorted(cells, key=_rank)
    return Figure(
        name=slug("themes", question.name),
        section=Section(question.stage) if question.stage is not None else Section.OTHER,
        chart=Chart.BARS,
        title=question.label,
        sentence=_sentence(pairs),
        base=phrase(
            "People whose answer in their own words was sorted into themes, one or several: {count}. {wave}.",
            count=whole,
            wave=wave_title(event, asked.wave, waves),
        ),
        rows=tuple(code.label for code, _ in pairs),
        series=(Series(SHARE, tuple(cell for _, cell in pairs)),),
        notes=tuple(_notes(question, coded, showing)),
    )


def _rank(pair: tuple[Choice, Cell]) -> tuple[bool, int]:
    _, cell = pair
    # Among those that are hidden the order of the codebook is kept: theirs would tell.
    return cell.count is None, -(cell.count or 0)


def _sentence(pairs: Sequence[tuple[Choice, Cell]]) -> Words:
    code, cell = pairs[0] if pairs else (None, None)
    if code is None or cell is None or cell.share is None:
        return phrase("The numbers are too small to be shown.")
    return phrase("Most often: “{option}”, {percent}.", option=code.label, percent=Percent(cell.share))


def _notes(question: Question, coded: Coded, showing: Showing) -> Iterator[Words]:
    if question.sensitive:
        yield SENSITIVE
    if coded.coders == 1:
        yield phrase("One person read the answers and sorted them; somebody else might have sorted them differently.")
        return
    yield phrase(
        "Sorted by several people, each alone: {coders}. The numbers are those of whoever sorted most.",
        coders=coded.coders,
    )
    both = coded.tallies[0].answers if coded.tallies else 0
    kappa = pooled_kappa(coded.tallies)
    if both < showing.fewest or kappa is None:
        return
    # One decimal: more of them would tell something of the numbers that are hidden.
    yield phrase(
        "On {count} answers, two of them agree beyond chance by a kappa of {kappa} (Cohen’s, over all themes; 1 is "
        "perfect, 0 is chance).",
        count=both,
        kappa=round(Decimal(kappa), 1),
    )

"""What people answered, question by question: how many agree, and the options by how often they were chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.messages import phrase, short
from conversations.model import Choice, CountsAs, Event, Percent, Question, QuestionType, Survey, Words
from conversations.report.counts import Asked, Choices, Counts, WaveKey
from conversations.report.naming import slug, wave_title
from conversations.report.showing import Showing
from conversations.report.values import Cell, Chart, Figure, Hiding, Section, Series
from conversations.report.wanted import options_that_count
from conversations.timing import RECALL_CHECK

MOST_PARTS = 6
"""Options that a bar can be cut into; where there are more, each has a bar."""
SHARE = short("what a bar shows", "Share of people")
SENSITIVE = phrase("A sensitive question: not for group chats.")


@dataclass(frozen=True, slots=True)
class Told:
    """One question with the numbers of each wave in which enough people answered it, the earliest first."""

    event: Event
    survey: Survey
    question: Question
    waves: tuple[WaveKey, ...]
    all_waves: Sequence[WaveKey]
    counts: Counts
    showing: Showing

    @property
    def name(self) -> str:
        """Its own within the event."""
        return self.question.name

    @property
    def section(self) -> Section:
        """That of its stage."""
        return Section(self.question.stage) if self.question.stage is not None else Section.OTHER

    @property
    def newest(self) -> Choices:
        """The numbers of the last wave."""
        return self.numbers(self.waves[-1])

    def numbers(self, wave: WaveKey) -> Choices:
        """Those of one wave."""
        return self.counts.choices[Asked(wave, self.question.name)]

    def ordered(self, wave: WaveKey) -> list[int]:
        """How many chose each option, in the order of the form."""
        chosen = self.numbers(wave).chosen
        return [chosen.get(choice.name, 0) for choice in self.question.choices]

    def any_of(self, options: frozenset[str]) -> Cell:
        """How many chose any of these options of several, in the last wave."""
        if len(options) == 1:
            [option] = options
            return self.showing.share(self.newest.chosen.get(option, 0), self.newest.answered)
        count = self.counts.either.get((Asked(self.waves[-1], self.question.name), options), 0)
        members = (self.newest.chosen.get(each, 0) for each in options)
        return self.showing.any_of(count, members, self.newest.answered)

    @property
    def base(self) -> Words:
        """Of whom the shares of the last wave are."""
        wave, people = wave_title(self.event, self.waves[-1], self.all_waves), self.newest.answered
        if self.question.type is QuestionType.SELECT_MULTIPLE:
            return phrase(
                "People who answered this question, with one answer or several: {count}. {wave}.",
                count=people,
                wave=wave,
            )
        return phrase("People who answered this question: {count}. {wave}.", count=people, wave=wave)

    @property
    def notes(self) -> tuple[Words, ...]:
        """What else has to be known."""
        return (SENSITIVE,) if self.question.sensitive else ()


def told_questions(
    event: Event, counts: Counts, waves: Sequence[WaveKey], showing: Showing, *, sensitive: bool
) -> tuple[list[Told], list[Words]]:
    """The choice questions that enough people answered, and the labels of those that too few did."""
    told: list[Told] = []
    too_few: list[Words] = []
    for survey in event.surveys:
        for question in survey.questions:
            if survey.name == RECALL_CHECK or not _is_told(question, sensitive=sensitive):
                continue
            answered = [wave for wave in waves if wave.survey == survey.name]
            answered = [wave for wave in answered if Asked(wave, question.name) in counts.choices]
            enough = tuple(
                each for each in answered if counts.choices[Asked(each, question.name)].answered >= showing.fewest
            )
            if enough:
                told.append(Told(event, survey, question, enough, waves, counts, showing))
            elif answered:
                too_few.append(question.label)
    return told, too_few


def _is_told(question: Question, *, sensitive: bool) -> bool:
    choosing = question.type in {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE}
    return choosing and (sensitive or not question.sensitive)


def figure_of(told: Told) -> Figure:
    """What a question gives: how many agree, how they are divided, or its options ranked."""
    if agreeing(told.question):
        return _agreement(told)
    if told.question.type is QuestionType.SELECT_ONE and len(told.question.choices) <= MOST_PARTS:
        return _divided(told)
    return _ranked(told)


def agreeing(question: Question) -> frozenset[str]:
    """The options that agree; none when it is no agreement."""
    return options_that_count(question, CountsAs.AGREE) if question.type is QuestionType.SELECT_ONE else frozenset()


def agreement_of(told: Told, wave: WaveKey) -> Cell:
    """How many agree."""
    agree = agreeing(told.question)
    places = {place for place, choice in enumerate(told.question.choices) if choice.name in agree}
    return told.showing.some_of(told.ordered(wave), places)


def something_of(told: Told) -> Cell | None:
    """How many have anything of the kind to tell, in the last wave; None where no option says “nothing”."""
    nothing = options_that_count(told.question, CountsAs.NONE)
    if not nothing:
        return None
    some = frozenset(choice.name for choice in told.question.choices) - nothing
    if told.question.type is QuestionType.SELECT_MULTIPLE:
        return told.any_of(some)
    places = {place for place, choice in enumerate(told.question.choices) if choice.name in some}
    return told.showing.some_of(told.ordered(told.waves[-1]), places)


def _agreement(told: Told) -> Figure:
    rows = [told.showing.parts(told.ordered(wave)) for wave in told.waves]
    return _in_parts(told, rows, agree_words(agreement_of(told, told.waves[-1]), told.showing))


def agree_words(cell: Cell, showing: Showing) -> Words:
    """How many agree, in one sentence."""
    whole = cell.whole or 0
    if cell.share is not None:
        return phrase("{percent} agree.", percent=Percent(cell.share))
    match cell.hiding:
        case Hiding.FEW:
            return phrase("Fewer than {number} of {whole} agree.", number=showing.smallest, whole=whole)
        case Hiding.NEARLY_ALL:
            return phrase("At least {number} of {whole} agree.", number=whole - showing.smallest + 1, whole=whole)
        case _:
            return phrase("How many agree is not shown: the numbers are too small.")


def _divided(told: Told) -> Figure:
    rows = [told.showing.parts(told.ordered(wave)) for wave in told.waves]
    return _in_parts(told, rows, _most_frequent(told.question.choices, rows[-1]))


def _in_parts(told: Told, rows: Sequence[tuple[Cell, ...]], sentence: Words) -> Figure:
    sides = {CountsAs.AGREE: True, CountsAs.DISAGREE: False}
    return Figure(
        name=slug(told.name),
        section=told.section,
        chart=Chart.PARTS,
        title=told.question.label,
        sentence=sentence,
        base=told.base,
        rows=tuple(wave_title(told.event, wave, told.all_waves) for wave in told.waves),
        series=tuple(
            Series(
                choice.label,
                tuple(row[place] for row in rows),
                next((sides[word] for word in choice.counts_as if word in sides), None),
            )
            for place, choice in enumerate(told.question.choices)
        ),
        notes=told.notes,
    )


def _ranked(told: Told) -> Figure:
    """The options by how often they were chosen; what is hidden and what counts as nothing stand at the end."""
    counts, whole = told.ordered(told.waves[-1]), told.newest.answered
    if told.question.type is QuestionType.SELECT_ONE:
        cells = told.showing.parts(counts)
    else:
        cells = tuple(told.showing.share(count, whole) for count in counts)
    pairs = sorted(zip(told.question.choices, cells, strict=True), key=_rank)
    return Figure(
        name=slug(told.name),
        section=told.section,
        chart=Chart.BARS,
        title=told.question.label,
        sentence=_most_frequent([choice for choice, _ in pairs], [cell for _, cell in pairs]),
        base=told.base,
        rows=tuple(choice.label for choice, _ in pairs),
        series=(Series(SHARE, tuple(cell for _, cell in pairs)),),
        notes=told.notes,
    )


def _rank(pair: tuple[Choice, Cell]) -> tuple[bool, bool, int]:
    choice, cell = pair
    # Among those that are hidden the order of the form is kept: theirs would tell.
    return CountsAs.NONE in choice.counts_as, cell.count is None, -(cell.count or 0)


def _most_frequent(choices: Sequence[Choice], cells: Sequence[Cell]) -> Words:
    shown = [(cell.share, choice.label) for choice, cell in zip(choices, cells, strict=True) if cell.share is not None]
    if not shown:
        return phrase("The numbers are too small to be shown.")
    share, label = max(shown, key=lambda each: each[0])
    return phrase("Most often: “{option}”, {percent}.", option=label, percent=Percent(share))
